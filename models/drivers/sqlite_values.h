// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/row_batch.h"

struct sqlite3_stmt;

namespace dewpoint::drivers {

/// Binds the value with its storage class; gives a SQLite result code. Parameters count from 1.
int bindSqlite(sqlite3_stmt* statement, int index, const Value& value);

/// A cell of the current row in its storage class. fullSize is set to the whole size when the value was
/// cut to the limit (bytes; -1: none), and left alone otherwise.
Value sqliteCell(sqlite3_stmt* statement, int column, qint64 limit, qint64* fullSize);

/// The whole cell. A text goes where the one of the row before was, as long as nobody else has that.
void readSqliteCell(sqlite3_stmt* statement, int column, Value& value);

QList<ColumnInfo> sqliteColumns(sqlite3_stmt* statement);

}  // namespace dewpoint::drivers
