// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "command/run.h"

#include "base/words.h"
#include "command/output.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QThread>

#include <csignal>

namespace dewpoint::command {

namespace {

constexpr int pollMilliseconds = 50;

/// A program and all that it started and that stayed in its session.
class Child final
{
public:
    Child(const Command& command, const Watch& watch) : m_command(command), m_watch(watch) {}

    Result<Ended> run()
    {
        const QString program = resolved(m_command);
        if (program.isEmpty())
            return fail(ErrorKind::NotFound,
                        Words::tr("%1 is not there or cannot be executed.").arg(m_command.program),
                        m_command.install);
        if (!QFileInfo(m_command.folder).isDir())
            return fail(ErrorKind::NotFound, Words::tr("There is no folder %1.").arg(m_command.folder));
        m_process.setProgram(program);
        m_process.setArguments(m_command.arguments);
        m_process.setWorkingDirectory(m_command.folder);
        m_process.setEnvironment(environmentOf(m_command));
        m_process.setProcessChannelMode(m_watch.wantsAnswer ? QProcess::SeparateChannels
                                                            : QProcess::MergedChannels);
        m_process.setStandardInputFile(QProcess::nullDevice());
        // Not CloseFileDescriptors: with it Qt 6.8 does not notice that the program could not be executed.
        m_process.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession
                                           | QProcess::UnixProcessFlag::ResetSignalHandlers);
        m_process.start();
        if (!m_process.waitForStarted(-1))
            return fail(
                ErrorKind::File,
                Words::tr("%1 could not be started: %2").arg(m_command.program, m_process.errorString()),
                m_command.install);
        m_group = static_cast<pid_t>(m_process.processId());
        follow();
        return ended();
    }

private:
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    void follow()
    {
        while (isRunning()) {
            if (m_watch.stopRequested && m_watch.stopRequested()) {
                m_stopped = true;
                return stop();
            }
            read();
        }
    }

    void read()
    {
        // One that has closed its outputs is not waited for.
        if (!m_process.waitForReadyRead(pollMilliseconds) && isRunning())
            QThread::msleep(1);
        take();
    }

    void take()
    {
        tell(m_output.take(m_process.readAllStandardOutput()));
        if (m_watch.wantsAnswer)
            (void)m_errors.take(m_process.readAllStandardError());
    }

    /// Everything of the session: what ignores the first signal gets the second. A group that has lost
    /// its leader lives on, so the leader's end is not the end.
    void stop()
    {
        (void)::kill(-m_group, SIGTERM);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < m_watch.grace.count() && groupLives()) {
            if (isRunning())
                read();
            else
                QThread::msleep(pollMilliseconds);
        }
        (void)::kill(-m_group, SIGKILL);
        m_process.waitForFinished(-1);
    }

    bool groupLives() const { return ::kill(-m_group, 0) == 0; }

    Ended ended()
    {
        take();
        tell(m_output.end());
        (void)m_errors.end();
        const bool crashed = m_process.exitStatus() == QProcess::CrashExit;
        return {.exitCode = crashed ? 0 : m_process.exitCode(),
                .crashed = crashed,
                .stopped = m_stopped,
                .lastLines = m_watch.wantsAnswer ? m_errors.lastLines() : m_output.lastLines()};
    }

    void tell(const QStringList& lines)
    {
        if (m_watch.output && !lines.isEmpty())
            m_watch.output(lines);
    }

    const Command& m_command;
    const Watch& m_watch;
    QProcess m_process;
    Output m_output;
    Output m_errors;
    pid_t m_group = 0;
    bool m_stopped = false;
};

}  // namespace

QString Ended::sentence() const
{
    if (stopped)
        return Words::tr("It was stopped.");
    if (crashed)
        return Words::tr("It was ended by a signal.");
    return exitCode == 0 ? Words::tr("It ended well.")
                         : Words::tr("It ended with exit code %1.").arg(exitCode);
}

Result<Ended> run(const Command& command, const Watch& watch)
{
    return Child(command, watch).run();
}

}  // namespace dewpoint::command
