// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/commit_images.h"

#include "rows/query_builder.h"

#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

constexpr size_t keysPerQuery = 500;
constexpr qint64 longestCell = 1024 * 1024;
constexpr qint64 mostDependants = 20'000;
constexpr qsizetype mostBytes = 64 * 1024 * 1024;

TableChanges emptyChanges(const Relation& relation)
{
    TableChanges changes{.schema = relation.schema, .name = relation.name, .keyKind = relation.keyKind};
    changes.keyColumns = relation.keyColumns;
    for (const RelationColumn& column : relation.columns)
        changes.columns += column.name;
    return changes;
}

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

std::vector<RowKey> deletedKeys(const TableEdits& table)
{
    std::vector<RowKey> keys;
    for (const auto& [bytes, edit] : table.edits.rows()) {
        if (edit.deleted)
            keys.push_back(edit.key);
    }
    return keys;
}

}  // namespace

Result<> CommitImages::readRows(const Relation& relation, const Query& query, Images& images)
{
    const auto batch = m_connection.query(query.sql, query.parameters, {.maxCellBytes = longestCell});
    if (!batch)
        return fail(batch.error());
    const QueryBuilder builder(relation, {});
    for (int row = 0; row < batch->rowCount() && m_bytes < mostBytes; ++row) {
        RowImage image;
        std::vector<Value> cells;
        for (int column = 0; column < batch->columnCount(); ++column) {
            cells.push_back(batch->at(row, column));
            const bool whole = !batch->truncated.contains(qsizetype(row) * batch->columnCount() + column);
            if (column < relation.columns.size() && whole)
                image.emplace(relation.columns[column].name, batch->at(row, column));
        }
        m_bytes += memoryOf(cells);
        const RowKey key = builder.keyOf(cells);
        images.insert(encoded(key), {key, std::move(image)});
    }
    return {};
}

Result<> CommitImages::readByKeys(const Relation& relation, const std::vector<RowKey>& keys, Images& images)
{
    const QueryBuilder builder(relation, {});
    for (size_t from = 0; from < keys.size() && m_bytes < mostBytes; from += keysPerQuery) {
        const auto first = keys.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = first + static_cast<std::ptrdiff_t>(std::min(keysPerQuery, keys.size() - from));
        if (auto read = readRows(relation, builder.byKeys({first, last}), images); !read)
            return read;
    }
    return {};
}

// A table that may be written but not read must not end the transaction that writes it.
bool CommitImages::under(const std::function<Result<>()>& work)
{
    if (!m_connection.execute(u"SAVEPOINT dewpoint_image"_s))
        return false;
    const bool done = work().has_value();
    if (!done)
        (void)m_connection.execute(u"ROLLBACK TO SAVEPOINT dewpoint_image"_s);
    (void)m_connection.execute(u"RELEASE SAVEPOINT dewpoint_image"_s);
    return done;
}

void CommitImages::readBefore()
{
    m_before.clear();
    m_dependants.clear();
    m_bytes = 0;
    for (const TableEdits& table : m_tables) {
        std::vector<RowKey> keys;
        for (const auto& [bytes, edit] : table.edits.rows())
            keys.push_back(edit.key);
        Images images;
        if (!keys.empty() && !under([&] { return readByKeys(table.relation, keys, images); }))
            images.clear();
        m_before += std::move(images);
        readDependants(table);
    }
}

void CommitImages::readDependants(const TableEdits& table)
{
    const std::vector<RowKey> keys = deletedKeys(table);
    QList<const Dependant*> path;
    for (size_t from = 0; from < keys.size(); from += keysPerQuery) {
        const auto first = keys.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = first + static_cast<std::ptrdiff_t>(std::min(keysPerQuery, keys.size() - from));
        readDependants(table.relation, table.dependants, {first, last}, path);
    }
}

