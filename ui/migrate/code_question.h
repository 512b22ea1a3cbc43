// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"

#include <functional>

namespace dewpoint::kit {
class AskBar;
}

namespace dewpoint::migrate {

/// True where the project's own code may run, or there is none. Otherwise it is asked about, with the exact
/// commands; a yes is remembered for this project, and `agreed` gets what Project::agreedCode takes.
bool wantCode(kit::AskBar& ask, const project::Project& project,
              std::function<void(const QString& hash)> agreed);

}  // namespace dewpoint::migrate
