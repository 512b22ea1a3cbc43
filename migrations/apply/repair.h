// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "ledger/statement.h"
#include "ledger/table.h"

namespace dewpoint::apply {

/// What can be put right in a ledger. No script runs for any of it.
enum class RepairKind {
    MarkApplied,  ///< as if it had been run
    MarkPending,  ///< as if it had been reverted
    AcceptFile,   ///< the file as it is now is the one that ran
    ClearFailed,  ///< what failed or is dirty has been dealt with
    Baseline,     ///< the first rows, for a database that has the tables already
    Convert,      ///< the rows of another tool's ledger (apply/convert.h)
};

/// What JSON and options use: "mark-applied", "mark-pending", "accept", "clear-failed", "baseline",
/// "convert".
QString repairName(RepairKind kind);

struct RepairRequest {
    RepairKind kind = RepairKind::MarkApplied;
    QStringList versions;  ///< as a person names them; Baseline: up to this one, or everything
    bool all = false;      ///< AcceptFile, ClearFailed: all that are in need of it
};

/// What a ledger held when it was looked at.
struct LedgerRows {
    bool exists = false;
    QList<ledger::AppliedRow> rows;  ///< sorted, so that equal ones compare equal
    bool operator==(const LedgerRows&) const = default;
};

/// Everything that a repair would send, before anybody agreed to it.
struct Repair {
    RepairKind kind = RepairKind::MarkApplied;
    QList<MigrationState> migrations;  ///< those whose rows change, as they are now, in the tool's order
    QStringList sources;               ///< Convert: what each of them was in the other ledger
    QList<ledger::Statement> statements;
    QStringList notes;             ///< what else a person should know: other states that change with it
    LedgerRows before;             ///< what the statements were worked out for
    QList<MigrationState> expect;  ///< all migrations as they will be
};

LedgerRows sorted(LedgerRows rows);
Result<LedgerRows> readLedger(drivers::Connection& connection, const project::Project& project);

/// Pure reading. Refused where the tool has no such thing, and where it would mean nothing. No statements:
/// there is nothing to do.
Result<Repair> planRepair(drivers::Connection& connection, const project::Project& project,
                          const RepairRequest& request);

/// Sends the statements in one transaction under the tool's lock. Conflict when the ledger is not what it
/// was for the plan; everything is rolled back when the ledger would not be as expected afterwards.
Result<> carryOut(drivers::Connection& connection, const project::Project& project, const Repair& repair);

/// The rest of a plan, from what changes: expect and its notes.
void foresee(Repair& repair, const Status& status, const QList<ledger::AppliedRow>& after);

/// The rows as they are once these migrations count as applied.
QList<ledger::AppliedRow> withRows(QList<ledger::AppliedRow> rows, const QList<MigrationState>& added);

/// The statements that mark these as applied, the making or updating of the table in front.
Result<QList<ledger::Statement>> markingApplied(drivers::Connection& connection,
                                                const project::Project& project, bool ledgerExists,
                                                const QList<MigrationState>& list);

}  // namespace dewpoint::apply
