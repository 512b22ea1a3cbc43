// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"
#include "schema/database.h"

#include <QHash>
#include <QMap>

namespace dewpoint::catalog {

/// Reads what belongs to relations (columns, constraints, indexes, triggers, policies) and puts each
/// to its table or view by OID.
class PostgresRelations final
{
public:
    explicit PostgresRelations(drivers::Connection& connection) : m_connection(connection) {}

    Result<> read();
    void moveInto(schema::Database& database);  ///< sorted by schema and name

    /// Columns of a composite type, by the OID of its pg_class row.
    QList<schema::Column> columns(quint32 relation) const { return m_columns.value(relation).values(); }
    QString relationName(quint32 relation) const;
    schema::Column* column(quint32 relation, int number);  ///< null when it is not ours

private:
    Result<> readRelations();
    Result<> readColumns();
    Result<> readConstraints();
    Result<> readIndexes();
    Result<> readTriggers();
    Result<> readPolicies();
    QStringList columnNames(quint32 relation, const QList<int>& numbers) const;

    drivers::Connection& m_connection;
    QHash<quint32, schema::Table> m_tables;
    QHash<quint32, schema::View> m_views;
    QHash<quint32, QMap<int, schema::Column>> m_columns;  ///< by relation, then attnum
    QHash<quint32, QHash<int, quint32>> m_collations;     ///< attcollation of columns
};

}  // namespace dewpoint::catalog
