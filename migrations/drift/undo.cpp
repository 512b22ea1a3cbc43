// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// The way to what the migrations make, gone on the live database.
#include "apply/backup.h"
#include "apply/step_runner.h"
#include "base/words.h"
#include "diff/compare.h"
#include "drift/way.h"
#include "plan/script.h"
#include "project/for_database.h"
#include "session/session_rules.h"
#include "shadow/replay.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace dewpoint::drift {

namespace {

/// Fails where the database is not that, with what differs.
Result<> insist(drivers::Connection& live, const project::Project& project, const schema::Database& wanted,
                const QString& otherwise)
{
    const auto now = shadow::inspectWithoutLedger(live, project, catalog::extentOf(wanted));
    if (!now)
        return fail(now.error());
    const auto left = diff::compare(wanted, *now);
    if (left.isEmpty())
        return {};
    return fail(ErrorKind::Conflict, otherwise, change::sentence(left.constFirst()));
}

/// The statements alone: the transaction and the switch for foreign keys are around them.
QByteArray statementsOf(plan::Plan plan)
{
    plan.foreignKeysOff = false;
    return plan::script(plan, plan::Sender::Transaction);
}

Result<> work(drivers::Connection& live, const project::Project& project, const Undoing& agreed,
              const std::optional<session::ForeignKeyGuard>& guard)
{
    if (auto same =
            insist(live, project, agreed.from,
                   Words::tr("The database has changed since this was worked out. Nothing was done."));
        !same)
        return same;
    if (auto ran = live.executeScript(statementsOf(agreed.plan)); !ran)
        return ran;
    if (auto reached =
            insist(live, project, agreed.to,
                   Words::tr("The database would not be what was promised. Everything was taken back."));
        !reached)
        return reached;
    return guard ? guard->check() : Result<>{};
}

/// Who waits for a table keeps everybody behind him from it.
Result<> limitWaiting(drivers::Connection& live)
{
    if (live.engine() != Engine::Postgres)
        return {};
    return live.executeScript("SELECT set_config('lock_timeout', '15s', true) "
                              "WHERE current_setting('lock_timeout') = '0'");
}

}  // namespace

Result<QString> undo(drivers::Connection& live, const project::Project& project, const Undoing& agreed)
{
    if (live.target().guard == drivers::Guard::ReadOnly)
        return fail(ErrorKind::Permission, Words::tr("This connection is read only."));
    if (live.inTransaction())
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back, then try again."));
    auto copy = apply::backUp(live);
    if (!copy)
        return copy;
    const project::Project known = project::forDatabase(project, live.target());
    const auto rules = session::SessionRules::enter(live, known);
    if (!rules)
        return fail(rules.error());
    std::optional<session::ForeignKeyGuard> guard;
    if (agreed.plan.foreignKeysOff) {
        auto entered = session::ForeignKeyGuard::enter(live);
        if (!entered)
            return fail(entered.error());
        guard.emplace(*std::move(entered));
    }
    apply::StepRunner runner(live, known);
    if (auto begun = runner.begin(); !begun)
        return fail(begun.error());
    auto done = limitWaiting(live);
    if (done)
        done = work(live, known, agreed, guard);
    if (done)
        done = runner.command(u"COMMIT"_s);
    if (!done) {
        runner.rollBack();
        return fail(done.error());
    }
    return copy;
}

}  // namespace dewpoint::drift
