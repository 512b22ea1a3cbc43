// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/scripts.h"

/// The missing down SQL of a migration that is there.
namespace dewpoint::apply {

/// Whether there is down SQL with a statement in it.
bool hasDown(const project::Project& project, const project::Migration& migration, Engine engine);

/// Whether there is a place for it and nothing in it: no file, or no statement in that.
bool lacksDown(const project::Project& project, const project::Migration& migration, Engine engine);

/// Replays the project up to the migration and without it on shadow databases, and proves the way back on
/// another; the script has a first line that says where it comes from. What a migration did to rows is not
/// in it. Blocking: for a lane.
Result<WayBack> workOutDown(drivers::Connection& live, const project::Project& project,
                            const QString& version, const shadow::Answers& answers = {},
                            const drivers::StopAsked& stop = {});

/// Writes it where the project's tool overlooks it, or keeps its own; the path. Behind the comments of a file
/// that holds no more than those. Refused where there are statements already, and for tools without such a
/// place.
Result<QString> writeDown(const project::Project& project, const QString& version, Engine engine,
                          const QByteArray& script);

}  // namespace dewpoint::apply
