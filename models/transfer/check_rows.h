// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "transfer/import_plan.h"
#include "transfer/progress.h"

#include <functional>

namespace dewpoint::transfer {

/// What a column of the table would say to the values of the file, as far as that can be told without
/// the database.
struct ColumnVerdict {
    qint64 values = 0;
    qint64 nulls = 0;
    qint64 bad = 0;   ///< could not be written
    qint64 odd = 0;   ///< SQLite would keep them as texts
    QString problem;  ///< the first bad or odd one
    qint64 line = 0;  ///< where that is
    bool operator==(const ColumnVerdict&) const = default;
};

struct Checked {
    qint64 rows = 0;
    qint64 badRows = 0;  ///< that are no rows at all, or have a bad value
    QString rowProblem;  ///< the first row that is none
    qint64 rowLine = 0;
    QList<ColumnVerdict> columns;  ///< one per column of the file

    qint64 oddValues() const;
};

/// Reads the whole file. What could be told until then is the answer where it is stopped.
Result<Checked> checkRows(const ImportPlan& plan, Progress& progress, const std::function<bool()>& stopAsked);

}  // namespace dewpoint::transfer
