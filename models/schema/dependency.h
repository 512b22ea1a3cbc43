// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <tuple>

namespace dewpoint::schema {

enum class ObjectKind {
    Relation,
    Column,
    Default,
    Constraint,
    Index,
    Trigger,
    Policy,
    Routine,
    Type,
    Sequence,
    Other,
};

/// Names one object of a schema. `name` is the relation for what is part of one, with its own name in
/// `member`; a routine's member is its arguments, another object's is its kind.
struct ObjectId {
    ObjectKind kind = ObjectKind::Relation;
    QString schema;
    QString name;
    QString member;

    bool operator==(const ObjectId&) const = default;
    bool operator<(const ObjectId& other) const
    {
        return std::tie(kind, schema, name, member)
               < std::tie(other.kind, other.schema, other.name, other.member);
    }
};

/// "object cannot be without on", as PostgreSQL keeps it (pg_depend). What a function's body names in a
/// string is not known to the server.
struct Dependency {
    ObjectId object;
    ObjectId on;
    bool inherited = false;  ///< object comes and goes with on: a partition's copy of its parent's

    bool operator==(const Dependency&) const = default;
    bool operator<(const Dependency& other) const
    {
        return std::tie(object, on, inherited) < std::tie(other.object, other.on, other.inherited);
    }
};

}  // namespace dewpoint::schema
