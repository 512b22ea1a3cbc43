// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "park/parcel.h"

namespace dewpoint::park {

/// What became of the step that parked it.
enum class Fate {
    Open,   ///< it has not ended well yet: the values may be gone all the same, outside a transaction
    Stood,  ///< it stood
    Kept,   ///< it was taken back, and these values found no place
};

/// A parcel where it is kept.
struct Stored {
    Parcel parcel;
    QString place;  ///< the table it is kept in
    Fate fate = Fate::Open;
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

    /// What there is now of what the parcel names, read on the live connection; nothing where nothing would
    /// be lost.
    Result<std::optional<Stored>> take(const Parcel& wanted);

    Result<> note(const Stored& stored, Fate fate);
    /// Only these columns of it stay, which are put back by that key.
    Result<Stored> narrow(const Stored& stored, const QStringList& key, const QStringList& columns);

    /// Each row, key first where it has one, then the columns.
    Result<> rows(const Stored& stored, const drivers::RowSink& sink);

    Result<> discard(const Stored& stored);

    static QString sideFile(const drivers::Target& target);  ///< SQLite
    QString sql(const Stored& stored) const;                 ///< "dewpoint"."parked_1"
    QString shown(const Stored& stored) const;  ///< for people: where it is, and which column is which

private:
    bool isPostgres() const { return m_live.engine() == Engine::Postgres; }
    Result<drivers::Connection*> open(bool create);  ///< null where nothing is kept
    Result<> prepare(drivers::Connection& store);
    Result<std::optional<Stored>> keep(drivers::Connection& store, const Parcel& parcel);
    Result<> copy(drivers::Connection& store, const Parcel& parcel, const Stored& stored);
    Result<> lock(const Parcel& parcel);
    Result<qint64> valuesOf(drivers::Connection& store, const Stored& stored) const;
    QString index() const
    {
        return isPostgres() ? QStringLiteral("dewpoint.parked") : QStringLiteral("parked");
    }
    Result<> tidyUp(drivers::Connection& store);

    drivers::Connection& m_live;
    std::unique_ptr<drivers::Connection> m_file;
};

}  // namespace dewpoint::park
