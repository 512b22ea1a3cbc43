// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/column.h"
#include "schema/constraint.h"
#include "schema/index.h"

#include <QList>

namespace dewpoint::schema {

enum class TableKind { Table, Partitioned, Foreign, Virtual };

struct Trigger {
    QString name;
    QString table;
    QString definition;  ///< full CREATE TRIGGER text
    QString enabled;     ///< PostgreSQL tgenabled: "O" origin, "D" disabled, "R", "A"; empty on SQLite
    QString comment;
    bool operator==(const Trigger&) const = default;
};

/// A row-level security policy (PostgreSQL).
struct Policy {
    QString name;
    QString command;  ///< "ALL", "SELECT", …
    bool permissive = true;
    QList<QString> roles;
    QString usingSql;
    QString checkSql;
    bool operator==(const Policy&) const = default;
};

struct Table {
    QString schema;  ///< "main" on SQLite, "public" … on PostgreSQL
    QString name;
    TableKind kind = TableKind::Table;
    QList<Column> columns;          ///< in table order
    QList<Constraint> constraints;  ///< key first, then by name
    QList<Index> indexes;           ///< by name
    QList<Trigger> triggers;        ///< by name
    QList<Policy> policies;
    QString comment;
    QString definition;  ///< SQLite: the stored CREATE text; empty on PostgreSQL
    // SQLite
    bool strict = false;
    bool withoutRowid = false;
    QString module;  ///< virtual table's module
    // PostgreSQL
    bool unlogged = false;
    bool rowSecurity = false;
    bool forceRowSecurity = false;
    QString partitionKey;     ///< pg_get_partkeydef
    QString partitionBound;   ///< "FOR VALUES …" of a partition
    QList<QString> inherits;  ///< quoted parent names
    QString foreignServer;
    QString storageOptions;     ///< reloptions joined by ", "
    qint64 estimatedRows = -1;  ///< statistics; -1 unknown. Not part of equality.
    quint32 oid = 0;            ///< PostgreSQL pg_class.oid. Not part of equality.

    const Column* column(const QString& wanted) const;
    QStringList primaryKey() const;  ///< in key order; empty when there is none
    bool operator==(const Table& other) const;
};

}  // namespace dewpoint::schema
