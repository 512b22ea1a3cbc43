// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/sqlite_table.h"

#include "catalog/sqlite_table_text.h"
#include "catalog/sqlite_tokens.h"
#include "sql/dialect.h"
#include "structure/texts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;
using catalog::Token;
using catalog::TokenKind;

namespace {

enum class ClauseKind { Type, NotNull, Null, Default, Collate, Generated, Key, Check, References };

/// A stretch of a column's description.
struct Clause {
    ClauseKind kind = ClauseKind::Type;
    qsizetype start = 0;
    qsizetype end = 0;
};

QString name(const QString& word)
{
    return sql::quotedIfNeeded(word, Engine::Sqlite);
}

QString names(const QStringList& words)
{
    QStringList list;
    for (const QString& word : words)
        list << name(word);
    return list.join(u", "_s);
}

bool same(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isOneOf(const Token& token, std::initializer_list<QStringView> words)
{
    return std::ranges::any_of(words, [&](QStringView word) { return token.isWord(word); });
}

bool beginsTableConstraint(const Token& token)
{
    return isOneOf(token, {u"constraint", u"primary", u"unique", u"check", u"foreign"});
}

/// Splits "name TYPE clause clause …". https://sqlite.org/syntax/column-def.html
class ColumnReader final
{
public:
    explicit ColumnReader(const QString& core) : m_tokens(catalog::tokenize(core)) {}

    QList<Clause> clauses()
    {
        while (m_at < m_tokens.size()) {
            const qsizetype from = m_at;
            const ClauseKind kind = next();
            m_at = std::min(m_at, m_tokens.size());
            add(kind, from);
        }
        return m_clauses;
    }

private:
    const Token& at(qsizetype place) const
    {
        static const Token nothing;
        return place < m_tokens.size() ? m_tokens.at(place) : nothing;
    }

    void add(ClauseKind kind, qsizetype from)
    {
        const Clause clause{kind, m_tokens.at(from).start, m_tokens.at(m_at - 1).end()};
        const bool goesOn = kind == ClauseKind::Type && !m_clauses.isEmpty();
        if (goesOn)
            m_clauses.last().end = clause.end;
        else
            m_clauses.append(clause);
    }

    void skipParentheses()
    {
        int depth = 0;
        do {
            depth += at(m_at).isSymbol(u'(') ? 1 : at(m_at).isSymbol(u')') ? -1 : 0;
            ++m_at;
        } while (depth > 0 && m_at < m_tokens.size());
    }

    ClauseKind next()
    {
        if (at(m_at).isWord(u"constraint"))
            m_at += 2;
        if (m_at >= m_tokens.size())
            return ClauseKind::Type;
        const Token& first = at(m_at);
        if (first.isWord(u"not") && at(m_at + 1).isWord(u"null"))
            return skip(2, ClauseKind::NotNull);
        if (first.isWord(u"null"))
            return skip(1, ClauseKind::Null);
        if (first.isWord(u"default"))
            return skipDefault();
        if (first.isWord(u"collate"))
            return skip(2, ClauseKind::Collate);
        if (first.isWord(u"generated") && at(m_at + 1).isWord(u"always"))
            return skipGenerated(2);
        if (first.isWord(u"as"))
            return skipGenerated(0);
        if (first.isWord(u"primary"))
            return skipKey(2);
        if (first.isWord(u"unique"))
            return skipKey(1);
        if (first.isWord(u"check"))
            return skipCheck();
        if (first.isWord(u"references"))
            return skipReferences();
        skipParentheses();  // one token where there are none
        return ClauseKind::Type;
    }

    ClauseKind skip(qsizetype count, ClauseKind kind)
    {
        m_at = std::min(m_at + count, m_tokens.size());
        skipConflict();
        return kind;
    }

    void skipConflict()
    {
        if (at(m_at).isWord(u"on") && at(m_at + 1).isWord(u"conflict"))
            m_at = std::min(m_at + 3, m_tokens.size());
    }

    ClauseKind skipDefault()
    {
        ++m_at;
        const bool sign = at(m_at).isSymbol(u'-') || at(m_at).isSymbol(u'+');
        const bool blob = at(m_at).isWord(u"x") && at(m_at + 1).kind == TokenKind::String;
        if (at(m_at).isSymbol(u'('))
            skipParentheses();
        else
            m_at = std::min(m_at + (sign || blob ? 2 : 1), m_tokens.size());
        return ClauseKind::Default;
    }

    ClauseKind skipGenerated(qsizetype before)
    {
        m_at += before + 1;
        if (at(m_at).isSymbol(u'('))
            skipParentheses();
        if (isOneOf(at(m_at), {u"stored", u"virtual"}))
            ++m_at;
        return ClauseKind::Generated;
    }

    ClauseKind skipKey(qsizetype words)
    {
        m_at = std::min(m_at + words, m_tokens.size());
        if (isOneOf(at(m_at), {u"asc", u"desc"}))
            ++m_at;
        skipConflict();
        if (at(m_at).isWord(u"autoincrement"))
            ++m_at;
        return ClauseKind::Key;
    }

    ClauseKind skipCheck()
    {
        ++m_at;
        skipParentheses();
        skipConflict();
        return ClauseKind::Check;
    }

    ClauseKind skipReferences()
    {
        m_at += 2;
        if (at(m_at).isSymbol(u'('))
            skipParentheses();
        while (m_at < m_tokens.size()) {
            if (at(m_at).isWord(u"on"))
                m_at += isOneOf(at(m_at + 2), {u"set", u"no"}) ? 4 : 3;
            else if (at(m_at).isWord(u"match"))
                m_at += 2;
            else if (at(m_at).isWord(u"not") && at(m_at + 1).isWord(u"deferrable"))
                m_at += 2;
            else if (at(m_at).isWord(u"deferrable"))
                ++m_at;
            else if (at(m_at).isWord(u"initially"))
                m_at += 2;
            else
                break;
        }
        m_at = std::min(m_at, m_tokens.size());
        return ClauseKind::References;
    }

    QList<Token> m_tokens;
    qsizetype m_at = 1;  // behind the name
    QList<Clause> m_clauses;
};

/// One column's text that is changed clause by clause.
class ColumnText final
{
public:
    explicit ColumnText(QString core) : m_core(std::move(core)) {}

    const QString& core() const { return m_core; }

    void set(ClauseKind kind, const QString& text)
    {
        const QList<Clause> all = ColumnReader(m_core).clauses();
        const auto found = std::ranges::find(all, kind, &Clause::kind);
        if (found != all.end()) {
            replace(*found, text);
        } else if (!text.isEmpty()) {
            const qsizetype place = placeFor(kind, all);
            m_core.insert(place, u' ' + text);
        }
    }

    void cut(const Clause& clause) { replace(clause, {}); }

private:
    void replace(const Clause& clause, const QString& text)
    {
        qsizetype start = clause.start;
        while (text.isEmpty() && start > 0 && m_core.at(start - 1).isSpace())
            --start;
        m_core.replace(start, clause.end - start, text);
    }

    /// Behind the name, or behind the type; what is computed comes last.
    qsizetype placeFor(ClauseKind kind, const QList<Clause>& all) const
    {
        const qsizetype behindName = catalog::tokenize(m_core).constFirst().end();
        if (kind == ClauseKind::Type)
            return behindName;
        if (kind == ClauseKind::Generated || kind == ClauseKind::Default)
            return m_core.size();
        return !all.isEmpty() && all.constFirst().kind == ClauseKind::Type ? all.constFirst().end
                                                                           : behindName;
    }

    QString m_core;
};

QString generatedText(const Column& column)
{
    return u"GENERATED ALWAYS AS (%1) %2"_s.arg(
        column.generatedSql, column.generated == Generated::Stored ? u"STORED"_s : u"VIRTUAL"_s);
}

QString defaultText(const Column& column)
{
    return column.defaultSql ? u"DEFAULT "_s + sqliteDefault(*column.defaultSql) : QString();
}

QString collateText(const Column& column)
{
    return column.collation.isEmpty() ? QString() : u"COLLATE "_s + name(column.collation);
}

/// What this piece of a description says by itself, as the catalog has it.
QList<Constraint> saidBy(const QString& piece)
{
    return catalog::readCreateTable(u"CREATE TABLE t ("_s + piece + u')').constraints;
}

bool means(const Constraint& said, const Constraint& wanted)
{
    return said.kind == wanted.kind && same(said.name, wanted.name)
           && said.columns.join(u'\n').compare(wanted.columns.join(u'\n'), Qt::CaseInsensitive) == 0
           && catalog::normalised(said.definition) == catalog::normalised(wanted.definition)
           && same(said.targetTable, wanted.targetTable)
           && said.targetColumns.join(u'\n').compare(wanted.targetColumns.join(u'\n'), Qt::CaseInsensitive)
                  == 0;
}

bool saysIt(const QString& piece, const Constraint& wanted)
{
    return std::ranges::any_of(saidBy(piece), [&](const Constraint& said) { return means(said, wanted); });
}

QString references(const Constraint& key)
{
    QString text = u"REFERENCES "_s + name(key.targetTable);
    if (!key.targetColumns.isEmpty())
        text += u" ("_s + names(key.targetColumns) + u')';
    return text + referenceActions(key);
}

/// "(a, b)", or what else the key says: "(a DESC) ON CONFLICT IGNORE".
QString keyColumns(const Constraint& key)
{
    if (key.definition.startsWith(u'('))
        return key.definition;
    const QString list = u'(' + names(key.columns) + (key.autoIncrement ? u" AUTOINCREMENT)"_s : u")"_s);
    return key.definition.isEmpty() ? list : list + u' ' + key.definition;
}

}  // namespace

QString sqliteDefault(const QString& expression)
{
    const QList<Token> tokens = catalog::tokenize(expression);
    const bool sign =
        !tokens.isEmpty() && (tokens.constFirst().isSymbol(u'-') || tokens.constFirst().isSymbol(u'+'));
    const bool number = tokens.size() == (sign ? 2 : 1) && tokens.constLast().kind == TokenKind::Number;
    const bool string = tokens.size() == 1 && tokens.constFirst().kind == TokenKind::String;
    const bool blob = tokens.size() == 2 && tokens.constFirst().isWord(u"x")
                      && tokens.constLast().kind == TokenKind::String;
    const bool word = tokens.size() == 1
                      && isOneOf(tokens.constFirst(), {u"true", u"false", u"null", u"current_time",
                                                       u"current_date", u"current_timestamp"});
    return number || string || blob || word ? expression.trimmed() : u'(' + expression.trimmed() + u')';
}

QString sqliteColumn(const Column& column)
{
    QStringList parts{name(column.name), column.type, column.notNull ? u"NOT NULL"_s : QString(),
                      collateText(column)};
    parts << (column.generated == Generated::None ? defaultText(column) : generatedText(column));
    parts.removeAll(QString());
    return parts.join(u' ');
}

QString sqliteConstraint(const Constraint& constraint)
{
    const QString head =
        constraint.name.isEmpty() ? QString() : u"CONSTRAINT "_s + name(constraint.name) + u' ';
    switch (constraint.kind) {
    case ConstraintKind::PrimaryKey: return head + u"PRIMARY KEY "_s + keyColumns(constraint);
    case ConstraintKind::Unique: return head + u"UNIQUE "_s + keyColumns(constraint);
    case ConstraintKind::ForeignKey:
        return head + u"FOREIGN KEY ("_s + names(constraint.columns) + u") "_s + references(constraint);
    case ConstraintKind::Check: return head + u"CHECK ("_s + constraint.definition + u')';
    case ConstraintKind::Exclusion:
    case ConstraintKind::NotNull: break;  // not of SQLite's tables
    }
    return {};
}

SqliteTableText::SqliteTableText(const QString& sql)
{
    const QList<Token> tokens = catalog::tokenize(sql);
    const auto open = std::ranges::find_if(tokens, [](const Token& token) { return token.isSymbol(u'('); });
    if (open == tokens.end()) {
        m_head = sql;
        return;
    }
    m_head = sql.first(open->end());
    qsizetype behind = open->end();
    int depth = 1;
    QList<Token> inside;
    for (auto token = open + 1; token != tokens.end(); ++token) {
        depth += token->isSymbol(u'(') ? 1 : token->isSymbol(u')') ? -1 : 0;
        if (depth == 0 || (depth == 1 && token->isSymbol(u','))) {
            const qsizetype from = inside.isEmpty() ? token->start : inside.constFirst().start;
            const qsizetype to = inside.isEmpty() ? token->start : inside.constLast().end();
            m_items.append({.lead = sql.sliced(behind, from - behind),
                            .core = sql.sliced(from, to - from),
                            .trail = sql.sliced(to, token->start - to)});
            inside.clear();
            behind = token->end();
        } else {
            inside.append(*token);
        }
        if (depth == 0) {
            m_tail = sql.sliced(token->start);
            break;
        }
    }
}

SqliteTableText SqliteTableText::named(const QString& name)
{
    SqliteTableText made;
    made.m_head = u"CREATE TABLE "_s + structure::name(name) + u" ("_s;
    made.m_tail = u")"_s;
    return made;
}

QString SqliteTableText::text() const
{
    QStringList items;
    for (const Item& item : m_items)
        items << item.lead + item.core + item.trail;
    return m_head + items.join(u',') + m_tail;
}

bool SqliteTableText::isMultiLine() const
{
    return m_items.isEmpty() || m_items.constFirst().lead.contains(u'\n')
           || m_items.constLast().trail.contains(u'\n');
}

/// What is behind the item before it, a comment at the end of its line, stays behind it.
void SqliteTableText::insert(qsizetype place, const QString& core)
{
    const bool lines = isMultiLine();
    Item made{.lead = lines ? u"\n    "_s : u" "_s, .core = core, .trail = {}};
    if (m_items.isEmpty()) {
        made.trail = u"\n"_s;
    } else if (place == m_items.size()) {
        Item& last = m_items.last();
        QString kept = last.trail;
        while (!kept.isEmpty() && kept.back().isSpace())
            kept.chop(1);
        made.trail = lines ? u"\n"_s : QString();
        made.lead = (kept.isEmpty() ? QString() : kept) + made.lead;
        last.trail.clear();
    }
    m_items.insert(place, made);
}

void SqliteTableText::remove(qsizetype place)
{
    const bool lines = isMultiLine();
    const bool last = place == m_items.size() - 1;
    m_items.removeAt(place);
    if (last && !m_items.isEmpty() && lines && !m_items.constLast().trail.contains(u'\n'))
        m_items.last().trail += u'\n';
}

qsizetype SqliteTableText::columnPlace(const QString& name) const
{
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const QList<Token> tokens = catalog::tokenize(m_items.at(i).core);
        if (!tokens.isEmpty() && !beginsTableConstraint(tokens.constFirst())
            && same(tokens.constFirst().text, name))
            return i;
    }
    return -1;
}

