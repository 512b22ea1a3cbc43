// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/database.h"
#include "values/row_batch.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace dewpoint::rows {

/// How a column's text is compared and shown; SQLite's own affinities and PostgreSQL's broad families.
enum class ColumnFamily { Text, Integer, Real, Numeric, Boolean, Temporal, Json, Binary, Other };

struct RelationColumn {
    QString name;
    QString type;    ///< of its values: of a domain the type below it
    QString domain;  ///< the domain that the table declares; empty where that is the type
    ColumnFamily family = ColumnFamily::Other;
    bool nullable = true;
    bool readOnly = false;   ///< generated, or GENERATED ALWAYS AS IDENTITY
    bool comparable = true;  ///< its own = compares whole values; otherwise its text is compared
    bool collated = false;   ///< has a collation under which different texts may be equal
    bool hasDefault = false;
    bool numbered =
        false;  ///< readOnly, but a row that is put back keeps its number: OVERRIDING SYSTEM VALUE
    bool automatic = false;  ///< SQLite numbers an INTEGER PRIMARY KEY by itself
    QStringList choices;     ///< labels of an enum type, in its order
    QString defaultSql;      ///< SQLite has no SET c = DEFAULT, so its expression is written out
    const QString& declared() const { return domain.isEmpty() ? type : domain; }
    bool operator==(const RelationColumn&) const = default;
};

/// Whether a new row may leave the column to the database: it has a default, is computed or numbered by
/// it, or takes NULL.
bool mayBeLeftOut(const RelationColumn& column);

/// Whether a row that is put back as it was may name the column.
bool takesBack(const RelationColumn& column);

/// Whether DEFAULT means something else than NULL.
bool hasServerValue(const RelationColumn& column);

/// Holds numbers, whose digits of the same weight stand below each other.
bool isNumber(ColumnFamily family);
/// The same by the declared type as well: NUMERIC affinity is also what SQLite gives to JSON, DATE or BOOLEAN.
bool readsAsNumber(const RelationColumn& column);

enum class KeyKind { None, PrimaryKey, Unique, RowId, Ctid };

struct RelationForeignKey {
    QStringList columns;
    QString targetSchema;
    QString targetTable;
    QStringList targetColumns;
    QString onDelete;  ///< "CASCADE", "SET NULL" …
    QString onUpdate = {};
    bool operator==(const RelationForeignKey&) const = default;
};

/// What a grid reads and writes: a table or view with the key that addresses its rows.
struct Relation {
    Engine engine = Engine::Sqlite;
    QString schema;
    QString name;
    QList<RelationColumn> columns;
    KeyKind keyKind = KeyKind::None;
    QStringList keyColumns;      ///< a bare rowid/ctid name for those kinds
    QList<QStringList> indexed;  ///< leading columns of usable indexes
    QList<RelationForeignKey> foreignKeys;
    qint64 estimatedRows = -1;
    bool strict = false;  ///< SQLite: refuses values of another type
    bool editable = false;
    QString reason;  ///< why not editable, for people

    int indexOf(const QString& column) const;
    bool hasHiddenKey() const { return keyKind == KeyKind::RowId || keyKind == KeyKind::Ctid; }
    bool isIndexed(const QString& column) const;
    QString quotedName() const;
    /// A column in an expression: with the table's name on SQLite, or the bare rowid/ctid.
    QString columnRef(const QString& column) const;
    bool operator==(const Relation&) const = default;
};

/// Key choice: primary key; else a unique index over NOT NULL columns; else rowid or ctid; else none.
/// A SQLite primary key that may hold NULL is no key (SQLite manual, "CREATE TABLE", PRIMARY KEY).
Relation relationOf(const schema::Table& table, Engine engine, bool readOnlyConnection = false);
Relation relationOf(const schema::View& view, Engine engine);
/// The result of a query: its rows have no key here, so nothing in it can be edited. Columns may share a name.
Relation relationOf(const RowBatch& result, Engine engine);

/// A SQLite type's affinity (manual, "Determination Of Column Affinity") or a PostgreSQL type's family.
ColumnFamily familyOf(const QString& type, Engine engine);

/// A domain's values are those of the type below it, which is how they are read, checked and edited.
void lookBelow(RelationColumn& column, const schema::Database& database);

}  // namespace dewpoint::rows
