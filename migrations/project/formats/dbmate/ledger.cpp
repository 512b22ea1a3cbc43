// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/dbmate/dbmate.h"
#include "project/row_ledger.h"

namespace dewpoint::project::dbmate {

namespace {

using drivers::Connection;

/// "schema_migrations" or, on PostgreSQL, "schema.table".
ledger::Table table(const Project& project, Engine engine)
{
    const QString name = project.settings.value(keys::table, QStringLiteral("schema_migrations"));
    const qsizetype dot = engine == Engine::Postgres ? name.indexOf(u'.') : -1;
    return {.schema = dot < 0 ? QString() : name.first(dot), .name = name.sliced(dot + 1)};
}

QString tableSql(Engine engine, const Project& project)
{
    return quoted(table(project, engine));
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    return connection.query(QStringLiteral("select version from ") + tableSql(connection.engine(), project))
        .transform([](const RowBatch& batch) {
            QList<ledger::AppliedRow> rows;
            for (int row = 0; row < batch.rowCount(); ++row)
                rows.append({.version = displayText(batch.at(row, 0))});
            return rows;
        });
}

/// The schema, where the name has one, and the table.
RepairFormat::Statements createSql(Engine engine, const Project& project)
{
    const ledger::Table wanted = table(project, engine);
    QList<ledger::Statement> statements;
    if (!wanted.schema.isEmpty())
        statements << ledger::Statement{.sql = QStringLiteral("create schema if not exists ")
                                               + sql::quoted(wanted.schema)};
    const QString type =
        engine == Engine::Postgres ? QStringLiteral("varchar") : QStringLiteral("varchar(128)");
    statements << ledger::Statement{
        .sql = QStringLiteral("create table if not exists %1 (version %2 primary key)")
                   .arg(quoted(wanted), type)};
    return statements;
}

Result<> create(Connection& connection, const Project& project)
{
    return createSql(connection.engine(), project)
        .and_then([&](const QList<ledger::Statement>& statements) -> Result<> {
            if (auto made = send(connection, statements.first(statements.size() - 1)); !made)
                return made;
            return ledger::create(connection, table(project, connection.engine()),
                                  statements.last().sql.toUtf8());
        });
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    const QString sql =
        QStringLiteral("select count(*) from %1 where version = %2")
            .arg(tableSql(connection.engine(), project), ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {textValue(migration.version)}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

ledger::Statement row(Engine engine, const Project& project, const Migration& migration, Direction direction)
{
    const QString sql = direction == Direction::Up ? QStringLiteral("insert into %1 (version) values (%2)")
                                                   : QStringLiteral("delete from %1 where version = %2");
    return {.sql = sql.arg(tableSql(engine, project), ledger::parameter(engine, 1)),
            .parameters = {textValue(migration.version)}};
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
            .columns = {QStringLiteral("version")},
            .tableSetting = QLatin1StringView("DBMATE_MIGRATIONS_TABLE"),
            .repair = {.create = createSql, .mark = markRow<row>}};
}

}  // namespace dewpoint::project::dbmate
