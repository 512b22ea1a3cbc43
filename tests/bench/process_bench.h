// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows_bench.h"

#include <optional>

namespace dewpoint::bench {

/// How long the program takes to be there, beside an empty window.
void benchStart(Board& board);

/// What a visit of the whole table leaves in memory, measured in a process of its own.
void benchMemory(Board& board, const QString& engine, const drivers::Target& target, const Events& events);

/// What such a process of this program does; nothing where its arguments ask for no such thing.
std::optional<int> runAsChild(const QStringList& arguments);

}  // namespace dewpoint::bench
