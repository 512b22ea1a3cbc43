// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"

#include "catalog/postgres_catalog.h"
#include "catalog/sqlite_catalog.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace dewpoint::catalog {

namespace {

Result<schema::Database> read(drivers::Connection& connection, Extent extent)
{
    return connection.engine() == Engine::Sqlite ? inspectSqlite(connection)
                                                 : inspectPostgres(connection, extent);
}

}  // namespace

Result<schema::Database> inspect(drivers::Connection& connection, Extent extent)
{
    if (connection.inTransaction())
        return read(connection, extent);
    const QString begin = connection.engine() == Engine::Sqlite
                              ? u"BEGIN"_s
                              : u"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"_s;
    Result<drivers::Transaction> transaction = drivers::Transaction::begin(connection, begin);
    if (!transaction)
        return fail(transaction.error());
    Result<schema::Database> database = read(connection, extent);
    if (!database)
        return database;
    if (const Result<> ended = transaction->commit(); !ended)
        return fail(ended.error());
    return database;
}

}  // namespace dewpoint::catalog
