// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace dewpoint::schema {

struct IndexPart {
    QString column;      ///< empty when an expression
    QString expression;  ///< empty when a plain column
    bool descending = false;
    bool nullsFirst = false;
    QString collation;  ///< only when it is not the column's own
    QString opclass;    ///< PostgreSQL, only when not the default
    bool operator==(const IndexPart&) const = default;
};

struct Index {
    QString name;
    bool unique = false;
    bool valid = true;  ///< PostgreSQL indisvalid
    QString method;     ///< "btree", "gin" …; empty on SQLite
    QList<IndexPart> parts;
    QList<QString> included;  ///< INCLUDE columns
    QString predicate;        ///< partial index condition
    QString definition;       ///< the CREATE INDEX text (pg_get_indexdef / sqlite_schema.sql)
    QString constraint;       ///< name of the constraint that owns it; "" when free-standing
    bool implicit = false;    ///< made by a key or unique constraint
    QString comment;
    bool operator==(const Index&) const = default;
};

}  // namespace dewpoint::schema
