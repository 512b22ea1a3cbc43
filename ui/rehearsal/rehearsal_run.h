// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rehearse/rehearsal.h"
#include "runtime/own_session.h"

#include <QObject>

#include <functional>
#include <memory>

namespace dewpoint::rehearsal {

using SharedRehearsal = std::shared_ptr<const rehearse::Rehearsal>;

/// Carries the stages from the lane to the page; both may end first.
class Progress final : public QObject
{
    Q_OBJECT
public:
    static std::shared_ptr<Progress> make();

Q_SIGNALS:
    void staged(const QString& text, int index, int total);
};

/// The rehearsals of one page, one at a time, on a session of their own: a copy takes its time, and browsing
/// goes on. What is stopped or forgotten leaves no copy behind.
class RehearsalRun final : public QObject
{
    Q_OBJECT
public:
    /// On the lane.
    using Work =
        std::function<Result<rehearse::Rehearsal>(drivers::Connection& live, const rehearse::Watch& watch)>;

    RehearsalRun(runtime::Session& session, QObject* parent);

    void start(Work work);
    void stop() { m_job.stop(); }  ///< finished() says that it was cancelled
    void forget();                 ///< nobody wants to hear of it any more
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void staged(const QString& text, int index, int total);  ///< 0 of 0: nobody knows how long
    void finished(const dewpoint::Result<dewpoint::rehearsal::SharedRehearsal>& done);

private:
    void end();

    runtime::OwnSession m_session;
    runtime::Job m_job;
    bool m_running = false;
};

}  // namespace dewpoint::rehearsal
