// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/postgres_fates.h"

#include "ddl/postgres.h"
#include "plan/postgres_alter.h"
#include "plan/postgres_other.h"
#include "plan/postgres_replace.h"
#include "plan/postgres_type.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::plan {

using namespace schema;

namespace {

ObjectId idOf(const Routine& routine)
{
    return {.kind = ObjectKind::Routine,
            .schema = routine.schema,
            .name = routine.name,
            .member = routine.arguments};
}

bool onlySwitches(const Trigger& from, const Trigger& to)
{
    return from.definition == to.definition;
}

bool isComputed(const Index& index)
{
    return !index.predicate.isEmpty()
           || std::ranges::any_of(index.parts, [](const IndexPart& part) { return part.column.isEmpty(); });
}

}  // namespace

PostgresFates::PostgresFates(const PostgresObjects& from, const PostgresObjects& to,
                             const QList<change::Change>& changes, const std::set<ObjectId>& anew)
    : m_from(from), m_to(to), m_anew(anew)
{
    for (const change::Change& change : changes)
        std::visit([this](const auto& c) { read(c); }, change);
    propagate();
}

std::optional<Fate> PostgresFates::of(const ObjectId& id) const
{
    const auto found = m_fates.constFind(id);
    return found == m_fates.constEnd() ? std::nullopt : std::optional(found->fate);
}

bool PostgresFates::isGone(const ObjectId& id) const
{
    const auto fate = of(id);
    return fate == Fate::Dropped || fate == Fate::Replaced;
}

bool PostgresFates::isNew(const ObjectId& id) const
{
    const auto fate = of(id);
    return fate == Fate::Added || fate == Fate::Replaced;
}

bool PostgresFates::isRetyped(const ObjectId& column) const
{
    return std::ranges::any_of(m_retyped, [&](const QList<ObjectId>& list) { return list.contains(column); });
}

bool PostgresFates::stopsComputing(const ObjectId& id) const
{
    const Column* before = id.kind == ObjectKind::Column ? m_from.column(id) : nullptr;
    const Column* after = before ? m_to.column(id) : nullptr;
    return after && before->generated != Generated::None && after->generated == Generated::None
           && postgres::canAlter(*before, *after) && !isGone(id);
}

void PostgresFates::read(const change::AlterType& c)
{
    const ObjectId id{.kind = ObjectKind::Type, .schema = c.to.schema, .name = c.to.name, .member = {}};
    const bool inPlace = !m_anew.contains(id) && postgres::alterType(c.from, c.to) && !refuses(id, c);
    note(id, inPlace ? Fate::Altered : Fate::Replaced, c);
}

/// Whether columns, or types that they may have, stand against altering the type in place.
bool PostgresFates::refuses(const ObjectId& id, const change::AlterType& c) const
{
    const postgres::Refusal refusal = postgres::refusal(c.from, c.to);
    return refusal != postgres::Refusal::Never
           && std::ranges::any_of(m_from.dependents(id), [&](const ObjectId& user) {
                  if (user.kind == ObjectKind::Type)
                      return m_from.type(user)->kind != TypeKind::Domain;
                  return user.kind == ObjectKind::Column
                         && (refusal == postgres::Refusal::WhereUsed
                             || m_from.column(user)->type.endsWith(u"[]"));
              });
}

void PostgresFates::read(const change::AddTable& c)
{
    const Table& table = c.table;
    noteWhole(ObjectKind::Relation, table, Fate::Added, c);
    const auto along = [&](ObjectKind kind, const QString& name) {
        noteAlong(partId(kind, table.schema, table.name, name), Fate::Added);
    };
    for (const Constraint& constraint : table.constraints) {
        if (!ddl::postgres::isInTable(constraint))
            along(ObjectKind::Constraint, constraint.name);
    }
    for (const Index& index : table.indexes) {
        if (!index.implicit)
            along(ObjectKind::Index, index.name);
    }
    for (const Trigger& trigger : table.triggers)
        along(ObjectKind::Trigger, trigger.name);
    for (const Policy& policy : table.policies)
        along(ObjectKind::Policy, policy.name);
}

