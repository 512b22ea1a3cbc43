// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

namespace dewpoint::rows {

/// What would undo a commit, as edits to look at and commit in their turn.
struct TakeBack {
    StagedEdits edits;
    int leftOut = 0;  ///< rows of which not enough was known
};

/// Reads the rows as the commit left them and stages what they were before: values back, inserted rows
/// away, deleted rows in again. The ordinary commit then refuses where somebody else was there since.
Result<TakeBack> takeBackOf(drivers::Connection& connection, const TableEdits& committed,
                            const CommitReport& report);

}  // namespace dewpoint::rows
