// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::diff {

/// The same table with its spelling taken out, so that equal things compare equal: SQLite's texts
/// token by token, types in lower case, implicit parts made explicit (a foreign key without columns
/// means the target's primary key; NOT NULL says nothing on a rowid alias). For comparing only.
schema::Table normalised(const schema::Table& table, const schema::Database& database);
schema::View normalised(const schema::View& view, Engine engine);

/// Whether what a table means hangs on another table of its schema: the primary key that a reference means.
bool meansMoreThanItSays(const schema::Table& table, Engine engine);

/// How names compare: SQLite ignores the case of ASCII letters.
QString key(const QString& name, Engine engine);

}  // namespace dewpoint::diff
