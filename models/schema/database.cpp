// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "schema/database.h"

#include <algorithm>

namespace dewpoint::schema {

const Column* Table::column(const QString& wanted) const
{
    const auto found = std::ranges::find(columns, wanted, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

QStringList Table::primaryKey() const
{
    for (const Constraint& constraint : constraints) {
        if (constraint.kind == ConstraintKind::PrimaryKey)
            return constraint.columns;
    }
    return {};
}

bool Table::operator==(const Table& other) const
{
    return schema == other.schema && name == other.name && kind == other.kind && columns == other.columns
           && constraints == other.constraints && indexes == other.indexes && triggers == other.triggers
           && policies == other.policies && comment == other.comment && definition == other.definition
           && strict == other.strict && withoutRowid == other.withoutRowid && module == other.module
           && unlogged == other.unlogged && rowSecurity == other.rowSecurity
           && forceRowSecurity == other.forceRowSecurity && partitionKey == other.partitionKey
           && partitionBound == other.partitionBound && inherits == other.inherits
           && foreignServer == other.foreignServer && storageOptions == other.storageOptions;
}

bool View::operator==(const View& other) const
{
    return schema == other.schema && name == other.name && materialized == other.materialized
           && columns == other.columns && definition == other.definition && options == other.options
           && indexes == other.indexes && triggers == other.triggers && comment == other.comment;
}

const Table* Database::table(const QString& schemaName, const QString& tableName) const
{
    const auto found = std::ranges::find_if(
        tables, [&](const Table& t) { return t.name == tableName && t.schema == schemaName; });
    return found == tables.end() ? nullptr : &*found;
}

const View* Database::view(const QString& schemaName, const QString& viewName) const
{
    const auto found = std::ranges::find_if(
        views, [&](const View& v) { return v.name == viewName && v.schema == schemaName; });
    return found == views.end() ? nullptr : &*found;
}

}  // namespace dewpoint::schema
