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

/// While it lives, an interrupt ends the project's program, which has a session of its own and would go
/// on without us. Other projects keep the system's way.
class StopSignals final
{
public:
    struct Always {};  ///< for who has something of his own to clear away

    explicit StopSignals(const project::Project& project);
    explicit StopSignals(Always);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    std::function<bool()> asked() const;

private:
    explicit StopSignals(bool active);

    bool m_active;
};

}  // namespace dewpoint::cli
