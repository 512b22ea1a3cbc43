// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/known.h"

#include "lint/pg_constraint.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint {

namespace {

KnownTable knownTable(const schema::Table& table, Engine engine)
{
    KnownTable known;
    known.partitioned = table.kind == schema::TableKind::Partitioned;
    for (const schema::Column& column : table.columns)
        known.columns.insert(column.name, {.type = column.type, .notNull = column.notNull, .fresh = false});
    for (const schema::Constraint& constraint : table.constraints) {
        KnownConstraint entry{.kind = constraint.kind,
                              .validated = constraint.validated,
                              .fresh = false,
                              .provesNotNull = {},
                              .target = {}};
        if (constraint.kind == schema::ConstraintKind::ForeignKey)
            entry.target = RelationName::of(constraint.targetSchema, constraint.targetTable);
        if (constraint.kind == schema::ConstraintKind::Check && engine == Engine::Postgres)
            entry.provesNotNull = provenNotNull(constraint.definition);
        // SQLite's mostly have no name.
        const QString nameless = QChar(QChar::Null) + QString::number(known.constraints.size());
        known.constraints.insert(constraint.name.isEmpty() ? nameless : constraint.name, entry);
    }
    for (const schema::Index& index : table.indexes)
        known.indexes.insert(index.name);
    return known;
}

}  // namespace

RelationName RelationName::of(const QString& schema, const QString& name)
{
    const bool bare = schema == "public"_L1 || schema == "main"_L1;
    return {.schema = bare ? QString() : schema, .name = name};
}

QString goneName(const QString& name)
{
    return name + QChar(QChar::Null);
}

bool isGone(const QString& name)
{
    return name.endsWith(QChar(QChar::Null));
}

bool KnownTable::isProvenNotNull(const QString& column) const
{
    for (const KnownConstraint& constraint : constraints) {
        if (constraint.validated && constraint.provesNotNull.contains(column))
            return true;
    }
    return false;
}

Known Known::of(const schema::Database& database)
{
    Known known;
    known.whole = true;
    for (const schema::Table& table : database.tables) {
        const RelationName name = RelationName::of(table.schema, table.name);
        known.tables.insert(name, knownTable(table, database.engine));
        for (const schema::Index& index : table.indexes)
            known.indexTables.insert(index.name, name);
    }
    for (const schema::Type& type : database.types) {
        if (type.kind == schema::TypeKind::Domain
            && (type.definition.contains("CHECK"_L1) || type.definition.contains("NOT NULL"_L1)))
            known.constrainedDomains.insert(type.name);
    }
    return known;
}

QList<ColumnRename> Known::carried() const
{
    QList<ColumnRename> all = renames;
    const QList<RelationName> lost = rows.lost();
    for (const RelationName& table : lost)
        all.append({.table = table, .from = {}, .to = goneName(table.name), .schema = table.schema});
    return all;
}

void Known::beginMigration()
{
    for (KnownTable& table : tables) {
        table.fresh = false;
        for (KnownColumn& column : table.columns)
            column.fresh = false;
        for (KnownConstraint& constraint : table.constraints)
            constraint.fresh = false;
    }
    freshViews.clear();
    freshTypes.clear();
    freshLabels.clear();
}

bool Known::isFresh(const RelationName& name) const
{
    const KnownTable* found = table(name);
    return (found && found->fresh) || freshViews.contains(name);
}

const KnownTable* Known::table(const RelationName& name) const
{
    const auto found = tables.constFind(name);
    return found == tables.cend() ? nullptr : &*found;
}

const KnownColumn* Known::column(const RelationName& name, const QString& column) const
{
    const KnownTable* found = table(name);
    if (!found)
        return nullptr;
    const auto place = found->columns.constFind(column);
    return place == found->columns.cend() ? nullptr : &*place;
}

void Known::rename(const RelationName& from, const RelationName& to)
{
    rows.renamed(from, to);
    if (!tables.contains(from))
        return;
    renames.append({.table = from, .from = {}, .to = to.name, .schema = to.schema});
    tables.insert(to, tables.take(from));
    for (RelationName& owner : indexTables) {
        if (owner == from)
            owner = to;
    }
}

void Known::drop(const RelationName& name)
{
    rows.dropped(name);
    tables.remove(name);
    freshViews.remove(name);
    indexTables.removeIf([&](const auto& entry) { return entry.value() == name; });
}

}  // namespace dewpoint::lint
