// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "browse/sidebar.h"
#include "cells/change_tree.h"
#include "cells/grid_view.h"
#include "grid/pending_page.h"
#include "history/history_page.h"
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "support/pg.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

const QString script = u"CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
                       "CREATE TABLE member (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES "
                       "team(id) ON DELETE CASCADE, name TEXT);"
                       "INSERT INTO team VALUES (1, 'Red'), (2, 'Blue'), (3, 'Green');"
                       "INSERT INTO member VALUES (1, 1, 'Ada'), (2, 1, 'Bea'), (3, 2, 'Cy');"_s;

}  // namespace

/// What is staged and what was committed, over all tabs of a window.
class HistoryPageTest final : public test::WindowTest
{
    Q_OBJECT
private:
    static void engines()
    {
        QTest::addColumn<bool>("postgres");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgres") << true;
    }
    /// The two tables in a database of the row's engine, opened.
    bool opensBoth()
    {
        QFETCH(const bool, postgres);
        if (!postgres)
            return m_scratch->opens(saved(database(u"a.db"_s, script)));
        m_postgres = std::make_unique<test::ScratchPostgres>();
        const auto made = drivers::Connection::open(m_postgres->target());
        return made && (*made)->executeScript(script.toUtf8())
               && m_scratch->opens({.target = m_postgres->target(), .lastUsed = {}});
    }
    QString stored(const QString& sql) const
    {
        const auto connection = drivers::Connection::open(workspace()->connection().target);
        return connection ? displayText((*connection)->scalar(sql).value_or(Text{"failed"})) : u"closed"_s;
    }
    grid::TablePage* shown(const QString& name)
    {
        const bool shows = m_scratch->shows(name);
        grid::TablePage* page = shows ? table() : nullptr;
        if (!page
            || !QTest::qWaitFor([page] { return page->model().rowState(0) != items::RowState::Loading; }))
            qFatal("%s is not shown", qPrintable(name));
        return page;
    }
    static void stage(grid::TablePage* page, int row, const QString& column, const QString& text)
    {
        page->model().setData(page->model().index(row, page->relation().indexOf(column)), text);
    }
    static QString lines(const QTreeWidget* tree)
    {
        QStringList lines;
        const auto add = [&](const auto& self, const QTreeWidgetItem* item, const QString& indent) -> void {
            QStringList cells;
            for (int column = 0; column < tree->columnCount(); ++column)
                cells += item->text(column);
            lines += indent + cells.join(u" | "_s);
            for (int i = 0; i < item->childCount(); ++i)
                self(self, item->child(i), indent + u' ');
        };
        for (int i = 0; i < tree->topLevelItemCount(); ++i)
            add(add, tree->topLevelItem(i), {});
        return lines.join(u'\n');
    }
    template <class Page>
    Page* page() const
    {
        return qobject_cast<Page*>(workspace()->currentPage());
    }
    /// Deletes team 1, and with it two members; renames team 2.
    bool commitsATeam()
    {
        grid::TablePage* team = shown(u"team"_s);
        team->model().deleteRows({0});
        stage(team, 1, u"name"_s, u"Navy"_s);
        team->commit();
        return QTest::qWaitFor([team] { return team->pending().total() == 0 && !team->isCommitting(); });
    }

    std::unique_ptr<test::ScratchPostgres> m_postgres;

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { m_scratch.emplace(); }
    void cleanup()
    {
        m_scratch.reset();
        m_postgres.reset();
    }

