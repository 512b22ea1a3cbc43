// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/console.h"
#include "project/project.h"

#include <QCommandLineParser>

#include <functional>

/// A project's own program runs only after somebody has agreed to it: once by --run-project-code, or for
/// good by answering the question at a terminal or by `migrate code --agree`.
namespace dewpoint::cli {

void addCodeOption(QCommandLineParser& parser);

/// Puts what was agreed to, now or earlier, into the project.
void takeAgreement(const QCommandLineParser& parser, project::Project& project);

/// Asks at a terminal; Permission where nobody agrees. Nothing to ask where there is only SQL.
Result<> wantAgreement(const QCommandLineParser& parser, project::Project& project, Console& console);

/// `migrate code`: what would run, and --agree or --revoke.
int showCode(const QCommandLineParser& parser, const project::Project& project, Console& console);

}  // namespace dewpoint::cli
