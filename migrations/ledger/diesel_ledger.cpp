// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ledger/diesel_ledger.h"

#include <algorithm>

namespace dewpoint::ledger {

namespace {

constexpr QLatin1StringView tableName("__diesel_schema_migrations");
constexpr QLatin1StringView versionName("version");

}  // namespace

QString DieselLedger::name()
{
    return tableName;
}

QString DieselLedger::placeholder() const
{
    return m_connection.engine() == Engine::Postgres ? QStringLiteral("$1") : QStringLiteral("?");
}

/// Diesel quotes with back-ticks on SQLite; the same statements show in a trace of either program.
QString DieselLedger::quote(QLatin1StringView identifier) const
{
    const QChar mark = m_connection.engine() == Engine::Postgres ? u'"' : u'`';
    return mark + identifier + mark;
}

Result<bool> DieselLedger::exists()
{
    // to_regclass follows search_path, as the unqualified name in the tool's statements does.
    const QString sql =
        m_connection.engine() == Engine::Postgres
            ? QStringLiteral("SELECT to_regclass('__diesel_schema_migrations')::text")
            : QStringLiteral(
                  "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name = '%1' COLLATE NOCASE")
                  .arg(tableName);
    return m_connection.scalar(sql).transform([](const Value& value) { return !isNull(value); });
}

Result<QList<AppliedRow>> DieselLedger::rows()
{
    const auto there = exists();
    if (!there)
        return fail(there.error());
    if (!*there)
        return QList<AppliedRow>{};
    const auto batch =
        m_connection.query(QStringLiteral("SELECT version, run_on FROM %1").arg(quote(tableName)));
    if (!batch)
        return fail(batch.error());
    QList<AppliedRow> rows;
    for (int row = 0; row < batch->rowCount(); ++row)
        rows.append({.version = displayText(batch->at(row, 0)), .appliedAt = displayText(batch->at(row, 1))});
    // By bytes, not by the database's collation: the order must be the one of the files.
    std::ranges::sort(rows, {}, [](const AppliedRow& row) { return row.version.toUtf8(); });
    return rows;
}

Result<bool> DieselLedger::contains(const QString& version)
{
    const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE %2 = %3")
                            .arg(quote(tableName), quote(versionName), placeholder());
    return m_connection.scalar(sql, {textValue(version)}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

Result<> DieselLedger::create()
{
    auto created = m_connection.executeScript("CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (\n"
                                              "       version VARCHAR(50) PRIMARY KEY NOT NULL,\n"
                                              "       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP\n"
                                              ");\n");
    // PostgreSQL's IF NOT EXISTS does not see the table that another session is just creating, and
    // then fails on the catalog's unique index; what counts is that the table is there.
    if (!created && m_connection.engine() == Engine::Postgres && exists().value_or(false))
        return {};
    return created;
}

Result<> DieselLedger::insert(const QString& version)
{
    const QString sql = QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
                            .arg(quote(tableName), quote(versionName), placeholder());
    return m_connection.execute(sql, {textValue(version)}).transform([](qint64) {});
}

Result<> DieselLedger::remove(const QString& version)
{
    const QString sql = QStringLiteral("DELETE FROM %1 WHERE %2 = %3")
                            .arg(quote(tableName), quote(versionName), placeholder());
    return m_connection.execute(sql, {textValue(version)}).transform([](qint64) {});
}

}  // namespace dewpoint::ledger
