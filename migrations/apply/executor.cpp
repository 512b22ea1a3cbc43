// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"

#include "apply/code_run.h"
#include "apply/failure.h"
#include "apply/step_runner.h"
#include "base/words.h"
#include "project/code.h"
#include "project/for_database.h"
#include "session/session_rules.h"

#include <QCryptographicHash>
#include <QElapsedTimer>

#include <algorithm>

namespace dewpoint::apply {

namespace {

class Execution final
{
public:
    Execution(drivers::Connection& connection, const project::Project& project, QList<Step> steps,
              const Watch& watch)
        : m_connection(connection)
        , m_steps(std::move(steps))
        , m_watch(watch)
        , m_runner(connection, project, watch.escort)
    {}

    /// A script that commits by itself would end the one transaction half-way.
    bool mayGoTogether() const
    {
        return std::ranges::all_of(m_steps, [&](const Step& step) { return m_runner.mayShare(step); });
    }

    /// Each migration by itself: the first failure ends the run, what is done stands.
    Report oneByOne()
    {
        for (int i = 0; i < m_steps.size() && !stop(); ++i) {
            auto outcome = timed(i, [&] { return m_runner.alone(m_steps[i]); });
            if (!outcome) {
                m_report.failure =
                    describe(outcome.error(), m_steps[i], m_report.done, m_connection.engine());
                break;
            }
            if (*outcome == StepResult::Ran)
                m_runner.finish(m_steps[i], m_nanoseconds);
        }
        return std::move(m_report);
    }

    /// All in one transaction: everything stands or nothing does.
    Report together()
    {
        std::optional<ForeignKeyGuard> guard;
        if (std::ranges::any_of(m_steps, [&](const Step& step) { return m_runner.needsGuard(step); })) {
            auto entered = ForeignKeyGuard::enter(m_connection);
            if (!entered)
                return abandoned(StepFailure{.error = entered.error(), .stage = Stage::Begin, .script = {}},
                                 0);
            guard.emplace(*std::move(entered));
        }
        if (auto begun = m_runner.begin(); !begun)
            return abandoned(StepFailure{.error = begun.error(), .stage = Stage::Begin, .script = {}}, 0);
        for (int i = 0; i < m_steps.size(); ++i) {
            if (stop())
                return abandoned(std::nullopt, i);
            if (auto outcome = timed(i, [&] { return m_runner.inside(m_steps[i], i + 1); }); !outcome)
                return abandoned(outcome.error(), i);
        }
        if (!m_connection.inTransaction())
            return std::move(m_report);
        const int last = static_cast<int>(m_steps.size()) - 1;
        if (auto whole = guard ? guard->check() : Result<>{}; !whole)
            return abandoned(StepFailure{.error = whole.error(), .stage = Stage::Ledger, .script = {}}, last);
        if (auto committed = m_runner.command(QStringLiteral("COMMIT")); !committed)
            return abandoned(StepFailure{.error = committed.error(), .stage = Stage::Commit, .script = {}},
                             last);
        for (const Done& done : std::as_const(m_report.done)) {
            if (!done.byOthers)
                m_runner.finish(done.step, done.microseconds * 1000);
        }
        return std::move(m_report);
    }

private:
    bool stop()
    {
        m_report.stopped = m_watch.stopRequested && m_watch.stopRequested();
        return m_report.stopped;
    }

    void tell(Progress::Phase phase, int index, qint64 microseconds = 0, bool byOthers = false)
    {
        if (m_watch.progress) {
            m_watch.progress({.phase = phase,
                              .step = m_steps[index],
                              .index = index,
                              .total = static_cast<int>(m_steps.size()),
                              .microseconds = microseconds,
                              .byOthers = byOthers});
        }
    }

    template <class Run>
    StepOutcome timed(int index, Run run)
    {
        tell(Progress::Phase::Started, index);
        QElapsedTimer timer;
        timer.start();
        auto outcome = run();
        m_nanoseconds = timer.nsecsElapsed();
        const qint64 microseconds = m_nanoseconds / 1000;
        if (outcome) {
            m_report.done.append({.step = m_steps[index],
                                  .microseconds = microseconds,
                                  .byOthers = *outcome == StepResult::ByOthers});
            tell(Progress::Phase::Finished, index, microseconds, m_report.done.constLast().byOthers);
        }
        return outcome;
    }

