// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/status.h"
#include "squash/squash.h"

namespace dewpoint::squash {

/// The migrations that are meant, and those before them; refused where they cannot become one.
struct Range {
    QList<project::Migration> before;
    QList<project::Migration> inside;
    QStringList order;  ///< the versions of all
    QStringList behind;
};

/// Whether its migrations are SQL.
Result<> wantSql(const project::Project& project);

Result<Range> rangeOf(const apply::Status& status, const QList<project::Migration>& all,
                      const Request& request);

}  // namespace dewpoint::squash
