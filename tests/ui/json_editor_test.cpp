// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "inspect/inspector.h"
#include "inspect/json_editor.h"
#include "inspect/json_tree.h"
#include "support/heartbeat.h"
#include "support/pg.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
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

/// The column is text in SQLite (JSON by what is in it) and json in PostgreSQL, so both keep its bytes.
constexpr const char* script =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, doc JSONTEXT, binary_doc JSONB, note TEXT);"
    "INSERT INTO t VALUES"
    " (1, '{ \"b\":12345678901234567890,\n\t\"price\": 1.10, \"tags\": [ \"x\" ,null], \"b\": true }',"
    "  '{\"a\": 1, \"bb\": {\"c\": []}}', 'plain'),"
    " (2, '[]', '{}', '{\"in\": \"text\"}'), (3, NULL, NULL, '{broken');";

kit::Command commandOf(inspect::JsonEditor& editor, const QString& id)
{
    for (const kit::Command& command : editor.commands()) {
        if (command.id == id)
            return command;
    }
    qFatal("there is no such command");
}

}  // namespace

/// JSON of a cell, edited in the inspector by keys and mouse, in both engines.
class JsonEditorTest final : public test::WindowTest
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
        QFETCH_GLOBAL(bool, postgres);
        m_scratch.emplace();
        const QString text = QString::fromLatin1(script).replace(u"JSONTEXT"_s, u"JSON"_s);
        if (postgres) {
            m_server.emplace();
            auto made = drivers::Connection::open(m_server->target());
            QVERIFY(made && (*made)->executeScript(text.toUtf8()));
            QVERIFY(m_scratch->opens({.target = m_server->target(), .lastUsed = {}}));
        } else {
            QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, text))));
        }
        QVERIFY(m_scratch->shows(u"t"_s));
        QTRY_COMPARE(table()->model().rowCount(), 3);
    }
    void cleanup()
    {
        m_scratch.reset();
        m_server.reset();
    }

    void aValueIsEditedAndNothingElseOfTheTextChanges()
    {
        focus(0, u"doc"_s);
        const QByteArray before = value(0, u"doc"_s);
        choose({1});
        QCOMPARE(tree()->currentIndex().siblingAtColumn(1).data().toString(), u"1.10"_s);
        type(Qt::Key_F2, u"20.00"_s);
        QVERIFY(child<QWidget>(u"jsonFoot"_s)->isVisible());
        QCOMPARE(table()->pending().updates, 0);
        QTest::keyClick(tree(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(table()->pending().updates, 1);
        QCOMPARE(value(0, u"doc"_s), QByteArray(before).replace("1.10", "20.00"));
        QVERIFY(!child<QWidget>(u"jsonFoot"_s)->isVisible());
        QTest::keyClick(tree(), Qt::Key_Return, Qt::ControlModifier);  // nothing is left to stage: it commits
        QTRY_COMPARE(table()->pending().updates, 0);
        table()->refresh();
        QVERIFY(settles());
        QTRY_COMPARE(value(0, u"doc"_s), QByteArray(before).replace("1.10", "20.00"));
    }

    void membersAndElementsAreAddedNamedMovedAndRemovedByKeys()
    {
        focus(0, u"doc"_s);
        const QByteArray before = value(0, u"doc"_s);
        choose({2, 0});
        QTest::keyClick(tree(), Qt::Key_Insert);
        typeIn(u"2.50"_s);
        QCOMPARE(text().contains("[ \"x\" ,2.50,null]") || text().contains("[ \"x\" ,2.50 ,null]")
                     || text().contains("[ \"x\" ,2.50, null]"),
                 true);
        QTest::keyClick(tree(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(path(), (json::Path{2, 2}));
        QTest::keyClick(tree(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(path(), (json::Path{2, 3}));
        QTest::keyClick(tree(), Qt::Key_Delete);
        QTest::keyClick(tree(), Qt::Key_Delete);
        choose({1});
        type(Qt::Key_F2, u"cost"_s, Qt::ShiftModifier);
        QVERIFY(text().contains("\"cost\": 1.10"));
        for (int step = 0; step < 7; ++step)
            QTest::keyClick(tree(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(text(), before);
        QTest::keyClick(tree(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(text() != before);
    }

    void typesAreChangedAndPathsCopied()
    {
        focus(0, u"doc"_s);
        choose({1});
        QTest::keyClick(tree(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"$.price"_s);
        QTest::keyClick(tree(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"1.10"_s);
        QTest::keyClick(tree(), Qt::Key_T, Qt::AltModifier);
        auto* menu = tree()->findChild<QMenu*>(u"jsonTypeMenu"_s);
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Return);  // text
        QVERIFY(text().contains("\"price\": \"1.10\""));
        QTest::keyClick(tree(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(text().contains("\"price\": 1.10,"));
    }

    void textAndTreeShowTheSameAndShareTheirHistory()
    {
        focus(1, u"doc"_s);
        QTest::mouseClick(child<QToolButton>(u"jsonTextView"_s), Qt::LeftButton);
        auto* area = child<QPlainTextEdit>(u"inspectorJsonText"_s);
        QTRY_VERIFY(area->isVisible());
        area->selectAll();
        QTest::keyClicks(area, u"[1, 2"_s);
        auto* problem = child<QLabel>(u"jsonProblem"_s);
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(u"Line 1, column 6"_s), qPrintable(problem->text()));
        QTest::keyClicks(area, u"]"_s);
        QVERIFY(!problem->isVisible());
        QTest::mouseClick(child<QToolButton>(u"jsonTreeView"_s), Qt::LeftButton);
        QCOMPARE(tree()->model()->rowCount(tree()->model()->index(0, 0)), 2);
        choose({0});
        type(Qt::Key_F2, u"10"_s);
        QTest::mouseClick(child<QToolButton>(u"jsonTextView"_s), Qt::LeftButton);
        QCOMPARE(area->toPlainText(), u"[10, 2]"_s);
        QTest::keyClick(area, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(area->toPlainText(), u"[1, 2]"_s);
        QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(value(1, u"doc"_s), QByteArray("[1, 2]"));
    }

    void whatIsNotStagedIsStagedBeforeTheCursorLeaves()
    {
        focus(0, u"doc"_s);
        choose({1});
        type(Qt::Key_F2, u"7"_s);
        QCOMPARE(table()->pending().updates, 0);
        focus(2, u"note"_s);
        QCOMPARE(table()->pending().updates, 1);
        QVERIFY(value(0, u"doc"_s).contains("\"price\": 7,"));
        // And before a commit, from wherever that comes.
        focus(1, u"doc"_s);
        choose({});
        QTest::keyClick(tree(), Qt::Key_Insert);
        typeIn(u"5"_s);
        table()->commit();
        QTRY_COMPARE(table()->pending().updates, 0);
        QTRY_COMPARE(value(1, u"doc"_s), QByteArray("[5]"));
    }

    void unstagedWorkCanBeGivenUp()
    {
        focus(0, u"doc"_s);
        choose({1});
        type(Qt::Key_F2, u"7"_s);
        QTest::mouseClick(child<QPushButton>(u"jsonRevert"_s), Qt::LeftButton);
        focus(1, u"note"_s);
        QCOMPARE(table()->pending().updates, 0);
    }

    void aWrongValueIsRefusedAndSaidSo()
    {
        focus(0, u"doc"_s);
        choose({1});
        type(Qt::Key_F2, u"1,5"_s);
        QVERIFY(child<QLabel>(u"jsonProblem"_s)->isVisible());
        QVERIFY(text().contains("\"price\": 1.10"));
    }

    void nullBeginsWithAnObject()
    {
        focus(2, u"doc"_s);
        auto* begin = child<QPushButton>(u"jsonBeginObject"_s);
        QTRY_VERIFY(begin->isVisible());
        QTest::mouseClick(begin, Qt::LeftButton);
        QTRY_VERIFY(tree()->isVisible());
        QTest::keyClick(tree(), Qt::Key_Insert);
        typeIn(u"size"_s);
        QTest::keyClick(tree(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(value(2, u"doc"_s), QByteArray(R"({"size":null})"));
    }

    void aTextThatIsNoJsonStaysText()
    {
        focus(2, u"note"_s);
        QVERIFY(child<QPlainTextEdit>(u"inspectorText"_s)->isVisible());
        focus(1, u"note"_s);
        QVERIFY(tree()->isVisible());
    }

    void jsonbSaysWhatItDoesNotKeep()
    {
        QFETCH_GLOBAL(bool, postgres);
        focus(0, u"binary_doc"_s);
        choose({0});
        type(Qt::Key_F2, u"2"_s);
        QCOMPARE(child<QLabel>(u"jsonNote"_s)->isVisible(), postgres);
        QTest::keyClick(tree(), Qt::Key_Return, Qt::ControlModifier);
        table()->commit();
        QTRY_COMPARE(table()->pending().updates, 0);
        QTRY_COMPARE(value(0, u"binary_doc"_s), QByteArray(R"({"a": 2, "bb": {"c": []}})"));
    }

    void formatAndMinifyChangeOnlySpaces()
    {
        focus(0, u"doc"_s);
        run(u"json.minify"_s);
        QCOMPARE(text(), QByteArray(R"({"b":12345678901234567890,"price":1.10,"tags":["x",null],"b":true})"));
        run(u"json.format"_s);
        QVERIFY(text().startsWith("{\n  \"b\": 12345678901234567890,\n"));
    }

    void theTreeIsSearched()
    {
        focus(0, u"doc"_s);
        choose({});
        QTest::keyClick(tree(), Qt::Key_F, Qt::ControlModifier);
        auto* find = child<QLineEdit>(u"jsonFind"_s);
        QTRY_VERIFY(find->isVisible());
        QTest::keyClicks(find, u"X"_s);
        QCOMPARE(path(), (json::Path{2, 0}));
        find->clear();
        QTest::keyClicks(find, u"b"_s);
        QCOMPARE(path(), json::Path{0});
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(path(), json::Path{3});
        QTest::keyClicks(find, u"zzz"_s);
        QVERIFY(!child<QLabel>(u"jsonFindState"_s)->text().isEmpty());
    }

    /// Ten megabytes, read whole on demand; the window answers all the while.
    void aLargeDocumentDoesNotHoldTheWindow()
    {
        QByteArray large("[\n");
        for (int i = 0; large.size() < 10 * 1024 * 1024; ++i)
            large += (i ? ",\n" : "") + QByteArray(R"({"number": )") + QByteArray::number(i)
                     + R"(.10, "name": "a name that is long enough", "tags": ["x", "y"]})";
        large += "\n]";
        inspect::JsonEditor editor;
        editor.resize(300, 500);
        editor.show();
        QElapsedTimer clock;
        clock.start();
        editor.open({.text = large, .editable = true});
        QVERIFY2(clock.elapsed() < 200, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(editor.isReading());
        QTRY_VERIFY(!editor.isReading() && editor.model().document().root());
        auto* view = editor.findChild<inspect::JsonTree*>();
        QTRY_COMPARE(view->model()->rowCount(view->model()->index(0, 0)), 5000);
        view->goTo({40'000, 0});
        clock.restart();
        editor.model().setData(view->currentIndex().siblingAtColumn(1), u"7.50"_s);
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(editor.text().size(), large.size() - 4);
        editor.model().undo();
        QCOMPARE(editor.text(), large);
    }

    /// A million values at one place: listed piece by piece, formatted and taken back, and the window
    /// answers all the while.
    void aMillionValuesDoNotHoldTheWindow()
    {
        QByteArray large("{\"items\": [");
        for (int i = 0; i < 1'000'000; ++i)
            large += (i ? "," : "") + QByteArray::number(1'000'000 + i);
        large += "], \"last\": \"needle\"}";
        inspect::JsonEditor editor;
        editor.resize(300, 500);
        editor.show();
        test::Heartbeat heart;
        editor.open({.text = large, .editable = true});
        QTRY_VERIFY(!editor.isReading() && editor.model().document().root());
        auto* view = editor.findChild<inspect::JsonTree*>();
        inspect::JsonTreeModel& model = editor.model();
        view->goTo({0});
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(model.rowCount(model.indexOf({0})), 5000);
        auto* more = editor.findChild<QPushButton*>(u"jsonListMore"_s);
        QVERIFY(more->isVisible());
        QVERIFY(editor.findChild<QLabel*>(u"jsonNote"_s)->text().contains(u"first 5"_s));
        QTest::mouseClick(more, Qt::LeftButton);
        QCOMPARE(model.rowCount(model.indexOf({0})), 10'000);
        view->goTo({0, 3});
        model.setData(view->currentIndex().siblingAtColumn(1), u"7"_s);
        QVERIFY(editor.isEdited());
        model.undo();
        QVERIFY(!editor.isEdited());
        auto* find = editor.findChild<QLineEdit*>(u"jsonFind"_s);
        find->setText(u"needle"_s);
        QTRY_COMPARE(json::Document::pathOf(*model.node(view->currentIndex())), json::Path{1});
        find->setText(u"1900000"_s);
        QTRY_VERIFY(editor.findChild<QLabel*>(u"jsonFindState"_s)->text().contains(u"too far down"_s));
        commandOf(editor, u"json.format"_s).run();
        QVERIFY(editor.isReshaping());
        QVERIFY(editor.findChild<QPushButton*>(u"jsonStop"_s)->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!editor.isReshaping(), 20000);
        QVERIFY(editor.text().startsWith("{\n  \"items\": [\n    1000000,\n"));
        model.undo();
        QTRY_VERIFY_WITH_TIMEOUT(!editor.isReshaping(), 20000);
        QCOMPARE(editor.text(), large);
        QVERIFY(!editor.isEdited());
        // What is given up changes nothing.
        commandOf(editor, u"json.format"_s).run();
        QTest::mouseClick(editor.findChild<QPushButton*>(u"jsonStop"_s), Qt::LeftButton);
        QVERIFY(!editor.isReshaping());
        QTest::qWait(1);
        QCOMPARE(editor.text(), large);
        QVERIFY2(heart.longest() < 1000, qPrintable(QString::number(heart.longest())));
        qInfo("the longest pause was %.0f ms", heart.longest());
    }

    void theModelKeepsItsPromises()
    {
        inspect::JsonTreeModel model;
        QAbstractItemModelTester tester(&model);
        tester.setUseFetchMore(false);  // it would read on amid a change
        // Of objects: elements of an array are called by their number, which the tester takes for their data.
        model.setEditable(true);
        model.setDocument(json::Document(R"({"a": {"x": 1, "y": [2]}, "c": {}})"));
        model.fetchMore(model.index(0, 0));
        model.fetchMore(model.indexOf({0}));
        json::Document& document = model.document();
        model.apply(document.inserted(*document.node({0}), 1, "\"z\"", "[[]]"));
        model.apply(document.swapped(*document.node({0}), 0));
        model.apply(document.valued(*document.node({0}), "{\"x\": 1}"));
        model.apply(document.removed(*document.node({}), 1));
        while (model.undo()) {}
        while (model.redo()) {}
        QCOMPARE(document.text(), QByteArray(R"({"a": {"x": 1}})"));
    }

private:
    template <class Widget>
    Widget* child(const QString& name) const
    {
        return window()->findChild<Widget*>(name);
    }
    inspect::JsonTree* tree() const { return window()->findChild<inspect::JsonTree*>(); }
    inspect::JsonEditor* editor() const { return window()->findChild<inspect::JsonEditor*>(); }
    QByteArray text() const { return editor()->text(); }
    json::Path path() const
    {
        return json::Document::pathOf(*editor()->model().node(tree()->currentIndex()));
    }
    void choose(const json::Path& path) const
    {
        QVERIFY(editor()->isVisible());
        tree()->setFocus();
        tree()->goTo(path);
    }
    QModelIndex cell(int row, const QString& name) const
    {
        return table()->model().index(row, table()->relation().indexOf(name));
    }
    QByteArray value(int row, const QString& name) const
    {
        const auto held = table()->model().valueAt(cell(row, name));
        return held && std::holds_alternative<Text>(*held) ? std::get<Text>(*held).utf8 : QByteArray("none");
    }
    void focus(int row, const QString& name) const
    {
        table()->grid()->setFocus();
        table()->grid()->setCurrentIndex(cell(row, name));
    }
    /// Into the editor of the tree that is open.
    void typeIn(const QString& typed) const
    {
        QTRY_VERIFY(tree()->viewport()->findChild<QLineEdit*>());
        auto* line = tree()->viewport()->findChild<QLineEdit*>();
        line->selectAll();
        QTest::keyClicks(line, typed);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!tree()->viewport()->findChild<QLineEdit*>());
        tree()->setFocus();
    }
    void type(Qt::Key key, const QString& typed, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(tree(), key, modifiers);
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
};

QTEST_MAIN(JsonEditorTest)
#include "json_editor_test.moc"
