// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "bench.h"
#include "drivers/target.h"

namespace dewpoint::bench {

/// Reading, comparing and planning a schema of so many tables; `inWindow`: also its diagram, and completion in an
/// editor that knows it.
void benchSchema(Board& board, const QString& engine, const drivers::Target& target, int tables,
                 bool inWindow);

}  // namespace dewpoint::bench
