// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/format.h"

#include <QMap>

namespace dewpoint::session {

/// PRAGMA foreign_keys does nothing inside a transaction (SQLite manual, foreignkeys.html), and then the
/// DROP TABLE of a rebuild deletes what refers to the table. So they are switched off around the
/// transaction, and before the commit it is checked that no reference broke.
class ForeignKeyGuard final
{
public:
    /// True for a script in a transaction that switches foreign keys off, as the manual's way to rebuild a
    /// table does, where the tool's rules want it to work.
    static bool isNeeded(const drivers::Connection& connection, const project::Rules& rules,
                         const project::Script& script);
    static Result<ForeignKeyGuard> enter(drivers::Connection& connection);
    ~ForeignKeyGuard();
    ForeignKeyGuard(ForeignKeyGuard&& other) noexcept;
    ForeignKeyGuard& operator=(ForeignKeyGuard&&) = delete;
    ForeignKeyGuard(const ForeignKeyGuard&) = delete;
    ForeignKeyGuard& operator=(const ForeignKeyGuard&) = delete;

    /// Inside the transaction, before COMMIT: an error where there are more violations than there were.
    Result<> check() const;

private:
    using Violations = QMap<QString, int>;  ///< "child → parent", how many

    explicit ForeignKeyGuard(drivers::Connection& connection) : m_connection(&connection) {}
    static Result<Violations> violations(drivers::Connection& connection);

    drivers::Connection* m_connection;
    bool m_wasOn = false;
    Violations m_before;
};

}  // namespace dewpoint::session
