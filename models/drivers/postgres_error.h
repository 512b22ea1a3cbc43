// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

struct pg_conn;
struct pg_result;

namespace dewpoint::drivers {

/// A failed result's fields as a value (libpq manual, PQresultErrorField); `sql` turns the server's
/// character position into UTF-16 code units.
Error postgresError(const pg_result* result, const QString& sql);

/// Why a connection could not be made or was lost, from libpq's words.
Error postgresConnectionError(const QString& libpqText, const QString& place);

/// PQserverVersion's number: what the catalog's queries need at least.
Result<> checkServerVersion(int number, const QString& place);

ErrorKind kindOfSqlState(const QString& sqlState);

}  // namespace dewpoint::drivers
