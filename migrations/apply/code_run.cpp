// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/code_run.h"

#include "base/words.h"
#include "project/code.h"

#include <QElapsedTimer>
#include <QSet>

#include <algorithm>

namespace dewpoint::apply {

namespace {

using project::CommandFormat;
using project::CommandRequest;

constexpr qsizetype shownLines = 10;
constexpr qsizetype tellingName = 6;  ///< shorter ones are in any line by chance
constexpr qsizetype readLines = 100;  ///< of what comes at once: in a flood nobody looks for names

/// Steps that one call of the command takes.
struct Call {
    qsizetype first = 0;
    qsizetype count = 0;
    Direction direction = Direction::Up;
};

CommandRequest::Kind kindOf(Direction direction)
{
    return direction == Direction::Up ? CommandRequest::Kind::Up : CommandRequest::Kind::Down;
}

QList<Call> callsFor(const project::Project& project, const QList<Step>& steps)
{
    const auto reach = project::formatOf(project).command.reach;
    QList<Call> calls;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const Direction direction = steps[i].direction;
        const bool alone = reach(project, kindOf(direction)) == CommandFormat::Reach::One;
        if (!alone && !calls.isEmpty() && calls.last().direction == direction)
            ++calls.last().count;
        else
            calls.append({.first = i, .count = 1, .direction = direction});
    }
    return calls;
}

/// What the command does by itself: pending ones in the order of the list, applied ones backwards.
class Foresight final
{
public:
    explicit Foresight(const Status& status)
    {
        for (const auto& state : status.migrations) {
            if (state.isPending() || state.isApplied())
                m_order << state.migration.version;
            if (state.isApplied())
                m_applied << state.migration.version;
        }
    }

    QStringList next(Direction direction) const
    {
        QStringList versions = m_order;
        versions.removeIf([&](const QString& version) {
            return m_applied.contains(version) == (direction == Direction::Up);
        });
        if (direction == Direction::Down)
            std::ranges::reverse(versions);
        return versions;
    }

    void take(const QString& version, Direction direction)
    {
        if (direction == Direction::Up)
            m_applied.insert(version);
        else
            m_applied.remove(version);
    }

private:
    QStringList m_order;
    QSet<QString> m_applied;
};

Result<> refuseOtherOrder(const Status& status, const QList<Step>& steps, const QList<Call>& calls)
{
    const auto reach = project::formatOf(status.project).command.reach;
    Foresight foresight(status);
    for (const Call& call : calls) {
        const QStringList next = foresight.next(call.direction);
        if (reach(status.project, kindOf(call.direction)) == CommandFormat::Reach::All
            && next.size() != call.count)
            return fail(
                ErrorKind::Unsupported,
                Words::tr("The project's command can only run everything that is pending: %1 migrations.")
                    .arg(next.size()),
                Words::tr("Run all, or let the command in dewpoint.toml have {count} or {version}."));
        for (qsizetype i = 0; i < call.count; ++i) {
            const auto& migration = steps[call.first + i].migration;
            if (next.value(i) != migration.version)
                return fail(ErrorKind::Unsupported,
                            Words::tr("The project's command goes by its own order: %1 would come before %2.")
                                .arg(next.value(i), migration.version),
                            Words::tr("Nothing was run."));
            foresight.take(migration.version, call.direction);
        }
    }
    return {};
}

class CommandRun final
{
public:
    CommandRun(drivers::Connection& connection, const project::Project& project, const QList<Step>& steps,
               const Watch& watch)
        : m_connection(connection), m_project(project), m_steps(steps), m_watch(watch)
    {}

    Result<Report> run(const QList<Call>& calls)
    {
        for (const Call& call : calls) {
            m_report.stopped = m_watch.stopRequested && m_watch.stopRequested();
            if (m_report.stopped)
                break;
            if (auto ran = one(call); !ran) {
                if (m_report.done.isEmpty())
                    return fail(ran.error());
                m_report.failure = failure(call, ran.error());
            }
            if (m_report.failure)
                break;
        }
        return std::move(m_report);
    }

private:
    Result<> one(const Call& call)
    {
        m_at = call.first;
        tell(Progress::Phase::Started, m_at, 0);
        QElapsedTimer timer;
        timer.start();
        const auto ended =
            project::runCode(m_project,
                             {.kind = kindOf(call.direction),
                              .count = static_cast<int>(call.count),
                              .version = m_steps[call.first + call.count - 1].migration.version,
                              .target = m_connection.target()},
                             {.stopRequested = m_watch.stopRequested,
                              .output = [&](const QStringList& lines) { follow(lines, call); }});
        if (!ended)
            return fail(ended.error());
        const qint64 microseconds = call.count == 1 ? timer.nsecsElapsed() / 1000 : -1;
        const auto now = statusAfterwards();
        if (!now) {
            Error error = now.error();
            error.message =
                Words::tr("The command has ended, but what stands could not be read: %1").arg(error.message);
            m_report.failure = failure(call, error);
            return {};
        }
        const qsizetype standing = settle(call, *now, microseconds);
        if (standing < call.count || !ended->isFine())
            m_report.failure = failureOf(call, *ended, standing);
        return {};
    }

