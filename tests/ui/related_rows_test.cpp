// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "inspect/inspector.h"
#include "inspect/record_form.h"
#include "inspect/record_model.h"
#include "rows/related.h"
#include "support/pg.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* script =
    "CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT);"
    "INSERT INTO country VALUES ('fr', 'France'), ('it', 'Italy');"
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, country TEXT REFERENCES country (code),"
    " boss INTEGER REFERENCES person (id));"
    "INSERT INTO person VALUES (1, 'Ada', 'fr', NULL), (2, 'Bob', 'it', 1), (3, 'Cy', 'it', 3);"
    "CREATE TABLE seat (team INTEGER, number INTEGER, title TEXT, PRIMARY KEY (team, number));"
    "INSERT INTO seat VALUES (1, 7, 'window');"
    "CREATE TABLE ticket (id INTEGER PRIMARY KEY, who INTEGER REFERENCES person (id), team INTEGER,"
    " seat INTEGER, owner INTEGER REFERENCES person (id),"
    " FOREIGN KEY (team, seat) REFERENCES seat (team, number));"
    "INSERT INTO ticket VALUES (1, 2, 1, 7, 1), (2, 1, 1, NULL, 2);";

QString manyTickets()
{
    QString text = QString::fromLatin1(script);
    for (int id = 100; id < 130; ++id)
        text += u"INSERT INTO ticket (id, who) VALUES (%1, 3);"_s.arg(id);
    return text;
}

}  // namespace

