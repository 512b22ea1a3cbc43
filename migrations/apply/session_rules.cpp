// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/session_rules.h"

namespace dewpoint::apply {

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
    const bool postgres = m_connection->engine() == Engine::Postgres;
    for (const QString& name : names) {
        const auto value = m_connection->scalar(
            (postgres ? QStringLiteral("SELECT current_setting('%1')") : QStringLiteral("PRAGMA %1"))
                .arg(name));
        if (!value)
            return fail(value.error());
        m_before.append({name, displayText(*value)});
    }
    return {};
}

Result<> SessionRules::enterPostgres(const project::Project& project)
{
    const project::Format& format = project::formatOf(project);
    if (auto remembered = remember({QStringLiteral("TimeZone"), QStringLiteral("search_path")}); !remembered)
        return remembered;
    if (const QByteArray sql = format.rules(project).sessionSql; !sql.isEmpty()) {
        if (auto sent = m_connection->executeScript(sql); !sent)
            return sent;
    }
    if (!format.ledger.lockKey)
        return {};
    const auto key = format.ledger.lockKey(*m_connection, project);
    if (!key)
        return fail(key.error());
    auto locked = m_connection->query(QStringLiteral("SELECT pg_advisory_lock(%1)").arg(*key));
    if (!locked)
        return fail(locked.error());
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
