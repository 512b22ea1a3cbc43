// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "support/rows_fixture.h"
#include "theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using items::RowState;
using items::TableModel;
using test::RowsFixture;

namespace {

constexpr int rowCount = 3'000'000;
constexpr const char* script =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c INTEGER);\n"
    "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 3000000) "
    "INSERT INTO t SELECT i, i % 7, 'b', i % 3 FROM s;\n";

}  // namespace

/// Keys over a selection of millions of rows answer at once.
class GridLargeTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;

    TableModel& model() { return m_page->model(); }
    cells::GridView* grid() { return m_page->grid(); }
    /// The time until the key is answered and everything that it made due is done.
    qint64 press(Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(grid(), key, modifiers);
        QCoreApplication::processEvents();
        const qint64 took = clock.elapsed();
        qInfo("%s: %lld ms", qPrintable(QKeySequence(modifiers | key).toString()), took);
        return took;
    }

private Q_SLOTS:
    void initTestCase()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        m_fixture = std::make_unique<RowsFixture>(Engine::Sqlite, script);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_session = std::make_unique<runtime::Session>(m_fixture->target());
        m_page = std::make_unique<grid::TablePage>(*m_session, m_fixture->relation(u"t"_s));
        m_page->resize(900, 500);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        QTRY_VERIFY_WITH_TIMEOUT(model().total().exact, 30000);
        QTRY_VERIFY(model().rowState(0) != RowState::Loading);
        QCOMPARE(model().rowCount(), rowCount);
        grid()->setCurrentIndex(model().index(0, 1));
        grid()->setFocus();
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
    }

    void aSelectionOfEverythingAnswersAtOnce_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        const Qt::KeyboardModifiers control = Qt::ControlModifier;
        QTest::newRow("edit") << Qt::Key_F2 << Qt::KeyboardModifiers();
        QTest::newRow("copy") << Qt::Key_C << control;
        QTest::newRow("delete") << Qt::Key_Delete << Qt::KeyboardModifiers();
        QTest::newRow("null") << Qt::Key_0 << control;
        QTest::newRow("fill down") << Qt::Key_D << control;
        QTest::newRow("duplicate") << Qt::Key_N << (control | Qt::ShiftModifier);
        QTest::newRow("paste") << Qt::Key_V << control;
        QTest::newRow("move on") << Qt::Key_Down << Qt::KeyboardModifiers();
    }
    void aSelectionOfEverythingAnswersAtOnce()
    {
        QFETCH(const Qt::Key, key);
        QFETCH(const Qt::KeyboardModifiers, modifiers);
        QApplication::clipboard()->setText(u"5"_s);
        constexpr qint64 most = 300;  // no benchmark: only that no row is looked at which is not there
        QVERIFY(press(Qt::Key_A, Qt::ControlModifier) < most);
        QCOMPARE(grid()->selectionModel()->selection().size(), 1);
        QVERIFY(press(key, modifiers) < most);
    }

    void whatIsNotLoadedIsLeftOutAndCounted()
    {
        grid()->selectAll();
        const QModelIndexList cells = grid()->chosenCells();
        const QList<int> rows = grid()->selectedRows();
        QVERIFY(!rows.isEmpty());
        QVERIFY(std::ranges::all_of(rows, [this](int row) { return model().isLoaded(row); }));
        QCOMPARE(cells.size(), rows.size() * model().columnCount());
        QSignalSpy leftOut(&model(), &TableModel::rowsLeftOut);
        QTest::keyClick(grid(), Qt::Key_Delete);
        QCOMPARE(m_page->pending().deletes, static_cast<int>(rows.size()));
        QCOMPARE(leftOut.size(), 1);
        QCOMPARE(leftOut.first().first().toInt(), rowCount - static_cast<int>(rows.size()));
    }
};

QTEST_MAIN(GridLargeTest)
#include "grid_large_test.moc"
