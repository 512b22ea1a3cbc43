// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/commit_images.h"

#include "rows/query_builder.h"

#include <QSet>

#include <algorithm>
#include <climits>
#include <numeric>
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

/// The order in which an image is filled fastest.
QList<int> columnsByName(const Relation& relation)
{
    QList<int> order(relation.columns.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](int column) { return relation.columns[column].name; });
    return order;
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

std::vector<std::vector<RowKey>> chunks(const std::vector<RowKey>& keys, size_t length)
{
    std::vector<std::vector<RowKey>> parts;
    for (size_t from = 0; from < keys.size(); from += length) {
        const auto first = keys.begin() + static_cast<std::ptrdiff_t>(from);
        parts.emplace_back(first, first + static_cast<std::ptrdiff_t>(std::min(length, keys.size() - from)));
    }
    return parts;
}

}  // namespace

/// Takes the values out of the row.
std::optional<RowImage> CommitImages::imageOf(const Relation& relation, FoundRow& row,
                                              const QList<int>& order)
{
    if (!row.isThere())
        return {};
    m_bytes += memoryOf(row.cells);
    RowImage image;
    image.reserve(row.cells.size());
    for (const int column : order) {
        if (!row.isCut(column))
            image.emplace(relation.columns[column].name, std::move(row.cells[static_cast<size_t>(column)]));
    }
    return image;
}

// False: there is more than is kept.
Result<bool> CommitImages::readRows(const Relation& relation, const Query& query, Images& images)
{
    auto batch = m_connection.query(query.sql, query.parameters, {.maxCellBytes = longestCell});
    if (!batch)
        return fail(batch.error());
    const QueryBuilder builder(relation, {});
    const QList<int> order = columnsByName(relation);
    for (int number = 0; number < batch->rowCount(); ++number) {
        if (m_bytes >= mostBytes || number >= mostDependants)
            return false;
        FoundRow row = rowIn(*batch, number);
        RowKey key = builder.keyOf(row.cells);
        const QByteArray place = encoded(key);
        images[place] = {std::move(key), *imageOf(relation, row, order)};  // insert() would copy it
    }
    return true;
}

Result<> CommitImages::readByKeys(const Relation& relation, const std::vector<RowKey>& keys, InOrder& images)
{
    const QueryBuilder builder(relation, {});
    const QList<int> order = columnsByName(relation);
    for (size_t from = 0; from < keys.size() && m_bytes < mostBytes; from += keysPerQuery) {
        const auto some = std::span(keys).subspan(from, std::min(keysPerQuery, keys.size() - from));
        auto rows = rowsByKeys(m_connection, builder, some, longestCell);
        if (!rows)
            return fail(rows.error());
        for (FoundRow& row : *rows)
            images.push_back(imageOf(relation, row, order));
    }
    return {};
}

/// As many as there are keys.
CommitImages::InOrder CommitImages::byKeys(const Relation& relation, const std::vector<RowKey>& keys)
{
    InOrder images;
    images.reserve(keys.size());
    if (!keys.empty() && !under([&] { return readByKeys(relation, keys, images); }))
        images.clear();
    images.resize(keys.size());
    return images;
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
        m_before += byKeys(table.relation, keys);
        readDependants(table);
    }
}

void CommitImages::addReferring(const QString& target, const QList<Dependant>& dependants)
{
    // Where a circle closes, nothing follows: what does is known from where the table was met first.
    if (!dependants.isEmpty() && !m_referring.contains(target))
        m_referring.insert(target, &dependants);
    for (const Dependant& dependant : dependants)
        addReferring(dependant.relation.quotedName(), dependant.next);
}

QList<const Dependant*> CommitImages::actingOn(const QString& target) const
{
    QList<const Dependant*> acting;
    const QList<Dependant>* referring = m_referring.value(target);
    for (qsizetype i = 0; referring && i < referring->size(); ++i) {
        const QString& action = referring->at(i).key.onDelete;
        if (action == u"CASCADE"_s || action.startsWith(u"SET "_s))
            acting += &referring->at(i);
    }
    return acting;
}

