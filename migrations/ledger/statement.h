// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

#include <QList>

namespace dewpoint::ledger {

/// A change of a tracking table as a value, so that it can be shown before it is sent, and is then sent
/// as it was shown.
struct Statement {
    QString sql;
    QList<Value> parameters;

    bool operator==(const Statement&) const = default;
};

/// The statement with its values in their places, ended by a semicolon.
QString displayed(const Statement& statement, Engine engine);

/// All of them, one below the other.
QString displayed(const QList<Statement>& statements, Engine engine);

Result<> send(drivers::Connection& connection, const Statement& statement);

/// In order, up to the first that fails.
Result<> send(drivers::Connection& connection, const QList<Statement>& statements);

}  // namespace dewpoint::ledger
