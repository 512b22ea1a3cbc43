// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/plain/plain.h"

namespace dewpoint::project::plain {

namespace {

using drivers::Connection;

constexpr QLatin1StringView tableName("dewpoint_migrations");

ledger::Table table(const Project&, Engine)
{
    return {.schema = {}, .name = tableName};
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project&)
{
    const QString applied = connection.engine() == Engine::Postgres
                                ? QStringLiteral("applied_at AT TIME ZONE 'UTC'")
                                : QStringLiteral("applied_at");
    return connection
        .query(QStringLiteral("SELECT version, name, %1, checksum FROM %2").arg(applied, tableName))
        .transform([](const RowBatch& batch) {
            QList<ledger::AppliedRow> rows;
            for (int row = 0; row < batch.rowCount(); ++row)
                rows.append({.version = displayText(batch.at(row, 0)),
                             .name = displayText(batch.at(row, 1)),
                             .appliedAt = displayText(batch.at(row, 2)),
                             .checksum = displayText(batch.at(row, 3))});
            return rows;
        });
}

Result<> create(Connection& connection, const Project& project)
{
    const bool postgres = connection.engine() == Engine::Postgres;
    const QString sql =
        QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (\n"
                       "    version %2 PRIMARY KEY,\n"
                       "    name text NOT NULL,\n"
                       "    checksum text NOT NULL,\n"
                       "    applied_at %3\n"
                       ")")
            .arg(tableName, postgres ? QStringLiteral("numeric(20)") : QStringLiteral("integer"),
                 postgres ? QStringLiteral("timestamptz NOT NULL DEFAULT now()")
                          : QStringLiteral("text NOT NULL DEFAULT CURRENT_TIMESTAMP"));
    return ledger::create(connection, table(project, connection.engine()), sql.toUtf8());
}

/// A count on SQLite; text on PostgreSQL, whose server reads the number itself.
Value versionValue(const Connection& connection, const Migration& migration)
{
    return connection.target().engine == Engine::Sqlite ? Value(migration.version.toLongLong())
                                                        : textValue(migration.version);
}

Result<bool> contains(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE version = %2")
                            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {versionValue(connection, migration)}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

Result<> insert(Connection& connection, const Project&, const Migration& migration)
{
    const Engine engine = connection.engine();
    const QString sql = QStringLiteral("INSERT INTO %1 (version, name, checksum) VALUES (%2, %3, %4)")
                            .arg(tableName, ledger::parameter(engine, 1), ledger::parameter(engine, 2),
                                 ledger::parameter(engine, 3));
    return ledger::change(
        connection, sql,
        {versionValue(connection, migration), textValue(migration.name), textValue(migration.checksum)});
}

Result<> remove(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql = QStringLiteral("DELETE FROM %1 WHERE version = %2")
                            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return ledger::change(connection, sql, {versionValue(connection, migration)});
}

}  // namespace

LedgerFormat ledgerFormat()
{
    return {.table = table,
            .rows = rows,
            .create = create,
            .contains = contains,
            .insert = insert,
            .remove = remove};
}

}  // namespace dewpoint::project::plain
