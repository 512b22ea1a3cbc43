// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "session/foreign_keys.h"

#include "base/words.h"
#include "sql/statements.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace dewpoint::session {

namespace {

bool switchesForeignKeysOff(const project::Script& script)
{
    static const QRegularExpression pragma(
        QStringLiteral(
            "^PRAGMA\\s+(?:\\w+\\s*\\.\\s*)?foreign_keys\\s*(?:=|\\()\\s*['\"]?(?:off|0|no|false)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    const QString text = QString::fromUtf8(script.text);
    return std::ranges::any_of(sql::split(text, Engine::Sqlite), [&](const sql::Statement& statement) {
        return pragma.match(text.mid(statement.start, statement.length)).hasMatch();
    });
}

}  // namespace

bool ForeignKeyGuard::isNeeded(const drivers::Connection& connection, const project::Rules& rules,
                               const project::Script& script)
{
    return connection.engine() == Engine::Sqlite
           && (rules.alwaysGuardsForeignKeys || switchesForeignKeysOff(script));
}

Result<ForeignKeyGuard> ForeignKeyGuard::enter(drivers::Connection& connection)
{
    ForeignKeyGuard guard(connection);
    const auto on = connection.scalar(QStringLiteral("PRAGMA foreign_keys"));
    if (!on)
        return fail(on.error());
    auto before = violations(connection);
    if (!before)
        return fail(before.error());
    guard.m_before = *std::move(before);
    guard.m_wasOn = displayText(*on) == QLatin1String("1");
    return connection.query(QStringLiteral("PRAGMA foreign_keys = 0")).transform([&](const RowBatch&) {
        return std::move(guard);
    });
}

Result<ForeignKeyGuard::Violations> ForeignKeyGuard::violations(drivers::Connection& connection)
{
    const auto batch = connection.query(QStringLiteral("PRAGMA foreign_key_check"));
    if (!batch)
        return fail(batch.error());
    Violations found;
    for (int row = 0; row < batch->rowCount(); ++row)
        ++found[displayText(batch->at(row, 0)) + QStringLiteral(" → ") + displayText(batch->at(row, 2))];
    return found;
}

Result<> ForeignKeyGuard::check() const
{
    const auto now = violations(*m_connection);
    if (!now)
        return fail(now.error());
    for (const auto& [reference, count] : now->asKeyValueRange()) {
        const int more = count - m_before.value(reference);
        if (more > 0)
            return fail(
                ErrorKind::ForeignKey,
                Words::tr("%1 rows would refer to nothing afterwards (%2).").arg(more).arg(reference));
    }
    return {};
}

ForeignKeyGuard::ForeignKeyGuard(ForeignKeyGuard&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
    , m_wasOn(other.m_wasOn)
    , m_before(std::move(other.m_before))
{}

ForeignKeyGuard::~ForeignKeyGuard()
{
    if (!m_connection || !m_wasOn || !m_connection->isOpen())
        return;
    const drivers::Sheltered cleanUp(*m_connection);
    (void)m_connection->query(QStringLiteral("PRAGMA foreign_keys = 1"));
}

}  // namespace dewpoint::session
