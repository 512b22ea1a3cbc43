// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"

#include <functional>

namespace dewpoint::cli {

/// While it lives, Ctrl+C (SIGINT, SIGTERM, SIGHUP) is not the program's end but the answer to `asked`: a
/// connection that asks it breaks off its statement and rolls back, half a file goes away, a project's program,
/// which has a session of its own, is ended. The second Ctrl+C ends the program at once.
class StopSignals final
{
public:
    struct Always {};  ///< for who has something of his own to clear away

    /// Only where the project runs code: others keep the system's way.
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
