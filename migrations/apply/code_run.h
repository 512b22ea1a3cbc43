// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/executor.h"

namespace dewpoint::apply {

/// The steps, run by the project's own command: as few calls as it takes. The command goes by its own
/// order, so a plan that it would not follow is refused before anything ran. After each call the ledger
/// is read again: what stands is told from it, whatever the exit code says.
Result<Report> runByCommand(drivers::Connection& connection, const Status& before, const QList<Step>& steps,
                            const Watch& watch);

}  // namespace dewpoint::apply
