// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"

namespace dewpoint::project {

/// The same project on this database: its engine where the files do not say which, and what its URL says to
/// the tool. Where that is nothing, what the project's own URL says stays.
Project forDatabase(Project project, const drivers::Target& target);

/// For a tool whose URLs have such options: those of the project's own URL become settings.
void heedUrl(Project& project);

/// Refuses what a URL says to another tool: it would not be heeded.
Result<> fitsTheTool(const Project& project);

}  // namespace dewpoint::project
