// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/pg_constraint.h"
#include "lint/pg_type.h"
#include "lint/postgres.h"
#include "lint/postgres_rewrite.h"

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

bool isSerial(const PgType& type)
{
    static const QStringList names{u"serial"_s,  u"bigserial"_s, u"smallserial"_s,
                                   u"serial2"_s, u"serial4"_s,   u"serial8"_s};
    return names.contains(type.name);
}

void addConstraintFact(ColumnFacts& facts, const QJsonValue& constraint)
{
    const QString kind = constraint[u"contype"].toString();
    const QJsonValue expression = constraint[u"raw_expr"];
    if (kind == "CONSTR_NOTNULL"_L1) {
        facts.column.notNull = true;
    } else if (kind == "CONSTR_DEFAULT"_L1) {
        facts.hasValue = facts.hasValue || !expression[u"A_Const"][u"isnull"].toBool();
        facts.variesByRow = facts.variesByRow || mayVary(expression);
    } else if (kind == "CONSTR_GENERATED"_L1 || kind == "CONSTR_IDENTITY"_L1) {
        facts.hasValue = true;
        facts.variesByRow = true;
        facts.column.notNull = facts.column.notNull || kind == "CONSTR_IDENTITY"_L1;
    } else if (kind == "CONSTR_PRIMARY"_L1) {
        facts.isKey = true;
        facts.column.notNull = true;
    } else if (kind == "CONSTR_UNIQUE"_L1) {
        facts.isUnique = true;
    } else if (kind == "CONSTR_CHECK"_L1) {
        facts.hasCheck = true;
    } else if (kind == "CONSTR_FOREIGN"_L1) {
        facts.target = relation(constraint[u"pktable"]);
    }
}

void addTableConstraint(Bench& bench, KnownTable& table, const RelationName& name,
                        const QJsonValue& constraint)
{
    const QString kind = constraint[u"contype"].toString();
    KnownConstraint entry{.kind = schema::ConstraintKind::Check,
                          .validated = true,
                          .fresh = true,
                          .provesNotNull = {},
                          .target = {}};
    if (kind == "CONSTR_FOREIGN"_L1) {
        entry.kind = schema::ConstraintKind::ForeignKey;
        entry.target = relation(constraint[u"pktable"]);
        bench.lock(*entry.target, LockMode::ShareRowExclusive);
    } else if (kind == "CONSTR_PRIMARY"_L1) {
        entry.kind = schema::ConstraintKind::PrimaryKey;
        const QStringList keys = strings(constraint[u"keys"]);
        for (const QString& key : keys) {
            if (table.columns.contains(key))
                table.columns[key].notNull = true;
        }
    } else if (kind == "CONSTR_CHECK"_L1) {
        entry.provesNotNull = provenNotNull(constraint[u"raw_expr"]);
    }
    if (const QString known = constraintName(name, constraint); !known.isEmpty())
        table.constraints.insert(known, entry);
}

/// The constraint that a column's REFERENCES makes.
void addColumnReference(Bench& bench, KnownTable& table, const RelationName& name, const ColumnFacts& facts)
{
    if (!facts.target)
        return;
    bench.lock(*facts.target, LockMode::ShareRowExclusive);
    table.constraints.insert(name.name + u'_' + facts.name + u"_fkey"_s,
                             {.kind = schema::ConstraintKind::ForeignKey,
                              .validated = true,
                              .fresh = true,
                              .provesNotNull = {},
                              .target = facts.target});
}

}  // namespace

RelationName relation(const QJsonValue& rangeVar)
{
    return RelationName::of(rangeVar[u"schemaname"].toString(), rangeVar[u"relname"].toString());
}

QList<RelationName> relationsIn(const QJsonValue& tree)
{
    QList<RelationName> names;
    eachNode(tree, [&](const QString& kind, const QJsonValue& found) {
        if (kind == "RangeVar"_L1 || kind == "relation"_L1)
            names.append(relation(found));
    });
    return names;
}

RelationName relationOf(const QStringList& parts)
{
    return RelationName::of(parts.value(parts.size() - 2), parts.value(parts.size() - 1));
}

