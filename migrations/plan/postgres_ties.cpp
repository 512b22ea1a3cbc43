// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// Steps that tie two objects together or part them: a sequence's owner, partitions, circles of foreign keys.
#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres.h"
#include "plan/order.h"
#include "plan/postgres_counting.h"
#include "plan/postgres_nodes.h"
#include "plan/postgres_ranks.h"
#include "plan/postgres_words.h"

#include <set>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

bool isAttached(const Table* table)
{
    return table && !table->partitionBound.isEmpty();
}

}  // namespace

/// By identity, or by another sequence than before.
bool PostgresNodes::isNumberedAnew(const ObjectId& column) const
{
    const Column* later = m_to.column(column);
    const auto counter = m_to.counter(column);
    return later
           && (later->identity != Identity::None
               || (counter && (m_fates.isNew(*counter) || counter != m_from.counter(column))));
}

/// Where the column's numbers stood before, as SQL; empty where nothing numbered it.
QString PostgresNodes::keptOf(const ObjectId& column) const
{
    const Column* before = m_from.column(column);
    if (!before)
        return {};
    if (before->identity != Identity::None)
        return m_to.counter(column) ? postgres::remembered(column) : QString();
    const auto old = m_from.counter(column);
    if (!old || old == m_to.counter(column))
        return {};
    const Sequence* stays = m_fates.isGone(*old) ? nullptr : m_to.sequence(*old);
    return stays ? postgres::lastOf(*stays) : postgres::remembered(column);
}

/// What is numbered otherwise from now on goes on from where this sequence stands.
QStringList PostgresNodes::rememberingBefore(const ObjectId& dropped) const
{
    QStringList sql;
    const Sequence* sequence = dropped.kind == ObjectKind::Sequence ? m_from.sequence(dropped) : nullptr;
    for (const ObjectId& column : sequence ? m_from.countedBy(*sequence) : QList<ObjectId>()) {
        if (isNumberedAnew(column))
            sql << postgres::rememberSequence(column, *sequence);
    }
    return sql;
}

/// A sequence counts on from the values that are in the columns which it numbers from now on, one that was
/// there from its own number as well. One that is made anew with its column does not.
QStringList PostgresNodes::countingOn(const Sequence& sequence) const
{
    const QString name = pg::name(sequence.schema, sequence.name);
    const ObjectId id{
        .kind = ObjectKind::Sequence, .schema = sequence.schema, .name = sequence.name, .member = {}};
    const bool stands = !m_fates.isNew(id);
    QList<ObjectId> columns = m_to.countedBy(sequence);
    const auto owner = m_to.owner(sequence);
    if (stands)
        columns.removeIf([&](const ObjectId& column) { return m_from.counter(column) == id; });
    else if (owner && !columns.contains(*owner))
        columns.append(*owner);
    QStringList sql;
    for (const ObjectId& column : std::as_const(columns)) {
        if (!m_from.column(column) || m_fates.isNew(column) || m_fates.isNew(relationOf(column)))
            continue;
        QString kept = keptOf(column);
        if (stands || !sql.isEmpty())
            kept += (kept.isEmpty() ? QString() : u", "_s) + postgres::lastOf(sequence);
        sql << postgres::countOn(pg::literal(name), column, postgres::Counting::of(sequence), kept);
    }
    return sql;
}

/// A serial column's sequence is made before its table and given to it afterwards.
void PostgresNodes::addOwners()
{
    for (const change::Change& change : m_changes) {
        const Sequence* to = nullptr;
        const Sequence* from = nullptr;
        if (const auto* added = std::get_if<change::AddSequence>(&change)) {
            to = &added->sequence;
        } else if (const auto* altered = std::get_if<change::AlterSequence>(&change)) {
            to = &altered->to;
            from = &altered->from;
        }
        if (!to)
            continue;
        const ObjectId id{.kind = ObjectKind::Sequence, .schema = to->schema, .name = to->name, .member = {}};
        const auto owner = m_to.owner(*to);
        const auto before = from ? m_from.owner(*from) : std::nullopt;
        const QString sentence = change::sentence(change);
        const QString alter = u"ALTER SEQUENCE "_s + pg::name(to->schema, to->name) + u" OWNED BY "_s;
        if (before && before != owner)
            add(id, Role::Disown, rank::disown,
                Step{.sql = {alter + u"NONE"_s}, .sentence = sentence, .source = change});
        const QStringList counts = from ? QStringList() : countingOn(*to);
        const QString called = change::called(to->schema, to->name);
        if (!owner && !counts.isEmpty())
            add(id, Role::Own, rank::own,
                Step{.sql = counts,
                     .sentence =
                         Words::tr("Sequence %1 goes on behind the numbers that are there").arg(called),
                     .source = change});
        if (!owner || before == owner)
            continue;
        const QString table = pg::name(owner->schema, owner->name);
        add(id, Role::Own, rank::own,
            Step{.sql = QStringList{alter + table + u'.' + pg::name(owner->member)} + counts,
                 .sentence =
                     Words::tr("Sequence %1 belongs to %2 of %3").arg(called, owner->member, owner->name),
                 .source = change});
    }
}

