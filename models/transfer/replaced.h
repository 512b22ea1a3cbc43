// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/dependants.h"

namespace dewpoint::transfer {

/// What becomes of other tables' rows when all rows of this one are deleted, and of those behind them: to be
/// told before ImportMode::Replace does it.
Result<QList<rows::DependantCount>> countReplaced(drivers::Connection& connection,
                                                  const rows::Relation& relation);

}  // namespace dewpoint::transfer
