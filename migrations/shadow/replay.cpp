// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replay.h"

#include "base/words.h"
#include "ledger/parked.h"
#include "project/code.h"
#include "project/for_database.h"
#include "shadow/replay_range.h"
#include "shadow/replayer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::shadow {

namespace {

bool isOf(const schema::OtherObject& object, const schema::ObjectId& id)
{
    return id.kind == schema::ObjectKind::Other && id.name == object.name && id.member == object.kind;
}

bool isThere(const schema::Database& database, const schema::ObjectId& id)
{
    using schema::ObjectKind;
    if (id.kind == ObjectKind::Sequence)
        return std::ranges::any_of(database.sequences, [&](const schema::Sequence& sequence) {
            return sequence.schema == id.schema && sequence.name == id.name;
        });
    const bool isOfRelation =
        id.kind != ObjectKind::Routine && id.kind != ObjectKind::Type && id.kind != ObjectKind::Other;
    return !isOfRelation || database.table(id.schema, id.name) || database.view(id.schema, id.name);
}

/// What is set on a table that was taken out, or watches over it, means nothing without it.
void removeOrphans(schema::Database& database)
{
    QList<schema::ObjectId> orphans;
    for (const schema::Dependency& dependency : std::as_const(database.dependencies)) {
        if (dependency.object.kind == schema::ObjectKind::Other && !isThere(database, dependency.on))
            orphans << dependency.object;
    }
    database.others.removeIf([&](const schema::OtherObject& object) {
        return std::ranges::any_of(orphans, [&](const schema::ObjectId& id) { return isOf(object, id); });
    });
}

bool isCommentOnSchema(const schema::OtherObject& object)
{
    return object.kind == QLatin1String("COMMENT ON SCHEMA");
}

bool isUsed(const schema::Database& database, const QString& schema)
{
    const auto isInside = [&](const auto& object) { return object.schema == schema; };
    return std::ranges::any_of(database.tables, isInside) || std::ranges::any_of(database.views, isInside)
           || std::ranges::any_of(database.types, isInside)
           || std::ranges::any_of(database.sequences, isInside)
           || std::ranges::any_of(database.routines, isInside)
           || std::ranges::any_of(database.others, [&](const schema::OtherObject& object) {
                  return isInside(object) && !isCommentOnSchema(object);
              });
}

void removeUnused(schema::Database& database, const QString& schema)
{
    if (schema.isEmpty() || schema == QLatin1String("public") || isUsed(database, schema))
        return;
    database.schemas.removeAll(schema);
    database.others.removeIf([&](const schema::OtherObject& object) {
        return isCommentOnSchema(object) && object.schema == schema;
    });
}

}  // namespace

Result<schema::Database> inspectWithoutParking(drivers::Connection& connection, catalog::Extent extent)
{
    return catalog::inspect(connection, extent).transform([](schema::Database database) {
        const bool any = database.tables.removeIf([](const schema::Table& table) {
            return ledger::isParking(table.schema, table.name);
        }) > 0;
        if (any) {
            removeOrphans(database);
            removeUnused(database, ledger::parkingSchema);
        }
        return database;
    });
}

Result<schema::Database> inspectWithoutLedger(drivers::Connection& connection,
                                              const project::Project& project, catalog::Extent extent)
{
    return inspectWithoutParking(connection, extent).transform([&](schema::Database database) {
        return withoutLedger(std::move(database), project, connection.target());
    });
}

schema::Database withoutLedger(schema::Database database, const project::Project& project,
                               const drivers::Target& server)
{
    const ledger::Table ledger =
        project::formatOf(project).ledger.table(project::forDatabase(project, server), server.engine);
    database.tables.removeIf([&](const schema::Table& table) { return table.name == ledger.name; });
    const QString owned = ledger.name + u'.';
    database.sequences.removeIf(
        [&](const schema::Sequence& sequence) { return sequence.ownedBy.startsWith(owned); });
    removeOrphans(database);
    removeUnused(database, ledger.schema);
    removeUnused(database, ledger::parkingSchema);
    return database;
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
