// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "rows/relation.h"
#include "values/value.h"

namespace dewpoint::rows {

/// What typed text means in a column. PostgreSQL gets the text itself (the server casts it) or a
/// blob's bytes; SQLite keeps the storage class the column or the old value asks for, and text that
/// would not read back exactly stays text. What begins like the hex of a blob has to be one: stored as
/// text it would look the same.
Result<Value> parsedInput(const QString& text, const RelationColumn& column, const Value& before,
                          Engine engine);

/// The text an editor starts with: exact, and parsedInput() gives the same value back.
QString editText(const Value& value, Engine engine);

}  // namespace dewpoint::rows
