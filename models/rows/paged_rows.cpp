// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/paged_rows.h"

#include "rows/dense_keys.h"
#include "rows/rows_by_key.h"

#include <QElapsedTimer>
#include <QHash>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 sliceMilliseconds = 20;
constexpr qint64 sliceRows = 100 * Anchors::firstStep;
// Reading from the end costs as many rows as lie between; further away an anchor or OFFSET is as good.
constexpr qint64 nearEnd = 4096;
constexpr qint64 mostAnchors = 20'000;  // where they need not be found
constexpr int mostDenseTries = 3;       // a count that pages interrupt begins anew; a scan goes on

qint64 integerOf(const Value& value)
{
    if (const auto* number = std::get_if<qint64>(&value))
        return *number;
    qint64 number = 0;
    if (const auto* text = std::get_if<Text>(&value))
        std::from_chars(text->utf8.cbegin(), text->utf8.cend(), number);
    return number;
}

Error cancelled()
{
    return {.kind = ErrorKind::Cancelled, .message = u"Cancelled"_s};
}

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

std::vector<Value> rowOf(const RowBatch& batch, int row)
{
    const auto first = batch.cells.begin() + qsizetype{row} * batch.columnCount();
    return {first, first + batch.columnCount()};
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
    const qint64 fromStart = position - m_anchors.before(position).position;
    const qint64 fromEnd = m_total.rows - position;
    if (m_endKnown && m_builder.isKeyed() && fromEnd > 0 && fromEnd <= nearEnd && fromEnd < fromStart)
        return pageFromEnd(connection, position, limit);
    return pageFromAnchor(connection, position, limit);
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

Result<RowCount> PagedRows::estimate(drivers::Connection& connection)
{
    const Relation& relation = m_builder.relation();
    if (m_total.exact || m_builder.spec().isFiltered())
        return m_total;
    qint64 guess = relation.estimatedRows;
    // Rowids are rarely given up, so the highest one is a good bound that costs one seek.
    if (guess < 0 && relation.engine == Engine::Sqlite && m_builder.isKeyed()
        && relation.keyColumns.size() == 1) {
        const int column = relation.indexOf(relation.keyColumns.first());
        if (column < 0 || relation.columns[column].family == ColumnFamily::Integer) {
            const auto highest = connection.scalar(
                u"SELECT max(%1) FROM "_s.arg(relation.columnRef(relation.keyColumns.first()))
                + relation.quotedName());
            if (!highest)
                return fail(highest.error());
            guess = integerOf(*highest);
        }
    }
    if (guess >= m_total.rows) {
        m_total = {.rows = guess};
        m_endKnown = true;
    }
    return m_total;
}

Result<bool> PagedRows::advance(drivers::Connection& connection, const StopAsked& stop)
{
    if (m_scanned)
        return true;
    if (!m_builder.isKeyed())
        return m_total.exact ? Result<bool>(m_scanned = true) : countAll(connection);
    if (m_total.exact && !m_told && m_total.rows <= Anchors::firstStep && m_scanPosition == 0)
        return m_scanned = true;
    if (!m_builder.isOrderIndexed())
        return m_keyListTooLarge ? countAll(connection) : listKeys(connection, stop);
    if (m_denseTries < mostDenseTries)
        return placeDense(connection);
    if (m_builder.relation().engine == Engine::Sqlite)
        return scanByStep(connection, stop);
    // The server counts a filtered view with several processes; it walks a key with one.
    if (m_builder.spec().isFiltered() && !m_total.exact)
        return countExactly(connection).transform([] { return false; });
    return m_builder.isOrderUniform() ? scanByChain(connection) : scanBySlice(connection);
}

/// Anchors without a scan. False where they take one.
Result<bool> PagedRows::placeDense(drivers::Connection& connection)
{
    ++m_denseTries;
    const auto dense = denseKeys(connection, m_builder);
    if (!dense)
        return fail(dense.error());
    m_denseTries = mostDenseTries;
    if (!*dense)
        return false;
    const qint64 count = (*dense)->count;
    const qint64 last = (*dense)->first + count - 1;
    const qint64 stride = std::max(Anchors::firstStep, count / mostAnchors);
    const bool down = m_builder.order().first().descending;
    for (qint64 position = stride; position < count; position += stride) {
        const qint64 key = down ? last - position : (*dense)->first + position;
        m_anchors.add(
            position,
            {{m_builder.relation().engine == Engine::Sqlite ? Value(key) : textValue(QString::number(key))}});
    }
    noteExact(count);
    return m_scanned = true;
}

// SQLite: one seek and step rows per query; nothing crosses a process, so many small queries are cheap.
Result<bool> PagedRows::scanByStep(drivers::Connection& connection, const StopAsked& stop)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < sliceMilliseconds) {
        if (stop && stop())
            return fail(cancelled());
        const Anchors::Place place = m_anchors.before(m_scanPosition);
        const qint64 step = m_anchors.step();
        const Query query = m_builder.anchor(place.key, m_scanPosition - place.position + step);
        auto batch = connection.query(query.sql, query.parameters);
        if (!batch)
            return fail(batch.error());
        if (batch->rowCount() == 0)
            return countAll(connection);
        m_scanPosition += step;
        noteSeen(m_scanPosition + 1);
        m_anchors.add(m_scanPosition, {std::move(batch->cells)});
    }
    return false;
}

