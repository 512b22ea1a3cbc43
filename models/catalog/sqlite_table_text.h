// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "schema/constraint.h"

#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::catalog {

/// What only the stored CREATE TABLE text tells about a column.
struct ColumnText {
    QString name;
    QString collation;
    QString generatedSql;
    std::optional<QString>
        defaultWord;  ///< DEFAULT word: SQLite means the string 'word', and pragmas do not say so
    bool operator==(const ColumnText&) const = default;
};

/// What SQLite's pragmas leave out of a table: constraint names, checks, collations, expressions of
/// generated columns, deferral and MATCH of foreign keys, AUTOINCREMENT, conflict clauses.
/// A key or unique constraint has a definition only when it is more than a list of columns
/// ("(a DESC) ON CONFLICT IGNORE"); a NOT NULL one is listed only when it has a conflict clause.
struct TableText {
    QList<ColumnText> columns;
    QList<schema::Constraint> constraints;  ///< in the order they are written
    bool operator==(const TableText&) const = default;
};

/// Reads the text that sqlite_schema stores (https://sqlite.org/lang_createtable.html). Never fails:
/// what it does not understand is skipped.
TableText readCreateTable(const QString& sql);

/// Parts of an index as written: the expression, and the collation when one is named.
struct IndexPartText {
    QString expression;
    QString collation;
    bool operator==(const IndexPartText&) const = default;
};

struct IndexText {
    QList<IndexPartText> parts;
    QString predicate;
    bool operator==(const IndexText&) const = default;
};

IndexText readCreateIndex(const QString& sql);

/// "fts5" of CREATE VIRTUAL TABLE t USING fts5(…); empty when the text is something else.
QString readModule(const QString& sql);

}  // namespace dewpoint::catalog
