// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/day_picker.h"
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "grid/reference_picker.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "support/rows_fixture.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCalendarWidget>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
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

constexpr const char* sqliteScript =
    "CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, team_id INTEGER REFERENCES team, "
    "note TEXT DEFAULT 'd', active BOOLEAN, settings JSON, amount NUMERIC);\n"
    "INSERT INTO team VALUES (1, 'Core'), (2, 'Field'), (3, 'Design');\n"
    "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 10) "
    "INSERT INTO person SELECT i, 'name ' || i, 1 + i % 3, NULL, i % 2, '{}', i FROM s;\n";
constexpr const char* postgresScript =
    "CREATE TYPE mood AS ENUM ('glad', 'sad');\n"
    "CREATE TABLE team (id bigint PRIMARY KEY, name text NOT NULL);\n"
    "CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL, team_id bigint REFERENCES team, "
    "note text DEFAULT 'd', active boolean, settings jsonb, amount numeric(10,2), seen timestamptz(3), "
    "ident uuid, mood mood, born date);\n"
    "INSERT INTO team VALUES (1, 'Core'), (2, 'Field'), (3, 'Design');\n"
    "INSERT INTO person SELECT i, 'name ' || i, 1 + i % 3, NULL, i % 2 = 1, '{}', i + 0.10, "
    "'2026-01-31 12:00:00+00', NULL, 'glad', '2026-01-31' FROM generate_series(1, 10) i;\n";

}  // namespace

