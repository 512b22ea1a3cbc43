// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "bench.h"
#include "drivers/target.h"

namespace dewpoint::bench {

/// Reading, comparing and laying out a schema of many tables.
void benchSchema(Board& board, const QString& engine, const drivers::Target& target);

/// How long the program takes to be there.
void benchStart(Board& board);

}  // namespace dewpoint::bench
