// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "testdata/fill_plan.h"
#include "transfer/progress.h"

#include <vector>

namespace dewpoint::testdata {

/// The first rows that a plan would make: no value where the database's default stands.
struct FillPreview {
    QStringList columns;
    std::vector<std::vector<std::optional<Value>>> rows;
};

Result<FillPreview> previewFill(drivers::Connection& connection, const FillPlan& plan, qint64 rows);

/// A row that the database refused each time it was made.
struct RefusedRow {
    qint64 row = 0;  ///< from 0
    int column = -1;
    QString message;
};

struct Filled {
    bool committed = false;
    qint64 written = 0;
    QList<RefusedRow> refused;
};

/// Makes the rows and writes them in one transaction. What a unique key or a CHECK refuses is made otherwise, some
/// times; with a row left that cannot be made, nothing is written.
Result<Filled> fillRows(drivers::Connection& connection, const FillPlan& plan, transfer::Progress& progress);

}  // namespace dewpoint::testdata
