// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/layout.h"

#include "diagram/graphviz.h"
#include "diagram/routing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dewpoint::diagram {

namespace {

constexpr qreal wantedAspect = 1.6;

/// Tables that hang together, with the relations between them.
struct Group {
    QList<int> cards;
    QList<int> relations;
    QRectF bounds;
};

int rootOf(QList<int>& roots, int card)
{
    while (roots.at(card) != card) {
        roots[card] = roots.at(roots.at(card));
        card = roots.at(card);
    }
    return card;
}

QList<Group> groupsOf(const Layout& layout)
{
    QList<int> roots(layout.cards.size());
    std::ranges::iota(roots, 0);
    for (const Relation& relation : layout.relations)
        roots[rootOf(roots, relation.child)] = rootOf(roots, relation.parent);
    QList<Group> byRoot(layout.cards.size());
    for (int i = 0; i < layout.cards.size(); ++i)
        byRoot[rootOf(roots, i)].cards.append(i);
    for (int i = 0; i < layout.relations.size(); ++i)
        byRoot[rootOf(roots, layout.relations.at(i).child)].relations.append(i);
    byRoot.removeIf([](const Group& group) { return group.cards.isEmpty(); });
    return byRoot;
}

void measure(Group& group, const Layout& layout, const Metrics& metrics)
{
    group.bounds = {};
    for (const int i : std::as_const(group.cards))
        group.bounds |= layout.cards.at(i).rect.adjusted(-metrics.gutter, 0, metrics.gutter, 0);
    for (const int i : std::as_const(group.relations))
        group.bounds |= layout.relations.at(i).path.controlPointRect();
}

void routeRest(Layout& layout, const Group& group, const Metrics& metrics)
{
    for (const int i : group.relations) {
        if (layout.relations.at(i).path.isEmpty())
            routePlainly(layout.relations[i], layout.cards, metrics);
    }
}

bool isLopsided(const QRectF& bounds)
{
    const qreal aspect = bounds.width() / std::max(bounds.height(), 1.0);
    return aspect < wantedAspect / 8 || aspect > wantedAspect * 8;
}

void forgetRoutes(Layout& layout, const Group& group)
{
    for (const int i : group.relations)
        layout.relations[i].path.clear();
}

/// Ranks read best; a star of hundreds of tables would become one endless column, so it is laid out
/// by forces instead.
void place(Layout& layout, Group& group, const LayoutOptions& options)
{
    const auto count = group.cards.size();
    if (count > 1) {
        Engraver engraver = count <= options.routedLimit   ? Engraver::Ranked
                            : count <= options.rankedLimit ? Engraver::RankedUnrouted
                                                           : Engraver::Forces;
        engrave(layout, group.cards, group.relations, options.metrics, engraver);
        measure(group, layout, options.metrics);
        if (engraver != Engraver::Forces && count > 16 && isLopsided(group.bounds)) {
            forgetRoutes(layout, group);
            engrave(layout, group.cards, group.relations, options.metrics, Engraver::Forces);
        }
    }
    routeRest(layout, group, options.metrics);
    measure(group, layout, options.metrics);
}

void shift(Layout& layout, const Group& group, QPointF by)
{
    for (const int i : group.cards)
        layout.cards[i].rect.translate(by);
    for (const int i : group.relations) {
        Relation& relation = layout.relations[i];
        relation.path.translate(by);
        relation.childEnd.point += by;
        relation.parentEnd.point += by;
    }
}

/// Shelves of groups, the big ones first, about as wide as a screen is to its height.
void pack(Layout& layout, QList<Group>& groups, qreal spacing)
{
    const auto weight = [](const Group& g) { return std::pair(g.cards.size() > 1, g.bounds.height()); };
    std::ranges::stable_sort(groups, [&](const Group& a, const Group& b) { return weight(a) > weight(b); });
    qreal area = 0;
    qreal widest = 0;
    for (const Group& group : std::as_const(groups)) {
        area += (group.bounds.width() + spacing) * (group.bounds.height() + spacing);
        widest = std::max(widest, group.bounds.width());
    }
    const qreal shelf = std::max(widest, std::sqrt(area * wantedAspect));
    QPointF next;
    qreal tallest = 0;
    for (const Group& group : std::as_const(groups)) {
        if (next.x() > 0 && next.x() + group.bounds.width() > shelf) {
            next = QPointF(0, next.y() + tallest + spacing);
            tallest = 0;
        }
        shift(layout, group, next - group.bounds.topLeft());
        next.rx() += group.bounds.width() + spacing;
        tallest = std::max(tallest, group.bounds.height());
    }
}

}  // namespace

Layout layoutDiagram(const schema::Database& database, const LayoutOptions& options)
{
    return arranged(collectDiagram(database, options), options);
}

Layout arranged(Layout collected, const LayoutOptions& options)
{
    QList<Group> groups = groupsOf(collected);
    for (Group& group : groups)
        place(collected, group, options);
    pack(collected, groups, options.metrics.spacing);
    for (const Card& card : std::as_const(collected.cards))
        collected.bounds |= card.rect;
    for (const Relation& relation : std::as_const(collected.relations))
        collected.bounds |= relation.path.controlPointRect();
    return collected;
}

}  // namespace dewpoint::diagram
