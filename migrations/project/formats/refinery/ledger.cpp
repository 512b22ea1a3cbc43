// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/refinery/refinery.h"

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

Result<> create(Connection& connection, const Project& project)
{
    const QString type =
        project.settings.contains(keys::int8Versions) ? QStringLiteral("int8") : QStringLiteral("int4");
    const QString sql = QStringLiteral("CREATE TABLE IF NOT EXISTS %1(\n"
                                       "             version %2 PRIMARY KEY,\n"
                                       "             name VARCHAR(255),\n"
                                       "             applied_on VARCHAR(255),\n"
                                       "             checksum VARCHAR(255));")
                            .arg(tableName, type);
    return ledger::create(connection, table(project, connection.engine()), sql.toUtf8());
}

Result<bool> contains(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE version = %2")
                            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {Value(migration.version.toLongLong())}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

Result<> insert(Connection& connection, const Project&, const Migration& migration)
{
    const Engine engine = connection.engine();
    const QString sql =
        QStringLiteral("INSERT INTO %1 (version, name, applied_on, checksum) VALUES (%2, %3, %4, %5)")
            .arg(tableName, ledger::parameter(engine, 1), ledger::parameter(engine, 2),
                 ledger::parameter(engine, 3), ledger::parameter(engine, 4));
    return ledger::change(connection, sql,
                          {Value(migration.version.toLongLong()), textValue(migration.name),
                           textValue(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)),
                           textValue(migration.checksum)});
}

Result<> remove(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql = QStringLiteral("DELETE FROM %1 WHERE version = %2")
                            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return ledger::change(connection, sql, {Value(migration.version.toLongLong())});
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

}  // namespace dewpoint::project::refinery
