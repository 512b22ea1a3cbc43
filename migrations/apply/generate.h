// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "command/run.h"
#include "project/format.h"

namespace dewpoint::apply {

using project::NewMigration;

/// Writes a new migration with the names and bytes of the project's tool, its side files included; where
/// migrations are programs, the project's own command does, which takes its time. Where a side file says
/// what the schema is, given SQL is tried on a scratch database: for PostgreSQL that needs a `server`.
Result<project::Migration> generate(const project::Project& project, NewMigration wanted,
                                    const command::Watch& watch = {},
                                    const std::optional<drivers::Target>& server = {});

/// Whether generate tries this on a scratch database, which takes its time.
bool replays(const project::Project& project, const NewMigration& wanted);

/// Whether generate wants a server for this.
bool wantsServer(const project::Project& project, const NewMigration& wanted);

}  // namespace dewpoint::apply
