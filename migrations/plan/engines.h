// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/plan.h"

namespace dewpoint::plan {

Result<Plan> planSqlite(const schema::Database& from, const schema::Database& to);
Result<Plan> planPostgres(const schema::Database& from, const schema::Database& to, const Options& options);

}  // namespace dewpoint::plan
