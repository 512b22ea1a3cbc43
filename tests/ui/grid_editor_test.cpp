// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "support/rows_fixture.h"
#include "theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using items::RowState;
using items::TableModel;
using test::RowsFixture;

namespace {

constexpr const char* script =
    "CREATE TABLE note (id INTEGER PRIMARY KEY, name TEXT, body TEXT, bytes BLOB);\n"
    "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 2000) "
    "INSERT INTO note SELECT i, 'name ' || i, 'body ' || i, X'00' FROM s;\n"
    "UPDATE note SET body = 'one' || char(13, 10) || 'two' || char(160) || 'three' || char(13) || 'four' || "
    "char(10) || 'five' || char(8233) || 'six' || char(8232) || 'seven' WHERE id = 1;\n"
    "UPDATE note SET name = 'no' || char(160) || 'break' WHERE id = 1;\n"
    "UPDATE note SET body = 'a' || char(13, 10) || 'b' WHERE id = 2;\n";

}  // namespace

/// What is typed in a cell is neither replaced nor changed nor cut, whatever happens around it.
class GridEditorTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;

    void open(drivers::Guard guard)
    {
        drivers::Target target = m_fixture->target();
        target.guard = guard;
        m_page.reset();
        m_session = std::make_unique<runtime::Session>(target);
        m_page = std::make_unique<grid::TablePage>(*m_session, m_fixture->relation(u"note"_s));
        m_page->resize(1100, 600);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        QTRY_VERIFY(model().total().exact);
        QTRY_VERIFY(model().rowState(0) != RowState::Loading);
    }
    TableModel& model() { return m_page->model(); }
    cells::GridView* grid() { return m_page->grid(); }
    QModelIndex at(int row, const QString& column)
    {
        return model().index(row, m_page->relation().indexOf(column));
    }
    QString text(int row, const QString& column) { return at(row, column).data(Qt::EditRole).toString(); }
    template <class Editor>
    Editor* edit(int row, const QString& column)
    {
        grid()->selectionModel()->setCurrentIndex(at(row, column), QItemSelectionModel::ClearAndSelect);
        grid()->setFocus();
        QTest::keyClick(grid(), Qt::Key_F2);
        return editor<Editor>();
    }
    template <class Editor>
    Editor* editor()
    {
        return m_page->findChild<Editor*>(u"cellEditor"_s);
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_fixture = std::make_unique<RowsFixture>(Engine::Sqlite, script);
        open(drivers::Guard::Silent);
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_fixture.reset();
    }

    void newsOfTheRowsDoNotReplaceWhatIsTyped()
    {
        auto* line = edit<QLineEdit>(2, u"name"_s);
        QVERIFY(line);
        QTest::keyClicks(line, u"typed"_s);
        model().showViolations({});  // one of many reasons for all cells to be drawn anew
        QCOMPARE(editor<QLineEdit>(), line);
        QCOMPARE(line->text(), u"typed"_s);
    }

    void readingAnewStagesWhatIsTypedFirst()
    {
        QTest::keyClicks(edit<QLineEdit>(2, u"name"_s), u"typed"_s);
        m_page->refresh();
        QCOMPARE(m_page->pending().updates, 1);
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        QTRY_COMPARE(text(2, u"name"_s), u"typed"_s);
    }

    void whatCannotBeStagedStaysInItsEditor()
    {
        QTest::keyClicks(edit<QLineEdit>(2, u"bytes"_s), u"X'0"_s);
        m_page->refresh();
        QVERIFY(editor<QLineEdit>());
        QCOMPARE(editor<QLineEdit>()->text(), u"X'0"_s);
        QCOMPARE(model().phase(), TableModel::Phase::Ready);
    }

    void aNewRowAboveDoesNotTakeTheTextElsewhere()
    {
        QTest::keyClicks(edit<QLineEdit>(2, u"name"_s), u"typed"_s);
        model().addRow();
        QCOMPARE(m_page->pending(), (rows::StagedEdits::Counts{1, 1, 0}));
        QCOMPARE(text(3, u"name"_s), u"typed"_s);
    }

    void anEditorThatIsOnlyLookedAtStagesNothing()
    {
        for (const auto& [row, column] : {std::pair{0, u"name"_s}, std::pair{0, u"body"_s}}) {
            auto* opened = edit<QWidget>(row, column);
            QVERIFY(opened);
            QTest::keyClick(opened, Qt::Key_Tab);
            QCOMPARE(m_page->pending().total(), 0);
        }
    }

    void everyLineEndAndNoBreakSpaceStays()
    {
        const QString before = text(0, u"body"_s);
        auto* area = edit<QPlainTextEdit>(0, u"body"_s);
        QVERIFY(area);
        area->moveCursor(QTextCursor::End);
        area->insertPlainText(u"!"_s);
        QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(text(0, u"body"_s), before + u'!');
        const QString name = text(0, u"name"_s);
        auto* line = edit<QLineEdit>(0, u"name"_s);
        line->setCursorPosition(0);
        line->deselect();
        line->insert(u">"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(text(0, u"name"_s), u'>' + name);
    }

    void textThatIsNoneIsNotTypedInto()
    {
        QVERIFY(
            m_fixture->connect()->execute(u"UPDATE note SET name = CAST(X'41FF42' AS TEXT) WHERE id = 4"_s));
        m_page->refresh();
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        QSignalSpy said(m_page.get(), &grid::TablePage::statusText);
        QVERIFY(!edit<QLineEdit>(3, u"name"_s));
        QVERIFY(!said.isEmpty() && said.last().first().toString().contains(u"UTF-8"_s));
    }

    void aNewLineEndsLikeTheOthers()
    {
        auto* area = edit<QPlainTextEdit>(1, u"body"_s);
        QVERIFY(area);
        area->moveCursor(QTextCursor::End);
        QTest::keyClick(area, Qt::Key_Return);
        QTest::keyClicks(area, u"c"_s);
        QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(text(1, u"body"_s), u"a\r\nb\r\nc"_s);
    }

    void aLongPasteIsNotCut()
    {
        const QString pasted(50'000, u'x');
        QApplication::clipboard()->setText(pasted);
        auto* line = edit<QLineEdit>(2, u"name"_s);
        QTest::keySequence(line, QKeySequence::Paste);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(text(2, u"name"_s).size(), pasted.size());
    }

    void whatIsTypedSinceTheQuestionIsAskedAgain()
    {
        open(drivers::Guard::ConfirmWrites);
        model().setData(at(0, u"name"_s), u"asked"_s);
        m_page->commit();
        auto* ask = m_page->findChild<kit::AskBar*>();
        QVERIFY(ask->isAsking());
        QTest::keyClicks(edit<QLineEdit>(1, u"name"_s), u"since"_s);
        QTest::mouseClick(m_page->findChild<QPushButton*>(u"askAccept"_s), Qt::LeftButton);
        QVERIFY(ask->isAsking());
        QCOMPARE(m_page->pending().updates, 2);
        QTest::mouseClick(m_page->findChild<QPushButton*>(u"askAccept"_s), Qt::LeftButton);
        QTRY_COMPARE(m_page->pending().total(), 0);
    }
};

QTEST_MAIN(GridEditorTest)
#include "grid_editor_test.moc"
