// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/checksum.h"

#include "catalog/inspect.h"
#include "rehearse/table_digest.h"
#include "render/sql.h"

#include <QCryptographicHash>

namespace dewpoint::rehearse {

namespace {

constexpr qint64 largeTable = 1024LL * 1024 * 1024;
constexpr qsizetype shownDigits = 16;

Result<QByteArray> sizeOnly(drivers::Connection& connection, const schema::Table& table)
{
    return connection
        .scalar(QStringLiteral("SELECT pg_relation_filenode(%1::oid::regclass) || ' ' || "
                               "pg_relation_size(%1::oid::regclass)")
                    .arg(table.oid))
        .transform([](const Value& value) { return displayText(value).toUtf8(); });
}

bool isLarge(drivers::Connection& connection, const schema::Table& table)
{
    if (connection.engine() == Engine::Sqlite)
        return false;
    const auto size =
        connection.scalar(QStringLiteral("SELECT pg_relation_size(%1::oid::regclass)").arg(table.oid));
    return size && displayText(*size).toLongLong() > largeTable;
}

Result<QString> work(drivers::Connection& connection)
{
    const auto database = catalog::inspect(connection);
    if (!database)
        return fail(database.error());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(render::sql(*database).toUtf8());
    for (const schema::Table& table : database->tables) {
        if (!hasOwnRows(table))
            continue;
        hash.addData((table.schema + u'.' + table.name).toUtf8());
        if (isLarge(connection, table)) {
            const auto size = sizeOnly(connection, table);
            if (!size)
                return fail(size.error());
            hash.addData(*size);
            continue;
        }
        const auto digest = digestOf(connection, table);
        if (!digest)
            return fail(digest.error());
        hash.addData(QByteArray::number(digest->rows) + digest->sum);
    }
    return QString::fromLatin1(hash.result().toHex().first(shownDigits));
}

}  // namespace

Result<QString> checksumOf(drivers::Connection& connection)
{
    auto snapshot = drivers::Transaction::begin(
        connection, connection.engine() == Engine::Postgres
                        ? QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                        : QStringLiteral("BEGIN"));
    if (!snapshot)
        return fail(snapshot.error());
    auto sum = work(connection);
    (void)snapshot->rollback();
    return sum;
}

}  // namespace dewpoint::rehearse