void SqliteTableText::addColumn(const Column& column)
{
    const auto constraint = std::ranges::find_if(m_items, [](const Item& item) {
        const QList<Token> tokens = catalog::tokenize(item.core);
        return !tokens.isEmpty() && beginsTableConstraint(tokens.constFirst());
    });
    insert(constraint - m_items.begin(), sqliteColumn(column));
}

void SqliteTableText::dropColumn(const QString& name)
{
    if (const qsizetype place = columnPlace(name); place >= 0)
        remove(place);
}

void SqliteTableText::changeColumn(const Column& from, const Column& to)
{
    const qsizetype place = columnPlace(to.name);
    if (place < 0)
        return;
    ColumnText text(m_items.at(place).core);
    if (from.type != to.type)
        text.set(ClauseKind::Type, to.type);
    if (from.notNull != to.notNull) {
        text.set(ClauseKind::NotNull, to.notNull ? u"NOT NULL"_s : QString());
        if (to.notNull)
            text.set(ClauseKind::Null, {});
    }
    if (from.collation != to.collation)
        text.set(ClauseKind::Collate, collateText(to));
    if (from.generated != to.generated || from.generatedSql != to.generatedSql)
        text.set(ClauseKind::Generated, to.generated == Generated::None ? QString() : generatedText(to));
    if (to.generated != Generated::None)
        text.set(ClauseKind::Default, {});
    else if (from.defaultSql != to.defaultSql)
        text.set(ClauseKind::Default, defaultText(to));
    m_items[place].core = text.core();
}

