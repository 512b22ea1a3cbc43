// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/mixed.h"

#include "diff/normalise.h"
#include "sql/dialect.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace dewpoint::diff {

using namespace schema;
using change::Commented;
using change::Name;

namespace {

/// The one for which `match` holds as `from` has it; gone where it has none.
template <class T, class Match>
void copy(QList<T>& into, const QList<T>& from, const Match& match)
{
    const auto source = std::ranges::find_if(from, match);
    const auto place = std::ranges::find_if(into, match);
    if (source == from.end()) {
        if (place != into.end())
            into.erase(place);
    } else if (place != into.end()) {
        *place = *source;
    } else {
        into.append(*source);
    }
}

template <class T, class Match>
const T* find(const QList<T>& list, const Match& match)
{
    const auto found = std::ranges::find_if(list, match);
    return found == list.end() ? nullptr : &*found;
}

template <class T, class Match>
T* find(QList<T>& list, const Match& match)
{
    const auto found = std::ranges::find_if(list, match);
    return found == list.end() ? nullptr : &*found;
}

template <class T>
void sortByName(QList<T>& list)
{
    std::ranges::sort(list, {}, [](const T& each) { return std::pair(each.schema, each.name); });
}

void placeKey(Table& table)
{
    const Constraint* primary = find(std::as_const(table.constraints), [](const Constraint& constraint) {
        return constraint.kind == ConstraintKind::PrimaryKey;
    });
    for (Column& column : table.columns)
        column.keyPosition = primary ? static_cast<int>(primary->columns.indexOf(column.name)) + 1 : 0;
}

/// Its members stay as they are.
Table withOptions(const Table& members, Table options)
{
    options.schema = members.schema;
    options.name = members.name;
    options.columns = members.columns;
    options.constraints = members.constraints;
    options.indexes = members.indexes;
    options.triggers = members.triggers;
    options.policies = members.policies;
    options.comment = members.comment;
    return options;
}

/// What comes or goes brings along or takes along what is granted on it.
std::optional<GrantedOn> grantedOn(const Part& part)
{
    using Kind = Part::Kind;
    switch (part.kind) {
    case Kind::Schema: return GrantedOn::Schema;
    case Kind::Type: return GrantedOn::Type;
    case Kind::Sequence: return GrantedOn::Sequence;
    case Kind::Routine: return GrantedOn::Routine;
    case Kind::Table:
    case Kind::View: return GrantedOn::Relation;
    case Kind::Privileges: return part.granted;
    default: return std::nullopt;
    }
}

class Mixer final
{
public:
    Mixer(Database base, const Database& other) : m_result(std::move(base)), m_other(other) {}

    void take(const Part& part)
    {
        if (const auto on = grantedOn(part))
            takePrivileges(*on, part);
        using Kind = Part::Kind;
        const auto isIt = [&](const auto& object) { return named(object, part.owner); };
        switch (part.kind) {
        case Kind::Schema: return takeSchema(part.owner.name);
        case Kind::Extension:
            return copy(m_result.extensions, m_other.extensions,
                        [&](const Extension& each) { return each.name == part.owner.name; });
        case Kind::Type: return copy(m_result.types, m_other.types, isIt);
        case Kind::Sequence: return copy(m_result.sequences, m_other.sequences, isIt);
        case Kind::Routine:
            return copy(m_result.routines, m_other.routines,
                        [&](const Routine& each) { return isIt(each) && each.arguments == part.member; });
        case Kind::Other:
            return copy(m_result.others, m_other.others, [&](const OtherObject& each) {
                return each.name == part.owner.name && each.kind == part.member;
            });
        case Kind::Table: return copy(m_result.tables, m_other.tables, isIt);
        case Kind::View: return copy(m_result.views, m_other.views, isIt);
        case Kind::Query: return takeQuery(part.owner);
        case Kind::Inside:
        case Kind::Options:
        case Kind::Column:
        case Kind::Constraint:
        case Kind::Policy: return takeOfTable(part);
        case Kind::Index:
        case Kind::Trigger: return takeBeside(part);
        case Kind::Comment: return takeComment(part);
        case Kind::Privileges: return;
        }
    }

    Database made(const QList<Part>& parts)
    {
        for (const Part& part : parts)
            take(part);
        sortByName(m_result.tables);
        sortByName(m_result.views);
        sortByName(m_result.sequences);
        sortByName(m_result.routines);
        sortByName(m_result.types);
        sortByName(m_result.others);
        std::ranges::sort(m_result.schemas);
        std::ranges::sort(m_result.extensions, {}, &Extension::name);
        takeDependencies(parts);
        return std::move(m_result);
    }

private:
    QString keyed(const QString& name) const { return key(name, m_result.engine); }

