// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/normalise.h"

#include "catalog/sqlite_tokens.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::diff {

using namespace schema;

namespace {

/// Takes off parentheses that enclose the whole text: DEFAULT (1) is DEFAULT 1.
QString unwrapped(QString text)
{
    while (text.startsWith(u"( ") && text.endsWith(u" )")) {
        int depth = 0;
        const QStringList words = text.split(u' ');
        for (qsizetype i = 0; i + 1 < words.size(); ++i) {
            depth += words.at(i) == u"(" ? 1 : words.at(i) == u")" ? -1 : 0;
            if (depth == 0)
                return text;
        }
        text = text.sliced(2, text.size() - 4);
    }
    return text;
}

QString expression(const QString& sql)
{
    return unwrapped(catalog::normalised(sql));
}

void normaliseColumn(Column& column)
{
    column.name = column.name.toLower();
    column.type = catalog::normalised(column.type);
    column.collation = column.collation.toLower();
    column.generatedSql = expression(column.generatedSql);
    if (column.defaultSql) {
        column.defaultSql = expression(*column.defaultSql);
        if (column.defaultSql == u"null")  // the default of a column that has none
            column.defaultSql.reset();
    }
}

void normaliseConstraint(Constraint& constraint, const Database& database)
{
    constraint.name = constraint.name.toLower();
    constraint.definition = expression(constraint.definition);
    for (QString& column : constraint.columns)
        column = column.toLower();
    if (constraint.kind != ConstraintKind::ForeignKey)
        return;
    if (constraint.targetColumns.isEmpty()) {
        const auto target = std::ranges::find_if(database.tables, [&](const Table& table) {
            return table.name.compare(constraint.targetTable, Qt::CaseInsensitive) == 0;
        });
        if (target != database.tables.end())
            constraint.targetColumns = target->primaryKey();
    }
    for (QString& column : constraint.targetColumns)
        column = column.toLower();
    constraint.targetTable = constraint.targetTable.toLower();
    constraint.match.clear();                              // SQLite reads MATCH and does not act on it
    constraint.deferrable = constraint.initiallyDeferred;  // only INITIALLY DEFERRED makes a difference there
}

/// INTEGER PRIMARY KEY is the rowid and never NULL, whatever is written.
void alignRowidAlias(Table& table)
{
    if (table.withoutRowid)
        return;
    for (const Constraint& constraint : std::as_const(table.constraints)) {
        if (constraint.kind != ConstraintKind::PrimaryKey || constraint.columns.size() != 1)
            continue;
        for (Column& column : table.columns) {
            if (column.name == constraint.columns.constFirst() && column.type == u"integer")
                column.notNull = true;
        }
    }
}

void normaliseTable(Table& table, const Database& database)
{
    for (Column& column : table.columns) {
        column.generatedSql = catalog::unqualified(column.generatedSql, table.name);
        normaliseColumn(column);
    }
    for (Constraint& constraint : table.constraints) {
        constraint.definition = catalog::unqualified(constraint.definition, table.name);
        normaliseConstraint(constraint, database);
    }
    alignRowidAlias(table);
    for (Index& index : table.indexes)
        index.definition = catalog::normalised(index.definition);
    for (Trigger& trigger : table.triggers)
        trigger.definition = catalog::normalised(trigger.definition);
    // A table's own text only adds something where nothing else is known of it.
    table.definition = table.kind == TableKind::Virtual ? catalog::normalised(table.definition) : QString();
    table.module = table.module.toLower();
}

}  // namespace

QString key(const QString& name, Engine engine)
{
    return engine == Engine::Sqlite ? name.toLower() : name;
}

Database normalised(const Database& database)
{
    Database result = database;
    if (database.engine != Engine::Sqlite)
        return result;
    for (Table& table : result.tables)
        normaliseTable(table, database);
    for (View& view : result.views) {
        view.definition = catalog::normalised(view.definition);
        for (Trigger& trigger : view.triggers)
            trigger.definition = catalog::normalised(trigger.definition);
    }
    return result;
}

}  // namespace dewpoint::diff
