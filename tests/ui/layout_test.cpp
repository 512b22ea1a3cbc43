// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diagram/layout.h"

#include <QTest>

#include <clocale>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using namespace dewpoint::diagram;

namespace {

schema::Column column(const QString& name, bool notNull = true, int key = 0)
{
    schema::Column made;
    made.name = name;
    made.type = u"bigint"_s;
    made.notNull = notNull;
    made.keyPosition = key;
    return made;
}

schema::Table table(const QString& name, const QList<schema::Column>& more = {})
{
    schema::Table made;
    made.schema = u"main"_s;
    made.name = name;
    made.columns.append(column(u"id"_s, true, 1));
    made.columns.append(more);
    schema::Constraint key;
    key.kind = schema::ConstraintKind::PrimaryKey;
    key.columns = {u"id"_s};
    made.constraints.append(key);
    return made;
}

schema::Constraint reference(const QString& from, const QString& to)
{
    schema::Constraint made;
    made.kind = schema::ConstraintKind::ForeignKey;
    made.columns = {from};
    made.targetTable = to;
    return made;
}

schema::Index uniqueIndex(const QString& column)
{
    schema::IndexPart part;
    part.column = column;
    schema::Index made;
    made.unique = true;
    made.parts = {part};
    return made;
}

/// users ← carts (optional) ← cart_items (mandatory); profiles is one to one; notes stand alone.
schema::Database shop()
{
    schema::Database database;
    schema::Table carts = table(u"carts"_s, {column(u"user_id"_s, false)});
    carts.constraints.append(reference(u"user_id"_s, u"Users"_s));
    schema::Table items = table(u"cart_items"_s, {column(u"cart_id"_s)});
    items.constraints.append(reference(u"cart_id"_s, u"carts"_s));
    schema::Table profiles = table(u"profiles"_s, {column(u"user_id"_s)});
    profiles.constraints.append(reference(u"user_id"_s, u"users"_s));
    profiles.indexes.append(uniqueIndex(u"user_id"_s));
    database.tables = {
        items, carts, table(u"notes"_s), profiles, table(u"users"_s), table(u"__diesel_schema_migrations"_s)};
    return database;
}

const Card* card(const Layout& layout, const QString& name)
{
    for (const Card& each : layout.cards) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

const Relation* relationOf(const Layout& layout, const QString& child)
{
    for (const Relation& each : layout.relations) {
        if (layout.cards.at(each.child).name == child)
            return &each;
    }
    return nullptr;
}

QStringList names(const Layout& layout)
{
    QStringList all;
    for (const Card& each : layout.cards)
        all.append(each.name);
    all.sort();
    return all;
}

void expectNoOverlap(const Layout& layout)
{
    for (qsizetype i = 0; i < layout.cards.size(); ++i) {
        for (qsizetype j = i + 1; j < layout.cards.size(); ++j) {
            QVERIFY2(!layout.cards.at(i).rect.intersects(layout.cards.at(j).rect),
                     qPrintable(layout.cards.at(i).name + u" covers "_s + layout.cards.at(j).name));
        }
    }
}

bool isNear(QPointF a, QPointF b)
{
    return (a - b).manhattanLength() < 0.01;
}

schema::Database wide(int count)
{
    schema::Database database;
    for (int i = 0; i < count; ++i) {
        schema::Table made = table(u"t%1"_s.arg(i), {column(u"parent"_s)});
        if (i > 0)
            made.constraints.append(reference(u"parent"_s, u"t%1"_s.arg(i / 3)));
        database.tables.append(made);
    }
    return database;
}

}  // namespace

class LayoutTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void leavesOutTrackingTables()
    {
        QCOMPARE(names(layoutDiagram(shop(), {})).join(u' '), u"cart_items carts notes profiles users"_s);
        LayoutOptions all;
        all.leftOut.clear();
        QCOMPARE(layoutDiagram(shop(), all).cards.size(), 6);
    }

    void placesCardsWithoutOverlap() { expectNoOverlap(layoutDiagram(shop(), {})); }

    void putsParentsLeftOfTheirChildren()
    {
        const Layout layout = layoutDiagram(shop(), {});
        QVERIFY(card(layout, u"users"_s)->rect.right() < card(layout, u"carts"_s)->rect.left());
        QVERIFY(card(layout, u"carts"_s)->rect.right() < card(layout, u"cart_items"_s)->rect.left());
    }

    void tellsOneFromManyAndOptionalFromMandatory()
    {
        const Layout layout = layoutDiagram(shop(), {});
        QVERIFY(relationOf(layout, u"carts"_s)->many);
        QVERIFY(!relationOf(layout, u"carts"_s)->mandatory);
        QVERIFY(relationOf(layout, u"cart_items"_s)->mandatory);
        QVERIFY(!relationOf(layout, u"profiles"_s)->many);
    }

    void aPartialUniqueIndexDoesNotMakeItOneToOne()
    {
        schema::Database database = shop();
        database.tables[3].indexes[0].predicate = u"user_id > 7"_s;
        QVERIFY(relationOf(layoutDiagram(database, {}), u"profiles"_s)->many);
    }

    void matchFullIsMandatoryWhenOneColumnIs()
    {
        schema::Database database = shop();
        schema::Table& carts = database.tables[1];
        carts.columns.append(column(u"tenant"_s));
        carts.constraints[1].columns = {u"user_id"_s, u"tenant"_s};
        QVERIFY(!relationOf(layoutDiagram(database, {}), u"carts"_s)->mandatory);
        carts.constraints[1].match = u"FULL"_s;
        QVERIFY(relationOf(layoutDiagram(database, {}), u"carts"_s)->mandatory);
    }

