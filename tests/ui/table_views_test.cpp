// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/cell_format.h"
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/table_commands.h"
#include "grid/table_page.h"
#include "grid/view_button.h"
#include "inspect/inspector.h"
#include "inspect/row_compare.h"
#include "support/pg.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* script =
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);"
    "INSERT INTO person VALUES (1, 'Ada', 'a'), (2, 'Bob', 'b');"
    "CREATE TABLE t (id INTEGER PRIMARY KEY, who INTEGER REFERENCES person (id), witness INTEGER, note TEXT,"
    " size INTEGER, c1 TEXT, c2 TEXT, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT, c8 TEXT);"
    "INSERT INTO t VALUES (1, 1, 2, 'red', 1234567), (2, 1, 2, NULL, 5), (3, 2, 1, 'red wine', NULL);";

QString sqliteScript()
{
    QString text = QString::fromLatin1(script);
    return text.replace(u"INSERT INTO t VALUES"_s, u"INSERT INTO t (id, who, witness, note, size) VALUES"_s);
}

}  // namespace

/// Filters, views, columns and relations of one table, by keys, in both engines.
class TableViewsTest final : public test::WindowTest
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
        if (postgres) {
            m_server.emplace();
            auto made = drivers::Connection::open(m_server->target());
            QVERIFY(made && (*made)->executeScript(sqliteScript().toUtf8()));
            QVERIFY(m_scratch->opens({.target = m_server->target(), .lastUsed = {}}));
        } else {
            QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, sqliteScript()))));
        }
        QVERIFY(m_scratch->shows(u"t"_s));
        QVERIFY(table());
        QTRY_COMPARE(table()->model().rowCount(), 3);
    }
    void cleanup()
    {
        m_scratch.reset();
        m_server.reset();
    }

    void aWrongConditionKeepsTheRowsAndSaysWhere()
    {
        typeCondition(u"id > 1 AND nmae = 'x'"_s);
        auto* problem = child<QLabel>(u"filterProblem"_s);
        QTRY_VERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(u"nmae"_s) && problem->text().contains(u"12"_s),
                 qPrintable(problem->text()));
        QCOMPARE(table()->model().rowCount(), 3);
        QCOMPARE(table()->model().phase(), items::TableModel::Phase::Ready);
        auto* value = child<QLineEdit>(u"filterValue"_s);
        QVERIFY(value->property("problem").toBool());
        value->selectAll();
        QTest::keyClicks(value, u"id > 1"_s);
        QTest::keyClick(value, Qt::Key_Return);
        QTRY_COMPARE(table()->model().rowCount(), 2);
        QVERIFY(!problem->isVisible());
        QVERIFY(!value->property("problem").toBool());
    }

    void severalConditionsKeepTheirSwitches()
    {
        typeCondition(u"id > 1"_s);
        QTRY_COMPARE(ids(), (QStringList{u"2"_s, u"3"_s}));
        typeCondition(u"id < 3"_s);
        QTRY_COMPARE(ids(), QStringList{u"2"_s});
        auto* shelf = child<QScrollArea>(u"filterShelf"_s);
        QTest::mouseClick(shelf->findChildren<QCheckBox*>().last(), Qt::LeftButton);
        QTRY_COMPARE(ids(), (QStringList{u"2"_s, u"3"_s}));
        // Another filter beside them leaves them as they are.
        focus(0, u"size"_s);
        key(Qt::Key_F);
        QTRY_COMPARE(ids(), QStringList{u"2"_s});
        const QStringList all{u"+ 5"_s, u"+ id > 1"_s, u"- id < 3"_s};
        QCOMPARE(pills(), all);
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(table());
        QTRY_COMPARE(ids(), QStringList{u"2"_s});
        QCOMPARE(pills(), all);
    }

    void theCellUnderTheCursorFilters()
    {
        focus(0, u"note"_s);
        key(Qt::Key_F);
        QTRY_COMPARE(ids(), QStringList{u"1"_s});
        // The cursor stays in its column, for the next filter.
        QCOMPARE(table()->grid()->currentIndex(), table()->model().index(0, column(u"note"_s)));
        shiftKey(Qt::Key_X);
        QTRY_COMPARE(ids().size(), 3);
        focus(0, u"note"_s);
        key(Qt::Key_C);
        QTRY_COMPARE(ids(), (QStringList{u"1"_s, u"3"_s}));
        shiftKey(Qt::Key_X);
        QTRY_COMPARE(ids().size(), 3);
        focus(0, u"who"_s);
        key(Qt::Key_X);
        QTRY_COMPARE(ids(), QStringList{u"3"_s});
        shiftKey(Qt::Key_X);
        QTRY_COMPARE(ids().size(), 3);
        focus(0, u"note"_s);
        key(Qt::Key_N);
        QTRY_COMPARE(ids(), QStringList{u"2"_s});
        focus(0, u"note"_s);
        key(Qt::Key_F);  // a filter that is there already is not added again
        QTRY_COMPARE(ids(), QStringList{u"2"_s});
        QCOMPARE(table()->model().spec().filters.size(), 1);
    }

    void aViewIsKeptShownRenamedAndForgotten()
    {
        focus(0, u"who"_s);
        key(Qt::Key_X);
        QTRY_COMPARE(ids(), QStringList{u"3"_s});
        focus(0, u"c3"_s);
        key(Qt::Key_H);
        QVERIFY(header()->isSectionHidden(column(u"c3"_s)));
        focus(0, u"size"_s);
        shiftKey(Qt::Key_S);
        QCOMPARE(table()->model().spec().sorts.size(), 1);
        shiftKey(Qt::Key_V);
        auto* name = child<QLineEdit>(u"nameInput"_s);
        QTRY_VERIFY(name->isVisible());
        QTest::keyClicks(name, u"others"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(!name->isVisible());
        table()->views().showPlain();
        QTRY_COMPARE(ids().size(), 3);
        QVERIFY(!header()->isSectionHidden(column(u"c3"_s)));
        QVERIFY(table()->model().spec().sorts.isEmpty());
        table()->views().show(u"others"_s);
        QTRY_COMPARE(ids(), QStringList{u"3"_s});
        QVERIFY(header()->isSectionHidden(column(u"c3"_s)));
        QCOMPARE(table()->model().spec().sorts.first().column, u"size"_s);
        viewMenu(u"view.rename"_s)->trigger();
        QTRY_VERIFY(name->isVisible());
        QTest::keyClicks(name, u"the rest"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(table()->views().kept().keys(), QStringList{u"the rest"_s});
        QVERIFY(m_scratch->comesBack());
        QVERIFY(table());
        QCOMPARE(table()->views().kept().keys(), QStringList{u"the rest"_s});
        table()->views().show(u"the rest"_s);
        viewMenu(u"view.forget"_s)->trigger();
        QVERIFY(table()->views().kept().isEmpty());
    }

    void frozenColumnsStayWhileTheOthersScroll()
    {
        cells::GridView* grid = table()->grid();
        QCOMPARE(header()->frozen(), 1);  // the key, from the start
        focus(0, u"note"_s);
        shiftKey(Qt::Key_K);
        QCOMPARE(header()->frozen(), 2);
        QCOMPARE(header()->visualIndex(column(u"note"_s)), 1);
        window()->resize(900, 500);
        QTRY_VERIFY(grid->horizontalScrollBar()->maximum() > 0);
        grid->horizontalScrollBar()->setValue(grid->horizontalScrollBar()->maximum());
        const QModelIndex note = table()->model().index(1, column(u"note"_s));
        QVERIFY(header()->frozenWidth() > 0);
        const QRect place = grid->visualRect(note);
        QCOMPARE(place.left(), header()->sectionSize(0));
        QCOMPARE(grid->indexAt(place.center()), note);
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, place.center());
        QCOMPARE(grid->currentIndex(), note);
        // The column that scrolled under them is brought out from there.
        focus(1, u"who"_s);
        QVERIFY(grid->visualRect(grid->currentIndex()).left() >= header()->frozenWidth());
        // A selection from a frozen cell to one far away holds what lies between, and nothing else.
        grid->horizontalScrollBar()->setValue(grid->horizontalScrollBar()->maximum());
        focus(0, u"c7"_s);
        QTest::keyClick(grid, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(grid->selectionModel()->selectedIndexes().size(), 2);
        // A click on a frozen header sorts by that column.
        QTest::mouseClick(header()->viewport(), Qt::LeftButton, {},
                          QPoint(place.center().x(), header()->height() / 2));
        QCOMPARE(table()->model().spec().sorts.value(0).column, u"note"_s);
    }

    void theColumnChooserFindsShowsAndMoves()
    {
        QTest::keyClick(table()->grid(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        auto* search = child<QLineEdit>(u"columnSearch"_s);
        auto* list = child<QListWidget>(u"columnList"_s);
        QTRY_VERIFY(search->isVisible() && search->hasFocus());
        QTest::keyClicks(search, u"c5"_s);
        QCOMPARE(list->currentItem()->text(), u"c5"_s);
        QTest::keyClick(search, Qt::Key_Space);
        QVERIFY(header()->isSectionHidden(column(u"c5"_s)));
        QTest::keyClick(search, Qt::Key_Space);
        QVERIFY(!header()->isSectionHidden(column(u"c5"_s)));
        const int before = header()->visualIndex(column(u"c5"_s));
        QTest::keyClick(search, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(header()->visualIndex(column(u"c5"_s)), before - 1);
        QTest::keyClick(search, Qt::Key_F, Qt::AltModifier);
        QVERIFY(header()->isFrozen(column(u"c5"_s)));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(!search->isVisible());
        QCOMPARE(table()->grid()->currentIndex().column(), column(u"c5"_s));
        QVERIFY(m_scratch->comesBack());
        QVERIFY(header()->isFrozen(column(u"c5"_s)));
    }

    void theColumnChooserLeavesTheCellWhereItWas()
    {
        focus(1, u"c7"_s);
        const QPersistentModelIndex before = table()->grid()->currentIndex();
        QTest::keyClick(table()->grid(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        auto* search = child<QLineEdit>(u"columnSearch"_s);
        QTRY_VERIFY(search->isVisible() && search->hasFocus());
        QTest::keyClick(search, Qt::Key_Escape);
        QTRY_VERIFY(table()->grid()->hasFocus());
        QCOMPARE(QModelIndex(before), table()->grid()->currentIndex());
    }

    void aFormatChangesNothingButTheDrawing()
    {
        QHash<int, cells::CellFormat> formats{{column(u"size"_s), cells::CellFormat::Thousands}};
        table()->grid()->setFormats(formats);
        QCOMPARE(
            cells::formatted(*table()->model().valueAt(cell(0, u"size"_s)), cells::CellFormat::Thousands),
            u"1,234,567"_s);
        focus(0, u"size"_s);
        QTest::keyClick(table()->grid(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"1234567\n"_s);
        QCOMPARE(cell(0, u"size"_s).data(Qt::EditRole).toString(), u"1234567"_s);
    }

    void aDeclaredRelationActsLikeTheDatabasesOwn()
    {
        focus(0, u"witness"_s);
        QVERIFY(table()->model().referencesAt(column(u"witness"_s)).isEmpty());
        menuEntry(u"Declare a relation"_s)->trigger();
        auto* target = child<QComboBox>(u"relationTable"_s);
        QTRY_VERIFY(target->isVisible());
        target->setCurrentText(u"person"_s);
        QCOMPARE(child<QComboBox>(u"relationOther"_s)->currentText(), u"id"_s);
        QTest::mouseClick(child<QPushButton>(u"relationDeclare"_s), Qt::LeftButton);
        QTRY_COMPARE(table()->model().referencesAt(column(u"witness"_s)).size(), 1);
        QTRY_COMPARE(table()->model().cellState(cell(0, u"witness"_s)).label, u"Bob"_s);
        QVERIFY(m_scratch->comesBack());
        QTRY_COMPARE(table()->model().cellState(cell(0, u"witness"_s)).label, u"Bob"_s);
        focus(0, u"witness"_s);
        QTest::keyClick(table()->grid(), Qt::Key_F12);
        QCOMPARE(table()->relation().name, u"person"_s);
        workspace()->goBack();
        QTRY_COMPARE(table()->model().rowCount(), 3);
        focus(0, u"witness"_s);
        menuEntry(u"Forget the declared relation"_s)->trigger();
        QTRY_VERIFY(table()->model().referencesAt(column(u"witness"_s)).isEmpty());
    }

    void anotherColumnCanSayWhatARowIs()
    {
        QTRY_COMPARE(table()->model().cellState(cell(0, u"who"_s)).label, u"Ada"_s);
        focus(0, u"who"_s);
        auto* menu = menuEntry(u"Label of person"_s)->menu();
        QVERIFY(menu);
        const auto actions = menu->actions();
        const auto nick = std::ranges::find(actions, u"nick"_s, &QAction::text);
        QVERIFY(nick != actions.end());
        (*nick)->trigger();
        QTRY_COMPARE(table()->model().cellState(cell(0, u"who"_s)).label, u"a"_s);
    }

    void whatPointsToARowIsCountedAndLeadsThere()
    {
        QVERIFY(m_scratch->shows(u"person"_s));
        QTRY_COMPARE(table()->model().rowCount(), 2);
        focus(0, u"id"_s);
        auto* list = window()->findChild<QTreeView*>(u"inspectorReferrers"_s);
        QTRY_COMPARE(list->model()->rowCount(), 1);
        const QModelIndex way = list->model()->index(0, 0);
        QCOMPARE(way.data().toString(), u"t.who"_s);
        QTRY_COMPARE(way.data(Qt::AccessibleTextRole).toString(), u"t.who: 2"_s);
        QTest::keyClick(window(), Qt::Key_F12, Qt::ShiftModifier);
        QVERIFY(list->hasFocus());
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(table()->relation().name, u"t"_s);
        QTRY_COMPARE(ids(), (QStringList{u"1"_s, u"2"_s}));
    }

    void selectedRowsStandBesideEachOther()
    {
        auto* compare = window()->findChild<inspect::RowCompare*>();
        focus(0, u"id"_s);
        table()->grid()->selectionModel()->select(QItemSelection(cell(0, u"id"_s), cell(1, u"c8"_s)),
                                                  QItemSelectionModel::ClearAndSelect);
        QTRY_VERIFY(compare->isVisible());
        QCOMPARE(compare->columnCount(), 2);
        QCOMPARE(compare->verticalHeaderItem(column(u"who"_s))->text(), u"who"_s);
        QCOMPARE(compare->verticalHeaderItem(column(u"note"_s))->text(), u"≠ note"_s);
        QCOMPARE(compare->item(column(u"note"_s), 1)->text(), u"NULL"_s);
        focus(2, u"id"_s);
        QTRY_VERIFY(!compare->isVisible());
    }

    void everyKeyIsListed()
    {
        window()->findChild<QAction*>(u"help.keys"_s)->trigger();
        auto* tree = window()->findChild<QTreeWidget*>(u"keysTree"_s);
        QVERIFY(tree);
        const auto found =
            tree->findItems(u"Search a value in all tables"_s, Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first()->text(1), u"Ctrl+Shift+F"_s);
        // Also where only the grid answers to it, and none is said to have none.
        for (const auto& [title, keys] : {std::pair{u"Delete rows"_s, u"Del"_s},
                                          {u"Set NULL"_s, u"Ctrl+0"_s},
                                          {u"Open the referenced row"_s, u"F12"_s},
                                          {u"Go to row number…"_s, u"Ctrl+G"_s},
                                          {u"Filter by a WHERE condition"_s, u"Ctrl+Alt+W"_s}}) {
            const auto action = tree->findItems(title, Qt::MatchExactly | Qt::MatchRecursive);
            QVERIFY2(!action.isEmpty() && action.first()->text(1) == keys, qPrintable(title));
        }
        QVERIFY(tree->findItems(u"—"_s, Qt::MatchExactly | Qt::MatchRecursive, 1).isEmpty());
        QTest::keyClicks(window()->findChild<QLineEdit*>(u"keysFilter"_s), u"choose columns"_s);
        QVERIFY(found.first()->isHidden());
    }

    void theEditMenuWorksWhereTheFocusIs()
    {
        focus(0, u"note"_s);
        QTest::keyClicks(table()->grid(), u"blue"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(table()->pending().updates, 1);
        window()->findChild<QAction*>(u"edit.undo"_s)->trigger();
        QCOMPARE(table()->pending().updates, 0);
        window()->findChild<QAction*>(u"edit.copy"_s)->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"red\n"_s);
    }

private:
    template <class Widget>
    Widget* child(const QString& name) const
    {
        return table()->findChild<Widget*>(name);
    }
    cells::GridHeader* header() const { return table()->grid()->header(); }
    int column(const QString& name) const { return table()->relation().indexOf(name); }
    QModelIndex cell(int row, const QString& name) const { return table()->model().index(row, column(name)); }
    void focus(int row, const QString& name) const
    {
        table()->grid()->setFocus();
        table()->grid()->setCurrentIndex(cell(row, name));
    }
    void key(Qt::Key key) const
    {
        QTest::keyClick(table()->grid(), key, Qt::ControlModifier | Qt::AltModifier);
    }
    void shiftKey(Qt::Key key) const
    {
        QTest::keyClick(table()->grid(), key, Qt::ControlModifier | Qt::ShiftModifier);
    }
    QStringList ids() const
    {
        QStringList all;
        for (int row = 0; row < table()->model().rowCount(); ++row)
            all += cell(row, u"id"_s).data().toString();
        return all;
    }
    void typeCondition(const QString& text) const
    {
        for (const kit::Command& command : grid::commandsOf(*table())) {
            if (command.id == u"grid.addWhere"_s)
                command.run();
        }
        auto* value = table()->findChildren<QLineEdit*>(u"filterValue"_s).last();
        QTest::keyClicks(value, text);
        QTest::keyClick(value, Qt::Key_Return);
    }
    /// "+ id > 1": whether it is on, and what it says.
    QStringList pills() const
    {
        QStringList all;
        for (const QFrame* pill : table()->findChildren<QFrame*>(u"filterPill"_s))
            all += (pill->findChild<QCheckBox*>()->isChecked() ? u"+ "_s : u"- "_s)
                   + pill->findChild<QLineEdit*>(u"filterValue"_s)->text();
        return all;
    }
    QAction* viewMenu(const QString& name) const
    {
        auto* menu = child<QMenu>(u"viewMenu"_s);
        Q_EMIT menu->aboutToShow();
        return menu->findChild<QAction*>(name);
    }
    /// Of the menu of the current cell, opened by its key.
    QAction* menuEntry(const QString& start) const
    {
        QTest::keyClick(table()->grid(), Qt::Key_F10, Qt::ShiftModifier);
        for (QMenu* menu : table()->findChildren<QMenu*>(u"cellMenu"_s)) {
            for (QAction* action : menu->actions()) {
                if (action->text().startsWith(start)) {
                    menu->hide();
                    return action;
                }
            }
        }
        qFatal("no entry %s", qUtf8Printable(start));
    }

    std::optional<test::ScratchPostgres> m_server;
};

QTEST_MAIN(TableViewsTest)
#include "table_views_test.moc"
