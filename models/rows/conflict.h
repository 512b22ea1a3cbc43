// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/commit_order.h"

#include <optional>

namespace dewpoint::rows {

/// How a row that a change did not find differs from what was read; `now` is that row, or empty where it is
/// gone. Nothing where it is as it was read.
std::optional<Conflict> conflictOf(const PlannedChange& item, const Relation& relation, const RowBatch& now);

}  // namespace dewpoint::rows