// Rows that go make others go, in circles, too: each row is followed once.
void CommitImages::readDependants(const TableEdits& table)
{
    m_referring.clear();
    addReferring(table.relation.quotedName(), table.dependants);
    m_left.emplace_back(&table.relation, deletedKeys(table));
    while (!m_left.empty()) {
        const auto [target, keys] = std::move(m_left.front());
        m_left.pop_front();
        for (const Dependant* dependant : actingOn(target->quotedName())) {
            for (const std::vector<RowKey>& some : chunks(keys, keysPerQuery))
                readReferring(*target, *dependant, some);
        }
    }
}

void CommitImages::readReferring(const Relation& target, const Dependant& dependant,
                                 const std::vector<RowKey>& keys)
{
    const KeyKind kind = dependant.relation.keyKind;
    const qsizetype bytes = m_bytes;
    Images found;
    bool whole = false;
    const bool read =
        kind != KeyKind::None && kind != KeyKind::Ctid && m_bytes < mostBytes && under([&] {
            const Query query = dependantRows(target, {&dependant}, keys, mostDependants + 1);
            return readRows(dependant.relation, query, found).transform([&](bool all) { whole = all; });
        });
    if (!read || !whole) {
        m_bytes = bytes;
        if (!read || keys.size() == 1) {
            QList<const Dependant*> path{&dependant};
            countReferring(target, path, keys);
            return;
        }
        for (const std::vector<RowKey>& half : chunks(keys, (keys.size() + 1) / 2))
            readReferring(target, dependant, half);
        return;
    }
    Dependants& known = knownOf(dependant.relation);
    std::vector<RowKey> fresh;
    for (auto row = found.cbegin(); row != found.cend(); ++row) {
        if (!known.before.contains(row.key()))
            fresh.push_back(row->first);
    }
    known.before.insert(found);
    if (dependant.cascades() && !fresh.empty())
        m_left.emplace_back(&dependant.relation, std::move(fresh));
}

// Rows of which nothing is kept, and those that go with them.
void CommitImages::countReferring(const Relation& target, QList<const Dependant*>& path,
                                  const std::vector<RowKey>& keys)
{
    const Dependant& dependant = *path.last();
    Dependants& known = knownOf(dependant.relation);
    qint64 rows = 0;
    const bool counted = under([&]() -> Result<> {
        const Query query = dependantCount(target, path, keys);
        return m_connection.scalar(query.sql, query.parameters).transform([&](const Value& count) {
            rows = displayText(count).toLongLong();
        });
    });
    known.missed += rows;
    if (!counted && !known.touched)
        known.touched = touchedSoFar(dependant.relation);
    if (!dependant.cascades() || (counted && rows == 0))
        return;
    for (const Dependant* next : actingOn(dependant.relation.quotedName())) {
        if (path.contains(next))
            continue;
        path += next;
        countReferring(target, path, keys);
        path.removeLast();
    }
}

// A cascade runs with the rights of the table's owner; who may not read its rows is told how many it were.
std::optional<qint64> CommitImages::touchedSoFar(const Relation& relation)
{
    std::optional<qint64> touched;
    if (m_connection.engine() == Engine::Postgres)
        (void)under([&] {
            return m_connection
                .scalar(u"SELECT pg_stat_get_xact_tuples_deleted(c.oid) + "
                        "pg_stat_get_xact_tuples_updated(c.oid) FROM pg_class c JOIN pg_namespace n "
                        "ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2"_s,
                        {textValue(relation.schema), textValue(relation.name)})
                .transform([&](const Value& count) { touched = displayText(count).toLongLong(); });
        });
    return touched;
}

