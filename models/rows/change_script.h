// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/row_changes.h"

namespace dewpoint::rows {

/// The changes of some tables as SQL to run elsewhere, children after their parents and, where rows go,
/// before them. Values are literals; rows are found by their key alone.
struct ChangeScript {
    QString up;       ///< does it again
    QString down;     ///< undoes it
    QString fixture;  ///< makes the rows what they were after the commit, whether they are there or not
    int leftOut = 0;  ///< rows without a key that would be the same elsewhere
};

/// PostgreSQL: what lets the numbers of its columns go on behind those that are taken. The next row that a program
/// adds must not get one of them.
QStringList numberingOf(const Relation& relation);

/// `relations` are the tables as they are now, in the same order; a column that is gone is left out.
ChangeScript scriptOf(const QList<TableChanges>& changes, const QList<Relation>& relations);

}  // namespace dewpoint::rows
