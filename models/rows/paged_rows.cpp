// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/paged_rows.h"

#include "rows/rows_by_key.h"

#include <QHash>

#include <algorithm>
#include <iterator>
#include <utility>

namespace dewpoint::rows {

namespace {

// Reading from the end costs as many rows as lie between; further away an anchor or OFFSET is as good.
constexpr qint64 nearEnd = 4096;

void reverseRows(RowBatch& batch)
{
    const qsizetype columns = batch.columnCount();
    const qsizetype rows = batch.rowCount();
    for (qsizetype low = 0, high = rows - 1; low < high; ++low, --high)
        std::swap_ranges(batch.cells.begin() + low * columns, batch.cells.begin() + (low + 1) * columns,
                         batch.cells.begin() + high * columns);
    QHash<qsizetype, qint64> truncated;
    for (auto it = batch.truncated.cbegin(); it != batch.truncated.cend(); ++it)
        truncated.insert((rows - 1 - it.key() / columns) * columns + it.key() % columns, it.value());
    batch.truncated = truncated;
}

void dropLastColumn(RowBatch& batch)
{
    const int columns = batch.columnCount();
    std::vector<Value> cells;
    cells.reserve(batch.cells.size());
    for (size_t i = 0; i < batch.cells.size(); ++i) {
        if (static_cast<int>(i % static_cast<size_t>(columns)) != columns - 1)
            cells.push_back(std::move(batch.cells[i]));
    }
    QHash<qsizetype, qint64> truncated;
    for (auto it = batch.truncated.cbegin(); it != batch.truncated.cend(); ++it)
        truncated.insert(it.key() / columns * (columns - 1) + it.key() % columns, it.value());
    batch.cells = std::move(cells);
    batch.truncated = truncated;
    batch.columns.removeLast();
}

}  // namespace

std::vector<Value> PagedRows::rowOf(const RowBatch& batch, int row)
{
    const auto first = batch.cells.begin() + qsizetype{row} * batch.columnCount();
    return {first, first + batch.columnCount()};
}

PagedRows::PagedRows(Relation relation, ViewSpec spec) : m_builder(std::move(relation), std::move(spec)) {}

void PagedRows::know(const RowCount& total)
{
    if (!total.exact)
        return;
    noteExact(total.rows);
    m_told = true;
}

void PagedRows::noteExact(qint64 rows)
{
    m_told = false;
    m_total = {.rows = rows, .exact = true};
    m_endKnown = true;
}

// More rows than were guessed: then the guess says nothing about the end.
void PagedRows::noteSeen(qint64 rows)
{
    if ((m_total.exact && !m_told) || rows <= m_total.rows)
        return;
    m_told = false;
    m_total = {.rows = rows, .atLeast = true};
    m_endKnown = false;
}

Page PagedRows::finished(RowBatch batch, qint64 position, bool reversed) const
{
    if (reversed)
        reverseRows(batch);
    Page page{.position = position, .total = m_total};
    if (m_builder.isKeyed()) {
        for (int row = 0; row < batch.rowCount(); ++row)
            page.keys.push_back(m_builder.keyOf(rowOf(batch, row)));
    }
    if (m_builder.relation().hasHiddenKey())
        dropLastColumn(batch);
    page.rows = std::move(batch);
    return page;
}

Result<Page> PagedRows::page(drivers::Connection& connection, qint64 position, qint64 limit)
{
    if (m_keyList)
        return pageByKeys(connection, position, limit);
    if (m_dense && position < m_dense->count) {
        auto page = pageByNumber(connection, position, limit);
        if (!page)
            return fail(page.error());
        if (*page)
            return **std::move(page);
        m_dense.reset();
    }
    const qint64 fromStart = position - m_anchors.before(position).position;
    const qint64 fromEnd = m_total.rows - position;
    if (m_endKnown && m_builder.isKeyed() && fromEnd > 0 && fromEnd <= nearEnd && fromEnd < fromStart)
        return pageFromEnd(connection, position, limit);
    return pageFromAnchor(connection, position, limit);
}

RowKey PagedRows::numberAt(qint64 position) const
{
    const bool down = m_builder.order().first().descending;
    const qint64 key = down ? m_dense->first + m_dense->count - 1 - position : m_dense->first + position;
    return {{m_builder.relation().engine == Engine::Sqlite ? Value(key) : textValue(QString::number(key))}};
}

/// Nothing where other rows are there than were counted.
Result<std::optional<Page>> PagedRows::pageByNumber(drivers::Connection& connection, qint64 position,
                                                    qint64 limit)
{
    const RowKey from = numberAt(position);
    const Query query = m_builder.page(&from, 0, limit);
    auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = maxCellBytes});
    if (!batch)
        return fail(batch.error());
    const int rows = batch->rowCount();
    const bool asCounted = rows > 0 && rows == std::min(limit, m_dense->count - position)
                           && m_builder.keyOf(rowOf(*batch, 0)) == from
                           && m_builder.keyOf(rowOf(*batch, rows - 1)) == numberAt(position + rows - 1);
    return asCounted ? std::optional(finished(std::move(*batch), position, false)) : std::nullopt;
}

