// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/replace_bar.h"
#include "grid/table_page.h"
#include "support/rows_fixture.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using items::RowState;
using items::TableModel;
using test::RowsFixture;

/// Find and replace in a column, by keys and mouse.
class ReplaceBarTest final : public QObject
{
    Q_OBJECT
private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    void open(int rows)
    {
        const bool postgres = QByteArray(QTest::currentDataTag()) == "postgres";
        const QByteArray count = QByteArray::number(rows);
        const QByteArray script =
            postgres ? "CREATE TABLE t (id bigint PRIMARY KEY, name text, n integer);\n"
                       "INSERT INTO t SELECT i, 'item ' || i, i FROM generate_series(1, "
                           + count + ") i;"
                     : "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER);\n"
                       "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < "
                           + count + ") INSERT INTO t SELECT i, 'item ' || i, i FROM s;";
        m_page.reset();
        m_fixture = std::make_unique<RowsFixture>(postgres ? Engine::Postgres : Engine::Sqlite, script);
        m_session = std::make_unique<runtime::Session>(m_fixture->target());
        m_page = std::make_unique<grid::TablePage>(*m_session, m_fixture->relation(u"t"_s));
        m_page->resize(1000, 600);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_COMPARE(m_page->model().phase(), TableModel::Phase::Ready);
        QTRY_VERIFY(m_page->model().rowState(0) != RowState::Loading);
        m_page->grid()->setCurrentIndex(m_page->model().index(0, 1));
        m_page->findAndReplace();
    }
    template <class Widget>
    Widget* child(const QString& name) const
    {
        return m_page->findChild<Widget*>(name);
    }
    void type(const QString& field, const QString& text)
    {
        auto* line = child<QLineEdit>(field);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    QString count() const { return child<QLabel>(u"replaceCount"_s)->text(); }
    QString stored(const QString& sql)
    {
        return displayText(m_fixture->connect()->scalar(sql).value_or(Text{"failed"}));
    }

    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English));
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_fixture.reset();
    }

    void itIsCountedThenStagedInOneStepAndCommitted_data() { engines(); }
    void itIsCountedThenStagedInOneStepAndCommitted()
    {
        open(5000);
        QVERIFY(child<QLineEdit>(u"replaceFind"_s)->hasFocus());
        type(u"replaceFind"_s, u"ITEM 49"_s);
        type(u"replaceWith"_s, u"thing 49"_s);
        QTRY_COMPARE(count(), u"111 cell(s) in 5000 row(s)"_s);
        QCOMPARE(m_page->pending().total(), 0);
        QCOMPARE(child<QPushButton>(u"replaceAll"_s)->text(), u"Replace 111"_s);
        QTest::keyClick(child<QLineEdit>(u"replaceWith"_s), Qt::Key_Return);
        QTRY_COMPARE(m_page->pending().updates, 111);
        QCOMPARE(m_page->model().index(48, 1).data().toString(), u"thing 49"_s);
        QTRY_COMPARE(count(), u"0 cell(s) in 5000 row(s)"_s);
        m_page->model().undo();
        QCOMPARE(m_page->pending().total(), 0);
        m_page->model().redo();
        m_page->commit();
        QTRY_COMPARE(m_page->pending().total(), 0);
        QCOMPARE(stored(u"SELECT count(*) FROM t WHERE name LIKE 'thing%'"_s), u"111"_s);
    }

    void optionsChangeTheCount()
    {
        open(200);
        type(u"replaceFind"_s, u"item 1"_s);
        QTRY_COMPARE(count(), u"111 cell(s) in 200 row(s)"_s);
        QTest::mouseClick(child<QCheckBox>(u"replaceWhole"_s), Qt::LeftButton, {}, QPoint(8, 8));
        QTRY_COMPARE(count(), u"1 cell(s) in 200 row(s)"_s);
        QTest::mouseClick(child<QCheckBox>(u"replaceExpression"_s), Qt::LeftButton, {}, QPoint(8, 8));
        type(u"replaceFind"_s, u"item (\\d)\\1"_s);
        QTRY_COMPARE(count(), u"9 cell(s) in 200 row(s)"_s);
        type(u"replaceFind"_s, u"("_s);
        QTRY_VERIFY(count().contains(u"Not a regular expression"_s));
        QVERIFY(!child<QPushButton>(u"replaceAll"_s)->isEnabled());
    }

    void nextGoesFromMatchToMatch()
    {
        open(3000);
        type(u"replaceFind"_s, u"item 25"_s);
        QTRY_COMPARE(count(), u"111 cell(s) in 3000 row(s)"_s);
        QTest::keyClick(child<QLineEdit>(u"replaceFind"_s), Qt::Key_Return);
        QTRY_COMPARE(m_page->grid()->currentIndex().row(), 24);
        for (int i = 0; i < 11; ++i)
            QTest::keyClick(child<QLineEdit>(u"replaceFind"_s), Qt::Key_F3);
        QTRY_COMPARE(m_page->grid()->currentIndex().row(), 2499);
        QTest::keyClick(child<QLineEdit>(u"replaceFind"_s), Qt::Key_Escape);
        QVERIFY(!child<QWidget>(u"replaceBar"_s)->isVisible());
        QVERIFY(m_page->grid()->hasFocus());
    }

    void theWindowStaysQuickInALargeTable_data() { engines(); }
    void theWindowStaysQuickInALargeTable()
    {
        open(300'000);
        qint64 longest = 0;
        QElapsedTimer since;
        since.start();
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, since.restart()); });
        beat.start(10);
        type(u"replaceFind"_s, u"item 1234"_s);
        type(u"replaceWith"_s, u"x"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"111 cell(s) in 300000 row(s)"_s, 60'000);
        QTest::mouseClick(child<QPushButton>(u"replaceAll"_s), Qt::LeftButton);
        QTRY_COMPARE(m_page->pending().updates, 111);
        QVERIFY2(longest < 500, qPrintable(QString::number(longest)));
    }
};

QTEST_MAIN(ReplaceBarTest)
#include "replace_bar_test.moc"
