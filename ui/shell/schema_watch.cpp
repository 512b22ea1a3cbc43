// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/schema_watch.h"

#include "catalog/inspect.h"

#include <QGuiApplication>

#include <chrono>

namespace dewpoint::shell {

namespace {

constexpr std::chrono::seconds leastPause{2};  ///< between two looks

}  // namespace

SchemaWatch::SchemaWatch(runtime::Session& session, QObject* parent) : QObject(parent), m_session(session)
{
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive)
            look();
    });
}

void SchemaWatch::setShown(const schema::Database& database)
{
    m_shown = database;
    m_read.start();
}

void SchemaWatch::look()
{
    // One in memory has no other session, and an open transaction shows what no other session sees.
    const bool other = !m_session.target().isInMemory() && !m_session.inTransaction();
    if (!other || m_job.isRunning() || !m_read.isValid() || m_read.durationElapsed() < leastPause)
        return;
    m_job = m_own->run(
        runtime::Session::Lane::Read, this,
        [](drivers::Connection& connection, const runtime::StopToken&) {
            return catalog::inspect(connection);
        },
        [this](const Result<schema::Database>& now) {
            m_own.letGo();
            m_read.start();
            if (now && *now != m_shown)
                Q_EMIT changed();
        });
}

}  // namespace dewpoint::shell
