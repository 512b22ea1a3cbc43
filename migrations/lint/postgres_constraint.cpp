// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "lint/pg_constraint.h"
#include "lint/postgres_alter.h"
#include "lint/postgres_rewrite.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::lint::postgres {

namespace {

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
        std::ranges::all_of(columns, [&](const QString& column) { return part.isFreshColumn(column); });
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

}  // namespace

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

}  // namespace dewpoint::lint::postgres
