// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/layout.h"

namespace dewpoint::diagram {

/// Height in the scene at which a relation meets a card: the middle of its column's row, or the
/// middle of the header when that row is not drawn.
qreal anchorHeight(const Card& card, int row, const Metrics& metrics);

/// Straight out of the card to the end of its gutter, where the curve proper begins.
QPointF outside(const Anchor& anchor, qreal gutter);

/// A curve that leaves both cards sideways, for relations that Graphviz did not route. A relation
/// of a table to itself is a loop at its right side.
void routePlainly(Relation& relation, const QList<Card>& cards, const Metrics& metrics);

}  // namespace dewpoint::diagram
