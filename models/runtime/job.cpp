// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "runtime/job.h"

namespace dewpoint::runtime {

void JobState::stop()
{
    stopped = true;
    const std::lock_guard lock(mutex);
    if (!finished)
        interrupt.fire();
}

void JobState::finish()
{
    const std::lock_guard lock(mutex);
    finished = true;
    interrupt = {};
}

Job& Job::operator=(Job&& other) noexcept
{
    if (this != &other) {
        cancel();
        m_state = std::move(other.m_state);
    }
    return *this;
}

void Job::cancel()
{
    if (const auto state = std::exchange(m_state, nullptr)) {
        state->silenced = true;
        state->stop();
    }
}

void Job::stop()
{
    if (m_state)
        m_state->stop();
}

void Job::detach()
{
    m_state.reset();
}

bool Job::isRunning() const
{
    return m_state && !m_state->answered && !m_state->silenced;
}

}  // namespace dewpoint::runtime
