// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "bench.h"
#include "drivers/target.h"

namespace dewpoint::bench {

/// Opening, jumping, scrolling, sorting, filtering and counting a big table.
void benchRows(Board& board, const QString& engine, const drivers::Target& target);

}  // namespace dewpoint::bench
