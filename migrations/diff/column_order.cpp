// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diff/column_order.h"

#include "diff/normalise.h"

#include <algorithm>

namespace dewpoint::diff {

using namespace schema;

namespace {

const Table* find(const Database& database, const change::Name& name)
{
    const auto found = std::ranges::find_if(database.tables, [&](const Table& table) {
        return key(table.schema, database.engine) == key(name.schema, database.engine)
               && key(table.name, database.engine) == key(name.name, database.engine);
    });
    return found == database.tables.end() ? nullptr : &*found;
}

QStringList columnKeys(const Table& table, Engine engine)
{
    QStringList keys;
    for (const Column& column : table.columns)
        keys << key(column.name, engine);
    return keys;
}

}  // namespace

QList<change::Change> columnOrders(const Database& from, const Database& to,
                                   const QList<change::Name>& tables)
{
    QList<change::Change> changes;
    for (const change::Name& name : tables) {
        const Table* before = find(from, name);
        const Table* after = find(to, name);
        if (!before || !after)
            continue;
        const QStringList wanted = columnKeys(*after, to.engine);
        QStringList natural = columnKeys(*before, to.engine);
        natural.removeIf([&](const QString& column) { return !wanted.contains(column); });
        for (const QString& column : wanted) {
            if (!natural.contains(column))
                natural << column;
        }
        if (natural != wanted)
            changes.append(change::AlterTable{.from = *before, .to = *after});
    }
    return changes;
}

}  // namespace dewpoint::diff
