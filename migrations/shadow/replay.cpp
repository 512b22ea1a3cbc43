// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replay.h"

#include "base/words.h"
#include "catalog/inspect.h"
#include "ledger/parked.h"
#include "project/code.h"
#include "project/for_database.h"
#include "project/format.h"
#include "session/foreign_keys.h"
#include "session/send.h"
#include "session/session_rules.h"
#include "shadow/code_replay.h"
#include "shadow/outside_effects.h"
#include "shadow/shadow_database.h"

#include <algorithm>
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

struct Range {
    QList<project::Migration> before;
    QList<project::Migration> inside;
};

/// What stands for all before it is where the replay begins, as on a new database.
void beginAtSummary(QList<project::Migration>& migrations)
{
    const auto newest = std::ranges::find_last_if(migrations, &project::Migration::summary);
    if (!newest.empty())
        migrations.erase(migrations.begin(), newest.begin());
}

/// In the middle of the range a summary is passed over, as the tool does then.
Range withSummaries(Range range)
{
    if (range.inside.first().summary)
        range.before.clear();
    beginAtSummary(range.before);
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

/// A scratch database in the tool's session, which grows migration by migration.
class Replayer final
{
public:
    static Result<Replayer> make(const drivers::Target& server, project::Project project,
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

    drivers::Connection& connection() { return m_shadow.connection(); }

    Result<schema::Database> after(const Leg& leg)
    {
        return replaySql(leg.migrations, leg.direction).and_then([&] {
            return inspectWithoutLedger(m_shadow.connection(), m_project);
        });
    }

    Result<schema::Database> after(const QList<project::Migration>& migrations,
                                   catalog::Extent extent = catalog::Extent::Structure)
    {
        const auto replayed = project::runsCode(m_project)
                                  ? replayCode(m_shadow.connection(), m_project, migrations)
                                  : replaySql(migrations);
        return replayed.and_then(
            [&] { return inspectWithoutLedger(m_shadow.connection(), m_project, extent); });
    }

    /// New SQL, whose roles would be in no catalog and so in no file of the tool.
    Result<schema::Database> after(const QByteArray& text)
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

private:
    Result<> replaySql(const QList<project::Migration>& migrations,
                       project::Direction direction = project::Direction::Up)
    {
        for (const auto& migration : migrations) {
            if (m_stop && m_stop())
                return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
            if (auto done = replay(m_shadow.connection(), m_project, migration, direction); !done)
                return done;
        }
        return {};
    }

    Replayer(ShadowDatabase shadow, session::SessionRules rules, project::Project project,
             drivers::StopAsked stop)
        : m_shadow(std::move(shadow))
        , m_rules(std::move(rules))
        , m_project(std::move(project))
        , m_stop(std::move(stop))
    {}

    ShadowDatabase m_shadow;
    session::SessionRules m_rules;  ///< ends before the database that it belongs to
    project::Project m_project;
    drivers::StopAsked m_stop;
};

bool isUsed(const schema::Database& database, const QString& schema)
{
    const auto isInside = [&](const auto& object) { return object.schema == schema; };
    return std::ranges::any_of(database.tables, isInside) || std::ranges::any_of(database.views, isInside)
           || std::ranges::any_of(database.types, isInside)
           || std::ranges::any_of(database.sequences, isInside)
           || std::ranges::any_of(database.routines, isInside);
}

void removeUnused(schema::Database& database, const QString& schema)
{
    if (!schema.isEmpty() && schema != QLatin1String("public") && !isUsed(database, schema))
        database.schemas.removeAll(schema);
}

}  // namespace

Result<schema::Database> inspectWithoutParking(drivers::Connection& connection, catalog::Extent extent)
{
    return catalog::inspect(connection, extent).transform([](schema::Database database) {
        const bool any = database.tables.removeIf([](const schema::Table& table) {
            return ledger::isParking(table.schema, table.name);
        }) > 0;
        if (any)
            removeUnused(database, ledger::parkingSchema);
        return database;
    });
}

Result<schema::Database> inspectWithoutLedger(drivers::Connection& connection,
                                              const project::Project& project, catalog::Extent extent)
{
    const ledger::Table ledger = project::formatOf(project).ledger.table(
        project::forDatabase(project, connection.target()), connection.engine());
    return inspectWithoutParking(connection, extent).transform([&](schema::Database database) {
        database.tables.removeIf([&](const schema::Table& table) { return table.name == ledger.name; });
        const QString owned = ledger.name + u'.';
        database.sequences.removeIf(
            [&](const schema::Sequence& sequence) { return sequence.ownedBy.startsWith(owned); });
        removeUnused(database, ledger.schema);
        removeUnused(database, ledger::parkingSchema);
        return database;
    });
}

Result<schema::Database> stateAfter(const drivers::Target& server, const project::Project& project,
                                    QList<project::Migration> migrations,
                                    const drivers::StopAsked& stopRequested, catalog::Extent extent)
{
    beginAtSummary(migrations);
    auto replayer = Replayer::make(server, project::forDatabase(project, server), stopRequested);
    if (!replayer)
        return fail(replayer.error());
    return replayer->after(migrations, extent);
}

QList<project::Migration> sinceSummary(QList<project::Migration> migrations)
{
    beginAtSummary(migrations);
    return migrations;
}

Result<> eachState(const drivers::Target& server, const project::Project& project,
                   const QList<project::Migration>& migrations, const TakeState& take,
                   const drivers::StopAsked& stopRequested)
{
    auto replayer = Replayer::make(server, project, stopRequested);
    if (!replayer)
        return fail(replayer.error());
    QList<project::Migration> next;
    for (qsizetype step = 0; step <= migrations.size(); ++step) {
        const auto state = replayer->after(next);
        const auto taken = state ? take(replayer->connection(), *state) : Result<>(fail(state.error()));
        if (!taken)
            return taken;
        if (step < migrations.size())
            next = {migrations.at(step)};
    }
    return {};
}

QList<schema::Database> statesAfterEach(const drivers::Target& server, const project::Project& project,
                                        const QList<project::Migration>& migrations,
                                        const drivers::StopAsked& stopRequested)
{
    QList<schema::Database> states;
    (void)eachState(
        server, project::forEngine(project, server.engine), migrations,
        [&](drivers::Connection&, const schema::Database& state) {
            states.append(state);
            return Result<>();
        },
        stopRequested);
    return states;
}

Result<> walk(const drivers::Target& server, const project::Project& project, QList<Leg> legs,
              const std::function<Result<>(drivers::Connection&, const schema::Database&)>& look,
              const drivers::StopAsked& stopRequested)
{
    const project::Project known = project::forDatabase(project, server);
    if (project::runsCode(known))
        return fail(ErrorKind::Unsupported, Words::tr("The migrations of this project are programs."));
    if (!legs.isEmpty())
        beginAtSummary(legs.first().migrations);
    auto replayer = Replayer::make(server, known, stopRequested);
    if (!replayer)
        return fail(replayer.error());
    for (const Leg& leg : std::as_const(legs)) {
        const auto shown = replayer->after(leg).and_then(
            [&](const schema::Database& state) { return look(replayer->connection(), state); });
        if (!shown)
            return shown;
    }
    return {};
}

Result<project::SchemaChange> changeBehind(const drivers::Target& server, const project::Project& project,
                                           QList<project::Migration> migrations, const QByteArray& script,
                                           const drivers::StopAsked& stopRequested)
{
    beginAtSummary(migrations);
    auto replayer = Replayer::make(server, project::forDatabase(project, server), stopRequested);
    if (!replayer)
        return fail(replayer.error());
    auto before = replayer->after(migrations);
    if (!before)
        return fail(before.error());
    auto after = replayer->after(script);
    if (!after)
        return fail(after.error());
    return project::SchemaChange{.before = *std::move(before), .after = *std::move(after)};
}

Result<Preview> preview(drivers::Connection& live, const project::Project& project,
                        const QString& fromVersion, const QString& toVersion,
                        const std::function<bool()>& stopRequested)
{
    const project::Project known = project::forDatabase(project, live.target());
    const auto range = findRange(known, fromVersion, toVersion);
    if (!range)
        return fail(range.error());
    auto replayer = Replayer::make(live.target(), known, stopRequested);
    if (!replayer)
        return fail(replayer.error());
    auto before = replayer->after(range->before);
    if (!before)
        return fail(before.error());
    auto after = replayer->after(range->inside);
    if (!after)
        return fail(after.error());
    return Preview{.before = *std::move(before), .after = *std::move(after), .migrations = range->inside};
}

}  // namespace dewpoint::shadow
