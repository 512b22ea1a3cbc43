// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "scenarios/scenario.h"
#include "transfer/progress.h"

namespace dewpoint::scenarios {

/// What happened to a table's rows since.
struct ChangedTable {
    qint64 inserts = 0;
    qint64 updates = 0;
    qint64 deletes = 0;
    rows::TableChanges rows;  ///< the first of each kind, before and after
    qint64 total() const { return inserts + updates + deletes; }
};

struct Changes {
    QList<ChangedTable> tables;  ///< only those with any
    QStringList structure;       ///< objects that are others now: the scenario cannot be put back
    QStringList notCompared;     ///< tables whose columns are others now
    bool isNone() const { return tables.isEmpty() && structure.isEmpty() && notCompared.isEmpty(); }
};

/// Compares what is kept in the file with the rows as they are now. Exact: values and their storage class.
Result<Changes> changesSince(drivers::Connection& connection, const Scenario& scenario, const QString& file,
                             transfer::Progress& progress);

}  // namespace dewpoint::scenarios