/// What the keys, the menus and the editors of a grid do.
class GridKeysTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<RowsFixture> m_fixture;
    std::optional<QTemporaryDir> m_history;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;

    static bool onPostgres() { return QByteArray(QTest::currentDataTag()).startsWith("postgres"); }
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    static void postgresOnly()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    void open(const QString& name)
    {
        const auto connection = m_fixture->connect();
        const auto database = catalog::inspect(*connection);
        QVERIFY(database);
        const schema::Table table = m_fixture->table(name);
        const rows::Relation relation = rows::relationIn(*database, table);
        m_page.reset();
        m_session = std::make_unique<runtime::Session>(m_fixture->target());
        m_page =
            std::make_unique<grid::TablePage>(*m_session, relation, rows::referencesOf(relation, *database));
        m_history.emplace();
        m_page->setHistory(store::History(m_history->path()));
        m_page->resize(1100, 600);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        QTRY_VERIFY(model().total().exact);
        QTRY_VERIFY(model().rowCount() == 0 || model().rowState(0) != RowState::Loading);
    }
    TableModel& model() { return m_page->model(); }
    cells::GridView* grid() { return m_page->grid(); }
    int column(const QString& name) { return m_page->relation().indexOf(name); }
    QString cell(int row, const QString& name) { return model().index(row, column(name)).data().toString(); }
    items::CellState state(int row, const QString& name)
    {
        return model().cellState(model().index(row, column(name)));
    }
    void focus(int row, const QString& name)
    {
        // The view itself would go by the modifiers of the key before.
        grid()->selectionModel()->setCurrentIndex(model().index(row, column(name)),
                                                  QItemSelectionModel::ClearAndSelect);
        grid()->setFocus();
    }
    void select(int first, int last, const QString& name)
    {
        focus(first, name);
        grid()->selectionModel()->select(
            QItemSelection(model().index(first, column(name)), model().index(last, column(name))),
            QItemSelectionModel::ClearAndSelect);
    }
    template <class Editor>
    Editor* editor()
    {
        return m_page->findChild<Editor*>(u"cellEditor"_s);
    }
    QMenu* menu(const QString& name)
    {
        QMenu* found = nullptr;
        (void)QTest::qWaitFor([&] { return (found = m_page->findChild<QMenu*>(name)) != nullptr; });
        if (!found)
            qFatal("no menu %s", qPrintable(name));
        return found;
    }
    static QAction* entry(const QMenu* menu, const QString& begin)
    {
        for (QAction* action : menu->actions()) {
            if (action->text().startsWith(begin))
                return action;
        }
        return nullptr;
    }
    QString stored(const QString& sql)
    {
        return displayText(m_fixture->connect()->scalar(sql).value_or(Text{"failed"}));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English));
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_fixture = std::make_unique<RowsFixture>(onPostgres() ? Engine::Postgres : Engine::Sqlite,
                                                  onPostgres() ? postgresScript : sqliteScript);
        open(u"person"_s);
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_fixture.reset();
    }

    void deleteStagesTheSelectedRowsAndUndoBringsThemBack()
    {
        select(1, 3, u"name"_s);
        QTest::keyClick(grid(), Qt::Key_Delete);
        QCOMPARE(m_page->pending().deletes, 3);
        QCOMPARE(model().rowState(2), RowState::Deleted);
        QTest::keyClick(grid(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_page->pending().deletes, 0);
    }

    void fillDownTakesTheTopValue()
    {
        select(2, 5, u"name"_s);
        QTest::keyClick(grid(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(cell(5, u"name"_s), u"name 3"_s);
        QCOMPARE(m_page->pending().updates, 3);
        QTest::keyClick(grid(), Qt::Key_Z, Qt::ControlModifier);
        focus(1, u"name"_s);
        QTest::keyClick(grid(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(cell(1, u"name"_s), u"name 1"_s);
    }

    void shiftAndTheArrowsExtendTheSelection_data() { engines(); }
    void shiftAndTheArrowsExtendTheSelection()
    {
        const QModelIndex first = model().index(2, column(u"name"_s));
        QTest::mouseClick(grid()->viewport(), Qt::LeftButton, Qt::NoModifier,
                          grid()->visualRect(first).center());
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(grid(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(grid()->selectionModel()->selectedIndexes().size(), 3);
        QTest::keyClick(grid(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(grid()->selectionModel()->selectedIndexes().size(), 6);
        QTest::keyClick(grid(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(grid()->selectionModel()->selectedIndexes().size(), 4);
        QTest::keyClick(grid(), Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(grid()->currentIndex().row(), model().rowCount() - 1);
        QVERIFY(grid()->selectionModel()->isSelected(first));
        QTest::mouseClick(grid()->viewport(), Qt::LeftButton, Qt::NoModifier,
                          grid()->visualRect(grid()->currentIndex()).center());
        const QModelIndex above = grid()->currentIndex().siblingAtRow(grid()->currentIndex().row() - 3);
        QTest::mouseClick(grid()->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          grid()->visualRect(above).center());
        QCOMPARE(grid()->selectionModel()->selectedIndexes().size(), 4);
    }

    void typingOverALongTextReplacesIt_data() { engines(); }
    void typingOverALongTextReplacesIt()
    {
        model().setData(model().index(1, column(u"note"_s)), u"two\nlines"_s);
        focus(1, u"note"_s);
        QTest::keyClick(grid(), Qt::Key_X);
        auto* area = editor<QPlainTextEdit>();
        QVERIFY(area);
        QCOMPARE(area->toPlainText(), u"x"_s);
        QTest::keyClick(area, Qt::Key_Escape);
        QCOMPARE(cell(1, u"note"_s), u"two\nlines"_s);
    }

    void typingOverASelectionSetsAllOfIt()
    {
        select(0, 3, u"note"_s);
        QTest::keyClick(grid(), Qt::Key_X);
        auto* line = editor<QLineEdit>();
        QVERIFY(line);
        QTest::keyClicks(line, u"yz"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(m_page->pending().updates, 4);
        QCOMPARE(cell(3, u"note"_s).toLower(), u"xyz"_s);
    }

    void controlReturnSetsTheSelectionAndReturnOnlyTheCell()
    {
        select(0, 3, u"note"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        QTest::keyClicks(editor<QLineEdit>(), u"one"_s);
        QTest::keyClick(editor<QLineEdit>(), Qt::Key_Return);
        QTRY_COMPARE(m_page->pending().updates, 1);
        QTRY_VERIFY(!editor<QLineEdit>());
        select(0, 3, u"note"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        QTest::keyClicks(editor<QLineEdit>(), u"all"_s);
        QTest::keyClick(editor<QLineEdit>(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_page->pending().updates, 4);
        QCOMPARE(cell(2, u"note"_s), u"all"_s);
    }

    void pastingBelowTheLastRowMakesNewRows()
    {
        QApplication::clipboard()->setText(u"a\nb\nc\nd\n"_s);
        focus(8, u"name"_s);
        QTest::keySequence(grid(), QKeySequence::Paste);
        QCOMPARE(m_page->pending(), (rows::StagedEdits::Counts{2, 2, 0}));
        QCOMPARE(cell(0, u"name"_s), u"c"_s);
        QCOMPARE(cell(1, u"name"_s), u"d"_s);
        QTest::keyClick(grid(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(model().edits().isEmpty());
    }

    void pastingOnANewRowLeavesTheOthersAlone()
    {
        model().addRow();
        QApplication::clipboard()->setText(u"a\nb\n"_s);
        focus(0, u"name"_s);
        QTest::keySequence(grid(), QKeySequence::Paste);
        QCOMPARE(m_page->pending(), (rows::StagedEdits::Counts{2, 0, 0}));
        QCOMPARE(cell(0, u"name"_s) + cell(1, u"name"_s), u"ab"_s);
    }

    void aNewRowSaysWhatIsRequired_data() { engines(); }
    void aNewRowSaysWhatIsRequired()
    {
        model().addRow();
        QVERIFY(state(0, u"name"_s).required);
        QVERIFY(state(0, u"team_id"_s).null);
        QVERIFY(state(0, u"note"_s).isDefault);
        QCOMPARE(state(0, u"id"_s).isDefault,
                 !onPostgres());  // SQLite numbers it, this bigint has no default
        focus(1, u"name"_s);
        QTest::keyClick(grid(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!state(1, u"name"_s).changed);
        focus(1, u"team_id"_s);
        QTest::keyClick(grid(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(state(1, u"team_id"_s).null && state(1, u"team_id"_s).changed);
    }

    void theMenuKeyOffersWhatACellCanDo()
    {
        focus(1, u"name"_s);
        QTest::keyClick(grid(), Qt::Key_F10, Qt::ShiftModifier);
        QMenu* shown = menu(u"cellMenu"_s);
        QVERIFY(shown->isVisible());
        QVERIFY(!entry(shown, u"Set NULL"_s)->isEnabled());
        QVERIFY(!entry(shown, u"Set DEFAULT"_s)->isEnabled());
        QVERIFY(entry(shown, u"Delete rows"_s)->isEnabled());
        QVERIFY(entry(shown, u"Show only name = name 2"_s));
        entry(shown, u"Leave out"_s)->trigger();
        shown->close();
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        QTRY_COMPARE(model().rowCount(), 9);
    }

    void theHeaderMenuSortsAndHides()
    {
        const QPoint at(grid()->header()->sectionViewportPosition(1) + 10, 5);
        Q_EMIT grid()->header()->customContextMenuRequested(at);
        QMenu* shown = menu(u"headerMenu"_s);
        entry(shown, u"Sort descending"_s)->trigger();
        QTRY_COMPARE(cell(0, u"name"_s), u"name 9"_s);
        QCOMPARE(grid()->header()->sortMark(1), u"▼"_s);
        entry(shown, u"Hide column"_s)->trigger();
        shown->close();
        QVERIFY(grid()->header()->isSectionHidden(1));
        focus(0, u"id"_s);
        QTest::keyClick(grid(), Qt::Key_Right);
        QCOMPARE(grid()->currentIndex().column(), 2);
    }

    void severalSortsShowTheirOrder()
    {
        m_page->sortBy(2, false);
        m_page->sortBy(1, true);
        m_page->sortBy(1, true);
        QCOMPARE(grid()->header()->sortMark(2), u"▲1"_s);
        QCOMPARE(grid()->header()->sortMark(1), u"▼2"_s);
    }

    void theLayoutOfTheColumnsComesBack()
    {
        grid()->header()->moveSection(0, 2);
        grid()->header()->resizeSection(1, 177);
        grid()->hideColumn(3);
        const QJsonObject layout = m_page->columnLayout();
        open(u"person"_s);
        m_page->setColumnLayout(layout);
        QCOMPARE(grid()->header()->visualIndex(0), 2);
        QCOMPARE(grid()->header()->sectionSize(1), 177);
        QVERIFY(grid()->header()->isSectionHidden(3));
    }

    void aReferenceShowsItsLabelAndIsFollowed_data() { engines(); }
    void aReferenceShowsItsLabelAndIsFollowed()
    {
        QTRY_COMPARE(state(0, u"team_id"_s).label, u"Field"_s);
        QCOMPARE(state(1, u"team_id"_s).label, u"Design"_s);
        QSignalSpy asked(m_page.get(), &grid::TablePage::referenceRequested);
        const QModelIndex place = model().index(1, column(u"team_id"_s));
        QTest::mouseClick(grid()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          grid()->visualRect(place).center());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(grid()->currentIndex(), place);
        QTest::keyClick(grid(), Qt::Key_F12);
        QCOMPARE(asked.size(), 2);
        focus(0, u"name"_s);
        QTest::keyClick(grid(), Qt::Key_F12);
        QCOMPARE(asked.size(), 2);
    }

    void thePickerSearchesTheReferencedTable_data() { engines(); }
    void thePickerSearchesTheReferencedTable()
    {
        focus(0, u"team_id"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        QVERIFY(editor<QLineEdit>());
        QTest::keyClick(editor<QLineEdit>(), Qt::Key_F4);
        auto* input = m_page->findChild<QLineEdit*>(u"referenceSearch"_s);
        auto* list = m_page->findChild<QListWidget*>(u"referenceList"_s);
        QTRY_COMPARE(list->count(), 3);
        QTest::keyClicks(input, u"desi"_s);
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains(u"Design"_s));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(cell(0, u"team_id"_s), u"3"_s);
        QTRY_COMPARE(state(0, u"team_id"_s).label, u"Design"_s);
        QVERIFY(!input->isVisible());
        QVERIFY(grid()->hasFocus());
        QCOMPARE(grid()->currentIndex(), model().index(0, column(u"team_id"_s)));
        m_page->commit();
        QTRY_COMPARE(m_page->pending().total(), 0);
        QCOMPARE(stored(u"SELECT team_id FROM person WHERE id = 1"_s), u"3"_s);
    }

    void returnWaitsForWhatThePickerIsAsked_data() { engines(); }
    void returnWaitsForWhatThePickerIsAsked()
    {
        focus(0, u"team_id"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        QTest::keyClick(editor<QLineEdit>(), Qt::Key_F4);
        auto* input = m_page->findChild<QLineEdit*>(u"referenceSearch"_s);
        auto* list = m_page->findChild<QListWidget*>(u"referenceList"_s);
        QTRY_COMPARE(list->count(), 3);
        QTest::keyClicks(input, u"desi"_s);
        QCOMPARE(list->count(), 0);  // nothing that was found before can be taken
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(cell(0, u"team_id"_s), u"3"_s);
        QVERIFY(!input->isVisible());
    }

    void aStoppedCommitIsNoRefusal_data() { postgresOnly(); }
    void aStoppedCommitIsNoRefusal()
    {
        const auto other = m_fixture->connect();
        QVERIFY(other->executeScript("BEGIN; UPDATE person SET note = 'theirs' WHERE id = 1"));
        model().setData(model().index(0, column(u"name"_s)), u"mine"_s);
        QSignalSpy said(m_page.get(), &grid::TablePage::statusText);
        m_page->commit();
        auto* ask = m_page->findChild<kit::AskBar*>();
        QTRY_VERIFY(ask->isVisible());
        QCOMPARE(ask->title(), u"Writing…"_s);
        QTest::mouseClick(ask->findChild<QPushButton*>(u"askAccept"_s), Qt::LeftButton);
        QTRY_VERIFY(!m_page->isCommitting());
        QVERIFY(!m_page->wasRefused());
        QCOMPARE(said.last().first().toString(), u"Stopped: nothing was committed. Your edits are kept."_s);
        QCOMPARE(m_page->pending().updates, 1);
        QVERIFY(other->executeScript("ROLLBACK"));
    }

    void thePreviewOfManyRowsShowsTheFirst()
    {
        rows::StagedEdits edits;
        for (int i = 0; i < 250; ++i)
            edits.insertRow({{u"name"_s, Value(textValue(u"new %1"_s.arg(i)))}});
        model().setEdits(edits);
        QTest::mouseClick(m_page->findChild<QPushButton*>(u"preview"_s), Qt::LeftButton);
        const QString sql = m_page->findChild<QPlainTextEdit*>(u"previewSql"_s)->toPlainText();
        QCOMPARE(sql.count(u"INSERT INTO"_s), 200);
        QVERIFY2(sql.endsWith(u"\n-- … and 50 more statement(s), which are not shown"_s), qPrintable(sql));
        m_page->discard();
    }

    void whatWasTypedIsLookedForInThePicker()
    {
        focus(0, u"team_id"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        QTest::keyClicks(editor<QLineEdit>(), u"desi"_s);
        QTest::keyClick(editor<QLineEdit>(), Qt::Key_F4);
        auto* list = m_page->findChild<QListWidget*>(u"referenceList"_s);
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains(u"Design"_s));
    }

    void aBooleanIsChosenNotTyped_data() { engines(); }
    void aBooleanIsChosenNotTyped()
    {
        focus(0, u"active"_s);
        grid()->edit(grid()->currentIndex());
        auto* choice = editor<QComboBox>();
        QVERIFY(choice);
        QCOMPARE(choice->count(), 3);
        QVERIFY(choice->currentText().startsWith(u"true"_s));
        choice->setCurrentIndex(1);
        QTest::keyClick(choice, Qt::Key_Return);
        QTRY_COMPARE(m_page->pending().updates, 1);
        m_page->commit();
        QTRY_COMPARE(m_page->pending().total(), 0);
        QCOMPARE(stored(u"SELECT count(*) FROM person WHERE id = 1 AND NOT active"_s), u"1"_s);
    }

    void tabTakesWhatTheOpenListHasMarked_data() { engines(); }
    void tabTakesWhatTheOpenListHasMarked()
    {
        focus(0, u"active"_s);
        const int column = grid()->currentIndex().column();
        QTest::keyClick(grid(), Qt::Key_F2);
        auto* choice = editor<QComboBox>();
        QVERIFY(choice);
        QTRY_VERIFY(choice->view()->isVisible());
        QTest::keyClick(choice->view(), Qt::Key_Down);
        QTest::keyClick(choice->view(), Qt::Key_Tab);
        QTRY_COMPARE(m_page->pending().updates, 1);
        QTRY_COMPARE(grid()->currentIndex().column(), column + 1);
        m_page->commit();
        QTRY_COMPARE(m_page->pending().total(), 0);
        QCOMPARE(stored(u"SELECT count(*) FROM person WHERE id = 1 AND NOT active"_s), u"1"_s);
    }

    void badJsonStaysInItsEditor()
    {
        focus(0, u"settings"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        auto* area = editor<QPlainTextEdit>();
        QVERIFY(area);
        area->setPlainText(u"{\"a\": }"_s);
        QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(area->property("problem").toBool());
        QVERIFY(model().edits().isEmpty());
        area->setPlainText(u"{\"a\": 1}"_s);
        QVERIFY(!area->property("problem").toBool());
        QTest::keyClick(area, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(cell(0, u"settings"_s), u"{\"a\": 1}"_s);
    }

    void whatTheServerWouldRoundIsRefused_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("fine");
        const auto row = [](const char* column, const char* typed, bool fine) {
            QTest::addRow("postgres %s %s", column, typed)
                << QString::fromLatin1(column) << QString::fromLatin1(typed) << fine;
        };
        row("amount", "12.50", true);
        row("amount", "12.505", false);
        row("amount", "123456789.00", false);
        row("seen", "2026-02-28 13:45:00.123+05:30", true);
        row("seen", "2026-02-28 13:45:00.1234+05:30", false);
        row("seen", "2026-02-30 13:45:00+00", false);
        row("born", "2026-02-28", true);
        row("born", "2026-02-28 10:00", false);
        row("id", "9223372036854775807", true);
        row("id", "9223372036854775808", false);
        row("ident", "not one", false);
        row("ident", "0190c5ab-0000-7000-8000-000000000001", true);
    }
    void whatTheServerWouldRoundIsRefused()
    {
        QFETCH(const QString, column);
        QFETCH(const QString, typed);
        QFETCH(const bool, fine);
        focus(0, column);
        QTest::keyClick(grid(), Qt::Key_F2);
        auto* line = editor<QLineEdit>();
        QVERIFY(line);
        line->setText(typed);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(m_page->pending().updates, fine ? 1 : 0);
        QCOMPARE(line->property("problem").toBool(), !fine);
        // Leaving the editor keeps what was typed, and marks it.
        grid()->finishEditing();
        QCOMPARE(m_page->pending().updates, 1);
        QCOMPARE(state(0, column).error.isEmpty(), fine);
    }

    void anEnumOffersItsLabels_data() { postgresOnly(); }
    void anEnumOffersItsLabels()
    {
        focus(0, u"mood"_s);
        grid()->edit(grid()->currentIndex());
        auto* choice = editor<QComboBox>();
        QVERIFY(choice);
        QCOMPARE(choice->itemText(0) + choice->itemText(1) + choice->itemText(2), u"gladsadNULL"_s);
    }

    void aUuidIsGenerated_data() { postgresOnly(); }
    void aUuidIsGenerated()
    {
        focus(0, u"ident"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        auto* generate = m_page->findChild<QAction*>(u"generateUuid"_s);
        QVERIFY(generate);
        generate->trigger();
        QCOMPARE(editor<QLineEdit>()->text().size(), 36);
    }

    void aDayIsChosenInACalendar_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a time with its zone stays")
            << u"2026-01-31 13:45:00.5+02"_s << u"2024-02-29 13:45:00.5+02"_s;
        QTest::newRow("a date alone") << u"2026-01-31"_s << u"2024-02-29"_s;
        QTest::newRow("nothing before") << u""_s << u"2024-02-29"_s;
        QTest::newRow("something else before") << u"soon"_s << u"2024-02-29"_s;
    }
    void aDayIsChosenInACalendar()
    {
        QFETCH(const QString, text);
        QTEST(cells::withDay(text, QDate(2024, 2, 29)), "expected");
    }

    void theCalendarOpensWithAKeyAndFillsTheCell()
    {
        QVERIFY(m_fixture->connect()->executeScript("CREATE TABLE plan (id INTEGER PRIMARY KEY, day DATE); "
                                                    "INSERT INTO plan VALUES (1, '2026-03-04');"));
        open(u"plan"_s);
        focus(0, u"day"_s);
        QTest::keyClick(grid(), Qt::Key_F2);
        auto* line = editor<QLineEdit>();
        QVERIFY(line);
        line->findChild<QAction*>(u"chooseDay"_s)->trigger();
        auto* calendar = line->findChild<QCalendarWidget*>(u"dayCalendar"_s);
        QVERIFY(calendar);
        QCOMPARE(calendar->selectedDate(), QDate(2026, 3, 4));
        Q_EMIT calendar->activated(QDate(2026, 3, 5));
        QCOMPARE(editor<QLineEdit>(), line);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(cell(0, u"day"_s), u"2026-03-05"_s);
    }

    void aTextInANumberColumnHasAWarning()
    {
        focus(0, u"amount"_s);
        model().setData(model().index(0, column(u"amount"_s)), u"many"_s);
        QVERIFY(state(0, u"amount"_s).warning.contains(u"as text"_s));
        QVERIFY(state(0, u"amount"_s).error.isEmpty());
        model().setData(model().index(0, column(u"amount"_s)), u"12.5"_s);
        QVERIFY(state(0, u"amount"_s).warning.isEmpty());
        model().setData(model().index(0, column(u"amount"_s)), u"0.12345678901234567"_s);
        QVERIFY(state(0, u"amount"_s).warning.contains(u"15 digits"_s));
    }

    void whatOnlyTheServerCanReadIsCheckedAtOnce_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("good");
        QTest::addColumn<QString>("bad");
        QTest::newRow("postgres array") << u"integer[]"_s << u"{1,2,NULL}"_s << u"{1,two}"_s;
        QTest::newRow("postgres range") << u"int4range"_s << u"[1,5)"_s << u"[5,1)"_s;
        QTest::newRow("postgres address") << u"inet"_s << u"10.0.0.1/8"_s << u"10.0.0.300"_s;
        QTest::newRow("postgres interval") << u"interval"_s << u"1 day 02:03"_s << u"one moment"_s;
        QTest::newRow("postgres domain") << u"even"_s << u"4"_s << u"5"_s;
    }
    void whatOnlyTheServerCanReadIsCheckedAtOnce()
    {
        QFETCH(const QString, type);
        QFETCH(const QString, good);
        QFETCH(const QString, bad);
        const QString made =
            u"CREATE DOMAIN even AS integer CHECK (VALUE % 2 = 0); CREATE TABLE odd (id bigint "
            "PRIMARY KEY, v %1); INSERT INTO odd VALUES (1, NULL);"_s.arg(type);
        QVERIFY(m_fixture->connect()->executeScript(made.toUtf8()));
        open(u"odd"_s);
        model().setData(model().index(0, column(u"v"_s)), bad);
        QTRY_VERIFY(!state(0, u"v"_s).error.isEmpty());
        QCOMPARE(cell(0, u"v"_s), bad);  // kept all the same
        model().setData(model().index(0, column(u"v"_s)), good);
        QVERIFY(state(0, u"v"_s).error.isEmpty());
        QTest::qWait(100);
        QVERIFY2(state(0, u"v"_s).error.isEmpty(), qPrintable(state(0, u"v"_s).error));
    }

    void theSelectionIsAddedUpExactly_data() { engines(); }
    void theSelectionIsAddedUpExactly()
    {
        select(0, 3, u"amount"_s);
        const QString expected = onPostgres() ? u"Count 4 · Sum 10.40 · Average 2.6 · Min 1.10 · Max 4.10"_s
                                              : u"Count 4 · Sum 10 · Average 2.5 · Min 1 · Max 4"_s;
        QTRY_COMPARE(m_page->findChild<QLabel*>(u"figures"_s)->text(), expected);
        focus(0, u"amount"_s);
        QTRY_VERIFY(m_page->findChild<QLabel*>(u"figures"_s)->text().isEmpty());
    }

    void theLastCommitIsTakenBack_data() { engines(); }
    void theLastCommitIsTakenBack()
    {
        const QString before =
            stored(u"SELECT count(*) || ' ' || min(name) || ' ' || max(name) FROM person"_s);
        model().setData(model().index(0, column(u"name"_s)), u"changed"_s);
        model().deleteRows({4});
        model().addRow();
        model().setData(model().index(0, column(u"name"_s)), u"fresh"_s);
        model().setData(model().index(0, column(u"id"_s)), u"77"_s);
        m_page->commit();
        QTRY_COMPARE(m_page->pending().total(), 0);
        QCOMPARE(stored(u"SELECT name FROM person WHERE id = 77"_s), u"fresh"_s);
        QTRY_COMPARE(model().phase(), TableModel::Phase::Ready);
        m_page->takeBack();
        QTRY_COMPARE(m_page->pending(), (rows::StagedEdits::Counts{1, 1, 1}));
        m_page->commit();
        QTRY_COMPARE(m_page->pending().total(), 0);
        QCOMPARE(stored(u"SELECT count(*) || ' ' || min(name) || ' ' || max(name) FROM person"_s), before);
        QCOMPARE(stored(u"SELECT name FROM person WHERE id = 5"_s), u"name 5"_s);
        const QSignalSpy said(m_page.get(), &grid::TablePage::statusText);
        m_page->takeBack();
        QTRY_VERIFY(!said.isEmpty() && said.last().at(0).toString().contains(u"no commit"_s));
        QCOMPARE(m_page->pending().total(), 0);
    }

    void takingBackSeesWhatOthersDidSince()
    {
        model().setData(model().index(0, column(u"name"_s)), u"mine"_s);
        m_page->commit();
        QTRY_COMPARE(m_page->pending().total(), 0);
        QVERIFY(m_fixture->connect()->execute(u"UPDATE person SET name = 'theirs' WHERE id = 1"_s));
        m_page->takeBack();
        QTRY_COMPARE(m_page->pending().updates, 1);
        QVERIFY(m_page->findChild<kit::AskBar*>()->title().contains(u"someone else"_s));
        m_page->commit();
        QTRY_VERIFY(m_page->findChild<QWidget*>(u"conflicts"_s)->isVisible());
        QCOMPARE(stored(u"SELECT name FROM person WHERE id = 1"_s), u"theirs"_s);
    }

    void copyAsWritesTheFormat()
    {
        select(0, 1, u"name"_s);
        grid()->copySelection(cells::CopyFormat::Json);
        QCOMPARE(QApplication::clipboard()->text(),
                 u"[\n{\"name\": \"name 1\"},\n{\"name\": \"name 2\"}\n]\n"_s);
        grid()->copySelection(cells::CopyFormat::Insert);
        QVERIFY(QApplication::clipboard()->text().startsWith(
            u"INSERT INTO \"main\".\"person\" (\"name\") VALUES ('name 1');"_s));
        grid()->copySelection(cells::CopyFormat::Markdown);
        QCOMPARE(QApplication::clipboard()->text(), u"| name |\n| --- |\n| name 1 |\n| name 2 |\n"_s);
    }

    void duplicatesLeaveTheKeyToTheDatabase_data() { engines(); }
    void duplicatesLeaveTheKeyToTheDatabase()
    {
        focus(2, u"name"_s);
        QTest::keyClick(grid(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_page->pending().inserts, 1);
        QCOMPARE(cell(0, u"name"_s), u"name 3"_s);
        QCOMPARE(state(0, u"id"_s).required, onPostgres());
        QCOMPARE(grid()->currentIndex().row(), 0);
    }

    void escapeInTheSearchStopsAndThenClears()
    {
        auto* search = m_page->findChild<QLineEdit*>(u"searchField"_s);
        m_page->restoreState(
            {{u"view"_s,
              QJsonObject{
                  {u"where"_s,
                   u"(WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT max(i) FROM c) > 0"_s},
                  {u"search"_s, u"name"_s}}}});
        QCOMPARE(model().phase(), TableModel::Phase::Loading);
        QVERIFY(m_page->findChild<QLabel*>(u"range"_s)->text().startsWith(u"Searching"_s));
        search->setFocus();
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(model().phase(), TableModel::Phase::Failed);
        QCOMPARE(search->text(), u"name"_s);
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(search->text().isEmpty());
        QVERIFY(model().spec().search.isEmpty());
    }

    void theFooterFollowsTheSizeOfTheWindow()
    {
        m_page->resize(1100, 220);
        auto* range = m_page->findChild<QLabel*>(u"range"_s);
        QTRY_VERIFY2(!range->text().contains(u"–10 of"_s), qPrintable(range->text()));
        m_history.emplace();
        m_page->setHistory(store::History(m_history->path()));
        m_page->resize(1100, 600);
        QTRY_VERIFY2(range->text().startsWith(u"1–10 of 10"_s), qPrintable(range->text()));
    }
};

QTEST_MAIN(GridKeysTest)
#include "grid_keys_test.moc"
