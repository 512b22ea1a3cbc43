// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/postgres.h"
#include "lint/postgres_rewrite.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

void dropTable(Bench& bench, const RelationName& table, bool ifExists)
{
    bench.lock(table, LockMode::AccessExclusive);
    if (const KnownTable* known = bench.known.table(table)) {
        for (const KnownConstraint& constraint : known->constraints) {
            if (constraint.target && *constraint.target != table)
                bench.lock(*constraint.target, LockMode::AccessExclusive);
        }
    }
    const bool gone = ifExists && bench.known.whole && !bench.known.tables.contains(table);
    if (!bench.isFresh(table) && !gone) {
        bench.find(u"drop-table"_s, table.shown(), Words::tr("Drops the table %1.").arg(table.shown()));
        bench.parted.append({.code = u"drop-table"_s,
                             .statement = bench.statement(),
                             .subject = table.shown(),
                             .origin = bench.originOf(table)});
    }
    bench.dropTable(table);
}

/// What is left of it has no tables, or it fails.
void dropTablesOf(Bench& bench, const QString& schema)
{
    const QString within = RelationName::of(schema, {}).schema;
    const QList<RelationName> names = bench.known.tables.keys();
    for (const RelationName& name : names) {
        if (name.schema == within)
            bench.dropTable(name);
    }
}

void dropIndex(Bench& bench, const QString& sql, const RelationName& index, bool concurrent, bool alone)
{
    const auto owner = bench.known.indexTables.constFind(index.name);
    const bool known = owner != bench.known.indexTables.cend();
    if (concurrent && bench.inTransaction())
        bench.find(u"concurrently-in-transaction"_s, index.shown(),
                   Words::tr("DROP INDEX CONCURRENTLY cannot be in a transaction."));
    if (known)
        bench.lock(*owner, concurrent ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive);
    if (!concurrent && !(known && bench.isFresh(*owner))) {
        const KnownTable* table = known ? bench.known.table(*owner) : nullptr;
        const bool mayBe = alone && !(table && table->partitioned);
        bench
            .find(u"drop-index-blocking"_s, index.shown(),
                  known
                      ? Words::tr("Waits for every query of %1, and all others wait behind it.")
                            .arg(owner->shown())
                      : Words::tr("Waits for every query of the table of %1, and all others wait behind it.")
                            .arg(index.shown()))
            .rewrite = mayBe ? concurrently(sql, u"INDEX"_s) : std::nullopt;
    }
    if (known && bench.known.tables.contains(*owner))
        bench.known.tables[*owner].indexes.remove(index.name);
    bench.known.indexTables.remove(index.name);
}

/// What is a part of a table: its own name comes last.
void dropPart(Bench& bench, QStringList parts)
{
    parts.removeLast();
    bench.lock(relationOf(parts), LockMode::AccessExclusive);
}

/// Each kind of object has its name in a node of its own.
QStringList nameOf(const QJsonValue& object)
{
    for (const QJsonValue& list :
         {object[u"List"][u"items"], object[u"TypeName"][u"names"], object[u"ObjectWithArgs"][u"objname"]}) {
        if (const QStringList parts = strings(list); !parts.isEmpty())
            return parts;
    }
    return {object[u"String"][u"sval"].toString()};
}

}  // namespace

void dropObjects(Bench& bench, const QString& sql, const QJsonObject& node)
{
    const QString kind = node[u"removeType"].toString();
    const bool cascade = node[u"behavior"].toString() == "DROP_CASCADE"_L1;
    const bool ifExists = node[u"missing_ok"].toBool();
    const QJsonArray objects = node[u"objects"].toArray();
    for (const auto& object : objects) {
        const QStringList parts = nameOf(object);
        const RelationName name = relationOf(parts);
        const bool fresh = bench.isFresh(name);
        const bool gone =
            ifExists && bench.known.whole && kind == "OBJECT_TABLE"_L1 && !bench.known.tables.contains(name);
        if (kind == "OBJECT_TABLE"_L1) {
            dropTable(bench, name, ifExists);
        } else if (kind == "OBJECT_INDEX"_L1) {
            dropIndex(bench, sql, name, node[u"concurrent"].toBool(), objects.size() == 1 && !cascade);
        } else if (kind == "OBJECT_VIEW"_L1 || kind == "OBJECT_MATVIEW"_L1) {
            bench.lock(name, LockMode::AccessExclusive);
            bench.known.drop(name);
        } else if (kind == "OBJECT_TRIGGER"_L1 || kind == "OBJECT_POLICY"_L1 || kind == "OBJECT_RULE"_L1) {
            dropPart(bench, parts);
        } else if (kind == "OBJECT_SCHEMA"_L1) {
            bench.find(u"drop-schema"_s, parts.last(), Words::tr("Drops the schema %1.").arg(parts.last()));
            dropTablesOf(bench, parts.last());
        }
        if (cascade && !fresh && !gone && !bench.known.freshTypes.contains(parts.last()))
            bench.find(u"drop-cascade"_s, name.shown(),
                       Words::tr("Drops whatever depends on %1.").arg(name.shown()));
    }
}

}  // namespace dewpoint::lint::postgres
