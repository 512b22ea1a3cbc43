// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/sqlite_rebuild.h"

#include "catalog/sqlite_table_text.h"
#include "catalog/sqlite_tokens.h"
#include "plan/sqlite_text.h"
#include "sql/dialect.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
using sql::quoted;

namespace {

bool same(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool hasAutoIncrement(const Table& table)
{
    return std::ranges::any_of(table.constraints, &Constraint::autoIncrement);
}

/// A declared ON CONFLICT IGNORE or REPLACE would lose rows without a word while they are moved.
bool mayLoseRows(const Table& table)
{
    return std::ranges::any_of(table.constraints, [](const Constraint& constraint) {
        return constraint.definition.contains(u"ON CONFLICT IGNORE")
               || constraint.definition.contains(u"ON CONFLICT REPLACE");
    });
}

QList<Constraint> foreignKeys(const Table& table)
{
    QList<Constraint> keys = table.constraints;
    keys.removeIf([](const Constraint& constraint) { return constraint.kind != ConstraintKind::ForeignKey; });
    return keys;
}

/// A statement of its own that fails where the condition is false, with these words, and prints nothing.
QStringList insist(const QString& words, const QString& condition)
{
    return {
        u"CREATE TEMP TABLE dewpoint_check (fine INTEGER CONSTRAINT %1 CHECK (fine))"_s.arg(quoted(words)),
        u"INSERT INTO dewpoint_check SELECT "_s + condition, u"DROP TABLE temp.dewpoint_check"_s};
}

const Column* find(const Table& table, const QString& name)
{
    const auto found =
        std::ranges::find_if(table.columns, [&](const Column& column) { return same(column.name, name); });
    return found == table.columns.end() ? nullptr : &*found;
}

/// A STRICT table takes nothing that is of another type.
bool isCast(const Column& from, const Column& to, const Table& table)
{
    return table.strict && !same(from.type, to.type) && !same(to.type, u"ANY"_s);
}

QString moved(const Column& from, const Column& to, const Table& table)
{
    const QString name = quoted(from.name);
    return isCast(from, to, table) ? u"CAST(%1 AS %2)"_s.arg(name, to.type) : name;
}

/// CAST makes 0 of 'abc', without a word. What was computed is nobody's to lose.
QString castsThatLose(const Table& from, const Table& to)
{
    QStringList conditions;
    for (const Column& column : to.columns) {
        const Column* old = find(from, column.name);
        if (!old || old->generated != Generated::None || column.generated != Generated::None
            || !isCast(*old, column, to))
            continue;
        if (const QString condition = doesNotFit(quoted(column.name), column.type); !condition.isEmpty())
            conditions << condition;
    }
    return conditions.join(u" OR "_s);
}

bool keyIsRowid(const Table& table)
{
    return std::ranges::any_of(table.constraints, [&](const Constraint& constraint) {
        return constraint.kind == ConstraintKind::PrimaryKey && constraint.columns.size() == 1
               && same(find(table, constraint.columns.constFirst())->type, u"integer"_s);
    });
}

/// What the rowid is called that no column shows, or nothing (https://sqlite.org/rowidtable.html).
QString hiddenRowid(const Table& table)
{
    if (table.withoutRowid || keyIsRowid(table))
        return {};
    for (const QString& name : {u"rowid"_s, u"_rowid_"_s, u"oid"_s}) {
        if (!find(table, name))
            return name;
    }
    return {};
}

/// Where rows have a hidden rowid they keep it: a full text index may hold on to it.
QString moveRows(const Table& from, const Table& to, const QString& target)
{
    QStringList into;
    QStringList values;
    const QString rowid = hiddenRowid(from);
    if (!rowid.isEmpty() && !hiddenRowid(to).isEmpty()) {
        into << hiddenRowid(to);
        values << rowid;
    }
    for (const Column& column : to.columns) {
        const Column* old = find(from, column.name);
        if (!old || column.generated != Generated::None)
            continue;
        into << quoted(column.name);
        values << moved(*old, column, to);
    }
    if (into.isEmpty())
        return {};
    const QString text = u"INSERT INTO %1 (%2) SELECT %3 FROM %4"_s.arg(
        quoted(target), into.join(u", "_s), values.join(u", "_s), quoted(from.name));
    if (from.withoutRowid)
        return text;
    return text + u" ORDER BY "_s + (rowid.isEmpty() ? u"rowid"_s : rowid);
}

/// ADD COLUMN takes a literal for the rows that are there, not something to compute.
bool isConstant(const QString& defaultSql)
{
    const QString text = catalog::normalised(defaultSql);
    return !text.contains(u'(') && !text.startsWith(u"current_");
}

bool sameConstraint(Constraint a, Constraint b)
{
    a.comment.clear();
    b.comment.clear();
    return a == b;
}

/// What ADD COLUMN takes: no key, nothing that rows could not have yet.
bool canAdd(const Table& to, const Column& column)
{
    const QString item = columnItem(to.definition, column.name);
    if (item.isEmpty() || column.generated == Generated::Stored)
        return false;
    if (column.defaultSql && !isConstant(*column.defaultSql))
        return false;
    const bool givesNull = !column.defaultSql || catalog::normalised(*column.defaultSql) == u"null";
    if (column.notNull && givesNull)
        return false;
    const auto text = catalog::readCreateTable(u"CREATE TABLE t ("_s + item + u')');
    return std::ranges::all_of(text.constraints, [&](const Constraint& constraint) {
        switch (constraint.kind) {
        case ConstraintKind::Check: return true;
        case ConstraintKind::ForeignKey: return givesNull;
        default: return false;
        }
    });
}

/// True when ADD COLUMN brings this constraint along.
bool comesWith(const Table& to, const QStringList& added, const Constraint& constraint)
{
    return std::ranges::any_of(added, [&](const QString& column) {
        const auto text =
            catalog::readCreateTable(u"CREATE TABLE t ("_s + columnItem(to.definition, column) + u')');
        return std::ranges::any_of(text.constraints,
                                   [&](const Constraint& own) { return sameConstraint(own, constraint); });
    });
}

bool isOwn(const Table& from, const Column& column, const Constraint& constraint)
{
    return constraint.kind != ConstraintKind::PrimaryKey && constraint.kind != ConstraintKind::Unique
           && comesWith(from, {column.name}, constraint);
}

/// Whether the index is still there when the table changes and needs the column.
bool holds(const Table& to, const Index& index, const QString& column)
{
    const bool stays =
        std::ranges::any_of(to.indexes, [&](const Index& other) { return same(other.name, index.name); });
    return stays
           && (mentions(index.predicate, column)
               || std::ranges::any_of(index.parts, [&](const IndexPart& part) {
                      return same(part.column, column) || mentions(part.expression, column);
                  }));
}

/// DROP COLUMN takes the column's own checks and reference along and refuses it when anything else names
/// it, and stops at any view that is broken.
bool canDrop(const Table& from, const Table& to, const Column& column, const QStringList& standing)
{
    const auto names = [&](const QString& text) { return mentions(text, column.name); };
    const auto in = [&](const QStringList& columns) {
        return columns.contains(column.name, Qt::CaseInsensitive);
    };
    if (std::ranges::any_of(standing, names))
        return false;
    for (const Constraint& constraint : from.constraints) {
        const bool named = in(constraint.columns) || names(constraint.definition)
                           || (same(constraint.targetTable, from.name) && in(constraint.targetColumns));
        if (named && !isOwn(from, column, constraint))
            return false;
    }
    const bool indexed =
        std::ranges::any_of(from.indexes, [&](const Index& index) { return holds(to, index, column.name); });
    const bool computed =
        std::ranges::any_of(from.columns, [&](const Column& other) { return names(other.generatedSql); });
    return !indexed && !computed && from.columns.size() > 1;
}

}  // namespace

std::optional<QStringList> alterInPlace(const Table& to, const QList<change::Change>& changes,
                                        const Table& from, const QStringList& standing)
{
    const QString alter = u"ALTER TABLE "_s + quoted(from.name);
    QStringList added;
    QStringList dropped;
    QStringList sql;
    for (const change::Change& change : changes) {
        if (const auto* drop = std::get_if<change::DropColumn>(&change)) {
            if (!canDrop(from, to, drop->column, standing))
                return std::nullopt;
            dropped << drop->column.name;
            sql << alter + u" DROP COLUMN "_s + quoted(drop->column.name);
        } else if (const auto* add = std::get_if<change::AddColumn>(&change)) {
            if (!canAdd(to, add->column))
                return std::nullopt;
            added << add->column.name;
            sql << alter + u" ADD COLUMN "_s + columnItem(to.definition, add->column.name);
        } else if (const auto* constraint = std::get_if<change::AddConstraint>(&change)) {
            if (!comesWith(to, added, constraint->constraint))
                return std::nullopt;
        } else if (const auto* gone = std::get_if<change::DropConstraint>(&change)) {
            if (!comesWith(from, dropped, gone->constraint))
                return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    if (dropped.size() == from.columns.size())  // the last one cannot go
        return std::nullopt;
    return sql;
}

QStringList rebuild(const Table& from, const Table& to)
{
    const QString temporary = u"dewpoint_new_"_s + to.name;
    // A check that names its table would not find it under the other name.
    QStringList sql{withTableName(catalog::unqualified(to.definition, to.name), temporary)};
    if (const QString losing = castsThatLose(from, to); !losing.isEmpty())
        sql << insist(u"every value of %1 fits its column's new type"_s.arg(to.name),
                      u"NOT EXISTS (SELECT 1 FROM %1 WHERE %2)"_s.arg(quoted(from.name), losing));
    if (const QString move = moveRows(from, to, temporary); !move.isEmpty())
        sql << move;
    if (mayLoseRows(to))
        sql << insist(u"every row of %1 is kept"_s.arg(to.name),
                      u"(SELECT count(*) FROM %1) = (SELECT count(*) FROM %2)"_s.arg(quoted(temporary),
                                                                                     quoted(from.name)));
    if (hasAutoIncrement(from) && hasAutoIncrement(to)) {
        const QString name = sql::literal(textValue(temporary), Engine::Sqlite);
        sql << u"DELETE FROM sqlite_sequence WHERE name = "_s + name
            << u"INSERT INTO sqlite_sequence (name, seq) SELECT %1, seq FROM sqlite_sequence WHERE name = %2"_s
                   .arg(name, sql::literal(textValue(from.name), Engine::Sqlite));
    }
    // Otherwise RENAME looks into every view and trigger and stops at those that name the table, which is
    // not there at this moment.
    sql << u"DROP TABLE "_s + quoted(from.name) << u"PRAGMA legacy_alter_table = ON"_s
        << u"ALTER TABLE %1 RENAME TO %2"_s.arg(quoted(temporary), quoted(to.name))
        << u"PRAGMA legacy_alter_table = OFF"_s;
    return sql;
}

QStringList checkReferences(const Table& from, const Table& to)
{
    if (foreignKeys(to).isEmpty() || foreignKeys(to) == foreignKeys(from))
        return {};
    return insist(u"rows of %1 refer to rows that are there"_s.arg(to.name),
                  u"count(*) = 0 FROM pragma_foreign_key_check(%1)"_s.arg(
                      sql::literal(textValue(to.name), Engine::Sqlite)));
}

}  // namespace dewpoint::plan
