// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/postgres.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

void renameObject(Bench& bench, const QJsonObject& node)
{
    const QString kind = node[u"renameType"].toString();
    const RelationName table = relation(node[u"relation"]);
    const QString from = node[u"subname"].toString();
    const QString to = node[u"newname"].toString();
    if (kind == "OBJECT_INDEX"_L1) {
        if (bench.known.indexTables.contains(table.name))
            bench.known.indexTables.insert(to, bench.known.indexTables.take(table.name));
    } else if (kind == "OBJECT_COLUMN"_L1) {
        bench.lock(table, LockMode::AccessExclusive);
        bench.renameColumn(table, from, to);
    } else if (kind == "OBJECT_TABLE"_L1 || kind == "OBJECT_VIEW"_L1 || kind == "OBJECT_MATVIEW"_L1) {
        bench.lock(table, LockMode::AccessExclusive);
        if (!bench.isFresh(table)) {
            bench.find(u"rename-table"_s, table.shown(),
                       Words::tr("Renames %1 to %2.").arg(table.shown(), to));
            bench.parted.append({.code = u"rename-table"_s,
                                 .statement = bench.statement(),
                                 .subject = table.shown(),
                                 .origin = bench.originOf(table)});
        }
        bench.renameTable(table, {.schema = table.schema, .name = to});
    } else if (kind == "OBJECT_TABCONSTRAINT"_L1) {
        bench.lock(table, LockMode::AccessExclusive);
        if (bench.known.tables.contains(table)) {
            auto& constraints = bench.known.tables[table].constraints;
            constraints.insert(to, constraints.take(from));
        }
    } else if (kind == "OBJECT_TRIGGER"_L1 || kind == "OBJECT_POLICY"_L1 || kind == "OBJECT_RULE"_L1) {
        bench.lock(table, LockMode::AccessExclusive);
    }
}

void alterObjectSchema(Bench& bench, const QJsonObject& node)
{
    const RelationName table = relation(node[u"relation"]);
    const QString kind = node[u"objectType"].toString();
    if (kind != "OBJECT_TABLE"_L1 && kind != "OBJECT_VIEW"_L1 && kind != "OBJECT_MATVIEW"_L1)
        return;
    bench.lock(table, LockMode::AccessExclusive);
    if (!bench.isFresh(table))
        bench.find(u"rename-table"_s, table.shown(),
                   Words::tr("Moves %1 to the schema %2.").arg(table.shown(), node[u"newschema"].toString()));
    bench.renameTable(table, RelationName::of(node[u"newschema"].toString(), table.name));
}

}  // namespace dewpoint::lint::postgres
