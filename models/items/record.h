// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "items/cell_state.h"
#include "rows/relation.h"

#include <optional>

namespace dewpoint::items {

struct RecordField {
    rows::RelationColumn column;
    std::optional<Value> value;  ///< nothing for DEFAULT
    CellState state;
};

/// One row as the inspector shows it: a snapshot, with the focused field.
struct Record {
    rows::Relation relation;
    QList<RecordField> fields;
    int current = -1;  ///< index into fields
    bool loaded = false;
};

}  // namespace dewpoint::items
