// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

#include <QString>

#include <optional>

namespace dewpoint::apply {

/// A place in a script for people: 1-based line and column, and the statement there.
struct Place {
    int line = 0;
    int column = 0;
    QString statement;
};

/// From a 0-based offset in UTF-16 code units; columns count characters.
Place placeAt(const QString& script, qsizetype position, Engine engine);

using project::controlsTransaction;

/// PostgreSQL gives no position for what a row violates, so the script is run again, statement by
/// statement, until one fails the same way. For a transaction that the caller has begun and rolls back;
/// never for scripts that control transactions themselves.
std::optional<qsizetype> findFailingStatement(drivers::Connection& connection, const QString& script,
                                              const Error& error);

}  // namespace dewpoint::apply