    template <class T>
    bool named(const T& object, const Name& name) const
    {
        return keyed(object.name) == keyed(name.name) && keyed(object.schema) == keyed(name.schema);
    }
    auto byName(const QString& name) const
    {
        return [this, wanted = keyed(name)](const auto& each) { return keyed(each.name) == wanted; };
    }
    auto byOwner(const Name& name) const
    {
        return [this, name](const auto& each) { return named(each, name); };
    }

    void takeSchema(const QString& name)
    {
        m_result.schemas.removeAll(name);
        if (m_other.schemas.contains(name))
            m_result.schemas.append(name);
    }

    void takeQuery(const Name& name)
    {
        View* into = find(m_result.views, byOwner(name));
        const View* from = find(m_other.views, byOwner(name));
        if (!into || !from)
            return;
        into->definition = from->definition;
        into->options = from->options;
        into->columns = from->columns;
        if (std::exchange(into->materialized, from->materialized) != from->materialized)
            into->indexes = from->indexes;
    }

    void takeOfTable(const Part& part)
    {
        Table* into = find(m_result.tables, byOwner(part.owner));
        const Table* from = find(m_other.tables, byOwner(part.owner));
        if (!into || !from)
            return;
        if (part.kind == Part::Kind::Inside)
            takeInside(*into, *from);
        else if (part.kind == Part::Kind::Options)
            *into = withOptions(*into, *from);
        else if (part.kind == Part::Kind::Column)
            takeColumnDown(*into, *from, part.member);
        else if (part.kind == Part::Kind::Constraint)
            takeConstraint(*into, *from, part.member);
        else
            copy(into->policies, from->policies, byName(part.member));
    }

    /// Indexes that are made by a key go with it; the others stay.
    static void takeInside(Table& into, const Table& from)
    {
        Table taken = from;
        taken.triggers = into.triggers;
        taken.indexes = into.indexes;
        taken.indexes.removeIf([](const Index& index) { return index.implicit; });
        for (const Index& index : from.indexes) {
            if (index.implicit)
                taken.indexes.append(index);
        }
        into = std::move(taken);
    }

    /// What tables have from their parents is no change of theirs, and comes and goes with it.
    void takeColumnDown(Table& into, const Table& from, const QString& name)
    {
        takeColumn(into, from, name);
        const QString parent = sql::quotedIfNeeded(into.schema, Engine::Postgres) + QLatin1Char('.')
                               + sql::quotedIfNeeded(into.name, Engine::Postgres);
        for (Table& child : m_result.tables) {
            const Table* goal = find(m_other.tables, byOwner({child.schema, child.name}));
            if (goal && child.inherits.contains(parent))
                takeColumnDown(child, *goal, name);
        }
    }

    void takeColumn(Table& into, const Table& from, const QString& name) const
    {
        const Column* known = find(std::as_const(into.columns), byName(name));
        const std::optional<QString> comment = known ? std::optional(known->comment) : std::nullopt;
        copy(into.columns, from.columns, byName(name));
        if (Column* taken = find(into.columns, byName(name)); taken && comment)
            taken->comment = *comment;
        placeKey(into);
    }

    /// With the index behind it; the columns of a primary key are never NULL.
    void takeConstraint(Table& into, const Table& from, const QString& name) const
    {
        const Constraint* known = find(std::as_const(into.constraints), byName(name));
        const std::optional<QString> comment = known ? std::optional(known->comment) : std::nullopt;
        copy(into.constraints, from.constraints, byName(name));
        into.indexes.removeIf([&](const Index& index) { return index.implicit && index.constraint == name; });
        for (const Index& index : from.indexes) {
            if (index.implicit && index.constraint == name)
                into.indexes.append(index);
        }
        Constraint* taken = find(into.constraints, byName(name));
        if (taken && comment)
            taken->comment = *comment;
        if (taken && taken->kind == ConstraintKind::PrimaryKey) {
            for (Column& column : into.columns)
                column.notNull = column.notNull || taken->columns.contains(column.name);
        }
        placeKey(into);
    }

    void takeBeside(const Part& part)
    {
        Table* table = find(m_result.tables, byOwner(part.owner));
        const Table* fromTable = find(m_other.tables, byOwner(part.owner));
        View* view = find(m_result.views, byOwner(part.owner));
        const View* fromView = find(m_other.views, byOwner(part.owner));
        if (table && fromTable)
            takeMember(*table, *fromTable, part);
        else if (view && fromView)
            takeMember(*view, *fromView, part);
    }

