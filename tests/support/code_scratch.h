// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/code.h"
#include "support/project_scratch.h"

namespace dewpoint::test {

/// A project whose migrations are run by a program of its own (a Python script, tests/support/
/// scripted_tool.py), taught through a dewpoint.toml.
class CodeScratch final : public ProjectScratch
{
public:
    explicit CodeScratch(Engine engine);

    /// "0001_users": up and down SQL. Up may have a line "!word" in front: !fail !hang
    /// !hang-live !flood !lie (see the script).
    void migration(const QString& name, const QByteArray& up, const QByteArray& down) const;
    void settings(const QByteArray& toml) const;

    /// Up, down, status and new; the ledger is read from the table.
    static QByteArray usualSettings();

    project::Project agreed() const;  ///< the project, its commands agreed to
    QStringList calls() const;        ///< what the program was started with, each time
};

}  // namespace dewpoint::test
