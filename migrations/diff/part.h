// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"

namespace dewpoint::diff {

/// What a change happens to, by name: the same from whichever side one looks, and however it changed.
struct Part {
    enum class Kind {
        Schema,
        Extension,
        Type,
        Sequence,
        Routine,
        Other,  ///< its kind is the member
        Table,
        View,
        Inside,   ///< SQLite: columns, constraints and options of a table are one text
        Options,  ///< of a table, as an AlterTable says
        Query,    ///< of a view
        Column,
        Constraint,
        Index,
        Trigger,
        Policy,
        Comment,
        Privileges,
    };

    Kind kind = Kind::Table;
    change::Name owner;  ///< the object itself, or the relation that the member is of
    QString member;
    change::Commented commented = change::Commented::Table;   ///< for a comment
    schema::GrantedOn granted = schema::GrantedOn::Relation;  ///< for privileges

    bool operator==(const Part&) const = default;
};

Part partOf(const change::Change& change, Engine engine);

/// The same text for the same part, also where SQLite spells its name in another case.
QString keyOf(const Part& part, Engine engine);

/// True for what is all of a relation: a table or view that is on one side only.
bool isWholeRelation(const Part& part);

}  // namespace dewpoint::diff
