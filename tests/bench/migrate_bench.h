// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "bench.h"
#include "drivers/target.h"

#include <functional>

namespace dewpoint::bench {

/// An empty database, made anew.
using MakeDatabase = std::function<drivers::Target()>;

/// So many small migrations, run and replayed. The floor is the engine's own shell with the same SQL in the same
/// transactions; beside it the tools whose projects these are, where they can be had.
void benchMigrations(Board& board, const QString& engine, int migrations, const MakeDatabase& fresh);

}  // namespace dewpoint::bench
