// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/relation.h"
#include "rows/row_key.h"

#include <QHash>

#include <vector>

namespace dewpoint::rows {

/// A foreign key as a grid shows it: what it points to, and the column there that says what a row is.
struct Reference {
    QStringList columns;  ///< of the referencing table, in key order
    Relation target;      ///< the referenced columns as its key, and the label; no other columns
    QString label;        ///< a column of target; empty where nothing there reads like a name
    QString targetTitle;  ///< "users", for people
    bool operator==(const Reference&) const = default;
};

/// The table's relation with what only the whole catalog knows: enum labels, what is below domains, and
/// foreign keys whose target's schema and columns are spelled out.
Relation relationIn(const schema::Database& database, const schema::Table& table,
                    bool readOnlyConnection = false);
Relation relationIn(const schema::Database& database, const schema::View& view);

/// The relation's foreign keys whose target exists, in the relation's order.
QList<Reference> referencesOf(const Relation& relation, const schema::Database& database);

/// The column that says what a row is: called name, title …, or the first unique or plain text column.
QString labelColumnOf(const schema::Table& table, const schema::Database& database);

/// The key of labelsOf(): the same text whatever type either side keeps it in.
QByteArray labelKey(const std::vector<Value>& values);

struct Label {
    std::vector<Value> key;
    QString text;
};

/// The labels of the rows with these keys, by labelKey(): one query.
Result<QHash<QByteArray, QString>> labelsOf(drivers::Connection& connection, const Reference& reference,
                                            const std::vector<RowKey>& keys);

/// Rows of the referenced table whose key or label holds the text, at most `limit`.
Result<QList<Label>> findReferenced(drivers::Connection& connection, const Reference& reference,
                                    const QString& text, qint64 limit);

}  // namespace dewpoint::rows
