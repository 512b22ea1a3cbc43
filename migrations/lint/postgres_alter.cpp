// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "lint/postgres_alter.h"

#include "base/words.h"
#include "lint/pg_type.h"
#include "lint/postgres_rewrite.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

void addColumn(const Part& part)
{
    const ColumnFacts facts = factsOf(part.node[u"def"][u"ColumnDef"], part.bench.known);
    const QString subject = part.table.shown() + u'.' + facts.name;
    part.bench.lock(part.table, LockMode::AccessExclusive);
    if (facts.target)
        part.bench.lock(*facts.target, LockMode::ShareRowExclusive);
    const bool there = part.bench.known.column(part.table, facts.name) != nullptr;
    if (there && part.node[u"missing_ok"].toBool())
        return;
    if (!part.isFresh()) {
        if (facts.column.notNull && !facts.hasValue)
            part.bench
                .find(u"add-not-null-without-default"_s, subject,
                      Words::tr("Adds %1 NOT NULL without a default.").arg(subject))
                .rewrite = withDefault(part.sql, part.node, part.alone);
        if (facts.variesByRow) {
            part.bench.rewrite(part.table);
            part.bench.scan(part.table);
            part.bench.find(u"add-column-rewrite"_s, subject,
                            Words::tr("Writes every row of %1 for the new column %2.")
                                .arg(part.table.shown(), facts.name));
        }
        if (facts.isKey || facts.isUnique) {
            part.bench.scan(part.table);
            part.bench.find(u"add-constraint-index"_s, subject,
                            Words::tr("Builds the index of %1 while others wait.").arg(subject));
        }
        if (facts.hasCheck || (facts.target && facts.hasValue)) {
            part.bench.scan(part.table);
            if (!facts.variesByRow)
                part.bench.find(u"add-constraint-scan"_s, subject,
                                Words::tr("Reads every row of %1 for the new constraint on %2.")
                                    .arg(part.table.shown(), facts.name));
        }
    }
    if (part.isKnown()) {
        KnownColumn column = facts.column;
        column.fresh = true;
        part.known().columns.insert(facts.name, column);
    }
}

void dropColumn(const Part& part)
{
    part.bench.lock(part.table, LockMode::AccessExclusive);
    const bool gone = part.bench.known.whole && part.isKnown() && !part.known().columns.contains(part.name());
    if (!part.isFreshColumn(part.name()) && !(gone && part.node[u"missing_ok"].toBool()))
        part.bench.find(u"drop-column"_s, part.subject(),
                        Words::tr("Drops the column %1.").arg(part.subject()));
    if (part.node[u"behavior"].toString() == "DROP_CASCADE"_L1 && !part.isFresh())
        part.bench.find(u"drop-cascade"_s, part.subject(),
                        Words::tr("Drops whatever depends on %1.").arg(part.subject()));
    part.bench.dropColumn(part.table, part.name());
}

void setNotNull(const Part& part)
{
    part.bench.lock(part.table, LockMode::AccessExclusive);
    const KnownColumn* column = part.bench.known.column(part.table, part.name());
    const bool already = column && column->notNull;
    const bool proven = part.isKnown() && part.known().isProvenNotNull(part.name());
    if (!part.isFresh() && !already && !proven) {
        part.bench.scan(part.table);
        part.bench
            .find(u"set-not-null-scan"_s, part.subject(),
                  Words::tr("Reads every row of %1 while nobody else can.").arg(part.table.shown()))
            .rewrite = withProof(part.table, part.name(), part.bench.known, part.alone);
        part.bench.find(u"set-not-null"_s, part.subject(),
                        Words::tr("Fails where %1 is NULL.").arg(part.subject()));
    }
    if (part.isKnown() && part.known().columns.contains(part.name()))
        part.known().columns[part.name()].notNull = true;
}

/// USING that only says what the cast would do anyway.
bool isPlainUsing(const QJsonValue& expression, const QString& column, const QJsonValue& type)
{
    const auto isColumn = [&](const QJsonValue& node) {
        return strings(node[u"ColumnRef"][u"fields"]) == QStringList{column};
    };
    if (expression.isUndefined() || isColumn(expression))
        return true;
    const QJsonValue cast = expression[u"TypeCast"];
    return isColumn(cast[u"arg"]) && typeOfNode(cast[u"typeName"]) == typeOfNode(type);
}