/// What a row points to and what points to it, unfolded in the inspector by keys and mouse, in both engines.
class RelatedRowsTest final : public test::WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("postgres");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgres") << true;
    }
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support|Cannot open file)"_s));
        QFETCH_GLOBAL(bool, postgres);
        m_scratch.emplace();
        if (postgres) {
            m_server.emplace();
            auto made = drivers::Connection::open(m_server->target());
            QVERIFY(made && (*made)->executeScript(manyTickets().toUtf8()));
            QVERIFY(m_scratch->opens({.target = m_server->target(), .lastUsed = {}}));
        } else {
            QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, manyTickets()))));
        }
        QVERIFY(m_scratch->shows(u"ticket"_s));
        QTRY_COMPARE(table()->model().rowCount(), 32);
        focus(0, u"id"_s);
        QTRY_COMPARE(form()->model()->rowCount(), 5);
    }
    void cleanup()
    {
        m_scratch.reset();
        m_server.reset();
    }

    void aReferencedRowUnfoldsInPlaceAndOnFromThere()
    {
        const QModelIndex who = unfold(form(), line({u"who"_s}));
        QTRY_COMPARE(outline(who), (QStringList{u"id: 2"_s, u"name: Bob"_s, u"country: it"_s, u"boss: 1"_s,
                                                u"Rows that point here"_s}));
        const QModelIndex country = unfold(form(), line({u"who"_s, u"country"_s}));
        QTRY_COMPARE(outline(country),
                     (QStringList{u"code: it"_s, u"name: Italy"_s, u"Rows that point here"_s}));
        const QModelIndex boss = unfold(form(), line({u"who"_s, u"boss"_s}));
        QTRY_COMPARE(outline(boss).value(1), u"name: Ada"_s);
        // The line below is looked at in the panel, and is not to be edited there.
        form()->setCurrentIndex(line({u"who"_s, u"country"_s, u"name"_s}));
        QCOMPARE(child<QLabel>(u"inspectorCellName"_s)->text(), u"name"_s);
        QVERIFY(!child<QWidget>(u"inspectorEdit"_s)->isVisible());
        form()->setCurrentIndex(line({u"who"_s}));
        QTest::keyClick(form(), Qt::Key_Left);
        QVERIFY(!form()->isExpanded(line({u"who"_s})));
    }

    void keysOfSeveralColumnsUnfoldAtEachOfThem()
    {
        const QModelIndex seat = unfold(form(), line({u"seat"_s}));
        QTRY_COMPARE(outline(seat), (QStringList{u"team: 1"_s, u"number: 7"_s, u"title: window"_s,
                                                 u"Rows that point here"_s}));
        const QModelIndex team = unfold(form(), line({u"team"_s}));
        QTRY_COMPARE(outline(team).value(2), u"title: window"_s);
        // A part is NULL in the next row: it points nowhere.
        focus(1, u"id"_s);
        QTRY_COMPARE(outline(line({u"team"_s})).size(), 1);
        QVERIFY(outline(line({u"team"_s})).first().contains(u"NULL"_s));
        QVERIFY(!form()->model()->hasChildren(line({u"seat"_s})));
    }

    void aCircleEndsWhereItCloses()
    {
        QVERIFY(m_scratch->shows(u"person"_s));
        QTRY_COMPARE(table()->model().rowCount(), 3);
        focus(2, u"id"_s);
        QTRY_COMPARE(form()->model()->rowCount(), 4);
        const QModelIndex boss = unfold(form(), line({u"boss"_s}));
        QTRY_COMPARE(outline(boss), QStringList{u"The same row as above."_s});
    }

    void whatIsUnfoldedFollowsTheCursor()
    {
        unfold(form(), line({u"who"_s}));
        QTRY_COMPARE(outline(line({u"who"_s})).value(1), u"name: Bob"_s);
        focus(1, u"id"_s);
        QTRY_COMPARE(outline(line({u"who"_s})).value(1), u"name: Ada"_s);
        QVERIFY(form()->isExpanded(line({u"who"_s})));
    }

    void aStagedKeyIsFollowedAtOnce()
    {
        unfold(form(), line({u"who"_s}));
        QTRY_COMPARE(outline(line({u"who"_s})).value(1), u"name: Bob"_s);
        table()->model().setTexts({{cell(0, u"who"_s), u"3"_s}});
        QTRY_COMPARE(outline(line({u"who"_s})).value(1), u"name: Cy"_s);
        table()->model().setTexts({{cell(0, u"who"_s), u"99"_s}});
        QTRY_COMPARE(outline(line({u"who"_s})), QStringList{u"There is no such row."_s});
        table()->discard();
    }

    void aLineBelowIsJumpedTo()
    {
        unfold(form(), line({u"who"_s}));
        QTRY_COMPARE(outline(line({u"who"_s})).size(), 5);
        form()->setFocus();
        form()->setCurrentIndex(line({u"who"_s, u"country"_s}));
        QTest::keyClick(form(), Qt::Key_F12);
        QCOMPARE(table()->relation().name, u"country"_s);
        QTRY_COMPARE(table()->model().rowCount(), 1);
    }

    void rowsThatPointHereUnfoldWithTheirFields()
    {
        QVERIFY(m_scratch->shows(u"person"_s));
        QTRY_COMPARE(table()->model().rowCount(), 3);
        focus(2, u"id"_s);
        QTRY_COMPARE(referrers()->model()->rowCount(), 3);
        QTRY_VERIFY(named(referrers()->model(), {}, u"ticket.who"_s).isValid());
        const QModelIndex way = named(referrers()->model(), {}, u"ticket.who"_s);
        QTRY_COMPARE(way.data(Qt::AccessibleTextRole).toString(), u"ticket.who: 30"_s);
        unfold(referrers(), way);
        QTRY_COMPARE(referrers()->model()->rowCount(way), inspect::RecordModel::mostRows + 1);
        const QModelIndex first = unfold(referrers(), referrers()->model()->index(0, 0, way));
        QCOMPARE(first.data().toString(), u"100"_s);
        QTRY_COMPARE(outline(first).value(1), u"who: 3"_s);
        // And from there back to the row itself.
        const QModelIndex back = unfold(referrers(), referrers()->model()->index(1, 0, first));
        QTRY_COMPARE(outline(back).value(1), u"name: Cy"_s);
        referrers()->setCurrentIndex(first);
        QTest::keyClick(referrers(), Qt::Key_Return);
        QCOMPARE(table()->relation().name, u"ticket"_s);
        QTRY_COMPARE(table()->model().rowCount(), 1);
    }

    void rowsThatPointToARowBelowAreCountedAndUnfold()
    {
        focus(2, u"id"_s);
        unfold(form(), line({u"who"_s}));
        QTRY_COMPARE(outline(line({u"who"_s})).value(1), u"name: Cy"_s);
        const QStringList here{u"who"_s, u"Rows that point here"_s};
        unfold(form(), line(here));
        const auto sorted = [&] {
            QStringList lines = outline(line(here));
            lines.sort();
            return lines;
        };
        QTRY_COMPARE(sorted(), (QStringList{u"person.boss: 1"_s, u"ticket.owner: 0"_s, u"ticket.who: 30"_s}));
        // And on from there, to the row itself.
        unfold(form(), line(here + QStringList{u"person.boss"_s}));
        QTRY_COMPARE(outline(line(here + QStringList{u"person.boss"_s})), QStringList{u"3 · Cy"_s});
        form()->setCurrentIndex(line(here + QStringList{u"ticket.who"_s}));
        QTest::keyClick(form(), Qt::Key_F12);
        QTRY_COMPARE(table()->model().rowCount(), 30);
    }

    void countingBelowIsTriedAgainAndGivenUpWithItsLine()
    {
        inspect::RecordModel model;
        QList<inspect::RelatedSource::Counts> asked;
        model.setSource({.links = {},
                         .read =
                             [](const rows::Link&, qint64, const inspect::RelatedSource::Answer& done) {
                                 RowBatch rows;
                                 rows.columns = {ColumnInfo{.name = u"id"_s}};
                                 rows.cells = {Text{"1"}};
                                 done(rows);
                                 return runtime::Job();
                             },
                         .pointing =
                             [](const rows::Relation&, const rows::ValueOf&) {
                                 return QList<rows::Link>{{.title = u"a.x"_s}, {.title = u"b.y"_s}};
                             },
                         .isPointedAt = [](const rows::Relation&) { return true; },
                         .count =
                             [&](const QList<rows::Link>&, const inspect::RelatedSource::Counts& done) {
                                 asked += done;
                                 return runtime::Job();
                             }});
        rows::Relation other;
        other.name = u"other"_s;
        other.columns = {{.name = u"id"_s}};
        other.keyColumns = QStringList{u"id"_s};
        model.setReferrers(
            {{.title = u"other.x"_s, .count = {}, .link = {.relation = other, .several = true}}});
        const QModelIndex way = model.index(0, 0);
        model.fetchMore(way);
        const QModelIndex row = model.index(0, 0, way);
        const QModelIndex here = model.index(1, 0, row);
        QCOMPARE(here.data().toString(), u"Rows that point here"_s);
        QVERIFY(asked.isEmpty());  // nothing is counted before somebody looks
        model.fetchMore(here);
        QCOMPARE(outline(here), (QStringList{u"a.x: …"_s, u"b.y: …"_s}));
        asked.takeFirst()(std::unexpected(Error{.kind = ErrorKind::Cancelled, .message = u"later"_s}));
        QCOMPARE(asked.size(), 1);
        asked.takeFirst()(QList<qint64>{12, rows::mostCounted + 1});
        QCOMPARE(outline(here), (QStringList{u"a.x: 12"_s, u"b.y: more than 10,000"_s}));
    }

    void errorsAreSaidAndReadingIsTriedAgain()
    {
        inspect::RecordModel model;
        QAbstractItemModelTester tester(&model);
        tester.setUseFetchMore(false);  // reading is what is tested
        inspect::RelatedSource::Answer late;
        rows::Relation other;
        other.name = u"other"_s;
        other.columns = {{.name = u"id"_s}};
        other.keyColumns = QStringList{u"id"_s};
        model.setSource(
            {.links = [&](const rows::Relation&, const QString&, const rows::ValueOf&) -> QList<rows::Link> {
                 return {
                     {.title = u"other"_s, .relation = other, .columns = {u"id"_s}, .values = {Text{"1"}}}};
             },
             .read =
                 [&](const rows::Link&, qint64, const inspect::RelatedSource::Answer& done) {
                     late = done;
                     return runtime::Job();
                 }});
        inspect::Record record;
        record.current = 0;
        record.relation.name = u"t"_s;
        inspect::Field field;
        field.name = u"other_id"_s;
        field.value = Text{"1"};
        field.foreignTarget = u"other.id"_s;
        record.fields = {field};
        model.setRecord(record);
        const QModelIndex line = model.index(0, 0);
        QVERIFY(model.canFetchMore(line));
        model.fetchMore(line);
        QCOMPARE(model.index(0, 0, line).data().toString(), u"Loading…"_s);
        late(std::unexpected(Error{.kind = ErrorKind::Connection, .message = u"Gone."_s}));
        QVERIFY(model.index(0, 0, line).data().toString().startsWith(u"Gone."_s));
        model.retry(model.index(0, 0, line));
        RowBatch rows;
        rows.columns = {ColumnInfo{.name = u"id"_s}};
        rows.cells = {Text{"1"}};
        late(rows);
        QCOMPARE(model.index(0, 0, line).data(Qt::AccessibleTextRole).toString(), u"id: 1"_s);
    }

