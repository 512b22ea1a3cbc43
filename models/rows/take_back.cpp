// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/take_back.h"

#include "rows/query_builder.h"

#include <QHash>

#include <algorithm>
#include <optional>
#include <utility>

namespace dewpoint::rows {

namespace {

constexpr size_t keysPerQuery = 500;
constexpr qint64 longestCell = 1024 * 1024;

using Row = std::map<QString, Value>;

/// Where an updated row is found now; nothing where its key was left to the server.
std::optional<RowKey> keyAfter(const Relation& relation, const RowEdit& edit)
{
    RowKey key = edit.key;
    for (qsizetype i = 0; i < relation.keyColumns.size(); ++i) {
        const auto cell = edit.cells.find(relation.keyColumns[i]);
        if (cell == edit.cells.end())
            continue;
        const auto* value = std::get_if<Value>(&cell->second.after);
        if (!value)
            return {};
        key.values[static_cast<size_t>(i)] = *value;
    }
    return key;
}

Result<> readRows(drivers::Connection& connection, const Relation& relation, const std::vector<RowKey>& keys,
                  QHash<QByteArray, Row>& found)
{
    const QueryBuilder builder(relation, {});
    for (size_t from = 0; from < keys.size(); from += keysPerQuery) {
        const auto last =
            keys.begin() + static_cast<std::ptrdiff_t>(std::min(keys.size(), from + keysPerQuery));
        const Query query = builder.byKeys({keys.begin() + static_cast<std::ptrdiff_t>(from), last});
        const auto batch = connection.query(query.sql, query.parameters, {.maxCellBytes = longestCell});
        if (!batch)
            return fail(batch.error());
        for (int row = 0; row < batch->rowCount(); ++row) {
            Row values;
            std::vector<Value> cells;
            for (int column = 0; column < batch->columnCount(); ++column) {
                cells.push_back(batch->at(row, column));
                const bool whole = !batch->truncated.contains(qsizetype(row) * batch->columnCount() + column);
                if (column < relation.columns.size() && whole)
                    values.emplace(relation.columns[column].name, batch->at(row, column));
            }
            found.insert(encoded(builder.keyOf(cells)), values);
        }
    }
    return {};
}

/// A deleted row can be made again when all of it had been read.
std::optional<std::map<QString, EditValue>> rowAgain(const Relation& relation, const RowEdit& edit)
{
    std::map<QString, EditValue> values;
    for (const RelationColumn& column : relation.columns) {
        if (column.readOnly)
            continue;
        const auto value = edit.original.find(column.name);
        if (value == edit.original.end())
            return {};
        values.emplace(column.name, value->second);
    }
    return values;
}

bool putBack(StagedEdits& edits, const RowKey& key, const Row& now, const RowEdit& edit)
{
    for (const auto& [column, cell] : edit.cells) {
        if (!now.contains(column))
            return false;
        edits.setCell(key, now, column, cell.before);
    }
    return true;
}

}  // namespace

Result<TakeBack> takeBackOf(drivers::Connection& connection, const TableEdits& committed,
                            const CommitReport& report)
{
    const Relation& relation = committed.relation;
    TakeBack back;
    if (relation.keyKind == KeyKind::Ctid || relation.keyKind == KeyKind::None) {
        back.leftOut = committed.edits.counts().total();  // a row's place is another after every update
        return back;
    }
    std::vector<RowKey> keys;
    std::vector<std::pair<RowKey, const RowEdit*>> updates;
    std::vector<const RowEdit*> deletes;
    for (const auto& [bytes, edit] : committed.edits.rows()) {
        const auto key = edit.deleted ? std::nullopt : keyAfter(relation, edit);
        if (edit.deleted) {
            deletes.push_back(&edit);
        } else if (key) {
            updates.emplace_back(*key, &edit);
            keys.push_back(*key);
        } else {
            ++back.leftOut;
        }
    }
    for (const auto& [row, key] : report.inserted)
        keys.push_back(key);
    QHash<QByteArray, Row> now;
    if (auto read = readRows(connection, relation, keys, now); !read)
        return fail(read.error());
    back.edits.beginGroup();
    for (const auto& [key, edit] : updates) {
        const auto row = now.constFind(encoded(key));
        back.leftOut += row != now.cend() && putBack(back.edits, key, *row, *edit) ? 0 : 1;
    }
    for (const auto& [row, key] : report.inserted) {
        const auto values = now.constFind(encoded(key));
        if (values != now.cend())
            back.edits.deleteRow(key, *values);
        else
            ++back.leftOut;
    }
    for (const RowEdit* edit : deletes) {
        if (auto values = rowAgain(relation, *edit))
            back.edits.insertRow(*std::move(values));
        else
            ++back.leftOut;
    }
    back.edits.endGroup();
    return back;
}

}  // namespace dewpoint::rows
