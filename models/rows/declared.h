// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "rows/reference.h"

#include <QJsonObject>

namespace dewpoint::rows {

/// A relation that the database does not know of: a person declared it here.
struct DeclaredRelation {
    QString schema;
    QString table;
    RelationForeignKey key;
    bool operator==(const DeclaredRelation&) const = default;
};

/// What a person said of a database's relations, kept beside it: relations that are not declared in it,
/// and columns that say what a row is, by "schema.table".
struct RelationNotes {
    QList<DeclaredRelation> relations;
    QHash<QString, QString> labels;
    bool operator==(const RelationNotes&) const = default;
};

QJsonObject toJson(const RelationNotes& notes);
RelationNotes relationNotesFrom(const QJsonObject& json);

/// The table's relation with the declared ones behind the database's own; each is there once.
Relation relationIn(const schema::Database& database, const schema::Table& table, const RelationNotes& notes,
                    bool readOnlyConnection = false);

/// The same as a grid shows them, with the labels that were chosen.
QList<Reference> referencesOf(const Relation& relation, const schema::Database& database,
                              const RelationNotes& notes);

/// One way in which other rows point to a table's rows.
struct Referrer {
    Relation from;
    QStringList columns;        ///< of `from`
    QStringList targetColumns;  ///< of the table, in the same order
    bool operator==(const Referrer&) const = default;
};

QList<Referrer> referrersOf(const Relation& target, const schema::Database& database,
                            const RelationNotes& notes);

/// How many rows point to these values, counted up to a limit above which one does not look.
constexpr qint64 mostCounted = 10'000;
Result<qint64> countReferring(drivers::Connection& connection, const Referrer& referrer,
                              const std::vector<Value>& values);

}  // namespace dewpoint::rows
