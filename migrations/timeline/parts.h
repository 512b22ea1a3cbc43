// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diff/part.h"
#include "schema/database.h"

namespace dewpoint::timeline {

using diff::Part;

/// What of a schema has a history of its own: relations, what they are made of, types, sequences, routines.
/// The index of a key is its constraint's.
QList<Part> partsOf(const schema::Table& table);
QList<Part> partsOf(const schema::View& view);
QList<Part> standaloneParts(const schema::Database& database);

Part partOf(const schema::Table& table);
Part partOf(const schema::View& view);
Part columnOf(const change::Name& relation, const QString& column);
/// One that has no name is called by what it says.
Part constraintOf(const change::Name& relation, const schema::Constraint& constraint);

/// The relation that a member belongs to, as the part that it is; tables and views share their names.
Part relationOf(const Part& member);

}  // namespace dewpoint::timeline
