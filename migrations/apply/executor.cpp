// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"

#include "apply/failure.h"
#include "apply/session_rules.h"
#include "apply/step_runner.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>

namespace dewpoint::apply {

namespace {

class Execution final
{
public:
    Execution(drivers::Connection& connection, QList<Step> steps, const Watch& watch)
        : m_connection(connection), m_steps(std::move(steps)), m_watch(watch), m_runner(connection)
    {}

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
        }
        return std::move(m_report);
    }

    /// All in one transaction: everything stands or nothing does.
    Report together()
    {
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
        if (auto committed = m_runner.command(QStringLiteral("COMMIT")); !committed)
            return abandoned(StepFailure{.error = committed.error(), .stage = Stage::Commit, .script = {}},
                             static_cast<int>(m_steps.size()) - 1);
        return std::move(m_report);
    }

private:
    bool stop()
    {
        m_report.stopped = m_watch.stopRequested && m_watch.stopRequested();
        return m_report.stopped;
    }

    void tell(Progress::Phase phase, int index, qint64 microseconds)
    {
        if (m_watch.progress) {
            m_watch.progress({.phase = phase,
                              .step = m_steps[index],
                              .index = index,
                              .total = static_cast<int>(m_steps.size()),
                              .microseconds = microseconds});
        }
    }

    template <class Run>
    StepOutcome timed(int index, Run run)
    {
        tell(Progress::Phase::Started, index, 0);
        QElapsedTimer timer;
        timer.start();
        auto outcome = run();
        const qint64 microseconds = timer.nsecsElapsed() / 1000;
        if (outcome) {
            m_report.done.append({.step = m_steps[index],
                                  .microseconds = microseconds,
                                  .byOthers = *outcome == StepResult::ByOthers});
            tell(Progress::Phase::Finished, index, microseconds);
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
};

}  // namespace

Result<Report> execute(drivers::Connection& connection, const project::Project& project, Action action,
                       const Scope& scope, const Watch& watch)
{
    if (connection.inTransaction()) {
        return fail(ErrorKind::Conflict,
                    QCoreApplication::translate("dewpoint", "A transaction is open on this connection."),
                    QCoreApplication::translate("dewpoint", "Commit it or roll it back, then try again."));
    }
    const auto now = status(connection, project);
    if (!now)
        return fail(now.error());
    const auto steps = plan(*now, action, scope);
    if (!steps)
        return fail(steps.error());
    if (steps->isEmpty())
        return Report{};
    const auto rules = SessionRules::enter(connection);
    if (!rules)
        return fail(rules.error());
    if (auto created = now->ledgerExists ? Result<>{} : ledger::DieselLedger(connection).create(); !created)
        return fail(created.error());
    const bool together = action == Action::Redo && std::ranges::all_of(*steps, [](const Step& step) {
                              return step.migration.runInTransaction;
                          });
    Execution execution(connection, *steps, watch);
    return together ? execution.together() : execution.oneByOne();
}

}  // namespace dewpoint::apply