/// A column's default may turn to a sequence that was there all the time.
void PostgresNodes::addCountingOn()
{
    QList<ObjectId> done;
    for (const change::Change& change : m_changes) {
        const auto* altered = std::get_if<change::AlterColumn>(&change);
        const auto counter = altered ? m_to.counter(partId(ObjectKind::Column, altered->table.schema,
                                                           altered->table.name, altered->to.name))
                                     : std::nullopt;
        if (!counter || m_fates.isNew(*counter) || done.contains(*counter))
            continue;
        done.append(*counter);
        const QStringList counts = countingOn(*m_to.sequence(*counter));
        if (counts.isEmpty())
            continue;
        if (const qsizetype own = node(*counter, Role::Own); own >= 0) {
            m_nodes[own].step.sql << counts;
            continue;
        }
        add(*counter, Role::Own, rank::own,
            Step{.sql = counts,
                 .sentence = Words::tr("Sequence %1 goes on behind the numbers that are there")
                                 .arg(change::called(counter->schema, counter->name))});
    }
}

/// New partitions join their parent; a new index of a partition joins that of its parent.
void PostgresNodes::addAttachments()
{
    for (const Dependency& dependency : m_to.dependencies()) {
        const ObjectId& id = dependency.object;
        if (!dependency.inherited || id.kind != ObjectKind::Index || m_fates.isNew(relationOf(id)))
            continue;
        const auto isMade = [&](const ObjectId& index) {
            const Index* made = m_to.index(index);
            return m_fates.isNew(index)
                   || (made && made->implicit
                       && m_fates.isNew(
                           partId(ObjectKind::Constraint, index.schema, index.name, made->constraint)));
        };
        if (!isMade(id) && !isMade(dependency.on))
            continue;
        add(id, Role::Attach, rank::attach,
            Step{.sql = {u"ALTER INDEX %1 ATTACH PARTITION %2"_s.arg(
                     pg::name(dependency.on.schema, dependency.on.member), pg::name(id.schema, id.member))},
                 .sentence = Words::tr("Index %1 belongs to %2").arg(id.member, dependency.on.member)});
    }
    for (const auto& [id, destiny] : m_fates.all().asKeyValueRange()) {
        const Table* table = id.kind == ObjectKind::Relation ? m_to.table(id) : nullptr;
        if (destiny.fate == Fate::Added && isAttached(table))
            add(id, Role::Attach, rank::attach,
                Step{.sql = {pg::attachPartition(*table)},
                     .sentence = Words::tr("Table %1 is a partition of %2")
                                     .arg(table->name, table->inherits.value(0))});
    }
}

/// What can be dropped by itself before what it is a part of.
bool PostgresNodes::canGoFirst(const ObjectId& id) const
{
    switch (id.kind) {
    case ObjectKind::Constraint: {
        const ConstraintKind kind = m_from.constraint(id)->kind;
        return (kind == ConstraintKind::ForeignKey || kind == ConstraintKind::Check) && !m_from.parent(id);
    }
    case ObjectKind::Trigger:
    case ObjectKind::Policy: return !m_from.parent(id);
    case ObjectKind::Default: return m_from.column(partId(ObjectKind::Column, id.schema, id.name, id.member));
    case ObjectKind::Other: return id.member == u"RULE";
    default: return false;
    }
}

/// Where dropped objects need each other in a circle, the parts that close it go first.
void PostgresNodes::addDropsInCircles()
{
    Edges edges;
    const QList<const Dependency*> old = dependencies(m_from);
    for (const Dependency* dependency : old) {
        const std::pair edge{dropOf(dependency->object), dropOf(dependency->on)};
        if (edge.first >= 0 && edge.second >= 0 && edge.first != edge.second)
            edges.append(edge);
    }
    const QSet<qsizetype> circles = inCircles(m_nodes.size(), edges);
    if (circles.isEmpty())
        return;
    std::set<ObjectId> first;
    for (const Dependency* dependency : old) {
        const ObjectId& id = dependency->object;
        const qsizetype drop = dropOf(id);
        const qsizetype onDrop = dropOf(dependency->on);
        if (drop != onDrop && circles.contains(drop) && circles.contains(onDrop) && m_from.contains(id)
            && canGoFirst(id) && node(id, Role::Drop) < 0)
            first.insert(id);
    }
    for (const ObjectId& id : first) {
        add(id, Role::Drop, rank::ofDrop(m_from, id),
            Step{.sql = m_from.drop(id),
                 .sentence = Words::tr("Take %1 out of the way").arg(described(m_from, id))});
    }
}

}  // namespace dewpoint::plan
