// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "runtime/job.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace dewpoint::runtime {

/// One thread with a queue of move-only jobs and the one connection they share. The connection is
/// opened on this thread at the first job, and again after it was lost.
class Lane final
{
public:
    using Work = std::move_only_function<void(Result<drivers::Connection*>)>;
    /// Spare: when nothing else is to be done, and stopped (Cancelled) as soon as something is.
    enum class Urgency { Wanted, Spare };

    struct Hooks {
        std::function<void(const Error&)> lost;  ///< could not be opened, or went away
        drivers::Observer statement;
        std::function<void(bool open)> transaction;  ///< a piece of work left one open, or ended it
    };

    explicit Lane(drivers::Target target, Hooks hooks = {});
    ~Lane();  ///< stop(), and waits for its end
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    void post(Work work, std::shared_ptr<JobState> state, Urgency urgency = Urgency::Wanted);
    void setTarget(const drivers::Target& target);  ///< used at the next (re)connect
    void stop();  ///< interrupts the running job and drops the queue; does not wait

    /// Ends a lane without waiting for it: its last statement may hang on a network that is gone. Only the
    /// end of the program waits, for as long as a connection has patience. On the GUI thread.
    static void leave(std::unique_ptr<Lane> lane);

private:
    struct Item {
        Work work;
        std::shared_ptr<JobState> state;
        Urgency urgency = Urgency::Wanted;
    };
    void loop();
    Result<drivers::Connection*> ensureOpen(const std::shared_ptr<JobState>& job);

    drivers::Target m_target;
    Hooks m_hooks;
    std::unique_ptr<drivers::Connection> m_connection;
    std::shared_ptr<JobState> m_current;
    Urgency m_currentUrgency = Urgency::Wanted;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Item> m_queue;
    bool m_stopping = false;
    bool m_inTransaction = false;
    std::unique_ptr<QThread> m_thread;
};

}  // namespace dewpoint::runtime
