// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/sqlite_values.h"

#include <sqlite3.h>

namespace dewpoint::drivers {

namespace {

QByteArray cut(const void* data, qint64 size, qint64 limit, qint64* fullSize)
{
    if (limit >= 0 && size > limit) {
        *fullSize = size;
        size = limit;
    }
    return {static_cast<const char*>(data), size};
}

}  // namespace

int bindSqlite(sqlite3_stmt* statement, int index, const Value& value)
{
    struct Bind {
        sqlite3_stmt* statement;
        int index;
        int operator()(const Null&) const { return sqlite3_bind_null(statement, index); }
        int operator()(qint64 number) const { return sqlite3_bind_int64(statement, index, number); }
        int operator()(double number) const { return sqlite3_bind_double(statement, index, number); }
        int operator()(const Text& text) const
        {
            return sqlite3_bind_text64(statement, index, text.utf8.constData(),
                                       static_cast<sqlite3_uint64>(text.utf8.size()), SQLITE_TRANSIENT,
                                       SQLITE_UTF8);
        }
        int operator()(const Blob& blob) const
        {
            // A null pointer would bind NULL instead of an empty blob.
            return blob.bytes.isEmpty() ? sqlite3_bind_zeroblob(statement, index, 0)
                                        : sqlite3_bind_blob64(statement, index, blob.bytes.constData(),
                                                              static_cast<sqlite3_uint64>(blob.bytes.size()),
                                                              SQLITE_TRANSIENT);
        }
    };
    return std::visit(Bind{statement, index}, value);
}

Value sqliteCell(sqlite3_stmt* statement, int column, qint64 limit, qint64* fullSize)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
        const void* data = sqlite3_column_text(statement, column);
        return Text{cut(data, sqlite3_column_bytes(statement, column), limit, fullSize)};
    }
    case SQLITE_BLOB: {
        const void* data = sqlite3_column_blob(statement, column);
        return Blob{cut(data, sqlite3_column_bytes(statement, column), limit, fullSize)};
    }
    default: return Null{};
    }
}

void readSqliteCell(sqlite3_stmt* statement, int column, Value& value)
{
    const auto* text = std::get_if<Text>(&value);
    if (!text || text->utf8.isNull() || sqlite3_column_type(statement, column) != SQLITE_TEXT) {
        qint64 fullSize = -1;
        value = sqliteCell(statement, column, -1, &fullSize);
        return;
    }
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    std::get<Text>(value).utf8.assign(QByteArrayView(data, sqlite3_column_bytes(statement, column)));
}

QList<ColumnInfo> sqliteColumns(sqlite3_stmt* statement)
{
    QList<ColumnInfo> columns;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        columns.append({.name = QString::fromUtf8(sqlite3_column_name(statement, i)),
                        .type = QString::fromUtf8(sqlite3_column_decltype(statement, i)),
                        .originSchema = QString::fromUtf8(sqlite3_column_database_name(statement, i)),
                        .originTable = QString::fromUtf8(sqlite3_column_table_name(statement, i)),
                        .originColumn = QString::fromUtf8(sqlite3_column_origin_name(statement, i))});
    }
    return columns;
}

}  // namespace dewpoint::drivers
