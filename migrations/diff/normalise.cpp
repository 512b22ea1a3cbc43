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

}  // namespace

QString key(const QString& name, Engine engine)
{
    return engine == Engine::Sqlite ? name.toLower() : name;
}

Table normalised(const Table& table, const Database& database)
{
    if (database.engine != Engine::Sqlite)
        return table;
    Table plain = table;
    for (Column& column : plain.columns) {
        column.generatedSql = catalog::unqualified(column.generatedSql, table.name);
        normaliseColumn(column);
    }
    for (Constraint& constraint : plain.constraints) {
        constraint.definition = catalog::unqualified(constraint.definition, table.name);
        normaliseConstraint(constraint, database);
    }
    alignRowidAlias(plain);
    for (Index& index : plain.indexes)
        index.definition = catalog::normalised(index.definition);
    for (Trigger& trigger : plain.triggers)
        trigger.definition = catalog::normalised(trigger.definition);
    // A table's own text only adds something where nothing else is known of it.
    plain.definition = plain.kind == TableKind::Virtual ? catalog::normalised(plain.definition) : QString();
    plain.module = plain.module.toLower();
    return plain;
}

View normalised(const View& view, Engine engine)
{
    if (engine != Engine::Sqlite)
        return view;
    View plain = view;
    plain.definition = catalog::normalised(plain.definition);
    for (Trigger& trigger : plain.triggers)
        trigger.definition = catalog::normalised(trigger.definition);
    return plain;
}

bool meansMoreThanItSays(const Table& table, Engine engine)
{
    return engine == Engine::Sqlite
           && std::ranges::any_of(table.constraints, [](const Constraint& constraint) {
                  return constraint.kind == ConstraintKind::ForeignKey && constraint.targetColumns.isEmpty();
              });
}

}  // namespace dewpoint::diff