void PostgresFates::read(const change::AlterColumn& c)
{
    const ObjectId id = partId(ObjectKind::Column, c.table.schema, c.table.name, c.to.name);
    if (!postgres::canAlter(c.from, c.to)) {
        note(id, Fate::Replaced, c);
        return;
    }
    if (!postgres::alterColumn(id, c.from, c.to).isEmpty())
        note(id, Fate::Altered, c);
    noteDefault(c, id);
}

/// A default stands in the way of another type, and identity has none.
void PostgresFates::noteDefault(const change::AlterColumn& c, const ObjectId& column)
{
    ObjectId id = column;
    id.kind = ObjectKind::Default;
    const bool had = c.from.defaultSql.has_value();
    const bool has = c.to.defaultSql.has_value();
    const bool sameText = c.from.defaultSql == c.to.defaultSql;
    if (had && has && postgres::changesType(c.from, c.to))
        noteAlong(id, Fate::Replaced);
    else if (had && !has)
        note(id, Fate::Dropped, c);
    else if (!had && has)
        note(id, Fate::Added, c);
    else if (!sameText)
        note(id, Fate::Altered, c);
}

void PostgresFates::read(const change::AlterConstraint& c)
{
    notePart(ObjectKind::Constraint, c.to,
             postgres::alterConstraint({}, c.from, c.to) ? Fate::Altered : Fate::Replaced, c);
}

void PostgresFates::read(const change::AlterTrigger& c)
{
    notePart(ObjectKind::Trigger, c.to, onlySwitches(c.from, c.to) ? Fate::Altered : Fate::Replaced, c);
}

void PostgresFates::read(const change::AlterPolicy& c)
{
    notePart(ObjectKind::Policy, c.to,
             postgres::alterPolicy({}, c.from, c.to) ? Fate::Altered : Fate::Replaced, c);
}

void PostgresFates::read(const change::AddView& c)
{
    const View& view = c.view;
    noteWhole(ObjectKind::Relation, view, Fate::Added, c);
    for (const Index& index : view.indexes)
        noteAlong(partId(ObjectKind::Index, view.schema, view.name, index.name), Fate::Added);
    for (const Trigger& trigger : view.triggers)
        noteAlong(partId(ObjectKind::Trigger, view.schema, view.name, trigger.name), Fate::Added);
}

void PostgresFates::read(const change::AlterView& c)
{
    noteWhole(ObjectKind::Relation, c.to, postgres::canReplace(c.from, c.to) ? Fate::Altered : Fate::Replaced,
              c);
}

void PostgresFates::read(const change::AddRoutine& c)
{
    note(idOf(c.routine), Fate::Added, c);
}

void PostgresFates::read(const change::DropRoutine& c)
{
    note(idOf(c.routine), Fate::Dropped, c);
}

void PostgresFates::read(const change::AlterRoutine& c)
{
    note(idOf(c.to), postgres::canReplace(c.from, c.to) ? Fate::Altered : Fate::Replaced, c);
}

void PostgresFates::read(const change::AlterOther& c)
{
    note(otherId(c.to), postgres::alterOther(c.from, c.to) ? Fate::Altered : Fate::Replaced, c);
}

/// A domain that is altered makes a changed check again, without its comment.
void PostgresFates::replaceComments()
{
    QList<ObjectId> comments;
    for (const auto& [id, destiny] : std::as_const(m_fates).asKeyValueRange()) {
        if (id.kind != ObjectKind::Type || destiny.fate != Fate::Altered)
            continue;
        for (const ObjectId& dependent : m_from.dependents(id)) {
            if (dependent.kind == ObjectKind::Other && m_from.contains(dependent))
                comments << dependent;
        }
    }
    for (const ObjectId& comment : std::as_const(comments))
        replace(comment, How::Gone);
}

void PostgresFates::propagate()
{
    replaceComments();
    for (const auto& [id, destiny] : m_fates.asKeyValueRange()) {
        if (destiny.fate == Fate::Dropped || destiny.fate == Fate::Replaced)
            m_work.append({id, How::Gone});
        const auto* altered = destiny.source ? std::get_if<change::AlterColumn>(&*destiny.source) : nullptr;
        if (altered && id.kind == ObjectKind::Column && destiny.fate == Fate::Altered
            && postgres::changesType(altered->from, altered->to))
            m_work.append({id, How::Retyped});
    }
    while (!m_work.isEmpty()) {
        const auto [id, how] = m_work.takeFirst();
        if (!m_seen.insert({id, static_cast<int>(how)}).second)
            continue;
        for (const ObjectId& dependent : m_from.dependents(id))
            disturb(dependent, id, how);
        if (id.kind == ObjectKind::Column)
            disturbChildren(id, how);
    }
}

