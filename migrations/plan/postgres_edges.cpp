// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ddl/postgres.h"
#include "plan/postgres_nodes.h"

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;
namespace pg = ddl::postgres;

namespace {

bool losesIdentity(const Step& step)
{
    const auto* column = step.source ? std::get_if<change::AlterColumn>(&*step.source) : nullptr;
    return column && column->from.identity != Identity::None && column->to.identity == Identity::None;
}

bool gainsIdentity(const Step& step)
{
    const auto* column = step.source ? std::get_if<change::AlterColumn>(&*step.source) : nullptr;
    return column && column->from.identity == Identity::None && column->to.identity != Identity::None;
}

}  // namespace

qsizetype PostgresNodes::node(const ObjectId& id, Role role) const
{
    return m_places.value({role, id}, -1);
}

qsizetype PostgresNodes::dropOf(const ObjectId& id) const
{
    if (const qsizetype own = node(id, Role::Drop); own >= 0)
        return own;
    const Index* index = id.kind == ObjectKind::Index ? m_from.index(id) : nullptr;
    if (index && index->implicit) {
        const ObjectId constraint = partId(ObjectKind::Constraint, id.schema, id.name, index->constraint);
        if (const qsizetype place = node(constraint, Role::Drop); place >= 0)
            return place;
    }
    if (id.kind == ObjectKind::Default) {
        const ObjectId column = partId(ObjectKind::Column, id.schema, id.name, id.member);
        if (const qsizetype place = node(column, Role::Drop); place >= 0)
            return place;
    }
    for (auto parent = m_from.parent(id); parent; parent = m_from.parent(*parent)) {
        if (const qsizetype place = node(*parent, Role::Drop); place >= 0)
            return place;
    }
    if (id.kind == ObjectKind::Other && id.member == u"RULE") {
        for (const ObjectId& holder : m_from.holders(id)) {
            if (const qsizetype place = node(holder, Role::Drop); place >= 0)
                return place;
        }
    }
    return isPart(id) ? node(relationOf(id), Role::Drop) : -1;
}

qsizetype PostgresNodes::createOf(const ObjectId& id) const
{
    if (const qsizetype own = node(id, Role::Create); own >= 0)
        return own;
    const Index* index = id.kind == ObjectKind::Index ? m_to.index(id) : nullptr;
    if (index && index->implicit)
        return createOf(partId(ObjectKind::Constraint, id.schema, id.name, index->constraint));
    if (id.kind == ObjectKind::Default) {
        const ObjectId column = partId(ObjectKind::Column, id.schema, id.name, id.member);
        if (const qsizetype place = node(column, Role::Create); place >= 0)
            return place;
    }
    for (auto parent = m_to.parent(id); parent && id.kind == ObjectKind::Column;
         parent = m_to.parent(*parent)) {
        if (const qsizetype place = node(*parent, Role::Create); place >= 0)
            return place;
    }
    return isPart(id) ? node(relationOf(id), Role::Create) : -1;
}

/// What brings it to its new form: its own step, or the one that makes its column's type again.
qsizetype PostgresNodes::alterOf(const ObjectId& id) const
{
    if (const qsizetype own = node(id, Role::Alter); own >= 0)
        return own;
    if (id.kind != ObjectKind::Column || !m_fates.isRetyped(id))
        return -1;
    for (const auto& [type, destiny] : m_fates.all().asKeyValueRange()) {
        if (m_fates.retyped(type).contains(id))
            return node(type, Role::Alter);
    }
    return -1;
}

/// False of what surely no step is about: of ten thousand dependencies few are of what changes.
bool PostgresNodes::matters(const PostgresObjects& side, const ObjectId& id) const
{
    return m_touched.contains(id.name) || id.kind == ObjectKind::Other || side.isHeir(id)
           || m_fates.isRetyped(id);
}

QList<const Dependency*> PostgresNodes::dependencies(const PostgresObjects& side) const
{
    QList<const Dependency*> found;
    for (const Dependency& dependency : side.dependencies()) {
        if (matters(side, dependency.object) && matters(side, dependency.on))
            found.append(&dependency);
    }
    return found;
}

void PostgresNodes::connectOld(Edges& edges) const
{
    const auto connect = [&](qsizetype first, qsizetype second) {
        if (first >= 0 && second >= 0)
            edges.append({first, second});
    };
    for (const Dependency* dependency : dependencies(m_from)) {
        const ObjectId& id = dependency->object;
        const ObjectId& on = dependency->on;
        const qsizetype drop = dropOf(id);
        const qsizetype onDrop = dropOf(on);
        connect(drop, onDrop);
        connect(alterOf(id), onDrop);
        connect(node(id, Role::Disown), onDrop);
        if (m_fates.stopsComputing(id))
            connect(alterOf(id), alterOf(on));
        // A type that is made again has its old form beside it until nothing needs that.
        const bool besides =
            on.kind == ObjectKind::Type && (id.kind == ObjectKind::Type || m_fates.of(on) == Fate::Altered);
        if (!besides)
            connect(drop, alterOf(on));
        const bool dropsInside =
            on.kind == ObjectKind::Type && m_fates.of(on) == Fate::Replaced && onDrop < 0;
        if (dropsInside && !m_fates.isRetyped(id))
            connect(alterOf(id), alterOf(on));
    }
}

