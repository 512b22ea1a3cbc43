// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"

namespace dewpoint::diff {

/// The same schema with its spelling taken out, so that equal things compare equal: SQLite's texts
/// token by token, types in lower case, implicit parts made explicit (a foreign key without columns
/// means the target's primary key; NOT NULL says nothing on a rowid alias). For comparing only.
schema::Database normalised(const schema::Database& database);

/// How names compare: SQLite ignores the case of ASCII letters.
QString key(const QString& name, Engine engine);

}  // namespace dewpoint::diff
