// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "render/references.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::render {

using namespace schema;

namespace {

bool sameName(const QString& left, const QString& right, const QString& schema)
{
    return left.compare(right, schema == u"main" ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0;
}

const Table* targetOf(const QList<const Table*>& tables, const Table& from, const Constraint& key)
{
    const QString schema = key.targetSchema.isEmpty() ? from.schema : key.targetSchema;
    const auto found = std::ranges::find_if(tables, [&](const Table* table) {
        return table->schema == schema && sameName(table->name, key.targetTable, schema);
    });
    return found == tables.end() ? nullptr : *found;
}

bool sameSet(QStringList left, QStringList right)
{
    left.sort();
    right.sort();
    return left == right;
}

bool isRequired(const Table& table, const QStringList& columns)
{
    return std::ranges::all_of(columns, [&](const QString& name) {
        const Column* column = table.column(name);
        return column && (column->notNull || column->keyPosition > 0);
    });
}

}  // namespace

bool isUnique(const Table& table, const QStringList& columns)
{
    const auto byConstraint = [&](const Constraint& constraint) {
        return (constraint.kind == ConstraintKind::PrimaryKey || constraint.kind == ConstraintKind::Unique)
               && sameSet(constraint.columns, columns);
    };
    const auto byIndex = [&](const Index& index) {
        QStringList parts;
        for (const IndexPart& part : index.parts)
            parts << part.column;
        return index.unique && index.predicate.isEmpty() && sameSet(parts, columns);
    };
    return std::ranges::any_of(table.constraints, byConstraint)
           || std::ranges::any_of(table.indexes, byIndex);
}

QList<Reference> referencesOf(const QList<const Table*>& tables)
{
    QList<Reference> list;
    for (const Table* table : tables) {
        for (const Constraint& key : table->constraints) {
            const Table* target =
                key.kind == ConstraintKind::ForeignKey ? targetOf(tables, *table, key) : nullptr;
            if (!target)
                continue;
            list.append(
                {.from = table,
                 .to = target,
                 .key = &key,
                 .targetColumns = key.targetColumns.isEmpty() ? target->primaryKey() : key.targetColumns,
                 .isUnique = isUnique(*table, key.columns),
                 .isRequired = isRequired(*table, key.columns)});
        }
    }
    return list;
}

QList<const Table*> ownTables(const Database& database)
{
    static const QSet<QString> ledgers{u"__diesel_schema_migrations"_s, u"_sqlx_migrations"_s,
                                       u"seaql_migrations"_s,           u"__drizzle_migrations"_s,
                                       u"_prisma_migrations"_s,         u"goose_db_version"_s,
                                       u"refinery_schema_history"_s,    u"dewpoint_migrations"_s,
                                       u"flyway_schema_history"_s,      u"atlas_schema_revisions"_s};
    QList<const Table*> tables;
    for (const Table& table : database.tables) {
        // dbmate and golang-migrate share a name that others use for their own ends as well.
        const bool isVersions =
            table.name == u"schema_migrations" && table.column(u"version"_s) && table.columns.size() <= 2;
        if (!ledgers.contains(table.name) && !isVersions)
            tables.append(&table);
    }
    return tables;
}

}  // namespace dewpoint::render
