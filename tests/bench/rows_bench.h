// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "bench.h"
#include "drivers/target.h"

namespace dewpoint::bench {

/// A table that makeEvents() has made.
struct Events {
    QString table;
    qint64 rows = 0;
};

/// Opening, jumping and scrolling in tables of these sizes; in the first, the largest, also what cannot cost
/// the same whatever the size: sorting, filtering and counting.
void benchRows(Board& board, const QString& engine, const drivers::Target& target,
               const QList<Events>& sizes);

}  // namespace dewpoint::bench
