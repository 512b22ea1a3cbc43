// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "park/warehouse.h"

namespace dewpoint::park {

/// Writes parked values into the tables as they are now, without a trigger hearing of it.
class Restorer final
{
public:
    /// What came back, and what could not.
    struct Count {
        qint64 values = 0;  ///< as Parcel::values
        qint64 rows = 0;
        qint64 orphans = 0;  ///< rows with values whose key is not in the table any more
        QStringList left;    ///< columns that have no place, or none for all of their values
        QStringList key;     ///< by which those could be put back
        QString why;         ///< a sentence; empty where all found its place

        bool isAll() const { return why.isEmpty(); }
        bool isNothing() const { return !isAll() && left.isEmpty(); }
    };

    static Result<Restorer> make(drivers::Connection& connection, Warehouse& warehouse);

    /// Tables before those that refer to them.
    QList<Stored> inOrder(QList<Stored> stored) const;
    /// Within a transaction. What does not fit is left where it is, and is no error.
    Result<Count> restore(const Stored& stored);

private:
    /// One parcel on its way into one table.
    struct Way {
        const Stored& stored;
        const schema::Table& table;
        QString source;           ///< where its rows are, for FROM
        QList<qsizetype> places;  ///< of the columns that can be written
    };

    Restorer(drivers::Connection& connection, Warehouse& warehouse, schema::Database database)
        : m_connection(connection), m_warehouse(warehouse), m_database(std::move(database))
    {}
    bool isPostgres() const { return m_connection.engine() == Engine::Postgres; }
    Result<> send(const QString& statement);
    Result<qint64> number(const QString& sql);
    QString target(const Way& way) const;
    QString valueOf(const Way& way, qsizetype place) const;
    QString sameRow(const Way& way) const;

    Result<QString> load(const Stored& stored);
    Result<qint64> misfits(const Way& way, qsizetype place, const schema::Column& column);
    Result<QString> findPlaces(Way& way, QStringList& left);
    Result<> write(const Way& way, Count& count);
    Result<> writeRows(const Way& way, Count& count);
    Result<> writeColumns(const Way& way, Count& count);
    Result<Count> into(const schema::Table& table, const Stored& stored);
    Result<> moveSequences(const Way& way);

    drivers::Connection& m_connection;
    Warehouse& m_warehouse;
    schema::Database m_database;
};

}  // namespace dewpoint::park
