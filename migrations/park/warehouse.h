// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "park/parcel.h"

namespace dewpoint::park {

/// A parcel where it is kept.
struct Stored {
    Parcel parcel;
    QString place;  ///< the table it is kept in
    bool operator==(const Stored&) const = default;
};

/// Where parked values are kept, and out of the way of the project's own tool, whose introspection would
/// take a table beside the others for one of the application's.
/// PostgreSQL: tables in a schema `dewpoint` of the same database, so that they come and go with the
/// transaction of the run. SQLite has no schemas: a file beside the database (its name and
/// ".dewpoint-parked"), which is written and synced before the run commits, and whose parcels are only
/// thrown away after the commit of what put them back.
/// Cells keep their storage class (SQLite) or are the server's exact text (PostgreSQL), so that a type
/// that the migration drops holds nothing up.
class Warehouse final
{
public:
    explicit Warehouse(drivers::Connection& live) : m_live(live) {}

    Result<QList<Stored>> stored();

    /// What the parcel names, read now on the live connection.
    Result<Stored> take(const Parcel& parcel);

    /// Each row, key first where it has one, then the columns.
    Result<> rows(const Stored& stored, const drivers::RowSink& sink);

    Result<> discard(const Stored& stored);

    static QString sideFile(const drivers::Target& target);  ///< SQLite
    QString sql(const Stored& stored) const;                 ///< "dewpoint"."parked_1"

private:
    bool isPostgres() const { return m_live.engine() == Engine::Postgres; }
    Result<drivers::Connection*> open(bool create);  ///< null where nothing is kept
    Result<> prepare(drivers::Connection& store);
    Result<qint64> copy(drivers::Connection& store, const Parcel& parcel, const QString& place);
    Result<> tidyUp(drivers::Connection& store);

    drivers::Connection& m_live;
    std::unique_ptr<drivers::Connection> m_file;
};

}  // namespace dewpoint::park
