// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/plain/plain.h"
#include "project/row_ledger.h"

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

RepairFormat::Statements createSql(Engine engine, const Project&)
{
    const bool postgres = engine == Engine::Postgres;
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
    return QList<ledger::Statement>{{.sql = sql, .parameters = {}}};
}

Result<> create(Connection& connection, const Project& project)
{
    return createSql(connection.engine(), project).and_then([&](const QList<ledger::Statement>& statements) {
        return ledger::create(connection, table(project, connection.engine()),
                              statements.first().sql.toUtf8());
    });
}

/// A count on SQLite; text on PostgreSQL, whose server reads the number itself.
Value versionValue(Engine engine, const Migration& migration)
{
    return engine == Engine::Sqlite ? Value(migration.version.toLongLong()) : textValue(migration.version);
}

Result<bool> contains(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE version = %2")
                            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {versionValue(connection.engine(), migration)})
        .transform([](const Value& count) { return displayText(count) != QLatin1String("0"); });
}

ledger::Statement row(Engine engine, const Project&, const Migration& migration, Direction direction)
{
    const QString first = ledger::parameter(engine, 1);
    if (direction == Direction::Down)
        return {.sql = QStringLiteral("DELETE FROM %1 WHERE version = %2").arg(tableName, first),
                .parameters = {versionValue(engine, migration)}};
    return {.sql = QStringLiteral("INSERT INTO %1 (version, name, checksum) VALUES (%2, %3, %4)")
                       .arg(tableName, first, ledger::parameter(engine, 2), ledger::parameter(engine, 3)),
            .parameters = {versionValue(engine, migration), textValue(migration.name),
                           textValue(migration.checksum)}};
}

RepairFormat::Statements accept(Engine engine, const Project&, const MigrationState& state)
{
    const Migration& migration = state.migration;
    return QList<ledger::Statement>{
        {.sql = QStringLiteral("UPDATE %1 SET name = %2, checksum = %3 WHERE version = %4")
                    .arg(tableName, ledger::parameter(engine, 1), ledger::parameter(engine, 2),
                         ledger::parameter(engine, 3)),
         .parameters = {textValue(migration.name), textValue(migration.checksum),
                        versionValue(engine, migration)}}};
}

}  // namespace

LedgerFormat ledgerFormat()
{
    return {.table = table,
            .rows = rows,
            .create = create,
            .contains = contains,
            .insert = insertRow<row>,
            .remove = removeRow<row>,
            .repair = {.create = createSql, .mark = markRow<row>, .accept = accept}};
}

}  // namespace dewpoint::project::plain
