// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"

namespace dewpoint::rows {

/// A staged row of which other rows may follow what becomes of it.
struct MovedRow {
    RowKey key;
    QStringList columns;    ///< staged ones that a foreign key knows, at either end; of a row that goes: none
    bool followed = false;  ///< goes, or changes what is referred to
    bool operator==(const MovedRow&) const = default;
};

/// The rows that go, and those whose referenced or referring columns change.
std::vector<MovedRow> movedRows(const TableEdits& table);

/// What a commit of the edits makes the database do to rows that are not staged, by its foreign keys, and
/// which rows make it refuse; by table and key, each row told once. Rows that go are of one table told as
/// one. Beyond some ten thousands the server counts without naming them: such a number may be `about`.
Result<QList<DependantCount>> consequencesOf(drivers::Connection& connection,
                                             const QList<TableEdits>& tables);

/// How many rows go or change with those that are staged; less than none where that is not known.
qint64 rowsAlong(const QList<DependantCount>& counts);

}  // namespace dewpoint::rows
