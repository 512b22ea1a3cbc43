// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/card_fonts.h"
#include "diagram/hit.h"
#include "diagram/layout.h"

#include <QGraphicsScene>
#include <QList>

namespace dewpoint::diagram {

class CardItem;
class RelationItem;

/// The drawing as items, and what stands out in it: cards are known by their place in the layout.
class DiagramScene final : public QGraphicsScene
{
    Q_OBJECT
public:
    explicit DiagramScene(QObject* parent = nullptr);

    /// Metrics for the next layout, measured from the theme's fonts of now.
    static Metrics measureFonts();
    void draw(const Layout& layout);

    qsizetype cardCount() const { return m_cards.size(); }
    const Card& card(int index) const;
    QRectF cardRect(int index) const;
    int find(const QString& schemaName, const QString& name) const;
    int cardAt(const QPointF& position) const;  ///< -1 where there is none
    QString toolTipAt(const QPointF& position) const;
    QString spoken(int index) const;  ///< the card and what it is related to, for a screen reader
    QList<Hit> search(const QString& text) const;
    /// The nearest card in the direction of an arrow key; from -1 the first one.
    int neighbour(int from, Qt::Key arrow) const;

    int selected() const { return m_selected; }
    void select(int index);
    void hover(int index);
    void mark(const Hit& hit);

Q_SIGNALS:
    void selectionMoved(int index);

private:
    void emphasize(int index);

    Metrics m_metrics;
    CardFonts m_fonts;
    QList<CardItem*> m_cards;
    QList<RelationItem*> m_relations;
    int m_selected = -1;
    int m_emphasized = -1;
    int m_marked = -1;
};

}  // namespace dewpoint::diagram
