// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "schema/database.h"

#include <QList>

namespace dewpoint::diff {

/// What turns `from` into `to`. Equal things compare equal whatever their spelling; the order of
/// columns, of tables and of constraints makes no difference; row estimates and OIDs neither. What
/// comes with something else is not repeated: the parts of a new table, the columns that a partition
/// has from its parent, the index that a unique constraint makes. Both must be of the same engine.
/// Privileges are compared where both were read with theirs.
/// The order is for reading (schemas, extensions, types, sequences, tables, views, routines); the order for running is the
/// plan's to find.
QList<change::Change> compare(const schema::Database& from, const schema::Database& to);

}  // namespace dewpoint::diff
