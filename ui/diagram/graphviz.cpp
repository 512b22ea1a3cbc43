// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "diagram/graphviz.h"

#include "diagram/routing.h"

#include <QByteArray>
#include <QMutex>

#include <gvc.h>
#include <locale.h>

#include <clocale>

namespace dewpoint::diagram {

namespace {

/// Graphviz keeps global state and reads its attributes' numbers with the thread's locale, where
/// "0.5" may be no number: so one call at a time, in the C locale.
class Turn final
{
public:
    Turn()
        : m_locker(&mutex()), m_plain(newlocale(LC_NUMERIC_MASK, "C", nullptr)), m_before(uselocale(m_plain))
    {}
    ~Turn()
    {
        uselocale(m_before);
        freelocale(m_plain);
    }
    Q_DISABLE_COPY_MOVE(Turn)

private:
    static QMutex& mutex()
    {
        static QMutex one;
        return one;
    }

    QMutexLocker<QMutex> m_locker;
    locale_t m_plain;
    locale_t m_before;
};

struct Graph {
    GVC_t* context = nullptr;
    graph_t* graph = nullptr;
    bool laidOut = false;

    explicit Graph(const QByteArray& text) : context(gvContext()), graph(agmemread(text.constData())) {}
    ~Graph()
    {
        if (laidOut)
            gvFreeLayout(context, graph);
        if (graph)
            agclose(graph);
        gvFreeContext(context);
    }
    Q_DISABLE_COPY_MOVE(Graph)

