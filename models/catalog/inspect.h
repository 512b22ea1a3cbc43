// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"
#include "schema/database.h"

namespace dewpoint::catalog {

/// The whole structure of a live database as values, in a handful of queries whatever its size.
/// PostgreSQL: every schema but pg_catalog, information_schema, pg_toast and temporary ones; objects
/// that belong to an extension are left out. SQLite: "main" only; shadow tables of virtual tables
/// and sqlite_% tables are left out.
Result<schema::Database> inspect(drivers::Connection& connection);

}  // namespace dewpoint::catalog
