// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Repairs as they are sent; how they are worked out is in repair.cpp.
#include "apply/repair.h"
#include "apply/step_runner.h"
#include "base/words.h"
#include "project/for_database.h"
#include "session/session_rules.h"

#include <algorithm>

namespace dewpoint::apply {

namespace {

/// Which migrations count as applied and which as broken, whatever else their rows say.
QStringList outcome(const QList<MigrationState>& list)
{
    QStringList lines;
    for (const MigrationState& state : list) {
        const bool broken = state.state == State::Failed || state.state == State::Partial;
        lines << QStringLiteral("%1 %2").arg(state.migration.version, broken ? QStringLiteral("failed")
                                                                      : state.isApplied()
                                                                          ? QStringLiteral("applied")
                                                                          : QStringLiteral("pending"));
    }
    lines.sort();
    return lines;
}

Result<> work(drivers::Connection& connection, const project::Project& project, const Repair& repair)
{
    const auto rows = readLedger(connection, project);
    if (!rows)
        return fail(rows.error());
    if (*rows != repair.before)
        return fail(ErrorKind::Conflict,
                    Words::tr("Another program has changed the ledger since the preview was made."),
                    Words::tr("Nothing was changed. Look at the list again."));
    if (auto sent = ledger::send(connection, repair.statements); !sent)
        return sent;
    const auto now = status(connection, project);
    if (!now)
        return fail(now.error());
    if (outcome(now->migrations) != outcome(repair.expect))
        return fail(ErrorKind::Conflict, Words::tr("The ledger would not be what the preview says."),
                    Words::tr("Nothing was changed."));
    return {};
}

}  // namespace

Result<> carryOut(drivers::Connection& connection, const project::Project& project, const Repair& repair)
{
    if (repair.statements.isEmpty())
        return {};
    if (connection.inTransaction())
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back, then try again."));
    const project::Project known = project::forDatabase(project, connection.target());
    const auto rules = session::SessionRules::enter(connection, known);
    if (!rules)
        return fail(rules.error());
    StepRunner runner(connection, known);
    if (auto begun = runner.begin(); !begun)
        return begun;
    auto done = work(connection, known, repair);
    if (done)
        done = runner.command(QStringLiteral("COMMIT"));
    if (!done)
        runner.rollBack();
    return done;
}

}  // namespace dewpoint::apply
