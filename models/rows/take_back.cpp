// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/take_back.h"

#include "rows/rows_by_key.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace dewpoint::rows {

namespace {

constexpr qint64 longestCell = 1024 * 1024;

using Rows = QHash<QByteArray, RowImage>;

Result<Rows> readRows(drivers::Connection& connection, const Relation& relation,
                      const std::vector<RowKey>& keys)
{
    Rows found;
    auto rows = rowsByKeys(connection, QueryBuilder(relation, {}), keys, longestCell);
    if (!rows)
        return fail(rows.error());
    for (size_t i = 0; i < keys.size(); ++i) {
        FoundRow& row = (*rows)[i];
        if (!row.isThere())
            continue;
        RowImage image;
        for (int column = 0; column < relation.columns.size(); ++column) {
            if (!row.isCut(column))
                image.emplace(relation.columns[column].name,
                              std::move(row.cells[static_cast<size_t>(column)]));
        }
        found[encoded(keys[i])] = std::move(image);
    }
    return found;
}

class Staging final
{
public:
    Staging(const Relation& relation, Rows now) : m_relation(relation), m_now(std::move(now)) {}

    TakeBack staged(const QList<RowChange>& changes)
    {
        m_back.edits.beginGroup();
        for (const RowChange& change : changes)
            stage(change);
        m_back.edits.endGroup();
        return std::move(m_back);
    }

private:
    void stage(const RowChange& change)
    {
        const auto now = m_now.constFind(encoded(change.key));
        const RowImage* row = now == m_now.cend() ? nullptr : &*now;
        if (change.before && change.after)
            putBack(change.key, *change.before, *change.after, changedColumns(change), row);
        else if (change.before)
            makeAgain(*change.before, row);
        else if (change.after)
            removeAgain(change.key, *change.after, row);
    }

    void removeAgain(const RowKey& key, const RowImage& after, const RowImage* now)
    {
        if (!now) {
            ++m_back.undone;
            return;
        }
        m_back.edits.deleteRow(key, after);
        if (differs(after, *now))
            m_back.changed += key;
    }

    // A deleted row can be made again when all of it is known.
    void makeAgain(const RowImage& before, const RowImage* now)
    {
        std::map<QString, EditValue> values;
        bool whole = now == nullptr;
        for (const RelationColumn& column : m_relation.columns) {
            if (!takesBack(column))
                continue;
            const auto value = before.find(column.name);
            if (value == before.end())
                whole = false;
            else
                values.emplace(column.name, value->second);
        }
        if (whole)
            m_back.edits.insertRow(std::move(values));
        else if (now && !differs(before, *now))
            ++m_back.undone;
        else
            ++m_back.leftOut;
    }

    void putBack(const RowKey& key, const RowImage& before, const RowImage& after, const QStringList& columns,
                 const RowImage* now)
    {
        if (!now || columns.isEmpty()) {
            ++m_back.leftOut;
            return;
        }
        bool staged = false;
        bool changed = false;
        for (const QString& name : columns) {
            const int index = m_relation.indexOf(name);
            const auto current = now->find(name);
            if (index < 0 || m_relation.columns[index].readOnly || current == now->end()
                || current->second == before.at(name))
                continue;
            m_back.edits.setCell(key, after, name, before.at(name));
            staged = true;
            changed = changed || current->second != after.at(name);
        }
        if (changed)
            m_back.changed += key;
        if (!staged)
            ++m_back.undone;
    }

    static bool differs(const RowImage& known, const RowImage& now)
    {
        return std::ranges::any_of(known, [&](const auto& cell) {
            const auto found = now.find(cell.first);
            return found != now.end() && found->second != cell.second;
        });
    }

    const Relation& m_relation;
    Rows m_now;
    TakeBack m_back;
};

}  // namespace

Result<TakeBack> takeBackOf(drivers::Connection& connection, const Relation& relation,
                            const TableChanges& committed)
{
    // A row's place is another after every update, and with another key the rows cannot be told apart.
    const bool sameKey = relation.keyKind == committed.keyKind && relation.keyColumns == committed.keyColumns;
    if (relation.keyKind == KeyKind::Ctid || relation.keyKind == KeyKind::None || !sameKey)
        return TakeBack{
            .edits = {}, .leftOut = committed.counts().total() + committed.unknown, .changed = {}};
    std::vector<RowKey> keys;
    for (const RowChange& change : committed.rows)
        keys.push_back(change.key);
    auto now = readRows(connection, relation, keys);
    if (!now)
        return fail(now.error());
    TakeBack back = Staging(relation, *std::move(now)).staged(committed.rows);
    back.leftOut += committed.unknown;
    return back;
}

}  // namespace dewpoint::rows
