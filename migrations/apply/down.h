// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"
#include "shadow/difference.h"

/// Scripts of a project's migrations that come from comparing schemas.
namespace dewpoint::apply {

/// A plan as the project's tool will run it; empty where there is nothing to do.
QByteArray migrationScript(const plan::Plan& plan, const project::Project& project);

/// A migration's way back, worked out from what it does to the schema.
struct Down {
    QList<plan::Question> open;  ///< not empty: there is no script until they are answered
    QByteArray script;           ///< with a first line that says where it comes from
    bool losesData = false;      ///< going back drops something that can hold rows or values
};

/// Replays the project up to the migration and without it on shadow databases, and proves the way back on
/// another. What a migration did to rows is not in it. Blocking: for a lane.
Result<Down> workOutDown(drivers::Connection& live, const project::Project& project, const QString& version,
                         const shadow::Answers& answers = {}, const drivers::StopAsked& stop = {});

/// Writes it where the project's tool overlooks it, or keeps its own; the path. Refused where there is one
/// already, and for tools without such a place.
Result<QString> writeDown(const project::Project& project, const QString& version, const QByteArray& script);

}  // namespace dewpoint::apply
