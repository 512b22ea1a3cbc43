// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "apply/executor.h"
#include "diagram/diff_canvas.h"
#include "kit/ask_bar.h"
#include "migrate/compare_model.h"
#include "migrate/compare_page.h"
#include "migrate/migrate_page.h"
#include "rehearsal/rehearsal_view.h"
#include "support/migrating.h"
#include "support/private_server.h"
#include "support/rows_of.h"
#include "support/scratch_roles.h"
#include "support/window_scratch.h"
#include "theme/theme.h"
#include "unit/diesel_scratch.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using Kind = migrate::SchemaSource::Kind;

/// The tab that compares any two schemas in real windows, by keys and mouse, on both engines.
class MigrateCompareTest final : public test::WindowTest
{
    Q_OBJECT

    std::optional<test::DieselScratch> m_project;
    std::optional<test::ProjectScratch> m_other;

    static void send(const test::ProjectScratch& scratch, const QByteArray& sql)
    {
        const auto done = scratch.connect()->executeScript(sql);
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error().oneLine()));
    }
    /// A project with two migrations that stand, a row, and the tab.
    void open(Engine engine)
    {
        m_project.emplace(engine);
        m_project->migration(u"1_people"_s,
                             "CREATE TABLE people (id integer PRIMARY KEY, mail text NOT NULL);",
                             "DROP TABLE people;");
        m_project->migration(u"2_notes"_s, "CREATE TABLE notes (id integer PRIMARY KEY);",
                             "DROP TABLE notes;");
        const auto live = m_project->connect();
        test::verify(apply::execute(*live, m_project->project(), apply::Action::Run, apply::Scope::all()));
        send(*m_project, "INSERT INTO people VALUES (1, 'ada@example.org')");
        store::SavedConnection connection{
            .target = m_project->target(), .projectFolder = m_project->path(), .lastUsed = {}};
        connection.target.create = false;
        QVERIFY(m_scratch->opens(connection));
        QTest::keyClick(window(), Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(page());
    }
    QString schemaFile(const QByteArray& sql) const
    {
        m_project->write(u"schema.sql"_s, sql);
        return m_project->path(u"schema.sql"_s);
    }
    migrate::ComparePage* page() const { return window()->findChild<migrate::ComparePage*>(); }
    template <class T>
    T* part(const QString& name) const
    {
        return page()->findChild<T*>(name);
    }
    kit::AskBar* ask() const { return page()->findChild<kit::AskBar*>(); }
    QString message() const { return part<QLabel>(u"compareMessage"_s)->text(); }
    /// What is marked at that side.
    QString problem(const QString& side) const
    {
        const auto* mark = part<QLabel>(side + u"Problem"_s);
        return mark->isVisible() ? mark->text() : QString();
    }
    QString up() const { return part<QPlainTextEdit>(u"compareUp"_s)->toPlainText(); }
    QString down() const { return part<QPlainTextEdit>(u"compareDown"_s)->toPlainText(); }
    QToolButton* button(const QString& id) const { return part<QToolButton>(id); }
    void click(const QString& id) const { QTest::mouseClick(button(id), Qt::LeftButton); }
    bool isDone() const
    {
        return QTest::qWaitFor([this] { return !page()->isBusy(); }, 60000);
    }
    /// By the keys: the lists go through their entries with the arrows.
    void choose(const QString& side, Kind kind) const
    {
        auto* box = part<QComboBox>(side + u"Kind"_s);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < static_cast<int>(kind); ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentIndex(), static_cast<int>(kind));
    }
    void type(const QString& name, const QString& text) const
    {
        auto* edit = part<QLineEdit>(name);
        QVERIFY(edit->isVisible());
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    void chooseSql(const QString& side, const QString& path) const
    {
        choose(side, Kind::Sql);
        type(side + u"Path"_s, path);
    }
    void compareWith(const QByteArray& sql) const
    {
        chooseSql(u"compareTo"_s, schemaFile(sql));
        QTest::keyClick(part<QLineEdit>(u"compareToPath"_s), Qt::Key_Return);
        QVERIFY(isDone());
    }
    QStringList lines() const
    {
        QStringList texts;
        for (int row = 0; row < page()->model().rowCount(); ++row)
            texts << page()->model().index(row, 0).data().toString() + u": "_s
                         + page()->model().index(row, 1).data().toString();
        return texts;
    }
    void keepPicture(const QString& name) const
    {
        const QString folder = qEnvironmentVariable("DEWPOINT_PICTURES");
        if (folder.isEmpty())
            return;
        for (const auto& [scheme, word] :
             {std::pair(theme::Scheme::Light, u"light"_s), std::pair(theme::Scheme::Dark, u"dark"_s)}) {
            theme::apply(*qApp, scheme);
            for (const QSize size : {QSize(1440, 900), QSize(960, 640)}) {
                window()->resize(size);
                QTest::qWait(300);
                window()->grab().save(u"%1/compare-%2-%3-%4.png"_s.arg(folder, name, word).arg(size.width()));
            }
        }
        theme::apply(*qApp, theme::Scheme::Light);
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
        m_other.reset();
    }

    void beginsWithTheDatabaseAndItsMigrations_data() { test::engines(); }
    void beginsWithTheDatabaseAndItsMigrations()
    {
        QFETCH(const Engine, engine);
        open(engine);
        QVERIFY(message().contains(u"Choose two schemas"_s));
        QCOMPARE(part<QComboBox>(u"compareFromKind"_s)->currentText(), u"This database"_s);
        QCOMPARE(part<QComboBox>(u"compareToKind"_s)->currentText(), u"The project's migrations"_s);
        keepPicture(u"empty"_s);
        QTest::mouseClick(part<QPushButton>(u"compareAgain"_s), Qt::LeftButton);
        QVERIFY(isDone());
        // The ledger is no difference.
        QVERIFY2(message().contains(u"The schemas agree"_s), qPrintable(message()));
        QVERIFY(!button(u"compare.save"_s)->isVisible());
        keepPicture(u"equal"_s);
    }

    void findsTheWayToASqlFile_data() { test::engines(); }
    void findsTheWayToASqlFile()
    {
        QFETCH(const Engine, engine);
        open(engine);
        const QAbstractItemModelTester tester(part<migrate::CompareModel>({}));
        compareWith("CREATE TABLE people (id integer PRIMARY KEY, mail text NOT NULL, nick text);"
                    "CREATE TABLE teams (code text PRIMARY KEY, title text, size numeric);");
        QCOMPARE(lines().size(), 3);
        QVERIFY2(lines().join(u'\n').contains(u"+ added: "_s), qPrintable(lines().join(u'\n')));
        QVERIFY(lines().join(u'\n').contains(u"− removed: "_s));
        QVERIFY(up().contains(u"CREATE TABLE"_s) && up().contains(u"DROP TABLE"_s));
        QVERIFY(down().contains(u"CREATE TABLE"_s));
        QVERIFY(part<QLabel>(u"compareNotes"_s)->text().contains(u"proven there and back"_s));
        QVERIFY(part<QLabel>(u"compareRisks"_s)->text().contains(u"✕"_s));
        QVERIFY(part<QTableView>(u"compareTable"_s)->hasFocus());
        // Up is shown, so Up is copied; it runs as it is.
        click(u"compare.copy"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), page()->comparison()->up);
        send(*m_project, QGuiApplication::clipboard()->text().toUtf8());
        auto* tabs = part<QTabWidget>(u"compareTabs"_s);
        tabs->setCurrentIndex(1);
        QTest::keyClick(window(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), page()->comparison()->down);
        tabs->setCurrentIndex(2);
        auto* picture = part<diagram::DiffCanvas>(u"comparePicture"_s);
        QTRY_VERIFY(picture->text().contains(u"teams"_s));
        keepPicture(u"picture"_s);
        QTest::keyClick(window(), Qt::Key_F5);
        QVERIFY(isDone());
        QVERIFY2(message().contains(u"The schemas agree"_s), qPrintable(message()));
    }

    void asksWhatWasRenamed_data() { test::engines(); }
    void asksWhatWasRenamed()
    {
        QFETCH(const Engine, engine);
        open(engine);
        compareWith("CREATE TABLE people (id integer PRIMARY KEY, email text NOT NULL);"
                    "CREATE TABLE notes (id integer PRIMARY KEY);");
        QVERIFY(ask()->title().contains(u"renamed"_s));
        QVERIFY(up().startsWith(u"-- There is no way yet"_s));
        QVERIFY(!button(u"compare.save"_s)->isEnabled());
        keepPicture(u"question"_s);
        // What was dismissed can be asked again.
        QTest::keyClick(ask(), Qt::Key_Escape);
        QVERIFY(!ask()->isVisible());
        click(u"compare.answer"_s);
        auto* answer = ask()->findChild<QPushButton*>(u"askAccept"_s);
        QTest::mouseClick(answer, Qt::LeftButton);
        auto* menu = ask()->findChild<QMenu*>(u"renameMenu"_s);
        QVERIFY(menu && menu->actions().first()->text().contains(u"people.mail=people.email"_s));
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_VERIFY(page()->isBusy() || page()->comparison()->isPlanned());
        QVERIFY(isDone());
        QCOMPARE(lines().size(), 1);
        QVERIFY(lines().first().startsWith(u"→ renamed: "_s));
        QVERIFY2(up().contains(u"RENAME COLUMN"_s) && !up().contains(u"DROP"_s), qPrintable(up()));
        QVERIFY(!button(u"compare.answer"_s)->isVisible());
    }

    void swapsTheTwo_data() { test::engines(); }
    void swapsTheTwo()
    {
        QFETCH(const Engine, engine);
        open(engine);
        compareWith("CREATE TABLE people (id integer PRIMARY KEY, mail text NOT NULL);"
                    "CREATE TABLE notes (id integer PRIMARY KEY, text text);");
        const QString there = up();
        const QString back = down();
        QVERIFY(there.contains(u"ADD COLUMN"_s));
        QTest::keyClick(window(), Qt::Key_X, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(isDone());
        QCOMPARE(part<QComboBox>(u"compareFromKind"_s)->currentIndex(), static_cast<int>(Kind::Sql));
        QCOMPARE(part<QComboBox>(u"compareToKind"_s)->currentIndex(), static_cast<int>(Kind::ThisDatabase));
        QVERIFY(up().contains(u"DROP COLUMN"_s));
        // A file has no rows, and is no place where migrations go on.
        QVERIFY(!button(u"compare.rehearse"_s)->isEnabled());
        QVERIFY(button(u"compare.rehearse"_s)->toolTip().contains(u"Only a database"_s));
        QVERIFY(!button(u"compare.save"_s)->isEnabled());
        QVERIFY(button(u"compare.save"_s)->toolTip().contains(u"as the first"_s));
        click(u"compare.swap"_s);
        QVERIFY(isDone());
        QCOMPARE(up(), there);
        QCOMPARE(down(), back);
    }

    void comparesAndRehearsesOnAnotherDatabase_data() { test::engines(); }
    void comparesAndRehearsesOnAnotherDatabase()
    {
        QFETCH(const Engine, engine);
        m_other.emplace(engine);
        send(*m_other, "CREATE TABLE people (id integer PRIMARY KEY, mail text NOT NULL, age integer);"
                       "INSERT INTO people VALUES (7, 'b', 30), (8, 'c', 31)");
        open(engine);
        choose(u"compareFrom"_s, Kind::OtherDatabase);
        type(u"compareFromAddressText"_s, m_other->url());
        choose(u"compareTo"_s, Kind::ThisDatabase);
        QTest::keyClick(window(), Qt::Key_F5);
        QVERIFY(isDone());
        QCOMPARE(lines().size(), 2);  // age goes, notes comes; the ledger is nobody's
        QVERIFY(part<QLabel>(u"compareRisks"_s)->text().contains(u"2"_s));
        QVERIFY(button(u"compare.rehearse"_s)->isEnabled());
        click(u"compare.rehearse"_s);
        QVERIFY(isDone());
        auto* view = page()->findChild<rehearsal::RehearsalView*>();
        QTRY_VERIFY(view->isVisible());
        QVERIFY2(view->text().contains(u"people"_s), qPrintable(view->text()));
        QCOMPARE(test::rowsOf(*m_other->connect(), u"SELECT age FROM people ORDER BY id"_s),
                 (QStringList{u"30"_s, u"31"_s}));
        keepPicture(u"rehearsed"_s);
    }

    void comparesWithTheStateAfterAMigration_data() { test::engines(); }
    void comparesWithTheStateAfterAMigration()
    {
        QFETCH(const Engine, engine);
        open(engine);
        auto* versions = part<QComboBox>(u"compareToVersion"_s);
        QTRY_COMPARE(versions->count(), 3);
        versions->setFocus();
        QTest::keyClick(versions, Qt::Key_Down);
        QVERIFY(versions->currentText().contains(u"1_people"_s));
        QTest::keyClick(window(), Qt::Key_F5);
        QVERIFY(isDone());
        QCOMPARE(lines().size(), 1);
        QVERIFY2(lines().first().contains(u"− removed"_s) && lines().first().contains(u"notes"_s),
                 qPrintable(lines().first()));
        choose(u"compareFrom"_s, Kind::Empty);
        QTest::keyClick(window(), Qt::Key_F5);
        QVERIFY(isDone());
        QCOMPARE(lines().size(), 1);
        QVERIFY(up().contains(u"CREATE TABLE"_s) && up().contains(u"people"_s));
    }

    void becomesAMigration_data() { test::engines(); }
    void becomesAMigration()
    {
        QFETCH(const Engine, engine);
        open(engine);
        compareWith("CREATE TABLE people (id integer PRIMARY KEY, mail text NOT NULL);"
                    "CREATE TABLE notes (id integer PRIMARY KEY, text text);");
        QTest::keyClick(window(), Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(window()->findChild<migrate::MigratePage*>());
        QVERIFY(settles());
        auto* migrations = window()->findChild<migrate::MigratePage*>();
        QTRY_VERIFY(migrations->status());
        QVERIFY(migrations->findChild<QPlainTextEdit*>(u"newUp"_s)->toPlainText().contains(u"ADD COLUMN"_s));
        QVERIFY(
            migrations->findChild<QPlainTextEdit*>(u"newDown"_s)->toPlainText().contains(u"DROP COLUMN"_s));
        QCOMPARE(migrations->findChild<QLineEdit*>(u"migrationName"_s)->text(), u"match_schema_sql"_s);
        QTest::mouseClick(migrations->findChild<QPushButton*>(u"createMigration"_s), Qt::LeftButton);
        QTRY_VERIFY(migrations->status() && migrations->status()->pendingCount() == 1);
    }

    void whatTheDatabaseHasAlreadyIsMarkedAsApplied_data() { test::engines(); }
    void whatTheDatabaseHasAlreadyIsMarkedAsApplied()
    {
        QFETCH(const Engine, engine);
        open(engine);
        send(*m_project, "ALTER TABLE people ADD COLUMN nick text");
        click(u"compare.swap"_s);  // from the migrations to this database
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QCOMPARE(lines().size(), 1);
        click(u"compare.save"_s);
        QTRY_VERIFY(window()->findChild<migrate::MigratePage*>());
        QVERIFY(settles());
        auto* migrations = window()->findChild<migrate::MigratePage*>();
        QTRY_VERIFY(migrations->status());
        QVERIFY(migrations->findChild<kit::AskBar*>()->detail().contains(u"in this database already"_s));
        QVERIFY(migrations->findChild<QPlainTextEdit*>(u"newUp"_s)->toPlainText().contains(u"ADD COLUMN"_s));
    }

    void comparesWithASnapshotOfDrizzle_data() { test::engines(); }
    void comparesWithASnapshotOfDrizzle()
    {
        QFETCH(const Engine, engine);
        open(engine);
        const QByteArray head = engine == Engine::Postgres ? R"("version":"7","dialect":"postgresql")"
                                                           : R"("version":"6","dialect":"sqlite")";
        m_project->write(u"snapshot.json"_s,
                         R"({"id":"a","prevId":"b",)" + head
                             + R"(,"tables":{"t":{"name":"t","columns":{"a":{"name":"a","type":"text"}}}}})");
        choose(u"compareTo"_s, Kind::Sql);
        type(u"compareToPath"_s, m_project->path(u"snapshot.json"_s));
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QVERIFY2(up().contains(u"CREATE TABLE"_s), qPrintable(message()));
        QCOMPARE(lines().size(), 3);  // one table comes, two go
        keepPicture(u"snapshot"_s);
        m_project->write(u"snapshot.json"_s, "{}");
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QVERIFY2(message().contains(u"is no snapshot of drizzle-kit"_s), qPrintable(message()));
    }

    void anotherSourceForgetsTheAnswer()
    {
        open(Engine::Sqlite);
        compareWith("CREATE TABLE other (id integer)");
        QVERIFY(lines().size() > 1);
        choose(u"compareTo"_s, Kind::Empty);
        QVERIFY(message().contains(u"Choose two schemas"_s));
        QVERIFY(!button(u"compare.copy"_s)->isVisible());
    }

    void saysWhatIsWrong_data() { test::engines(); }
    void saysWhatIsWrong()
    {
        QFETCH(const Engine, engine);
        open(engine);
        chooseSql(u"compareTo"_s, {});
        click(u"compare.run"_s);
        QVERIFY(message().contains(u"No file was named"_s));
        QVERIFY(problem(u"compareTo"_s).contains(u"Choose a SQL file"_s));
        QVERIFY(problem(u"compareFrom"_s).isEmpty());
        type(u"compareToPath"_s, u"/nowhere/at/all.sql"_s);
        click(u"compare.run"_s);
        QVERIFY(message().contains(u"There is no /nowhere/at/all.sql"_s));
        QVERIFY(problem(u"compareTo"_s).contains(u"There is no /nowhere/at/all.sql"_s));
        compareWith("CREATE TABLE broken (;");
        QVERIFY2(message().contains(u"could not be compared"_s) && message().contains(u"schema.sql"_s),
                 qPrintable(message()));
        QVERIFY2(problem(u"compareTo"_s).contains(u"Put the file right"_s),
                 qPrintable(problem(u"compareTo"_s)));
        QVERIFY(problem(u"compareFrom"_s).isEmpty());
        keepPicture(u"failure"_s);
        click(u"compare.swap"_s);
        QVERIFY(isDone());
        QVERIFY(problem(u"compareTo"_s).isEmpty());
        QVERIFY(problem(u"compareFrom"_s).contains(u"Put the file right"_s));
        type(u"compareFromPath"_s, m_project->path(u"broken.json"_s));
        QVERIFY2(problem(u"compareFrom"_s).isEmpty(), "it is about another one now");
        m_project->write(u"broken.json"_s, "{");
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QVERIFY2(problem(u"compareFrom"_s).contains(u"broken.json"_s), qPrintable(problem(u"compareFrom"_s)));
        click(u"compare.swap"_s);
        QVERIFY(isDone());
        choose(u"compareTo"_s, Kind::OtherDatabase);
        click(u"compare.run"_s);
        QVERIFY(message().contains(u"No database was named"_s));
        QVERIFY(problem(u"compareTo"_s).contains(u"No database was named"_s));
        type(u"compareToAddressText"_s, u"postgres://127.0.0.1:1/nobody"_s);
        click(u"compare.run"_s);
        QVERIFY(isDone());
        if (engine == Engine::Postgres)
            QVERIFY2(problem(u"compareTo"_s).contains(u"Check that it is running"_s),
                     qPrintable(problem(u"compareTo"_s)));
        m_other.emplace(engine == Engine::Sqlite ? Engine::Postgres : Engine::Sqlite);
        send(*m_other, "CREATE TABLE t (id integer)");
        type(u"compareToAddressText"_s, m_other->url());
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QVERIFY2(message().contains(u"No SQL leads from one to the other"_s), qPrintable(message()));
        QVERIFY2(problem(u"compareTo"_s).isEmpty(), "each of them can be read");
    }

    void asksForThePasswordOfAnotherDatabase()
    {
        const QString secret = u"geheim7"_s;
        const test::PrivateServer server(test::PrivateServer::Kind::Secure);
        const auto admin = drivers::Connection::open(server.target());
        QVERIFY(admin);
        QVERIFY((*admin)->execute(u"CREATE ROLE ada LOGIN PASSWORD '%1'"_s.arg(secret)));
        QVERIFY((*admin)->execute(u"CREATE DATABASE shop OWNER ada"_s));
        open(Engine::Postgres);
        choose(u"compareTo"_s, Kind::OtherDatabase);
        type(u"compareToAddressText"_s,
             u"host=127.0.0.1 port=%1 dbname=shop user=ada sslmode=require"_s.arg(server.port()));
        auto* password = part<QLineEdit>(u"compareToPassword"_s);
        QVERIFY(!password->isVisible());
        QTest::keyClick(window(), Qt::Key_F5);
        QVERIFY(isDone());
        QVERIFY2(message().contains(u"could not be compared"_s), qPrintable(message()));
        QVERIFY(password->isVisible() && password->hasFocus());
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QTest::keyClicks(password, secret);
        QTest::keyClick(password, Qt::Key_Return);
        QVERIFY(isDone());
        QVERIFY2(lines().size() == 2, qPrintable(message()));
        // Neither this one nor one in an address is remembered.
        const auto kept = [](const QJsonObject& state) {
            return QString::fromUtf8(QJsonDocument(state).toJson());
        };
        QVERIFY(kept(page()->saveState()).contains(u"127.0.0.1"_s));
        QVERIFY(!kept(page()->saveState()).contains(secret));
        QVERIFY(!kept(toJson(migrate::SchemaSource{.kind = Kind::OtherDatabase,
                                                   .text = u"postgres://ada:%1@localhost/shop"_s.arg(secret),
                                                   .password = {}}))
                     .contains(secret));
    }

    void canBeStopped_data() { test::engines(); }
    void canBeStopped()
    {
        QFETCH(const Engine, engine);
        open(engine);
        chooseSql(u"compareTo"_s,
                  schemaFile(engine == Engine::Postgres
                                 ? "SELECT pg_sleep(600);"
                                 : "CREATE TABLE t AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x "
                                   "+ 1 FROM c) SELECT count(*) FROM c;"));
        click(u"compare.run"_s);
        QVERIFY(page()->isBusy());
        QTRY_VERIFY(part<QLabel>(u"compareProgressText"_s)->text().contains(u"second"_s));
        keepPicture(u"busy"_s);
        QTest::keyClick(window(), Qt::Key_Period, Qt::ControlModifier);
        QVERIFY(!page()->isBusy());  // whatever the server says
        QVERIFY2(message().contains(u"was stopped"_s), qPrintable(message()));
        if (engine == Engine::Postgres)
            QTRY_COMPARE(test::rowsOf(*m_project->connect(),
                                      u"SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND "
                                      "query = 'SELECT pg_sleep(600);'"_s),
                         QStringList{u"0"_s});
        // And again, with the window closed meanwhile.
        click(u"compare.run"_s);
        QVERIFY(page()->isBusy());
        QVERIFY(window()->close());
    }

    void comesBackWithBothSources_data() { test::engines(); }
    void comesBackWithBothSources()
    {
        QFETCH(const Engine, engine);
        open(engine);
        m_other.emplace(engine);
        send(*m_other, "CREATE TABLE t (id integer)");
        choose(u"compareFrom"_s, Kind::OtherDatabase);
        type(u"compareFromAddressText"_s, m_other->url());
        auto* versions = part<QComboBox>(u"compareToVersion"_s);
        QTRY_COMPARE(versions->count(), 3);
        versions->setFocus();
        QTest::keyClick(versions, Qt::Key_Down);
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(page());
        QCOMPARE(part<QComboBox>(u"compareFromKind"_s)->currentIndex(),
                 static_cast<int>(Kind::OtherDatabase));
        QVERIFY(part<QLineEdit>(u"compareFromAddressText"_s)
                    ->text()
                    .contains(engine == Engine::Sqlite ? m_other->url() : u"postgres"_s));
        QTRY_VERIFY(part<QComboBox>(u"compareToVersion"_s)->currentText().contains(u"1_people"_s));
        // Nothing was asked of a database by itself.
        QVERIFY(message().contains(u"Choose two schemas"_s));
        QTest::keyClick(window(), Qt::Key_F5);
        QVERIFY(isDone());
        QCOMPARE(lines().size(), 2);
    }

    void comparesPrivilegesWhereAskedFor()
    {
        const test::ScratchRoles roles;
        open(Engine::Postgres);
        send(*m_project, roles.named(u"GRANT SELECT ON people TO $reader"_s).toUtf8());
        auto* toggle = button(u"compare.privileges"_s);
        QVERIFY(toggle->isVisible() && !toggle->isChecked());
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QVERIFY(message().contains(u"The schemas agree"_s));
        click(u"compare.privileges"_s);  // and compares anew
        QVERIFY(isDone());
        QVERIFY(toggle->isChecked());
        QCOMPARE(lines().size(), 1);
        QVERIFY(up().contains(u"REVOKE SELECT"_s));
        QVERIFY(down().contains(u"GRANT SELECT"_s));
        m_scratch.reset();
        m_project.reset();  // before its roles
    }

    void sqliteHasNoPrivilegesToCompare()
    {
        open(Engine::Sqlite);
        QVERIFY(!button(u"compare.privileges"_s)->isVisible());
    }

    void isSentToSomebodyAsOneFile_data() { test::engines(); }
    void isSentToSomebodyAsOneFile()
    {
        QFETCH(const Engine, engine);
        open(engine);
        QByteArray many;
        for (int i = 0; i < 40; ++i)
            many += "CREATE TABLE table_" + QByteArray::number(i)
                    + " (id integer PRIMARY KEY, name text NOT NULL, price numeric);\n";
        compareWith("CREATE TABLE people (id integer PRIMARY KEY, mail text);\n" + many);
        QVERIFY(lines().size() > 40);
        keepPicture(u"many"_s);
        const QString path = m_scratch->path(u"review.html"_s);
        page()->saveReview(path);
        QTRY_COMPARE(ask()->title(), u"The review was saved."_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString html = QString::fromUtf8(file.readAll());
        QVERIFY(html.contains(u"table_39"_s) && html.contains(u"<svg"_s) && html.contains(u"schema.sql"_s));
    }

    void withoutAProjectTheRestWorks()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, u"CREATE TABLE t (id integer);"_s))));
        workspace()->openCompare();
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QVERIFY2(message().contains(u"no migrations project"_s), qPrintable(message()));
        choose(u"compareTo"_s, Kind::Empty);
        click(u"compare.run"_s);
        QVERIFY(isDone());
        QCOMPARE(lines().size(), 1);
        QVERIFY(!button(u"compare.save"_s)->isEnabled());
        QVERIFY(button(u"compare.save"_s)->toolTip().contains(u"No migrations project"_s));
        QVERIFY(button(u"compare.rehearse"_s)->isEnabled());
    }
};

QTEST_MAIN(MigrateCompareTest)
#include "migrate_compare_test.moc"
