// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/scripts.h"
#include "cli/schema_side.h"

namespace dewpoint::cli {

/// What is missing in the project's migrations to make `target` (a database or SQL files; empty: the
/// database of --db), as its tool will run it.
Result<apply::Scripts> scriptsFromDifference(const QCommandLineParser& parser,
                                             const project::Project& project, const QString& target);

}  // namespace dewpoint::cli
