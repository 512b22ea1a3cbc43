// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"

#include <QString>

#include <memory>

class QLockFile;

namespace dewpoint::store {

/// The file that tabs, drafts and staged edits of an open database are kept in, for as long as this object
/// lives. Two windows or programs with the same database have one each, so that neither writes over what the
/// other keeps; the next start finds them in the same order.
class WorkspaceKeep final
{
public:
    WorkspaceKeep();
    /// Takes the first file that nobody has. Where no lock can be made, the first.
    explicit WorkspaceKeep(const drivers::Target& target);
    ~WorkspaceKeep();
    WorkspaceKeep(WorkspaceKeep&& other) noexcept;
    WorkspaceKeep& operator=(WorkspaceKeep&& other) noexcept;

    QString path() const { return m_path; }

private:
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

}  // namespace dewpoint::store
