// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/refinery/refinery.h"
#include "project/row_ledger.h"

#include <QDateTime>

namespace dewpoint::project::refinery {

namespace {

using drivers::Connection;

constexpr QLatin1StringView tableName("refinery_schema_history");

ledger::Table table(const Project&, Engine)
{
    return {.schema = {}, .name = tableName};
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project&)
{
    return connection.query(QStringLiteral("SELECT version, name, applied_on, checksum FROM ") + tableName)
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

RepairFormat::Statements createSql(Engine, const Project& project)
{
    const QString type =
        project.settings.contains(keys::int8Versions) ? QStringLiteral("int8") : QStringLiteral("int4");
    const QString sql = QStringLiteral("CREATE TABLE IF NOT EXISTS %1(\n"
                                       "             version %2 PRIMARY KEY,\n"
                                       "             name VARCHAR(255),\n"
                                       "             applied_on VARCHAR(255),\n"
                                       "             checksum VARCHAR(255));")
                            .arg(tableName, type);
    return QList<ledger::Statement>{{.sql = sql, .parameters = {}}};
}

Result<> create(Connection& connection, const Project& project)
{
    return createSql(connection.engine(), project).and_then([&](const QList<ledger::Statement>& statements) {
        return ledger::create(connection, table(project, connection.engine()),
                              statements.first().sql.toUtf8());
    });
}

Result<bool> contains(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE version = %2")
                            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {Value(migration.version.toLongLong())}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

ledger::Statement row(Engine engine, const Project&, const Migration& migration, Direction direction)
{
    const QString first = ledger::parameter(engine, 1);
    if (direction == Direction::Down)
        return {.sql = QStringLiteral("DELETE FROM %1 WHERE version = %2").arg(tableName, first),
                .parameters = {Value(migration.version.toLongLong())}};
    return {.sql =
                QStringLiteral("INSERT INTO %1 (version, name, applied_on, checksum) VALUES (%2, %3, %4, %5)")
                    .arg(tableName, first, ledger::parameter(engine, 2), ledger::parameter(engine, 3),
                         ledger::parameter(engine, 4)),
            .parameters = {Value(migration.version.toLongLong()), textValue(migration.name),
                           textValue(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)),
                           textValue(migration.checksum)}};
}

RepairFormat::Statements mark(Engine engine, const Project& project, const MigrationState& state,
                              Direction direction)
{
    if (direction == Direction::Up && isRust(state.migration))
        return refuseRust(state.migration);
    return markRow<row>(engine, project, state, direction);
}

/// The tool compares the name as well.
RepairFormat::Statements accept(Engine engine, const Project&, const MigrationState& state)
{
    const Migration& migration = state.migration;
    return QList<ledger::Statement>{
        {.sql = QStringLiteral("UPDATE %1 SET name = %2, checksum = %3 WHERE version = %4")
                    .arg(tableName, ledger::parameter(engine, 1), ledger::parameter(engine, 2),
                         ledger::parameter(engine, 3)),
         .parameters = {textValue(migration.name), textValue(migration.checksum),
                        Value(migration.version.toLongLong())}}};
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
            .repair = {.create = createSql, .mark = mark, .accept = accept}};
}

}  // namespace dewpoint::project::refinery
