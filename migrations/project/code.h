// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "command/run.h"
#include "project/format.h"

#include <optional>

namespace dewpoint::project {

/// What a project would have run on this machine: a person reads it and agrees or not.
struct Code {
    QString folder;     ///< the project's, which the agreement is for
    QStringList lines;  ///< each of them, as one would type it, for a database of that name
    QString hash;       ///< of the commands themselves: other commands are another question

    bool operator==(const Code&) const = default;
};

/// Whether the project's migrations are run by a command instead of as SQL. Pure: nothing is started.
bool runsCode(const Project& project);

/// Its commands; nothing where runsCode() says no.
std::optional<Code> codeOf(const Project& project);

/// Whether Project::agreedCode covers the commands as they are now.
bool mayRunCode(const Project& project);

/// Permission when it does not, with the command that would run.
Result<> wantAgreement(const Project& project);

/// Starts one of them: the only door through which a project's code is run. Permission when nobody has
/// agreed to it, before anything was started.
Result<command::Ended> runCode(const Project& project, const CommandRequest& request,
                               const command::Watch& watch);

/// The text of a migration that is a program, for people.
Result<QString> sourceOf(const Migration& migration);

}  // namespace dewpoint::project
