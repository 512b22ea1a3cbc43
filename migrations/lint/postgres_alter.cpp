// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/pg_constraint.h"
#include "lint/pg_type.h"
#include "lint/postgres.h"
#include "lint/postgres_rewrite.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

/// One sub-command of ALTER TABLE.
struct Part {
    Bench& bench;
    const QString& sql;
    RelationName table;
    QJsonObject node;  ///< AlterTableCmd
    bool alone = true;

    QString name() const { return node[u"name"].toString(); }
    QJsonValue constraint() const { return node[u"def"][u"Constraint"]; }
    QString subject() const { return table.shown() + u'.' + name(); }
    bool isFresh() const { return bench.isFresh(table); }
    KnownTable& known() const { return bench.known.tables[table]; }
    bool isKnown() const { return bench.known.tables.contains(table); }
    QString rule(const QString& fallback) const
    {
        const QString named = constraint()[u"conname"].toString();
        return named.isEmpty() ? fallback : named;
    }
};

bool isFreshColumn(const Part& part, const QString& name)
{
    const KnownColumn* column = part.bench.known.column(part.table, name);
    return part.isFresh() || (column && column->fresh);
}

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
    if (!isFreshColumn(part, part.name()) && !(gone && part.node[u"missing_ok"].toBool()))
        part.bench.find(u"drop-column"_s, part.subject(),
                        Words::tr("Drops the column %1.").arg(part.subject()));
    if (part.node[u"behavior"].toString() == "DROP_CASCADE"_L1 && !part.isFresh())
        part.bench.find(u"drop-cascade"_s, part.subject(),
                        Words::tr("Drops whatever depends on %1.").arg(part.subject()));
    if (part.isKnown())
        part.known().columns.remove(part.name());
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

void addIndexed(const Part& part, const QStringList& columns, bool isKey, bool isExclusion)
{
    part.bench.lock(part.table, LockMode::AccessExclusive);
    if (part.isFresh())
        return;
    const bool usesIndex = !part.constraint()[u"indexname"].toString().isEmpty();
    const QString subject =
        columns.isEmpty() ? part.rule(part.table.shown()) : part.table.shown() + u'.' + columns.join(u", ");
    QStringList nullable = isKey ? columns : QStringList();
    nullable.removeIf([&](const QString& name) {
        const KnownColumn* column = part.bench.known.column(part.table, name);
        return (column && column->notNull) || (part.isKnown() && part.known().isProvenNotNull(name));
    });
    if (!nullable.isEmpty())
        part.bench.find(u"set-not-null"_s, subject, Words::tr("Fails where %1 is NULL.").arg(subject));
    if (usesIndex)
        return;
    part.bench.scan(part.table);
    part.bench
        .find(u"add-constraint-index"_s, subject,
              Words::tr("Builds the index of %1 while nobody else reads or writes %2.")
                  .arg(subject, part.table.shown()))
        .rewrite = isExclusion ? std::nullopt
                               : withIndexFirst(part.table, columns, part.node, part.bench.known, part.alone);
    if (isExclusion)
        part.bench.find(u"add-exclusion"_s, subject,
                        Words::tr("Fails where two rows of %1 collide.").arg(part.table.shown()));
    else
        part.bench.find(u"add-unique"_s, subject,
                        Words::tr("Fails where two rows have the same %1.").arg(subject));
}

void addForeignKey(const Part& part, KnownConstraint& entry)
{
    const RelationName target = relation(part.constraint()[u"pktable"]);
    const QStringList columns = strings(part.constraint()[u"fk_attrs"]);
    const QString subject = part.table.shown() + u'.' + columns.join(u", ");
    part.bench.lock(part.table, LockMode::ShareRowExclusive);
    part.bench.lock(target, LockMode::ShareRowExclusive);
    entry.target = target;
    if (part.isFresh() || part.constraint()[u"skip_validation"].toBool())
        return;
    part.bench.scan(part.table);
    part.bench
        .find(u"add-constraint-scan"_s, subject,
              Words::tr("Nobody writes %1 or %2 while every row of %1 is looked up.")
                  .arg(part.table.shown(), target.shown()))
        .rewrite = validatedLater(part.sql, part.table, part.node, part.bench.known, part.alone);
    const bool allNew =
        std::ranges::all_of(columns, [&](const QString& column) { return isFreshColumn(part, column); });
    if (!allNew)
        part.bench.find(u"add-foreign-key"_s, subject,
                        Words::tr("Fails where %1 refers to no row of %2.").arg(subject, target.shown()));
}

