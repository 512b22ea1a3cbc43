// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// Steps that tie two objects together or part them: a sequence's owner, partitions, circles of foreign keys.
#include "base/words.h"
#include "change/words.h"
#include "ddl/postgres.h"
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
        if (!owner || before == owner)
            continue;
        const QString table = pg::name(owner->schema, owner->name);
        QStringList sql{alter + table + u'.' + pg::name(owner->member)};
        if (!from && m_from.column(*owner))  // it counts on from the values that are there
            sql << u"SELECT pg_catalog.setval(%1, max(%2)) FROM %3 HAVING max(%2) > 0"_s.arg(
                pg::literal(pg::name(to->schema, to->name)), pg::name(owner->member), table);
        add(id, Role::Own, rank::own,
            Step{.sql = sql,
                 .sentence = Words::tr("Sequence %1 belongs to %2 of %3")
                                 .arg(change::called(to->schema, to->name), owner->member, owner->name),
                 .source = change});
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

/// Whether dropped tables refer to each other in a circle that comes back here.
bool PostgresNodes::refersBack(const ObjectId& from, const ObjectId& to) const
{
    std::set<ObjectId> seen;
    QList<ObjectId> work{to};
    while (!work.isEmpty()) {
        const ObjectId id = work.takeFirst();
        if (id == from)
            return true;
        const Table* table = m_from.table(id);
        if (!table || !seen.insert(id).second)
            continue;
        for (const Constraint& constraint : table->constraints) {
            if (constraint.kind == ConstraintKind::ForeignKey)
                work.append(relationId(constraint.targetSchema, constraint.targetTable));
        }
    }
    return false;
}

void PostgresNodes::addForeignKeyDrops()
{
    for (const auto& [id, destiny] : m_fates.all().asKeyValueRange()) {
        const Table* table = id.kind == ObjectKind::Relation ? m_from.table(id) : nullptr;
        if (!table || destiny.fate != Fate::Dropped)
            continue;
        for (const Constraint& constraint : table->constraints) {
            const ObjectId target = relationId(constraint.targetSchema, constraint.targetTable);
            const ObjectId key = partId(ObjectKind::Constraint, id.schema, id.name, constraint.name);
            if (constraint.kind == ConstraintKind::ForeignKey && target != id && m_fates.isGone(target)
                && refersBack(id, target) && !m_from.parent(key))
                add(key, Role::Drop, rank::ofDrop(m_from, key),
                    Step{.sql = m_from.drop(key),
                         .sentence = Words::tr("Take %1 out of the way").arg(described(m_from, key))});
        }
    }
}

}  // namespace dewpoint::plan
