// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

namespace dewpoint::shadow {

/// Whether a project's own command may be tried on a scratch database: the user has agreed to it, and it
/// surely goes to the database that it is given.
Result<> wantCodePreview(const project::Project& project);

/// The next migrations, run on the scratch database by the project's own command. What it did elsewhere
/// is not a preview: where the project has a ledger, it must have them afterwards.
Result<> replayCode(drivers::Connection& shadow, const project::Project& project,
                    const QList<project::Migration>& migrations);

}  // namespace dewpoint::shadow
