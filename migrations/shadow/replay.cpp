// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replay.h"

#include "base/words.h"
#include "catalog/inspect.h"
#include "project/code.h"
#include "project/format.h"
#include "shadow/code_replay.h"
#include "shadow/outside_effects.h"
#include "shadow/shadow_database.h"

#include <algorithm>

namespace dewpoint::shadow {

namespace {

Result<> send(drivers::Connection& shadow, const project::Script& script)
{
    for (const auto& piece : script.pieces) {
        if (auto ran = shadow.executeScript(script.text.sliced(piece.start, piece.length)); !ran)
            return ran;
    }
    return {};
}

Result<> runScript(drivers::Connection& shadow, const project::Script& script, bool inTransaction)
{
    if (auto refused = refuseOutsideEffects(QString::fromUtf8(script.text), shadow.engine()); !refused)
        return refused;
    if (!inTransaction)
        return send(shadow, script);
    auto transaction = drivers::Transaction::begin(shadow);
    if (!transaction)
        return fail(transaction.error());
    if (auto ran = send(shadow, script); !ran)
        return ran;
    return shadow.inTransaction() ? transaction->commit() : Result<>{};
}

/// Names the migration that stopped the replay: it is seldom the one that is being previewed.
Result<> replay(drivers::Connection& shadow, const project::Project& project,
                const project::Migration& migration)
{
    const auto script = project::script(project, migration, project::Direction::Up);
    auto ran =
        script ? runScript(shadow, *script, migration.runInTransaction) : Result<>(fail(script.error()));
    // Each of the tool's runs is a session of its own: a search_path does not reach the next file.
    if (ran && shadow.engine() == Engine::Postgres)
        ran = shadow.executeScript("RESET search_path; RESET check_function_bodies; RESET row_security");
    if (ran)
        return {};
    Error error = ran.error();
    if (error.kind != ErrorKind::Cancelled)
        error.message =
            Words::tr("Replaying %1 on an empty database failed: %2").arg(migration.folder, error.message);
    error.position = -1;
    return fail(std::move(error));
}

Result<> replaySql(drivers::Connection& shadow, const project::Project& project,
                   const QList<project::Migration>& migrations)
{
    for (const auto& migration : migrations) {
        if (shadow.stopAsked() && shadow.stopAsked()())
            return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
        if (auto done = replay(shadow, project, migration); !done)
            return done;
    }
    return {};
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
    return Range{.before = QList(all->begin(), first), .inside = QList(first, std::max(first, last + 1))};
}

}  // namespace

Result<Preview> preview(drivers::Connection& live, const project::Project& project,
                        const QString& fromVersion, const QString& toVersion,
                        const std::function<bool()>& stopRequested)
{
    const auto range = findRange(project, fromVersion, toVersion);
    if (!range)
        return fail(range.error());
    const bool byCommand = project::runsCode(project);
    if (auto allowed = byCommand ? wantCodePreview(project) : Result<>{}; !allowed)
        return fail(allowed.error());
    auto shadow = ShadowDatabase::make(live.target(), byCommand ? ShadowDatabase::Reach::OtherPrograms
                                                                : ShadowDatabase::Reach::Here);
    if (!shadow)
        return fail(shadow.error());
    shadow->connection().setStopAsked(stopRequested);
    if (project::formatOf(project).rules(project).strictQuotes)
        shadow->connection().setQuotedNamesAsText(false);
    const auto next = [&](const QList<project::Migration>& migrations) {
        const auto replayed = byCommand ? replayCode(shadow->connection(), project, migrations)
                                        : replaySql(shadow->connection(), project, migrations);
        return replayed.and_then([&] { return inspectWithoutLedger(shadow->connection(), project); });
    };
    auto before = next(range->before);
    if (!before)
        return fail(before.error());
    auto after = next(range->inside);
    if (!after)
        return fail(after.error());
    return Preview{.before = *std::move(before), .after = *std::move(after), .migrations = range->inside};
}

}  // namespace dewpoint::shadow