Result<Page> PagedRows::pageFromAnchor(drivers::Connection& connection, qint64 position, qint64 limit)
{
    const Anchors::Place place = m_anchors.before(position);
    const Query query = m_builder.page(place.key, position - place.position, limit);
    auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = maxCellBytes});
    if (!batch)
        return fail(batch.error());
    const int rows = batch->rowCount();
    if (rows < limit && (rows > 0 || position == place.position))
        noteExact(position + rows);
    else
        noteSeen(position + rows);
    if (rows > 0 && m_builder.isKeyed() && position - place.position >= m_anchors.step() / 2)
        m_anchors.add(position, m_builder.orderValues(rowOf(*batch, 0)));
    return finished(std::move(*batch), position, false);
}

Result<Page> PagedRows::pageFromEnd(drivers::Connection& connection, qint64 position, qint64 limit)
{
    const qint64 count = std::min(limit, m_total.rows - position);
    const Query query = m_builder.pageFromEnd(m_total.rows - position - count, count);
    auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = maxCellBytes});
    if (!batch)
        return fail(batch.error());
    Page page = finished(std::move(*batch), position, true);
    page.fromGuessedEnd = !m_total.exact || m_told;
    return page;
}

// Rows deleted since are left out.
Result<Page> PagedRows::pageByKeys(drivers::Connection& connection, qint64 position, qint64 limit)
{
    std::vector<RowKey> wanted = m_keyList->slice(position, limit);
    if (wanted.empty())
        return Page{.position = position, .total = m_total};
    // PostgreSQL's keys are texts in every row, also where the list keeps them as numbers.
    for (RowKey& key : wanted) {
        auto* number = std::get_if<qint64>(&key.values.front());
        if (number && m_builder.relation().engine == Engine::Postgres)
            key.values.front() = Text{QByteArray::number(*number)};
    }
    auto rows = rowsByKeys(connection, m_builder, wanted, maxCellBytes);
    if (!rows)
        return fail(rows.error());
    RowBatch ordered;
    for (const RelationColumn& column : m_builder.relation().columns)
        ordered.columns += {.name = column.name, .type = column.type};
    if (m_builder.relation().hasHiddenKey())
        ordered.columns += {.name = m_builder.relation().keyColumns.first(), .type = {}};
    for (FoundRow& row : *rows) {
        const auto target = std::ssize(ordered.cells);
        for (const auto& [column, size] : row.cut)
            ordered.truncated.insert(target + column, size);
        std::ranges::move(row.cells, std::back_inserter(ordered.cells));
    }
    return finished(std::move(ordered), position, false);
}

}  // namespace dewpoint::rows
