// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "render/drizzle/names.h"
#include "render/type_name.h"

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

    /// What an index on it uses when nothing is said, as the tool lists it; empty when not known.
    QString usualOpclass(const schema::Table& table, const QString& column, const QString& method) const;

private:
    QString typed(const schema::Column& column, const QString& function, const QStringList& options);
    QString serialCall(const schema::Table& table, const schema::Column& column);
    static QString defaultOf(const schema::Column& column);
    QString identityOf(const schema::Table& table, const schema::Column& column) const;

    const schema::Database& m_database;
    Scope& m_scope;
    Imports& m_imports;
    QHash<const schema::Type*, QString> m_enums;
};

/// Names in public without their schema, as a session with the usual search path sees them.
QString withoutPublic(const QString& sql);

}  // namespace dewpoint::render::drizzle
