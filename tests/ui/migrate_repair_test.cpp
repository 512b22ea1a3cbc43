// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/executor.h"
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/repair_panel.h"
#include "migrate/script_view.h"
#include "support/tool_projects.h"
#include "theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Repairing a ledger in the window: where the actions are found, what they ask, and what they do; with the
/// list's filters and chooser.
class MigrateRepairTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<test::ProjectScratch> m_scratch;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<migrate::MigratePage> m_page;

    template <class T>
    T* child(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    kit::AskBar* ask() const { return m_page->findChild<kit::AskBar*>(); }
    migrate::RepairPanel* panel() const { return m_page->findChild<migrate::RepairPanel*>(); }
    migrate::MigrationList* list() const { return m_page->findChild<migrate::MigrationList*>(); }
    QTableView* table() const { return child<QTableView>("migrationTable"); }
    QString sql() const { return child<migrate::ScriptView>("repairSql")->toPlainText(); }

    bool settles() const
    {
        return QTest::qWaitFor([this] { return !m_page->isBusy() && m_page->status(); }, 20000);
    }
    bool becomes(const QString& wanted) const
    {
        return QTest::qWaitFor([&] { return !m_page->isBusy() && states() == wanted; }, 20000);
    }
    QString states() const
    {
        QStringList words;
        if (m_page->status()) {
            for (const auto& state : m_page->status()->migrations)
                words << apply::stateName(state.state);
        }
        return words.join(u' ');
    }
    void open(int tool, Engine engine = Engine::Sqlite, drivers::Guard guard = drivers::Guard::Silent)
    {
        m_scratch = std::make_unique<test::ProjectScratch>(engine);
        const auto project = test::writeTool(*m_scratch, test::toolProjects().at(tool));
        show(project, guard);
    }
    void show(const project::Project& project, drivers::Guard guard = drivers::Guard::Silent)
    {
        (void)m_scratch->connect();
        auto target = m_scratch->target();
        target.guard = guard;
        m_session = std::make_unique<runtime::Session>(target);
        m_page = std::make_unique<migrate::MigratePage>(*m_session, project);
        m_page->resize(1200, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QVERIFY(settles());
    }
    void select(int index) { list()->select(m_page->status()->migrations.at(index).migration.version); }
    kit::Command command(const QString& id) const
    {
        const auto all = m_page->commands();
        return *std::ranges::find(all, id, &kit::Command::id);
    }
    /// As from the palette.
    void perform(const QString& id)
    {
        QVERIFY2(command(id).isEnabled(), qPrintable(id));
        command(id).run();
        QVERIFY(settles());
    }
    void accept()
    {
        QTest::mouseClick(child<QPushButton>("repairAccept"), Qt::LeftButton);
        QVERIFY(settles());
    }
    static QAction* actionOf(const QMenu* menu, const QString& id)
    {
        const auto actions = menu->actions();
        const auto found = std::ranges::find(actions, id, &QAction::objectName);
        return found == actions.end() ? nullptr : *found;
    }
    QMenu* openMenu() const
    {
        QMenu* menu = nullptr;
        (void)QTest::qWaitFor([&] {
            menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            return menu != nullptr;
        });
        return menu;
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
        QStandardPaths::setTestModeEnabled(true);
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
        m_scratch.reset();
    }

    void aRepairThatStandsAskedGoesWhenMigrationsRun()
    {
        open(0, Engine::Sqlite);
        select(0);
        perform(u"migrate.markApplied"_s);
        auto* panel = m_page->findChild<migrate::RepairPanel*>();
        QVERIFY(panel->isAsking());
        command(u"migrate.runAll"_s).run();
        QVERIFY(!panel->isAsking());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->status()->pendingCount(), 0, 20000);
    }

    void marksFromTheContextMenuAfterShowingTheSql_data() { test::engines(); }
    void marksFromTheContextMenuAfterShowingTheSql()
    {
        QFETCH(const Engine, engine);
        open(0, engine);
        select(0);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F10, Qt::ShiftModifier);
        QMenu* menu = openMenu();
        QVERIFY(menu);
        QVERIFY(!actionOf(menu, u"migrate.markPending"_s)->isEnabled());
        QAction* mark = actionOf(menu, u"migrate.markApplied"_s);
        QVERIFY(mark && mark->isEnabled());
        menu->setActiveAction(mark);
        QTest::keyClick(menu, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([this] { return panel()->isAsking(); }, 20000));
        QVERIFY2(sql().contains(u"CREATE TABLE IF NOT EXISTS __diesel_schema_migrations")
                     && sql().contains(u"VALUES ('20250101000000')"),
                 qPrintable(sql()));
        m_page->activateWindow();  // the menu took that, without a window manager to give it back
        QTRY_VERIFY(child<QPushButton>("repairCancel")->hasFocus());
        keepPicture(u"repair-ask"_s);
        // A stray Return does no harm.
        QTest::keyClick(child<QPushButton>("repairCancel"), Qt::Key_Return);
        QVERIFY(!panel()->isVisible());
        QCOMPARE(states(), u"pending pending pending"_s);
        perform(u"migrate.markApplied"_s);
        child<QPushButton>("repairAccept")->setFocus();
        QTest::keyClick(child<QPushButton>("repairAccept"), Qt::Key_Return);
        QVERIFY(becomes(u"applied pending pending"_s));
        QVERIFY2(ask()->title().contains(u"Marked as applied"), qPrintable(ask()->title()));
        const auto db = m_scratch->connect();
        QVERIFY(!ledger::exists(*db, {.schema = {}, .name = u"a"_s}).value());
        select(0);
        QContextMenuEvent byMouse(QContextMenuEvent::Mouse, {5, 5}, m_page->mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(table()->viewport(), &byMouse);
        menu = openMenu();
        QVERIFY(menu);
        QAction* unmark = actionOf(menu, u"migrate.markPending"_s);
        QVERIFY(unmark && unmark->isEnabled());
        menu->setActiveAction(unmark);
        QTest::keyClick(menu, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([this] { return panel()->isAsking(); }, 20000));
        QVERIFY(sql().contains(u"DELETE FROM"));
        accept();
        QVERIFY(becomes(u"pending pending pending"_s));
    }

    void offersTheRestInTheToolBarsMenu()
    {
        open(1);
        auto* button = child<QToolButton>("migrate.repair");
        QTest::mouseClick(button, Qt::LeftButton);
        QMenu* menu = openMenu();
        QVERIFY(menu);
        keepPicture(u"repair-menu"_s);
        for (const QString& id : {u"migrate.markApplied"_s, u"migrate.accept"_s, u"migrate.clearFailed"_s,
                                  u"migrate.baseline"_s, u"migrate.convert"_s, u"migrate.ledger"_s})
            QVERIFY2(actionOf(menu, id), qPrintable(id));
        QVERIFY(!actionOf(menu, u"migrate.accept"_s)->isEnabled());
        QVERIFY(!actionOf(menu, u"migrate.ledger"_s)->isEnabled());
        QTest::keyClick(menu, Qt::Key_Escape);
        select(1);
        perform(u"migrate.baseline"_s);
        QVERIFY(panel()->isAsking());
        QVERIFY2(child<QLabel>("repairDetail")->text().contains(u"has no tables"),
                 qPrintable(child<QLabel>("repairDetail")->text()));
        accept();
        QVERIFY(becomes(u"applied applied pending"_s));
    }

    void acceptsAnEditedFileAndClearsFailures()
    {
        open(1);
        m_page->propose(apply::Action::Run, apply::Scope::all());
        QVERIFY(becomes(u"applied applied applied"_s));
        const QString file = u"project/"_s + test::toolProjects().at(1).second;
        m_scratch->write(file, m_scratch->read(file) + "-- edited\n");
        QVERIFY(becomes(u"applied modified applied"_s));  // the folder is watched
        perform(u"migrate.acceptAll"_s);
        QVERIFY(sql().contains(u"UPDATE _sqlx_migrations SET checksum"));
        accept();
        QVERIFY(becomes(u"applied applied applied"_s));
        QVERIFY(m_scratch->connect()->executeScript(
            "UPDATE _sqlx_migrations SET success = 0 WHERE version = 20250301000000"));
        m_page->reload();
        QVERIFY(becomes(u"applied applied failed"_s));
        perform(u"migrate.clearFailed"_s);
        accept();
        QVERIFY(becomes(u"applied applied pending"_s));
    }

    void takesOverALedgerAndAsksAboutWhatMatchesNothing()
    {
        m_scratch = std::make_unique<test::ProjectScratch>(Engine::Sqlite);
        const auto old = test::writeTool(*m_scratch, test::toolProjects().at(0), u"old"_s);
        const auto project = test::writeTool(*m_scratch, test::toolProjects().at(1));
        QVERIFY(apply::execute(*m_scratch->connect(), old, apply::Action::Run, apply::Scope::first(2)));
        for (const QString& half : {u"up"_s, u"down"_s})
            QVERIFY(QFile::remove(
                m_scratch->path(u"project/migrations/20250201000000_create_b.%1.sql"_s.arg(half))));
        show(project);
        QCOMPARE(states(), u"pending pending"_s);
        perform(u"migrate.convert"_s);
        QVERIFY(QTest::qWaitFor([this] { return ask()->isAsking() && !m_page->isBusy(); }, 20000));
        QVERIFY2(ask()->title().contains(u"20250201000000"), qPrintable(ask()->title()));
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([this] { return panel()->isAsking(); }, 20000));
        QVERIFY(child<QLabel>("repairDetail")->text().contains(u"stays as it is"));
        keepPicture(u"repair-convert"_s);
        accept();
        QVERIFY(becomes(u"applied pending"_s));
    }

    void saysThatThereIsNoOtherLedger()
    {
        open(1);
        perform(u"migrate.convert"_s);
        QVERIFY2(ask()->title().contains(u"No other tool's ledger"), qPrintable(ask()->title()));
    }

    void refusesOnAReadOnlyConnection()
    {
        open(0, Engine::Sqlite, drivers::Guard::ReadOnly);
        select(0);
        for (const QString& id : {u"migrate.markApplied"_s, u"migrate.baseline"_s, u"migrate.convert"_s})
            QVERIFY2(!command(id).isEnabled(), qPrintable(id));
    }

    void opensTheLedgerTable()
    {
        open(0);
        QSignalSpy asked(m_page.get(), &migrate::MigratePage::tableRequested);
        auto* link = child<QToolButton>("ledgerLink");
        QCOMPARE(link->text(), u"__diesel_schema_migrations"_s);
        QVERIFY(!link->isEnabled());
        m_page->propose(apply::Action::Run, apply::Scope::one());
        QVERIFY(becomes(u"applied pending pending"_s));
        QTest::mouseClick(link, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"__diesel_schema_migrations"_s);
    }

    void filtersByState()
    {
        open(0);
        m_page->propose(apply::Action::Run, apply::Scope::first(2));
        QVERIFY(becomes(u"applied applied pending"_s));
        QVERIFY(
            QDir(m_scratch->path(u"project/migrations/2025-01-01-000000_create_a"_s)).removeRecursively());
        QVERIFY(becomes(u"missing applied pending"_s));
        auto* filter = child<QComboBox>("stateFilter");
        QCOMPARE(filter->itemText(0) + filter->itemText(1) + filter->itemText(2),
                 u"All (3)Pending (1)Problems (1)"_s);
        filter->setFocus();
        QTest::keyClick(filter, Qt::Key_Down);
        QCOMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(list()->selected()->state, apply::State::Pending);
        QTest::keyClick(filter, Qt::Key_Down);
        QCOMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(list()->selected()->state, apply::State::Missing);
        keepPicture(u"repair-filter"_s);
        QTest::keyClick(filter, Qt::Key_Home);
        QCOMPARE(table()->model()->rowCount(), 3);
    }

    void sortsNumbersAsTheToolDoes()
    {
        m_scratch = std::make_unique<test::ProjectScratch>(Engine::Sqlite);
        for (const QString& name : {u"9_nine"_s, u"10_ten"_s, u"100_hundred"_s})
            m_scratch->write(u"migrations/%1.sql"_s.arg(name), "SELECT 1;");
        show(project::detectAs(u"sql"_s, m_scratch->path(), {}).value().value());
        QStringList shown;
        for (int row = 0; row < 3; ++row)
            shown << table()->model()->index(row, 1).data().toString();
        QCOMPARE(shown, (QStringList{u"hundred"_s, u"ten"_s, u"nine"_s}));
    }

    void refusesASlashAndSelectsWhatItMade()
    {
        open(0);
        select(0);
        child<QComboBox>("stateFilter")->setCurrentIndex(2);
        auto* name = child<QLineEdit>("migrationName");
        QTest::mouseClick(child<QToolButton>("migrate.new"), Qt::LeftButton);
        QTest::keyClicks(name, u"add/phone"_s);
        QVERIFY(child<QLabel>("migrationNameProblem")->isVisible());
        QVERIFY(!child<QPushButton>("createMigration")->isEnabled());
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(name->isVisible());
        QCOMPARE(name->text(), u"add/phone"_s);
        keepPicture(u"repair-slash"_s);
        name->selectAll();
        QTest::keyClicks(name, u"add phone"_s);
        QVERIFY(!child<QLabel>("migrationNameProblem")->isVisible());
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(becomes(u"pending pending pending pending"_s));
        QVERIFY(QTest::qWaitFor(
            [this] { return list()->selected() && list()->selected()->migration.name == u"add_phone"; }));
    }

    void choosesAmongSeveralProjects()
    {
        m_scratch = std::make_unique<test::ProjectScratch>(Engine::Sqlite);
        const auto first = test::writeTool(*m_scratch, test::toolProjects().at(0), u"."_s);
        const auto second = test::writeTool(*m_scratch, test::toolProjects().at(2), u"."_s);
        show(first);
        QVERIFY(!child<QComboBox>("projectChooser")->isVisible());
        m_page->setProjects({first, second});
        auto* chooser = child<QComboBox>("projectChooser");
        QVERIFY(chooser->isVisible());
        QVERIFY(chooser->currentText().startsWith(u"Diesel"));
        QSignalSpy picked(m_page.get(), &migrate::MigratePage::projectPicked);
        chooser->setFocus();
        QTest::keyClick(chooser, Qt::Key_Down);
        QVERIFY(QTest::qWaitFor(
            [this] { return m_page->status() && m_page->status()->project.tool == u"drizzle"; }, 20000));
        QCOMPARE(picked.size(), 1);
        keepPicture(u"repair-chooser"_s);
    }
};

QTEST_MAIN(MigrateRepairTest)
#include "migrate_repair_test.moc"
