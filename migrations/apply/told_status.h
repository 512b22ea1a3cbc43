// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"

namespace dewpoint::apply {

/// The state as the project's own status command tells it, one applied version a line. Without the
/// user's agreement nothing is run and every state is Unknown.
Result<Status> statusByCommand(drivers::Connection& connection, const project::Project& project,
                               const QList<project::Migration>& files);

}  // namespace dewpoint::apply
