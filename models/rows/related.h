// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/declared.h"

#include <functional>
#include <optional>
#include <vector>

namespace dewpoint::rows {

/// From a row to others: what one of its foreign keys points to, or the rows that point to it.
struct Link {
    QString title;        ///< "users", "orders.customer_id"
    Relation relation;    ///< of the other rows, with all columns
    QStringList columns;  ///< of that relation; they have these values
    std::vector<Value> values;
    bool several = false;  ///< rows that point here
    bool operator==(const Link&) const = default;
};

using ValueOf = std::function<std::optional<Value>(const QString& column)>;

/// Where the column of a row points to: a way for each key that it is part of, best first. A key of which a
/// part is NULL leads nowhere.
QList<Link> linksOf(const Relation& relation, const QString& column, const ValueOf& valueOf,
                    const schema::Database& database, const RelationNotes& notes);

/// The rows that a way leads to, in the order of their key, at most so many; of long values the beginning.
Result<RowBatch> readLinked(drivers::Connection& connection, const Link& link, qint64 limit);

/// The ways in which other rows point to this one. A row with NULL in what they point to has none.
QList<Link> pointingAt(const Relation& relation, const ValueOf& valueOf, const schema::Database& database,
                       const RelationNotes& notes);
/// Whether there is any such way for the table: asks no more than names.
bool isPointedAt(const Relation& relation, const schema::Database& database, const RelationNotes& notes);

/// How many rows each of the ways leads to, -1 where that cannot be counted; fails where it was cancelled.
Result<QList<qint64>> countLinked(drivers::Connection& connection, const QList<Link>& links);

/// What makes a row the same wherever it is met: its table and key. Empty where it has none.
QString identityOf(const Relation& relation, const ValueOf& valueOf);

}  // namespace dewpoint::rows
