// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/query_builder.h"
#include "rows/relation.h"

namespace dewpoint::rows {

/// A foreign key seen from the table it points to.
struct Dependant {
    Relation relation;  ///< the table whose rows refer
    RelationForeignKey key;
    QList<Dependant> next;  ///< where deleting cascades: what refers to these rows in turn
    bool cascades() const;
    bool operator==(const Dependant&) const = default;
};

/// Every foreign key that points to the table, and behind those that cascade the next ones. A circle ends
/// where it closes; far down each key is followed once only, whatever the ways to it.
QList<Dependant> dependantsOf(const schema::Database& database, const schema::Table& table);

/// Every foreign key, one by one, by which rows may be reached from those of the table: by deleting them or
/// by changing what is referred to, over any number of tables.
QList<Dependant> referrersOf(const schema::Database& database, const schema::Table& table);

/// Rows that refer to rows which are to be deleted or get another key, and what the database does with them.
struct DependantCount {
    QString table;
    QStringList columns;  ///< that refer; none where several keys do the same
    QString action;       ///< "CASCADE", "SET NULL" …
    qint64 rows = 0;      ///< less than none: they could not be counted
    bool onUpdate = false;
    bool about = false;  ///< counted without telling apart what was counted elsewhere
    bool refuses() const
    {
        return action != QLatin1StringView("CASCADE") && !action.startsWith(QLatin1StringView("SET "));
    }
    bool operator==(const DependantCount&) const = default;
};

/// "3 rows of order_items (order_id) are deleted with it."
QString sentence(const DependantCount& count);

/// How many rows refer by the last step to the rows of the step before it, down to the keys; without keys,
/// down to all rows of the table.
Query dependantCount(const Relation& relation, const QList<const Dependant*>& path,
                     const std::vector<RowKey>& keys);

/// The referring rows themselves, all columns and the hidden key, at most `limit`.
Query dependantRows(const Relation& relation, const QList<const Dependant*>& path,
                    const std::vector<RowKey>& keys, qint64 limit);
/// Of the same rows the keys alone.
Query dependantKeys(const Relation& relation, const QList<const Dependant*>& path,
                    const std::vector<RowKey>& keys, qint64 limit);

}  // namespace dewpoint::rows
