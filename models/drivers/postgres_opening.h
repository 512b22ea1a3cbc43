// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/stopping.h"
#include "drivers/target.h"

#include <memory>

struct pg_conn;

namespace dewpoint::drivers {

struct PostgresCloser {
    void operator()(pg_conn* connection) const;
};
using PostgresHandle = std::unique_ptr<pg_conn, PostgresCloser>;

/// Connects as libpq does (services, PG* variables, .pgpass, several hosts) and gives up at once when
/// `stop` says so: looking up a host and waiting for it happen on a thread that can be left behind.
Result<PostgresHandle> openPostgres(const Target& target, const StopAsked& stop);

}  // namespace dewpoint::drivers
