// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/row_image.h"
#include "rows/row_key.h"

#include <QString>

#include <map>
#include <optional>
#include <variant>

namespace dewpoint::rows {

/// The column's own DEFAULT, left to the server.
struct Default {
    bool operator==(const Default&) const = default;
};

using EditValue = std::variant<Value, Default>;

struct CellEdit {
    Value before;
    EditValue after;
    bool operator==(const CellEdit&) const = default;
};

/// What is staged for an existing row. `original` is the row as it was read, for drawing and for the
/// comparison at commit.
struct RowEdit {
    RowKey key;
    RowImage original;
    std::map<QString, CellEdit> cells;
    bool deleted = false;
    bool operator==(const RowEdit&) const = default;
    bool isEmpty() const { return !deleted && cells.empty(); }
};

/// A row to insert; columns that are not named take their default.
struct NewRow {
    int id = 0;
    std::map<QString, EditValue> values;
    bool operator==(const NewRow&) const = default;
};

}  // namespace dewpoint::rows
