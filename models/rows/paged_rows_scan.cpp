// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What is done between pages: where each row is, and how many there are.
#include "rows/paged_rows.h"

#include <QElapsedTimer>

#include <algorithm>
#include <charconv>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr qint64 sliceMilliseconds = 20;
constexpr qint64 sliceRows = 100 * Anchors::firstStep;
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

}  // namespace

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
    m_dense = *dense;
    const qint64 count = m_dense->count;
    const qint64 stride = std::max(Anchors::firstStep, count / mostAnchors);
    for (qint64 position = stride; position < count; position += stride)
        m_anchors.add(position, numberAt(position));
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