/// Nothing but casts of the column: no value is put right by it.
bool onlyCasts(QJsonValue expression)
{
    while (!expression[u"TypeCast"].isUndefined())
        expression = expression[u"TypeCast"][u"arg"];
    return expression.isUndefined() || !expression[u"ColumnRef"].isUndefined();
}

void changeType(const Part& part)
{
    part.bench.lock(part.table, LockMode::AccessExclusive);
    const QJsonValue def = part.node[u"def"][u"ColumnDef"];
    const PgType to = typeOfNode(def[u"typeName"]);
    const KnownColumn* column = part.bench.known.column(part.table, part.name());
    const PgType from = column ? typeOfText(column->type) : PgType();
    const bool plain = isPlainUsing(def[u"raw_default"], part.name(), def[u"typeName"]);
    TypeChange change = column && plain ? changeOf(from, to) : TypeChange::Rewrite;
    if (change != TypeChange::Rewrite && part.bench.known.constrainedDomains.contains(to.name))
        change = TypeChange::Rewrite;
    if (!part.isFresh() && (change == TypeChange::Rewrite || change == TypeChange::ZoneRewrite)) {
        part.bench.rewrite(part.table);
        part.bench.scan(part.table);
        part.bench.find(u"alter-type-rewrite"_s, part.subject(),
                        change == TypeChange::ZoneRewrite
                            ? Words::tr("Writes every row of %1, unless the session's time zone is UTC.")
                                  .arg(part.table.shown())
                            : Words::tr("Writes every row of %1 for the new type of %2.")
                                  .arg(part.table.shown(), part.name()));
        if (!column || !alwaysFits(from, to) || !plain)
            part.bench.find(u"change-type"_s, part.subject(),
                            Words::tr("Turns the values of %1 into %2.").arg(part.subject(), shown(to)));
    }
    if (!onlyCasts(def[u"raw_default"]))
        part.bench.write(part.table);
    if (part.isKnown() && column)
        part.known().columns[part.name()].type = shown(to);
}

void rewriteAll(const Part& part, const QString& code, const QString& text)
{
    part.bench.lock(part.table, LockMode::AccessExclusive);
    if (part.isFresh())
        return;
    part.bench.rewrite(part.table);
    part.bench.find(code, part.table.shown(), text.arg(part.table.shown()));
}

void setLogged(const Part& part)
{
    rewriteAll(part, u"set-logged-rewrite"_s, Words::tr("Writes every row of %1."));
    part.bench.scan(part.table);
}

void setStorage(const Part& part)
{
    rewriteAll(part, u"set-storage-rewrite"_s, Words::tr("Copies the whole of %1."));
    if (part.node[u"subtype"].toString() == "AT_SetAccessMethod"_L1)
        part.bench.scan(part.table);
}

void setExpression(const Part& part)
{
    rewriteAll(part, u"set-expression-rewrite"_s, Words::tr("Computes and writes every row of %1."));
    part.bench.scan(part.table);
}

void attachPartition(const Part& part)
{
    const RelationName child = relation(part.node[u"def"][u"PartitionCmd"][u"name"]);
    part.bench.lock(part.table, LockMode::ShareUpdateExclusive);
    part.bench.lock(child, LockMode::AccessExclusive);
    if (part.bench.isFresh(child))
        return;
    part.bench.scan(child);
    part.bench.find(
        u"attach-partition-scan"_s, child.shown(),
        Words::tr("Reads every row of %1 while nobody else can, unless a valid CHECK says the same "
                  "as the bounds.")
            .arg(child.shown()));
}

void detachPartition(const Part& part)
{
    const QJsonValue command = part.node[u"def"][u"PartitionCmd"];
    const RelationName child = relation(command[u"name"]);
    const bool concurrent = command[u"concurrent"].toBool();
    if (concurrent && part.bench.inTransaction())
        part.bench.find(u"concurrently-in-transaction"_s, child.shown(),
                        Words::tr("DETACH PARTITION CONCURRENTLY cannot be in a transaction."));
    part.bench.lock(part.table, concurrent ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive);
    part.bench.lock(child, LockMode::AccessExclusive);
}

