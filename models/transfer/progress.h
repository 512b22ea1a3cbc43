// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtTypes>

#include <atomic>

namespace dewpoint::transfer {

/// How far a transfer is, written on the lane and read by whoever draws it.
struct Progress {
    std::atomic<qint64> rows{0};
    std::atomic<qint64> totalRows{-1};  ///< that are wanted; -1 unknown
    std::atomic<bool> about{false};     ///< totalRows is a guess
    std::atomic<qint64> bytes{0};
    std::atomic<qint64> totalBytes{-1};  ///< of the file that is read; -1 unknown
};

}  // namespace dewpoint::transfer
