// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"
#include "schema/database.h"

namespace dewpoint::catalog {

/// inspect() for SQLite; runs inside the transaction that is open.
Result<schema::Database> inspectSqlite(drivers::Connection& connection);

}  // namespace dewpoint::catalog
