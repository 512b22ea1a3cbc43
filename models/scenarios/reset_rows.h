// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "scenarios/scenario.h"
#include "transfer/progress.h"

namespace dewpoint::scenarios {

/// Makes all rows what they were, in one transaction: whatever was written since is gone. Refused where the
/// database is made of something else now. Triggers do not fire, and sequences go on where they did.
Result<> resetRows(drivers::Connection& connection, const Scenario& scenario, const QString& file,
                   transfer::Progress& progress);

}  // namespace dewpoint::scenarios
