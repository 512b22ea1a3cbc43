// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/query_builder.h"

#include <optional>

namespace dewpoint::rows {

/// The keys of a view without gaps: the row at a position is known without reading any before it.
struct DenseKeys {
    qint64 first = 0;  ///< the smallest
    qint64 count = 0;
};

/// Whether the keys are all whole numbers from the first to the last, as they are where nothing was deleted, and
/// the view has all rows in their order. As many different whole numbers as lie between two are all of them, and
/// count(*) reads no value. A few that must be there are looked up before anything is counted.
Result<std::optional<DenseKeys>> denseKeys(drivers::Connection& connection, const QueryBuilder& builder);

}  // namespace dewpoint::rows
