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

/// Rows that refer to rows which are to be deleted, and what the database does with them.
struct DependantCount {
    QString table;
    QStringList columns;
    QString onDelete;
    qint64 rows = 0;  ///< less than none: they could not be counted
    int depth = 0;    ///< 0: refers to the rows themselves
    bool operator==(const DependantCount&) const = default;
};

/// "3 rows of order_items (order_id) are deleted with it."
QString sentence(const DependantCount& count);

/// Those that have rows, in the order of the dependants.
Result<QList<DependantCount>> countDependants(drivers::Connection& connection, const Relation& relation,
                                              const QList<Dependant>& dependants,
                                              const std::vector<RowKey>& keys);

/// How many rows refer by the last step to the rows of the step before it, down to the keys; without keys,
/// down to all rows of the table.
Query dependantCount(const Relation& relation, const QList<const Dependant*>& path,
                     const std::vector<RowKey>& keys);

/// The referring rows themselves, all columns and the hidden key, at most `limit`.
Query dependantRows(const Relation& relation, const QList<const Dependant*>& path,
                    const std::vector<RowKey>& keys, qint64 limit);

}  // namespace dewpoint::rows
