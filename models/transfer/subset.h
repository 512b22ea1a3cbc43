// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/declared.h"
#include "transfer/export_rows.h"

namespace dewpoint::transfer {

/// Rows of one table, and all that they refer to: what can be inserted into an empty database of this structure.
struct Subset {
    std::shared_ptr<const schema::Database> database;
    rows::RelationNotes notes;  ///< what a person declared is followed like the database's own
    rows::Relation relation;    ///< with its key
    std::variant<rows::ViewSpec, std::vector<rows::RowKey>> rows;
    int dependants = 0;  ///< rows that refer to the chosen ones, and to those, so many steps deep
};

struct SubsetReport {
    struct Table {
        QString name;
        qint64 rows = 0;
        bool operator==(const Table&) const = default;
    };
    QList<Table> tables;  ///< in the order of the script
    qint64 rows = 0;
    qint64 bytes = 0;
    qint64 missing = 0;  ///< values that refer to no row: the database does not check all of them
};

/// Writes the subset as a script of INSERT statements in one transaction, in an order that foreign keys agree
/// with. Rows that refer to each other in a circle are inserted with constraints deferred where they can be,
/// else with a NULL that an UPDATE fills. All is read as it is at one moment; only keys stay in memory.
Result<SubsetReport> exportSubset(drivers::Connection& connection, const Subset& subset, const ByteSink& sink,
                                  Progress& progress);
Result<SubsetReport> exportSubset(drivers::Connection& connection, const Subset& subset, const QString& path,
                                  Progress& progress);

}  // namespace dewpoint::transfer
