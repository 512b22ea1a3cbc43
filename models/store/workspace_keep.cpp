// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "store/workspace_keep.h"

#include "store/connections.h"

#include <QLockFile>

#include <chrono>

namespace dewpoint::store {

WorkspaceKeep::WorkspaceKeep() = default;
WorkspaceKeep::~WorkspaceKeep() = default;
WorkspaceKeep::WorkspaceKeep(WorkspaceKeep&& other) noexcept = default;
WorkspaceKeep& WorkspaceKeep::operator=(WorkspaceKeep&& other) noexcept = default;

WorkspaceKeep::WorkspaceKeep(const drivers::Target& target) : m_path(workspaceFile(target))
{
    constexpr int mostWindows = 20;
    for (int window = 1; window <= mostWindows; ++window) {
        const QString path = workspaceFile(target, window);
        auto lock = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
        lock->setStaleLockTime(std::chrono::milliseconds(0));  // only where its program is gone
        if (lock->tryLock(std::chrono::milliseconds(0))) {
            m_path = path;
            m_lock = std::move(lock);
            return;
        }
        if (lock->error() != QLockFile::LockFailedError)
            return;
    }
}

}  // namespace dewpoint::store
