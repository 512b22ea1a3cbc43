// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QSet>

#include <utility>

namespace dewpoint::plan {

/// An order of 0 … ranks.size()-1 in which each edge's first comes before its second; else by rank, else as
/// they were. Where edges go in a circle, the lowest rank in it goes first.
QList<qsizetype> inOrder(const QList<int>& ranks, const QList<std::pair<qsizetype, qsizetype>>& edges);

/// Those of 0 … count-1 that are in a circle of the edges, or between two circles.
QSet<qsizetype> inCircles(qsizetype count, const QList<std::pair<qsizetype, qsizetype>>& edges);

}  // namespace dewpoint::plan
