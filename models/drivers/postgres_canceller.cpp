// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_canceller.h"

#include <libpq-fe.h>

#include <chrono>
#include <thread>

namespace dewpoint::drivers {

namespace {

constexpr std::chrono::milliseconds untilNextCancel{100};

}  // namespace

PostgresCanceller::PostgresCanceller(pg_conn* connection) : m_cancel(PQcancelCreate(connection)) {}

PostgresCanceller::~PostgresCanceller()
{
    PQcancelFinish(m_cancel);
}

void PostgresCanceller::statementBegins(bool cancellable)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_underWay; });
    m_running = true;
    m_cancellable = cancellable;
    m_asked = false;
}

void PostgresCanceller::statementEnds()
{
    const std::lock_guard lock(m_mutex);
    m_running = false;
    m_changed.notify_all();
}

void PostgresCanceller::cancelOnce()
{
    {
        const std::lock_guard lock(m_mutex);
        m_asked = true;
        if (m_underWay)
            return;
        m_underWay = true;
    }
    send();
    const std::lock_guard lock(m_mutex);
    m_underWay = false;
    m_changed.notify_all();
}

bool PostgresCanceller::wasAsked()
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

void PostgresCanceller::cancel()
{
    const std::lock_guard lock(m_mutex);
    if (!m_running || !m_cancellable || m_underWay)
        return;
    m_asked = true;
    m_underWay = true;
    std::thread([self = shared_from_this()] { self->insist(); }).detach();
}

void PostgresCanceller::insist()
{
    std::unique_lock lock(m_mutex);
    while (m_running) {
        lock.unlock();
        send();
        lock.lock();
        m_changed.wait_for(lock, untilNextCancel, [this] { return !m_running; });
    }
    m_underWay = false;
    m_changed.notify_all();
}

void PostgresCanceller::send()
{
    (void)PQcancelBlocking(m_cancel);
    PQcancelReset(m_cancel);
}

}  // namespace dewpoint::drivers
