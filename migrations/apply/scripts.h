// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/migration.h"
#include "schema/database.h"
#include "shadow/difference.h"

/// A new migration's scripts, from comparing schemas. Blocking: for a lane.
namespace dewpoint::apply {

/// A plan as the project's tool will run it; empty where there is nothing to do.
QByteArray migrationScript(const plan::Plan& plan, const project::Project& project);

struct Scripts {
    QList<plan::Question> open;  ///< not empty: there are no scripts until they are answered
    QByteArray up;               ///< empty: there is no difference
    QByteArray down;
};

/// What takes the end of the project's migrations to `goal`, and back; with privileges where `goal` has them.
Result<Scripts> scriptsTo(const schema::Database& goal, const drivers::Target& server,
                          const project::Project& project, const shadow::Answers& answers = {},
                          const drivers::StopAsked& stop = {});

/// The same between two schemas.
Result<Scripts> scriptsBetween(const schema::Database& from, const schema::Database& goal,
                               const drivers::Target& server, const project::Project& project,
                               const shadow::Answers& answers = {}, const drivers::StopAsked& stop = {});

/// A way back, worked out from what a script does to the schema.
struct WayBack {
    QList<plan::Question> open;  ///< not empty: there is no script until they are answered
    QByteArray script;           ///< empty: the schema stays as it is
    bool losesData = false;      ///< going back drops something that can hold rows or values
};

/// From `after` to `before`, proven on a scratch database of `server`.
Result<WayBack> wayBack(const schema::Database& before, const schema::Database& after,
                        const drivers::Target& server, const project::Project& project,
                        const shadow::Answers& answers = {}, const drivers::StopAsked& stop = {});

/// That of a script which is to become the project's next migration.
Result<WayBack> wayBackOf(const QByteArray& up, const drivers::Target& server,
                          const project::Project& project, const shadow::Answers& answers = {},
                          const drivers::StopAsked& stop = {});

/// Those that are there; none where the folder is not.
Result<QList<project::Migration>> migrationsThere(const project::Project& project);

}  // namespace dewpoint::apply
