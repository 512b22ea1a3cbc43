// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "transfer/import_plan.h"
#include "transfer/progress.h"

#include <optional>

namespace dewpoint::transfer {

/// What an upsert did with the rows that were written, as if they came one by one: all of them are one of these.
struct Upserted {
    qint64 inserted = 0;
    qint64 updated = 0;
    qint64 unchanged = 0;  ///< the table had the row with the very same values
    bool operator==(const Upserted&) const = default;
};
/// "2 rows inserted, 3 updated, 1 unchanged."
QString sentence(const Upserted& rows);

struct Imported {
    bool committed = false;
    qint64 read = 0;                   ///< rows of the file
    qint64 written = 0;                ///< that went into the table, or would have
    qint64 leftOut = 0;                ///< that nobody wanted
    qint64 deleted = 0;                ///< Replace: rows that were there before
    std::optional<Upserted> upserted;  ///< Upsert
    QList<BadRow> bad;
    bool tooManyBad = false;  ///< the reading stopped at the last of them
};

/// So many bad rows are collected; with more the file is another one than was meant.
inline constexpr qsizetype mostBadRows = 1000;

/// Reads the file once and writes its rows in one transaction. With bad rows among them nothing is
/// written, unless the plan says that the others go in; odd ones are bad unless the plan keeps them. Rows that miss the row they reference are tried
/// again at the end, as that may stand further down.
Result<Imported> importRows(drivers::Connection& connection, const ImportPlan& plan, Progress& progress);

}  // namespace dewpoint::transfer
