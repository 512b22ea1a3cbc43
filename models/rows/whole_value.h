// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/relation.h"
#include "rows/row_key.h"

namespace dewpoint::rows {

/// One cell as it is in the database, whatever its size: a page reads only its beginning.
Result<Value> wholeValue(drivers::Connection& connection, const Relation& relation, const RowKey& key,
                         const QString& column);

}  // namespace dewpoint::rows
