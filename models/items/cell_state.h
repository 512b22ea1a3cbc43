// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace dewpoint::items {

enum class RowState { Loading, Clean, Added, Changed, Deleted };

/// Everything a delegate needs to draw one cell.
struct CellState {
    RowState row = RowState::Clean;
    bool changed = false;  ///< this cell is staged
    bool null = false;
    bool empty = false;      ///< the empty string
    bool isDefault = false;  ///< left to the server
    bool required = false;   ///< a new row's, and the database has no value of its own for it
    bool truncated = false;  ///< a preview of a larger value
    qint64 wholeSize = -1;   ///< of that value, in bytes
    QString warning;         ///< staged, and taken by the database, but hardly what is meant
    QString error;           ///< the server's refusal of this cell
    QString text;
    QString label;  ///< what the referenced row is called
};

}  // namespace dewpoint::items
