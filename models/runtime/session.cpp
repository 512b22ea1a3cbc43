// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "runtime/session.h"

#include <QCoreApplication>
#include <QMetaObject>

#include <utility>

namespace dewpoint::runtime {

Session::Session(drivers::Target target, QObject* parent) : QObject(parent), m_target(std::move(target)) {}

// Both are stopped before either is left: a cancel of one must not wait for the other's.
Session::~Session()
{
    for (const auto& lane : {m_read.get(), m_main.get()}) {
        if (lane)
            lane->stop();
    }
    for (auto* lane : {&m_read, &m_main}) {
        if (*lane)
            runtime::Lane::leave(std::move(*lane));
    }
}

void Session::setPassword(const QString& password)
{
    m_target.password = password;
    for (auto* lane : {m_main.get(), m_read.get()}) {
        if (lane)
            lane->setTarget(m_target);
    }
}

void Session::setInTransaction(bool open)
{
    if (std::exchange(m_inTransaction, open) != open)
        Q_EMIT transactionChanged(open);
}

runtime::Lane& Session::laneFor(Lane lane)
{
    // An in-memory database exists in one connection only.
    const bool single = m_target.engine == Engine::Sqlite && m_target.location == QLatin1String(":memory:");
    std::unique_ptr<runtime::Lane>& slot = lane == Lane::Main || single ? m_main : m_read;
    if (!slot) {
        QPointer<Session> self(this);
        const bool main = &slot == &m_main;
        // Hooks run on the lane; signals are emitted on the session's own thread.
        slot = std::make_unique<runtime::Lane>(
            m_target, runtime::Lane::Hooks{
                          .lost =
                              [self, main](const Error& error) {
                                  deliver([self, main, error] {
                                      if (self && main)
                                          self->setInTransaction(false);
                                      if (self)
                                          Q_EMIT self->connectionLost(error);
                                  });
                              },
                          .statement =
                              [self](const QString& sql, qint64 microseconds, qint64 rows, const Error*) {
                                  deliver([self, sql, microseconds, rows] {
                                      if (self)
                                          Q_EMIT self->statementRun(sql, microseconds, rows);
                                  });
                              },
                          .transaction =
                              [self, main](bool open) {
                                  deliver([self, main, open] {
                                      if (self && main)
                                          self->setInTransaction(open);
                                  });
                              }});
    }
    return *slot;
}

void Session::deliver(std::move_only_function<void()> call)
{
    // The application object outlives every lane, so posting to it is safe from any thread; the
    // context is only looked at on the GUI thread.
    auto shared = std::make_shared<std::move_only_function<void()>>(std::move(call));
    if (auto* application = QCoreApplication::instance())
        QMetaObject::invokeMethod(application, [shared] { (*shared)(); }, Qt::QueuedConnection);
}

}  // namespace dewpoint::runtime
