// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/cell_editor.h"
#include "cells/grid_view.h"
#include "inspect/array_editor.h"
#include "inspect/array_list.h"
#include "inspect/inspector.h"
#include "support/heartbeat.h"
#include "support/pg.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QIdentityProxyModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* script =
    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy'); "
    "CREATE TABLE t (id integer PRIMARY KEY, tags text[], numbers integer[], grid text[][], moods mood[], "
    "flags boolean[], "
    "copied text[] GENERATED ALWAYS AS (tags) STORED); "
    "INSERT INTO t VALUES "
    "(1, '{a,\"b c\",\"d\\\"q,x\",NULL,\"\"}', '[2:3]={7,8}', '{{a,b},{c,\"d e\"}}', '{sad,NULL}', '{t,f}'), "
    "(2, '{}', NULL, NULL, '{}', NULL), "
    "(3, NULL, '{1}', '{{x}}', NULL, '{NULL}'); "
    "CREATE VIEW v AS SELECT id, tags FROM t; "
    "CREATE TABLE large (id integer PRIMARY KEY, numbers integer[]); "
    "INSERT INTO large VALUES (1, (SELECT array_agg(n) FROM generate_series(100001, 200000) AS n)); ";

constexpr auto firstTags = "{a,\"b c\",\"d\\\"q,x\",NULL,\"\"}";

/// Elements are called by their number, which the tester would take for what they are.
class ValuesFirst final : public QIdentityProxyModel
{
public:
    QVariant data(const QModelIndex& index, int role) const override
    {
        return QIdentityProxyModel::data(index.siblingAtColumn(inspect::ArrayModel::Value), role);
    }
};

}  // namespace

