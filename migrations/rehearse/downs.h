// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "project/migration.h"

#include <QHash>

namespace dewpoint::rehearse {

/// Whether a migration's down restores the structure, tried without rows.
struct DownResult {
    bool restores = true;
    QString text;  ///< what is not as before, or why the down fails
    bool operator==(const DownResult&) const = default;
};

using DownResults = QHash<QString, DownResult>;  ///< by version; none for what has no down

/// What is known from earlier, by what the files say: an edited migration and all behind it have none.
DownResults knownDowns(const project::Project& project, Engine engine);

/// Tries every down that is not known yet, each right behind its up, on scratch databases beside `server`.
/// What was found so far is kept when it is stopped, and the rest is not told where a migration does not
/// run there. Nothing for projects whose migrations are programs. Blocking: for a lane.
Result<DownResults> tryDowns(const drivers::Target& server, const project::Project& project,
                             const drivers::StopAsked& stop = {});

}  // namespace dewpoint::rehearse
