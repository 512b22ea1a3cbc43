// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/query_builder.h"

#include <span>

namespace dewpoint::rows {

/// A row that was asked for by its key. Without cells there is none.
struct FoundRow {
    std::vector<Value> cells;           ///< as selectList() has them
    QList<std::pair<int, qint64>> cut;  ///< cells that are longer than was asked for: which, full size
    bool isThere() const { return !cells.empty(); }
    bool isCut(int column) const;
};

/// Takes it out of the batch.
FoundRow rowIn(RowBatch& batch, int row);

/// The rows with these keys, in the keys' order: on SQLite one prepared look-up for each, on PostgreSQL some hundred
/// with one query. Longer texts and blobs are cut to `maxCellBytes` (-1: none).
Result<std::vector<FoundRow>> rowsByKeys(drivers::Connection& connection, const QueryBuilder& builder,
                                         std::span<const RowKey> keys, qint64 maxCellBytes);

}  // namespace dewpoint::rows
