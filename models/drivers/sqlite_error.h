// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

struct sqlite3;

namespace dewpoint::drivers {

/// The error of the last call on `db` as a value; `path` names the file in messages.
Error sqliteError(sqlite3* db, const QString& path);

/// The same from a result code alone (a handle that did not open).
Error sqliteError(int extendedCode, const QString& serverText, const QString& path);

}  // namespace dewpoint::drivers
