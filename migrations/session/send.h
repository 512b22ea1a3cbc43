// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

#include <functional>

namespace dewpoint::session {

/// Piece after piece, from `first` on; after each, `sent` hears how many there are now. An error's
/// position counts in the whole text.
Result<> send(drivers::Connection& connection, const project::Script& script, int first = 0,
              const std::function<Result<>(int)>& sent = {});

}  // namespace dewpoint::session
