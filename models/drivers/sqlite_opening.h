// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/target.h"

struct sqlite3;

namespace dewpoint::drivers {

/// Opens the file as the QSqlDatabase `name` and gives its native handle, or says what is wrong with
/// the file. The caller closes the database of that name, also after a failure.
Result<sqlite3*> openSqlite(const Target& target, const QString& name);

/// Why the first read of an opened file failed, where its place is the reason.
Error explainFirstRead(Error error, const QString& path);

}  // namespace dewpoint::drivers
