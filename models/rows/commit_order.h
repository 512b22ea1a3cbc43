// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit.h"
#include "rows/query_builder.h"

namespace dewpoint::rows {

/// One staged row and the statement that writes it. Points into the edits it was made from.
struct PlannedChange {
    RowRef row;
    const RowEdit* edit = nullptr;  ///< null for a new row
    const NewRow* added = nullptr;  ///< null for one that is there
    Query statement;
};

/// The columns that it names a value or a default for.
QStringList setColumns(const PlannedChange& change);

/// What it gives a column; null where it does not name it.
const EditValue* givenValue(const PlannedChange& change, const QString& column);

/// Places of the tables, each behind those its foreign keys point to; a cycle stays in the given order.
QList<int> parentsFirst(const QList<Relation>& tables);

/// Every staged row, in the order that foreign keys want: deletes (children first), updates, then inserts
/// (parents first). Asks the server whether the keys of new rows may be read back.
QList<PlannedChange> changesInOrder(drivers::Connection& connection, const QList<TableEdits>& tables);

}  // namespace dewpoint::rows
