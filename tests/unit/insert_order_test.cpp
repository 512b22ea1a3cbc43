// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "transfer/insert_order.h"

#include <QStringList>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;

namespace {

/// "0>1 1>0s": an edge each, soft ones with an s.
std::vector<transfer::OrderEdge> edgesOf(const QString& text)
{
    std::vector<transfer::OrderEdge> edges;
    for (QString part : text.split(u' ', Qt::SkipEmptyParts)) {
        const bool soft = part.endsWith(u's');
        part.remove(u's');
        edges.push_back({.from = part.section(u'>', 0, 0).toULong(),
                         .to = part.section(u'>', 1).toULong(),
                         .soft = soft});
    }
    return edges;
}

QString shown(const std::optional<transfer::InsertOrder>& order)
{
    if (!order)
        return u"none"_s;
    QStringList nodes;
    for (const size_t node : order->order)
        nodes += QString::number(node);
    QStringList broken;
    for (const size_t edge : order->broken)
        broken += QString::number(edge);
    return nodes.join(u' ') + (broken.isEmpty() ? QString() : u" broken "_s + broken.join(u' '));
}

}  // namespace

/// What is referred to comes first; circles are broken where they may be, and nowhere else.
class InsertOrderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsWhatIsReferredToFirst_data()
    {
        QTest::addColumn<size_t>("nodes");
        QTest::addColumn<QString>("edges");
        QTest::addColumn<QString>("order");
        QTest::newRow("nothing refers") << size_t{3} << u""_s << u"0 1 2"_s;
        QTest::newRow("a chain") << size_t{3} << u"0>1 1>2"_s << u"2 1 0"_s;
        QTest::newRow("to itself") << size_t{2} << u"0>0 1>0"_s << u"0 1"_s;
        QTest::newRow("a soft edge is kept") << size_t{2} << u"0>1s"_s << u"1 0"_s;
        QTest::newRow("a circle with one soft edge") << size_t{2} << u"0>1 1>0s"_s << u"1 0 broken 1"_s;
        QTest::newRow("a soft circle") << size_t{3} << u"0>1s 1>2s 2>0s"_s << u"0 2 1 broken 0"_s;
        QTest::newRow("a hard circle") << size_t{2} << u"0>1 1>0"_s << u"none"_s;
        QTest::newRow("many rows hang on a circle, and none of theirs is broken")
            << size_t{5} << u"0>3s 1>3s 2>3s 3>4s 4>3s"_s << u"3 4 0 1 2 broken 3"_s;
        QTest::newRow("two edges between the same rows")
            << size_t{2} << u"0>1 0>1s 1>0s"_s << u"1 0 broken 2"_s;
    }
    void putsWhatIsReferredToFirst()
    {
        QFETCH(const size_t, nodes);
        QFETCH(const QString, edges);
        QTEST(shown(transfer::insertOrder(nodes, edgesOf(edges))), "order");
    }

    void takesAChainOfAMillion()
    {
        constexpr size_t nodes = 1'000'000;
        std::vector<transfer::OrderEdge> edges;
        for (size_t i = 0; i + 1 < nodes; ++i)
            edges.push_back({.from = i, .to = i + 1});
        const auto order = transfer::insertOrder(nodes, edges);
        QVERIFY(order);
        QCOMPARE(order->order.front(), nodes - 1);
        QCOMPARE(order->order.back(), size_t{0});
    }
};

QTEST_GUILESS_MAIN(InsertOrderTest)
#include "insert_order_test.moc"
