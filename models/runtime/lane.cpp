// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "runtime/lane.h"

#include "base/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <vector>

namespace dewpoint::runtime {

namespace {

Error connectionLost()
{
    return {.kind = ErrorKind::Connection, .message = Words::tr("The connection was lost.")};
}

std::vector<std::unique_ptr<Lane>>& leavingLanes()
{
    static std::vector<std::unique_ptr<Lane>> lanes;
    return lanes;
}

}  // namespace

Lane::Lane(drivers::Target target, Hooks hooks)
    : m_target(std::move(target)), m_hooks(std::move(hooks)), m_thread(QThread::create([this] { loop(); }))
{
    m_thread->setObjectName(QStringLiteral("lane"));
    m_thread->start();
}

Lane::~Lane()
{
    stop();
    m_thread->wait();
}

void Lane::leave(std::unique_ptr<Lane> lane)
{
    lane->stop();
    auto& lanes = leavingLanes();
    std::erase_if(lanes, [](const std::unique_ptr<Lane>& left) { return left->m_thread->isFinished(); });
    if (lanes.empty())
        qAddPostRoutine([] { leavingLanes().clear(); });
    lanes.push_back(std::move(lane));
}

void Lane::stop()
{
    std::shared_ptr<JobState> running;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        running = m_current;
    }
    if (running) {
        running->silenced = true;
        running->stop();
    }
    m_wake.notify_all();
}

void Lane::post(Work work, std::shared_ptr<JobState> state, Urgency urgency)
{
    std::shared_ptr<JobState> inTheWay;
    {
        const std::lock_guard lock(m_mutex);
        auto place = m_queue.end();
        if (urgency == Urgency::Wanted) {
            place = std::ranges::find(m_queue, Urgency::Spare, &Item::urgency);
            if (m_currentUrgency == Urgency::Spare)
                inTheWay = m_current;
        }
        m_queue.insert(place, Item{std::move(work), std::move(state), urgency});
    }
    if (inTheWay)
        inTheWay->stop();
    m_wake.notify_one();
}

void Lane::setTarget(const drivers::Target& target)
{
    const std::lock_guard lock(m_mutex);
    m_target = target;
}

Result<drivers::Connection*> Lane::ensureOpen(const std::shared_ptr<JobState>& job)
{
    // The question stays answered, so a cancel between two statements is not lost.
    const drivers::StopAsked stop = [job] { return job->stopped.load(); };
    if (m_connection && m_connection->isOpen()) {
        m_connection->setStopAsked(stop);
        return m_connection.get();
    }
    if (m_connection && m_hooks.lost)
        m_hooks.lost(connectionLost());
    m_connection.reset();
    drivers::Target target;
    {
        const std::lock_guard lock(m_mutex);
        target = m_target;
    }
    auto opened = drivers::Connection::open(target, stop);
    if (!opened) {
        if (m_hooks.lost && opened.error().kind != ErrorKind::Cancelled)
            m_hooks.lost(opened.error());
        return std::unexpected(opened.error());
    }
    m_connection = std::move(*opened);
    m_connection->setObserver(m_hooks.statement);
    return m_connection.get();
}

void Lane::loop()
{
    for (;;) {
        Item item;
        {
            std::unique_lock lock(m_mutex);
            m_current.reset();
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_stopping)
                break;
            item = std::move(m_queue.front());
            m_queue.pop_front();
            m_current = item.state;
            m_currentUrgency = item.urgency;
        }
        if (item.state->silenced) {
            item.state->finish();
            continue;
        }
        auto connection = ensureOpen(item.state);
        if (connection) {
            const std::lock_guard lock(item.state->mutex);
            item.state->interrupt = (*connection)->interrupt();
        }
        if (item.state->stopped)
            connection = fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
        item.work(connection);
        item.state->finish();
        const bool open = m_connection && m_connection->isOpen() && m_connection->inTransaction();
        if (std::exchange(m_inTransaction, open) != open && m_hooks.transaction)
            m_hooks.transaction(open);
        if (m_connection && !m_connection->isOpen()) {
            m_connection.reset();
            if (m_hooks.lost)
                m_hooks.lost(connectionLost());
        }
    }
    m_queue.clear();
    m_connection.reset();  // a connection dies on the thread that opened it
}

}  // namespace dewpoint::runtime
