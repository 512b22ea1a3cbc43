// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/renames.h"

#include "diff/normalise.h"
#include "lint/words.h"
#include "sql/lexer.h"
#include "sql/statements.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::timeline {

namespace {

constexpr qsizetype longestAlter = 10000;  ///< what is longer is no rename, nor a rebuild's copying

/// A table while a script goes on: by which name it came in, and its columns with another one.
struct Walking {
    QString was;
    QHash<QString, QString> columns;  ///< now → before
    QString source;                   ///< whose rows a new one was filled with, all of them
    QStringList into;                 ///< its columns, where they are named
    QStringList cells;                ///< of the source, in the same order; "*" for all
};

/// SQLite's tables by their names of now.
class Walk final
{
public:
    explicit Walk(const schema::Database& before)
    {
        for (const schema::Table& table : before.tables)
            m_tables.insert(keyOf(table.name), {.was = table.name, .columns = {}});
    }

    void take(const QString& statement)
    {
        const lint::WordList words(statement);
        if (words.are(0, {"DROP"_L1, "TABLE"_L1})) {
            qsizetype at = words.are(2, {"IF"_L1, "EXISTS"_L1}) ? 4 : 2;
            drop(keyOf(words.relation(at).name));
            return;
        }
        if (words.are(0, {"INSERT"_L1, "INTO"_L1})) {
            copy(words);
            return;
        }
        if (!words.are(0, {"ALTER"_L1, "TABLE"_L1}))
            return;
        qsizetype at = 2;
        const QString table = keyOf(words.relation(at).name);
        if (!words.is(at, "RENAME"_L1))
            return;
        if (words.is(at + 1, "TO"_L1))
            m_tables.insert(keyOf(words.name(at + 2)), m_tables.take(table));
        else
            renameColumn(table, words,
                         at + (words.is(at + 1, "COLUMN"_L1) && !words.is(at + 2, "TO"_L1) ? 2 : 1));
    }

    const QHash<QString, Walking>& tables() const { return m_tables; }

private:
    static QString keyOf(const QString& name) { return diff::key(name, Engine::Sqlite); }

    /// INSERT INTO made [(…)] SELECT … FROM source, and nothing behind it.
    void copy(const lint::WordList& words)
    {
        qsizetype at = 2;
        const QString into = keyOf(words.relation(at).name);
        Walking filled;
        if (words.is(at, "("_L1)) {
            const qsizetype end = words.behindBrackets(at) - 1;
            for (++at; at < end; ++at) {
                if (!words.is(at, ","_L1))
                    filled.into << words.name(at);
            }
            ++at;
        }
        const qsizetype from = words.find("FROM"_L1, at);
        if (!words.is(at, "SELECT"_L1) || words.is(at + 1, "DISTINCT"_L1) || from < 0
            || m_tables.contains(into))
            return;
        bool isAlone = true;  // a bare name between commas
        for (qsizetype word = at + 1; word < from; ++word) {
            const bool ends = words.is(word + 1, ","_L1) || word + 1 == from;
            if (words.is(word, ","_L1)) {
                isAlone = true;
                continue;
            }
            if (ends)
                filled.cells << (isAlone && !words.isString(word) ? words.name(word) : QString());
            isAlone = false;
        }
        qsizetype behind = from + 1;
        filled.source = keyOf(words.relation(behind).name);
        const bool isWhole =
            behind >= words.size() || words.is(behind, ";"_L1) || words.is(behind, "ORDER"_L1);
        if (isWhole && m_tables.contains(filled.source))
            m_tables.insert(into, filled);
    }

    /// A new table that has all the rows of one that goes is the same one from then on.
    void drop(const QString& table)
    {
        const Walking gone = m_tables.take(table);
        QList<Walking*> heirs;
        for (Walking& other : m_tables) {
            if (other.source == table && other.was.isEmpty())
                heirs << &other;
        }
        if (heirs.size() == 1 && gone.columns.isEmpty())
            heirs.first()->was = gone.was;
    }

    /// A table that the script itself made has columns as well, which another table's history becomes.
    void renameColumn(const QString& table, const lint::WordList& words, qsizetype at)
    {
        QHash<QString, QString>& columns = m_tables[table].columns;
        const QString from = words.name(at);
        const QString was = columns.value(keyOf(from), from);
        columns.remove(keyOf(from));
        columns.insert(keyOf(words.name(at + 2)), was);
    }

