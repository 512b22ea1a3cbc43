// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "kit/tsv.h"
#include "support/rows_fixture.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using items::RowState;
using items::TableModel;
using test::RowsFixture;

namespace {

constexpr const char* sqliteScript =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT DEFAULT 'd', n INTEGER CHECK (n < "
    "1000000));\n"
    "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 5000) "
    "INSERT INTO t SELECT i, 'name ' || i, NULL, 5000 - i FROM s;\n";
constexpr const char* postgresScript =
    "CREATE TABLE t (id bigint PRIMARY KEY, name text NOT NULL, note text DEFAULT 'd', n integer CHECK (n < "
    "1000000));\n"
    "INSERT INTO t SELECT i, 'name ' || i, NULL, 5000 - i FROM generate_series(1, 5000) i;\n";

}  // namespace

class GridPageTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }
    void init();
    void cleanup();
    void typingEnterAndCommitWritesTheCell_data() { engines(); }
    void typingEnterAndCommitWritesTheCell();
    void keysSetNullAndDefaultAndUndo();
    void tabStagesAndMoves();
    void escapeRestores();
    void endGoesToTheLastRow();
    void headerClicksCycleTheSort();
    void aRefusedCommitListsAndMarksEverything_data() { engines(); }
    void aRefusedCommitListsAndMarksEverything();
    void aConflictOffersBothSides_data() { engines(); }
    void aConflictOffersBothSides();
    void columnsThatOneSideChangedAreFolded_data() { engines(); }
    void columnsThatOneSideChangedAreFolded();
    void thePreviewShowsTheExactSql();
    void aDraftComesBack();
    void aRangeIsPastedOverCells();
    void aReadOnlyConnectionShowsItsLock();
    void aCommitAsksWhereTheConnectionSaysSo();
    void aCommitStaysOutOfAnOpenTransaction_data() { engines(); }
    void aCommitStaysOutOfAnOpenTransaction();
    void aBrokenConditionIsShownInPlace();
    void escapeStopsALongFilter_data() { engines(); }
    void escapeStopsALongFilter();
    void theGuiThreadStaysFree();

private:
    void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    void open(Engine engine);
    void open(const drivers::Target& target, const schema::Table& table);
    void focus(int row, int column)
    {
        m_page->grid()->setCurrentIndex(m_page->model().index(row, column));
        m_page->grid()->setFocus();
    }
    QString cell(int row, int column) { return m_page->model().index(row, column).data().toString(); }
    QString stored(const QString& sql)
    {
        return displayText(m_fixture->connect()->scalar(sql).value_or(Text{"failed"}));
    }
    template <class Widget>
    Widget* child(const QString& name)
    {
        return m_page->findChild<Widget*>(name);
    }

    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;
};

void GridPageTest::open(const drivers::Target& target, const schema::Table& table)
{
    m_page.reset();
    m_session = std::make_unique<runtime::Session>(target);
    m_page = std::make_unique<grid::TablePage>(
        *m_session, rows::relationOf(table, target.engine, target.guard == drivers::Guard::ReadOnly));
    m_page->resize(900, 500);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_COMPARE(m_page->model().phase(), TableModel::Phase::Ready);
    QTRY_VERIFY(m_page->model().total().exact);
    // Where the count came as news the rows are read once more.
    QTRY_VERIFY(m_page->model().rowCount() == 0 || m_page->model().rowState(0) != RowState::Loading);
}

void GridPageTest::open(Engine engine)
{
    m_fixture =
        std::make_unique<RowsFixture>(engine, engine == Engine::Sqlite ? sqliteScript : postgresScript);
    open(m_fixture->target(), m_fixture->table(u"t"_s));
}

void GridPageTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    open(QByteArray(QTest::currentDataTag()) == "postgres" ? Engine::Postgres : Engine::Sqlite);
}

void GridPageTest::cleanup()
{
    m_page.reset();
    m_session.reset();
    m_fixture.reset();
}

