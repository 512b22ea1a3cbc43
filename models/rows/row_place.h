// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/query_builder.h"

#include <optional>

namespace dewpoint::rows {

/// How many rows of the view stand before the row with this key; nothing where the view does not hold it.
/// Counts, so it takes its time in a large table.
Result<std::optional<qint64>> placeOf(drivers::Connection& connection, const QueryBuilder& view,
                                      const RowKey& key);

}  // namespace dewpoint::rows