    QHash<QString, Walking> m_tables;
};

const schema::Table* tableOf(const schema::Database& database, const QString& key)
{
    const auto found = std::ranges::find_if(database.tables, [&](const schema::Table& table) {
        return diff::key(table.name, database.engine) == key;
    });
    return found == database.tables.end() ? nullptr : &*found;
}

bool hasColumn(const schema::Table& table, const QString& name)
{
    return std::ranges::any_of(table.columns, [&](const schema::Column& column) {
        return column.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

}  // namespace

QString Renames::relationKey(const change::Name& name) const
{
    return diff::keyOf(Part{.kind = Part::Kind::Table, .owner = name, .member = {}}, m_engine);
}

void Renames::addRelation(const change::Name& before, const change::Name& after)
{
    m_relations.insert(relationKey(before), after);
    m_taken.insert(relationKey(after));
    addWords(before, after);
}

void Renames::addWords(const change::Name& before, const change::Name& after)
{
    m_words.insert(diff::key(before.name, m_engine), after.name);
    if (before.schema != after.schema)
        m_moved.insert(movedKey(before.schema, before.name), after);
}

QString Renames::movedKey(const QString& schema, const QString& name) const
{
    return diff::key(schema, m_engine) + u'.' + diff::key(name, m_engine);
}

void Renames::addStandalone(const Part& before, const change::Name& after)
{
    Part taken = before;
    taken.owner = after;
    m_relations.insert(diff::keyOf(before, m_engine), after);
    m_taken.insert(diff::keyOf(taken, m_engine));
    addWords(before.owner, after);
}

void Renames::addMember(const Part& before, const QString& after)
{
    Part taken = before;
    taken.member = after;
    m_members.insert(diff::keyOf(before, m_engine), after);
    m_taken.insert(diff::keyOf(taken, m_engine));
    m_words.insert(diff::key(before.member, m_engine), after);
}

Renames Renames::between(const Identities& before, const Identities& after)
{
    Renames renames(Engine::Postgres);
    for (auto [identity, was] : before.asKeyValueRange()) {
        const auto now = after.constFind(identity);
        if (now == after.constEnd() || now->kind != was.kind)
            continue;
        const bool isRelation = diff::isWholeRelation(was);
        const bool isAlone = was.kind == Part::Kind::Type || was.kind == Part::Kind::Sequence;
        const bool isRoutine = was.kind == Part::Kind::Routine;
        if ((isAlone || isRoutine) && now->owner != was.owner)
            renames.addStandalone(was, now->owner);
        else if (isRelation && now->owner != was.owner)
            renames.addRelation(was.owner, now->owner);
        else if (!isRelation && !isRoutine && now->member != was.member)
            renames.addMember(was, now->member);
        if (isRoutine && *now != was) {  // what it takes follows the names of the types
            renames.m_members.insert(diff::keyOf(was, renames.m_engine), now->member);
            renames.m_taken.insert(diff::keyOf(*now, renames.m_engine));
        }
    }
    return renames;
}

Renames Renames::inScript(const QString& script, const schema::Database& before,
                          const schema::Database& after)
{
    Renames renames(Engine::Sqlite);
    Walk walk(before);
    for (const sql::Statement& statement : sql::split(script, Engine::Sqlite)) {
        if (statement.length <= longestAlter)
            walk.take(script.sliced(statement.start, statement.length));
    }
    QSet<QString> living;  // those that came in, whatever they are called now
    for (const auto& [now, table] : walk.tables().asKeyValueRange()) {
        if (!table.was.isEmpty() && tableOf(after, now))
            living.insert(diff::key(table.was, Engine::Sqlite));
    }
    for (const auto& [now, table] : walk.tables().asKeyValueRange()) {
        const schema::Table* there = tableOf(after, now);
        const bool isNew = table.was.isEmpty();  // with the name, and so the history, of one that went
        const schema::Table* was = tableOf(before, isNew ? now : diff::key(table.was, Engine::Sqlite));
        if (!there || !was || (isNew && living.contains(now)))
            continue;
        renames.addCopied(*was, *there, table.into, table.cells);
        if (diff::key(was->name, Engine::Sqlite) != now)
            renames.addRelation({was->schema, was->name}, {there->schema, there->name});
        for (const auto& [column, old] : table.columns.asKeyValueRange()) {
            const auto named = std::ranges::find_if(there->columns, [&](const schema::Column& each) {
                return diff::key(each.name, Engine::Sqlite) == column;
            });
            if (named != there->columns.end() && hasColumn(*was, old)
                && old.compare(named->name, Qt::CaseInsensitive) != 0)
                renames.addMember(columnOf({was->schema, was->name}, old), named->name);
        }
    }
    renames.followInViews(before, after);
    return renames;
}

void Renames::addCopied(const schema::Table& was, const schema::Table& now, QStringList into,
                        QStringList cells)
{
    const auto all = [](const schema::Table& table) {
        QStringList names;
        for (const schema::Column& column : table.columns) {
            if (column.generated == schema::Generated::None)
                names << column.name;
        }
        return names;
    };
    into = into.isEmpty() ? all(now) : into;
    cells = cells == QStringList{u"*"_s} ? all(was) : cells;
    if (into.size() != cells.size())
        return;
    for (qsizetype i = 0; i < into.size(); ++i) {
        if (hasColumn(was, cells[i]) && !hasColumn(now, cells[i]) && hasColumn(now, into[i])
            && !hasColumn(was, into[i]))
            addMember(columnOf({was.schema, was.name}, cells[i]), into[i]);
    }
}

void Renames::followInViews(const schema::Database& before, const schema::Database& after)
{
    const QHash<QString, QString> words = m_words;
    for (const schema::View& view : before.views) {
        const schema::View* now = after.view(view.schema, view.name);
        const auto has = [](const schema::View& one, const QString& name) {
            return std::ranges::contains(one.columns, name, &schema::Column::name);
        };
        for (const schema::Column& column : view.columns) {
            const QString name = words.value(diff::key(column.name, m_engine));
            if (!now || name.isEmpty() || has(*now, column.name) || !has(*now, name))
                continue;
            const Part part = columnOf({view.schema, view.name}, column.name);
            addMember(part, name);
            m_followers.insert(diff::keyOf(part, m_engine));
        }
    }
}

change::Name Renames::relation(const change::Name& before) const
{
    return m_relations.value(relationKey(before), before);
}

bool Renames::hasRelation(const change::Name& before) const
{
    return m_relations.contains(relationKey(before));
}

bool Renames::isTaken(const change::Name& name) const
{
    return m_taken.contains(relationKey(name));
}

change::Name Renames::standalone(const Part& before) const
{
    return m_relations.value(diff::keyOf(before, m_engine), before.owner);
}

bool Renames::hasStandalone(const Part& before) const
{
    return m_relations.contains(diff::keyOf(before, m_engine));
}

bool Renames::isStandaloneTaken(const Part& part) const
{
    return m_taken.contains(diff::keyOf(part, m_engine));
}

QString Renames::member(const Part& before) const
{
    return m_members.value(diff::keyOf(before, m_engine), before.member);
}

bool Renames::hasMember(const Part& before) const
{
    return m_members.contains(diff::keyOf(before, m_engine));
}

bool Renames::isFollower(const Part& before) const
{
    return m_followers.contains(diff::keyOf(before, m_engine));
}

bool Renames::isMemberTaken(const Part& before) const
{
    return m_taken.contains(diff::keyOf(before, m_engine));
}

namespace {

/// What a token means as a name; empty where it is none.
QString nameOf(const sql::Token& token, const QString& text)
{
    const QString word = token.text(text).toString();
    if (token.kind == sql::TokenKind::Word)
        return word;
    return token.kind == sql::TokenKind::QuotedName && word.size() >= 2 ? word.sliced(1, word.size() - 2)
                                                                        : QString();
}

}  // namespace

QString Renames::applied(const QString& text) const
{
    if (m_words.isEmpty())
        return text;
    QString result;
    qsizetype at = 0;
    const auto next = [&](qsizetype from) { return sql::nextToken(text, from, m_engine); };
    for (auto token = next(at); token.kind != sql::TokenKind::End; token = next(at)) {
        at = token.start + token.length;
        const QString name = nameOf(token, text);
        // A schema's name says nothing by itself: not all that is in it has moved.
        if (const auto dot = next(at); !name.isEmpty() && dot.text(text) == u".") {
            const auto member = next(dot.start + dot.length);
            const auto moved = m_moved.constFind(movedKey(name, nameOf(member, text)));
            if (moved != m_moved.constEnd()) {
                result += sql::quotedIfNeeded(moved->schema, m_engine) + u'.'
                          + sql::quotedIfNeeded(moved->name, m_engine);
                at = member.start + member.length;
                continue;
            }
        }
        const auto now = name.isEmpty() ? m_words.constEnd() : m_words.constFind(diff::key(name, m_engine));
        result +=
            now != m_words.constEnd() ? sql::quotedIfNeeded(*now, m_engine) : token.text(text).toString();
    }
    return result;
}

QString Renames::withoutAliases(QString text) const
{
    for (const auto& [old, now] : m_words.asKeyValueRange()) {
        const QString name = sql::quotedIfNeeded(now, m_engine);
        text.replace(name + u" AS "_s + sql::quotedIfNeeded(old, m_engine), name);
    }
    return text;
}

}  // namespace dewpoint::timeline
