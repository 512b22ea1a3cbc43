// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/table_digest.h"

#include <cstring>

namespace dewpoint::rehearse {

void RowHash::add(const Value& value)
{
    const auto kind = static_cast<char>('0' + value.index());
    const auto bytes = [&](QByteArrayView data) {
        const qint64 size = data.size();
        m_hash.addData(QByteArrayView(reinterpret_cast<const char*>(&size), sizeof size));
        m_hash.addData(data);
    };
    m_hash.addData(QByteArrayView(&kind, 1));
    if (const auto* number = std::get_if<qint64>(&value))
        m_hash.addData(QByteArrayView(reinterpret_cast<const char*>(number), sizeof *number));
    else if (const auto* real = std::get_if<double>(&value))
        m_hash.addData(QByteArrayView(reinterpret_cast<const char*>(real), sizeof *real));
    else if (const auto* text = std::get_if<Text>(&value))
        bytes(text->utf8);
    else if (const auto* blob = std::get_if<Blob>(&value))
        bytes(blob->bytes);
}

Digest RowHash::result() const
{
    Digest result{};
    std::memcpy(result.data(), m_hash.resultView().data(), sizeof result);
    return result;
}

bool hasOwnRows(const schema::Table& table)
{
    return table.partitionBound.isEmpty()
           && (table.kind == schema::TableKind::Table || table.kind == schema::TableKind::Partitioned);
}

QString source(const schema::Table& table, Engine engine)
{
    const bool only = engine == Engine::Postgres && table.kind != schema::TableKind::Partitioned;
    return (only ? QStringLiteral("ONLY ") : QString()) + sql::quoted(table.schema, table.name);
}

QStringList columnNames(const schema::Table& table)
{
    QStringList names;
    for (const schema::Column& column : table.columns) {
        if (!column.hidden)
            names << column.name;
    }
    return names;
}

QString quotedList(const QStringList& columns)
{
    QStringList quoted;
    for (const QString& column : columns)
        quoted << sql::quoted(column);
    return quoted.join(QStringLiteral(", "));
}

Result<TableDigest> digestOf(drivers::Connection& connection, const schema::Table& table)
{
    QStringList columns = columnNames(table);
    columns.sort();
    const QString from = source(table, connection.engine());
    if (connection.engine() == Engine::Postgres) {
        const QString row = QStringLiteral("ROW(%1)::text").arg(quotedList(columns));
        const auto batch = connection.query(
            QStringLiteral("SELECT count(*), sum(hashtextextended(r, 0)::numeric), "
                           "sum(hashtextextended(r, 4711)::numeric) FROM (SELECT %1 AS r FROM %2) q")
                .arg(row, from));
        if (!batch)
            return fail(batch.error());
        return TableDigest{.rows = displayText(batch->at(0, 0)).toLongLong(),
                           .sum =
                               (displayText(batch->at(0, 1)) + u' ' + displayText(batch->at(0, 2))).toUtf8()};
    }
    TableDigest total;
    Digest sum{};
    const auto read =
        connection.stream(QStringLiteral("SELECT %1 FROM %2")
                              .arg(columns.isEmpty() ? QStringLiteral("1") : quotedList(columns), from),
                          {}, [&](const auto&, std::vector<Value>& row) {
                              RowHash hash;
                              for (const Value& value : row)
                                  hash.add(value);
                              const Digest one = hash.result();
                              sum[0] += one[0];
                              sum[1] += one[1];
                              ++total.rows;
                              return true;
                          });
    if (!read)
        return fail(read.error());
    total.sum = QByteArray(reinterpret_cast<const char*>(sum.data()), sizeof sum);
    return total;
}

}  // namespace dewpoint::rehearse
