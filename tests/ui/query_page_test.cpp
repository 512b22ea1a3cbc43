// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "items/table_model.h"
#include "kit/ask_bar.h"
#include "kit/tsv.h"
#include "query/query_page.h"
#include "query/sql_editor.h"
#include "runtime/session.h"
#include "support/pg.h"
#include "theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStyle>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace dewpoint;
using namespace Qt::StringLiterals;

class QueryPageTest final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<query::QueryPage> m_page;

    template <class T>
    T* child(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    query::SqlEditor* editor() const { return child<query::SqlEditor>("sqlEditor"); }
    cells::GridView* table() const { return m_page->resultGrid(); }
    QString messages() const
    {
        QStringList lines;
        for (int i = 0; i < child<QListWidget>("messages")->count(); ++i)
            lines.append(child<QListWidget>("messages")->item(i)->text());
        return lines.join(u'\n');
    }
    void type(const QString& sql) { m_page->setText(sql); }
    void runAll()
    {
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(settles());
    }
    void open(const drivers::Target& target)
    {
        m_session = std::make_unique<runtime::Session>(target);
        m_page = std::make_unique<query::QueryPage>(*m_session);
        m_page->resize(900, 600);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    bool settles() const
    {
        return QTest::qWaitFor([this] { return !m_page->isRunning(); }, 20000);
    }
    // A picture for a person to look at, when one is asked for.
    void keepPicture(const QString& name) const
    {
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            m_page->grab().save(u"%1/%2.png"_s.arg(folder, name));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        open({.engine = Engine::Sqlite,
              .location = m_dir.filePath(u"%1.db"_s.arg(QString::fromLatin1(QTest::currentTestFunction()))),
              .create = true});
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
    }

    void showsExactTextWithNullAndEmptyToldApart()
    {
        type(u"SELECT NULL, '', 12345678901234567, 1.0"_s);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(settles() && table());
        const QAbstractItemModel* model = table()->model();
        const items::TableModel& cells = *table()->tableModel();
        QVERIFY(cells.cellState(model->index(0, 0)).null && !cells.cellState(model->index(0, 0)).empty);
        QVERIFY(cells.cellState(model->index(0, 1)).empty && !cells.cellState(model->index(0, 1)).null);
        QCOMPARE(model->index(0, 2).data().toString(), u"12345678901234567"_s);
        QCOMPARE(model->index(0, 3).data().toString(), u"1.0"_s);
        QVERIFY(cells.isRightAligned(2) && !cells.isRightAligned(1));
    }
    void runsTheStatementUnderTheCursor()
    {
        type(u"SELECT 1 AS one;\nSELECT 2 AS two;\nSELECT 3"_s);
        QTextCursor cursor = editor()->textCursor();
        cursor.setPosition(20);
        editor()->setTextCursor(cursor);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(settles());
        QCOMPARE(table()->model()->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"two"_s);
    }
    void stopsAtTheFirstFailureAndMarksIt()
    {
        QSignalSpy schema(m_page.get(), &query::QueryPage::schemaMayHaveChanged);
        type(u"CREATE TABLE t (a);\nSELECT nope FROM t;\nINSERT INTO t VALUES (1);"_s);
        runAll();
        QVERIFY2(messages().contains(u"no such column: nope"), qPrintable(messages()));
        QVERIFY(messages().contains(u"not run"));
        QVERIFY(editor()->errorPosition() >= 20);
        QCOMPARE(editor()->textCursor().blockNumber(), 1);
        QCOMPARE(schema.size(), 1);
        keepPicture(u"query-error"_s);
    }
    void asksBeforeItChangesEveryRow()
    {
        type(u"CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);"_s);
        runAll();
        type(u"DELETE FROM t"_s);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        auto* ask = m_page->findChild<kit::AskBar*>();
        QVERIFY(ask->isVisible());
        QVERIFY(!m_page->isRunning());
        keepPicture(u"query-ask"_s);
        QTest::keyClick(child<QPushButton>("askCancel"), Qt::Key_Escape);
        QVERIFY(!ask->isVisible());
        QVERIFY(editor()->hasFocus());
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(settles());
        QVERIFY2(messages().contains(u"2 row"), qPrintable(messages()));
    }
    void refusesAStatementThatASignWouldCutShort()
    {
        type(u"SELECT 1"_s + QChar(u'\0') + u" WHERE nonsense"_s);
        runAll();
        QVERIFY2(messages().contains(u"U+0000"_s), qPrintable(messages()));
    }
    void copiesWhatASpreadsheetReadsBack()
    {
        type(
            u"SELECT 'a' || char(9) || 'b' AS x, 'two' || char(10) || 'lines' AS y UNION ALL SELECT 'c', 'd'"_s);
        runAll();
        table()->setFocus();
        table()->selectAll();
        QTest::keySequence(table(), QKeySequence::Copy);
        QCOMPARE(kit::fromTsv(QApplication::clipboard()->text()),
                 (QList<QStringList>{{u"a\tb"_s, u"two\nlines"_s}, {u"c"_s, u"d"_s}}));
    }
    void selectedCellsHaveTheirFigures()
    {
        type(u"SELECT 1.25 AS a, 'x' AS b UNION ALL SELECT 2, 'y'"_s);
        runAll();
        table()->selectAll();
        QTRY_COMPARE(child<QLabel>("resultFigures")->text(),
                     u"Count 4 · Sum 3.25 · Average 1.625 · Min 1.25 · Max 2"_s);
    }
    void theFocusedRowIsThereForTheInspector()
    {
        type(u"SELECT 7 AS id, 'one' AS name, 'two' AS name"_s);
        runAll();
        QVERIFY(!m_page->record());
        QSignalSpy moved(m_page.get(), &query::QueryPage::currentCellChanged);
        table()->setCurrentIndex(table()->model()->index(0, 2));
        QVERIFY(!moved.isEmpty());
        const auto record = m_page->record();
        QVERIFY(record && record->current == 2 && record->fields.size() == 3);
        QCOMPARE(record->fields[2].value, std::optional(textValue(u"two"_s)));
        table()->saveCell(2, m_dir.filePath(u"cell.txt"_s));
        QFile file(m_dir.filePath(u"cell.txt"_s));
        QTRY_VERIFY(file.exists());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("two"));
    }
    void aResultCannotBeEdited()
    {
        type(u"SELECT 'kept' AS a"_s);
        runAll();
        table()->setCurrentIndex(table()->model()->index(0, 0));
        QTest::keyClicks(table(), u"typed"_s);
        QTest::keyClick(table(), Qt::Key_Delete);
        QApplication::clipboard()->setText(u"pasted"_s);
        QTest::keySequence(table(), QKeySequence::Paste);
        QVERIFY(table()->tableModel()->edits().isEmpty());
        QCOMPARE(table()->model()->index(0, 0).data().toString(), u"kept"_s);
    }
    void showsThatATransactionIsOpen()
    {
        type(u"BEGIN"_s);
        runAll();
        QVERIFY(m_page->inTransaction());
        type(u"ROLLBACK"_s);
        runAll();
        QVERIFY(!m_page->inTransaction());
    }
    void readsTheFirstRowsAndAllOfThemOnDemand()
    {
        type(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12345) SELECT i, 'row ' || i AS name FROM n"_s);
        runAll();
        QCOMPARE(table()->model()->rowCount(), 10000);
        keepPicture(u"query-rows"_s);
        QTest::mouseClick(child<QPushButton>("loadAll"), Qt::LeftButton);
        QVERIFY(settles());
        QCOMPARE(table()->model()->rowCount(), 12345);
    }
    void cancelsARunningStatement()
    {
        type(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n; SELECT 1"_s);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_page->isRunning());
        QTest::mouseClick(child<QToolButton>("query.cancel"), Qt::LeftButton);
        QVERIFY(settles());
        QVERIFY(messages().contains(u"not run"));
        QCOMPARE(editor()->errorPosition(), -1);
    }
    void isSafeToCloseWhileItRuns()
    {
        type(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"_s);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        m_page.reset();
        m_session.reset();
    }
    void restoresItsDraft()
    {
        type(u"SELECT '\u00a0' -- draft"_s);
        const QJsonObject state = m_page->saveState();
        query::QueryPage other(*m_session);
        other.restoreState(state);
        QCOMPARE(other.findChild<query::SqlEditor*>()->text(), u"SELECT '\u00a0' -- draft"_s);
    }
    void marksThePlaceThatPostgresNames()
    {
        const test::ScratchPostgres scratch;
        m_page.reset();
        open(scratch.target());
        type(u"SELECT 1;\nSELECT 'ä', nope;"_s);
        runAll();
        QCOMPARE(editor()->errorPosition(), editor()->text().indexOf(u"nope"));
        type(
            u"SELECT 1.10::numeric AS n, 'infinity'::timestamptz AS t, '2024-01-01 00:00:00.123456'::timestamp AS u"_s);
        runAll();
        QVERIFY2(table(), qPrintable(messages()));
        QCOMPARE(table()->model()->index(0, 0).data().toString(), u"1.10"_s);
        QCOMPARE(table()->model()->index(0, 1).data().toString(), u"infinity"_s);
        QCOMPARE(table()->model()->index(0, 2).data().toString(), u"2024-01-01 00:00:00.123456"_s);
        keepPicture(u"query-postgres"_s);
        m_page.reset();
        m_session.reset();
    }
    void aQueryThatWritesIsAskedAboutWhereWritesAre()
    {
        const test::ScratchPostgres scratch;
        m_page.reset();
        drivers::Target target = scratch.target();
        QVERIFY(drivers::Connection::open(target).value()->executeScript(
            "CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE FUNCTION delete_old() RETURNS void "
            "LANGUAGE sql AS 'DELETE FROM t'"));
        target.guard = drivers::Guard::ConfirmWrites;
        open(target);
        type(u"SELECT delete_old(); SELECT count(*) FROM t"_s);
        runAll();
        auto* ask = m_page->findChild<kit::AskBar*>();
        QTRY_VERIFY(ask->isAsking());
        const auto left = [&] {
            return displayText(drivers::Connection::open(scratch.target())
                                   .value()
                                   ->scalar(u"SELECT count(*) FROM t"_s)
                                   .value());
        };
        QCOMPARE(left(), u"1"_s);
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(settles());
        QCOMPARE(left(), u"0"_s);
        QVERIFY2(!messages().contains(u"not run"), qPrintable(messages()));
        m_page.reset();
        m_session.reset();
    }
    void looksRightInTheDark()
    {
        theme::apply(*qApp, theme::Scheme::Dark);
        type(
            u"-- the newest orders of a customer\nSELECT o.id, o.total, u.email\nFROM orders o\nJOIN users u "
            u"ON u.id = o.user_id\n"
            "WHERE u.email LIKE '%@example.org';\n\nSELECT NULL AS a, '' AS b, 42 AS c, 'text' AS d, 3.5 AS e;"_s);
        QTextCursor cursor = editor()->textCursor();
        cursor.movePosition(QTextCursor::End);
        editor()->setTextCursor(cursor);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(settles());
        keepPicture(u"query-dark"_s);
        theme::apply(*qApp, theme::Scheme::Light);
        keepPicture(u"query-light"_s);
    }
};

QTEST_MAIN(QueryPageTest)
#include "query_page_test.moc"
