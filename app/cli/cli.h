// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

#include <optional>

namespace dewpoint::cli {

/// Runs `dewpoint migrate|schema|query|export|import …` and returns its exit code: 0 fine, 1 the answer is "no",
/// 2 usage, 3 the database or a file said no. Nothing when the arguments (program name first) ask for
/// the window. Needs a QCoreApplication and no display.
std::optional<int> runSubCommand(const QStringList& arguments);

}  // namespace dewpoint::cli
