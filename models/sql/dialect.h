// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QString>

namespace dewpoint {

enum class Engine { Sqlite, Postgres };

/// Names and literals as an engine wants them written. Pure functions.
namespace sql {

/// Always double-quoted, inner quotes doubled: right on both engines for any name.
QString quoted(const QString& name);

/// quoted(schema).quoted(name); the schema is left out when empty.
QString quoted(const QString& schema, const QString& name);

/// Quoted only where the bare word would not read back as the same name (keyword, capitals, spaces).
QString quotedIfNeeded(const QString& name, Engine engine);

/// A literal that reads back as exactly this value.
QString literal(const Value& value, Engine engine);

QString engineName(Engine engine);  ///< "SQLite" / "PostgreSQL"

}  // namespace sql
}  // namespace dewpoint
