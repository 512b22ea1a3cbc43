// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/executor.h"
#include "project/format.h"
#include "session/foreign_keys.h"

namespace dewpoint::apply {

using session::ForeignKeyGuard;

/// How far a step came: what stands after a failure depends on it.
enum class Stage { Begin, Script, Ledger, Commit };

struct StepFailure {
    Error error;  ///< error.position counts in the script's text
    Stage stage = Stage::Begin;
    project::Script script;
    bool isRecorded = false;  ///< the ledger says that it failed

    QString text() const { return QString::fromUtf8(script.text); }
};

enum class StepResult { Ran, ByOthers };

using StepOutcome = std::expected<StepResult, StepFailure>;

/// Runs one script and changes its ledger row, by the tool's transaction rules.
class StepRunner final
{
public:
    StepRunner(drivers::Connection& connection, const project::Project& project, Escort escort = {});

    /// With its own transaction where the migration wants one.
    StepOutcome alone(const Step& step);

    /// Inside a transaction that begin() opened, under a savepoint.
    StepOutcome inside(const Step& step, int number);

    /// True when this script needs a ForeignKeyGuard around its transaction.
    bool needsGuard(const Step& step) const;

    /// True for a step that can share one transaction with others: its script does not end it.
    bool mayShare(const Step& step) const;

    /// What the tool writes after the commit. Nothing is lost when it fails.
    void finish(const Step& step, qint64 nanoseconds);

    Result<> begin();
    Result<> command(const QString& sql);
    void rollBack();  ///< whatever is open, also after a cancel

private:
    StepOutcome inTransaction(const Step& step, const project::Script& script, const ForeignKeyGuard* guard);
    StepOutcome work(const Step& step, const project::Script& script);
    Result<> send(const Step& step, const project::Script& script);
    Result<project::Script> scriptOf(const Step& step) const;
    void recordFailure(const Step& step, StepFailure& failure);
    void locate(StepFailure& failure, const QStringList& restart);

    drivers::Connection& m_connection;
    const project::Project& m_project;
    const project::Format& m_format;
    const project::Rules m_rules;
    const Escort m_escort;
    qint64 m_lastTry = 0;  ///< how long the last script took, in milliseconds
};

}  // namespace dewpoint::apply
