// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/format.h"

#include <QList>
#include <QMap>

#include <optional>
#include <utility>

namespace dewpoint::session {

/// What a PostgreSQL session has SET, where it differs from its start. Settings that an extension has
/// not declared are not listed by the server.
struct PostgresSession {
    QString authorization;
    QString role;
    QMap<QString, QString> settings;

    static Result<PostgresSession> of(drivers::Connection& connection);
};

/// The session as the owning tool has it while migrations run, and as it was before when this dies: the
/// connection is shared with the rest of the program. PostgreSQL: the tool's settings and its lock; what
/// a script SET and committed, roles included, is taken back. SQLite: the tool's foreign keys; switches
/// that a script turned off and forgot are put back.
class SessionRules final
{
public:
    static Result<SessionRules> enter(drivers::Connection& connection, const project::Project& project);
    ~SessionRules();
    SessionRules(SessionRules&& other) noexcept;
    SessionRules& operator=(SessionRules&&) = delete;
    SessionRules(const SessionRules&) = delete;
    SessionRules& operator=(const SessionRules&) = delete;

private:
    explicit SessionRules(drivers::Connection& connection) : m_connection(&connection) {}
    Result<> remember(const QStringList& names);
    void restorePostgres();
    Result<> enterPostgres(const project::Project& project);
    Result<> enterSqlite(const project::Rules& rules);

    drivers::Connection* m_connection;
    QList<std::pair<QString, QString>> m_before;  ///< switch of SQLite, value
    PostgresSession m_session;
    std::optional<bool> m_quotedNamesAsText;
    std::optional<qint64> m_lock;
};

}  // namespace dewpoint::session
