// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "park/warehouse.h"

namespace dewpoint::park {

/// Writes parked values into the tables as they are now, without a trigger hearing of it.
class Restorer final
{
public:
    struct Count {
        qint64 rows = 0;
        qint64 orphans = 0;
    };

    static Result<Restorer> make(drivers::Connection& connection, Warehouse& warehouse);

    /// Tables before those that refer to them.
    QList<Stored> inOrder(QList<Stored> stored) const;
    Result<Count> restore(const Stored& stored);

private:
    Restorer(drivers::Connection& connection, Warehouse& warehouse, schema::Database database)
        : m_connection(connection), m_warehouse(warehouse), m_database(std::move(database))
    {}
    Result<Count> inQuiet(const schema::Table& table, const Stored& stored);
    Result<qint64> writePostgres(const schema::Table& table, const Stored& stored);
    Result<qint64> writeSqlite(const schema::Table& table, const Stored& stored);
    Result<> moveSequences(const schema::Table& table);

    drivers::Connection& m_connection;
    Warehouse& m_warehouse;
    schema::Database m_database;
};

}  // namespace dewpoint::park
