// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::rehearse {

enum class Owners { Kept, Forgotten };  ///< another server may not know the roles

/// PostgreSQL: everything in `live`, by pg_dump and pg_restore, into an empty database.
Result<> dumpInto(drivers::Connection& live, const drivers::Target& copy, Owners owners,
                  const drivers::StopAsked& stop);

}  // namespace dewpoint::rehearse
