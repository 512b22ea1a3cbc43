// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

namespace dewpoint::session {

/// Piece after piece; an error's position counts in the whole text.
Result<> send(drivers::Connection& connection, const project::Script& script);

}  // namespace dewpoint::session