ColumnFacts factsOf(const QJsonValue& columnDef, const Known& known)
{
    ColumnFacts facts;
    const PgType type = typeOfNode(columnDef[u"typeName"]);
    facts.name = columnDef[u"colname"].toString();
    facts.column.type = shown(type);
    if (isSerial(type)) {
        facts.hasValue = true;
        facts.variesByRow = true;
        facts.column.notNull = true;
    }
    facts.variesByRow = facts.variesByRow || known.constrainedDomains.contains(type.name);
    const QJsonArray constraints = columnDef[u"constraints"].toArray();
    for (const auto& constraint : constraints)
        addConstraintFact(facts, constraint[u"Constraint"]);
    return facts;
}

void createTable(Bench& bench, const QJsonObject& node)
{
    const RelationName name = relation(node[u"relation"]);
    if (node[u"if_not_exists"].toBool() && bench.known.tables.contains(name))
        return;
    const bool isPartition = node.contains(u"partbound");
    const QJsonArray parents = node[u"inhRelations"].toArray();
    for (const auto& parent : parents)
        bench.lock(relation(parent[u"RangeVar"]),
                   isPartition ? LockMode::AccessExclusive : LockMode::ShareUpdateExclusive);
    KnownTable table;
    table.fresh = true;
    table.partitioned = node.contains(u"partspec");
    const QJsonArray elements = node[u"tableElts"].toArray();
    for (const auto& element : elements) {
        if (element[u"ColumnDef"].isUndefined())
            continue;
        const ColumnFacts facts = factsOf(element[u"ColumnDef"], bench.known);
        table.columns.insert(facts.name, facts.column);
        addColumnReference(bench, table, name, facts);
    }
    for (const auto& element : elements) {
        if (!element[u"Constraint"].isUndefined())
            addTableConstraint(bench, table, name, element[u"Constraint"]);
    }
    bench.known.tables.insert(name, table);
}

void createTableAs(Bench& bench, const QJsonObject& node)
{
    const RelationName name = relation(node[u"into"][u"rel"]);
    if (node[u"if_not_exists"].toBool() && bench.known.tables.contains(name))
        return;
    KnownTable table;
    table.fresh = true;
    bench.known.tables.insert(name, table);
    const bool empty = node[u"into"][u"skipData"].toBool();
    copyRows(bench, name, node[u"query"], empty ? QJsonValue() : node[u"query"][u"SelectStmt"]);
}

void selectInto(Bench& bench, const QJsonObject& node)
{
    const RelationName name = relation(node[u"intoClause"][u"rel"]);
    if (name.name.isEmpty())
        return;
    KnownTable table;
    table.fresh = true;
    bench.known.tables.insert(name, table);
    copyRows(bench, name, node[u"fromClause"], node);
}

void createIndex(Bench& bench, const QString& sql, const QJsonObject& node)
{
    const RelationName table = relation(node[u"relation"]);
    const QString index = node[u"idxname"].toString();
    const bool concurrent = node[u"concurrent"].toBool();
    if (node[u"if_not_exists"].toBool() && bench.known.indexTables.contains(index))
        return;
    if (!index.isEmpty()) {
        bench.known.indexTables.insert(index, table);
        if (bench.known.tables.contains(table))
            bench.known.tables[table].indexes.insert(index);
    }
    bench.lock(table, concurrent ? LockMode::ShareUpdateExclusive : LockMode::Share);
    const QString shownIndex = index.isEmpty() ? table.shown() : index;
    if (concurrent && bench.inTransaction())
        bench.find(u"concurrently-in-transaction"_s, shownIndex,
                   Words::tr("CREATE INDEX CONCURRENTLY cannot be in a transaction."));
    if (bench.isFresh(table) || !node[u"relation"][u"inh"].toBool())
        return;
    bench.scan(table);
    const KnownTable* there = bench.known.table(table);
    if (!concurrent)
        bench
            .find(u"create-index-blocking"_s, shownIndex,
                  Words::tr("Nobody writes %1 while the index %2 is built.").arg(table.shown(), shownIndex))
            .rewrite = there && there->partitioned ? std::nullopt : concurrently(sql, u"INDEX"_s);
    if (node[u"unique"].toBool())
        bench.find(u"add-unique"_s, shownIndex,
                   Words::tr("Fails where two rows of %1 have the same values.").arg(table.shown()));
}

}  // namespace dewpoint::lint::postgres
