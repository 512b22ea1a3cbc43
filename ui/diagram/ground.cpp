// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/ground.h"

#include "diagram/routing.h"

#include <algorithm>

namespace dewpoint::diagram {

namespace {

bool overlap(const QList<Card>& cards)
{
    for (qsizetype i = 0; i < cards.size(); ++i) {
        for (qsizetype other = i + 1; other < cards.size(); ++other) {
            if (cards.at(i).rect.intersects(cards.at(other).rect))
                return true;
        }
    }
    return false;
}

}  // namespace

QString Ground::keyOf(const Card& card)
{
    return card.schema + QChar(0) + card.name;
}

void Ground::add(const Layout& collected)
{
    QList<int> places;
    for (const Card& card : collected.cards) {
        const auto known = m_places.constFind(keyOf(card));
        const int place = known == m_places.constEnd() ? static_cast<int>(m_layout.cards.size()) : *known;
        if (known == m_places.constEnd()) {
            m_places.insert(keyOf(card), place);
            m_layout.cards.append(card);
        }
        Card& kept = m_layout.cards[place];
        kept.rect.setSize(kept.rect.size().expandedTo(card.rect.size()));
        if (kept.rows.size() < card.rows.size())
            kept.rows = card.rows;  // Graphviz is told of as many rows as it ever has
        places.append(place);
    }
    for (Relation relation : collected.relations) {
        relation.child = places.at(relation.child);
        relation.parent = places.at(relation.parent);
        m_relations.try_emplace({relation.child, relation.parent}, relation);
    }
}

void Ground::arrange(const LayoutOptions& options)
{
    m_layout.relations.clear();
    for (const auto& [ends, relation] : m_relations)
        m_layout.relations.append(relation);
    m_layout = arranged(std::move(m_layout), options);
}

Layout Ground::placed(Layout collected, const LayoutOptions& options) const
{
    bool isKnown = true;
    for (Card& card : collected.cards) {
        const auto place = m_places.constFind(keyOf(card));
        isKnown = isKnown && place != m_places.constEnd();
        if (isKnown)
            card.rect.moveTopLeft(m_layout.cards.at(*place).rect.topLeft());
    }
    if (!isKnown || overlap(collected.cards))
        return arranged(std::move(collected), options);
    for (Relation& relation : collected.relations)
        routePlainly(relation, collected.cards, options.metrics);
    collected.bounds = m_layout.bounds;
    return collected;
}

}  // namespace dewpoint::diagram
