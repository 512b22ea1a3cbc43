// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/parking.h"

#include "base/words.h"
#include "park/losses.h"
#include "park/reading.h"
#include "park/restorer.h"
#include "project/code.h"
#include "project/for_database.h"

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

bool belongs(const Stored& stored, const QString& ledger, const QString& version, Direction direction)
{
    // Before releases wrote down whose they are, the version alone said it.
    const bool ours = stored.parcel.ledger.isEmpty() || stored.parcel.ledger == ledger;
    return ours && stored.parcel.version == version && stored.parcel.direction == direction;
}

bool isSameTable(const Parcel& one, const Parcel& other)
{
    return one.schema == other.schema && one.table == other.table && one.wholeTable == other.wholeTable;
}

}  // namespace

QStringList lines(const Account& account)
{
    QStringList list;
    for (const Parcel& parcel : account.parked) {
        if (parcel.values > 0)
            list << Words::tr("Parked %1: reverting puts them back.").arg(sentence({parcel}));
    }
    for (const PutBack& back : account.putBack) {
        const QString values = sentence({back.parcel});
        const bool isRest = !back.why.isEmpty();
        if (back.orphans > 0)
            list << (values.isEmpty() ? Words::tr("None of the parked values of %1 came back: their rows "
                                                  "(%2) are no longer there.")
                                            .arg(back.parcel.title())
                                            .arg(back.orphans)
                                      : Words::tr("Put back %1; %2 of the rows are no longer there.")
                                            .arg(values)
                                            .arg(back.orphans));
        else if (!values.isEmpty())
            list << (isRest ? Words::tr("Put back %1.") : Words::tr("Put back %1; the parking is gone."))
                        .arg(values);
        if (isRest)
            list << Words::tr(
                        "⚠ Not put back, still parked: %1. %2 They are in %3. Once they have a place, copy "
                        "them from there.")
                        .arg(back.kept.values > 0 ? sentence({back.kept}) : back.kept.title(), back.why,
                             back.place);
    }
    return list;
}

Parking::Parking(drivers::Connection& connection, QString ledger, QList<Parcel> parcels, PutsBack putsBack)
    : m_connection(connection)
    , m_warehouse(connection)
    , m_ledger(std::move(ledger))
    , m_parcels(std::move(parcels))
    , m_putsBack(putsBack)
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

bool Parking::isOf(const Stored& stored, const QString& version, Direction direction) const
{
    return belongs(stored, m_ledger, version, direction);
}

bool Parking::isReturned(const Stored& stored) const
{
    return std::ranges::any_of(m_returned, [&](const Moved& back) {
        return back.stored.place == stored.place && back.back.why.isEmpty();
    });
}

/// Whether what an earlier run of this step parked has been overtaken: its columns are here again, and were
/// either left parked when the step was taken back, or their values of now are parked instead. What only a
/// try that failed took away is not here, and is the only copy.
Result<bool> Parking::isStale(const Stored& stored, const apply::Step& step)
{
    if (!isOf(stored, step.migration.version, step.direction) || isReturned(stored)
        || stored.fate == Fate::Kept)
        return false;
    const bool isNew = std::ranges::any_of(m_parcels, [&](const Parcel& parcel) {
        return parcel.version == step.migration.version && parcel.direction == step.direction
               && parcel.isPossible() && isSameTable(parcel, stored.parcel)
               && (parcel.wholeTable
                   || std::ranges::all_of(stored.parcel.columns, [&](const QString& column) {
                          return parcel.columns.contains(column);
                      }));
    });
    if (!isNew && stored.fate != Fate::Stood)
        return false;
    return columnsNow(m_connection, stored.parcel.schema, stored.parcel.table)
        .transform([&](const QStringList& there) {
            return std::ranges::all_of(stored.parcel.columns, [&](const QString& column) {
                return hasName(there, column, m_connection.engine());
            });
        });
}

Result<> Parking::park(const apply::Step& step, Parcel parcel)
{
    parcel.ledger = m_ledger;
    const auto refused = [&](Error error) {
        if (error.kind != ErrorKind::Cancelled)
            error.message =
                Words::tr("The values of %1 could not be parked: %2").arg(parcel.title(), error.message);
        return fail(std::move(error));
    };
    if (!parcel.isPossible()) {
        // Rows may have come since the run was planned.
        const auto values = valuesIn(m_connection, parcel);
        if (!values)
            return refused(values.error());
        return *values == 0 ? Result<>{}
                            : refused({.kind = ErrorKind::Unsupported, .message = parcel.problem});
    }
    auto kept = m_warehouse.take(parcel);
    if (!kept)
        return refused(kept.error());
    if (*kept)
        m_parked.append({.step = step, .stored = *std::move(*kept), .back = {}});
    return {};
}

