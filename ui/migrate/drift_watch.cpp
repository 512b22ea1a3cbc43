// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/drift_watch.h"

#include <algorithm>

namespace dewpoint::migrate {

DriftWatch::DriftWatch(runtime::Session& session, bool mayReplay, QObject* parent)
    : QObject(parent), m_session(session), m_mayReplay(mayReplay)
{}

DriftWatch::~DriftWatch() = default;

void DriftWatch::setProject(const std::optional<project::Project>& project, const store::DriftMemory& memory)
{
    m_memory = memory;
    if (m_project == project)
        return;
    m_project = project;
    m_made.reset();
    m_job.cancel();
    setCount({});
}

/// The newest look counts: one that still runs is given up.
void DriftWatch::look()
{
    // One in memory has no other session, and what it holds was made just now.
    if (!m_project || !m_memory || m_session.target().isInMemory())
        return;
    m_job.cancel();
    m_own.letGo();
    m_job = m_own->run(
        runtime::Session::Lane::Main, this,
        [project = *m_project, memory = *m_memory, mayReplay = m_mayReplay,
         made = m_made](drivers::Connection& connection, const runtime::StopToken& stop) {
            return drift::glance(
                connection, project, memory, mayReplay, [stop] { return stop.stopRequested(); }, made);
        },
        [this](const Result<std::optional<drift::Glance>>& glance) {
            m_own.letGo();
            if (!glance || !*glance) {
                setCount({});
                return;
            }
            m_made = (*glance)->made;
            const QStringList ignored = m_memory->ignoredKeys();
            setCount(static_cast<int>(std::ranges::count_if(
                (*glance)->keys, [&](const QString& key) { return !ignored.contains(key); })));
        });
}

void DriftWatch::setCount(std::optional<int> count)
{
    m_count = count;
    Q_EMIT countChanged();
}

}  // namespace dewpoint::migrate