    void curvesBeginAndEndAtTheColumnsRows()
    {
        const LayoutOptions options;
        const Layout layout = layoutDiagram(shop(), options);
        for (const Relation& relation : layout.relations) {
            const QRectF child = layout.cards.at(relation.child).rect;
            const qreal row = child.top() + options.metrics.headerHeight + options.metrics.padding / 2
                              + (relation.childRow + 0.5) * options.metrics.rowHeight;
            QCOMPARE(relation.childEnd.point, QPointF(child.left(), row));
            QVERIFY(isNear(relation.path.pointAtPercent(0), relation.childEnd.point));
            QVERIFY(isNear(relation.path.currentPosition(), relation.parentEnd.point));
            const QRectF drawn = relation.path.boundingRect().adjusted(0, -1, 0, 1);
            QVERIFY(layout.bounds.adjusted(-1, -1, 1, 1).contains(drawn));
        }
    }

    void routedCurvesMeetTheGutterAtTheRow()
    {
        const LayoutOptions options;
        for (const Layout layout = layoutDiagram(shop(), options);
             const Relation& relation : layout.relations) {
            const QPointF bend = relation.path.elementAt(1);
            QVERIFY2((bend - relation.childEnd.point - QPointF(-options.metrics.gutter, 0)).manhattanLength()
                         < 3,
                     qPrintable(u"%1: %2 %3"_s.arg(relation.description).arg(bend.x()).arg(bend.y())));
        }
    }

    void drawsATableThatRefersToItself()
    {
        schema::Database database;
        schema::Table tree = table(u"tree"_s, {column(u"parent_id"_s, false)});
        tree.constraints.append(reference(u"parent_id"_s, u"tree"_s));
        database.tables = {tree};
        const Layout layout = layoutDiagram(database, {});
        QCOMPARE(layout.relations.size(), 1);
        QVERIFY(layout.relations.first().isLoop());
        QVERIFY(!layout.relations.first().path.isEmpty());
    }

    void survivesCyclesAndMissingTargets()
    {
        schema::Database database = shop();
        database.tables[4].columns.append(column(u"last_cart"_s, false));
        database.tables[4].constraints.append(reference(u"last_cart"_s, u"carts"_s));
        database.tables[2].constraints.append(reference(u"id"_s, u"gone"_s));
        const Layout layout = layoutDiagram(database, {});
        QCOMPARE(layout.relations.size(), 4);
        expectNoOverlap(layout);
    }

    void showsOnlyTheNeighboursOfATable()
    {
        LayoutOptions options;
        options.focusSchema = u"main"_s;
        options.focusTable = u"users"_s;
        options.depth = 1;
        QCOMPARE(names(layoutDiagram(shop(), options)).join(u' '), u"carts profiles users"_s);
        options.depth = 2;
        QCOMPARE(names(layoutDiagram(shop(), options)).join(u' '), u"cart_items carts profiles users"_s);
    }

    void keepsOnlyKeyColumnsWhenAsked()
    {
        LayoutOptions options;
        options.columns = ColumnsShown::Keys;
        schema::Database database = shop();
        database.tables[1].columns.insert(1, column(u"note"_s));
        const Layout layout = layoutDiagram(database, options);
        QCOMPARE(card(layout, u"carts"_s)->rows.size(), 2);
        QCOMPARE(card(layout, u"carts"_s)->hiddenRows, 1);
        QCOMPARE(relationOf(layout, u"carts"_s)->childRow, 1);
    }

    void layoutIsTheSameEveryTime()
    {
        const Layout first = layoutDiagram(shop(), {});
        const Layout second = layoutDiagram(shop(), {});
        for (qsizetype i = 0; i < first.cards.size(); ++i)
            QCOMPARE(first.cards.at(i).rect, second.cards.at(i).rect);
    }

    void anEmptyDatabaseIsAnEmptyDrawing()
    {
        QVERIFY(layoutDiagram({}, {}).cards.isEmpty());
        QVERIFY(layoutDiagram({}, {}).bounds.isEmpty());
    }

    void aDecimalCommaInTheLocaleChangesNothing()
    {
        const Layout before = layoutDiagram(shop(), {});
        if (!std::setlocale(LC_NUMERIC, "de_DE.UTF-8"))
            QSKIP("the system has no German locale, and only its administrator can add one");
        const Layout after = layoutDiagram(shop(), {});
        std::setlocale(LC_NUMERIC, "C");
        QCOMPARE(after.bounds, before.bounds);
    }

    void severalThreadsMayAskAtOnce()
    {
        QList<Layout> layouts(4);
        {
            std::vector<std::jthread> threads;
            for (Layout& layout : layouts)
                threads.emplace_back([&layout] { layout = layoutDiagram(shop(), {}); });
        }
        for (const Layout& layout : std::as_const(layouts))
            QCOMPARE(layout.bounds, layouts.first().bounds);
    }

    void largeGroupsAreLaidOutByEveryEngine_data()
    {
        QTest::addColumn<int>("routed");
        QTest::addColumn<int>("ranked");
        QTest::newRow("ranks with routes") << 300 << 1500;
        QTest::newRow("ranks with plain curves") << 10 << 1500;
        QTest::newRow("forces") << 10 << 20;
    }

    void largeGroupsAreLaidOutByEveryEngine()
    {
        QFETCH(const int, routed);
        QFETCH(const int, ranked);
        LayoutOptions options;
        options.routedLimit = routed;
        options.rankedLimit = ranked;
        const Layout layout = layoutDiagram(wide(120), options);
        QCOMPARE(layout.relations.size(), 119);
        expectNoOverlap(layout);
        for (const Relation& relation : layout.relations)
            QVERIFY(!relation.path.isEmpty());
    }
};

QTEST_GUILESS_MAIN(LayoutTest)
#include "layout_test.moc"
