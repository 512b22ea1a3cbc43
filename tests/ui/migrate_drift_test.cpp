// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/executor.h"
#include "kit/ask_bar.h"
#include "migrate/drift_page.h"
#include "migrate/migrate_page.h"
#include "rehearsal/rehearsal_view.h"
#include "rehearse/stamps.h"
#include "support/migrating.h"
#include "support/rows_of.h"
#include "support/scratch_roles.h"
#include "support/window_scratch.h"
#include "theme/theme.h"
#include "unit/diesel_scratch.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The drift tab and its badges in real windows, by keys and mouse, on both engines.
class MigrateDriftTest final : public test::WindowTest
{
    Q_OBJECT

    std::optional<test::DieselScratch> m_project;

    void send(const QByteArray& sql) const
    {
        const auto done = m_project->connect()->executeScript(sql);
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error().oneLine()));
    }
    /// A project whose migration stands, with rows; then what was done by hand.
    void open(Engine engine, const QByteArray& byHand, drivers::Guard guard = drivers::Guard::Silent)
    {
        m_project.emplace(engine);
        m_project->migration(u"1_people"_s,
                             "CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL);",
                             "DROP TABLE people;");
        const auto live = m_project->connect();
        test::verify(apply::execute(*live, m_project->project(), apply::Action::Run, apply::Scope::all()));
        send("INSERT INTO people VALUES (1, 'Ada')");
        if (!byHand.isEmpty())
            send(byHand);
        store::SavedConnection connection{
            .target = m_project->target(), .projectFolder = m_project->path(), .lastUsed = {}};
        connection.target.create = false;
        connection.target.guard = guard;
        QVERIFY(m_scratch->opens(connection));
    }
    /// How many statements of this database's replays sleep.
    QString sleeping() const
    {
        return test::rowsOf(*m_project->connect(),
                            u"SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE "
                            "'SELECT pg_sleep(600)%'"_s)
            .constFirst();
    }
    migrate::DriftPage* page() const { return window()->findChild<migrate::DriftPage*>(); }
    template <class T>
    T* part(const char* name) const
    {
        return page()->findChild<T*>(QString::fromLatin1(name));
    }
    QToolButton* badge() const { return window()->findChild<QToolButton*>(u"driftBadge"_s); }
    bool openPage() const
    {
        workspace()->openDrift();
        return settles();
    }
    QStringList lines() const
    {
        QStringList texts;
        for (int row = 0; row < page()->model().rowCount(); ++row)
            texts << page()->model().index(row, 0).data().toString() + u": "_s
                         + page()->model().index(row, 1).data().toString();
        return texts;
    }
    void click(const char* name) const { QTest::mouseClick(part<QToolButton>(name), Qt::LeftButton); }
    void keepPicture(const QString& name) const
    {
        if (const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES"); !folder.isEmpty())
            window()->grab().save(u"%1/%2.png"_s.arg(folder, name));
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_scratch.emplace();
    }
    void cleanup()
    {
        m_scratch.reset();
        m_project.reset();
    }

    void theBadgeComesByItself_data() { test::engines(); }
    void theBadgeComesByItself()
    {
        QFETCH(const Engine, engine);
        open(engine, "CREATE TABLE notes (id integer); ALTER TABLE people ADD COLUMN nick text");
        QTRY_VERIFY_WITH_TIMEOUT(badge()->isVisible(), 30000);
        QCOMPARE(badge()->text(), u"≠ 2"_s);
        QVERIFY(badge()->accessibleName().contains(u"Drift"_s));
        workspace()->openMigrations();
        QVERIFY(settles());
        auto* button = window()->findChild<QToolButton*>(u"migrate.drift"_s);
        QTRY_COMPARE(button->text(), u"≠ Drift (2)"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(page());
        QVERIFY(settles());
        QCOMPARE(lines().size(), 2);
    }

    void noBadgeWhereNothingDrifted_data() { test::engines(); }
    void noBadgeWhereNothingDrifted()
    {
        QFETCH(const Engine, engine);
        open(engine, {});
        QVERIFY(openPage());
        QVERIFY(part<QLabel>("driftMessage")->text().contains(u"There is no drift"_s));
        QVERIFY(!badge()->isVisible());
        keepPicture(u"drift-none-%1"_s.arg(sql::engineName(engine)));
    }

    void theBadgeNoticesWhatIsDoneElsewhereInTheWindow()
    {
        open(Engine::Sqlite, {});
        QVERIFY(openPage());
        send("CREATE TABLE notes (id integer)");
        workspace()->reloadCatalog();
        QTRY_COMPARE(badge()->text(), u"≠ 1"_s);
        QCOMPARE(lines(), QStringList{u"+ extra: Table notes is only in the database."_s});
    }

    void stopsAtOnce_data() { test::engines(); }
    void stopsAtOnce()
    {
        QFETCH(const Engine, engine);
        open(engine, "CREATE TABLE notes (id integer)");
        QVERIFY(openPage());
        QCOMPARE(lines().size(), 1);
        // It is applied, says the ledger; replayed it takes for ever.
        m_project->migration(u"1_people"_s,
                             engine == Engine::Postgres
                                 ? "SELECT pg_sleep(600);"
                                 : "CREATE TABLE t AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + "
                                   "1 FROM c) SELECT count(*) FROM c;",
                             "SELECT 1;");
        QTest::keyClick(page(), Qt::Key_F5);
        QVERIFY(page()->isBusy());
        if (engine == Engine::Postgres)
            QTRY_COMPARE(sleeping(), u"1"_s);
        QTest::mouseClick(part<QToolButton>("drift.cancel"), Qt::LeftButton);
        QVERIFY(!page()->isBusy());  // whatever the server says
        QCOMPARE(lines().size(), 1);
        QVERIFY(page()->findChild<kit::AskBar*>()->isVisible());
        if (engine == Engine::Postgres)
            QTRY_COMPARE(sleeping(), u"0"_s);
    }

    void privilegesAreComparedWhereAskedFor()
    {
        const test::ScratchRoles roles;
        open(Engine::Postgres, roles.named(u"GRANT SELECT ON people TO $reader"_s).toUtf8());
        QVERIFY(openPage());
        QVERIFY(part<QLabel>("driftMessage")->text().contains(u"There is no drift"_s));
        auto* toggle = part<QToolButton>("drift.privileges");
        QVERIFY(toggle->isVisible());
        QVERIFY(!toggle->isChecked());
        click("drift.privileges");
        QVERIFY(settles());
        QVERIFY(toggle->isChecked());
        QCOMPARE(roles.plain(lines().join(u'\n')),
                 u"~ different: What may be done with people is different: grant SELECT to $reader."_s);
        QTRY_VERIFY(part<QPlainTextEdit>("driftUndo")->toPlainText().contains(u"REVOKE SELECT"_s));
        QVERIFY(part<QPlainTextEdit>("driftAdopt")->toPlainText().contains(u"GRANT SELECT"_s));
        keepPicture(u"drift-privileges"_s);
        // It is remembered of this database, and the badge counts the same.
        QTRY_COMPARE(badge()->text(), u"≠ 1"_s);
        click("drift.privileges");
        QVERIFY(settles());
        QVERIFY(!toggle->isChecked());
        QVERIFY(part<QLabel>("driftMessage")->text().contains(u"There is no drift"_s));
        m_scratch.reset();
        m_project.reset();  // before its roles
    }

    void sqliteHasNoPrivilegesToCompare()
    {
        open(Engine::Sqlite, {});
        QVERIFY(openPage());
        QVERIFY(!part<QToolButton>("drift.privileges")->isVisible());
    }

    void undoesAfterShowingTheSql_data() { test::engines(); }
    void undoesAfterShowingTheSql()
    {
        QFETCH(const Engine, engine);
        open(engine, "ALTER TABLE people ADD COLUMN nick text; CREATE TABLE notes (id integer);"
                     "UPDATE people SET nick = 'a'");
        QVERIFY(openPage());
        const QAbstractItemModelTester tester(part<migrate::DriftModel>(""));
        auto* table = part<QTableView>("driftTable");
        table->selectAll();
        QTRY_VERIFY(part<QPlainTextEdit>("driftUndo")->toPlainText().contains(u"DROP TABLE"_s));
        QVERIFY(part<QPlainTextEdit>("driftAdopt")->toPlainText().contains(u"ADD COLUMN"_s));
        click("drift.undo");
        QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("repairPanel")->isVisible(), 30000);
        QVERIFY(part<QPlainTextEdit>("repairSql")->toPlainText().contains(u"DROP COLUMN"_s));
        QVERIFY2(part<QLabel>("repairDetail")->text().contains(u"1"_s),
                 qPrintable(part<QLabel>("repairDetail")->text()));
        QVERIFY(part<QPushButton>("repairCancel")->hasFocus());
        keepPicture(u"drift-undo-%1"_s.arg(sql::engineName(engine)));
        // Nothing happened yet, and Escape leaves it so.
        QCOMPARE(test::rowsOf(*m_project->connect(), u"SELECT nick FROM people"_s), QStringList{u"a"_s});
        QTest::keyClick(part<QPushButton>("repairCancel"), Qt::Key_Escape);
        QVERIFY(!part<QWidget>("repairPanel")->isVisible());
        click("drift.undo");
        QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("repairPanel")->isVisible(), 30000);
        QTest::mouseClick(part<QPushButton>("repairAccept"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("driftMessage")->text().contains(u"There is no drift"_s),
                                 30000);
        QCOMPARE(test::rowsOf(*m_project->connect(), u"SELECT * FROM people"_s), QStringList{u"1|Ada"_s});
        QTRY_VERIFY(!badge()->isVisible());
    }

    void undoingIsRehearsedFirstWhereThatIsDemanded_data() { test::engines(); }
    void undoingIsRehearsedFirstWhereThatIsDemanded()
    {
        QFETCH(const Engine, engine);
        open(engine, "ALTER TABLE people ADD COLUMN nick text; UPDATE people SET nick = 'a'");
        QVERIFY(rehearse::demand(m_project->target(), true));
        QVERIFY(openPage());
        part<QTableView>("driftTable")->selectRow(0);
        QTRY_VERIFY(part<QToolButton>("drift.undo")->isEnabled());
        click("drift.undo");
        auto* ask = page()->findChild<kit::AskBar*>();
        QTRY_VERIFY_WITH_TIMEOUT(ask->isVisible(), 30000);
        QVERIFY(ask->title().contains(u"Only what was rehearsed"_s));
        QVERIFY(!part<QWidget>("repairPanel")->isVisible());
        QTest::mouseClick(ask->findChild<QPushButton*>(u"askAccept"_s), Qt::LeftButton);
        auto* view = page()->findChild<rehearsal::RehearsalView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view->isVisible() && !page()->isBusy(), 60000);
        QVERIFY2(view->text().contains(u"people"_s), qPrintable(view->text()));
        keepPicture(u"drift-rehearsed-%1"_s.arg(sql::engineName(engine)));
        // Nothing was done to the database itself.
        QCOMPARE(test::rowsOf(*m_project->connect(), u"SELECT nick FROM people"_s), QStringList{u"a"_s});
        click("drift.undo");
        QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("repairPanel")->isVisible(), 30000);
        QTest::mouseClick(part<QPushButton>("repairAccept"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("driftMessage")->text().contains(u"There is no drift"_s),
                                 30000);
    }

    void undoingCanBeRehearsedByItsKey()
    {
        open(Engine::Sqlite, "CREATE TABLE notes (id integer)");
        QVERIFY(openPage());
        part<QTableView>("driftTable")->selectRow(0);
        QTRY_VERIFY(part<QToolButton>("drift.rehearse")->isEnabled());
        QTest::keyClick(window(), Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        auto* view = page()->findChild<rehearsal::RehearsalView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view->isVisible() && !page()->isBusy(), 60000);
        QCOMPARE(lines().size(), 1);
        QVERIFY(!part<QWidget>("repairPanel")->isVisible());
    }

    void aNewMigrationHasThePrivilegesThatTheDriftTabCompares()
    {
        const test::ScratchRoles roles;
        open(Engine::Postgres, roles.named(u"GRANT SELECT ON people TO $reader"_s).toUtf8());
        const auto fill = [this] {
            workspace()->openMigrations();
            auto* migrations = window()->findChild<migrate::MigratePage*>();
            QTRY_VERIFY(migrations->status() && !migrations->isBusy());
            QTest::keyClick(window(), Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
            QTest::mouseClick(migrations->findChild<QPushButton*>(u"fillFromDatabase"_s), Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(!migrations->isBusy(), 60000);
        };
        const auto up = [this] {
            return window()
                ->findChild<migrate::MigratePage*>()
                ->findChild<QPlainTextEdit*>(u"newUp"_s)
                ->toPlainText();
        };
        fill();
        QCOMPARE(up(), QString());
        QVERIFY(openPage());
        click("drift.privileges");
        QVERIFY(settles());
        fill();
        QVERIFY2(up().contains(u"GRANT SELECT"_s), qPrintable(up()));
        m_scratch.reset();
        m_project.reset();  // before its roles
    }

    void adoptsAsAMigrationAndMarksIt_data() { test::engines(); }
    void adoptsAsAMigrationAndMarksIt()
    {
        QFETCH(const Engine, engine);
        open(engine, "ALTER TABLE people ADD COLUMN nick text");
        QVERIFY(openPage());
        part<QTableView>("driftTable")->selectRow(0);
        click("drift.adopt");
        QTRY_VERIFY_WITH_TIMEOUT(window()->findChild<migrate::MigratePage*>(), 30000);
        QVERIFY(settles());
        auto* migrations = window()->findChild<migrate::MigratePage*>();
        QTRY_VERIFY(migrations->status());
        QVERIFY(migrations->findChild<QPlainTextEdit*>(u"newUp"_s)->toPlainText().contains(u"ADD COLUMN"_s));
        QVERIFY(
            migrations->findChild<QPlainTextEdit*>(u"newDown"_s)->toPlainText().contains(u"DROP COLUMN"_s));
        migrations->findChild<QLineEdit*>(u"migrationName"_s)->setText(u"nick"_s);
        QTest::mouseClick(migrations->findChild<QPushButton*>(u"createMigration"_s), Qt::LeftButton);
        QTRY_VERIFY(migrations->status() && migrations->status()->pendingCount() == 1);
        auto* ask = migrations->findChild<kit::AskBar*>();
        QTRY_VERIFY(ask->title().contains(u"was created"_s));
        auto* mark = ask->findChild<QPushButton*>(u"askAccept"_s);
        QCOMPARE(mark->text(), u"Mark as applied…"_s);
        QTest::mouseClick(mark, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(migrations->findChild<QWidget*>(u"repairPanel"_s)->isVisible(), 30000);
        QTest::mouseClick(migrations->findChild<QPushButton*>(u"repairAccept"_s), Qt::LeftButton);
        QTRY_VERIFY(migrations->status()->pendingCount() == 0);
        QTRY_VERIFY_WITH_TIMEOUT(page()->model().rowCount() == 0 && !page()->isBusy(), 30000);
        QTRY_VERIFY(!badge()->isVisible());
    }

    void ignoresAndHeedsAgain()
    {
        open(Engine::Sqlite, "CREATE TABLE notes (id integer); CREATE TABLE more (id integer)");
        QVERIFY(openPage());
        QCOMPARE(lines().size(), 2);
        part<QTableView>("driftTable")->selectRow(0);
        const QString first = lines().first();
        click("drift.ignore");
        QCOMPARE(lines().size(), 1);
        QTRY_COMPARE(badge()->text(), u"≠ 1"_s);
        // It is remembered for this database and project.
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(page() && !page()->isBusy() && page()->model().rowCount() == 1);
        QTRY_COMPARE(badge()->text(), u"≠ 1"_s);
        part<QComboBox>("driftShown")->setCurrentIndex(1);
        QCOMPARE(lines(), QStringList{first});
        QVERIFY(!part<QToolButton>("drift.undo")->isEnabled());
        part<QTableView>("driftTable")->selectRow(0);
        click("drift.heed");
        QCOMPARE(lines().size(), 0);
        QTRY_COMPARE(badge()->text(), u"≠ 2"_s);
    }

    void aReadOnlyConnectionCanOnlyLook()
    {
        open(Engine::Sqlite, "CREATE TABLE notes (id integer)", drivers::Guard::ReadOnly);
        QVERIFY(openPage());
        QCOMPARE(lines().size(), 1);
        part<QTableView>("driftTable")->selectRow(0);
        QVERIFY(!part<QToolButton>("drift.undo")->isEnabled());
        QVERIFY(part<QToolButton>("drift.adopt")->isEnabled());
    }

    void saysWhatItCouldNotCompare()
    {
        open(Engine::Sqlite, {});
        m_project->migration(u"1_people"_s, "CREATE TABLE people (broken;");
        QVERIFY(openPage());
        QTRY_VERIFY(part<QLabel>("driftMessage")->text().contains(u"could not be compared"_s));
        QVERIFY(part<QPushButton>("driftAgain")->isVisible());
        QVERIFY(!badge()->isVisible());
    }

    void withoutAProjectItSaysSo()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, u"CREATE TABLE t (id integer);"_s))));
        QVERIFY(openPage());
        QVERIFY(part<QLabel>("driftMessage")->text().contains(u"No migrations were found"_s));
        QTest::mouseClick(part<QPushButton>("driftMigrations"), Qt::LeftButton);
        QVERIFY(qobject_cast<migrate::MigratePage*>(workspace()->currentPage()));
    }

    void keysDoWhatTheButtonsDo()
    {
        open(Engine::Sqlite, "CREATE TABLE notes (id integer)");
        QTest::keyClick(window(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(page());
        QVERIFY(settles());
        auto* table = part<QTableView>("driftTable");
        QTRY_COMPARE(lines().size(), 1);
        table->setFocus();  // the first difference is chosen by itself
        QTRY_VERIFY(part<QToolButton>("drift.undo")->isEnabled());
        QTest::keyClick(table, Qt::Key_Backspace, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("repairPanel")->isVisible(), 30000);
        QTest::keyClick(part<QPushButton>("repairCancel"), Qt::Key_Escape);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(lines().size(), 0);
    }

    void closingMeanwhileIsNoTrouble_data() { test::engines(); }
    void closingMeanwhileIsNoTrouble()
    {
        QFETCH(const Engine, engine);
        open(engine, "CREATE TABLE notes (id integer)");
        workspace()->openDrift();  // it compares now, and so does the look in the background
        QVERIFY(window()->close());
    }
};

QTEST_MAIN(MigrateDriftTest)
#include "migrate_drift_test.moc"