CommitImages::Dependants& CommitImages::knownOf(const Relation& relation)
{
    Dependants& known = m_dependants[relation.quotedName()];
    known.relation = relation;
    return known;
}

TableChanges CommitImages::changesOf(int table, const QList<std::pair<RowRef, RowKey>>& inserted)
{
    const Relation& relation = m_tables[table].relation;
    const StagedEdits& edits = m_tables[table].edits;
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
    // A place (ctid) is another one after every update: such a row cannot be found again.
    const bool placed = relation.keyKind == KeyKind::Ctid;
    InOrder after = placed ? InOrder(keys.size()) : byKeys(relation, keys);
    changes.rows.reserve(std::ssize(keys));
    size_t next = 0;  // of the keys
    auto before = m_before[table].begin();
    for (const auto& [bytes, edit] : edits.rows()) {
        std::optional<RowImage>& was = *before++;
        const bool found = !edit.deleted && keyAfter(relation, edit);
        const size_t at = next;
        next += found ? 1 : 0;
        if (!was || (!edit.deleted && (!found || !after[at]))) {
            ++changes.unknown;
            continue;
        }
        RowChange& change = changes.rows.emplaceBack();
        change.key = found ? std::move(keys[at]) : edit.key;
        change.before = std::move(was);
        if (found)
            change.after = std::move(after[at]);
    }
    qsizetype known = 0;
    for (; next < keys.size(); ++next) {
        if (!after[next])
            continue;
        ++known;
        changes.rows += RowChange{.key = keys[next], .before = {}, .after = std::move(after[next])};
    }
    changes.unknown += static_cast<int>(edits.newRowIds().size() - known);
    return changes;
}

void CommitImages::addDependants(QList<TableChanges>& changes)
{
    for (const Dependants& dependants : std::as_const(m_dependants)) {
        auto known = std::ranges::find_if(
            changes, [&](const TableChanges& each) { return each.isOf(dependants.relation); });
        TableChanges touched = known == changes.end() ? emptyChanges(dependants.relation) : *known;
        addRows(dependants, touched);
        qint64 missed = dependants.missed;
        if (dependants.touched)
            missed += touchedSoFar(dependants.relation).value_or(0) - *dependants.touched;
        touched.unknown += static_cast<int>(std::clamp<qint64>(missed, 0, INT_MAX - touched.unknown));
        if (known != changes.end())
            *known = std::move(touched);
        else
            changes += std::move(touched);
    }
}

void CommitImages::addRows(const Dependants& dependants, TableChanges& touched)
{
    std::vector<RowKey> keys;
    for (const auto& [key, image] : dependants.before)
        keys.push_back(key);
    InOrder after;
    const bool read = keys.empty() || under([&] { return readByKeys(dependants.relation, keys, after); });
    // Where reading ended early, a row that was not read is not one that is gone.
    const bool all = read && m_bytes < mostBytes;
    after.resize(keys.size());
    auto next = after.begin();
    QSet<QByteArray> told;
    for (const RowChange& row : std::as_const(touched.rows))
        told.insert(encoded(row.key));
    for (auto row = dependants.before.cbegin(); row != dependants.before.cend(); ++row) {
        std::optional<RowImage>& now = *next++;
        if (now == row->second || told.contains(row.key()))
            continue;
        if (!now && !all) {
            ++touched.unknown;
            continue;
        }
        touched.rows +=
            RowChange{.key = row->first, .before = row->second, .after = std::move(now), .byDatabase = true};
    }
}

QList<TableChanges> CommitImages::readAfter(const QList<std::pair<RowRef, RowKey>>& inserted)
{
    QList<TableChanges> changes;
    m_bytes = 0;
    for (int table = 0; table < m_tables.size(); ++table)
        changes += changesOf(table, inserted);
    addDependants(changes);
    changes.removeIf([](const TableChanges& each) { return each.rows.isEmpty() && each.unknown == 0; });
    return changes;
}

}  // namespace dewpoint::rows
