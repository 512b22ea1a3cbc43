// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/ask_bar.h"
#include "migrate/creations.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/schema_cards.h"
#include "migrate/script_view.h"
#include "migrate/texts.h"
#include "support/pg.h"
#include "theme/theme.h"

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
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

class MigratePageTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<migrate::MigratePage> m_page;

    template <class T>
    T* child(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    kit::AskBar* ask() const { return m_page->findChild<kit::AskBar*>(); }

    void write(const QString& path, const QByteArray& text) const
    {
        const QString full = m_dir->filePath(path);
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void migration(const QString& folder, const QByteArray& up, const QByteArray& down) const
    {
        write(u"migrations/%1/up.sql"_s.arg(folder), up);
        write(u"migrations/%1/down.sql"_s.arg(folder), down);
    }
    bool settles() const
    {
        return QTest::qWaitFor([this] { return !m_page->isBusy() && m_page->status(); }, 20000);
    }
    bool pendingBecomes(int count) const
    {
        return QTest::qWaitFor(
            [&] {
                return !m_page->isBusy() && m_page->status() && m_page->status()->pendingCount() == count;
            },
            20000);
    }
    void open()
    {
        open({.engine = Engine::Sqlite, .location = m_dir->filePath(u"shop.db"_s), .create = true});
    }
    void open(const drivers::Target& target)
    {
        m_session = std::make_unique<runtime::Session>(target);
        const auto project = project::detect(m_dir->path(), {});
        QVERIFY(project && *project);
        m_page = std::make_unique<migrate::MigratePage>(*m_session, *project);
        m_page->resize(1200, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QVERIFY(settles());
    }
    void click(const char* name)
    {
        QTest::mouseClick(child<QToolButton>(name), Qt::LeftButton);
        QVERIFY(settles());
    }
    void accept()
    {
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        QVERIFY(settles());
    }
    bool hasPicture(const QString& part) const
    {
        return QTest::qWaitFor(
            [&] {
                for (const QWidget* widget : m_page->findChildren<QWidget*>())
                    if (widget->accessibleDescription().contains(part))
                        return true;
                return false;
            },
            20000);
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
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_dir = std::make_unique<QTemporaryDir>();
        write(u"diesel.toml"_s, "[migrations_directory]\ndir = \"migrations\"\n");
        migration(u"2025-01-01-000000_create_users"_s,
                  "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT);\n"
                  "INSERT INTO users (name, phone) VALUES ('Ada', '1'), ('Grace', '2'), ('Lin', NULL);\n",
                  "DROP TABLE users;\n");
        migration(u"2025-02-01-000000_add_orders"_s,
                  "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users "
                  "(id), total NUMERIC);\n"
                  "CREATE INDEX orders_user ON orders (user_id);\n",
                  "DROP TABLE orders;\n");
        migration(u"2025-03-01-000000_drop_phone"_s, "ALTER TABLE users DROP COLUMN phone;\n",
                  "ALTER TABLE users ADD COLUMN phone TEXT;\n");
    }
    void cleanup()
    {
        m_page.reset();
        m_session.reset();
    }

    void aQuestionIsTakenBackWhenTheMigrationsChange()
    {
        open();
        click("migrate.runAll");
        QVERIFY(pendingBecomes(0));
        click("migrate.revert");
        QVERIFY(ask()->isAsking());
        migration(u"2025-03-01-000000_drop_phone"_s, "ALTER TABLE users DROP COLUMN phone;\n",
                  "ALTER TABLE users ADD COLUMN telephone TEXT;\n");
        QTRY_VERIFY(!ask()->isAsking());
        QVERIFY2(ask()->title().contains(u"changed"_s), qPrintable(ask()->title()));
        QCOMPARE(m_page->status()->pendingCount(), 0);
    }

    void keysThatEditTextRunAndRevertNothing()
    {
        open();
        click("migrate.run");
        QVERIFY(pendingBecomes(2));
        const QString told = ask()->title();
        click("migrate.new");
        auto* name = child<QLineEdit>("migrationName");
        QTest::keyClicks(name, u"one two"_s);
        QTest::keyClick(name, Qt::Key_Backspace, Qt::ControlModifier);
        QCOMPARE(name->text(), u"one "_s);
        auto* up = child<QPlainTextEdit>("newUp");
        QTest::keyClicks(up, u"SELECT 1"_s);
        QTest::keyClick(up, Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(up, Qt::Key_Backspace, Qt::ControlModifier);
        QVERIFY(settles());
        QCOMPARE(up->toPlainText(), u"SELECT "_s);
        QCOMPARE(ask()->title(), told);
        QCOMPARE(m_page->status()->pendingCount(), 2);
    }

    void whatIsSaidOfANewMigrationGoesWithIt()
    {
        open();
        m_page->creations().begin("SELECT 1", "SELECT 2");
        QVERIFY(ask()->isVisible());
        QCOMPARE(ask()->title(), u"Give the migration a name and create it."_s);
        auto* name = child<QLineEdit>("migrationName");
        name->setFocus();
        QTest::keyClick(name, Qt::Key_Escape);
        QVERIFY(!name->isVisible());
        QVERIFY(!ask()->isVisible());
        // What was typed is still there, and what is said of something else stays.
        click("migrate.new");
        QVERIFY(!child<QPlainTextEdit>("newUp")->toPlainText().isEmpty());
        ask()->tell(kit::AskBar::Tone::Info, u"Something else."_s);
        QTest::keyClick(name, Qt::Key_Escape);
        QVERIFY(ask()->isVisible());
    }

    void aFileThatChangesWhileThePageIsBusyIsReadAfterwards()
    {
        open();
        m_page->propose(apply::Action::Run, apply::Scope::one());
        QVERIFY(m_page->isBusy());
        migration(u"2025-09-01-000000_later"_s, "SELECT 1;\n", "SELECT 1;\n");
        QVERIFY(pendingBecomes(3));
    }

    void anEmptyDownScriptIsSaidToUndoNothing()
    {
        migration(u"2025-04-01-000000_add_nick"_s, "ALTER TABLE users ADD COLUMN nick TEXT;\n",
                  "-- This file should undo anything in `up.sql`\n");
        open();
        click("migrate.runAll");
        QVERIFY(pendingBecomes(0));
        click("migrate.revert");
        QVERIFY(ask()->isAsking());
        QVERIFY2(ask()->detail().contains(u"what it did stays"_s), qPrintable(ask()->detail()));
        QVERIFY2(!ask()->detail().contains(u"No data is lost"_s), qPrintable(ask()->detail()));
    }

    void aHarmlessMigrationIsAskedAboutWhereWritesAre()
    {
        open({.engine = Engine::Sqlite,
              .location = m_dir->filePath(u"shop.db"_s),
              .guard = drivers::Guard::ConfirmWrites,
              .create = true});
        click("migrate.run");
        QVERIFY(ask()->isAsking());
        QCOMPARE(m_page->status()->appliedCount(), 0);
        accept();
        QVERIFY(pendingBecomes(2));
    }

    void theCopyBringsTheDataBack()
    {
        open();
        m_page->propose(apply::Action::Run, apply::Scope::first(2));
        QVERIFY(pendingBecomes(1));
        m_page->propose(apply::Action::Run, apply::Scope::all());
        QVERIFY(settles());
        accept();
        QVERIFY(pendingBecomes(0));
        accept();  // Restore the copy…
        QVERIFY2(ask()->title().contains(u"how it was before?"_s), qPrintable(ask()->title()));
        accept();
        QVERIFY(pendingBecomes(1));
        const auto db = drivers::Connection::open(m_session->target());
        QCOMPARE(displayText((*db)->scalar(u"SELECT phone FROM users WHERE name = 'Ada'"_s).value()), u"1"_s);
        // And the restoring itself can be taken back.
        accept();
        accept();
        QVERIFY(pendingBecomes(0));
    }

    void aRevertSaysWhatComesBackEmpty()
    {
        open();
        m_page->propose(apply::Action::Run, apply::Scope::all());
        QVERIFY(pendingBecomes(0));
        m_page->propose(apply::Action::Revert, apply::Scope::one());
        QVERIFY(settles());
        QVERIFY2(ask()->detail().contains(u"empty"_s) && ask()->detail().contains(u"users.phone"_s),
                 qPrintable(ask()->detail()));
    }

    void listsPendingOnesAndCountsThem()
    {
        open();
        QCOMPARE(child<QTableView>("migrationTable")->model()->rowCount(), 3);
        QCOMPARE(m_page->status()->pendingCount(), 3);
        QCOMPARE(child<QToolButton>("migrate.runAll")->text(), u"Run all (3)"_s);
        QVERIFY(hasPicture(u"+ table users"_s));
    }
    void runsTheNextOneWithoutAskingWhenNothingIsLost()
    {
        open();
        QSignalSpy schema(m_page.get(), &migrate::MigratePage::schemaMayHaveChanged);
        click("migrate.run");
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 2; },
                                20000));
        QVERIFY(!schema.isEmpty());
        QVERIFY(!ask()->isAsking());
    }
    void saysWhatIsLostBeforeItRuns()
    {
        open();
        click("migrate.run");
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 2; },
                                20000));
        click("migrate.runAll");
        QVERIFY(ask()->isAsking());
        QVERIFY2(ask()->detail().contains(u"users.phone: drops data: 2 non-null values"),
                 qPrintable(ask()->detail()));
        keepPicture(u"migrate-ask"_s);
        accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 0; },
                                20000));
        QVERIFY(hasPicture(u"− phone"_s));
        keepPicture(u"migrate-done"_s);
    }
    void revertsAfterSayingSo()
    {
        open();
        click("migrate.runAll");
        if (ask()->isAsking())
            accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 0; },
                                20000));
        click("migrate.revert");
        QVERIFY(ask()->isAsking());
        QVERIFY(ask()->detail().contains(u"drop_phone"));
        QTest::keyClick(child<QPushButton>("askCancel"), Qt::Key_Escape);
        QCOMPARE(m_page->status()->pendingCount(), 0);
        click("migrate.revert");
        accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 1; },
                                20000));
        click("migrate.redo");
        QVERIFY(ask()->isAsking());
        accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 1; },
                                20000));
    }
    void marksTheLineThatFailed()
    {
        migration(u"2025-01-15-000000_broken"_s,
                  "CREATE TABLE ok (id INTEGER);\n\nCREATE TABLE users (id INTEGER);\n", "DROP TABLE ok;\n");
        open();
        click("migrate.runAll");
        if (ask()->isAsking())
            accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->appliedCount() == 1; },
                                20000));
        QVERIFY2(ask()->title().contains(u"already exists"), qPrintable(ask()->title()));
        QVERIFY(QTest::qWaitFor(
            [&] { return m_page->status() && child<migrate::ScriptView>("upScript")->markedLine() == 3; },
            20000));
        QCOMPARE(child<QTabWidget>("previewTabs")->currentWidget()->objectName(), u"upScript"_s);
        keepPicture(u"migrate-failed"_s);
    }
    void noticesANewFolder()
    {
        open();
        migration(u"2025-04-01-000000_more"_s, "CREATE TABLE more (id INTEGER);\n", "DROP TABLE more;\n");
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 4; },
                                20000));
    }
    void createsAMigrationFromAName()
    {
        open();
        click("migrate.new");
        QTest::keyClicks(child<QLineEdit>("migrationName"), u"add weight"_s);
        QTest::keyClick(child<QLineEdit>("migrationName"), Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 4; },
                                20000));
        QVERIFY(ask()->detail().contains(u"add_weight"));
        QTest::keyClick(child<QPushButton>("askCancel"), Qt::Key_Escape);
    }
    void createsAMigrationFromSql()
    {
        open();
        click("migrate.runAll");
        accept();
        QVERIFY(pendingBecomes(0));
        click("migrate.new");
        QTest::keyClicks(child<QLineEdit>("migrationName"), u"add_weight"_s);
        auto* up = child<migrate::ScriptView>("newUp");
        auto* down = child<migrate::ScriptView>("newDown");
        QTest::keyClicks(up, u"ALTER TABLE users ADD COLUMN weight real;"_s);
        QTest::mouseClick(child<QPushButton>("workOutDown"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return down->text().contains(u"DROP COLUMN \"weight\""); }, 20000));
        keepPicture(u"migrate-new"_s);
        QTest::mouseClick(child<QPushButton>("createMigration"), Qt::LeftButton);
        QVERIFY(pendingBecomes(1));
        QVERIFY(!up->isVisible() && !m_page->hasDraft());
        const auto& made = m_page->status()->migrations.last().migration;
        QVERIFY(read(made.upPath).endsWith("ALTER TABLE users ADD COLUMN weight real;"));
        QVERIFY(read(made.downPath).contains("DROP COLUMN"));
        click("migrate.run");
        QVERIFY(pendingBecomes(0));
    }
    void aMigrationThatCannotBeMadeKeepsWhatWasTyped()
    {
        open();
        click("migrate.new");
        QTest::keyClicks(child<QLineEdit>("migrationName"), u"later"_s);
        QTest::keyClicks(child<migrate::ScriptView>("newUp"), u"CREATE TABLE nonsense"_s);
        QTest::mouseClick(child<QPushButton>("workOutDown"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return ask()->isVisible() && !m_page->isBusy(); }, 20000));
        QVERIFY2(ask()->title().contains(u"incomplete input"), qPrintable(ask()->title()));
        QTest::keyClick(child<QLineEdit>("migrationName"), Qt::Key_Escape);
        QVERIFY(!child<QLineEdit>("migrationName")->isVisible());
        QVERIFY(m_page->hasDraft());
        const QJsonObject kept = m_page->saveState();
        open();  // the next start
        QVERIFY(!m_page->hasDraft());
        m_page->restoreState(kept);
        QCOMPARE(child<migrate::ScriptView>("newUp")->text(), u"CREATE TABLE nonsense"_s);
        QVERIFY(child<migrate::ScriptView>("newUp")->isVisible());
        QTest::mouseClick(child<QPushButton>("discardNewMigration"), Qt::LeftButton);
        QVERIFY(!m_page->hasDraft());
    }
    void whatTheDatabaseHasBecomesAMigration()
    {
        open();
        click("migrate.runAll");
        accept();
        QVERIFY(pendingBecomes(0));
        const auto other = drivers::Connection::open(m_session->target());
        QVERIFY((*other)->execute(u"CREATE TABLE by_hand (id INTEGER PRIMARY KEY)"_s));
        QVERIFY((*other)->execute(u"ALTER TABLE users RENAME COLUMN name TO title"_s));
        click("migrate.new");
        QTest::mouseClick(child<QPushButton>("fillFromDatabase"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return ask()->isVisible() && !m_page->isBusy(); }, 20000));
        QVERIFY2(ask()->detail().contains(u"title"), qPrintable(ask()->detail()));
        QTest::mouseClick(child<QPushButton>("askAccept"), Qt::LeftButton);
        auto* menu = m_page->findChild<QMenu*>(u"renameMenu"_s);
        QVERIFY(menu && menu->isVisible());
        menu->actions().first()->trigger();
        menu->close();
        auto* up = child<migrate::ScriptView>("newUp");
        QVERIFY(QTest::qWaitFor([&] { return up->text().contains(u"by_hand"); }, 20000));
        QVERIFY2(up->text().contains(u"RENAME COLUMN"), qPrintable(up->text()));
        QVERIFY(child<migrate::ScriptView>("newDown")->text().contains(u"DROP TABLE"));
        keepPicture(u"migrate-from-database"_s);
    }
    void aPlaceholderDownIsWorkedOut()
    {
        migration(u"2025-04-01-000000_more"_s, "CREATE TABLE more (id INTEGER);\n",
                  "-- This file should undo anything in `up.sql`\n");
        open();
        auto* list = m_page->findChild<migrate::MigrationList*>();
        list->reveal(u"20250401000000"_s);
        const auto writeDown = [this] {
            const QList<kit::Command> commands = m_page->commands();
            return *std::ranges::find(commands, u"migrate.writeDown"_s, &kit::Command::id);
        };
        QVERIFY(QTest::qWaitFor([&] { return writeDown().isEnabled(); }, 20000));
        writeDown().run();
        auto* accept = child<QPushButton>("repairAccept");
        QVERIFY(QTest::qWaitFor([&] { return accept->isVisible(); }, 20000));
        QTest::mouseClick(accept, Qt::LeftButton);
        QVERIFY(read(m_dir->filePath(u"migrations/2025-04-01-000000_more/down.sql"_s))
                    .startsWith("-- This file should undo anything in `up.sql`\n-- What takes"));
        QVERIFY(QTest::qWaitFor([&] { return !writeDown().isEnabled(); }, 20000));
    }
    void saysWhereItLookedWhenThereIsNoProject()
    {
        open();
        m_page->setProject(std::nullopt);
        m_page->setSearchedFolder(u"/somewhere"_s);
        QVERIFY(child<QLabel>("noProject")->text().contains(u"/somewhere"));
        QVERIFY(child<QPushButton>("chooseFolder")->isVisible());
        keepPicture(u"migrate-empty"_s);
    }
    void runsAndRevertsOnPostgres()
    {
        const test::ScratchPostgres scratch;
        migration(u"2025-01-01-000000_create_users"_s,
                  "CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, phone varchar(32));\n"
                  "INSERT INTO users (name, phone) VALUES ('Ada', '1'), ('Lin', NULL);\n",
                  "DROP TABLE users;\n");
        open(scratch.target());
        click("migrate.run");
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 2; },
                                20000));
        click("migrate.runAll");
        QVERIFY2(ask()->detail().contains(u"users.phone: drops data: 1 non-null values"),
                 qPrintable(ask()->detail()));
        accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 0; },
                                20000));
        QVERIFY(hasPicture(u"− phone"_s));
        click("migrate.revert");
        accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 1; },
                                20000));
        m_page.reset();
        m_session.reset();
    }
    void showsTheSampleShop()
    {
        const QString demo = qEnvironmentVariable("DEWPOINT_SOURCE") + u"/resources/demo/sqlite/migrations"_s;
        QVERIFY2(QFileInfo::exists(demo), qPrintable(demo));
        QDir(m_dir->filePath(u"migrations"_s)).removeRecursively();
        for (const QString& folder : QDir(demo).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QDir().mkpath(m_dir->filePath(u"migrations/"_s + folder));
            for (const QString& name : {u"up.sql"_s, u"down.sql"_s})
                QFile::copy(u"%1/%2/%3"_s.arg(demo, folder, name),
                            m_dir->filePath(u"migrations/%1/%2"_s.arg(folder, name)));
        }
        open();
        const QString last =
            m_page->status()->migrations.at(m_page->status()->migrations.size() - 3).migration.version;
        m_page->propose(apply::Action::Run, apply::Scope::to(last));
        QVERIFY(settles());
        if (ask()->isAsking())
            accept();
        QVERIFY(QTest::qWaitFor([&] { return m_page->status() && m_page->status()->pendingCount() == 2; },
                                20000));
        ask()->dismiss();
        m_page->findChild<migrate::MigrationList*>()->select(
            m_page->status()->migrations.last().migration.version);
        QVERIFY(hasPicture(u"− phone"_s));
        keepPicture(u"migrate-light"_s);
        theme::apply(*qApp, theme::Scheme::Dark);
        m_page->findChild<migrate::MigrationList*>()->select(
            m_page->status()->migrations.at(3).migration.version);
        QVERIFY(hasPicture(u"+ table order_items"_s));
        keepPicture(u"migrate-dark"_s);
        theme::apply(*qApp, theme::Scheme::Light);
    }
};

QTEST_MAIN(MigratePageTest)
#include "migrate_page_test.moc"
