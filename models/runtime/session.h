// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/job.h"
#include "runtime/lane.h"

#include <concepts>
#include <type_traits>

namespace dewpoint::runtime {

/// One database as the window sees it: a main lane for writes and a read lane, so that browsing is
/// never behind a long query. Work is blocking code that gets a Connection& on the lane's thread;
/// its Result arrives at `context`'s thread, and never when context or the returned Job is gone.
class Session final : public QObject
{
    Q_OBJECT
public:
    /// Spare is the read lane while nobody else wants it: as soon as somebody does, the work is stopped,
    /// its answer is Cancelled, and its owner asks again.
    enum class Lane { Main, Read, Spare };

    explicit Session(drivers::Target target, QObject* parent = nullptr);
    ~Session() override;  ///< stops what runs and does not wait for its end

    const drivers::Target& target() const { return m_target; }
    void setPassword(const QString& password);

    /// Left open on the main lane, by whichever tab.
    bool inTransaction() const { return m_inTransaction; }
    void setInTransaction(bool open);  ///< for who knows it while the work still goes on

    /// `work`: Result<T>(drivers::Connection&, StopToken); `done`: void(Result<T>).
    /// A connection that was lost is opened again for the next piece of work.
    template <class Work, class Done>
    [[nodiscard]] Job run(Lane lane, QObject* context, Work work, Done done)
    {
        using R = std::invoke_result_t<Work, drivers::Connection&, StopToken>;
        auto state = std::make_shared<JobState>();
        QPointer<QObject> guard(context);
        laneFor(lane).post(
            [state, guard, work = std::move(work),
             done = std::move(done)](Result<drivers::Connection*> connection) mutable {
                R result = connection ? R(work(**connection, StopToken(state)))
                                      : R(std::unexpected(connection.error()));
                state->finish();
                deliver([state, guard, done = std::move(done), result = std::move(result)]() mutable {
                    state->answered = true;
                    if (guard && !state->silenced)
                        done(std::move(result));
                });
            },
            state, lane == Lane::Spare ? runtime::Lane::Urgency::Spare : runtime::Lane::Urgency::Wanted);
        return Job(state);
    }

Q_SIGNALS:
    void transactionChanged(bool open);
    void connectionLost(const dewpoint::Error& error);
    /// Every statement any part sent: for the activity log and the status bar.
    void statementRun(const QString& sql, qint64 microseconds, qint64 rows);

private:
    runtime::Lane& laneFor(Lane lane);
    /// Calls back on the GUI thread.
    static void deliver(std::move_only_function<void()> call);

    drivers::Target m_target;
    bool m_inTransaction = false;
    std::unique_ptr<runtime::Lane> m_main;
    std::unique_ptr<runtime::Lane> m_read;
};

}  // namespace dewpoint::runtime