    Report abandoned(const std::optional<StepFailure>& failure, int index)
    {
        m_runner.rollBack();
        m_report.done.clear();
        if (failure)
            m_report.failure = describeTogether(*failure, m_steps[index], m_connection.engine());
        return std::move(m_report);
    }

    drivers::Connection& m_connection;
    QList<Step> m_steps;
    const Watch& m_watch;
    StepRunner m_runner;
    Report m_report;
    qint64 m_nanoseconds = 0;  ///< of the latest step
};

/// Also where nothing was pending, as the tools do: someone may have lost the file.
Report withSideFiles(Report report, drivers::Connection& connection, const project::Project& project)
{
    const auto update = project::formatOf(project).afterChange;
    const bool cancelled = report.failure && report.failure->error.kind == ErrorKind::Cancelled;
    if (!update || cancelled || (report.failure && report.done.isEmpty()))
        return report;
    if (auto written = update(connection, project))
        report.sideFiles = *std::move(written);
    else
        report.sideFilesProblem = written.error();
    return report;
}

Result<Report> run(drivers::Connection& connection, const Status& now, Action action,
                   const QList<Step>& steps, const Watch& watch)
{
    const project::Project& project = now.project;
    const project::Format& format = project::formatOf(project);
    const auto prepare = now.ledgerExists ? format.ledger.upgrade : format.ledger.create;
    if (auto prepared = prepare ? prepare(connection, project) : Result<>{}; !prepared)
        return fail(prepared.error());
    const bool wanted = action == Action::Redo || format.rules(project).wholeRun;
    Execution execution(connection, project, steps, watch);
    return wanted && execution.mayGoTogether() ? execution.together() : execution.oneByOne();
}

/// The steps to take: what others were faster with stays among them, to be told as theirs. Else nothing differs.
Result<QList<Step>> asAgreed(const Status& now, const QList<Step>& steps, const Agreed& agreed)
{
    const auto scripts = agreementTo(now.project, agreed.steps);
    if (!scripts)
        return fail(scripts.error());
    const qsizetype overtaken = agreed.steps.size() - steps.size();
    const bool isRest = overtaken >= 0 && agreed.steps.sliced(overtaken) == steps
                        && std::ranges::all_of(agreed.steps.first(overtaken),
                                               [&](const Step& step) { return stands(now, step); });
    if (isRest && scripts->digest == agreed.digest)
        return project::runsCode(now.project) ? steps : agreed.steps;
    return fail(
        ErrorKind::Conflict,
        Words::tr("What would run now is not what was shown: the migrations or the database changed."),
        Words::tr("Look at it again, then start anew."));
}

}  // namespace

Result<Agreed> agreementTo(const project::Project& project, const QList<Step>& steps)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const Step& step : steps) {
        if (project::runsCode(project) || step.migration.folder.isEmpty())
            continue;  // a program's own agreement covers its files
        const auto script = project::script(project, step.migration, step.direction);
        if (!script)
            return fail(script.error());
        hash.addData(QByteArray::number(script->text.size()) + '\n' + script->text);
    }
    return Agreed{.steps = steps, .digest = hash.result()};
}

Result<Report> execute(drivers::Connection& connection, const project::Project& project, Action action,
                       const Scope& scope, const Watch& watch, const std::optional<Agreed>& agreed)
{
    const project::Project known = project::forDatabase(project, connection.target());
    if (connection.inTransaction()) {
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back, then try again."));
    }
    if (auto allowed = project::runsCode(known) ? project::wantAgreement(known) : Result<>{}; !allowed)
        return fail(allowed.error());
    // The lock first: what is planned before it may be another program's half-way state.
    const auto rules = session::SessionRules::enter(connection, known);
    if (!rules)
        return fail(rules.error());
    const auto now = status(connection, known);
    if (!now)
        return fail(now.error());
    const auto planned = plan(*now, action, scope);
    const auto steps = planned && agreed ? asAgreed(*now, *planned, *agreed) : planned;
    if (!steps)
        return fail(steps.error());
    if (project::runsCode(known) && !steps->isEmpty())
        return runByCommand(connection, *now, *steps, watch);
    auto report = steps->isEmpty() ? Result<Report>() : run(connection, *now, action, *steps, watch);
    if (!report || watch.leavesFiles || (steps->isEmpty() && (action != Action::Run || !now->ledgerExists)))
        return report;
    return withSideFiles(*std::move(report), connection, known);
}

}  // namespace dewpoint::apply
