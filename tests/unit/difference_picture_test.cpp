// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "diagram/diff_canvas.h"
#include "diagram/ground.h"
#include "drivers/connection.h"
#include "migrate/review.h"
#include "render/line_diff.h"
#include "support/project_scratch.h"
#include "theme/theme.h"

#include <QRandomGenerator>
#include <QTest>
#include <QXmlStreamReader>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using diagram::Mark;

/// The picture of a difference and the review as a file, as values.
class DifferencePictureTest final : public QObject
{
    Q_OBJECT

    static schema::Database schemaOf(Engine engine, const QByteArray& sql)
    {
        const test::ProjectScratch scratch(engine);
        const auto connection = scratch.connect();
        if (const auto done = connection->executeScript(sql); !done)
            qFatal("%s", qUtf8Printable(done.error().oneLine()));
        return catalog::inspect(*connection).value();
    }
    static const diagram::Card* card(const diagram::Layout& layout, const QString& name)
    {
        const auto found = std::ranges::find(layout.cards, name, &diagram::Card::name);
        return found == layout.cards.end() ? nullptr : &*found;
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { QTest::failOnWarning(); }

    void marksWhatComesGoesAndChanges_data() { test::engines(); }
    void marksWhatComesGoesAndChanges()
    {
        QFETCH(const Engine, engine);
        const QByteArray both = "CREATE TABLE far (id integer PRIMARY KEY, other text);"
                                "CREATE TABLE cities (id integer PRIMARY KEY, name text);"
                                "CREATE TABLE orders (id integer PRIMARY KEY, person integer);";
        const auto before =
            schemaOf(engine, both
                                 + "CREATE TABLE people (id integer PRIMARY KEY, fax text, age "
                                   "integer, city integer REFERENCES cities (id));"
                                   "CREATE TABLE gone (id integer)");
        const auto after = schemaOf(engine, both
                                                + "CREATE TABLE people (id integer PRIMARY KEY, age bigint, "
                                                  "nick text, city integer REFERENCES cities (id), boss "
                                                  "integer REFERENCES people (id));"
                                                  "CREATE INDEX people_nick ON people (nick);"
                                                  "CREATE TABLE fresh (id integer, person integer "
                                                  "REFERENCES people (id))");
        const diagram::Layout layout = diagram::layoutDifference(before, after, {});
        QVERIFY(!card(layout, u"far"_s));  // nobody's neighbour
        QVERIFY(!card(layout, u"orders"_s));
        QCOMPARE(card(layout, u"fresh"_s)->mark, Mark::Added);
        QCOMPARE(card(layout, u"gone"_s)->mark, Mark::Removed);
        QCOMPARE(card(layout, u"cities"_s)->mark, Mark::None);
        QCOMPARE(card(layout, u"cities"_s)->rows.size(), 1);  // its key
        const diagram::Card* people = card(layout, u"people"_s);
        QCOMPARE(people->mark, Mark::Changed);
        QStringList rows;
        for (const diagram::CardRow& row : people->rows)
            rows << diagram::signOf(row.mark) + u' ' + row.name + (row.isNote ? u"!"_s : QString());
        rows.sort();
        QVERIFY2(rows.contains(u"+ nick"_s), qPrintable(rows.join(u'\n')));
        QVERIFY(rows.contains(u"+ boss"_s));
        QVERIFY(rows.contains(u"− fax"_s));
        QVERIFY(rows.contains(u"~ age"_s));
        QVERIFY(rows.contains(u" id"_s));
        const auto age = std::ranges::find(people->rows, u"age"_s, &diagram::CardRow::name);
        QCOMPARE(age->before.toLower(), u"integer"_s);
        QCOMPARE(age->type.toLower(), u"bigint"_s);
        int added = 0;
        int same = 0;
        for (const diagram::Relation& relation : layout.relations) {
            added += relation.mark == Mark::Added ? 1 : 0;
            same += relation.mark == Mark::None ? 1 : 0;
        }
        QCOMPARE(added, 2);  // fresh → people, people → people
        QCOMPARE(same, 1);   // people → cities
        const QString text = diagram::differenceText(layout);
        QVERIFY2(text.contains(u"+ fresh"_s) && text.contains(u"− fax"_s), qPrintable(text));
    }

    void equalSchemasHaveNoPicture()
    {
        const auto one = schemaOf(Engine::Sqlite, "CREATE TABLE t (a INT)");
        QVERIFY(diagram::layoutDifference(one, one, {}).cards.isEmpty());
        QVERIFY(diagram::differenceSvg({}).isEmpty());
    }

    void comparesLineByLine_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("difference");
        QTest::newRow("same") << u"a b"_s << u"a b"_s << u"=a =b"_s;
        QTest::newRow("added") << u"a c"_s << u"a b c"_s << u"=a +b =c"_s;
        QTest::newRow("removed") << u"a b c"_s << u"a c"_s << u"=a -b =c"_s;
        QTest::newRow("changed") << u"a b c"_s << u"a x c"_s << u"=a -b +x =c"_s;
        QTest::newRow("from nothing") << QString() << u"a"_s << u"+a"_s;
        QTest::newRow("to nothing") << u"a"_s << QString() << u"-a"_s;
        QTest::newRow("twice") << u"a b c d e f"_s << u"a x c d y f"_s << u"=a -b +x =c =d -e +y =f"_s;
    }
    void comparesLineByLine()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        const auto lines = [](const QString& text) {
            return text.isEmpty() ? QStringList() : text.split(u' ');
        };
        QStringList shown;
        for (const render::DiffLine& line : render::lineDiff(lines(before), lines(after)))
            shown << (line.kind == render::DiffLine::Kind::Added     ? u'+'
                      : line.kind == render::DiffLine::Kind::Removed ? u'-'
                                                                     : u'=')
                         + line.text;
        QTEST(shown.join(u' '), "difference");
    }

    /// Whatever the texts, both sides can be had back from the difference.
    void aDifferenceHoldsBothTexts()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 400; ++round) {
            QStringList before;
            QStringList after;
            for (int i = random.bounded(30); i > 0; --i)
                before << QString::number(random.bounded(6));
            for (int i = random.bounded(30); i > 0; --i)
                after << QString::number(random.bounded(6));
            QStringList old;
            QStringList now;
            for (const render::DiffLine& line : render::lineDiff(before, after)) {
                if (line.kind != render::DiffLine::Kind::Added)
                    old << line.text;
                if (line.kind != render::DiffLine::Kind::Removed)
                    now << line.text;
            }
            QCOMPARE(old, before);
            QCOMPARE(now, after);
        }
    }

    void foldsWhatStays()
    {
        QStringList before;
        for (int i = 0; i < 50; ++i)
            before << QString::number(i);
        QStringList after = before;
        after[25] = u"x"_s;
        const auto lines = render::folded(render::lineDiff(before, after), 2);
        QCOMPARE(lines.size(), 8);
        QCOMPARE(lines.first().count, 23);
        QCOMPARE(lines.last().count, 22);
    }

    void aReviewIsOneFileThatRunsNothing()
    {
        const auto before = schemaOf(Engine::Sqlite, "CREATE TABLE t (a INT)");
        const auto after = schemaOf(
            Engine::Sqlite, "CREATE TABLE t (a INT, \"<script>alert(1)</script>\" TEXT DEFAULT '<b>&amp;')");
        migrate::Review review{.database = u"<shop> & co"_s};
        review.parts.append({.name = u"1_<i>"_s,
                             .up = u"-- <script>alert('up')</script>"_s,
                             .down = u"SELECT 1 < 2 && '</pre>'"_s,
                             .risks = {u"may fail: <img src=x onerror=alert(1)>"_s}});
        review.sentences << u"Add column <script> to t"_s;
        review.textDiff = u"+ <script>"_s;
        const diagram::Layout layout = diagram::layoutDifference(before, after, {});
        const QByteArray svg = diagram::differenceSvg(layout);
        QVERIFY(svg.startsWith("<svg"));
        const QString html = migrate::reviewHtml(review, svg);
        QVERIFY(!html.contains(u"<script"_s, Qt::CaseInsensitive));
        QVERIFY(!html.contains(u"<img"_s));
        QVERIFY(!html.contains(u"http-equiv"_s) && !html.contains(u"@import"_s));
        QVERIFY(html.contains(u"&lt;script&gt;alert('up')&lt;/script&gt;"_s));
        QVERIFY(html.contains(u"1 &lt; 2 &amp;&amp; '&lt;/pre&gt;'"_s));
        // The picture is well-formed XML, so nothing in it breaks out either.
        QXmlStreamReader xml(svg);
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }

    void theWholeIsDrawnWithItsMarks()
    {
        const auto before = schemaOf(Engine::Sqlite, "CREATE TABLE far (id integer, n text);"
                                                     "CREATE TABLE gone (id integer);");
        const auto after = schemaOf(Engine::Sqlite, "CREATE TABLE far (id integer, n text);"
                                                    "CREATE TABLE fresh (id integer);"
                                                    "CREATE VIEW v AS SELECT n FROM far;");
        const auto layout = diagram::collectDifference(before, after, {}, diagram::Extent::Whole);
        QCOMPARE(layout.cards.size(), 4);
        QCOMPARE(card(layout, u"far"_s)->mark, Mark::None);
        QCOMPARE(card(layout, u"far"_s)->rows.size(), 2);  // all columns, not only the keys
        QCOMPARE(card(layout, u"gone"_s)->mark, Mark::Removed);
        QCOMPARE(card(layout, u"fresh"_s)->mark, Mark::Added);
        QVERIFY(card(diagram::collectDifference(after, after, {}, diagram::Extent::Whole), u"v"_s));
    }

    void everyTableKeepsItsPlace()
    {
        const QByteArray one = "CREATE TABLE a (id integer PRIMARY KEY, n text);";
        const QByteArray two = one + "CREATE TABLE b (id integer, a integer REFERENCES a (id));";
        const QByteArray three =
            "CREATE TABLE a (id integer PRIMARY KEY, n text, long_new_column varchar(200));"
            "CREATE TABLE c (id integer, a integer REFERENCES a (id));";
        const QList<schema::Database> states{schemaOf(Engine::Sqlite, one), schemaOf(Engine::Sqlite, two),
                                             schemaOf(Engine::Sqlite, three)};
        const auto collected = [&](qsizetype from, qsizetype to) {
            return diagram::collectDifference(states.at(from), states.at(to), {}, diagram::Extent::Whole);
        };
        diagram::Ground ground;
        for (qsizetype step = 0; step < states.size(); ++step)
            ground.add(collected(qMax<qsizetype>(0, step - 1), step));
        ground.arrange({});
        const auto first = ground.placed(collected(0, 0), {});
        const auto second = ground.placed(collected(0, 1), {});
        const auto third = ground.placed(collected(1, 2), {});
        for (const diagram::Layout* layout : {&second, &third}) {
            QCOMPARE(card(*layout, u"a"_s)->rect.topLeft(), card(first, u"a"_s)->rect.topLeft());
            QCOMPARE(layout->bounds, first.bounds);
            for (const diagram::Relation& relation : layout->relations)
                QVERIFY(!relation.path.isEmpty());
            for (qsizetype i = 0; i < layout->cards.size(); ++i) {
                for (qsizetype other = i + 1; other < layout->cards.size(); ++other)
                    QVERIFY(!layout->cards.at(i).rect.intersects(layout->cards.at(other).rect));
            }
        }
        QCOMPARE(card(third, u"b"_s)->mark, Mark::Removed);
        QCOMPARE(card(third, u"b"_s)->rect.topLeft(), card(second, u"b"_s)->rect.topLeft());
        // What nobody made room for is arranged all the same.
        const auto stranger = schemaOf(Engine::Sqlite, one + "CREATE TABLE x (id integer);");
        const auto other =
            ground.placed(diagram::collectDifference(states.at(0), stranger, {}, diagram::Extent::Whole), {});
        QVERIFY(!card(other, u"a"_s)->rect.intersects(card(other, u"x"_s)->rect));
    }
};

QTEST_MAIN(DifferencePictureTest)
#include "difference_picture_test.moc"
