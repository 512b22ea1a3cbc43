// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "values/value.h"

namespace dewpoint::rows {

/// Why a typed text cannot be stored in the column as it stands: it is no value of the type, or the
/// server would round it. Empty when nothing speaks against it; words only the server understands
/// ('now', 'infinity') are left to the server. SQLite's columns take any text, except JSON.
QString inputProblem(const QString& text, const RelationColumn& column, Engine engine);

/// What SQLite would do with a staged value that it takes all the same: keep a text in a column of numbers,
/// or a number's first digits only. Empty when the value is kept as it is.
QString storageWarning(const Value& value, const RelationColumn& column, Engine engine);

/// The column holds true and false: PostgreSQL's boolean, or SQLite's BOOLEAN as 0 and 1.
bool isBoolean(const RelationColumn& column, Engine engine);
bool isUuid(const RelationColumn& column);
bool isJson(const RelationColumn& column);

}  // namespace dewpoint::rows
