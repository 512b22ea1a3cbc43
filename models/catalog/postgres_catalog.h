// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "catalog/inspect.h"
#include "drivers/connection.h"
#include "schema/database.h"

namespace dewpoint::catalog {

/// inspect() for PostgreSQL 13 and newer; runs inside the transaction that is open. Definitions come
/// from the server's pg_get_… functions with an empty search path, so every name is qualified and
/// equal things read equal whoever asks.
Result<schema::Database> inspectPostgres(drivers::Connection& connection, Extent extent = Extent::Structure);

}  // namespace dewpoint::catalog
