// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/dbmate/dbmate.h"

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

QString tableSql(Connection& connection, const Project& project)
{
    return quoted(table(project, connection.engine()));
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    return connection.query(QStringLiteral("select version from ") + tableSql(connection, project))
        .transform([](const RowBatch& batch) {
            QList<ledger::AppliedRow> rows;
            for (int row = 0; row < batch.rowCount(); ++row)
                rows.append({.version = displayText(batch.at(row, 0))});
            return rows;
        });
}

Result<> create(Connection& connection, const Project& project)
{
    const bool postgres = connection.engine() == Engine::Postgres;
    const ledger::Table wanted = table(project, connection.engine());
    if (!wanted.schema.isEmpty()) {
        const QString schema = QStringLiteral("create schema if not exists ") + sql::quoted(wanted.schema);
        if (auto made = connection.executeScript(schema.toUtf8()); !made)
            return made;
    }
    const QString sql =
        QStringLiteral("create table if not exists %1 (version %2 primary key)")
            .arg(quoted(wanted), postgres ? QStringLiteral("varchar") : QStringLiteral("varchar(128)"));
    return ledger::create(connection, wanted, sql.toUtf8());
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    const QString sql = QStringLiteral("select count(*) from %1 where version = %2")
                            .arg(tableSql(connection, project), ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {textValue(migration.version)}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

Result<> insert(Connection& connection, const Project& project, const Migration& migration)
{
    const QString sql = QStringLiteral("insert into %1 (version) values (%2)")
                            .arg(tableSql(connection, project), ledger::parameter(connection.engine(), 1));
    return ledger::change(connection, sql, {textValue(migration.version)});
}

Result<> remove(Connection& connection, const Project& project, const Migration& migration)
{
    const QString sql = QStringLiteral("delete from %1 where version = %2")
                            .arg(tableSql(connection, project), ledger::parameter(connection.engine(), 1));
    return ledger::change(connection, sql, {textValue(migration.version)});
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

}  // namespace dewpoint::project::dbmate
