// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit_order.h"

namespace dewpoint::rows {

/// The column a refusal is about: the server's own word, the columns it lists in its detail, the only
/// column that was set, or the only one in the broken foreign key. Empty when it cannot be told.
QString blamedColumn(const Error& error, const Relation& relation, const QStringList& setColumns);

/// Whether the value may be what was refused, so that a cast of it alone tells: as no text of its type, or by
/// the rules of its domain, of which PostgreSQL names no column.
bool mayBeOfValue(const Error& error, const RelationColumn& column);

/// PostgreSQL names the CHECK that was broken, and not what it asks for: that is put behind it. `table` with its
/// schema, quoted; empty where only a domain can have said no. Not in a transaction that was aborted.
Result<> tellRule(drivers::Connection& connection, const QString& table, Error& error);

/// PostgreSQL does not say which value it could not read, so each is cast alone. Within dewpoint_row.
Result<> blameCast(drivers::Connection& connection, const Relation& relation, const PlannedChange& change,
                   Violation& violation);

}  // namespace dewpoint::rows
