// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/rehearsal.h"

#include "base/words.h"
#include "project/code.h"
#include "rehearse/checksum.h"
#include "rehearse/copies.h"
#include "rehearse/judge.h"
#include "rehearse/observer.h"
#include "shadow/code_replay.h"
#include "shadow/outside_effects.h"
#include "shadow/replay.h"

#include <algorithm>

namespace dewpoint::rehearse {

namespace {

using apply::Action;
using apply::Step;

/// A script that reaches beyond its database would reach the real world from the copy as well.
Result<> refuseReach(const project::Project& project, const QList<Step>& steps, Engine engine)
{
    for (const Step& step : steps) {
        for (const auto direction : {apply::Direction::Up, apply::Direction::Down}) {
            if (direction == apply::Direction::Down && !step.migration.reversible())
                continue;
            const auto script = project::script(project, step.migration, direction);
            if (!script)
                return fail(script.error());
            if (auto refused = shadow::refuseOutsideEffects(QString::fromUtf8(script->text), engine);
                !refused)
                return refused;
        }
    }
    return {};
}

class Rehearser final
{
public:
    Rehearser(drivers::Connection& live, const project::Project& project, const Options& options,
              const Watch& watch)
        : m_live(live), m_project(project), m_options(options), m_watch(watch)
    {
        m_result.withDown = options.withDown;
    }

    Result<Rehearsal> rehearsed()
    {
        if (auto planned = plan(); !planned)
            return fail(planned.error());
        if (m_result.steps.isEmpty())
            return std::move(m_result);
        tell(Words::tr("Taking the checksum of the live database…"));
        auto sum = checksumOf(m_live);
        if (!sum)
            return fail(sum.error());
        m_result.checksumBefore = *std::move(sum);
        if (m_options.parks && !project::runsCode(m_project)) {
            auto parcels = park::parcelsOf(m_live, m_project, m_result.steps, m_watch.stop);
            if (!parcels)
                return fail(parcels.error());
            m_parcels = *std::move(parcels);
            // What cannot be parked is told as lost.
            m_parcels.removeIf([](const park::Parcel& parcel) { return !parcel.isPossible(); });
        }
        tell(Words::tr("Copying the database…"));
        auto copies = Copies::make(m_live, {.shadow = m_options.shadow, .stop = m_watch.stop});
        if (!copies)
            return fail(copies.error());
        if (auto done = onCopies(copies->before(), copies->work()); !done)
            return fail(done.error());
        tell(Words::tr("Taking the checksum of the live database again…"));
        sum = checksumOf(m_live);
        if (!sum)
            return fail(sum.error());
        m_result.checksumAfter = *std::move(sum);
        return std::move(m_result);
    }

private:
    void tell(const QString& text, int index = 0, int total = 0) const
    {
        if (m_watch.stage)
            m_watch.stage({.text = text, .index = index, .total = total});
    }

    Result<> plan()
    {
        const auto now = apply::status(m_live, m_project);
        if (!now)
            return fail(now.error());
        auto steps = apply::plan(*now, Action::Run, m_options.scope);
        if (!steps)
            return fail(steps.error());
        m_result.steps = *std::move(steps);
        if (project::runsCode(m_project))
            return shadow::wantCodePreview(m_project);
        return refuseReach(m_project, m_result.steps, m_live.engine());
    }

    Result<> onCopies(drivers::Connection& base, drivers::Connection& work)
    {
        auto before = shadow::inspectWithoutLedger(base, m_project);
        if (!before)
            return fail(before.error());
        m_result.before = *std::move(before);
        Observer observer(work, m_project, m_result.before);
        auto wentUp = up(work, observer);
        if (!wentUp)
            return wentUp;
        if (auto after = shadow::inspectWithoutLedger(work, m_project))
            m_result.after = *std::move(after);
        else
            return fail(after.error());
        tell(Words::tr("Comparing the rows…"));
        if (auto compared = compareRows(base, work, m_result.rows); !compared)
            return compared;
        lookForBroken(base, work);
        if (!m_result.failure)
            m_result.brokenSql = brokenSql(base, work, m_options.kept);
        int back = 0;
        if (m_options.withDown && !m_result.failure) {
            const auto went = down(work, observer);
            if (!went)
                return fail(went.error());
            back = *went;
        }
        if (back > 0 && !m_result.failure) {
            tell(Words::tr("Comparing the rows with those from before…"));
            // What only a part of the downs brought back is compared where nothing else can be.
            if (auto compared = compareRows(base, work, m_result.notBack); !compared)
                return compared;
        }
        m_result.runs = std::move(observer.runs);
        m_result.judgements = judge(m_result, observer, m_project, back);
        return {};
    }

