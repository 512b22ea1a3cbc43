// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

#include <functional>

namespace dewpoint::session {

/// A statement of a script that ran.
struct Sent {
    QString text;
    int line = 1;        ///< where it begins in the script, 1-based
    int statements = 1;  ///< more than one where they had to go to the server in one call
    qint64 microseconds = 0;
    qint64 rows = -1;  ///< SQLite: changed, by triggers and cascades as well; -1 not told
};

using StatementWatch = std::function<void(const Sent&)>;

/// Piece after piece, from `first` on; after each, `sent` hears how many there are now. An error's
/// position counts in the whole text. Where somebody watches, each statement is a call of its own if it
/// means the same so: always on SQLite, inside a transaction on PostgreSQL.
Result<> send(drivers::Connection& connection, const project::Script& script, int first = 0,
              const std::function<Result<>(int)>& sent = {}, const StatementWatch& watch = {});

}  // namespace dewpoint::session
