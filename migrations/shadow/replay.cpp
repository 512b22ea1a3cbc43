// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replay.h"

#include "base/words.h"
#include "catalog/inspect.h"
#include "project/format.h"
#include "session/foreign_keys.h"
#include "session/send.h"
#include "session/session_rules.h"
#include "shadow/outside_effects.h"
#include "shadow/shadow_database.h"

#include <algorithm>
#include <optional>

namespace dewpoint::shadow {

namespace {

using session::ForeignKeyGuard;

Result<> runScript(drivers::Connection& shadow, const project::Rules& rules, const project::Script& script,
                   bool inTransaction)
{
    if (auto refused = refuseOutsideEffects(QString::fromUtf8(script.text), shadow.engine()); !refused)
        return refused;
    if (!inTransaction)
        return session::send(shadow, script);
    std::optional<ForeignKeyGuard> guard;
    if (ForeignKeyGuard::isNeeded(shadow, rules, script)) {
        auto entered = ForeignKeyGuard::enter(shadow);
        if (!entered)
            return fail(entered.error());
        guard.emplace(*std::move(entered));
    }
    auto transaction = drivers::Transaction::begin(shadow);
    if (!transaction)
        return fail(transaction.error());
    if (auto ran = session::send(shadow, script); !ran)
        return ran;
    if (!shadow.inTransaction())
        return {};
    if (auto whole = guard ? guard->check() : Result<>{}; !whole)
        return whole;
    return transaction->commit();
}

/// Names the migration that stopped the replay: it is seldom the one that is being previewed.
Result<> replay(drivers::Connection& shadow, const project::Project& project,
                const project::Migration& migration)
{
    const project::Rules rules = project::formatOf(project).rules(project);
    const auto script = project::script(project, migration, project::Direction::Up);
    auto ran = script ? runScript(shadow, rules, *script, migration.runInTransaction)
                      : Result<>(fail(script.error()));
    // Each of the tool's runs is a session of its own: a search_path does not reach the next file.
    if (ran && shadow.engine() == Engine::Postgres)
        ran = shadow.executeScript("RESET search_path; RESET check_function_bodies; RESET row_security;\n"
                                   + rules.sessionSql);
    if (ran)
        return {};
    Error error = ran.error();
    if (error.kind != ErrorKind::Cancelled)
        error.message =
            Words::tr("Replaying %1 on an empty database failed: %2").arg(migration.folder, error.message);
    error.position = -1;
    return fail(std::move(error));
}

/// The replay writes no ledger; a migration of the project's own may make its table.
Result<schema::Database> inspectWithoutLedger(drivers::Connection& shadow, const project::Project& project)
{
    const ledger::Table ledger = project::formatOf(project).ledger.table(project, shadow.engine());
    return catalog::inspect(shadow).transform([&](schema::Database database) {
        database.tables.removeIf([&](const schema::Table& table) { return table.name == ledger.name; });
        return database;
    });
}

struct Range {
    QList<project::Migration> before;
    QList<project::Migration> inside;
};

/// What stands for all before it is where the replay begins, as on a new database; in the middle of the
/// range it is passed over, as the tool does then.
Range withSummaries(Range range)
{
    if (range.inside.first().summary)
        range.before.clear();
    const auto newest = std::ranges::find_last_if(range.before, &project::Migration::summary);
    if (!newest.empty())
        range.before.erase(range.before.begin(), newest.begin());
    const auto rest = std::ranges::remove_if(range.inside.begin() + 1, range.inside.end(), std::identity{},
                                             &project::Migration::summary);
    range.inside.erase(rest.begin(), rest.end());
    return range;
}

Result<Range> findRange(const project::Project& project, const QString& from, const QString& to)
{
    const auto all = project::list(project);
    if (!all)
        return fail(all.error());
    const auto first = std::ranges::find(*all, from, &project::Migration::version);
    const auto last = std::ranges::find(*all, to, &project::Migration::version);
    for (const auto& [place, version] : {std::pair(first, from), std::pair(last, to)}) {
        if (place == all->end())
            return fail(ErrorKind::NotFound,
                        Words::tr("There is no migration with version %1.").arg(version));
    }
    return withSummaries(
        {.before = QList(all->begin(), first), .inside = QList(first, std::max(first, last + 1))});
}

}  // namespace

Result<Preview> preview(drivers::Connection& live, const project::Project& project,
                        const QString& fromVersion, const QString& toVersion,
                        const std::function<bool()>& stopRequested)
{
    const project::Project known = project::forEngine(project, live.engine());
    const auto range = findRange(known, fromVersion, toVersion);
    if (!range)
        return fail(range.error());
    auto shadow = ShadowDatabase::make(live.target());
    if (!shadow)
        return fail(shadow.error());
    shadow->connection().setStopAsked(stopRequested);
    const auto rules = session::SessionRules::enter(shadow->connection(), known);
    if (!rules)
        return fail(rules.error());
    const auto replayAll = [&](const QList<project::Migration>& migrations) -> Result<schema::Database> {
        for (const auto& migration : migrations) {
            if (stopRequested && stopRequested())
                return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
            if (auto done = replay(shadow->connection(), known, migration); !done)
                return fail(done.error());
        }
        return inspectWithoutLedger(shadow->connection(), known);
    };
    auto before = replayAll(range->before);
    if (!before)
        return fail(before.error());
    auto after = replayAll(range->inside);
    if (!after)
        return fail(after.error());
    return Preview{.before = *std::move(before), .after = *std::move(after), .migrations = range->inside};
}

}  // namespace dewpoint::shadow
