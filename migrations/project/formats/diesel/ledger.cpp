// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/diesel/diesel.h"
#include "project/row_ledger.h"

namespace dewpoint::project::diesel {

namespace {

using drivers::Connection;

constexpr QLatin1StringView tableName("__diesel_schema_migrations");
constexpr QLatin1StringView versionName("version");

/// Diesel quotes with back-ticks on SQLite; the same statements show in a trace of either program.
QString quote(Engine engine, QLatin1StringView identifier)
{
    const QChar mark = engine == Engine::Postgres ? u'"' : u'`';
    return mark + identifier + mark;
}

ledger::Table table(const Project&, Engine)
{
    return {.schema = {}, .name = tableName};
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project&)
{
    const auto batch = connection.query(
        QStringLiteral("SELECT version, run_on FROM %1").arg(quote(connection.engine(), tableName)));
    if (!batch)
        return fail(batch.error());
    QList<ledger::AppliedRow> rows;
    for (int row = 0; row < batch->rowCount(); ++row)
        rows.append({.version = displayText(batch->at(row, 0)), .appliedAt = displayText(batch->at(row, 1))});
    return rows;
}

Result<bool> contains(Connection& connection, const Project&, const Migration& migration)
{
    const Engine engine = connection.engine();
    const QString sql =
        QStringLiteral("SELECT count(*) FROM %1 WHERE %2 = %3")
            .arg(quote(engine, tableName), quote(engine, versionName), ledger::parameter(engine, 1));
    return connection.scalar(sql, {textValue(migration.version)}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

constexpr const char* tableText = "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (\n"
                                  "       version VARCHAR(50) PRIMARY KEY NOT NULL,\n"
                                  "       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP\n"
                                  ");\n";

Result<> create(Connection& connection, const Project& project)
{
    return ledger::create(connection, table(project, connection.engine()), tableText);
}

ledger::Statement row(Engine engine, const Project&, const Migration& migration, Direction direction)
{
    const QString sql = direction == Direction::Up ? QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
                                                   : QStringLiteral("DELETE FROM %1 WHERE %2 = %3");
    return {.sql =
                sql.arg(quote(engine, tableName), quote(engine, versionName), ledger::parameter(engine, 1)),
            .parameters = {textValue(migration.version)}};
}

RepairFormat::Statements createSql(Engine, const Project&)
{
    return QList<ledger::Statement>{{.sql = QString::fromLatin1(tableText), .parameters = {}}};
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
            .repair = {.create = createSql, .mark = markRow<row>}};
}

}  // namespace dewpoint::project::diesel