void addCheck(const Part& part, KnownConstraint& entry)
{
    const QJsonValue expression = part.constraint()[u"raw_expr"];
    const QStringList columns = columnsIn(expression);
    part.bench.lock(part.table, LockMode::AccessExclusive);
    entry.provesNotNull = provenNotNull(expression);
    if (part.isFresh() || part.constraint()[u"skip_validation"].toBool())
        return;
    const QString subject = part.rule(part.table.shown() + u'.' + columns.join(u", "));
    part.bench.scan(part.table);
    part.bench
        .find(u"add-constraint-scan"_s, subject,
              Words::tr("Reads every row of %1 while nobody else can.").arg(part.table.shown()))
        .rewrite = validatedLater(part.sql, part.table, part.node, part.bench.known, part.alone);
    part.bench.find(u"add-check"_s, subject,
                    Words::tr("Fails where a row of %1 does not satisfy it.").arg(part.table.shown()));
}

void addConstraint(const Part& part)
{
    const QString kind = part.constraint()[u"contype"].toString();
    const QStringList keys = strings(part.constraint()[u"keys"]);
    const bool notValid = part.constraint()[u"skip_validation"].toBool();
    KnownConstraint entry{.kind = schema::ConstraintKind::Check,
                          .validated = !notValid,
                          .fresh = true,
                          .provesNotNull = {},
                          .target = {}};
    if (kind == "CONSTR_FOREIGN"_L1) {
        entry.kind = schema::ConstraintKind::ForeignKey;
        addForeignKey(part, entry);
    } else if (kind == "CONSTR_CHECK"_L1) {
        addCheck(part, entry);
    } else {
        entry.kind =
            kind == "CONSTR_PRIMARY"_L1 ? schema::ConstraintKind::PrimaryKey : schema::ConstraintKind::Unique;
        addIndexed(part, keys, kind == "CONSTR_PRIMARY"_L1, kind == "CONSTR_EXCLUSION"_L1);
        for (const QString& key : keys) {
            if (kind == "CONSTR_PRIMARY"_L1 && part.isKnown() && part.known().columns.contains(key))
                part.known().columns[key].notNull = true;
        }
    }
    const QString name = constraintName(part.table, part.constraint());
    if (part.isKnown() && !name.isEmpty())
        part.known().constraints.insert(name, entry);
}

void dropConstraint(const Part& part)
{
    part.bench.lock(part.table, LockMode::AccessExclusive);
    if (part.node[u"behavior"].toString() == "DROP_CASCADE"_L1 && !part.isFresh())
        part.bench.find(u"drop-cascade"_s, part.subject(),
                        Words::tr("Drops whatever depends on %1.").arg(part.name()));
    if (!part.isKnown())
        return;
    const KnownConstraint known = part.known().constraints.take(part.name());
    if (known.target)
        part.bench.lock(*known.target, LockMode::AccessExclusive);
}

void validateConstraint(const Part& part)
{
    part.bench.lock(part.table, LockMode::ShareUpdateExclusive);
    if (!part.isKnown() || !part.known().constraints.contains(part.name())) {
        part.bench.scan(part.table);
        return;
    }
    KnownConstraint& known = part.known().constraints[part.name()];
    if (known.target)
        part.bench.lock(*known.target, LockMode::RowShare);
    if (!known.validated)
        part.bench.scan(part.table);
    if (!known.validated && known.fresh && !part.isFresh() && part.bench.inTransaction())
        part.bench.find(u"validate-same-transaction"_s, part.subject(),
                        Words::tr("Validates %1 while the lock of adding it is held.").arg(part.name()));
    known.validated = true;
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