void PostgresNodes::connectNew(Edges& edges) const
{
    const auto connect = [&](qsizetype first, qsizetype second) {
        if (first >= 0 && second >= 0)
            edges.append({first, second});
    };
    for (const Dependency* dependency : dependencies(m_to)) {
        const ObjectId& id = dependency->object;
        for (const qsizetype need : {createOf(dependency->on), alterOf(dependency->on)}) {
            if (id.kind == ObjectKind::Sequence) {
                connect(need, node(id, Role::Own));
                continue;
            }
            connect(need, createOf(id));
            connect(need, alterOf(id));
            connect(need, node(id, Role::Attach));
        }
    }
}

/// A child table comes when its parents' columns are as they shall be, and goes before they change.
void PostgresNodes::connectChildren(Edges& edges) const
{
    QHash<QString, QList<qsizetype>> columns;  // steps on columns, by table
    for (qsizetype i = 0; i < m_nodes.size(); ++i) {
        const ObjectId& id = m_nodes.at(i).id;
        if (id.kind == ObjectKind::Column || id.kind == ObjectKind::Default)
            columns[pg::name(id.schema, id.name)].append(i);
    }
    for (qsizetype i = 0; i < m_nodes.size(); ++i) {
        const Node& one = m_nodes.at(i);
        const bool comes = one.role == Role::Create || one.role == Role::Attach;
        const PostgresObjects& side = comes ? m_to : m_from;
        const Table* table = one.id.kind == ObjectKind::Relation ? side.table(one.id) : nullptr;
        if (!table || (!comes && one.role != Role::Drop))
            continue;
        for (const QString& parent : table->inherits) {
            for (const qsizetype step : columns.value(parent))
                edges.append(comes ? std::pair(step, i) : std::pair(i, step));
        }
    }
}

/// Parts after their whole, replacements after what they replace.
void PostgresNodes::connectParts(Edges& edges) const
{
    for (qsizetype i = 0; i < m_nodes.size(); ++i) {
        const Node& one = m_nodes.at(i);
        const auto after = [&](qsizetype first) {
            if (first >= 0 && first != i)
                edges.append({first, i});
        };
        if (one.role == Role::Create) {
            after(node(one.id, Role::Drop));
            after(dropOf(one.id));
        }
        if (one.role == Role::Own) {
            after(node(one.id, Role::Create));
            // What it counts on from is remembered by then.
            const Sequence* sequence = m_to.sequence(one.id);
            for (const ObjectId& column : sequence ? m_to.countedBy(*sequence) : QList<ObjectId>()) {
                after(node(column, Role::Alter));
                if (const auto old = m_from.counter(column))
                    after(node(*old, Role::Drop));
            }
        }
        if (const auto old = gainsIdentity(one.step) ? m_from.counter(one.id) : std::nullopt)
            after(node(*old, Role::Drop));
        if (one.role == Role::Own || one.role == Role::Alter)
            after(node(one.id, Role::Disown));
        if (one.role == Role::Attach)
            after(createOf(one.id));
        if (one.role == Role::Drop && one.id.kind == ObjectKind::Type)
            after(node(one.id, Role::Alter));
        if (isPart(one.id) && one.role == Role::Create)
            after(node(relationOf(one.id), Role::Create));
    }
}

/// Tables, views, sequences, indexes and types share their names: one must be gone before another comes.
QStringList PostgresNodes::namesOf(const PostgresObjects& side, const ObjectId& id) const
{
    QStringList names;
    const auto take = [&](const QString& name) { names << id.schema + u'\n' + name; };
    if (id.kind == ObjectKind::Column)  // an identity column's own sequence
        take(id.name + u'_' + id.member + u"_seq"_s);
    else if (id.kind == ObjectKind::Index || id.kind == ObjectKind::Constraint)
        take(id.member);
    else if (!isPart(id) && id.kind != ObjectKind::Routine)
        take(id.name);
    if (id.kind == ObjectKind::Relation && side.table(id)) {
        for (const Index& index : side.table(id)->indexes)
            take(index.name);
    }
    return names;
}

void PostgresNodes::connectNames(Edges& edges) const
{
    QHash<QString, qsizetype> freed;
    for (qsizetype i = 0; i < m_nodes.size(); ++i) {
        const Node& one = m_nodes.at(i);
        if (one.role == Role::Drop || losesIdentity(one.step))
            for (const QString& name : namesOf(m_from, one.id))
                freed.insert(name, i);
    }
    for (qsizetype i = 0; i < m_nodes.size(); ++i) {
        const Node& one = m_nodes.at(i);
        if (one.role != Role::Create && !gainsIdentity(one.step))
            continue;
        for (const QString& name : namesOf(m_to, one.id)) {
            if (const qsizetype place = freed.value(name, -1); place >= 0)
                edges.append({place, i});
        }
    }
}

PostgresNodes::Edges PostgresNodes::edges() const
{
    Edges edges;
    connectOld(edges);
    connectNew(edges);
    connectParts(edges);
    connectChildren(edges);
    connectNames(edges);
    return edges;
}

}  // namespace dewpoint::plan