    void deletingSaysWhatGoesWithIt_data() { engines(); }
    void deletingSaysWhatGoesWithIt()
    {
        QVERIFY(opensBoth());
        grid::TablePage* team = shown(u"team"_s);
        auto* told = team->findChild<QLabel*>(u"consequences"_s);
        QVERIFY(!told->isVisible());
        team->grid()->setFocus();
        QTest::keyClick(team->grid(), Qt::Key_Delete);
        QVERIFY(told->isVisible());
        QVERIFY2(told->text().startsWith(u"⚠ Counting"_s), qPrintable(told->text()));
        QTRY_VERIFY(told->text().contains(u"2 row(s) of member (team_id) are deleted as well"_s));
        // What was counted of one row is not said of two.
        team->model().deleteRows({1});
        QVERIFY2(told->text().startsWith(u"⚠ Counting"_s), qPrintable(told->text()));
        QTRY_VERIFY(told->text().contains(u"3 row(s) of member (team_id)"_s));
        team->model().discard();
        QVERIFY(!told->isVisible());
        const auto other = drivers::Connection::open(workspace()->connection().target);
        QVERIFY(other && (*other)->executeScript("DROP TABLE member"));
        team->model().deleteRows({0});
        QTRY_VERIFY2(told->text().contains(u"could not be counted: "_s), qPrintable(told->text()));
        QVERIFY(told->isVisible());
        team->model().discard();
    }

    void everythingPendingSaysWhatGoesWithIt_data() { engines(); }
    void everythingPendingSaysWhatGoesWithIt()
    {
        QVERIFY(opensBoth());
        grid::TablePage* member = shown(u"member"_s);
        member->model().deleteRows({0});
        grid::TablePage* team = shown(u"team"_s);
        team->model().deleteRows({0});
        workspace()->openPending();
        auto* pending = page<grid::PendingPage>();
        auto* told = pending->findChild<QLabel*>(u"consequences"_s);
        auto* title = pending->findChild<QLabel*>(u"pendingTitle"_s);
        // One of the two members is staged to go by itself.
        QTRY_COMPARE(told->text(),
                     u"⚠ 1 row(s) of member (team_id) are deleted as well (ON DELETE CASCADE)."_s);
        QVERIFY(told->isVisible());
        QCOMPARE(title->text(), u"2 change(s) in 2 table(s), and 1 other row(s) with them"_s);
        member->model().discard();
        QTRY_COMPARE(title->text(), u"1 change(s) in 1 table(s), and 2 other row(s) with them"_s);
        // The preview of the commit says it, too.
        workspace()->openRelation(team->relation().schema, u"team"_s, true);
        QTest::mouseClick(team->findChild<QPushButton*>(u"preview"_s), Qt::LeftButton);
        auto* sql = team->findChild<QPlainTextEdit*>(u"previewSql"_s);
        QTRY_VERIFY2(sql->toPlainText().endsWith(
                         u"\n-- 2 row(s) of member (team_id) are deleted as well (ON DELETE CASCADE)."_s),
                     qPrintable(sql->toPlainText()));
        team->model().discard();
        QTRY_VERIFY(!told->isVisibleTo(pending));
    }

