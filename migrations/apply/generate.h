// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "command/run.h"
#include "project/format.h"

namespace dewpoint::apply {

using project::NewMigration;

/// Writes a new migration with the names and bytes of the project's tool, its side files included; where
/// migrations are programs, the project's own command does, which takes its time.
Result<project::Migration> generate(const project::Project& project, const NewMigration& wanted,
                                    const command::Watch& watch = {});

}  // namespace dewpoint::apply
