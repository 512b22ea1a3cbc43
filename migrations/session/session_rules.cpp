// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "session/session_rules.h"

#include "session/advisory_lock.h"

namespace dewpoint::session {

namespace {

constexpr QLatin1StringView authorizationName("session_authorization");
constexpr QLatin1StringView roleName("role");

void set(drivers::Connection& connection, const QString& name, const QString& value)
{
    (void)connection.query(QStringLiteral("SELECT set_config($1, $2, false)"),
                           {textValue(name), textValue(value)});
}

}  // namespace

Result<PostgresSession> PostgresSession::of(drivers::Connection& connection)
{
    const auto batch = connection.query(QStringLiteral(
        "SELECT name, setting FROM pg_settings WHERE source = 'session' AND context IN ('user', 'superuser')"
        " UNION ALL SELECT 'session_authorization', session_user::text UNION ALL SELECT 'role', "
        "current_setting('role')"));
    if (!batch)
        return fail(batch.error());
    PostgresSession session;
    for (int row = 0; row < batch->rowCount(); ++row)
        session.settings.insert(displayText(batch->at(row, 0)), displayText(batch->at(row, 1)));
    session.authorization = session.settings.take(authorizationName);
    session.role = session.settings.take(roleName);
    return session;
}

Result<SessionRules> SessionRules::enter(drivers::Connection& connection, const project::Project& project)
{
    SessionRules rules(connection);
    const auto entered = connection.engine() == Engine::Postgres
                             ? rules.enterPostgres(project)
                             : rules.enterSqlite(project::formatOf(project).rules(project));
    if (!entered)
        return fail(entered.error());
    return rules;
}

Result<> SessionRules::remember(const QStringList& names)
{
    for (const QString& name : names) {
        const auto value = m_connection->scalar(QStringLiteral("PRAGMA ") + name);
        if (!value)
            return fail(value.error());
        m_before.append({name, displayText(*value)});
    }
    return {};
}

Result<> SessionRules::enterPostgres(const project::Project& project)
{
    const project::Format& format = project::formatOf(project);
    auto before = PostgresSession::of(*m_connection);
    if (!before)
        return fail(before.error());
    m_session = *std::move(before);
    if (const QByteArray sql = format.rules(project).sessionSql; !sql.isEmpty()) {
        if (auto sent = m_connection->executeScript(sql); !sent)
            return sent;
    }
    if (!format.ledger.lockKey)
        return {};
    const auto key = format.ledger.lockKey(*m_connection, project);
    if (!key)
        return fail(key.error());
    if (auto locked = takeAdvisoryLock(*m_connection, *key, LockedFor::Session); !locked)
        return locked;
    m_lock = *key;
    return {};
}

Result<> SessionRules::enterSqlite(const project::Rules& rules)
{
    if (auto remembered = remember({QStringLiteral("foreign_keys"), QStringLiteral("legacy_alter_table")});
        !remembered)
        return remembered;
    if (rules.strictQuotes) {
        m_quotedNamesAsText = m_connection->takesQuotedNamesAsText();
        m_connection->setQuotedNamesAsText(false);
    }
    if (!rules.foreignKeys)
        return {};
    return m_connection->query(QStringLiteral("PRAGMA foreign_keys = %1").arg(int(*rules.foreignKeys)))
        .transform([](const RowBatch&) {});
}

SessionRules::SessionRules(SessionRules&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
    , m_before(std::move(other.m_before))
    , m_session(std::move(other.m_session))
    , m_quotedNamesAsText(other.m_quotedNamesAsText)
    , m_lock(other.m_lock)
{}

SessionRules::~SessionRules()
{
    if (!m_connection || !m_connection->isOpen())
        return;
    const drivers::Sheltered cleanUp(*m_connection);
    if (m_lock)
        (void)m_connection->query(QStringLiteral("SELECT pg_advisory_unlock(%1)").arg(*m_lock));
    if (m_quotedNamesAsText)
        m_connection->setQuotedNamesAsText(*m_quotedNamesAsText);
    if (m_connection->engine() == Engine::Postgres)
        restorePostgres();
    for (const auto& [name, value] : m_before)
        (void)m_connection->query(QStringLiteral("PRAGMA %1 = %2").arg(name, value));
}

/// The roles first: another one may not be allowed to set the rest.
void SessionRules::restorePostgres()
{
    const auto now = PostgresSession::of(*m_connection);
    if (!now)
        return;
    if (now->authorization != m_session.authorization)
        set(*m_connection, authorizationName, m_session.authorization);
    if (now->role != m_session.role || now->authorization != m_session.authorization)
        set(*m_connection, roleName, m_session.role);
    for (auto name = now->settings.keyBegin(); name != now->settings.keyEnd(); ++name) {
        if (!m_session.settings.contains(*name))
            (void)m_connection->query(QStringLiteral("RESET ") + sql::quoted(*name));
    }
    for (const auto& [name, value] : std::as_const(m_session.settings).asKeyValueRange()) {
        if (!now->settings.contains(name) || now->settings.value(name) != value)
            set(*m_connection, name, value);
    }
}

}  // namespace dewpoint::session
