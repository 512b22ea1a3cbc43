// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::session {

enum class LockedFor { Session, Transaction };

/// PostgreSQL: takes the lock by which migration programs keep out of each other's way. Waits as long as
/// the session's lock_timeout says, else 15 seconds; a cancel ends it at once. Locked then says which
/// process holds it.
/// Asks again and again instead of waiting in one statement: that one's snapshot would hold up a CREATE
/// INDEX CONCURRENTLY of the very program that is waited for, for ever.
Result<> takeAdvisoryLock(drivers::Connection& connection, qint64 key, LockedFor what);

}  // namespace dewpoint::session
