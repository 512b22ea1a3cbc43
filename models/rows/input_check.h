// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"

namespace dewpoint::rows {

/// Why a typed text cannot be stored in the column as it stands: it is no value of the type, or the
/// server would round it. Empty when nothing speaks against it; words only the server understands
/// ('now', 'infinity') are left to the server. SQLite's columns take any text, except JSON.
QString inputProblem(const QString& text, const RelationColumn& column, Engine engine);

/// The column holds true and false: PostgreSQL's boolean, or SQLite's BOOLEAN as 0 and 1.
bool isBoolean(const RelationColumn& column, Engine engine);
bool isUuid(const RelationColumn& column);
bool isJson(const RelationColumn& column);

}  // namespace dewpoint::rows
