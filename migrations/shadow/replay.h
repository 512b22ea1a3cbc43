// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "drivers/connection.h"
#include "project/format.h"
#include "schema/database.h"

#include <functional>

namespace dewpoint::shadow {

/// The structure before and after a range of migrations, each without the tracking table.
struct Preview {
    schema::Database before;
    schema::Database after;
    QList<project::Migration> migrations;  ///< the range itself
};

/// Replays the project from nothing on a shadow database: everything before `fromVersion`, inspects,
/// then everything up to and including `toVersion`, inspects again. So it is right for any SQL, and the
/// live database is not touched. SQLite: in memory; PostgreSQL: a scratch database on live's server,
/// dropped afterwards. Migrations that are programs are run there by the project's own command, once the
/// user has agreed to that (Permission before). Blocking: for a lane.
Result<Preview> preview(drivers::Connection& live, const project::Project& project,
                        const QString& fromVersion, const QString& toVersion,
                        const std::function<bool()>& stopRequested = {});

/// What these migrations make of an empty database, in this order, without the tracking table.
Result<schema::Database> stateAfter(const drivers::Target& server, const project::Project& project,
                                    QList<project::Migration> migrations,
                                    const drivers::StopAsked& stopRequested = {},
                                    catalog::Extent extent = catalog::Extent::Structure);

/// From the newest one on that stands for all before it, as on a new database.
QList<project::Migration> sinceSummary(QList<project::Migration> migrations);

using TakeState = std::function<Result<>(drivers::Connection& shadow, const schema::Database& state)>;

/// Hands over the state of an empty database and then that after each of these migrations, with the scratch
/// database that is in it. The first error ends it, also one of `take`.
Result<> eachState(const drivers::Target& server, const project::Project& project,
                   const QList<project::Migration>& migrations, const TakeState& take,
                   const drivers::StopAsked& stopRequested = {});

/// All of these, as far as the migrations run.
QList<schema::Database> statesAfterEach(const drivers::Target& server, const project::Project& project,
                                        const QList<project::Migration>& migrations,
                                        const drivers::StopAsked& stopRequested = {});

/// One direction of some migrations, in the order in which they run.
struct Leg {
    QList<project::Migration> migrations;
    project::Direction direction = project::Direction::Up;
};

/// Runs them on one empty scratch database, without a tracking table, and shows it after each leg.
Result<> walk(const drivers::Target& server, const project::Project& project, QList<Leg> legs,
              const std::function<Result<>(drivers::Connection&, const schema::Database&)>& look,
              const drivers::StopAsked& stopRequested = {});

/// What a script that is no migration yet changes behind these.
Result<project::SchemaChange> changeBehind(const drivers::Target& server, const project::Project& project,
                                           QList<project::Migration> migrations, const QByteArray& script,
                                           const drivers::StopAsked& stopRequested = {});

/// A database as it is, without what Dewpoint itself keeps in it.
Result<schema::Database> inspectWithoutParking(drivers::Connection& connection,
                                               catalog::Extent extent = catalog::Extent::Structure);

/// And without the project's tracking table and what belongs to that alone.
Result<schema::Database> inspectWithoutLedger(drivers::Connection& connection,
                                              const project::Project& project,
                                              catalog::Extent extent = catalog::Extent::Structure);
/// The same of a schema from elsewhere.
schema::Database withoutLedger(schema::Database database, const project::Project& project,
                               const drivers::Target& server);

}  // namespace dewpoint::shadow
