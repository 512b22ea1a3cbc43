// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

namespace dewpoint::apply {

enum class State {
    Applied,
    Pending,
    OutOfOrder,  ///< pending, but older than the newest applied one: Diesel runs it, we mark it
    Missing,     ///< applied, but its folder is gone
};

QString stateName(State state);   ///< "applied", "pending", "out-of-order", "missing": what JSON uses
QString stateTitle(State state);  ///< for people

struct MigrationState {
    project::Migration migration;  ///< only version and name when Missing
    State state = State::Pending;
    QString appliedAt;  ///< UTC as the ledger writes it; empty when not applied

    bool isApplied() const { return state == State::Applied || state == State::Missing; }
    bool operator==(const MigrationState&) const = default;
};

/// What is on disk against what the database says, ascending by version.
struct Status {
    project::Project project;
    Engine engine = Engine::Sqlite;
    QString ledger;  ///< name of the tracking table
    bool ledgerExists = false;
    QList<MigrationState> migrations;

    int pendingCount() const;  ///< pending and out of order
    int appliedCount() const;  ///< applied and missing
    bool isClean() const;      ///< nothing pending, nothing wrong
    bool operator==(const Status&) const = default;
};

/// A pure read: a database without a ledger stays without one.
Result<Status> status(drivers::Connection& connection, const project::Project& project);

}  // namespace dewpoint::apply
