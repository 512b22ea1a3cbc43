// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/layout.h"

namespace dewpoint::diagram {

enum class Engraver { Ranked, RankedUnrouted, Forces };  ///< dot, dot without splines, sfdp

/// Lets Graphviz place one connected group: moves the cards' rectangles (top left at the origin) and,
/// for Ranked, sets the relations' curves. False when Graphviz could not.
bool engrave(Layout& layout, const QList<int>& cards, const QList<int>& relations, const Metrics& metrics,
             Engraver engraver);

}  // namespace dewpoint::diagram
