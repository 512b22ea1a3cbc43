// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drivers/connection.h"

#include <QList>

#include <utility>

namespace dewpoint::apply {

/// The session as the owning tool has it while migrations run, and as it was before when this dies: the
/// connection is shared with the rest of the program. PostgreSQL: UTC and UTF-8, as Diesel sets them on
/// connect. SQLite: switches that a script turned off and forgot are put back.
class SessionRules final
{
public:
    static Result<SessionRules> enter(drivers::Connection& connection);
    ~SessionRules();
    SessionRules(SessionRules&& other) noexcept;
    SessionRules& operator=(SessionRules&&) = delete;
    SessionRules(const SessionRules&) = delete;
    SessionRules& operator=(const SessionRules&) = delete;

private:
    explicit SessionRules(drivers::Connection& connection) : m_connection(&connection) {}

    drivers::Connection* m_connection;
    QList<std::pair<QString, QString>> m_before;  ///< setting, value
};

}  // namespace dewpoint::apply