private:
    template <class Widget>
    Widget* child(const QString& name) const
    {
        return window()->findChild<Widget*>(name);
    }
    inspect::RecordForm* form() const { return child<inspect::RecordForm>(u"inspectorForm"_s); }
    inspect::RecordForm* referrers() const { return child<inspect::RecordForm>(u"inspectorReferrers"_s); }
    QModelIndex cell(int row, const QString& name) const
    {
        return table()->model().index(row, table()->relation().indexOf(name));
    }
    void focus(int row, const QString& name) const
    {
        table()->grid()->setFocus();
        table()->grid()->setCurrentIndex(cell(row, name));
    }
    static QModelIndex named(const QAbstractItemModel* model, const QModelIndex& parent, const QString& name)
    {
        for (int row = 0; row < model->rowCount(parent); ++row) {
            const QModelIndex index = model->index(row, 0, parent);
            if (index.data(Qt::AccessibleTextRole).toString().section(u':', 0, 0) == name)
                return index;
        }
        return {};
    }
    QModelIndex line(const QStringList& path) const
    {
        QModelIndex index;
        for (const QString& name : path)
            index = named(form()->model(), index, name);
        return index;
    }
    static QStringList outline(const QModelIndex& parent)
    {
        QStringList lines;
        for (int row = 0; parent.isValid() && row < parent.model()->rowCount(parent); ++row)
            lines += parent.model()->index(row, 0, parent).data(Qt::AccessibleTextRole).toString();
        return lines;
    }
    static QModelIndex unfold(inspect::RecordForm* form, const QModelIndex& index)
    {
        form->setFocus();
        form->setCurrentIndex(index);
        QTest::keyClick(form, Qt::Key_Right);
        return index;
    }

    std::optional<test::ScratchPostgres> m_server;
};

QTEST_MAIN(RelatedRowsTest)
#include "related_rows_test.moc"