void SqliteTableText::addConstraint(const Constraint& constraint)
{
    insert(m_items.size(), sqliteConstraint(constraint));
}

bool SqliteTableText::dropConstraint(const Constraint& constraint)
{
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const QString core = m_items.at(i).core;
        const QList<Token> tokens = catalog::tokenize(core);
        if (tokens.isEmpty())
            continue;
        if (beginsTableConstraint(tokens.constFirst())) {
            if (saysIt(core, constraint)) {
                remove(i);
                return true;
            }
            continue;
        }
        const QString column = core.first(tokens.constFirst().end());
        const QList<Clause> clauses = ColumnReader(core).clauses();
        for (const Clause& clause : clauses) {
            const QString piece = core.sliced(clause.start, clause.end - clause.start);
            if (clause.kind == ClauseKind::Type || !saysIt(column + u' ' + piece, constraint))
                continue;
            ColumnText text(core);
            text.cut(clause);
            m_items[i].core = text.core();
            return true;
        }
    }
    return false;
}

void SqliteTableText::setOptions(bool strict, bool withoutRowid)
{
    QStringList options;
    if (strict)
        options << u"STRICT"_s;
    if (withoutRowid)
        options << u"WITHOUT ROWID"_s;
    m_tail = options.isEmpty() ? u")"_s : u") "_s + options.join(u", "_s);
}

}  // namespace dewpoint::structure
