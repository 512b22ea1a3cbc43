// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/repair.h"

namespace dewpoint::apply {

/// A project that moves from one tool to another: the database still has the old tool's ledger.
struct ConvertRequest {
    QString fromTool;              ///< "diesel"
    QString fromFolder;            ///< the old tool's project; empty: as far as the ledger itself tells
    bool byOrder = false;          ///< pairs the first with the first, whatever their names
    bool ignoreUnmatched = false;  ///< goes on without what has no file in the new project
};

/// The rows that the project's own ledger lacks, for what the other tool's ledger has as applied. The other
/// ledger stays as it is. What matches nothing or several is refused unless told.
Result<Repair> planConvert(drivers::Connection& connection, const project::Project& project,
                           const ConvertRequest& request);

/// Another tool's ledger in the same database.
struct OtherLedger {
    QString tool;
    QString title;
    QString table;
    int applied = 0;
    bool operator==(const OtherLedger&) const = default;
};

/// Those that have rows, in the order of the tools.
Result<QList<OtherLedger>> otherLedgers(drivers::Connection& connection, const project::Project& project);

}  // namespace dewpoint::apply