    template <class T>
    void takeMember(T& into, const T& from, const Part& part) const
    {
        if (part.kind == Part::Kind::Index)
            copy(into.indexes, from.indexes, byName(part.member));
        else
            copy(into.triggers, from.triggers, byName(part.member));
    }

    void takeComment(const Part& part)
    {
        QString* into = commentOf(m_result, part);
        const QString* from = commentOf(m_other, part);
        if (into && from)
            *into = *from;
    }

    void takePrivileges(GrantedOn on, const Part& part)
    {
        if (m_result.privileges && m_other.privileges)
            copy(*m_result.privileges, *m_other.privileges, [&](const Privileges& each) {
                return each.on == on && each.schema == part.owner.schema && each.name == part.owner.name
                       && each.member == part.member;
            });
    }

    template <class D>
    auto commentOf(D& database, const Part& part) const
        -> std::conditional_t<std::is_const_v<D>, const QString*, QString*>
    {
        const auto of = [](auto* object) { return object ? &object->comment : nullptr; };
        auto* table = find(database.tables, byOwner(part.owner));
        auto* view = find(database.views, byOwner(part.owner));
        switch (part.commented) {
        case Commented::Table: return of(table);
        case Commented::View: return of(view);
        case Commented::Type: return of(find(database.types, byOwner(part.owner)));
        case Commented::Routine:
            return of(find(database.routines, [&](const Routine& each) {
                return named(each, part.owner) && each.arguments == part.member;
            }));
        case Commented::Other:
            return of(find(database.others, [&](const OtherObject& each) {
                return each.name == part.owner.name && each.kind == part.member;
            }));
        case Commented::Column: return table ? of(find(table->columns, byName(part.member))) : nullptr;
        case Commented::Constraint:
            return table ? of(find(table->constraints, byName(part.member))) : nullptr;
        case Commented::Index:
            return table  ? of(find(table->indexes, byName(part.member)))
                   : view ? of(find(view->indexes, byName(part.member)))
                          : nullptr;
        case Commented::Trigger:
            return table  ? of(find(table->triggers, byName(part.member)))
                   : view ? of(find(view->triggers, byName(part.member)))
                          : nullptr;
        }
        std::unreachable();
    }

    /// What an object needs comes with its definition.
    void takeDependencies(const QList<Part>& parts)
    {
        const auto isTaken = [&](const Dependency& dependency) {
            return std::ranges::any_of(parts,
                                       [&](const Part& part) { return covers(part, dependency.object); });
        };
        m_result.dependencies.removeIf(isTaken);
        for (const Dependency& dependency : m_other.dependencies) {
            if (isTaken(dependency))
                m_result.dependencies.append(dependency);
        }
        std::ranges::sort(m_result.dependencies, std::less<>{});
    }

    Database m_result;
    const Database& m_other;
};

}  // namespace

Database mixed(const Database& base, const Database& other, const QList<Part>& parts)
{
    return Mixer(base, other).made(parts);
}

bool covers(const Part& part, const ObjectId& object)
{
    using Kind = Part::Kind;
    if (part.owner.schema != object.schema || part.owner.name != object.name)
        return false;
    const bool isMember = part.member == object.member;
    switch (part.kind) {
    case Kind::Schema:
    case Kind::Extension:
    case Kind::Comment:
    case Kind::Privileges: return false;
    case Kind::Type: return object.kind == ObjectKind::Type;
    case Kind::Sequence: return object.kind == ObjectKind::Sequence;
    case Kind::Routine: return object.kind == ObjectKind::Routine && isMember;
    case Kind::Other: return object.kind == ObjectKind::Other && isMember;
    case Kind::Options: return object.kind == ObjectKind::Relation;
    case Kind::Column:
        return isMember && (object.kind == ObjectKind::Column || object.kind == ObjectKind::Default);
    case Kind::Constraint:  // and the index behind it, which has its name
        return isMember && (object.kind == ObjectKind::Constraint || object.kind == ObjectKind::Index);
    case Kind::Index: return isMember && object.kind == ObjectKind::Index;
    case Kind::Trigger: return isMember && object.kind == ObjectKind::Trigger;
    case Kind::Policy: return isMember && object.kind == ObjectKind::Policy;
    case Kind::Query: return object.kind == ObjectKind::Relation || object.kind == ObjectKind::Column;
    case Kind::Table:
    case Kind::View:
    case Kind::Inside:
        return object.kind != ObjectKind::Type && object.kind != ObjectKind::Sequence
               && object.kind != ObjectKind::Routine && object.kind != ObjectKind::Other;
    }
    std::unreachable();
}

}  // namespace dewpoint::diff
