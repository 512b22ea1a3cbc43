// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/executor.h"
#include "park/warehouse.h"

namespace dewpoint::park {

/// Values that came back, and those that found no place.
struct PutBack {
    Parcel parcel;       ///< with the values that are back
    qint64 rows = 0;     ///< that have their values again
    qint64 orphans = 0;  ///< parked ones whose row is no longer there
    Parcel kept;         ///< what stays parked; without columns where nothing does
    QString why;         ///< why it stays
    QString place;       ///< where it is
};

/// What parking did in a run that stands.
struct Account {
    QList<Parcel> parked;
    QList<PutBack> putBack;
};

/// For people: "Parked 312 values of users.phone", "Put back 312 values of users.phone".
QStringList lines(const Account& account);

/// Goes along with a run: parks before a step what it takes away, and puts back after a step what was
/// parked when its opposite ran. Triggers do not hear of that: the values were there before.
class Parking final
{
public:
    enum class PutsBack { Yes, No };

    /// `ledger`: whose steps these are, see ledgerOf().
    Parking(drivers::Connection& connection, QString ledger, QList<Parcel> parcels,
            PutsBack putsBack = PutsBack::Yes);

    /// The same with parking's own part in it. Lives no longer than this object.
    apply::Escort along(apply::Escort escort);

    /// After the run, whatever came of it: what is not needed is thrown away.
    Result<Account> settle(const apply::Report& report);

private:
    struct Moved {
        apply::Step step;
        Stored stored;
        PutBack back;
        QStringList key;   ///< of what stays parked, where the rest came back
        QStringList left;  ///< its columns
    };

    bool isOf(const Stored& stored, const QString& version, Direction direction) const;
    Result<> before(const apply::Step& step);
    Result<> park(const apply::Step& step, Parcel parcel);
    Result<bool> isStale(const Stored& stored, const apply::Step& step);
    Result<> after(const apply::Step& step);
    Result<> putBackAll(const QList<Stored>& stored, const apply::Step& step);
    Result<> clear(Moved& moved);
    bool isReturned(const Stored& stored) const;

    drivers::Connection& m_connection;
    Warehouse m_warehouse;
    QString m_ledger;
    QList<Parcel> m_parcels;
    PutsBack m_putsBack;
    QList<Moved> m_parked;
    QList<Moved> m_returned;
    QList<Moved> m_stale;
};

/// A run and what it parked or put back.
struct Outcome {
    apply::Report report;
    Account account;
    std::optional<Error> problem;  ///< parked values that could not be thrown away; nothing is lost by it
};

/// apply::execute() with the parcels parked on the way, and parked values put back.
Result<Outcome> execute(drivers::Connection& connection, const project::Project& project,
                        apply::Action action, const apply::Scope& scope, apply::Watch watch = {},
                        const std::optional<apply::Agreed>& agreed = {}, const QList<Parcel>& parcels = {},
                        Parking::PutsBack putsBack = Parking::PutsBack::Yes);

/// What these steps would put back.
Result<QList<Parcel>> waitingFor(drivers::Connection& connection, const project::Project& project,
                                 const QList<apply::Step>& steps);

/// Whose steps they are: the tool and its tracking table on that database.
QString ledgerOf(const project::Project& project, const drivers::Target& target);

}  // namespace dewpoint::park