Result<> Parking::before(const apply::Step& step)
{
    const auto stored = m_warehouse.stored();
    if (!stored)
        return fail(stored.error());
    for (const Stored& one : *stored) {
        const auto stale = isStale(one, step);
        if (!stale)
            return fail(stale.error());
        if (*stale)
            m_stale.append({.step = step, .stored = one, .back = {}});
    }
    for (const Parcel& parcel : std::as_const(m_parcels)) {
        if (parcel.version != step.migration.version || parcel.direction != step.direction)
            continue;
        if (auto parked = park(step, parcel); !parked)
            return parked;
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
        Moved moved{
            .step = step,
            .stored = one,
            .back = {.parcel = one.parcel, .rows = back->rows, .orphans = back->orphans, .why = back->why},
            .key = back->key,
            .left = back->left};
        moved.back.parcel.values = back->values;
        m_returned.append(std::move(moved));
    }
    return {};
}

/// PostgreSQL's go with the transaction of the step. SQLite's parcels are in another file: what is not needed
/// any more goes when the run stands, not before.
Result<> Parking::after(const apply::Step& step)
{
    const bool postgres = m_connection.engine() == Engine::Postgres;
    for (const Moved& moved : std::as_const(m_parked)) {
        if (auto noted = moved.step == step ? m_warehouse.note(moved.stored, Fate::Stood) : Result<>{};
            !noted)
            return noted;
    }
    for (const Moved& moved : std::as_const(m_stale)) {
        if (auto gone = postgres && moved.step == step ? m_warehouse.discard(moved.stored) : Result<>{};
            !gone)
            return gone;
    }
    if (m_putsBack == PutsBack::No)
        return {};
    const auto stored = m_warehouse.stored();
    if (!stored)
        return fail(stored.error());
    QList<Stored> ours;
    for (const Stored& one : *stored) {
        if (isOf(one, step.migration.version, opposite(step.direction)))
            ours.append(one);
    }
    if (ours.isEmpty())
        return {};
    std::optional<drivers::Transaction> own;
    if (!m_connection.inTransaction()) {
        auto begun = drivers::Transaction::begin(m_connection);
        if (!begun)
            return fail(begun.error());
        own.emplace(*std::move(begun));
    }
    if (auto back = putBackAll(ours, step); !back)
        return back;
    for (Moved& moved : m_returned) {
        if (auto cleared = postgres && moved.step == step ? clear(moved) : Result<>{}; !cleared)
            return cleared;
    }
    return own ? own->commit() : Result<>{};
}

/// What came back goes; the rest stays, and only that.
Result<> Parking::clear(Moved& moved)
{
    if (moved.back.why.isEmpty())
        return m_warehouse.discard(moved.stored);
    Stored rest = moved.stored;
    if (!moved.left.isEmpty()) {
        auto narrowed = m_warehouse.narrow(moved.stored, moved.key, moved.left);
        if (!narrowed)
            return fail(narrowed.error());
        rest = *std::move(narrowed);
    }
    moved.back.kept = rest.parcel;
    moved.back.place = m_warehouse.shown(rest);
    moved.back.parcel.columns.removeIf([&](const QString& column) { return moved.left.contains(column); });
    return m_warehouse.note(rest, Fate::Kept);
}

Result<Account> Parking::settle(const apply::Report& report)
{
    const drivers::Sheltered cleanUp(m_connection);
    Account account;
    Result<> cleared;
    const auto stands = [&](const Moved& moved) {
        return std::ranges::contains(report.done, moved.step, &apply::Done::step);
    };
    const bool apart = m_connection.engine() == Engine::Sqlite;
    const auto take = [&](const Result<>& done) {
        if (!done)
            cleared = done;
    };
    for (const Moved& moved : std::as_const(m_parked)) {
        if (stands(moved) && !isReturned(moved.stored))
            account.parked.append(moved.stored.parcel);
        // Without a transaction the values may be gone though the step failed.
        else if (apart && !stands(moved) && moved.step.inTransaction())
            take(m_warehouse.discard(moved.stored));
    }
    for (Moved& moved : m_returned) {
        if (!stands(moved))
            continue;
        if (apart)
            take(clear(moved));
        account.putBack.append(moved.back);
    }
    for (const Moved& moved : std::as_const(m_stale)) {
        if (apart && stands(moved) && !isReturned(moved.stored))
            take(m_warehouse.discard(moved.stored));
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
    Parking parking(connection, ledgerOf(project, connection.target()), parcels, putsBack);
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

QString ledgerOf(const project::Project& project, const drivers::Target& target)
{
    const project::Project known = project::forDatabase(project, target);
    return known.tool + u' ' + ledger::displayed(project::formatOf(known).ledger.table(known, target.engine));
}

Result<QList<Parcel>> waitingFor(drivers::Connection& connection, const project::Project& project,
                                 const QList<apply::Step>& steps)
{
    const QString ledger = ledgerOf(project, connection.target());
    return Warehouse(connection).stored().transform([&](const QList<Stored>& stored) {
        QList<Parcel> parcels;
        for (const Stored& one : stored) {
            const bool wanted = std::ranges::any_of(steps, [&](const apply::Step& step) {
                return belongs(one, ledger, step.migration.version, opposite(step.direction));
            });
            if (wanted)
                parcels.append(one.parcel);
        }
        return parcels;
    });
}

}  // namespace dewpoint::park
