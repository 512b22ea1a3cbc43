// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "ledger/table.h"

namespace dewpoint::ledger {

QString quoted(const Table& table)
{
    return sql::quoted(table.schema, table.name);
}

QString displayed(const Table& table)
{
    return table.schema.isEmpty() ? table.name : table.schema + u'.' + table.name;
}

Result<bool> exists(drivers::Connection& connection, const Table& table)
{
    // to_regclass follows search_path, as the unqualified name in the tool's statements does.
    const bool postgres = connection.engine() == Engine::Postgres;
    const QString sql =
        postgres
            ? QStringLiteral("SELECT to_regclass($1)::text")
            : QStringLiteral(
                  "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE");
    return connection.scalar(sql, {textValue(postgres ? quoted(table) : table.name)})
        .transform([](const Value& value) { return !isNull(value); });
}

Result<QStringList> columnsOf(drivers::Connection& connection, const Table& table)
{
    const bool postgres = connection.engine() == Engine::Postgres;
    const QString sql =
        postgres ? QStringLiteral("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1)"
                                  " AND attnum > 0 AND NOT attisdropped ORDER BY attnum")
                 : QStringLiteral("SELECT name FROM pragma_table_info(?)");
    return connection.query(sql, {textValue(postgres ? quoted(table) : table.name)})
        .transform([](const RowBatch& batch) {
            QStringList names;
            for (int row = 0; row < batch.rowCount(); ++row)
                names << displayText(batch.at(row, 0));
            return names;
        });
}

QString parameter(Engine engine, int number)
{
    return engine == Engine::Postgres ? QStringLiteral("$%1").arg(number) : QStringLiteral("?");
}

Result<> create(drivers::Connection& connection, const Table& table, const QByteArray& script)
{
    auto created = connection.executeScript(script);
    if (!created && exists(connection, table).value_or(false))
        return {};
    return created;
}

Result<> change(drivers::Connection& connection, const QString& sql, const QList<Value>& parameters)
{
    return connection.execute(sql, parameters).transform([](qint64) {});
}

}  // namespace dewpoint::ledger
