// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/schema_side.h"
#include "project/project.h"

namespace dewpoint::cli {

struct Scripts {
    QList<plan::Question> open;  ///< not empty: there are no scripts yet
    QByteArray up;               ///< empty: there is no difference
    QByteArray down;
};

/// What is missing in the project's migrations to make `target` (a database or SQL files; empty: the
/// database of --db), as its tool will run it.
Result<Scripts> scriptsFromDifference(const QCommandLineParser& parser, const project::Project& project,
                                      const QString& target);

}  // namespace dewpoint::cli
