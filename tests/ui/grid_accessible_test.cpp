// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "support/rows_fixture.h"
#include "theme/theme.h"

#include <QAccessible>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using items::RowState;
using items::TableModel;
using test::RowsFixture;

namespace {

constexpr const char* script = "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, note TEXT);\n"
                               "INSERT INTO person VALUES (1, 'Ada', 'x'), (2, 'Eve', ''), (3, 'Bob', NULL), "
                               "(4, 'Lin', 'y');\n";

}  // namespace

/// What a screen reader gets to know of a grid.
class GridAccessibleTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;

    TableModel& model() { return m_page->model(); }
    cells::GridView* grid() { return m_page->grid(); }
    QAccessibleInterface* interface() { return QAccessible::queryAccessibleInterface(grid()); }
    QAccessibleTableInterface* table()
    {
        QAccessibleInterface* whole = interface();
        return whole ? whole->tableInterface() : nullptr;
    }
    QString name(int row, int column) { return table()->cellAt(row, column)->text(QAccessible::Name); }
    QString step(int row, int column)
    {
        grid()->selectionModel()->setCurrentIndex(model().index(row, column),
                                                  QItemSelectionModel::ClearAndSelect);
        return name(row, column);
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_fixture = std::make_unique<RowsFixture>(Engine::Sqlite, script);
        m_session = std::make_unique<runtime::Session>(m_fixture->target());
        m_page = std::make_unique<grid::TablePage>(*m_session, m_fixture->relation(u"person"_s));
        m_page->resize(900, 500);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        QTRY_VERIFY(model().total().exact);
        QTRY_VERIFY(model().rowState(0) != RowState::Loading);
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_fixture.reset();
    }

    void itIsATableOfRowsAndColumns()
    {
        QVERIFY(table());
        QCOMPARE(interface()->role(), QAccessible::Table);
        QCOMPARE(table()->rowCount(), 4);
        QCOMPARE(table()->columnCount(), 3);
        QCOMPARE(table()->columnDescription(1), u"name"_s);
        QCOMPARE(table()->rowDescription(2), u"3"_s);
        QAccessibleInterface* cell = table()->cellAt(2, 1);
        QVERIFY(cell && cell->tableCellInterface());
        QCOMPARE(cell->role(), QAccessible::Cell);
        QCOMPARE(cell->tableCellInterface()->rowIndex(), 2);
        QCOMPARE(cell->parent(), interface());
        QCOMPARE(interface()->child(interface()->indexOfChild(cell)), cell);
        QCOMPARE(table()->cellAt(4, 0), nullptr);
        QVERIFY(
            grid()->viewport()->rect().contains(grid()->viewport()->mapFromGlobal(cell->rect().center())));
    }

    void theValueComesFirstAndThenWhatIsNew()
    {
        (void)step(0, 0);
        QCOMPARE(step(2, 1), u"Bob, name, row 3"_s);
        QCOMPARE(step(3, 1), u"Lin, row 4"_s);
        QCOMPARE(step(3, 2), u"y, note"_s);
        QCOMPARE(name(0, 1), u"Ada, name, row 1"_s);  // not the current one
        grid()->setFocus();
        QCOMPARE(interface()->focusChild(), table()->cellAt(3, 2));
        QVERIFY(table()->cellAt(3, 2)->state().focused);
        QVERIFY(table()->cellAt(3, 2)->state().selected);
    }

    void whatHasNoTextIsAWord()
    {
        QCOMPARE(name(2, 2), u"NULL, note, row 3"_s);
        QCOMPARE(name(1, 2), u"empty text, note, row 2"_s);
        model().setData(model().index(0, 1), u"Ann"_s);
        QCOMPARE(name(0, 1), u"Ann, edited, name, row 1"_s);
        model().deleteRows({3});
        QCOMPARE(name(3, 1), u"Lin, to be deleted, name, row 4"_s);
        model().addRow();
        QVERIFY2(name(0, 1).endsWith(u"name, new row"_s), qPrintable(name(0, 1)));
        QCOMPARE(table()->rowCount(), 5);
    }
};

QTEST_MAIN(GridAccessibleTest)
#include "grid_accessible_test.moc"
