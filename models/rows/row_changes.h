// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "rows/row_image.h"
#include "rows/row_key.h"

#include <QJsonObject>

#include <optional>

namespace dewpoint::rows {

/// One row before and after a commit.
struct RowChange {
    RowKey key;                      ///< the row's after the commit; that it had where it was deleted
    std::optional<RowImage> before;  ///< nothing: the row was made
    std::optional<RowImage> after;   ///< nothing: the row was deleted
    bool byDatabase = false;         ///< a foreign key's ON DELETE did it
    bool operator==(const RowChange&) const = default;
};

/// The columns of an update whose values differ, in no particular order.
QStringList changedColumns(const RowChange& change);

/// What a commit did to one table. A value of its own, because it outlives the table's columns.
struct TableChanges {
    struct Counts {
        int inserts = 0;
        int updates = 0;
        int deletes = 0;
        int total() const { return inserts + updates + deletes; }
        bool operator==(const Counts&) const = default;
    };

    QString schema;
    QString name;
    KeyKind keyKind = KeyKind::None;
    QStringList keyColumns;
    QStringList columns;  ///< in the table's order
    QList<RowChange> rows;
    int unknown = 0;    ///< changed rows of which no image could be kept
    QString takesBack;  ///< the commit that was taken back with it

    Counts counts() const;
    bool isOf(const Relation& relation) const { return relation.schema == schema && relation.name == name; }
    bool operator==(const TableChanges&) const = default;
};

QJsonObject toJson(const TableChanges& changes);
TableChanges tableChangesFrom(const QJsonObject& json);

}  // namespace dewpoint::rows
