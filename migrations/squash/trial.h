// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "command/run.h"
#include "project/format.h"

#include <QTemporaryDir>

#include <memory>

namespace dewpoint::squash {

/// A copy of a project's migrations folder in which it is tried what the tool makes of the change, with the
/// tool's own names and side files. It goes away with this object.
class Trial final
{
public:
    static Result<Trial> make(const project::Project& project);

    const project::Project& project() const { return m_project; }
    QString folder() const { return m_project.directory; }

    /// The migration as it lies in the copy.
    project::Migration there(project::Migration migration) const;
    project::Migration back(project::Migration migration) const;

    /// Takes these out, with everything that is theirs alone.
    Result<> remove(const QList<project::Migration>& old);
    /// Writes the new one. `outside`: its up is not to run in a transaction, its downs neither.
    struct Outside {
        bool up = false;
        bool down = false;
    };
    Result<project::Migration> add(const project::NewMigration& wanted, const QList<project::Migration>& old,
                                   Outside outside, const drivers::Target& server,
                                   const drivers::StopAsked& stop);

private:
    Trial() = default;
    Result<> sumUp() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_original;
    project::Project m_project;
};

}  // namespace dewpoint::squash