    apply::Watch stepWatch(const QString& text) const
    {
        return {.stopRequested = m_watch.stop,
                .progress =
                    [this, text](const apply::Progress& progress) {
                        if (progress.phase == apply::Progress::Phase::Started)
                            tell(text.arg(progress.step.migration.folder), progress.index, progress.total);
                    },
                .output = {},
                .leavesFiles = true};
    }

    Result<> up(drivers::Connection& work, Observer& observer)
    {
        apply::Watch watch = stepWatch(Words::tr("Running %1 on the copy…"));
        watch.escort = observer.escort();
        auto outcome =
            park::execute(work, m_project, Action::Run, m_options.scope, watch, std::nullopt, m_parcels);
        if (!outcome)
            return fail(outcome.error());
        if (auto cancelled = wantUncancelled(outcome->report); !cancelled)
            return cancelled;
        m_result.parked = outcome->account.parked;
        m_result.putBack = outcome->account.putBack;
        m_result.failure = outcome->report.failure;
        return {};
    }

    /// How many of the newest steps a revert takes back, and nothing else with them.
    Result<int> revertible(drivers::Connection& work) const
    {
        const auto now = apply::status(work, m_project);
        if (!now)
            return fail(now.error());
        for (auto count = static_cast<int>(m_result.steps.size()); count > 0; --count) {
            const auto steps = apply::plan(*now, Action::Revert, apply::Scope::first(count));
            if (!steps || steps->size() != count)
                continue;
            bool same = true;
            for (int i = 0; i < count; ++i)
                same = same
                       && (*steps)[i].migration.version
                              == m_result.steps[m_result.steps.size() - 1 - i].migration.version;
            if (same)
                return count;
        }
        return 0;
    }

    Result<int> down(drivers::Connection& work, Observer& observer)
    {
        const auto count = revertible(work);
        if (!count || *count == 0)
            return count;
        apply::Watch watch = stepWatch(Words::tr("Taking %1 back on the copy…"));
        watch.escort = observer.escort();
        const auto outcome =
            park::execute(work, m_project, Action::Revert, apply::Scope::first(*count), watch);
        if (!outcome)
            return fail(outcome.error());
        if (auto cancelled = wantUncancelled(outcome->report); !cancelled)
            return fail(cancelled.error());
        m_result.putBack += outcome->account.putBack;
        m_result.failure = outcome->report.failure;
        m_result.failedDown = m_result.failure.has_value();
        return count;
    }

    Result<> wantUncancelled(const apply::Report& report) const
    {
        const bool interrupted = report.failure && report.failure->error.kind == ErrorKind::Cancelled;
        if (!interrupted && !report.stopped && !(m_watch.stop && m_watch.stop()))
            return {};
        return fail(drivers::cancelledError());
    }

    Result<> compareRows(drivers::Connection& base, drivers::Connection& work, QList<TableRows>& rows)
    {
        auto there = shadow::inspectWithoutLedger(work, m_project);
        if (!there)
            return fail(there.error());
        auto compared = RowComparison(base, work, m_options.shownRows).compare(m_result.before, *there);
        if (!compared)
            return fail(compared.error());
        rows = *std::move(compared);
        return {};
    }

    /// SQLite keeps a view whose column is gone, and only the next reader finds out.
    void lookForBroken(drivers::Connection& base, drivers::Connection& work)
    {
        for (const schema::View& view : std::as_const(m_result.after.views)) {
            const QString sql =
                QStringLiteral("SELECT * FROM %1 LIMIT 0").arg(sql::quoted(view.schema, view.name));
            if (const auto now = work.query(sql); !now && base.query(sql))
                m_result.broken << Words::tr("The view %1 cannot be read any more: %2")
                                       .arg(view.name, now.error().message);
        }
    }

    drivers::Connection& m_live;
    const project::Project& m_project;
    const Options& m_options;
    const Watch& m_watch;
    QList<park::Parcel> m_parcels;
    Rehearsal m_result;
};

}  // namespace

Result<Rehearsal> rehearse(drivers::Connection& live, const project::Project& project, const Options& options,
                           const Watch& watch)
{
    if (live.inTransaction())
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back, then try again."));
    const project::Project known = project::forEngine(project, live.engine());
    const drivers::StopAsked before = live.stopAsked();
    if (watch.stop)
        live.setStopAsked(insisting(live, watch.stop));
    auto result = Rehearser(live, known, options, watch).rehearsed();
    live.setStopAsked(before);
    return result;
}

}  // namespace dewpoint::rehearse