// PostgreSQL: many anchors per round trip.
Result<bool> PagedRows::scanByChain(drivers::Connection& connection)
{
    const Anchors::Place place = m_anchors.before(m_scanPosition);
    const qint64 step = m_anchors.step();
    const Query query = m_builder.anchorChain(place.key, sliceRows, step);
    const auto batch = connection.query(query.sql, query.parameters);
    if (!batch)
        return fail(batch.error());
    const qint64 start = place.position;
    const int rows = batch->rowCount();
    for (int row = 1; row < rows; ++row) {
        std::vector<Value> values = rowOf(*batch, row);
        m_scanPosition = start + integerOf(values.front());
        values.erase(values.begin());
        m_anchors.add(m_scanPosition, {std::move(values)});
    }
    noteSeen(m_scanPosition + 1);
    const bool whole = rows > 0 && integerOf(batch->at(rows - 1, 0)) >= sliceRows;
    return whole ? Result<bool>(false) : countAll(connection);
}

// The same for an order that no row value comparison follows.
Result<bool> PagedRows::scanBySlice(drivers::Connection& connection)
{
    const Anchors::Place place = m_anchors.before(m_scanPosition);
    const qint64 start = place.position;
    const Query query = m_builder.anchorSlice(place.key, sliceRows, m_anchors.step());
    const auto batch = connection.query(query.sql, query.parameters);
    if (!batch)
        return fail(batch.error());
    const int rows = batch->rowCount();
    const qint64 last = rows > 0 ? integerOf(batch->at(rows - 1, 0)) : -1;
    for (int row = 0; row < rows; ++row) {
        const qint64 number = integerOf(batch->at(row, 0));
        if (number == 0 || (number == last && last + 1 < sliceRows))
            continue;
        std::vector<Value> values = rowOf(*batch, row);
        values.erase(values.begin());
        m_anchors.add(start + number, {std::move(values)});
    }
    m_scanPosition = start + last;
    noteSeen(m_scanPosition + 1);
    if (last + 1 == sliceRows)
        return false;
    noteExact(start + last + 1);
    return m_scanned = true;
}

Result<bool> PagedRows::listKeys(drivers::Connection& connection, const StopAsked& stop)
{
    auto list = std::make_unique<KeyList>(keyListBytes);
    bool stopped = false;
    const Query query = m_builder.keys();
    const auto done = connection.stream(
        query.sql, query.parameters, [&](const QList<ColumnInfo>&, std::vector<Value>& row) {
            stopped = stop && stop();
            if (stopped)
                return false;
            // A bigint of PostgreSQL arrives as text; as a number it costs a tenth.
            if (row.size() == 1 && m_builder.relation().engine == Engine::Postgres) {
                const int column = m_builder.relation().indexOf(m_builder.relation().keyColumns.first());
                if (column >= 0 && m_builder.relation().columns[column].family == ColumnFamily::Integer)
                    row.front() = integerOf(row.front());
            }
            m_keyListTooLarge = !list->append(row);
            return !m_keyListTooLarge;
        });
    if (stopped)
        return fail(cancelled());
    if (!done)
        return fail(done.error());
    if (m_keyListTooLarge)
        return false;
    noteExact(list->size());
    m_keyList = std::move(list);
    return m_scanned = true;
}

Result<> PagedRows::countExactly(drivers::Connection& connection)
{
    const Query query = m_builder.count();
    return connection.scalar(query.sql, query.parameters).transform([this](const Value& count) {
        noteExact(integerOf(count));
    });
}

Result<bool> PagedRows::countAll(drivers::Connection& connection)
{
    // From the last anchor only its tail is left to count, when an anchor scan got here.
    if (m_scanPosition > 0 || (m_builder.isKeyed() && m_builder.isOrderIndexed())) {
        const Anchors::Place place = m_anchors.before(m_scanPosition);
        const Query query = m_builder.page(place.key, 0, 2 * m_anchors.step());
        qint64 tail = 0;
        const auto done = connection.stream(query.sql, query.parameters,
                                            [&](const QList<ColumnInfo>&, std::vector<Value>&) {
                                                ++tail;
                                                return true;
                                            });
        if (!done)
            return fail(done.error());
        noteExact(place.position + tail);
    } else {
        if (auto counted = countExactly(connection); !counted)
            return fail(counted.error());
    }
    return m_scanned = true;
}

}  // namespace dewpoint::rows
