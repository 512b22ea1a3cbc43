// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "connect/start_page.h"
#include "grid/table_page.h"
#include "migrate/migrate_page.h"
#include "query/query_page.h"
#include "support/window_scratch.h"
#include "theme/theme.h"
#include "window.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>

#include <optional>
#include <utility>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// What is kept of a session and comes back with the next one: edits, drafts, columns, guards.
class ComingBackTest final : public test::WindowTest
{
    Q_OBJECT
private:
    /// A database with one row, and an edit of it staged when the window was closed; its path.
    QString closedWithAnEdit() const
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "INSERT INTO t VALUES (1, 'one');"_s);
        if (!m_scratch->opens(saved(path)) || !m_scratch->shows(u"t"_s))
            return {};
        table()->model().setData(table()->model().index(0, 1), u"kept"_s);
        window()->close();
        return path;
    }

    /// In one of the files that the window keeps while it runs.
    bool keptOnDisk(const QString& pattern) const
    {
        QDirIterator files(m_scratch->path(u"state"_s), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly)
                && QString::fromUtf8(file.readAll()).contains(QRegularExpression(pattern)))
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { m_scratch.emplace(); }
    void cleanup() { m_scratch.reset(); }

    void stagedEditsAndDraftsComeBackAtTheNextStart()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "INSERT INTO t VALUES (1, 'one'), (2, 'two');"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"t"_s));
        table()->model().setData(table()->model().index(1, 1), u"staged"_s);
        auto* query = qobject_cast<query::QueryPage*>(workspace()->openQuery(u"SELECT 'draft'"_s));
        QVERIFY(query);
        QVERIFY(m_scratch->comesBack());
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->pending().updates, 1);
        QCOMPARE(table()->model().index(1, 1).data().toString(), u"staged"_s);
        QCOMPARE(window()->findChildren<query::QueryPage*>().size(), 1);
        QCOMPARE(window()->findChild<query::QueryPage*>()->saveState()[u"text"].toString(),
                 u"SELECT 'draft'"_s);
    }

    void aMigrationThatIsNotMadeYetComesBack()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        const QDir folder(QFileInfo(path).path());
        QVERIFY(folder.mkpath(u"migrations"_s));
        QFile file(folder.filePath(u"migrations/0001_t.sql"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("CREATE TABLE t(id INTEGER PRIMARY KEY);");
        file.close();
        QVERIFY(m_scratch->opens(saved(path)));
        QTest::keyClick(window(), Qt::Key_M, Qt::ControlModifier);
        auto* page = qobject_cast<migrate::MigratePage*>(workspace()->currentPage());
        QVERIFY(page);
        QVERIFY(QTest::qWaitFor([&] { return page->status() != nullptr; }, 20000));
        QTest::mouseClick(page->findChild<QToolButton*>(u"migrate.new"_s), Qt::LeftButton);
        auto* name = page->findChild<QLineEdit*>(u"migrationName"_s);
        QVERIFY(name && name->isVisible());
        QTest::keyClicks(name, u"later"_s);
        QTest::keyClicks(page->findChild<QPlainTextEdit*>(u"newUp"_s), u"CREATE TABLE later(id);"_s);
        QVERIFY(m_scratch->comesBack());
        page = window()->findChild<migrate::MigratePage*>();
        QVERIFY(page && page->hasDraft());
        QCOMPARE(page->findChild<QLineEdit*>(u"migrationName"_s)->text(), u"later"_s);
        QCOMPARE(page->findChild<QPlainTextEdit*>(u"newUp"_s)->toPlainText(), u"CREATE TABLE later(id);"_s);
        // Nor does it go with its tab.
        workspace()->openMigrations();
        QTest::keyClick(window(), Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(!window()->findChild<migrate::MigratePage*>());
        QVERIFY(m_scratch->comesBack());
        workspace()->openMigrations();
        page = window()->findChild<migrate::MigratePage*>();
        QVERIFY(page && page->hasDraft());
        QCOMPARE(page->findChild<QPlainTextEdit*>(u"newUp"_s)->toPlainText(), u"CREATE TABLE later(id);"_s);
    }

    void aTabThatIsOpenAgainKeepsWhatWasDoneInIt()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        const QDir folder(QFileInfo(path).path());
        QVERIFY(folder.mkpath(u"migrations"_s));
        QFile file(folder.filePath(u"migrations/0001_t.sql"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("CREATE TABLE t(id INTEGER PRIMARY KEY);");
        file.close();
        QVERIFY(m_scratch->opens(saved(path)));
        workspace()->openMigrations();
        QTest::keyClick(window(), Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(!window()->findChild<migrate::MigratePage*>());
        workspace()->openMigrations();
        auto* page = qobject_cast<migrate::MigratePage*>(workspace()->currentPage());
        QVERIFY(page);
        QVERIFY(QTest::qWaitFor([&] { return page->status() != nullptr; }, 20000));
        QTest::mouseClick(page->findChild<QToolButton*>(u"migrate.new"_s), Qt::LeftButton);
        auto* name = page->findChild<QLineEdit*>(u"migrationName"_s);
        QTest::keyClicks(name, u"later"_s);
        QTest::keyClick(window(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(workspace()->currentPage(), page);
        QCOMPARE(name->text(), u"later"_s);
    }

    void twoWindowsOfOneDatabaseKeepTheirOwn()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "INSERT INTO t VALUES (1, 'one');"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"t"_s));
        table()->model().setData(table()->model().index(0, 1), u"first"_s);
        auto second = std::make_unique<shell::MainWindow>([](shell::MainWindow*) {});
        second->show();
        second->openConnection(saved(path));
        QVERIFY(QTest::qWaitFor([&] { return second->isSettled() && second->workspace(); }, 20000));
        QVERIFY(second->findChildren<grid::TablePage*>().isEmpty());
        second->workspace()->openQuery(u"SELECT 'second'"_s);
        QVERIFY(second->close());
        second.reset();
        QVERIFY(m_scratch->comesBack());
        QVERIFY(window()->findChildren<query::QueryPage*>().isEmpty());
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->pending().updates, 1);
    }

    void theTabInFrontIsInFrontAgain()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        workspace()->openRelation(u"main"_s, u"t"_s, false);  // a preview does not come back
        QVERIFY(settles());
        auto* first = qobject_cast<query::QueryPage*>(workspace()->openQuery(u"SELECT 1"_s));
        workspace()->openQuery(u"SELECT 2"_s);
        for (const kit::Command& command : workspace()->commands()) {
            if (command.id == u"database.previousTab"_s)
                command.run();
        }
        QCOMPARE(workspace()->currentPage(), first);
        QVERIFY(m_scratch->comesBack());
        const auto* front = qobject_cast<query::QueryPage*>(workspace()->currentPage());
        QVERIFY(front);
        QCOMPARE(front->saveState()[u"text"].toString(), u"SELECT 1"_s);
    }

    void aReadOnlyLookKeepsTheEdits()
    {
        const QString path = closedWithAnEdit();
        QVERIFY(!path.isEmpty());
        m_scratch->start();
        store::SavedConnection look = store::knownConnection(saved(path).target);
        look.usualGuard = std::exchange(look.target.guard, drivers::Guard::ReadOnly);
        QVERIFY(m_scratch->opens(look));
        QVERIFY(!table()->relation().editable);
        QVERIFY(m_scratch->comesBack());
        QVERIFY(table()->relation().editable);
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"kept"_s);
    }

    void nothingIsKeptOfADatabaseInMemory()
    {
        const auto target = drivers::parseTarget(u":memory:"_s);
        QVERIFY(target);
        QVERIFY(m_scratch->opens(store::knownConnection(*target)));
        workspace()->openQuery(u"SELECT 'draft'"_s);
        window()->close();
        m_scratch->start();
        QVERIFY(m_scratch->opens(store::knownConnection(*target)));
        QVERIFY(window()->findChildren<query::QueryPage*>().isEmpty());
        QVERIFY(store::recentConnections().isEmpty());
    }

    void editsForAnotherKeyAreKeptAside()
    {
        const QString columns = u"id INTEGER NOT NULL, name TEXT NOT NULL, note TEXT"_s;
        const QString path =
            database(u"a.db"_s, u"CREATE TABLE t(%1);"
                                "INSERT INTO t VALUES (7, 'one', 'x'), (8, 'two', 'y');"_s.arg(columns));
        const auto rebuild = [&](const QString& key) {
            auto other = drivers::Connection::open(saved(path).target).value();
            return other
                ->executeScript(u"ALTER TABLE t RENAME TO old; CREATE TABLE t(%1%2); INSERT INTO t SELECT * "
                                "FROM old ORDER BY id DESC; DROP TABLE old"_s.arg(columns, key)
                                    .toUtf8())
                .has_value();
        };
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"t"_s));
        table()->model().setData(table()->model().index(0, 2), u"staged"_s);
        QCOMPARE(table()->pending().total(), 1);
        QVERIFY(rebuild(u", PRIMARY KEY(id, name)"_s));
        workspace()->reloadCatalog();
        QTRY_COMPARE(table()->relation().keyColumns.size(), 2);
        QVERIFY(settles());
        QCOMPARE(table()->pending().total(), 0);
        QVERIFY(table()->hasParkedEdits());
        // They are kept over a start, a closed tab, and what is staged meanwhile.
        table()->model().setData(table()->model().index(1, 2), u"second"_s);
        window()->close();
        m_scratch->start();
        QVERIFY(m_scratch->opens(saved(path)));
        QCOMPARE(table()->pending().total(), 1);
        QVERIFY(table()->hasParkedEdits());
        table()->discard();
        for (const kit::Command& command : workspace()->commands()) {
            if (command.id == u"database.closeTab"_s)
                command.run();
        }
        QVERIFY(!workspace()->currentPage());
        QVERIFY(rebuild({}));
        workspace()->reloadCatalog();
        QVERIFY(settles());
        QVERIFY(m_scratch->shows(u"t"_s));
        QTRY_COMPARE(table()->relation().keyKind, rows::KeyKind::RowId);
        QCOMPARE(table()->pending().total(), 1);
        QVERIFY(!table()->hasParkedEdits());
    }

    void aReadOnlyStartIsReadOnlyWhateverIsOpened_data()
    {
        QTest::addColumn<bool>("folder");
        QTest::newRow("a folder") << true;
        QTest::newRow("the last session") << false;
    }
    void aReadOnlyStartIsReadOnlyWhateverIsOpened()
    {
        QFETCH(const bool, folder);
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        QVERIFY(QDir().mkpath(m_scratch->path(u"project/migrations"_s)));
        QFile diesel(m_scratch->path(u"project/diesel.toml"_s));
        QFile dotEnv(m_scratch->path(u"project/.env"_s));
        QVERIFY(diesel.open(QIODevice::WriteOnly) && dotEnv.open(QIODevice::WriteOnly));
        dotEnv.write("DATABASE_URL=" + path.toUtf8());
        dotEnv.close();
        if (!folder) {
            window()->openConnection(saved(path));
            QVERIFY(settles());
            window()->close();
            m_scratch->start();
        }
        const QString elsewhere = m_scratch->path(u"elsewhere"_s);
        openSubject(*window(), {.subject = folder ? m_scratch->path(u"project"_s) : QString(),
                                .project = elsewhere,
                                .readOnly = true});
        QVERIFY(settles());
        const store::SavedConnection now = workspace()->connection();
        QCOMPARE(now.target.location, path);
        QCOMPARE(now.target.guard, drivers::Guard::ReadOnly);
        QCOMPARE(now.projectFolder, elsewhere);
        QCOMPARE(store::knownConnection({.engine = Engine::Sqlite, .location = path}).target.guard,
                 drivers::Guard::Silent);
    }

    void theGuardIsRememberedWithTheDatabase()
    {
        store::SavedConnection connection = saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER);"_s));
        connection.target.guard = drivers::Guard::ConfirmWrites;
        connection.environment = store::Environment::Production;
        QVERIFY(m_scratch->opens(connection));
        const auto again =
            store::knownConnection({.engine = Engine::Sqlite, .location = connection.target.location});
        QCOMPARE(again.target.guard, drivers::Guard::ConfirmWrites);
        QCOMPARE(again.environment, store::Environment::Production);
        connection.target.guard = drivers::Guard::ReadOnly;
        const auto look = store::knownConnection(connection.target);
        QCOMPARE(look.target.guard, drivers::Guard::ReadOnly);
        QCOMPARE(look.usualGuard, drivers::Guard::ConfirmWrites);
    }

    void anotherDatabaseDoesNotTakeTheEditsAway()
    {
        const QString script = u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                               "INSERT INTO t VALUES (1, 'one');"_s;
        const QString first = database(u"first.db"_s, script);
        const QString second = database(u"second.db"_s, script);
        QVERIFY(m_scratch->opens(saved(first)));
        QVERIFY(m_scratch->shows(u"t"_s));
        table()->model().setData(table()->model().index(0, 1), u"of the first"_s);
        QVERIFY(m_scratch->opens(saved(second)));
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->pending().total(), 0);
        QVERIFY(m_scratch->opens(saved(first)));
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"of the first"_s);
    }

    void editsOfATableThatIsGoneForAWhileAreKept()
    {
        const QString path = closedWithAnEdit();
        QVERIFY(!path.isEmpty());
        const auto other = drivers::Connection::open({.engine = Engine::Sqlite, .location = path});
        QVERIFY((*other)->execute(u"ALTER TABLE t RENAME TO away"_s));
        m_scratch->start();
        window()->restoreSession();
        QVERIFY(settles());
        window()->close();
        QVERIFY((*other)->execute(u"ALTER TABLE away RENAME TO t"_s));
        m_scratch->start();
        window()->restoreSession();
        QVERIFY(settles());
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"kept"_s);
    }

    void aDamagedSessionFileIsKeptAside()
    {
        const QString path = m_scratch->path(u"state/session.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{ half a");
        file.close();
        window()->restoreSession();
        QVERIFY2(window()->statusBar()->currentMessage().contains(u"damaged"_s),
                 qPrintable(window()->statusBar()->currentMessage()));
        QVERIFY(QFile::exists(path + u".damaged"_s));
    }

    void aPasswordInAnAddressIsHiddenAndNotKept()
    {
        auto* address = window()->findChild<QLineEdit*>(u"address"_s);
        address->setFocus();
        QTest::keyClicks(address, u"postgres://user:s3cret@localhost:1/shop"_s);
        QTest::keyClick(address, Qt::Key_Tab);
        QTRY_VERIFY2(!address->text().contains(u"s3cret"_s), qPrintable(address->text()));
        QSignalSpy chosen(window()->findChild<connect::StartPage*>(), &connect::StartPage::connectionChosen);
        QTest::keyClick(address, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        const auto connection = chosen.first().first().value<store::SavedConnection>();
        QVERIFY(connection.target.location.contains(u"s3cret"_s));
        QVERIFY(!QString::fromUtf8(QJsonDocument(store::toJson(connection)).toJson()).contains(u"s3cret"_s));
    }

    void columnsAreAsTheyWereLeft()
    {
        const QString path =
            database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, note TEXT);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"t"_s));
        table()->grid()->header()->resizeSection(1, 211);
        table()->grid()->hideColumn(2);
        QTest::keyClick(table()->grid(), Qt::Key_W, Qt::ControlModifier);
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->grid()->header()->sectionSize(1), 211);
        QVERIFY(table()->grid()->header()->isSectionHidden(2));
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(table());
        QCOMPARE(table()->grid()->header()->sectionSize(1), 211);
        QVERIFY(table()->grid()->header()->isSectionHidden(2));
        table()->grid()->hideColumn(1);
        QTest::qWait(0);  // nobody quits at the same moment
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(table());
        QVERIFY(table()->grid()->header()->isSectionHidden(1));
    }

    void everyTableIsWhereItWasAlsoAfterACrash()
    {
        const QString rows =
            u" SELECT i, 'n' || i FROM (WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
            "FROM s WHERE i < 5000) SELECT i FROM s);"_s;
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "CREATE TABLE u(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "INSERT INTO t"_s
                                                     + rows + u"INSERT INTO u"_s + rows);
        const auto stands = [this](int row, int top) {
            return table() && table()->grid()->currentIndex() == table()->model().index(row, 1)
                   && table()->grid()->firstVisibleRow() == top;
        };
        QVERIFY(m_scratch->opens(saved(path)));
        for (const auto& [name, row, top] : {std::tuple{u"t"_s, 3010, 3000}, std::tuple{u"u"_s, 45, 40}}) {
            QVERIFY(m_scratch->shows(name));
            QTRY_COMPARE(table()->model().rowCount(), 5000);
            QTRY_VERIFY(table()->model().total().exact);
            table()->grid()->setCurrentIndex(table()->model().index(row, 1));
            table()->grid()->verticalScrollBar()->setValue(top);
            QVERIFY(stands(row, top));
        }
        // What is kept while it runs is all that a crash leaves.
        QTRY_VERIFY(keptOnDisk(u"\"row\": ?3010\\b"_s) && keptOnDisk(u"\"row\": ?45\\b"_s));
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(stands(45, 40));
        // A tab that was not looked at since keeps its place once more.
        QVERIFY(m_scratch->comesBack());
        QVERIFY(m_scratch->shows(u"t"_s));
        QTRY_VERIFY2(stands(3010, 3000), qPrintable(u"%1 %2"_s.arg(table()->grid()->currentIndex().row())
                                                        .arg(table()->grid()->firstVisibleRow())));
    }

    void whatWasAskedForLiesBeforeWhatIsRestored()
    {
        window()->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"
                                                           "CREATE TABLE b(id INTEGER PRIMARY KEY);"_s)));
        workspace()->restoreState({{u"first"_s, u"a"_s}});
        window()->whenOpened([this] { workspace()->openNamed(u"b"_s); });
        QVERIFY(settles());
        QTRY_COMPARE(table()->relation().name, u"b"_s);
    }
};

QTEST_MAIN(ComingBackTest)
#include "coming_back_test.moc"
