// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/row_changes.h"
#include "rows/staged_edits.h"

namespace dewpoint::rows {

/// What would undo a commit in one table, as edits to look at and commit in their turn.
struct TakeBack {
    StagedEdits edits;
    int leftOut = 0;        ///< rows of which not enough is known, or that are gone since
    int undone = 0;         ///< rows that are as they were before already
    QList<RowKey> changed;  ///< staged, but somebody changed them since: the commit will ask
};

/// Stages what the rows were before: values back, inserted rows away, deleted rows in again. What the
/// commit left is the base of each edit, so that the next commit asks where somebody was there since.
Result<TakeBack> takeBackOf(drivers::Connection& connection, const Relation& relation,
                            const TableChanges& committed);

}  // namespace dewpoint::rows