/// What happens to a parent's column happens to its children's.
void PostgresFates::disturbChildren(const ObjectId& column, How how)
{
    for (const ObjectId& child : m_from.children(relationOf(column)))
        m_work.append({partId(ObjectKind::Column, child.schema, child.name, column.member), how});
}

/// Whether it cannot stay as it is. The server itself adapts plain indexes and keys to another type.
bool PostgresFates::minds(const ObjectId& id, How how) const
{
    if (id.kind == ObjectKind::Sequence || (id.kind == ObjectKind::Relation && m_from.table(id)))
        return false;
    if (how == How::Gone)
        return true;
    if (id.kind == ObjectKind::Index)
        return isComputed(*m_from.index(id));
    if (id.kind == ObjectKind::Other)  // the server makes statistics again, without their own target
        return id.member == u"RULE" || id.member == u"STORAGE OF" || id.member == u"COMPRESSION OF"
               || (id.member == u"STATISTICS" && m_from.other(id)->definition.size() > 1);
    if (id.kind != ObjectKind::Constraint)
        return true;
    const ConstraintKind kind = m_from.constraint(id)->kind;
    return kind != ConstraintKind::PrimaryKey && kind != ConstraintKind::Unique
           && kind != ConstraintKind::NotNull;
}

void PostgresFates::disturb(const ObjectId& id, const ObjectId& by, How how)
{
    if (!m_from.contains(id))
        return;
    // A dropped table takes its parts along; a default goes with its column.
    if (isPart(id) && by.kind == ObjectKind::Relation && relationOf(id) == by && m_from.table(by))
        return;
    // A text search configuration that is altered to do without a dictionary.
    if (id.kind == ObjectKind::Other && of(id) == Fate::Altered && !m_to.dependents(by).contains(id))
        return;
    // Its values would go with it: the server refuses to drop a collation that columns have.
    if (id.kind == ObjectKind::Column && by.kind == ObjectKind::Other
        && m_from.column(id)->generated == Generated::None)
        return;
    if (id.kind == ObjectKind::Column && by.kind == ObjectKind::Type) {
        retype(id, by);
        return;
    }
    const Index* index = id.kind == ObjectKind::Index ? m_from.index(id) : nullptr;
    if (index && index->implicit) {  // its constraint tells, but foreign keys need it
        if (how == How::Gone)
            m_work.append({id, how});
        return;
    }
    if (minds(id, how) && !stopsComputing(id))
        replace(id, how);
}

void PostgresFates::replace(const ObjectId& id, How how)
{
    const auto found = m_fates.find(id);
    const bool known = found != m_fates.end();
    if (known && found->fate != Fate::Altered)
        return;
    if (!m_to.contains(id))
        return;
    if (known && id.kind == ObjectKind::Default && how == How::Gone
        && m_from.column(id)->defaultSql != m_to.column(id)->defaultSql)
        found->source.reset();  // its column's step tells
    if (known)
        found->fate = Fate::Replaced;
    else
        noteAlong(id, Fate::Replaced);
    m_work.append({id, How::Gone});
}

void PostgresFates::retype(const ObjectId& column, const ObjectId& type)
{
    const auto fate = of(column);
    if (fate && *fate != Fate::Altered)
        return;
    const Column* now = m_to.column(column);
    // A column that gets some other type is altered before the old one goes.
    const bool stillUses = now && std::ranges::any_of(m_to.dependencies(), [&](const Dependency& dependency) {
                               return dependency.object == column && dependency.on == type;
                           });
    if (of(type) != Fate::Replaced || !stillUses)
        return;
    if (!m_retyped.value(type).contains(column))
        m_retyped[type].append(column);
    m_work.append({column, How::Retyped});
}

}  // namespace dewpoint::plan
