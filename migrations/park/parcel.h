// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/plan.h"
#include "schema/database.h"

namespace dewpoint::park {

using apply::Direction;

/// Values that a step takes away: of some columns of a table, or of all of it.
struct Parcel {
    QString version;  ///< of the migration
    QString ledger;   ///< whose: the tool and its tracking table; an older release did not say
    Direction direction = Direction::Up;
    QString schema;
    QString table;
    QStringList columns;  ///< those that go; all where the table goes
    QStringList key;      ///< by which they are put back; empty where the table goes
    bool wholeTable = false;
    bool partitioned = false;  ///< PostgreSQL: its rows are those of its partitions
    bool hasDefault = false;   ///< a NULL would not come back by itself
    qint64 values = 0;         ///< not NULL; rows where the table goes
    QString problem;           ///< why they cannot be parked

    bool isPossible() const { return problem.isEmpty(); }
    QString title() const;  ///< "users.phone", "users (3 columns)", "orders"
    bool operator==(const Parcel&) const = default;
};

/// What these steps take away, with how many values there are on the live database now: also where there are
/// none yet, for the run itself may bring some. Walks the steps on a scratch database. Blocking: for a lane.
Result<QList<Parcel>> parcelsOf(drivers::Connection& live, const project::Project& project,
                                const QList<apply::Step>& steps, const drivers::StopAsked& stop = {});

QString rowsOf(qint64 count, const QString& table);     ///< "1 row of orders"
QString valuesOf(qint64 count, const QString& column);  ///< "312 values of users.phone"

/// "312 values of users.phone, 4 rows of orders": of those that have any.
QString sentence(const QList<Parcel>& parcels);

}  // namespace dewpoint::park
