// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "command/command.h"

#include <chrono>
#include <functional>

namespace dewpoint::command {

/// Callbacks come on the calling thread.
struct Watch {
    std::function<bool()> stopRequested;
    std::function<void(const QStringList& lines)> output;  ///< both of the program's outputs, in order
    bool wantsAnswer = false;               ///< output has what is written to standard output alone
    std::chrono::milliseconds grace{3000};  ///< between asking it to end and killing it
};

/// How a program ended. It says nothing about what stands in the database.
struct Ended {
    int exitCode = 0;
    bool crashed = false;   ///< a signal ended it
    bool stopped = false;   ///< because the watch asked
    QStringList lastLines;  ///< of what it said; of its errors where they are apart

    bool isFine() const { return exitCode == 0 && !crashed && !stopped; }
    QString sentence() const;  ///< "It ended with exit code 3."
};

/// Starts the program, waits for it and tells its output as it comes. It has no input and a session of
/// its own, so that a stop reaches all that it started: SIGTERM, then SIGKILL after the grace time.
/// An error means that it could not be started. Blocking: for a lane.
Result<Ended> run(const Command& command, const Watch& watch = {});

}  // namespace dewpoint::command
