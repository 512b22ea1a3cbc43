// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/routing.h"

#include <algorithm>
#include <cmath>

namespace dewpoint::diagram {

namespace {

Anchor anchorAt(const Card& card, int row, Side side, const Metrics& metrics)
{
    const qreal x = side == Side::Left ? card.rect.left() : card.rect.right();
    return {.point = QPointF(x, anchorHeight(card, row, metrics)), .side = side};
}

qreal outward(Side side)
{
    return side == Side::Left ? -1 : 1;
}

/// The sides that face each other; both right ones when the cards stand above each other.
std::pair<Side, Side> facingSides(const QRectF& child, const QRectF& parent, qreal gutter)
{
    if (child.left() - parent.right() > gutter)
        return {Side::Left, Side::Right};
    if (parent.left() - child.right() > gutter)
        return {Side::Right, Side::Left};
    return {Side::Right, Side::Right};
}

}  // namespace

qreal anchorHeight(const Card& card, int row, const Metrics& metrics)
{
    if (row < 0 || row >= card.rows.size())
        return card.rect.top() + metrics.headerHeight / 2;
    return card.rect.top() + metrics.headerHeight + metrics.padding / 2 + (row + 0.5) * metrics.rowHeight;
}

QPointF outside(const Anchor& anchor, qreal gutter)
{
    return anchor.point + QPointF(outward(anchor.side) * gutter, 0);
}

void routePlainly(Relation& relation, const QList<Card>& cards, const Metrics& metrics)
{
    const Card& child = cards.at(relation.child);
    const Card& parent = cards.at(relation.parent);
    const auto [childSide, parentSide] = relation.isLoop()
                                             ? std::pair(Side::Right, Side::Right)
                                             : facingSides(child.rect, parent.rect, metrics.gutter);
    relation.childEnd = anchorAt(child, relation.childRow, childSide, metrics);
    relation.parentEnd = anchorAt(parent, relation.parentRow, parentSide, metrics);
    if (relation.isLoop() && relation.childRow == relation.parentRow)
        relation.parentEnd.point.ry() -= metrics.rowHeight;
    const QPointF from = outside(relation.childEnd, metrics.gutter);
    const QPointF to = outside(relation.parentEnd, metrics.gutter);
    const qreal pull = relation.isLoop()
                           ? metrics.gutter
                           : std::clamp(std::abs(to.x() - from.x()) / 2, metrics.gutter, metrics.spacing * 8);
    QPainterPath path(relation.childEnd.point);
    path.lineTo(from);
    path.cubicTo(from + QPointF(outward(childSide) * pull, 0), to + QPointF(outward(parentSide) * pull, 0),
                 to);
    path.lineTo(relation.parentEnd.point);
    relation.path = path;
}

}  // namespace dewpoint::diagram
