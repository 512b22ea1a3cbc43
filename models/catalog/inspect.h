// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"
#include "schema/database.h"

namespace dewpoint::catalog {

/// Who may do what is read only where it is asked for; SQLite knows no such thing.
enum class Extent { Structure, WithPrivileges };

/// How another database has to be read so that the two can be compared.
inline Extent extentOf(const schema::Database& database)
{
    return database.privileges ? Extent::WithPrivileges : Extent::Structure;
}

/// The whole structure of a live database as values, in a handful of queries whatever its size.
/// PostgreSQL: every schema but pg_catalog, information_schema, pg_toast and temporary ones; objects
/// that belong to an extension are left out. SQLite: "main" only; shadow tables of virtual tables
/// and sqlite_% tables are left out.
Result<schema::Database> inspect(drivers::Connection& connection, Extent extent = Extent::Structure);

}  // namespace dewpoint::catalog
