// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/card_item.h"
#include "diagram/relation.h"

#include <QGraphicsItem>

namespace dewpoint::diagram {

/// Draws a foreign key with its crow's feet: a fork for many, a bar for one, a circle for "may be
/// none".
class RelationItem final : public QGraphicsItem
{
public:
    explicit RelationItem(Relation relation);

    const Relation& relation() const { return m_relation; }
    void setEmphasis(Emphasis emphasis);
    QString toolTip() const { return m_relation.description.toHtmlEscaped(); }

    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintSign(QPainter& painter) const;

    Relation m_relation;
    mutable QPainterPath m_touch;  ///< what the pointer can hit; made when first asked for
    Emphasis m_emphasis = Emphasis::None;
};

}  // namespace dewpoint::diagram