void GridPageTest::typingEnterAndCommitWritesTheCell()
{
    QSignalSpy pending(m_page.get(), &grid::TablePage::pendingChanged);
    focus(0, 1);
    QTest::keyClick(m_page->grid(), Qt::Key_F2);
    auto* editor = child<QLineEdit>(u"cellEditor"_s);
    QVERIFY(editor);
    QTest::keyClicks(editor, u"O'Hara 'x'"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(cell(0, 1), u"O'Hara 'x'"_s);
    QCOMPARE(m_page->grid()->currentIndex().row(), 0);
    QCOMPARE(pending.last(), (QVariantList{0, 1, 0}));
    QCOMPARE(m_page->title(), u"t*"_s);
    QTest::mouseClick(child<QPushButton>(u"commit"_s), Qt::LeftButton);
    QTRY_COMPARE(m_page->pending().total(), 0);
    QCOMPARE(stored(u"SELECT name FROM t WHERE id = 1"_s), u"O'Hara 'x'"_s);
    QTRY_COMPARE(m_page->model().phase(), TableModel::Phase::Ready);
}

void GridPageTest::keysSetNullAndDefaultAndUndo()
{
    focus(1, 3);
    QTest::keyClick(m_page->grid(), Qt::Key_Backspace, Qt::ControlModifier);
    QVERIFY(m_page->model().cellState(m_page->grid()->currentIndex()).null);
    focus(1, 2);
    QTest::keyClick(m_page->grid(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_page->model().cellState(m_page->grid()->currentIndex()).isDefault);
    QTest::keyClick(m_page->grid(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(m_page->grid(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_page->model().edits().isEmpty());
    QTest::keyClick(m_page->grid(), Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(m_page->model().rowState(1), RowState::Deleted);
}

void GridPageTest::tabStagesAndMoves()
{
    focus(0, 1);
    QTest::keyClick(m_page->grid(), Qt::Key_Return);
    auto* editor = child<QLineEdit>(u"cellEditor"_s);
    QVERIFY(editor);
    QTest::keyClicks(editor, u"tabbed"_s);
    QTest::keyClick(editor, Qt::Key_Tab);
    QTRY_COMPARE(cell(0, 1), u"tabbed"_s);
    QTRY_COMPARE(m_page->grid()->currentIndex().column(), 2);
}

void GridPageTest::escapeRestores()
{
    focus(0, 1);
    QTest::keyClick(m_page->grid(), Qt::Key_F2);
    auto* editor = child<QLineEdit>(u"cellEditor"_s);
    QTest::keyClicks(editor, u"nothing"_s);
    QTest::keyClick(editor, Qt::Key_Escape);
    QCOMPARE(cell(0, 1), u"name 1"_s);
    QVERIFY(m_page->model().edits().isEmpty());
}

void GridPageTest::endGoesToTheLastRow()
{
    focus(0, 0);
    QTest::keyClick(m_page->grid(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(m_page->grid()->currentIndex().row(), 4999);
    QTRY_COMPARE(cell(4999, 0), u"5000"_s);
    QCOMPARE(m_page->grid()->lastVisibleRow(), 4999);
    QTRY_VERIFY2(child<QLabel>(u"range"_s)->text().endsWith(u"5,000 of 5,000"_s),
                 qPrintable(child<QLabel>(u"range"_s)->text()));
    QTest::keyClick(m_page->grid(), Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(m_page->grid()->currentIndex().row(), 0);
}

void GridPageTest::headerClicksCycleTheSort()
{
    auto* header = m_page->grid()->header();
    const QPoint place(header->sectionViewportPosition(3) + 20, header->height() / 2);
    const auto click = [&] { QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place); };
    click();
    QTRY_COMPARE(cell(0, 0), u"5000"_s);
    click();
    QTRY_COMPARE(cell(0, 0), u"1"_s);
    QCOMPARE(m_page->model().spec().sorts.first().descending, true);
    click();
    QVERIFY(m_page->model().spec().sorts.isEmpty());
}

void GridPageTest::aRefusedCommitListsAndMarksEverything()
{
    auto& model = m_page->model();
    model.setValue({model.index(0, 1)}, Value(Null{}));
    model.setData(model.index(1, 3), u"1000000"_s);
    model.setData(model.index(2, 2), u"fine"_s);
    m_page->commit();
    auto* list = child<QListWidget>(u"refusalList"_s);
    QTRY_COMPARE(list->count(), 2);
    QVERIFY(list->isVisible());
    QVERIFY(!model.cellState(model.index(0, 1)).error.isEmpty());
    QVERIFY(!model.cellState(model.index(1, 3)).error.isEmpty());
    QCOMPARE(m_page->pending().updates, 3);
    list->setCurrentRow(1);
    QCOMPARE(m_page->grid()->currentIndex().row(), 1);
    QCOMPARE(stored(u"SELECT count(*) FROM t WHERE note = 'fine'"_s), u"0"_s);
}

void GridPageTest::aConflictOffersBothSides()
{
    auto& model = m_page->model();
    model.setData(model.index(0, 1), u"mine"_s);
    model.setData(model.index(1, 1), u"mine"_s);
    QVERIFY(m_fixture->connect()->execute(u"UPDATE t SET name = 'theirs' WHERE id <= 2"_s));
    m_page->commit();
    auto* table = child<QTableWidget>(u"conflictTable"_s);
    QTRY_COMPARE(table->rowCount(), 2);
    QCOMPARE(table->item(0, 3)->text(), u"theirs"_s);
    // Nothing is chosen by itself, and nothing has to be chosen now.
    auto* resolve = child<QPushButton>(u"resolve"_s);
    QVERIFY(!resolve->isEnabled());
    QTest::mouseClick(child<QPushButton>(u"conflictsLater"_s), Qt::LeftButton);
    QVERIFY(!table->isVisible());
    QCOMPARE(m_page->pending().updates, 2);
    m_page->commit();
    QTRY_VERIFY(table->isVisible());
    QTest::mouseClick(child<QPushButton>(u"allMine"_s), Qt::LeftButton);
    QVERIFY(resolve->isEnabled());
    QTest::mouseClick(resolve, Qt::LeftButton);
    QTRY_COMPARE(m_page->pending().total(), 0);
    QCOMPARE(stored(u"SELECT count(*) FROM t WHERE name = 'mine'"_s), u"2"_s);
}

void GridPageTest::columnsThatOneSideChangedAreFolded()
{
    auto& model = m_page->model();
    model.setData(model.index(0, 1), u"mine"_s);
    model.setData(model.index(0, 2), u"note"_s);
    model.setData(model.index(0, 3), u"7"_s);
    QVERIFY(m_fixture->connect()->execute(u"UPDATE t SET name = 'theirs' WHERE id = 1"_s));
    m_page->commit();
    auto* table = child<QTableWidget>(u"conflictTable"_s);
    QTRY_COMPARE(table->rowCount(), 2);
    QCOMPARE(table->item(0, 1)->text(), u"name"_s);
    QVERIFY(table->item(1, 1)->text().contains(u"n, note"_s));
    const QPoint line = table->visualItemRect(table->item(1, 1)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, line);
    QCOMPARE(table->rowCount(), 3);
    QVERIFY(!child<QPushButton>(u"resolve"_s)->isEnabled());
    qobject_cast<QComboBox*>(table->cellWidget(0, 5))->setCurrentIndex(1);
    QTest::mouseClick(child<QPushButton>(u"resolve"_s), Qt::LeftButton);
    QTRY_COMPARE(m_page->pending().total(), 0);
    QCOMPARE(stored(u"SELECT name || note || n FROM t WHERE id = 1"_s), u"theirsnote7"_s);
}

void GridPageTest::thePreviewShowsTheExactSql()
{
    m_page->model().setData(m_page->model().index(0, 2), u"x"_s);
    QTest::mouseClick(child<QPushButton>(u"preview"_s), Qt::LeftButton);
    auto* sql = child<QPlainTextEdit>(u"previewSql"_s);
    QVERIFY(sql->isVisible());
    QCOMPARE(sql->toPlainText(),
             u"UPDATE \"main\".\"t\" SET \"note\" = 'x' WHERE \"t\".\"id\" = 1 AND \"t\".\"note\" IS "
             "NULL;"_s);
}

void GridPageTest::aDraftComesBack()
{
    auto& model = m_page->model();
    model.setData(model.index(0, 1), u"draft"_s);
    model.addRow();
    m_page->sortBy(3, false);
    const kit::Later later = m_page->stateLater();
    model.setData(model.index(0, 1), u"afterwards"_s);
    open(m_fixture->target(), m_fixture->table(u"t"_s));
    const QJsonObject state = later();  // on another thread it may come as late as this
    m_page->restoreState(state);
    QCOMPARE(m_page->pending(), (rows::StagedEdits::Counts{1, 1, 0}));
    QCOMPARE(m_page->model().spec().sorts.size(), 1);
    const auto& edit = m_page->model().edits().rows().begin()->second;
    QCOMPARE(displayText(std::get<Value>(edit.cells.at(u"name"_s).after)), u"draft"_s);
}

void GridPageTest::aRangeIsPastedOverCells()
{
    QCOMPARE(kit::fromTsv(u"a\tb\n\"c\nd\"\te\n"_s),
             (QList<QStringList>{{u"a"_s, u"b"_s}, {u"c\nd"_s, u"e"_s}}));
    QApplication::clipboard()->setText(u"p\tq\nr\ts\n"_s);
    focus(0, 1);
    QTest::keySequence(m_page->grid(), QKeySequence::Paste);
    QCOMPARE(cell(0, 1) + cell(0, 2) + cell(1, 1) + cell(1, 2), u"pqrs"_s);
    m_page->model().undo();
    QVERIFY(m_page->model().edits().isEmpty());
    // What was pasted over stays selected.
    QTest::keySequence(m_page->grid(), QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), u"name 1\t\nname 2\t\n"_s);
}

void GridPageTest::aReadOnlyConnectionShowsItsLock()
{
    drivers::Target target = m_fixture->target();
    target.guard = drivers::Guard::ReadOnly;
    target.create = false;
    open(target, m_fixture->table(u"t"_s));
    QVERIFY(child<QLabel>(u"lock"_s)->text().contains(u"read-only"_s));
    focus(0, 1);
    QTest::keyClick(m_page->grid(), Qt::Key_F2);
    QVERIFY(!child<QLineEdit>(u"cellEditor"_s));
}

void GridPageTest::aCommitAsksWhereTheConnectionSaysSo()
{
    drivers::Target target = m_fixture->target();
    target.guard = drivers::Guard::ConfirmWrites;
    open(target, m_fixture->table(u"t"_s));
    m_page->model().setData(m_page->model().index(0, 1), u"asked"_s);
    m_page->commit();
    auto* ask = m_page->findChild<kit::AskBar*>();
    QVERIFY(ask->isAsking());
    QVERIFY2(ask->title().startsWith(u"Write "_s), qPrintable(ask->title()));
    QCOMPARE(stored(u"SELECT name FROM t WHERE id = 1"_s), u"name 1"_s);
    QTest::mouseClick(child<QPushButton>(u"askAccept"_s), Qt::LeftButton);
    QTRY_COMPARE(m_page->pending().total(), 0);
    QCOMPARE(stored(u"SELECT name FROM t WHERE id = 1"_s), u"asked"_s);
}

void GridPageTest::aCommitStaysOutOfAnOpenTransaction()
{
    std::optional<bool> begun;
    const auto job = m_session->run(
        runtime::Session::Lane::Main, m_page.get(),
        [](drivers::Connection& connection, const runtime::StopToken&) {
            return connection.execute(u"BEGIN"_s);
        },
        [&](const Result<qint64>& result) { begun = result.has_value(); });
    QTRY_VERIFY(begun.has_value());
    m_page->model().setData(m_page->model().index(0, 1), u"mine"_s);
    m_page->commit();
    auto* list = child<QListWidget>(u"refusalList"_s);
    QTRY_COMPARE(list->count(), 1);
    QVERIFY2(list->item(0)->text().contains(u"A transaction is open"_s), qPrintable(list->item(0)->text()));
    QCOMPARE(m_page->pending().updates, 1);
}

void GridPageTest::aBrokenConditionIsShownInPlace()
{
    m_page->restoreState({{u"view"_s, QJsonObject{{u"where"_s, u"nonsense ("_s}}}});
    QTRY_COMPARE(m_page->model().phase(), TableModel::Phase::Failed);
    QVERIFY(child<QLabel>(u"message"_s)->isVisible());
    QVERIFY(!m_page->grid()->noticeTitle().isEmpty());
}

// A timer that should beat every few milliseconds shows how long anything held the thread.
void GridPageTest::escapeStopsALongFilter()
{
    const QString endless =
        u"(WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT max(i) FROM c) > 0"_s;
    m_page->restoreState({{u"view"_s, QJsonObject{{u"where"_s, endless}}}});
    QCOMPARE(m_page->model().phase(), TableModel::Phase::Loading);
    QTest::qWait(300);
    QCOMPARE(m_page->model().phase(), TableModel::Phase::Loading);
    QTest::keyClick(m_page->grid(), Qt::Key_Escape);
    QCOMPARE(m_page->model().phase(), TableModel::Phase::Failed);
    // It was the person's own wish, so it is told as no error.
    QVERIFY(!child<QLabel>(u"message"_s)->isVisible());
    QCOMPARE(m_page->grid()->noticeTitle(), u"Loading was stopped."_s);
    m_page->restoreState({});
    QTRY_COMPARE(m_page->model().phase(), TableModel::Phase::Ready);
}

void GridPageTest::theGuiThreadStaysFree()
{
    QElapsedTimer clock;
    qint64 longest = 0;
    QTimer beat;
    beat.setInterval(2);
    connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, clock.restart()); });
    clock.start();
    beat.start();
    for (const int row : {4999, 2500, 10, 3333}) {
        focus(row, 0);
        QTRY_COMPARE(cell(row, 0), QString::number(row + 1));
    }
    qInfo("longest pause %lld ms", longest);
    QVERIFY(longest < 1000);  // not a benchmark: only that nothing waits for the database
}

QTEST_MAIN(GridPageTest)
#include "grid_page_test.moc"