void dropNotNull(const Part& part)
{
    part.bench.lock(part.table, LockMode::AccessExclusive);
    if (part.isKnown() && part.known().columns.contains(part.name()))
        part.known().columns[part.name()].notNull = false;
}

/// Storage parameters that are changed while others write (AlterTableGetRelOptionsLockLevel).
void setOptions(const Part& part)
{
    static const QStringList weak{u"fillfactor"_s,
                                  u"toast_tuple_target"_s,
                                  u"parallel_workers"_s,
                                  u"vacuum_index_cleanup"_s,
                                  u"vacuum_truncate"_s,
                                  u"n_distinct"_s,
                                  u"log_autovacuum_min_duration"_s};
    LockMode mode = LockMode::ShareUpdateExclusive;
    const QJsonArray options = part.node[u"def"][u"List"][u"items"].toArray();
    for (const auto& option : options) {
        const QString name = option[u"DefElem"][u"defname"].toString();
        if (!weak.contains(name) && !name.startsWith("autovacuum_"_L1))
            mode = LockMode::AccessExclusive;
    }
    part.bench.lock(part.table, mode);
}

LockMode plainLock(const QString& subtype)
{
    static const QStringList whileOthersWrite{u"AT_SetStatistics"_s, u"AT_SetOptions"_s,
                                              u"AT_ResetOptions"_s,  u"AT_ClusterOn"_s,
                                              u"AT_DropCluster"_s,   u"AT_DetachPartitionFinalize"_s};
    if (whileOthersWrite.contains(subtype))
        return LockMode::ShareUpdateExclusive;
    return subtype.endsWith("Trig"_L1) || subtype.endsWith("TrigAll"_L1) || subtype.endsWith("TrigUser"_L1)
               ? LockMode::ShareRowExclusive
               : LockMode::AccessExclusive;
}

using Rule = void (*)(const Part&);

const QHash<QString, Rule>& rules()
{
    static const QHash<QString, Rule> all{
        {u"AT_AddColumn"_s, addColumn},
        {u"AT_DropColumn"_s, dropColumn},
        {u"AT_SetNotNull"_s, setNotNull},
        {u"AT_DropNotNull"_s, dropNotNull},
        {u"AT_AlterColumnType"_s, changeType},
        {u"AT_AddConstraint"_s, addConstraint},
        {u"AT_DropConstraint"_s, dropConstraint},
        {u"AT_ValidateConstraint"_s, validateConstraint},
        {u"AT_SetLogged"_s, setLogged},
        {u"AT_SetUnLogged"_s, setLogged},
        {u"AT_SetTableSpace"_s, setStorage},
        {u"AT_SetAccessMethod"_s, setStorage},
        {u"AT_SetExpression"_s, setExpression},
        {u"AT_AttachPartition"_s, attachPartition},
        {u"AT_DetachPartition"_s, detachPartition},
        {u"AT_SetRelOptions"_s, setOptions},
        {u"AT_ResetRelOptions"_s, setOptions},
    };
    return all;
}

}  // namespace

void alterTable(Bench& bench, const QString& sql, const QJsonObject& node)
{
    const QString kind = node[u"objtype"].toString();
    const RelationName table = relation(node[u"relation"]);
    if (kind == "OBJECT_TYPE"_L1 || kind == "OBJECT_INDEX"_L1 || kind == "OBJECT_SEQUENCE"_L1)
        return;
    const QJsonArray commands = node[u"cmds"].toArray();
    for (const auto& command : commands) {
        const Part part{.bench = bench,
                        .sql = sql,
                        .table = table,
                        .node = command[u"AlterTableCmd"].toObject(),
                        .alone = commands.size() == 1};
        const QString subtype = part.node[u"subtype"].toString();
        if (const Rule rule = rules().value(subtype))
            rule(part);
        else
            bench.lock(table, plainLock(subtype));
    }
}

}  // namespace dewpoint::lint::postgres
