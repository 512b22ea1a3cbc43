// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/card.h"
#include "diagram/card_fonts.h"
#include "diagram/metrics.h"

#include <QGraphicsItem>

namespace dewpoint::diagram {

/// How much an item stands out: nothing is chosen, it hangs together with the chosen table, it is
/// the chosen table.
enum class Emphasis { None, Related, Chosen };

/// Draws a table: all of it when near, only its name when far away.
class CardItem final : public QGraphicsItem
{
public:
    CardItem(Card card, const Metrics& metrics, const CardFonts& fonts);

    const Card& card() const { return m_card; }
    void setEmphasis(Emphasis emphasis);
    void markRow(int row);  ///< a search hit; -1 for none
    QRectF rowRect(int row) const;
    /// What the pointer rests on, as rich text with everything from the database escaped.
    QString toolTipAt(const QPointF& position) const;
    /// "users, table, 12 columns".
    QString spoken() const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintBody(QPainter& painter) const;
    void paintHeader(QPainter& painter) const;
    void paintRow(QPainter& painter, int index) const;
    void paintSign(QPainter& painter, const QFont& font, Mark mark, QRectF& rect) const;
    void paintType(QPainter& painter, const CardRow& row, QRectF rect) const;
    theme::Role headerRole() const;
    void paintBadge(QPainter& painter, const CardRow& row, const QRectF& rect) const;
    void paintName(QPainter& painter, qreal zoom) const;
    QString kindText() const;

    Card m_card;
    const Metrics& m_metrics;  ///< the scene's, as are the fonts
    const CardFonts& m_fonts;
    Emphasis m_emphasis = Emphasis::None;
    int m_markedRow = -1;
};

}  // namespace dewpoint::diagram
