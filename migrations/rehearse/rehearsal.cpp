// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/rehearsal.h"

#include "base/words.h"
#include "rehearse/checksum.h"
#include "rehearse/copies.h"
#include "rehearse/course.h"
#include "rehearse/judge.h"
#include "rehearse/observer.h"

namespace dewpoint::rehearse {

namespace {

class Rehearser final
{
public:
    Rehearser(drivers::Connection& live, const Course& course, const Options& options, const Watch& watch)
        : m_live(live), m_course(course), m_options(options), m_watch(watch)
    {
        m_result.steps = course.steps;
        m_result.withDown = options.withDown;
        if (!course.steps.isEmpty())
            m_result.there = course.steps.first().direction;
        else if (options.action == apply::Action::Revert)
            m_result.there = apply::Direction::Down;
    }

    Result<Rehearsal> rehearsed()
    {
        if (m_result.steps.isEmpty())
            return std::move(m_result);
        tell(Words::tr("Taking the checksum of the live database…"));
        auto sum = checksumOf(m_live);
        if (!sum)
            return fail(sum.error());
        m_result.checksumBefore = *std::move(sum);
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

    Result<> onCopies(drivers::Connection& base, drivers::Connection& work)
    {
        auto before = m_course.catalog(base);
        if (!before)
            return fail(before.error());
        m_result.before = *std::move(before);
        Observer observer(work, m_course, m_result.before);
        auto wentThere = there(work, observer);
        if (!wentThere)
            return wentThere;
        if (auto after = m_course.catalog(work))
            m_result.after = *std::move(after);
        else
            return fail(after.error());
        tell(Words::tr("Comparing the rows…"));
        if (auto compared = compareRows(base, work, m_result.rows); !compared)
            return compared;
        lookForBroken(base, work);
        if (!m_result.failure)
            m_result.brokenSql = brokenSql(base, work, m_options.kept);
        int returned = 0;
        if (m_options.withDown && !m_result.failure) {
            const auto went = back(work, observer);
            if (!went)
                return fail(went.error());
            returned = *went;
        }
        if (returned > 0 && !m_result.failure) {
            tell(Words::tr("Comparing the rows with those from before…"));
            // What only a part of the steps brought back is compared where nothing else can be.
            if (auto compared = compareRows(base, work, m_result.notBack); !compared)
                return compared;
        }
        m_result.runs = std::move(observer.runs);
        m_result.judgements = judge(m_result, observer, m_course, returned);
        return {};
    }

    apply::Watch stepWatch(Observer& observer) const
    {
        const auto text = [](const apply::Step& step) {
            return (step.direction == apply::Direction::Up ? Words::tr("Running %1 on the copy…")
                                                           : Words::tr("Taking %1 back on the copy…"))
                .arg(step.migration.folder);
        };
        return {.stopRequested = m_watch.stop,
                .progress =
                    [this, text](const apply::Progress& progress) {
                        if (progress.phase == apply::Progress::Phase::Started)
                            tell(text(progress.step), progress.index, progress.total);
                    },
                .output = {},
                .escort = observer.escort(),
                .leavesFiles = true};
    }

    Result<> take(const park::Outcome& outcome)
    {
        if (auto cancelled = wantUncancelled(outcome.report); !cancelled)
            return cancelled;
        m_result.parked += outcome.account.parked;
        m_result.putBack += outcome.account.putBack;
        m_result.failure = outcome.report.failure;
        return {};
    }

    Result<> there(drivers::Connection& work, Observer& observer)
    {
        const auto outcome = m_course.there(work, stepWatch(observer));
        if (!outcome)
            return fail(outcome.error());
        return take(*outcome);
    }

    Result<int> back(drivers::Connection& work, Observer& observer)
    {
        const auto went = m_course.back(work, stepWatch(observer));
        if (!went)
            return fail(went.error());
        return take(went->outcome).transform([&] { return went->steps; });
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
        auto now = m_course.catalog(work);
        if (!now)
            return fail(now.error());
        auto compared = RowComparison(base, work, m_options.shownRows).compare(m_result.before, *now);
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
    const Course& m_course;
    const Options& m_options;
    const Watch& m_watch;
    Rehearsal m_result;
};

/// While it rehearses, a stop ends the running statement as well.
template <class Plan>
Result<Rehearsal> rehearsed(drivers::Connection& live, const Options& options, const Watch& watch, Plan plan)
{
    if (live.inTransaction())
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back, then try again."));
    const drivers::StopAsked before = live.stopAsked();
    if (watch.stop)
        live.setStopAsked(watch.stop);
    auto result = plan().and_then(
        [&](const Course& course) { return Rehearser(live, course, options, watch).rehearsed(); });
    live.setStopAsked(before);
    return result;
}

}  // namespace

Result<Rehearsal> rehearse(drivers::Connection& live, const project::Project& project, const Options& options,
                           const Watch& watch)
{
    const project::Project known = project::forEngine(project, live.engine());
    return rehearsed(live, options, watch, [&] { return courseOf(live, known, options, watch.stop); });
}

Result<Rehearsal> rehearse(drivers::Connection& live, const apply::Draft& draft,
                           const std::optional<project::Project>& project, const Options& options,
                           const Watch& watch)
{
    const auto known = project ? std::optional(project::forEngine(*project, live.engine())) : std::nullopt;
    return rehearsed(live, options, watch, [&] { return courseOf(live.engine(), draft, known); });
}

}  // namespace dewpoint::rehearse
