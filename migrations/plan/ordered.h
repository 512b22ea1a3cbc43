// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/plan.h"

namespace dewpoint::plan {

/// plan() where the columns of these tables shall also have the order of `to`. SQLite: that is a rebuild;
/// PostgreSQL keeps the order in which they were made.
Result<Plan> planOrdered(const schema::Database& from, const schema::Database& to, const Options& options,
                         const QList<change::Name>& ordered);

}  // namespace dewpoint::plan
