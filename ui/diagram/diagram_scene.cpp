// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/diagram_scene.h"

#include "diagram/card_item.h"
#include "diagram/relation_item.h"
#include "theme/theme.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::diagram {

namespace {

/// How well a name answers a search: exact, beginning, somewhere; 3 not at all.
int rank(const QString& name, const QString& text)
{
    if (name.compare(text, Qt::CaseInsensitive) == 0)
        return 0;
    if (name.startsWith(text, Qt::CaseInsensitive))
        return 1;
    return name.contains(text, Qt::CaseInsensitive) ? 2 : 3;
}

/// The distance to a card in the direction of an arrow, where straying aside counts threefold;
/// nothing when it lies elsewhere.
std::optional<qreal> distance(const QRectF& from, const QRectF& to, Qt::Key arrow)
{
    const QPointF way = to.center() - from.center();
    const bool sideways = arrow == Qt::Key_Left || arrow == Qt::Key_Right;
    const qreal sign = arrow == Qt::Key_Left || arrow == Qt::Key_Up ? -1 : 1;
    const qreal ahead = sign * (sideways ? way.x() : way.y());
    const qreal aside = std::abs(sideways ? way.y() : way.x());
    if (ahead <= 1)
        return std::nullopt;
    return ahead + 3 * aside;
}

}  // namespace

DiagramScene::DiagramScene(QObject* parent) : QGraphicsScene(parent), m_fonts(CardFonts::fromTheme())
{
    m_metrics = measured(m_fonts);
}

Metrics DiagramScene::measureFonts()
{
    return measured(CardFonts::fromTheme());
}

void DiagramScene::draw(const Layout& layout)
{
    clear();
    m_cards.clear();
    m_relations.clear();
    m_selected = m_emphasized = m_marked = -1;
    m_fonts = CardFonts::fromTheme();
    m_metrics = measured(m_fonts);
    for (const Relation& relation : layout.relations) {
        auto item = std::make_unique<RelationItem>(relation);
        m_relations.append(item.get());
        addItem(item.release());
    }
    for (const Card& each : layout.cards) {
        auto item = std::make_unique<CardItem>(each, m_metrics, m_fonts);
        m_cards.append(item.get());
        addItem(item.release());
    }
    // Room around the drawing lets any card be brought to the middle of the window.
    const qreal margin =
        std::max<qreal>(theme::space::xxl * 10, std::max(layout.bounds.width(), layout.bounds.height()) / 4);
    setSceneRect(layout.bounds.adjusted(-margin, -margin, margin, margin));
}

const Card& DiagramScene::card(int index) const
{
    return m_cards.at(index)->card();
}

QRectF DiagramScene::cardRect(int index) const
{
    return m_cards.at(index)->card().rect;
}

int DiagramScene::find(const QString& schemaName, const QString& name) const
{
    const auto found = std::ranges::find_if(m_cards, [&](const CardItem* item) {
        return item->card().name == name && item->card().schema == schemaName;
    });
    return found == m_cards.end() ? -1 : static_cast<int>(found - m_cards.begin());
}

int DiagramScene::cardAt(const QPointF& position) const
{
    for (int i = 0; i < m_cards.size(); ++i) {
        if (m_cards.at(i)->card().rect.contains(position))
            return i;
    }
    return -1;
}

QString DiagramScene::toolTipAt(const QPointF& position) const
{
    if (const int index = cardAt(position); index >= 0)
        return m_cards.at(index)->toolTipAt(m_cards.at(index)->mapFromScene(position));
    for (const RelationItem* item : m_relations) {
        if (item->boundingRect().contains(position) && item->shape().contains(position))
            return item->toolTip();
    }
    return {};
}

QString DiagramScene::spoken(int index) const
{
    QStringList parents;
    QStringList children;
    for (const RelationItem* item : m_relations) {
        const Relation& relation = item->relation();
        if (relation.child == index)
            parents.append(card(relation.parent).name);
        if (relation.parent == index)
            children.append(card(relation.child).name);
    }
    QString text = m_cards.at(index)->spoken();
    if (!parents.isEmpty())
        text += u"; "_s + tr("refers to %1").arg(parents.join(u", "_s));
    if (!children.isEmpty())
        text += u"; "_s + tr("referred to by %1").arg(children.join(u", "_s));
    return text;
}

QList<Hit> DiagramScene::search(const QString& text) const
{
    QList<std::pair<int, Hit>> found;
    if (text.isEmpty())
        return {};
    for (int i = 0; i < m_cards.size(); ++i) {
        if (const int quality = rank(card(i).name, text); quality < 3)
            found.append({quality, Hit{.card = i, .row = -1}});
        for (int row = 0; row < card(i).rows.size(); ++row) {
            if (const int quality = rank(card(i).rows.at(row).name, text); quality < 3)
                found.append({3 + quality, Hit{.card = i, .row = row}});
        }
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, Hit>::first);
    QList<Hit> hits;
    for (const auto& [quality, hit] : std::as_const(found))
        hits.append(hit);
    return hits;
}

int DiagramScene::neighbour(int from, Qt::Key arrow) const
{
    if (from < 0)
        return m_cards.isEmpty() ? -1 : 0;
    int best = from;
    qreal nearest = std::numeric_limits<qreal>::max();
    for (int i = 0; i < m_cards.size(); ++i) {
        const auto far = i == from ? std::nullopt : distance(cardRect(from), cardRect(i), arrow);
        if (far && *far < nearest) {
            nearest = *far;
            best = i;
        }
    }
    return best;
}

void DiagramScene::select(int index)
{
    const int before = std::exchange(m_selected, index);
    if (before == index)
        return;
    if (before >= 0)
        m_cards.at(before)->setEmphasis(Emphasis::None);
    emphasize(index);
    Q_EMIT selectionMoved(index);
}

void DiagramScene::hover(int index)
{
    emphasize(index >= 0 ? index : m_selected);
}

void DiagramScene::mark(const Hit& hit)
{
    if (m_marked >= 0)
        m_cards.at(m_marked)->markRow(-1);
    m_marked = hit.card;
    if (m_marked >= 0)
        m_cards.at(m_marked)->markRow(hit.row);
}

/// Only what changes is touched: hovering over a thousand tables must not repaint them all.
void DiagramScene::emphasize(int index)
{
    const int before = std::exchange(m_emphasized, index);
    if (before == index)
        return;
    const auto spread = [this](int centre, Emphasis related, Emphasis chosen) {
        if (centre < 0)
            return;
        for (RelationItem* item : std::as_const(m_relations)) {
            const Relation& relation = item->relation();
            if (relation.child != centre && relation.parent != centre)
                continue;
            item->setEmphasis(related);
            m_cards.at(relation.child)->setEmphasis(related);
            m_cards.at(relation.parent)->setEmphasis(related);
        }
        m_cards.at(centre)->setEmphasis(chosen);
    };
    spread(before, Emphasis::None, Emphasis::None);
    spread(index, Emphasis::Related, Emphasis::Chosen);
    if (m_selected >= 0)
        m_cards.at(m_selected)->setEmphasis(Emphasis::Chosen);
}

}  // namespace dewpoint::diagram
