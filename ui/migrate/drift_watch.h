// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drift/find.h"
#include "runtime/own_session.h"

#include <QObject>

#include <memory>
#include <optional>

namespace dewpoint::migrate {

/// Knows whether the open database has drifted, from looks in the background that end with this object.
class DriftWatch final : public QObject
{
    Q_OBJECT
public:
    /// `mayReplay`: scratch databases may be made on its server unasked.
    DriftWatch(runtime::Session& session, bool mayReplay, QObject* parent = nullptr);
    ~DriftWatch() override;

    void setProject(const std::optional<project::Project>& project, const store::DriftMemory& memory);
    void look();
    void setCount(std::optional<int> count);              ///< by who knows better
    std::optional<int> count() const { return m_count; }  ///< of what is not ignored; nothing: not known

Q_SIGNALS:
    void countChanged();

private:
    runtime::Session& m_session;
    bool m_mayReplay;
    runtime::OwnSession m_own{m_session};
    runtime::Job m_job;
    std::optional<project::Project> m_project;
    std::optional<store::DriftMemory> m_memory;
    std::shared_ptr<const drift::Made> m_made;
    std::optional<int> m_count;
};

}  // namespace dewpoint::migrate
