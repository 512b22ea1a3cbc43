// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

namespace dewpoint::apply {

using project::Direction;
using project::MigrationState;
using project::State;

/// What JSON uses: "applied", "pending", "out-of-order", "missing", "modified", "failed", "partial",
/// "baseline", "skipped", "unknown".
QString stateName(State state);
QString stateTitle(State state);  ///< for people

/// What is on disk against what the database says, in the tool's order.
struct Status {
    project::Project project;
    Engine engine = Engine::Sqlite;
    QString ledger;  ///< name of the tracking table
    bool ledgerExists = false;
    QList<MigrationState> migrations;
    QString problem;  ///< why nothing would run, whatever the states: the tool's sums of the files
    QString remedy;

    int pendingCount() const;  ///< pending and out of order
    int appliedCount() const;  ///< applied, whatever became of the file since
    bool isClean() const;      ///< nothing pending, nothing wrong
    bool operator==(const Status&) const = default;
};

/// A pure read: a database without a ledger stays without one.
Result<Status> status(drivers::Connection& connection, const project::Project& project);

}  // namespace dewpoint::apply
