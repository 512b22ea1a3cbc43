// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "structure/sqlite_table.h"

#include "catalog/sqlite_table_text.h"
#include "catalog/sqlite_tokens.h"
#include "sql/dialect.h"
#include "structure/sqlite_column.h"
#include "structure/texts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::structure {

using namespace schema;
using catalog::Token;
using catalog::TokenKind;

namespace {

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

/// A comment at the end of a column's line stands behind the comma, and goes with the column.
void SqliteTableText::orderColumns(const QStringList& names)
{
    QList<qsizetype> order;
    for (const QString& name : names)
        order << columnPlace(name);
    if (m_items.isEmpty() || order.contains(-1))
        return;
    const auto behind = [this](qsizetype place) -> QString& {
        return place + 1 < m_items.size() ? m_items[place + 1].lead : m_items[place].trail;
    };
    QStringList comments;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const QString line = behind(i).first(std::max<qsizetype>(0, behind(i).indexOf(u'\n')));
        comments << (line.trimmed().isEmpty() ? QString() : line);
        behind(i).remove(0, comments.constLast().size());
    }
    const QString end = std::exchange(m_items.last().trail, {});
    QList<qsizetype> places = order;
    std::ranges::sort(places);
    const QList<Item> before = m_items;
    const QStringList told = comments;
    const bool leads = std::ranges::any_of(
        places, [&](qsizetype place) { return !before.at(place).lead.trimmed().isEmpty(); });
    for (qsizetype i = 0; i < places.size(); ++i) {
        const Item& from = before.at(order.at(i));
        Item& to = m_items[places.at(i)];
        to = {.lead = leads ? from.lead : to.lead, .core = from.core, .trail = from.trail};
        comments[places.at(i)] = told.at(order.at(i));
    }
    QString& last = m_items.last().trail;
    last = last.trimmed().isEmpty() ? end : last.contains(u'\n') ? last : last + end;
    for (qsizetype i = 0; i < m_items.size(); ++i) {
        const bool ends = comments.at(i).isEmpty() || behind(i).startsWith(u'\n');
        behind(i).prepend(ends ? comments.at(i) : comments.at(i) + u'\n');
    }
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
        const QList<Clause> clauses = clausesOf(core);
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
