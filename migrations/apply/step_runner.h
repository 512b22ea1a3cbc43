// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "apply/plan.h"
#include "ledger/diesel_ledger.h"

namespace dewpoint::apply {

/// How far a step came: what stands after a failure depends on it.
enum class Stage { Begin, Script, Ledger, Commit };

struct StepFailure {
    Error error;
    Stage stage = Stage::Begin;
    QString script;
};

enum class StepResult { Ran, ByOthers };

using StepOutcome = std::expected<StepResult, StepFailure>;

/// Runs one script and changes its ledger row, by Diesel's transaction rules.
class StepRunner final
{
public:
    explicit StepRunner(drivers::Connection& connection) : m_connection(connection), m_ledger(connection) {}

    /// With its own transaction where the migration wants one.
    StepOutcome alone(const Step& step);

    /// Inside a transaction that begin() opened, under a savepoint.
    StepOutcome inside(const Step& step, int number);

    Result<> begin();
    Result<> command(const QString& sql);
    void rollBack();  ///< whatever is open, also after a cancel

private:
    StepOutcome inTransaction(const Step& step, const QByteArray& script);
    StepOutcome work(const Step& step, const QByteArray& script);
    void locate(StepFailure& failure, const QStringList& restart);

    drivers::Connection& m_connection;
    ledger::DieselLedger m_ledger;
};

}  // namespace dewpoint::apply