/// PostgreSQL arrays, edited in the inspector by keys and mouse.
class ArrayEditorTest final : public test::WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_scratch.emplace();
        m_server.emplace();
        auto made = drivers::Connection::open(m_server->target());
        QVERIFY(made && (*made)->executeScript(script));
        m_db = std::move(*made);
        QVERIFY(m_scratch->opens({.target = m_server->target(), .lastUsed = {}}));
        QVERIFY(m_scratch->shows(u"t"_s));
        QTRY_COMPARE(table()->model().rowCount(), 3);
    }
    void cleanup()
    {
        m_scratch.reset();
        m_db.reset();
        m_server.reset();
    }

    void anElementIsEditedStagedUndoneAndCommitted()
    {
        focus(0, u"tags"_s);
        goToList();
        QCOMPARE(shown(), (QStringList{u"a"_s, u"b c"_s, u"d\"q,x"_s, u"NULL"_s, u"empty"_s}));
        QVERIFY(child<QLabel>(u"arrayNote"_s)->text().startsWith(u"5 element"_s));
        QVERIFY(list()->model()->index(3, 1).data(Qt::FontRole).value<QFont>().italic());
        choose(1);
        type(Qt::Key_F2, u"say \"x, y\""_s);
        const QByteArray edited = "{a,\"say \\\"x, y\\\"\",\"d\\\"q,x\",NULL,\"\"}";
        QCOMPARE(value(0, u"tags"_s), edited);
        QCOMPARE(table()->pending().updates, 1);
        QCOMPARE(list()->row(), 1);
        QTest::keyClick(list(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray(firstTags));
        QCOMPARE(table()->pending().updates, 0);
        QCOMPARE(shown().value(1), u"b c"_s);
        QCOMPARE(list()->row(), 1);
        QTest::keyClick(list(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown().value(1), u"say \"x, y\""_s);
        table()->commit();
        QTRY_COMPARE(table()->pending().updates, 0);
        QCOMPARE(server(u"SELECT tags[2] FROM t WHERE id = 1"_s), "say \"x, y\""_ba);
        QCOMPARE(server(u"SELECT tags::text FROM t WHERE id = 1"_s), edited);
    }

    void elementsAreAddedMovedAndRemovedByKeys()
    {
        focus(0, u"tags"_s);
        goToList();
        choose(0);
        type(Qt::Key_Insert, u"new"_s);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,new,\"b c\",\"d\\\"q,x\",NULL,\"\"}"));
        QTest::keyClick(list(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,\"b c\",new,\"d\\\"q,x\",NULL,\"\"}"));
        QCOMPARE(list()->row(), 2);
        QTest::keyClick(list(), Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(list(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,new,new,\"b c\",\"d\\\"q,x\",NULL,\"\"}"));
        QTest::keyClick(list(), Qt::Key_Delete);
        QTest::keyClick(list(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,new,NULL,\"d\\\"q,x\",NULL,\"\"}"));
        QTest::keyClick(list(), Qt::Key_Backspace, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,new,\"\",\"d\\\"q,x\",NULL,\"\"}"));
        // Each of them is one step.
        for (int step = 0; step < 7; ++step)
            QTest::keyClick(list(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray(firstTags));
        choose(0);
        QTest::keyClick(list(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(list(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(list(), Qt::Key_Delete);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{NULL,\"\"}"));
    }

    void severalElementsAreMovedTogether()
    {
        focus(0, u"tags"_s);
        goToList();
        choose(1);
        QTest::keyClick(list(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(list(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,NULL,\"b c\",\"d\\\"q,x\",\"\"}"));
        // They stay selected, and stop at the end.
        QTest::keyClick(list(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(list(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,NULL,\"\",\"b c\",\"d\\\"q,x\"}"));
        for (int step = 0; step < 3; ++step)
            QTest::keyClick(list(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{\"b c\",\"d\\\"q,x\",a,NULL,\"\"}"));
        // Each way by itself, with one between them that stays.
        choose(0);
        list()->selectionModel()->select(list()->model()->index(2, 0),
                                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QTest::keyClick(list(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(value(0, u"tags"_s), QByteArray("{\"d\\\"q,x\",\"b c\",NULL,a,\"\"}"));
    }

    void whatIsAddedIsAnElementOnlyOnceItIsTyped()
    {
        focus(0, u"tags"_s);
        goToList();
        choose(4);
        QTest::keyClick(list(), Qt::Key_Insert);
        QTRY_VERIFY(line());
        QCOMPARE(list()->model()->rowCount(), 6);
        QTest::keyClick(line(), Qt::Key_Escape);
        QTRY_COMPARE(list()->model()->rowCount(), 5);
        QCOMPARE(table()->pending().updates, 0);
        QCOMPARE(list()->row(), 4);
        // Return takes the NULL that stands there; an element that was only looked at stays.
        QTest::keyClick(list(), Qt::Key_Insert);
        QTRY_VERIFY(line());
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_COMPARE(value(0, u"tags"_s), QByteArray("{a,\"b c\",\"d\\\"q,x\",NULL,\"\",NULL}"));
        choose(3);
        QTest::keyClick(list(), Qt::Key_Return);
        QTRY_VERIFY(line());
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY(!line());
        QCOMPARE(value(0, u"tags"_s), QByteArray("{a,\"b c\",\"d\\\"q,x\",NULL,\"\",NULL}"));
    }

    void tabGoesOnToTheNextElement()
    {
        focus(0, u"numbers"_s);
        goToList();
        choose(0);
        QTest::keyClick(list(), Qt::Key_F2);
        QTRY_VERIFY(line());
        QTest::keyClicks(line(), u"70"_s);
        QTest::keyClick(line(), Qt::Key_Tab);
        QCOMPARE(list()->row(), 1);
        QTRY_VERIFY(line() && line()->text() == u"8");
        QTest::keyClicks(line(), u"80"_s);
        QTest::keyClick(line(), Qt::Key_Tab);
        QTRY_VERIFY(!line());
        QCOMPARE(value(0, u"numbers"_s), QByteArray("[2:3]={70,80}"));
    }

    void lowerBoundsAreKeptAndValuesOfTheWrongTypeStayInTheEditor()
    {
        focus(0, u"numbers"_s);
        goToList();
        QCOMPARE(list()->model()->index(0, 0).data().toString(), u"2"_s);
        QVERIFY(child<QLabel>(u"arrayNote"_s)->text().contains(u"begin at 2"_s));
        choose(1);
        type(Qt::Key_Insert, u"9"_s);
        QCOMPARE(value(0, u"numbers"_s), QByteArray("[2:4]={7,8,9}"));
        QTest::keyClick(list(), Qt::Key_F2);
        QTRY_VERIFY(line());
        QTest::keyClicks(line(), u"nine"_s);
        QTest::keyClick(line(), Qt::Key_Return);
        QVERIFY(line() && line()->property("problem").toBool());
        QTest::keyClick(line(), Qt::Key_Escape);
        QTRY_VERIFY(!line());
        QCOMPARE(value(0, u"numbers"_s), QByteArray("[2:4]={7,8,9}"));
        table()->commit();
        QTRY_COMPARE(table()->pending().updates, 0);
        QCOMPARE(server(u"SELECT numbers[4]::text FROM t WHERE id = 1"_s), "9"_ba);
    }

    void severalDimensionsAreEditedByTheirParts()
    {
        focus(0, u"grid"_s);
        goToList();
        QCOMPARE(shown(), (QStringList{u"{a,b}"_s, u"{c,\"d e\"}"_s}));
        QVERIFY(child<QLabel>(u"arrayNote"_s)->text().contains(u"2 dimensions"_s));
        choose(0);
        type(Qt::Key_F2, u"{ x y ,NULL}"_s);
        QCOMPARE(value(0, u"grid"_s), QByteArray("{{\"x y\",NULL},{c,\"d e\"}}"));
        QTest::keyClick(list(), Qt::Key_F2);
        QTRY_VERIFY(line());
        line()->selectAll();
        QTest::keyClicks(line(), u"{a}"_s);
        QTest::keyClick(line(), Qt::Key_Return);
        QVERIFY(line() && line()->property("problem").toBool());
        QTest::keyClick(line(), Qt::Key_Escape);
        QTRY_VERIFY(!line());
        type(Qt::Key_Insert, u"{e,f}"_s);
        QCOMPARE(value(0, u"grid"_s), QByteArray("{{\"x y\",NULL},{e,f},{c,\"d e\"}}"));
        QTest::keyClick(list(), Qt::Key_0, Qt::ControlModifier);  // no part is NULL
        QCOMPARE(shown().value(1), u"{e,f}"_s);
        table()->commit();
        QTRY_COMPARE(table()->pending().updates, 0);
        QCOMPARE(server(u"SELECT grid::text FROM t WHERE id = 1"_s), "{{\"x y\",NULL},{e,f},{c,\"d e\"}}"_ba);
    }

    void fewValuesAreChosenFromAList()
    {
        focus(0, u"moods"_s);
        goToList();
        choose(1);
        QTest::keyClick(list(), Qt::Key_F2);
        QTRY_VERIFY(choice());
        QCOMPARE(choice()->currentText(), u"NULL"_s);
        QTest::keyClick(choice(), Qt::Key_H);  // happy
        QTest::keyClick(choice(), Qt::Key_Return);
        QTRY_COMPARE(value(0, u"moods"_s), QByteArray("{sad,happy}"));
        focus(0, u"flags"_s);
        goToList();
        choose(0);
        QTest::keyClick(list(), Qt::Key_F2);
        QTRY_VERIFY(choice());
        QCOMPARE(choice()->currentText(), u"true"_s);
        QTest::keyClick(choice(), Qt::Key_Down);
        QTest::keyClick(choice(), Qt::Key_Return);
        QTRY_COMPARE(value(0, u"flags"_s), QByteArray("{f,f}"));
    }

    void anEmptyArraySaysHowToAddToIt()
    {
        focus(1, u"tags"_s);
        goToList();
        QVERIFY(child<QWidget>(u"arrayEmpty"_s)->isVisible());
        QTest::mouseClick(child<QPushButton>(u"arrayAddFirst"_s), Qt::LeftButton);
        typeIn(u"first"_s);
        QVERIFY(!child<QWidget>(u"arrayEmpty"_s)->isVisible());
        QCOMPARE(value(1, u"tags"_s), QByteArray("{first}"));
        QTest::keyClick(list(), Qt::Key_Delete);
        QCOMPARE(value(1, u"tags"_s), QByteArray("{}"));
        QVERIFY(child<QWidget>(u"arrayEmpty"_s)->isVisible());
        type(Qt::Key_Insert, u"again"_s);
        QCOMPARE(value(1, u"tags"_s), QByteArray("{again}"));
    }

    void nullBeginsWithAnEmptyArray()
    {
        focus(2, u"tags"_s);
        auto* begin = child<QPushButton>(u"arrayBegin"_s);
        QTRY_VERIFY(begin->isVisible());
        QVERIFY(!child<QPushButton>(u"jsonBeginArray"_s)->isVisible());
        QTest::mouseClick(begin, Qt::LeftButton);
        QCOMPARE(value(2, u"tags"_s), QByteArray("{}"));
        QTRY_VERIFY(list()->hasFocus());
        type(Qt::Key_Insert, u"x"_s);
        QCOMPARE(value(2, u"tags"_s), QByteArray("{x}"));
        for (int step = 0; step < 2; ++step)
            QTest::keyClick(list(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(value(2, u"tags"_s), "none"_ba);
        QVERIFY(begin->isVisible());
    }

    void whatCannotBeEditedIsOnlyShown()
    {
        focus(0, u"copied"_s);
        goToList();
        QCOMPARE(shown().size(), 5);
        QVERIFY(!child<QToolButton>(u"arrayAdd"_s)->isVisible());
        choose(0);
        for (const Qt::Key key : {Qt::Key_F2, Qt::Key_Insert, Qt::Key_Delete})
            QTest::keyClick(list(), key);
        QTest::keyClick(list(), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(!line());
        QCOMPARE(shown().size(), 5);
        QVERIFY(m_scratch->shows(u"v"_s));
        QTRY_COMPARE(table()->model().rowCount(), 3);
        focus(0, u"tags"_s);
        goToList();
        QCOMPARE(shown().value(1), u"b c"_s);
        QVERIFY(!editor()->model().isEditable());
    }

    void whatIsTypedIsStagedBeforeTheCursorLeaves()
    {
        focus(0, u"tags"_s);
        goToList();
        choose(0);
        QTest::keyClick(list(), Qt::Key_F2);
        QTRY_VERIFY(line());
        QTest::keyClicks(line(), u"typed"_s);
        focus(1, u"id"_s);
        QVERIFY(value(0, u"tags"_s).startsWith("{typed,"));
        QCOMPARE(value(1, u"id"_s), "2"_ba);
    }

    void elementsAreCopiedAndPastedExactlyAndLinesAsTexts()
    {
        focus(0, u"tags"_s);
        goToList();
        choose(2);
        QTest::keyClick(list(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(list(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"d\"q,x\n"_s);
        focus(1, u"tags"_s);
        goToList();
        QTest::keyClick(list(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(value(1, u"tags"_s), QByteArray("{\"d\\\"q,x\",NULL}"));
        QApplication::clipboard()->setText(u"one\r\ntwo words\r\n"_s);
        QTest::keyClick(list(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(value(1, u"tags"_s), QByteArray("{\"d\\\"q,x\",NULL,one,\"two words\"}"));
    }

    void theLiteralIsShownAsTextAndWhatIsNoneSaysWhere()
    {
        focus(0, u"tags"_s);
        goToList();
        QTest::mouseClick(child<QToolButton>(u"arrayTextView"_s), Qt::LeftButton);
        auto* area = child<QPlainTextEdit>(u"inspectorArrayText"_s);
        QVERIFY(area->isVisible() && !list()->isVisible());
        QCOMPARE(area->toPlainText(), QString::fromLatin1(firstTags));
        QTest::mouseClick(child<QToolButton>(u"arrayListView"_s), Qt::LeftButton);
        QVERIFY(list()->isVisible() && list()->hasFocus());
        // As it is typed into the grid's cell, which takes anything.
        table()->model().setTexts({{cell(0, u"tags"_s), u"{a,"_s}});
        auto* problem = child<QLabel>(u"arrayProblem"_s);
        QTRY_VERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(u"Character 4"_s), qPrintable(problem->text()));
        QVERIFY(area->isVisible());
        table()->model().undo();
        QTRY_VERIFY(list()->isVisible() && !problem->isVisible());
        QCOMPARE(shown().size(), 5);
    }

    void theGridAndThePanelLeadToTheList()
    {
        focus(0, u"tags"_s);
        QTest::keyClick(table()->grid(), Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY(list()->hasFocus());
        focus(0, u"tags"_s);
        QTest::mouseClick(child<QToolButton>(u"inspectorEdit"_s), Qt::LeftButton);
        QVERIFY(list()->hasFocus());
        // In the cell the literal itself is edited.
        focus(0, u"tags"_s);
        QTest::keyClick(table()->grid(), Qt::Key_F2);
        QTRY_VERIFY(table()->grid()->findChild<QLineEdit*>(u"cellEditor"_s));
        QTest::keyClick(table()->grid()->findChild<QLineEdit*>(u"cellEditor"_s), Qt::Key_Escape);
        run(u"array.append"_s);
        QTRY_VERIFY(line());
        QTest::keyClick(line(), Qt::Key_Escape);
        QTRY_COMPARE(shown().size(), 5);
    }

    void everyKeyStandsInTheMenuAndElementsAreFound()
    {
        focus(0, u"tags"_s);
        goToList();
        choose(0);
        QTest::keyClick(list(), Qt::Key_F10, Qt::ShiftModifier);
        auto* menu = list()->findChild<QMenu*>(u"arrayMenu"_s);
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), inspect::arrayKeys().size());
        menu->close();
        QTest::keyClick(list(), Qt::Key_F, Qt::ControlModifier);
        auto* find = child<QLineEdit>(u"arrayFindElement"_s);
        QTRY_VERIFY(find->isVisible() && find->hasFocus());
        QTest::keyClicks(find, u"Q,"_s);
        QCOMPARE(list()->row(), 2);
        find->selectAll();
        QTest::keyClicks(find, u"zz"_s);
        QVERIFY(!child<QLabel>(u"arrayFindElementState"_s)->text().isEmpty());
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(list()->hasFocus());
    }

    /// Of which the grid has the beginning only: read whole first, staged as a whole, and undone.
    void aLongArrayIsReadWholeAndStagedAsAWhole()
    {
        QVERIFY(m_scratch->shows(u"large"_s));
        QTRY_COMPARE(table()->model().rowCount(), 1);
        focus(0, u"numbers"_s);
        QTRY_VERIFY(editor()->isVisible() && list()->model()->rowCount() == 100'000);
        goToList();
        test::Heartbeat heart;
        choose(50'000);
        type(Qt::Key_F2, u"7"_s);
        QCOMPARE(value(0, u"numbers"_s).size(), 100'000 * 7 + 1 - 5);
        QTest::keyClick(list(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(shown(50'000), u"150001"_s);
        QCOMPARE(list()->row(), 50'000);
        QCOMPARE(table()->pending().updates, 0);
        QTRY_VERIFY(editor()->model().isEditable());
        type(Qt::Key_F2, u"8"_s);
        QTest::keyClick(list(), Qt::Key_Insert);
        QTRY_VERIFY(line());
        QTest::keyClick(line(), Qt::Key_Return);
        table()->commit();
        QTRY_COMPARE(table()->pending().updates, 0);
        QCOMPARE(server(u"SELECT numbers[50001] || ' ' || cardinality(numbers) FROM large"_s), "8 100001"_ba);
        QTRY_COMPARE(shown(50'000), u"8"_s);
        qInfo("the longest pause was %.0f ms", heart.longest());
        QVERIFY2(heart.longest() < 1000, qPrintable(QString::number(heart.longest())));
    }

    void theModelKeepsItsPromises()
    {
        inspect::ArrayModel model;
        ValuesFirst values;
        values.setSourceModel(&model);
        QAbstractItemModelTester tester(&values);
        model.setEditable(true);
        model.setArray(ArrayText::parse("{a,NULL,c,d}").value(), {.name = u"c"_s, .type = u"text"_s});
        model.insert(1, {"x"_ba, std::nullopt});
        model.move({0}, 1);
        model.remove({0, 2, 3});
        model.makeRoom(1);
        model.giveRoomUp();
        model.makeRoom(3);
        QVERIFY(model.put(3, "end"_ba));
        model.set({0, 1}, std::nullopt);
        QVERIFY(!model.put(0, std::nullopt));
        QCOMPARE(model.array().write(), "{NULL,NULL,d,end}"_ba);
        QCOMPARE(model.find(u"E"_s, 0, true), 3);
        QCOMPARE(model.find(u"nothing"_s, 0, false), -1);
    }

private:
    template <class Widget>
    Widget* child(const QString& name) const
    {
        return window()->findChild<Widget*>(name);
    }
    inspect::ArrayList* list() const { return window()->findChild<inspect::ArrayList*>(); }
    inspect::ArrayEditor* editor() const { return window()->findChild<inspect::ArrayEditor*>(); }
    /// In which an element is edited just now.
    QWidget* open() const
    {
        return list()->indexWidget(list()->currentIndex().siblingAtColumn(inspect::ArrayModel::Value));
    }
    QLineEdit* line() const { return qobject_cast<QLineEdit*>(open()); }
    cells::ChoiceEditor* choice() const { return qobject_cast<cells::ChoiceEditor*>(open()); }
    QString shown(int row) const { return list()->model()->index(row, 1).data().toString(); }
    QStringList shown() const
    {
        QStringList all;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            all += shown(row);
        return all;
    }
    void goToList() const
    {
        run(u"database.json"_s);
        QTRY_VERIFY(list()->hasFocus());
    }
    void choose(int row) const { list()->goTo(row); }
    QModelIndex cell(int row, const QString& name) const
    {
        return table()->model().index(row, table()->relation().indexOf(name));
    }
    QByteArray value(int row, const QString& name) const
    {
        const auto held = table()->model().valueAt(cell(row, name));
        return held && std::holds_alternative<Text>(*held) ? std::get<Text>(*held).utf8 : "none"_ba;
    }
    QByteArray server(const QString& sql) const
    {
        const auto answer = m_db->scalar(sql);
        return answer && std::holds_alternative<Text>(*answer) ? std::get<Text>(*answer).utf8 : "none"_ba;
    }
    void focus(int row, const QString& name) const
    {
        table()->grid()->setFocus();
        table()->grid()->setCurrentIndex(cell(row, name));
    }
    void typeIn(const QString& typed) const
    {
        QTRY_VERIFY(line());
        line()->selectAll();
        QTest::keyClicks(line(), typed);
        QTest::keyClick(line(), Qt::Key_Return);
        QTRY_VERIFY(!line());
        QTRY_VERIFY(list()->hasFocus());
    }
    void type(Qt::Key key, const QString& typed) const
    {
        QTest::keyClick(list(), key);
        typeIn(typed);
    }
    void run(const QString& id) const
    {
        const QList<kit::Command> commands = workspace()->commands();
        const auto command = std::ranges::find(commands, id, &kit::Command::id);
        QVERIFY(command != commands.end() && command->isEnabled());
        command->run();
    }

    std::optional<test::ScratchPostgres> m_server;
    std::unique_ptr<drivers::Connection> m_db;
};

QTEST_MAIN(ArrayEditorTest)
#include "array_editor_test.moc"
