// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/rows_by_key.h"

#include <QHash>

#include <algorithm>
#include <iterator>

namespace dewpoint::rows {

namespace {

constexpr size_t keysPerQuery = 500;

Result<std::vector<FoundRow>> oneByOne(drivers::Connection& connection, const QueryBuilder& builder,
                                       std::span<const RowKey> keys, qint64 maxCellBytes)
{
    QList<drivers::Parameters> parameters;
    parameters.reserve(std::ssize(keys));
    for (const RowKey& key : keys)
        parameters += key.values;
    auto outcomes = connection.queryEach(builder.byKeys({keys.front()}).sql, parameters, maxCellBytes);
    if (!outcomes)
        return fail(outcomes.error());
    std::vector<FoundRow> rows;
    rows.reserve(keys.size());
    for (drivers::Outcome& outcome : *outcomes)
        rows.push_back({std::move(outcome.cells), std::move(outcome.cut)});
    return rows;
}

// IN (keys) gives the rows in no order.
Result<> addTogether(drivers::Connection& connection, const QueryBuilder& builder,
                     std::span<const RowKey> keys, qint64 maxCellBytes, std::vector<FoundRow>& rows)
{
    const Query query = builder.byKeys({keys.begin(), keys.end()});
    auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = maxCellBytes});
    if (!batch)
        return fail(batch.error());
    QHash<QByteArray, FoundRow> found;
    for (int number = 0; number < batch->rowCount(); ++number) {
        FoundRow row = rowIn(*batch, number);
        const QByteArray place = encoded(builder.keyOf(row.cells));
        found[place] = std::move(row);
    }
    for (const RowKey& key : keys)
        rows.push_back(found.value(encoded(key)));
    return {};
}

}  // namespace

bool FoundRow::isCut(int column) const
{
    return std::ranges::contains(cut, column, &std::pair<int, qint64>::first);
}

FoundRow rowIn(RowBatch& batch, int row)
{
    const qsizetype columns = batch.columnCount();
    const auto first = std::make_move_iterator(batch.cells.begin() + row * columns);
    FoundRow found{.cells = {first, first + columns}, .cut = {}};
    for (int column = 0; !batch.truncated.isEmpty() && column < columns; ++column) {
        const auto cut = batch.truncated.constFind(row * columns + column);
        if (cut != batch.truncated.cend())
            found.cut.emplace_back(column, *cut);
    }
    return found;
}

Result<std::vector<FoundRow>> rowsByKeys(drivers::Connection& connection, const QueryBuilder& builder,
                                         std::span<const RowKey> keys, qint64 maxCellBytes)
{
    if (keys.empty())
        return std::vector<FoundRow>{};
    if (connection.engine() == Engine::Sqlite)
        return oneByOne(connection, builder, keys, maxCellBytes);
    std::vector<FoundRow> rows;
    rows.reserve(keys.size());
    for (size_t from = 0; from < keys.size(); from += keysPerQuery) {
        const auto some = keys.subspan(from, std::min(keysPerQuery, keys.size() - from));
        if (auto done = addTogether(connection, builder, some, maxCellBytes, rows); !done)
            return fail(done.error());
    }
    return rows;
}

}  // namespace dewpoint::rows
