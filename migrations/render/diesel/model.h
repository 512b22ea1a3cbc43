// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/diesel/diesel.h"

/// What diesel print-schema finds out before it prints.
namespace dewpoint::render::diesel_schema {

struct ColumnType {
    QString rustName;  ///< "Int4"
    QString sqlName;   ///< "int4"
    QString schema;    ///< empty for "public"
    bool isArray = false;
    bool isNullable = false;
    std::optional<int> maxLength;

    QString text() const;  ///< "Nullable<Array<Nullable<Int4>>>"
};

struct Column {
    QString sqlName;
    QString rustName;
    QString comment;
    ColumnType type;
    bool isCustom = false;  ///< Diesel does not define its type
};

struct Table {
    QString sqlName;
    QString rustName;
    QString schema;  ///< empty unless another schema than public is printed
    QString comment;
    QStringList primaryKey;  ///< Rust names
    QList<Column> columns;

    QString fullSqlName() const { return schema.isEmpty() ? sqlName : schema + u'.' + sqlName; }
};

/// A foreign key that becomes a joinable!, by Rust names.
struct Join {
    QString child;
    QString parent;
    QString column;
};

struct Model {
    QList<Table> tables;
    QList<Join> joins;
};

Result<Model> read(const schema::Database& database, const DieselOptions& options);

/// What may stand in Rust for this name; `table` is the Rust name of a column's table.
QString rustName(const QString& sqlName, const QString& table = {});

/// The name by bytes, as both Rust and the C collation sort.
bool bytesLess(const QString& left, const QString& right);

/// The tables that foreign keys connect, as lists of Rust names; for Grouping::Related.
QList<QStringList> relatedTables(const Model& model);

}  // namespace dewpoint::render::diesel_schema
