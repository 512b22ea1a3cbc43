// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replayer.h"

#include "base/words.h"
#include "project/code.h"
#include "session/foreign_keys.h"
#include "session/send.h"
#include "shadow/code_replay.h"
#include "shadow/outside_effects.h"

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::shadow {

namespace {

using session::ForeignKeyGuard;

Result<> runScript(drivers::Connection& shadow, const project::Rules& rules, project::Script script,
                   bool inTransaction)
{
    auto kept = withoutRoles(script.text, shadow.engine());
    if (!kept)
        return fail(kept.error());
    script.text = *std::move(kept);
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
                const project::Migration& migration, project::Direction direction = project::Direction::Up)
{
    const project::Format& format = project::formatOf(project);
    const project::Rules rules = format.rules(project);
    const bool up = direction == project::Direction::Up;
    auto script = project::script(project, migration, direction);
    if (script && up && format.onEmptyDatabase)
        script = format.onEmptyDatabase(*script);
    auto ran = script ? runScript(shadow, rules, *script,
                                  up ? migration.runInTransaction : migration.revertInTransaction)
                      : Result<>(fail(script.error()));
    // Each of the tool's runs is a session of its own: a search_path does not reach the next file.
    if (ran && shadow.engine() == Engine::Postgres)
        ran = shadow.executeScript("RESET search_path; RESET check_function_bodies; RESET row_security;\n"
                                   + rules.sessionSql);
    if (ran)
        return {};
    Error error = ran.error();
    if (isMissingRole(error))
        error.hint =
            Words::tr("Roles belong to the whole server, so none is made for a preview. Make this one "
                      "(CREATE ROLE), or run the migration.");
    if (error.kind != ErrorKind::Cancelled)
        error.message = (up ? Words::tr("Replaying %1 on an empty database failed: %2")
                            : Words::tr("Taking %1 back on a scratch database failed: %2"))
                            .arg(migration.folder, error.message);
    error.position = -1;
    return fail(std::move(error));
}

}  // namespace

Result<Replayer> Replayer::make(const drivers::Target& server, project::Project project,
                                const drivers::StopAsked& stop)
{
    const bool byCommand = project::runsCode(project);
    if (auto allowed = byCommand ? wantCodePreview(project) : Result<>{}; !allowed)
        return fail(allowed.error());
    auto shadow = ShadowDatabase::make(server, byCommand ? ShadowDatabase::Reach::OtherPrograms
                                                         : ShadowDatabase::Reach::Here);
    if (!shadow)
        return fail(shadow.error());
    shadow->connection().setStopAsked(stop);
    // Nobody misses the scratch database after a crash, so nothing in it waits for the disk.
    if (server.engine == Engine::Postgres) {
        if (auto hurried = shadow->connection().execute(u"SET synchronous_commit = off"_s); !hurried)
            return fail(hurried.error());
    }
    auto rules = session::SessionRules::enter(shadow->connection(), project);
    if (!rules)
        return fail(rules.error());
    return Replayer(*std::move(shadow), *std::move(rules), std::move(project), stop);
}

void Replayer::setStop(const drivers::StopAsked& stop)
{
    m_stop = stop;
    m_shadow.connection().setStopAsked(stop);
}

Result<schema::Database> Replayer::after(const Leg& leg)
{
    return replaySql(leg.migrations, leg.direction).and_then([&] {
        return inspectWithoutLedger(m_shadow.connection(), m_project);
    });
}

Result<schema::Database> Replayer::after(const QList<project::Migration>& migrations, catalog::Extent extent)
{
    const auto replayed = project::runsCode(m_project)
                              ? replayCode(m_shadow.connection(), m_project, migrations)
                              : replaySql(migrations);
    return replayed.and_then([&] { return inspectWithoutLedger(m_shadow.connection(), m_project, extent); });
}

Result<schema::Database> Replayer::after(const QByteArray& text)
{
    const project::Script script{.text = text, .pieces = {{.start = 0, .length = text.size()}}};
    const auto ran =
        refuseOutsideEffects(QString::fromUtf8(text), m_shadow.connection().engine()).and_then([&] {
            return runScript(m_shadow.connection(), project::formatOf(m_project).rules(m_project), script,
                             true);
        });
    if (ran)
        return inspectWithoutLedger(m_shadow.connection(), m_project);
    Error error = ran.error();
    if (error.kind != ErrorKind::Cancelled)
        error.message = Words::tr("The new SQL was tried behind the project's migrations, and failed: %1")
                            .arg(error.message);
    return fail(std::move(error));
}

Result<> Replayer::replaySql(const QList<project::Migration>& migrations, project::Direction direction)
{
    for (const auto& migration : migrations) {
        if (m_stop && m_stop())
            return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
        if (auto done = replay(m_shadow.connection(), m_project, migration, direction); !done)
            return done;
    }
    return {};
}

Replayer::Replayer(ShadowDatabase shadow, session::SessionRules rules, project::Project project,
                   drivers::StopAsked stop)
    : m_shadow(std::move(shadow))
    , m_rules(std::move(rules))
    , m_project(std::move(project))
    , m_stop(std::move(stop))
{}

}  // namespace dewpoint::shadow
