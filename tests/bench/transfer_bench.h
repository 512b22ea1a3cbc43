// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"
#include "rows_bench.h"

namespace dewpoint::bench {

/// Rows on their way: a file written, a file read, staged edits committed. The floor is the engine's own shell
/// for files, and its own API for edits.
void benchTransfer(Board& board, const QString& engine, const drivers::Target& target, const Events& events);

}  // namespace dewpoint::bench
