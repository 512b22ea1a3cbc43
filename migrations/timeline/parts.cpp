// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "timeline/parts.h"

#include "change/words.h"

namespace dewpoint::timeline {

namespace {

Part member(Part::Kind kind, const change::Name& owner, const QString& name)
{
    return {.kind = kind, .owner = owner, .member = name};
}

template <class T>
void addNamed(QList<Part>& parts, Part::Kind kind, const change::Name& owner, const QList<T>& things)
{
    for (const T& thing : things)
        parts.append(member(kind, owner, thing.name));
}

void addIndexes(QList<Part>& parts, const change::Name& owner, const QList<schema::Index>& indexes)
{
    for (const schema::Index& index : indexes) {
        if (!index.implicit)
            parts.append(member(Part::Kind::Index, owner, index.name));
    }
}

}  // namespace

Part partOf(const schema::Table& table)
{
    return {.kind = Part::Kind::Table, .owner = {table.schema, table.name}, .member = {}};
}

Part partOf(const schema::View& view)
{
    return {.kind = Part::Kind::View, .owner = {view.schema, view.name}, .member = {}};
}

Part columnOf(const change::Name& relation, const QString& column)
{
    return member(Part::Kind::Column, relation, column);
}

Part constraintOf(const change::Name& relation, const schema::Constraint& constraint)
{
    return member(Part::Kind::Constraint, relation,
                  constraint.name.isEmpty() ? change::words(constraint) : constraint.name);
}

Part relationOf(const Part& member)
{
    return {.kind = Part::Kind::Table, .owner = member.owner, .member = {}};
}

QList<Part> partsOf(const schema::Table& table)
{
    QList<Part> parts{partOf(table)};
    const change::Name owner = parts.constFirst().owner;
    addNamed(parts, Part::Kind::Column, owner, table.columns);
    for (const schema::Constraint& constraint : table.constraints)
        parts.append(constraintOf(owner, constraint));
    addIndexes(parts, owner, table.indexes);
    addNamed(parts, Part::Kind::Trigger, owner, table.triggers);
    addNamed(parts, Part::Kind::Policy, owner, table.policies);
    return parts;
}

QList<Part> partsOf(const schema::View& view)
{
    QList<Part> parts{partOf(view)};
    const change::Name owner = parts.constFirst().owner;
    addNamed(parts, Part::Kind::Column, owner, view.columns);
    addIndexes(parts, owner, view.indexes);
    addNamed(parts, Part::Kind::Trigger, owner, view.triggers);
    return parts;
}

QList<Part> standaloneParts(const schema::Database& database)
{
    QList<Part> parts;
    for (const schema::Type& type : database.types)
        parts.append(member(Part::Kind::Type, {type.schema, type.name}, {}));
    for (const schema::Sequence& sequence : database.sequences)
        parts.append(member(Part::Kind::Sequence, {sequence.schema, sequence.name}, {}));
    for (const schema::Routine& routine : database.routines)
        parts.append(member(Part::Kind::Routine, {routine.schema, routine.name}, routine.arguments));
    for (const schema::OtherObject& other : database.others)
        parts.append(member(Part::Kind::Other, {other.schema, other.name}, other.kind));
    return parts;
}

}  // namespace dewpoint::timeline
