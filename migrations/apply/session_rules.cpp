// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/session_rules.h"

namespace dewpoint::apply {

Result<SessionRules> SessionRules::enter(drivers::Connection& connection)
{
    SessionRules rules(connection);
    const bool postgres = connection.engine() == Engine::Postgres;
    const QStringList names =
        postgres ? QStringList{QStringLiteral("TimeZone")}
                 : QStringList{QStringLiteral("foreign_keys"), QStringLiteral("legacy_alter_table")};
    for (const QString& name : names) {
        const auto value = connection.scalar(
            (postgres ? QStringLiteral("SELECT current_setting('%1')") : QStringLiteral("PRAGMA %1"))
                .arg(name));
        if (!value)
            return fail(value.error());
        rules.m_before.append({name, displayText(*value)});
    }
    if (!postgres)
        return rules;
    return connection.executeScript("SET TIME ZONE 'UTC'; SET CLIENT_ENCODING TO 'UTF8'").transform([&] {
        return std::move(rules);
    });
}

SessionRules::SessionRules(SessionRules&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)), m_before(std::move(other.m_before))
{}

SessionRules::~SessionRules()
{
    if (!m_connection || !m_connection->isOpen())
        return;
    const drivers::Sheltered cleanUp(*m_connection);
    for (const auto& [name, value] : m_before) {
        if (m_connection->engine() == Engine::Postgres) {
            (void)m_connection->query(QStringLiteral("SELECT set_config($1, $2, false)"),
                                      {textValue(name), textValue(value)});
        } else {
            (void)m_connection->query(QStringLiteral("PRAGMA %1 = %2").arg(name, value));
        }
    }
}

}  // namespace dewpoint::apply
