// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/value_search.h"

#include "rows/paged_rows.h"
#include "rows/query_writer.h"
#include "rows/search_condition.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 sliceRows = 20'000;
constexpr qint64 typicalRow = 100;            ///< bytes
constexpr qint64 sliceBlocks = 4'096;         ///< 32 MiB
constexpr int firstWithTidRanges = 14'00'00;  ///< PostgreSQL 14 reads a range of ctid without the rest

QString tuple(const QStringList& parts)
{
    return parts.size() == 1 ? parts.first() : u'(' + parts.join(u", "_s) + u')';
}

// Any of the columns that can hold the needle; empty where none can.
QString anyCondition(QueryWriter& writer, const Needle& needle)
{
    QStringList conditions;
    for (const RelationColumn& column : writer.relation().columns)
        conditions += searchCondition(writer, column, needle);
    conditions.removeAll(QString());
    return conditions.join(u" OR "_s);
}

qint64 integerOf(const Value& value)
{
    return displayText(value).toLongLong();
}

}  // namespace

TableSearch::TableSearch(Relation relation, Needle needle, int mostRows)
    : m_builder(std::move(relation), {}), m_needle(std::move(needle)), m_left(mostRows)
{}

bool TableSearch::hasCondition() const
{
    QueryWriter writer(m_builder.relation());
    return !anyCondition(writer, m_needle).isEmpty();
}

Result<> TableSearch::begin(drivers::Connection& connection)
{
    m_begun = true;
    const Relation& relation = m_builder.relation();
    if (relation.engine == Engine::Sqlite) {
        m_way = m_builder.isKeyed() && m_builder.isOrderUniform() ? Way::Keys : Way::Whole;
        return {};
    }
    if (connection.serverVersionNumber() < firstWithTidRanges)
        return {};
    const auto size = connection.scalar(
        u"SELECT CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) / "
        "current_setting('block_size')::bigint END FROM pg_catalog.pg_class c WHERE c.oid = $1::regclass"_s,
        {textValue(relation.quotedName())});
    if (!size)
        return fail(size.error());
    if (isNull(*size))
        return {};
    m_way = Way::Blocks;
    m_blocks = integerOf(*size);
    return {};
}

Result<SearchSlice> TableSearch::next(drivers::Connection& connection)
{
    if (!hasCondition())
        return SearchSlice{.percent = 100, .done = true};
    if (!m_begun) {
        if (const auto begun = begin(connection); !begun)
            return fail(begun.error());
    }
    switch (m_way) {
    case Way::Keys: return nextKeys(connection);
    case Way::Blocks: return nextBlocks(connection);
    case Way::Whole: break;
    }
    auto slice = read(connection, {}, {});
    if (slice)
        slice->done = true;
    return slice;
}

Result<SearchSlice> TableSearch::nextKeys(drivers::Connection& connection)
{
    const Query boundary = m_builder.anchor(m_from.isEmpty() ? nullptr : &m_from, sliceRows);
    auto last = connection.query(boundary.sql, boundary.parameters);
    if (!last)
        return fail(last.error());
    QStringList columns;
    QStringList marks;
    for (const QString& column : m_builder.relation().keyColumns) {
        columns += m_builder.relation().columnRef(column);
        marks += u"?"_s;
    }
    QStringList within;
    QList<Value> bounds;
    const auto bound = [&](const QString& compare, const std::vector<Value>& key) {
        within += tuple(columns) + compare + tuple(marks);
        for (const Value& value : key)
            bounds += value;
    };
    if (!m_from.isEmpty())
        bound(u" >= "_s, m_from.values);
    const bool more = last->rowCount() > 0;
    if (more)
        bound(u" < "_s, last->cells);
    auto slice = read(connection, within.join(u" AND "_s), bounds);
    if (!slice)
        return slice;
    m_rows += sliceRows;
    const qint64 all = m_builder.relation().estimatedRows;
    slice->percent = all > 0 ? static_cast<int>(std::min<qint64>(99, m_rows * 100 / all)) : -1;
    slice->done = slice->done || !more;
    if (more)
        m_from.values = std::move(last->cells);
    return slice;
}

Result<SearchSlice> TableSearch::nextBlocks(drivers::Connection& connection)
{
    const qint64 end = m_block + sliceBlocks;
    // The last slice has no end: the table may have grown meanwhile.
    QString within = u"ctid >= '(%1,0)'::tid"_s.arg(m_block);
    if (end < m_blocks)
        within += u" AND ctid < '(%1,0)'::tid"_s.arg(end);
    auto slice = read(connection, within, {});
    if (!slice)
        return slice;
    m_block = end;
    slice->percent = m_blocks > 0 ? static_cast<int>(std::min<qint64>(100, m_block * 100 / m_blocks)) : 100;
    slice->done = slice->done || m_block >= m_blocks;
    return slice;
}

Result<SearchSlice> TableSearch::read(drivers::Connection& connection, const QString& within,
                                      const QList<Value>& bounds)
{
    const Relation& relation = m_builder.relation();
    QueryWriter writer(relation);
    QStringList selected;
    for (const QString& column : relation.keyColumns)
        selected += relation.columnRef(column);
    const auto keys = static_cast<int>(selected.size());
    QStringList searched;
    for (const RelationColumn& column : relation.columns) {
        const QString condition = searchCondition(writer, column, m_needle);
        if (condition.isEmpty())
            continue;
        searched += column.name;
        selected += u"CASE WHEN %1 THEN %2 END"_s.arg(condition, searchExcerpt(writer, column, m_needle));
    }
    QString where = u'(' + anyCondition(writer, m_needle) + u')';
    if (!within.isEmpty())
        where += u" AND "_s + within;
    writer.query.parameters += bounds;
    const QString sql = u"SELECT %1 FROM %2 WHERE %3 LIMIT %4"_s;
    const auto batch = connection.query(
        sql.arg(selected.join(u", "_s), relation.quotedName(), where, QString::number(m_left + 1)),
        writer.query.parameters);
    if (!batch)
        return fail(batch.error());
    SearchSlice slice;
    const int rows = std::min(batch->rowCount(), m_left);
    for (int row = 0; row < rows; ++row) {
        RowKey key;
        for (int column = 0; column < keys; ++column)
            key.values.push_back(batch->at(row, column));
        for (int i = 0; i < searched.size(); ++i) {
            if (const Value& excerpt = batch->at(row, keys + i); !isNull(excerpt))
                slice.cells += SearchHit{.column = searched[i], .excerpt = displayText(excerpt), .key = key};
        }
    }
    slice.more = batch->rowCount() > m_left;
    slice.done = slice.more;
    m_left -= rows;
    return slice;
}

QList<qint64> roughSizes(drivers::Connection& connection, const QList<Relation>& relations)
{
    QList<qint64> sizes;
    for (const Relation& relation : relations) {
        const bool unknown = relation.estimatedRows < 0;
        if (unknown && relation.engine == Engine::Postgres) {
            const auto bytes = connection.scalar(u"SELECT pg_relation_size($1::regclass)"_s,
                                                 {textValue(relation.quotedName())});
            sizes += bytes ? integerOf(*bytes) / typicalRow : 0;
        } else {
            sizes +=
                std::max<qint64>(0, PagedRows(relation, {}).estimate(connection).value_or(RowCount{}).rows);
        }
    }
    return sizes;
}

}  // namespace dewpoint::rows
