// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows_bench.h"

namespace dewpoint::bench {

struct WindowData {
    QString engine;
    drivers::Target rows;
    Events large;
    Events middle;  ///< goes out and in again
    drivers::Target tables;
    drivers::Target empty;  ///< for migrations
};

/// The real window, without a screen: how long it does not answer while it opens, jumps, sorts, filters, searches,
/// exports, imports, compares, rehearses and runs migrations; how soon long work shows itself, and ends when it
/// is told to; what a frame of scrolling costs.
void benchWindow(Board& board, const WindowData& data);

}  // namespace dewpoint::bench