    void everythingPendingAsksWithWhatGoesAlong()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        store::SavedConnection connection = workspace()->connection();
        connection.target.guard = drivers::Guard::ConfirmWrites;
        QVERIFY(m_scratch->opens(connection));
        shown(u"team"_s)->model().deleteRows({0});
        workspace()->openPending();
        auto* pending = page<grid::PendingPage>();
        QTest::mouseClick(pending->findChild<QPushButton*>(u"pendingCommitAll"_s), Qt::LeftButton);
        auto* ask = pending->findChild<kit::AskBar*>();
        QVERIFY(ask->isAsking());
        QTRY_VERIFY2(ask->detail().contains(u"2 row(s) of member (team_id) are deleted as well"_s),
                     qPrintable(ask->detail()));
        ask->dismiss();
        shown(u"team"_s)->model().discard();
    }

    void theQuestionSaysWhatIsCountedMeanwhile_data() { engines(); }
    void theQuestionSaysWhatIsCountedMeanwhile()
    {
        QFETCH(const bool, postgres);
        QVERIFY(opensBoth());
        store::SavedConnection connection = workspace()->connection();
        connection.target.guard = drivers::Guard::ConfirmWrites;
        QVERIFY2(m_scratch->opens(connection), postgres ? "postgres" : "sqlite");
        grid::TablePage* team = shown(u"team"_s);
        team->grid()->setFocus();
        QTest::keyClick(team->grid(), Qt::Key_Delete);
        QTest::mouseClick(team->findChild<QPushButton*>(u"commit"_s), Qt::LeftButton);
        auto* ask = team->findChild<kit::AskBar*>();
        QVERIFY(ask->isAsking());
        QVERIFY2(ask->detail().startsWith(u"⚠ Counting"_s), qPrintable(ask->detail()));
        QTRY_VERIFY2(ask->detail().contains(u"2 row(s) of member (team_id) are deleted as well"_s),
                     qPrintable(ask->detail()));
        QVERIFY(ask->isAsking());
        ask->dismiss();
        team->model().discard();
    }

    void whatIsBeingWrittenIsNotReverted()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        grid::TablePage* team = shown(u"team"_s);
        stage(team, 0, u"name"_s, u"Rouge"_s);
        workspace()->openPending();
        auto* pending = page<grid::PendingPage>();
        auto* tree = pending->findChild<cells::ChangeTree*>();
        QTRY_VERIFY(tree->topLevelItemCount() > 0);
        tree->setCurrentItem(tree->topLevelItem(0));
        tree->setFocus();
        team->model().setFrozen(true);
        QSignalSpy said(pending, &grid::PendingPage::statusText);
        QTest::mouseClick(pending->findChild<QPushButton*>(u"pendingRevert"_s), Qt::LeftButton);
        QCOMPARE(said.size(), 1);
        QVERIFY2(said.last().first().toString().startsWith(u"Nothing was reverted"_s),
                 qPrintable(said.last().first().toString()));
        QCOMPARE(team->pending().total(), 1);
        team->model().setFrozen(false);
        QTest::mouseClick(pending->findChild<QPushButton*>(u"pendingRevert"_s), Qt::LeftButton);
        QCOMPARE(team->pending().total(), 0);
    }

    void theHistoryShowsACommitAndTakesItBack_data() { engines(); }
    void theHistoryShowsACommitAndTakesItBack()
    {
        QVERIFY(opensBoth());
        QVERIFY(commitsATeam());
        QCOMPARE(stored(u"SELECT count(*) FROM member"_s), u"1"_s);
        workspace()->openHistory();
        auto* history = page<history::HistoryPage>();
        QVERIFY(history);
        auto* list = history->findChild<QTreeWidget*>(u"historyList"_s);
        auto* tree = history->findChild<cells::ChangeTree*>();
        QTRY_COMPARE(list->topLevelItemCount(), 1);
        QTRY_COMPARE(lines(tree), u"team | 2 row(s) | \n"
                                  " − id 1 | id 1, name Red | \n"
                                  " ~ id 2 |  | \n"
                                  "  name | Blue | Navy\n"
                                  "member | 2 row(s) | \n"
                                  " − id 1 (by a foreign key) | id 1, team_id 1, name Ada | \n"
                                  " − id 2 (by a foreign key) | id 2, team_id 1, name Bea | "_s);
        history->findChild<QPushButton*>(u"historyTakeBack"_s)->click();
        // Two tables: all that was staged is seen in one place, and committed there.
        auto* pending = page<grid::PendingPage>();
        QVERIFY(pending);
        QTRY_COMPARE(pending->findChild<QLabel*>(u"pendingTitle"_s)->text(), u"4 change(s) in 2 table(s)"_s);
        QTRY_VERIFY(pending->findChild<cells::ChangeTree*>()->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(stored(u"SELECT count(*) FROM member WHERE team_id = 1"_s), u"2"_s);
        QCOMPARE(stored(u"SELECT name FROM team WHERE id = 2"_s), u"Blue"_s);
        workspace()->openHistory();
        QTRY_COMPARE(list->topLevelItemCount(), 2);
        QTRY_VERIFY(list->topLevelItem(1)->text(1).endsWith(u"taken back"_s));
        // The key in the table has nothing more to do.
        grid::TablePage* team = shown(u"team"_s);
        team->takeBack();
        QTest::qWait(200);
        QCOMPARE(team->pending().total(), 0);
    }

    void onlyWhatIsSelectedIsTakenBack()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        grid::TablePage* team = shown(u"team"_s);
        stage(team, 0, u"name"_s, u"Rouge"_s);
        stage(team, 1, u"name"_s, u"Bleu"_s);
        team->commit();
        QTRY_COMPARE(team->pending().total(), 0);
        workspace()->openHistory();
        auto* tree = page<history::HistoryPage>()->findChild<cells::ChangeTree*>();
        QTRY_VERIFY(tree->topLevelItemCount() == 1 && tree->topLevelItem(0)->childCount() == 2);
        tree->topLevelItem(0)->child(1)->setSelected(true);
        page<history::HistoryPage>()->findChild<QPushButton*>(u"historyTakeBack"_s)->click();
        QCOMPARE(table(), team);
        QTRY_COMPARE(team->pending().updates, 1);
        QTRY_COMPARE(team->grid()->currentIndex(), team->model().index(1, 1));
        QCOMPARE(team->model().index(1, 1).data().toString(), u"Blue"_s);
        QCOMPARE(team->model().index(0, 1).data().toString(), u"Rouge"_s);
    }

    void takingBackGoesToARowThatIsFarAway()
    {
        const QString path = database(
            u"far.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                         "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 20000) "
                         "INSERT INTO t SELECT i, 'n' || i FROM s;"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        grid::TablePage* page = shown(u"t"_s);
        QTRY_VERIFY(page->model().total().exact);
        page->grid()->setCurrentIndex(page->model().index(15000, 1));
        QTRY_COMPARE(page->model().index(15000, 1).data().toString(), u"n15001"_s);
        stage(page, 15000, u"name"_s, u"changed"_s);
        page->commit();
        QTRY_COMPARE(page->pending().total(), 0);
        // The next start begins at the top: nothing of that row is loaded.
        QVERIFY(m_scratch->comesBack());
        page = shown(u"t"_s);
        page->grid()->setCurrentIndex(page->model().index(0, 0));
        page->model().refresh();
        page->takeBack();
        QTRY_COMPARE(page->pending().updates, 1);
        QTRY_COMPARE(page->grid()->currentIndex().row(), 15000);
        QTRY_COMPARE(page->model().index(15000, 1).data().toString(), u"n15001"_s);
        QVERIFY(!page->model().spec().isFiltered());
    }

    void aScriptOfTheRowsIsSaved()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        QVERIFY(commitsATeam());
        workspace()->openHistory();
        auto* history = page<history::HistoryPage>();
        QTRY_COMPARE(history->findChild<cells::ChangeTree*>()->topLevelItemCount(), 2);
        const QString path = m_scratch->path(u"fixture.sql"_s);
        QSignalSpy said(history, &history::HistoryPage::statusText);
        history->saveScript(path);
        QVERIFY(said.isEmpty());  // it is not written by the thread that draws
        QTRY_COMPARE(said.size(), 1);
        QCOMPARE(said.last().first().toString(), u"Saved as %1."_s.arg(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        // Run on a database as it was, it does what the commit did.
        const QString other = database(u"b.db"_s, script);
        const auto connection = drivers::Connection::open({.engine = Engine::Sqlite, .location = other});
        QVERIFY(connection);
        QVERIFY2((*connection)->executeScript(text), text);
        QCOMPARE(
            displayText((*connection)->scalar(u"SELECT group_concat(name) FROM team"_s).value_or(Null{})),
            u"Navy,Green"_s);
    }

    void theChangesBecomeAMigrationOfTheProject()
    {
        const QString path = database(u"a.db"_s, script);
        QVERIFY(QDir().mkpath(m_scratch->path(u"migrations"_s)));
        QFile settings(m_scratch->path(u"diesel.toml"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("[migrations_directory]\ndir = \"migrations\"\n");
        settings.close();
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(commitsATeam());
        workspace()->openHistory();
        auto* button = page<history::HistoryPage>()->findChild<QPushButton*>(u"historyMigration"_s);
        QTRY_VERIFY(button->isVisible() && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(page<migrate::MigratePage>());
        auto* migrations = page<migrate::MigratePage>();
        QTRY_VERIFY(!migrations->isBusy());
        auto* name = migrations->findChild<QLineEdit*>(u"migrationName"_s);
        QTRY_VERIFY(name->isVisible());
        QTest::keyClicks(name, u"teams"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(QDir(m_scratch->path(u"migrations"_s)).entryList({u"*_teams"_s}, QDir::Dirs).size(), 1);
        const QString folder = m_scratch->path(
            u"migrations/"_s + QDir(m_scratch->path(u"migrations"_s)).entryList({u"*_teams"_s}).first());
        QFile up(folder + u"/up.sql"_s);
        QFile down(folder + u"/down.sql"_s);
        QTRY_VERIFY2(up.exists() && down.exists(), qPrintable(QDir(folder).entryList().join(u' ')));
        QVERIFY(up.open(QIODevice::ReadOnly) && down.open(QIODevice::ReadOnly));
        QVERIFY(up.readAll().contains(R"(UPDATE "main"."team" SET "name" = 'Navy' WHERE "id" = 2;)"));
        QVERIFY(down.readAll().contains("'Ada'"));
    }

    void theListOfPendingChangesIsOverAllTabs_data() { engines(); }
    void theListOfPendingChangesIsOverAllTabs()
    {
        QVERIFY(opensBoth());
        grid::TablePage* team = shown(u"team"_s);
        stage(team, 0, u"name"_s, u"Rouge"_s);
        grid::TablePage* member = shown(u"member"_s);
        stage(member, 0, u"name"_s, u"Eve"_s);
        member->model().deleteRows({2});
        auto* button = window()->findChild<QToolButton*>(u"pendingChanges"_s);
        QCOMPARE(button->text(), u"3 change(s) in 2 table(s)"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        auto* pending = page<grid::PendingPage>();
        QVERIFY(pending);
        auto* tree = pending->findChild<cells::ChangeTree*>();
        QTRY_COMPARE(lines(tree), u"team | 1 row(s) | \n"
                                  " ~ id 1 |  | \n"
                                  "  name | Red | Rouge\n"
                                  "member | 2 row(s) | \n"
                                  " ~ id 1 |  | \n"
                                  "  name | Ada | Eve\n"
                                  " − id 3 | id 3, team_id 2, name Cy | "_s);
        // To the cell, and back again.
        tree->setCurrentItem(tree->topLevelItem(1)->child(0)->child(0));
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(workspace()->currentPage(), member);
        QTRY_COMPARE(member->grid()->currentIndex(), member->model().index(0, 2));
        workspace()->openPending();
        // What is selected goes; the rest stays.
        tree->clearSelection();
        tree->topLevelItem(1)->child(1)->setSelected(true);
        QTest::keyClick(tree, Qt::Key_Delete);
        QTRY_COMPARE(tree->topLevelItem(1)->childCount(), 1);
        QCOMPARE(member->pending().deletes, 0);
        // One table alone, then all of what is left.
        tree->setCurrentItem(tree->topLevelItem(0));
        auto* one = pending->findChild<QPushButton*>(u"pendingCommitTable"_s);
        QTRY_COMPARE(one->text(), u"Commit team"_s);
        QTest::mouseClick(one, Qt::LeftButton);
        QTRY_COMPARE(stored(u"SELECT name FROM team WHERE id = 1"_s), u"Rouge"_s);
        QTRY_COMPARE(tree->topLevelItemCount(), 1);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(stored(u"SELECT name FROM member WHERE id = 1"_s), u"Eve"_s);
        QTRY_COMPARE(tree->topLevelItemCount(), 0);
        QTRY_VERIFY(!button->isVisible());
    }

    void tablesAreCommittedTogetherOrNotAtAll()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        grid::TablePage* team = shown(u"team"_s);
        stage(team, 0, u"name"_s, u"Rouge"_s);
        grid::TablePage* member = shown(u"member"_s);
        member->model().setValue({member->model().index(0, 1)}, Value(qint64{99}));
        workspace()->openPending();
        auto* pending = page<grid::PendingPage>();
        pending->commitAll();
        auto* ask = pending->findChild<kit::AskBar*>();
        QTRY_VERIFY(ask->isVisible());
        QVERIFY2(ask->title().contains(u"Nothing was written"_s), qPrintable(ask->title()));
        QCOMPARE(stored(u"SELECT name FROM team WHERE id = 1"_s), u"Red"_s);
        QCOMPARE(team->pending().total() + member->pending().total(), 2);
        member->model().discard();
        stage(member, 0, u"name"_s, u"Eve"_s);
        QStringList said;
        connect(member, &grid::TablePage::statusText, this, [&](const QString& text) { said << text; });
        pending->commitAll();
        QTRY_COMPARE(stored(u"SELECT name FROM team WHERE id = 1"_s), u"Rouge"_s);
        QTRY_VERIFY2(said.join(u'\n').contains(u"2 change(s) committed"_s), qPrintable(said.join(u'\n')));
    }

    void aKeyGoesFromRefusalToRefusal()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        grid::TablePage* team = shown(u"team"_s);
        for (const int row : {0, 2})
            team->model().setValue({team->model().index(row, 1)}, Value(Null{}));
        stage(team, 1, u"name"_s, u"Navy"_s);
        team->commit();
        auto* list = team->findChild<QListWidget*>(u"refusalList"_s);
        QTRY_COMPARE(list->count(), 2);
        team->grid()->setFocus();
        QTest::keyClick(team->grid(), Qt::Key_F8);
        QCOMPARE(team->grid()->currentIndex(), team->model().index(0, 1));
        QTest::keyClick(team->grid(), Qt::Key_F8);
        QCOMPARE(team->grid()->currentIndex(), team->model().index(2, 1));
        QTest::keyClick(team->grid(), Qt::Key_F8);
        QCOMPARE(team->grid()->currentIndex(), team->model().index(0, 1));
        QTest::keyClick(team->grid(), Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(team->grid()->currentIndex(), team->model().index(2, 1));
    }

    void aNewRowKeepsTheFocusWhereItGoes()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        grid::TablePage* team = shown(u"team"_s);
        team->model().addRow();
        team->grid()->setCurrentIndex(team->model().index(0, 1));
        stage(team, 0, u"name"_s, u"Zinc"_s);
        team->commit();
        QTRY_COMPARE(team->pending().total(), 0);
        QTRY_COMPARE(team->grid()->currentIndex(), team->model().index(3, 1));
        QTRY_COMPARE(team->model().index(3, 1).data().toString(), u"Zinc"_s);
        // A row that was there stays under the cursor though the new one above it is gone.
        team->model().addRow();
        stage(team, 0, u"name"_s, u"Gold"_s);
        team->grid()->setCurrentIndex(team->model().index(2, 1));
        team->commit();
        QTRY_COMPARE(team->pending().total(), 0);
        QTRY_COMPARE(team->grid()->currentIndex(), team->model().index(1, 1));
        QTRY_COMPARE(team->model().index(1, 1).data().toString(), u"Blue"_s);
    }

    void theTreeCountsAnew()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        const auto counted = [this] {
            QStringList texts;
            auto* tree = workspace()->findChild<browse::Sidebar*>()->findChild<QTreeView*>();
            const auto add = [&](const auto& self, const QModelIndex& parent) -> void {
                for (int row = 0; row < tree->model()->rowCount(parent); ++row) {
                    const QModelIndex index = tree->model()->index(row, 0, parent);
                    QStringList cells;
                    for (int column = 0; column < tree->model()->columnCount(parent); ++column)
                        cells += index.siblingAtColumn(column).data().toString();
                    texts += cells.join(u' ');
                    if (texts.size() < 50)
                        self(self, index);
                }
            };
            add(add, {});
            return texts.join(u'\n');
        };
        QTRY_VERIFY2(counted().contains(u"member 3"_s), qPrintable(counted()));
        QVERIFY(commitsATeam());
        QTRY_VERIFY2(counted().contains(u"member 1"_s) && counted().contains(u"team 2"_s),
                     qPrintable(counted()));
    }
};

QTEST_MAIN(HistoryPageTest)
#include "history_page_test.moc"