void CommitImages::readDependants(const Relation& root, const QList<Dependant>& dependants,
                                  const std::vector<RowKey>& keys, QList<const Dependant*>& path)
{
    for (const Dependant& dependant : dependants) {
        const QString& action = dependant.key.onDelete;
        const bool acts = action == u"CASCADE"_s || action.startsWith(u"SET "_s);
        if (!acts || dependant.relation.keyKind == KeyKind::None
            || dependant.relation.keyKind == KeyKind::Ctid)
            continue;
        path += &dependant;
        Dependants& known = m_dependants[dependant.relation.quotedName()];
        known.relation = dependant.relation;
        const qsizetype before = known.before.size();
        const bool read = under([&] {
            return readRows(dependant.relation, dependantRows(root, path, keys, mostDependants),
                            known.before);
        });
        if (read && known.before.size() > before)
            readDependants(root, dependant.next, keys, path);
        path.removeLast();
    }
}

TableChanges CommitImages::changesOf(int table, const QList<std::pair<RowRef, RowKey>>& inserted)
{
    const Relation& relation = m_tables[table].relation;
    const StagedEdits& edits = m_tables[table].edits;
    const Images images = m_before.value(table);
    TableChanges changes = emptyChanges(relation);
    std::vector<RowKey> keys;
    for (const auto& [bytes, edit] : edits.rows()) {
        if (const auto key = edit.deleted ? std::nullopt : keyAfter(relation, edit))
            keys.push_back(*key);
    }
    for (const auto& [row, key] : inserted) {
        if (row.table == table)
            keys.push_back(key);
    }
    Images after;
    // A place (ctid) is another one after every update: such a row cannot be found again.
    const bool placed = relation.keyKind == KeyKind::Ctid;
    if (!keys.empty() && !placed && !under([&] { return readByKeys(relation, keys, after); }))
        after.clear();
    for (const auto& [bytes, edit] : edits.rows()) {
        const auto before = images.constFind(bytes);
        const auto key = edit.deleted ? std::optional(edit.key) : keyAfter(relation, edit);
        const auto now = key ? after.constFind(encoded(*key)) : after.cend();
        if (before == images.cend() || !key || (!edit.deleted && now == after.cend())) {
            ++changes.unknown;
            continue;
        }
        RowChange change{.key = *key, .before = before->second, .after = {}};
        if (!edit.deleted)
            change.after = now->second;
        changes.rows += std::move(change);
    }
    qsizetype known = 0;
    for (const auto& [row, key] : inserted) {
        const auto now = row.table == table ? after.constFind(encoded(key)) : after.cend();
        if (now == after.cend())
            continue;
        ++known;
        changes.rows += RowChange{.key = key, .before = {}, .after = now->second};
    }
    changes.unknown += static_cast<int>(edits.newRowIds().size() - known);
    return changes;
}

void CommitImages::addDependants(QList<TableChanges>& changes)
{
    for (const Dependants& dependants : std::as_const(m_dependants)) {
        std::vector<RowKey> keys;
        for (const auto& [key, image] : dependants.before)
            keys.push_back(key);
        Images after;
        if (keys.empty() || !under([&] { return readByKeys(dependants.relation, keys, after); }))
            continue;
        auto known = std::ranges::find_if(
            changes, [&](const TableChanges& each) { return each.isOf(dependants.relation); });
        TableChanges touched = known == changes.end() ? emptyChanges(dependants.relation) : *known;
        QSet<QByteArray> told;
        for (const RowChange& row : std::as_const(touched.rows))
            told.insert(encoded(row.key));
        for (auto row = dependants.before.cbegin(); row != dependants.before.cend(); ++row) {
            const auto now = after.constFind(row.key());
            const bool same = now != after.cend() && now->second == row->second;
            if (same || told.contains(row.key()))
                continue;
            RowChange change{.key = row->first, .before = row->second, .after = {}, .byDatabase = true};
            if (now != after.cend())
                change.after = now->second;
            touched.rows += std::move(change);
        }
        if (known != changes.end())
            *known = std::move(touched);
        else if (!touched.rows.isEmpty())
            changes += std::move(touched);
    }
}

QList<TableChanges> CommitImages::readAfter(const QList<std::pair<RowRef, RowKey>>& inserted)
{
    QList<TableChanges> changes;
    for (int table = 0; table < m_tables.size(); ++table)
        changes += changesOf(table, inserted);
    addDependants(changes);
    changes.removeIf([](const TableChanges& each) { return each.rows.isEmpty() && each.unknown == 0; });
    return changes;
}

}  // namespace dewpoint::rows
