// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/drizzle/names.h"

namespace dewpoint::render::drizzle {

/// Columns of PostgreSQL tables as drizzle-orm's pg-core writes them.
class PostgresColumns final
{
public:
    PostgresColumns(const schema::Database& database, Scope& scope, Imports& imports)
        : m_database(database), m_scope(scope), m_imports(imports)
    {}

    QString line(const schema::Table& table, const schema::Column& column);
    QString call(const schema::Column& column);  ///< the type alone: varchar("a_b", { length: 3 })
    QString enumVariable(const schema::Type& type);

private:
    QString typed(const schema::Column& column, const QString& function, const QStringList& options);
    QString serialCall(const schema::Table& table, const schema::Column& column);
    static QString identityCall(const schema::Table& table, const schema::Column& column);

    const schema::Database& m_database;
    Scope& m_scope;
    Imports& m_imports;
    QHash<const schema::Type*, QString> m_enums;
};

}  // namespace dewpoint::render::drizzle
