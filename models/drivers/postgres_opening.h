// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/stopping.h"
#include "drivers/target.h"

#include <QSqlDatabase>

struct pg_conn;

namespace dewpoint::drivers {

/// A connection of QtSql's PostgreSQL driver and the libpq handle in it. The last copy ends the connection.
struct PostgresHandle {
    QSqlDatabase database;
    pg_conn* native = nullptr;
};

/// Connects as libpq does (services, PG* variables, .pgpass, several hosts) and gives up at once when
/// `stop` says so: looking up a host and waiting for it happen on a thread that can be left behind.
Result<PostgresHandle> openPostgres(const Target& target, const StopAsked& stop);

}  // namespace dewpoint::drivers
