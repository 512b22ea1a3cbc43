// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/dependants.h"
#include "rows/relation.h"
#include "rows/row_changes.h"
#include "rows/staged_edits.h"

#include <QList>

namespace dewpoint::rows {

struct TableEdits {
    Relation relation;
    StagedEdits edits;
    QList<Dependant> dependants;  ///< whose rows go with deleted ones: what becomes of them is reported, too
    QList<Dependant> referrers = {};  ///< every key by which the database may act on other rows
};

/// Which staged row something is about.
struct RowRef {
    int table = 0;  ///< index into the list that was committed
    RowKey key;     ///< of an existing row
    int newId = 0;  ///< of a new one
    bool operator==(const RowRef&) const = default;
};

/// A change that the database refused.
struct Violation {
    RowRef row;
    QString column;  ///< empty when the refusal is about the row or cannot be told
    Error error;
};

/// A row that someone else changed or removed since it was read.
struct Conflict {
    RowRef row;
    bool gone = false;
    RowImage base;
    RowImage theirs;
    std::map<QString, EditValue> mine;
    bool deleting = false;
};

struct CommitReport {
    bool committed = false;
    QList<Violation> violations;
    QList<Conflict> conflicts;
    QList<std::pair<RowRef, RowKey>> inserted;  ///< the keys the database gave to new rows
    QList<TableChanges> changes;                ///< the rows before and after, as far as they may be read
};

/// Runs all edits in one transaction: deletes (children first), updates, inserts (parents first), each
/// of which must touch exactly one row. If one fails, everything is tried again under savepoints (also
/// in other orders, as long as that helps), all refusals are collected and nothing is written. An error
/// means that nothing could be tried: no connection, locked, read-only.
Result<CommitReport> commit(drivers::Connection& connection, const QList<TableEdits>& tables);

}  // namespace dewpoint::rows
