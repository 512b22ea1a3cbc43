// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/relation_item.h"

#include "theme/theme.h"

#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <utility>

namespace dewpoint::diagram {

namespace {

constexpr qreal symbolZoom = 0.3;  ///< below it a crow's foot is only a blot
constexpr qreal crowdZoom = 0.15;  ///< below it quiet edges step back, or a large schema is all edges
constexpr qreal foot = theme::space::m;
constexpr qreal spread = theme::space::xs * 1.5;
constexpr qreal ring = theme::space::xs;

QPointF along(const Anchor& anchor, qreal distance, qreal aside = 0)
{
    return anchor.point + QPointF(anchor.side == Side::Left ? -distance : distance, aside);
}

void drawBar(QPainter& painter, const Anchor& anchor, qreal distance)
{
    painter.drawLine(along(anchor, distance, -spread), along(anchor, distance, spread));
}

void drawRing(QPainter& painter, const Anchor& anchor, qreal distance)
{
    painter.setBrush(theme::color(theme::Role::Window));
    painter.drawEllipse(along(anchor, distance), ring, ring);
    painter.setBrush(Qt::NoBrush);
}

/// A parent need not have children, so the child's end always begins with "none".
void drawChildEnd(QPainter& painter, const Relation& relation)
{
    const Anchor& end = relation.childEnd;
    if (relation.many) {
        painter.drawLine(along(end, foot), along(end, 0, -spread));
        painter.drawLine(along(end, foot), along(end, 0, spread));
    } else {
        drawBar(painter, end, foot / 2);
    }
    drawRing(painter, end, foot + ring);
}

void drawParentEnd(QPainter& painter, const Relation& relation)
{
    drawBar(painter, relation.parentEnd, foot / 2);
    if (relation.mandatory)
        drawBar(painter, relation.parentEnd, foot);
    else
        drawRing(painter, relation.parentEnd, foot + ring);
}

}  // namespace

RelationItem::RelationItem(Relation relation) : m_relation(std::move(relation))
{
    setZValue(-1);
}

void RelationItem::setEmphasis(Emphasis emphasis)
{
    if (std::exchange(m_emphasis, emphasis) == emphasis)
        return;
    setZValue(emphasis == Emphasis::None ? -1 : -0.5);
    update();
}

QRectF RelationItem::boundingRect() const
{
    const qreal rim = foot;
    return m_relation.path.controlPointRect().adjusted(-rim, -rim, rim, rim);
}

QPainterPath RelationItem::shape() const
{
    if (m_touch.isEmpty()) {
        QPainterPathStroker stroker;
        stroker.setWidth(foot);
        m_touch = stroker.createStroke(m_relation.path);
    }
    return m_touch;
}

/// Half-way, on a disc of its own, so that the line does not run through it.
void RelationItem::paintSign(QPainter& painter) const
{
    const QPointF middle = m_relation.path.pointAtPercent(0.5);
    const QRectF disc(middle - QPointF(foot, foot) * 0.75, QSizeF(foot, foot) * 1.5);
    painter.save();
    painter.setBrush(theme::color(softOf(m_relation.mark)));
    painter.drawEllipse(disc);
    QFont font = theme::textFont();
    font.setPixelSize(theme::space::l);
    font.setBold(true);
    painter.setFont(font);
    painter.drawText(disc, Qt::AlignCenter, signOf(m_relation.mark));
    painter.restore();
}

void RelationItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const qreal zoom = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
    const bool quiet = m_emphasis == Emphasis::None;
    const bool isMarked = m_relation.mark != Mark::None;
    const theme::Role calm = isMarked           ? strongOf(m_relation.mark)
                             : zoom < crowdZoom ? theme::Role::Border
                                                : theme::Role::TextFaint;
    QPen pen(theme::color(quiet ? calm : theme::Role::Accent));
    pen.setWidthF(std::max(quiet ? 1.25 : 2.0, (quiet ? 0.75 : 1.5) / std::max(zoom, 0.01)));
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(Qt::RoundCap);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    if (m_relation.mark == Mark::Removed)
        pen.setStyle(Qt::DashLine);
    painter->setPen(pen);
    painter->drawPath(m_relation.path);
    pen.setStyle(Qt::SolidLine);
    painter->setPen(pen);
    if (isMarked)
        paintSign(*painter);
    if (zoom < symbolZoom)
        return;
    drawChildEnd(*painter, m_relation);
    drawParentEnd(*painter, m_relation);
}

}  // namespace dewpoint::diagram