    bool layOut(const char* engine)
    {
        laidOut = graph && gvLayout(context, graph, engine) == 0;
        return laidOut;
    }
};

QByteArray cell(const QByteArray& port, qreal width, qreal height)
{
    return "<TR><TD" + (port.isEmpty() ? QByteArray() : " PORT='" + port + "'") + " FIXEDSIZE='TRUE' WIDTH='"
           + QByteArray::number(qRound(width)) + "' HEIGHT='" + QByteArray::number(qRound(height))
           + "'></TD></TR>";
}

/// A card as a table of invisible cells with a port per column; the gutters belong to the node, so
/// that routed curves end where the crow's feet begin.
QByteArray portTable(const Card& card, const Metrics& metrics)
{
    const qreal width = card.rect.width() + 2 * metrics.gutter;
    QByteArray text = "<TABLE BORDER='0' CELLBORDER='0' CELLSPACING='0' CELLPADDING='0'>";
    text += cell("h", width, metrics.headerHeight);
    if (!card.rows.isEmpty()) {
        text += cell({}, width, metrics.padding / 2);
        for (qsizetype i = 0; i < card.rows.size(); ++i)
            text += cell('p' + QByteArray::number(i), width, metrics.rowHeight);
        text += cell({}, width, metrics.padding / 2);
    }
    return text + "</TABLE>";
}

QByteArray port(int row)
{
    return row < 0 ? QByteArray("h") : 'p' + QByteArray::number(row);
}

QByteArray heading(Engraver engraver, const Metrics& metrics)
{
    const auto inches = [](qreal pixels) { return QByteArray::number(pixels / 72, 'f', 3); };
    if (engraver == Engraver::Forces) {
        return "digraph G { layout=sfdp; overlap=prism; sep=\"+"
               + QByteArray::number(qRound(metrics.spacing / 2))
               + "\"; splines=none; start=7; node [shape=box, fixedsize=true, label=\"\"]; edge "
                 "[dir=none];\n";
    }
    return "digraph G { rankdir=LR; nslimit=4; nslimit1=4; nodesep=" + inches(metrics.spacing * 0.75)
           + "; ranksep=" + inches(metrics.spacing * 1.5)
           + (engraver == Engraver::Ranked ? "; splines=true;" : "; splines=none;")
           + " node [shape=plain]; edge [dir=none];\n";
}

QByteArray dotText(const Layout& layout, const QList<int>& cards, const QList<int>& relations,
                   const Metrics& metrics, Engraver engraver)
{
    QByteArray text = heading(engraver, metrics);
    for (const int i : cards) {
        const Card& card = layout.cards.at(i);
        text += 'n' + QByteArray::number(i);
        if (engraver == Engraver::Ranked)
            text += " [label=<" + portTable(card, metrics) + ">];\n";
        else
            text += " [shape=box, fixedsize=true, label=\"\", width="
                    + QByteArray::number((card.rect.width() + 2 * metrics.gutter) / 72, 'f', 3)
                    + ", height=" + QByteArray::number(card.rect.height() / 72, 'f', 3) + "];\n";
    }
    for (const int i : relations) {
        const Relation& relation = layout.relations.at(i);
        if (relation.isLoop())
            continue;
        text += 'n' + QByteArray::number(relation.parent) + " -> n" + QByteArray::number(relation.child)
                + " [id=r" + QByteArray::number(i);
        if (engraver == Engraver::Ranked)
            text += ", tailport=\"" + port(relation.parentRow) + ":e\", headport=\"" + port(relation.childRow)
                    + ":w\"";
        text += "];\n";
    }
    return text + "}\n";
}

/// Graphviz counts upwards; the scene counts downwards from the top of the drawing.
struct Flip {
    qreal left, top;
    QPointF operator()(pointf p) const { return {p.x - left, top - p.y}; }
};

/// The routed curve from parent to child, turned round so that it begins at the child.
QPainterPath curveOf(const Relation& relation, const bezier& curve, const Flip& flip)
{
    QPainterPath path(relation.childEnd.point);
    path.lineTo(flip(curve.list[curve.size - 1]));
    for (auto i = static_cast<qsizetype>(curve.size) - 1; i >= 3; i -= 3)
        path.cubicTo(flip(curve.list[i - 1]), flip(curve.list[i - 2]), flip(curve.list[i - 3]));
    path.lineTo(relation.parentEnd.point);
    return path;
}

void readRoutes(Layout& layout, graph_t* graph, node_t* node, const Metrics& metrics, const Flip& flip)
{
    static char idName[] = "id";
    for (edge_t* edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge)) {
        const splines* routed = ED_spl(edge);
        const int index = QByteArray(agget(edge, idName)).mid(1).toInt();
        if (!routed || routed->size < 1 || index >= layout.relations.size())
            continue;
        Relation& relation = layout.relations[index];
        const Card& child = layout.cards.at(relation.child);
        const Card& parent = layout.cards.at(relation.parent);
        relation.childEnd = {QPointF(child.rect.left(), anchorHeight(child, relation.childRow, metrics)),
                             Side::Left};
        relation.parentEnd = {QPointF(parent.rect.right(), anchorHeight(parent, relation.parentRow, metrics)),
                              Side::Right};
        relation.path = curveOf(relation, routed->list[0], flip);
    }
}

}  // namespace

bool engrave(Layout& layout, const QList<int>& cards, const QList<int>& relations, const Metrics& metrics,
             Engraver engraver)
{
    const Turn turn;
    agseterr(AGMAX);
    Graph drawing(dotText(layout, cards, relations, metrics, engraver));
    if (!drawing.layOut(engraver == Engraver::Forces ? "sfdp" : "dot"))
        return false;
    const boxf box = GD_bb(drawing.graph);
    const Flip flip{.left = box.LL.x, .top = box.UR.y};
    for (node_t* node = agfstnode(drawing.graph); node; node = agnxtnode(drawing.graph, node)) {
        const int index = QByteArray(agnameof(node)).mid(1).toInt();
        layout.cards[index].rect.moveCenter(flip(ND_coord(node)));
    }
    if (engraver == Engraver::Ranked) {
        for (node_t* node = agfstnode(drawing.graph); node; node = agnxtnode(drawing.graph, node))
            readRoutes(layout, drawing.graph, node, metrics, flip);
    }
    return true;
}

}  // namespace dewpoint::diagram