    /// The answer to a stop must not be stopped itself.
    Result<Status> statusAfterwards()
    {
        const drivers::StopAsked asked = m_connection.stopAsked();
        m_connection.setStopAsked({});
        const drivers::Sheltered sheltered(m_connection);
        auto now = status(m_connection, m_project);
        m_connection.setStopAsked(asked);
        return now;
    }

    /// How many of the call's steps the ledger has, in order.
    qsizetype settle(const Call& call, const Status& now, qint64 microseconds)
    {
        qsizetype standing = 0;
        for (; standing < call.count; ++standing) {
            const Step& step = m_steps[call.first + standing];
            if (!stands(now, step))
                break;
            m_report.done.append({.step = step, .microseconds = microseconds});
            tell(Progress::Phase::Finished, call.first + standing, microseconds);
        }
        return standing;
    }

    /// A line that names a migration says how far the program is; nothing rests on it.
    void follow(const QStringList& lines, const Call& call)
    {
        if (m_watch.output)
            m_watch.output(lines);
        for (const QString& line : lines.last(std::min(readLines, lines.size()))) {
            for (qsizetype i = call.first + call.count - 1; i > m_at; --i) {
                const auto& migration = m_steps[i].migration;
                const bool named =
                    line.contains(migration.folder)
                    || (migration.version.size() >= tellingName && line.contains(migration.version));
                if (!named)
                    continue;
                m_at = i;
                tell(Progress::Phase::Started, i, 0);
                break;
            }
        }
    }

    void tell(Progress::Phase phase, qsizetype index, qint64 microseconds)
    {
        if (m_watch.progress)
            m_watch.progress({.phase = phase,
                              .step = m_steps[index],
                              .index = static_cast<int>(index),
                              .total = static_cast<int>(m_steps.size()),
                              .microseconds = microseconds});
    }

    Failure failureOf(const Call& call, const command::Ended& ended, qsizetype standing) const
    {
        const QString name = m_steps[call.first + std::min(standing, call.count - 1)].migration.folder;
        Error error{.kind = ended.stopped ? ErrorKind::Cancelled : ErrorKind::Other};
        if (ended.isFine()) {
            error.message =
                Words::tr("The project's command ended well, but the ledger says otherwise about %1.")
                    .arg(name);
            error.hint = Words::tr("Does the command use the database that DATABASE_URL names?");
        } else if (standing == call.count) {
            error.message =
                Words::tr("The project's command did all that was asked. %1").arg(ended.sentence());
        } else {
            error.message = Words::tr("The project's command did not finish. %1").arg(ended.sentence());
        }
        const qsizetype shown = std::min(shownLines, ended.lastLines.size());
        error.detail = ended.lastLines.last(shown).join(u'\n').trimmed();
        return failure(call, error);
    }

    Failure failure(const Call& call, const Error& error) const
    {
        const auto settled = std::ranges::count_if(m_report.done, [&](const Done& done) {
            return m_steps.sliced(call.first, call.count).contains(done.step);
        });
        const Step& step = m_steps[call.first + std::min<qsizetype>(settled, call.count - 1)];
        return {.error = error,
                .step = step,
                .file = step.file(),
                .statement = {},
                .standing = standing(step, settled == call.count)};
    }

    QString standing(const Step& step, bool isWhole) const
    {
        QString text = Words::tr("The ledger was read again.");
        if (m_report.done.isEmpty())
            text += u' ' + Words::tr("Nothing of this run is in it.");
        else if (m_report.done.size() == 1)
            text += u' ' + Words::tr("It has %1.").arg(m_report.done.first().step.migration.folder);
        else
            text +=
                u' '
                + Words::tr("It has the first %1 of this run, up to %2.")
                      .arg(QString::number(m_report.done.size()), m_report.done.last().step.migration.folder);
        if (!isWhole)
            text += u' '
                    + Words::tr(
                          "What %1 did before may stand all the same, where its program uses no transaction.")
                          .arg(step.migration.folder);
        return text;
    }

    drivers::Connection& m_connection;
    const project::Project& m_project;
    const QList<Step>& m_steps;
    const Watch& m_watch;
    Report m_report;
    qsizetype m_at = 0;  ///< the step that the program seems to be at
};

}  // namespace

Result<Report> runByCommand(drivers::Connection& connection, const Status& before, const QList<Step>& steps,
                            const Watch& watch)
{
    const QList<Call> calls = callsFor(before.project, steps);
    if (auto follows = refuseOtherOrder(before, steps, calls); !follows)
        return fail(follows.error());
    return CommandRun(connection, before.project, steps, watch).run(calls);
}

}  // namespace dewpoint::apply
