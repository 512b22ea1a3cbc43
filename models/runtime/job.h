// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/connection.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace dewpoint::runtime {

/// Shared between a job's owner and its lane: whether it was given up, and how to stop it.
struct JobState {
    std::atomic<bool> silenced{false};  ///< the answer is not wanted any more
    std::atomic<bool> stopped{false};   ///< the work is to end early
    std::atomic<bool> finished{false};
    std::atomic<bool> answered{false};  ///< the owner has it, or is getting it now
    std::mutex mutex;                   ///< guards interrupt
    drivers::Interrupt interrupt;       ///< set while the lane runs the job
    void stop();
    void finish();  ///< from now on a stop must not reach the lane's connection
};

/// Asked by long loops inside a job.
class StopToken final
{
public:
    explicit StopToken(std::shared_ptr<JobState> state) : m_state(std::move(state)) {}
    StopToken() = default;
    bool stopRequested() const { return m_state && m_state->stopped; }

private:
    std::shared_ptr<JobState> m_state;
};

/// Keeps a piece of lane work alive; forgetting it (destroying or assigning over it) cancels the
/// work and silences its answer.
class Job final
{
public:
    Job() = default;
    explicit Job(std::shared_ptr<JobState> state) : m_state(std::move(state)) {}
    ~Job() { cancel(); }
    Job(Job&&) noexcept = default;
    Job& operator=(Job&& other) noexcept;
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    void cancel();           ///< the answer never comes
    void stop();             ///< interrupt it, but let its (Cancelled) answer come
    void detach();           ///< let it finish without an owner
    bool isRunning() const;  ///< or done, but its answer is still on its way

private:
    std::shared_ptr<JobState> m_state;
};

}  // namespace dewpoint::runtime
