// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/parking.h"

#include "base/words.h"
#include "park/restorer.h"
#include "project/code.h"

#include <algorithm>

namespace dewpoint::park {

namespace {

Direction opposite(Direction direction)
{
    return direction == Direction::Up ? Direction::Down : Direction::Up;
}

Error explained(Error error, const Parcel& parcel)
{
    if (error.kind == ErrorKind::Cancelled)
        return error;
    error.message =
        Words::tr("The parked values of %1 could not be put back: %2").arg(parcel.title(), error.message);
    error.hint = Words::tr("They stay parked. Without them: migrate revert --leave-parked.");
    error.position = -1;
    return error;
}

}  // namespace

QStringList lines(const Account& account)
{
    QStringList list;
    for (const Parcel& parcel : account.parked)
        list << Words::tr("Parked %1: reverting puts them back.").arg(sentence({parcel}));
    for (const PutBack& back : account.putBack) {
        list << (back.orphans > 0
                     ? Words::tr("Put back %1; %2 of the rows are no longer there.")
                           .arg(sentence({back.parcel}))
                           .arg(back.orphans)
                     : Words::tr("Put back %1; the parking is gone.").arg(sentence({back.parcel})));
    }
    return list;
}

Parking::Parking(drivers::Connection& connection, QList<Parcel> parcels, PutsBack putsBack)
    : m_connection(connection), m_warehouse(connection), m_parcels(std::move(parcels)), m_putsBack(putsBack)
{}

apply::Escort Parking::along(apply::Escort escort)
{
    return {.before = [this, next = std::move(escort.before)](const apply::Step& step) -> Result<> {
                if (auto parked = before(step); !parked)
                    return parked;
                return next ? next(step) : Result<>{};
            },
            .after = [this, next = std::move(escort.after)](const apply::Step& step) -> Result<> {
                if (auto back = after(step); !back)
                    return back;
                return next ? next(step) : Result<>{};
            },
            .sent = std::move(escort.sent)};
}

/// SQLite's parcels are in another file: what is in the way goes when the run stands, not before.
Result<> Parking::before(const apply::Step& step)
{
    const auto stored = m_warehouse.stored();
    if (!stored)
        return fail(stored.error());
    for (const Stored& one : *stored) {
        // Of an earlier run of this step, that was taken back without it.
        if (one.parcel.version != step.migration.version || one.parcel.direction != step.direction)
            continue;
        if (auto gone = m_connection.engine() == Engine::Postgres ? m_warehouse.discard(one) : Result<>{};
            !gone)
            return gone;
        m_stale.append({.step = step, .stored = one, .back = {}});
    }
    for (const Parcel& parcel : std::as_const(m_parcels)) {
        if (parcel.version != step.migration.version || parcel.direction != step.direction
            || !parcel.isPossible())
            continue;
        auto kept = m_warehouse.take(parcel);
        if (!kept) {
            Error error = kept.error();
            if (error.kind != ErrorKind::Cancelled)
                error.message =
                    Words::tr("The values of %1 could not be parked: %2").arg(parcel.title(), error.message);
            return fail(std::move(error));
        }
        m_parked.append({.step = step, .stored = *std::move(kept), .back = {}});
    }
    return {};
}

/// What refers to other rows comes behind them.
Result<> Parking::putBackAll(const QList<Stored>& stored, const apply::Step& step)
{
    auto restorer = Restorer::make(m_connection, m_warehouse);
    if (!restorer)
        return fail(restorer.error());
    for (const Stored& one : restorer->inOrder(stored)) {
        auto back = restorer->restore(one);
        if (!back)
            return fail(explained(back.error(), one.parcel));
        if (m_connection.engine() == Engine::Postgres) {
            if (auto gone = m_warehouse.discard(one); !gone)
                return gone;
        }
        m_returned.append({.step = step,
                           .stored = one,
                           .back = {.parcel = one.parcel, .rows = back->rows, .orphans = back->orphans}});
    }
    return {};
}

Result<> Parking::after(const apply::Step& step)
{
    if (m_putsBack == PutsBack::No)
        return {};
    const auto stored = m_warehouse.stored();
    if (!stored)
        return fail(stored.error());
    QList<Stored> ours;
    for (const Stored& one : *stored) {
        if (one.parcel.version == step.migration.version && one.parcel.direction == opposite(step.direction))
            ours.append(one);
    }
    if (ours.isEmpty())
        return {};
    if (m_connection.inTransaction())
        return putBackAll(ours, step);
    auto own = drivers::Transaction::begin(m_connection);
    if (!own)
        return fail(own.error());
    if (auto back = putBackAll(ours, step); !back)
        return back;
    return own->commit();
}

/// PostgreSQL's went with the transaction of its step.
Result<> Parking::clear(const Stored& stored)
{
    return m_connection.engine() == Engine::Postgres ? Result<>{} : m_warehouse.discard(stored);
}

Result<Account> Parking::settle(const apply::Report& report)
{
    const drivers::Sheltered cleanUp(m_connection);
    Account account;
    Result<> cleared;
    const auto stands = [&](const Moved& moved) {
        return std::ranges::contains(report.done, moved.step, &apply::Done::step);
    };
    const auto discard = [&](const Moved& moved) {
        if (auto gone = clear(moved.stored); !gone)
            cleared = gone;
    };
    const auto returned = [&](const Moved& parked) {
        return std::ranges::any_of(
            m_returned, [&](const Moved& back) { return back.stored.place == parked.stored.place; });
    };
    for (const Moved& moved : std::as_const(m_parked)) {
        if (stands(moved) && !returned(moved))
            account.parked.append(moved.stored.parcel);
        // Without a transaction the values may be gone though the step failed.
        else if (!stands(moved) && moved.step.inTransaction())
            discard(moved);
    }
    for (const Moved& moved : std::as_const(m_returned)) {
        if (!stands(moved))
            continue;
        account.putBack.append(moved.back);
        discard(moved);
    }
    for (const Moved& moved : std::as_const(m_stale)) {
        if (stands(moved) && !returned(moved))
            discard(moved);
    }
    if (!cleared)
        return fail(cleared.error());
    return account;
}

Result<Outcome> execute(drivers::Connection& connection, const project::Project& project,
                        apply::Action action, const apply::Scope& scope, apply::Watch watch,
                        const std::optional<apply::Agreed>& agreed, const QList<Parcel>& parcels,
                        Parking::PutsBack putsBack)
{
    if (project::runsCode(project) && !parcels.isEmpty())
        return fail(ErrorKind::Unsupported,
                    Words::tr("The project's own program runs its migrations, so nothing can be parked."));
    Parking parking(connection, parcels, putsBack);
    watch.escort = parking.along(std::move(watch.escort));
    auto report = apply::execute(connection, project, action, scope, watch, agreed);
    if (!report)
        return fail(report.error());
    auto account = parking.settle(*report);
    Outcome outcome{.report = *std::move(report)};
    if (account)
        outcome.account = *std::move(account);
    else
        outcome.problem = account.error();
    return outcome;
}

Result<QList<Parcel>> waitingFor(drivers::Connection& connection, const QList<apply::Step>& steps)
{
    return Warehouse(connection).stored().transform([&](const QList<Stored>& stored) {
        QList<Parcel> parcels;
        for (const Stored& one : stored) {
            const bool wanted = std::ranges::any_of(steps, [&](const apply::Step& step) {
                return step.migration.version == one.parcel.version
                       && step.direction == opposite(one.parcel.direction);
            });
            if (wanted)
                parcels.append(one.parcel);
        }
        return parcels;
    });
}

}  // namespace dewpoint::park
