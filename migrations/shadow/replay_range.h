// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "project/format.h"

namespace dewpoint::shadow {

/// Migrations of a project to look at, and those that come before them.
struct Range {
    QList<project::Migration> before;
    QList<project::Migration> inside;
};

/// From one version to another, both in the project's order; NotFound where there is no such version.
Result<Range> findRange(const project::Project& project, const QString& from, const QString& to);

/// What stands for all before it is where the replay begins, as on a new database.
void beginAtSummary(QList<project::Migration>& migrations);

}  // namespace dewpoint::shadow
