// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "connect/connecting_page.h"
#include "connect/start_page.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "kit/ask_bar.h"
#include "query/query_page.h"
#include "shell/command_palette.h"
#include "shell/main_window.h"
#include "shell/workspace.h"
#include "theme/theme.h"
#include "window.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The whole window on real files: opening, failing, and coming back with everything that was typed.
class MainWindowTest final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<shell::MainWindow> m_window;

    QString database(const QString& name, const QString& script) const
    {
        const QString path = m_dir->filePath(name);
        auto made = drivers::Connection::open({.engine = Engine::Sqlite, .location = path, .create = true});
        if (!made || !(*made)->executeScript(script.toUtf8()))
            qFatal("the test's database could not be made");
        return path;
    }
    static store::SavedConnection saved(const QString& path)
    {
        return {.target = {.engine = Engine::Sqlite, .location = path}, .lastUsed = {}};
    }
    void start()
    {
        m_window = std::make_unique<shell::MainWindow>([](shell::MainWindow*) {});
        m_window->resize(1200, 800);
        m_window->show();
        (void)QTest::qWaitForWindowActive(m_window.get());
    }
    bool settles() const
    {
        return QTest::qWaitFor([this] { return m_window->isSettled(); }, 20000);
    }
    grid::TablePage* table() const
    {
        return qobject_cast<grid::TablePage*>(m_window->workspace()->currentPage());
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        qputenv("DEWPOINT_STATE_DIR", m_dir->filePath(u"state"_s).toUtf8());
        start();
    }
    void cleanup()
    {
        m_window.reset();
        qunsetenv("DEWPOINT_STATE_DIR");
    }

    void stagedEditsAndDraftsComeBackAtTheNextStart()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "INSERT INTO t VALUES (1, 'one'), (2, 'two');"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        table()->model().setData(table()->model().index(1, 1), u"staged"_s);
        auto* query = qobject_cast<query::QueryPage*>(m_window->workspace()->openQuery(u"SELECT 'draft'"_s));
        QVERIFY(query);
        m_window->close();
        start();
        m_window->restoreSession();
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        QCOMPARE(table()->pending().updates, 1);
        QCOMPARE(table()->model().index(1, 1).data().toString(), u"staged"_s);
        QCOMPARE(m_window->findChildren<query::QueryPage*>().size(), 1);
        QCOMPARE(m_window->findChild<query::QueryPage*>()->saveState()[u"text"].toString(),
                 u"SELECT 'draft'"_s);
    }

    void aReadOnlyLookKeepsTheEdits()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "INSERT INTO t VALUES (1, 'one');"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        table()->model().setData(table()->model().index(0, 1), u"kept"_s);
        m_window->close();
        start();
        store::SavedConnection look = store::knownConnection(saved(path).target);
        look.usualGuard = std::exchange(look.target.guard, drivers::Guard::ReadOnly);
        m_window->openConnection(look);
        QVERIFY(settles());
        QVERIFY(!table()->relation().editable);
        m_window->close();
        start();
        m_window->restoreSession();
        QVERIFY(settles());
        QVERIFY(table()->relation().editable);
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"kept"_s);
    }

    void nothingIsKeptOfADatabaseInMemory()
    {
        const auto target = drivers::parseTarget(u":memory:"_s);
        QVERIFY(target);
        m_window->openConnection(store::knownConnection(*target));
        QVERIFY(settles());
        m_window->workspace()->openQuery(u"SELECT 'draft'"_s);
        m_window->close();
        start();
        m_window->openConnection(store::knownConnection(*target));
        QVERIFY(settles());
        QVERIFY(m_window->findChildren<query::QueryPage*>().isEmpty());
        QVERIFY(store::recentConnections().isEmpty());
    }

    void aColumnThatIsGoneIsNoticed()
    {
        const QString path =
            database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, gone TEXT);"
                                "INSERT INTO t VALUES (1, 'one', 'x');"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        QCOMPARE(table()->relation().columns.size(), 3);
        QVERIFY(drivers::Connection::open(saved(path).target)
                    .value()
                    ->execute(u"ALTER TABLE t DROP COLUMN gone"_s));
        table()->refresh();
        QTRY_COMPARE(table()->relation().columns.size(), 2);
        QVERIFY(settles());
        QCOMPARE(table()->model().phase(), items::TableModel::Phase::Ready);
    }

    void aTableThatChangesDoesNotComeToTheFront()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        m_window->workspace()->openDiagram();
        QVERIFY(settles());
        const QWidget* diagram = m_window->workspace()->currentPage();
        QVERIFY(drivers::Connection::open(saved(path).target)
                    .value()
                    ->execute(u"ALTER TABLE t ADD COLUMN more TEXT"_s));
        m_window->workspace()->reloadCatalog();
        QTRY_COMPARE(m_window->findChild<grid::TablePage*>()->relation().columns.size(), 3);
        QVERIFY(settles());
        QCOMPARE(m_window->workspace()->currentPage(), diagram);
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
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        table()->model().setData(table()->model().index(0, 2), u"staged"_s);
        QCOMPARE(table()->pending().total(), 1);
        QVERIFY(rebuild(u", PRIMARY KEY(id, name)"_s));
        m_window->workspace()->reloadCatalog();
        QTRY_COMPARE(table()->relation().keyColumns.size(), 2);
        QVERIFY(settles());
        QCOMPARE(table()->pending().total(), 0);
        QVERIFY(table()->hasParkedEdits());
        // They are kept over a start, a closed tab, and what is staged meanwhile.
        table()->model().setData(table()->model().index(1, 2), u"second"_s);
        m_window->close();
        start();
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        QCOMPARE(table()->pending().total(), 1);
        QVERIFY(table()->hasParkedEdits());
        table()->discard();
        for (const kit::Command& command : m_window->workspace()->commands()) {
            if (command.id == u"database.closeTab"_s)
                command.run();
        }
        QVERIFY(!m_window->workspace()->currentPage());
        QVERIFY(rebuild({}));
        m_window->workspace()->reloadCatalog();
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
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
        QVERIFY(QDir(m_dir->path()).mkpath(u"project/migrations"_s));
        QFile diesel(m_dir->filePath(u"project/diesel.toml"_s));
        QFile dotEnv(m_dir->filePath(u"project/.env"_s));
        QVERIFY(diesel.open(QIODevice::WriteOnly) && dotEnv.open(QIODevice::WriteOnly));
        dotEnv.write("DATABASE_URL=" + path.toUtf8());
        dotEnv.close();
        if (!folder) {
            m_window->openConnection(saved(path));
            QVERIFY(settles());
            m_window->close();
            start();
        }
        const QString elsewhere = m_dir->filePath(u"elsewhere"_s);
        openSubject(*m_window, {.subject = folder ? m_dir->filePath(u"project"_s) : QString(),
                                .project = elsewhere,
                                .readOnly = true});
        QVERIFY(settles());
        const store::SavedConnection now = m_window->workspace()->connection();
        QCOMPARE(now.target.location, path);
        QCOMPARE(now.target.guard, drivers::Guard::ReadOnly);
        QCOMPARE(now.projectFolder, elsewhere);
        QCOMPARE(store::knownConnection({.engine = Engine::Sqlite, .location = path}).target.guard,
                 drivers::Guard::Silent);
    }

    void theSampleShopCanBeReadOnly()
    {
        openSubject(*m_window, {.subject = u"demo"_s, .readOnly = true});
        QVERIFY(settles());
        QVERIFY(m_window->workspace());
        QCOMPARE(m_window->workspace()->connection().target.guard, drivers::Guard::ReadOnly);
    }

    void theGuardIsRememberedWithTheDatabase()
    {
        store::SavedConnection connection = saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER);"_s));
        connection.target.guard = drivers::Guard::ConfirmWrites;
        connection.environment = store::Environment::Production;
        m_window->openConnection(connection);
        QVERIFY(settles());
        const auto again =
            store::knownConnection({.engine = Engine::Sqlite, .location = connection.target.location});
        QCOMPARE(again.target.guard, drivers::Guard::ConfirmWrites);
        QCOMPARE(again.environment, store::Environment::Production);
        connection.target.guard = drivers::Guard::ReadOnly;
        const auto look = store::knownConnection(connection.target);
        QCOMPARE(look.target.guard, drivers::Guard::ReadOnly);
        QCOMPARE(look.usualGuard, drivers::Guard::ConfirmWrites);
    }

    void aCommitStaysWhereItWas()
    {
        const QString path = database(
            u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                       "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000) "
                       "INSERT INTO t SELECT i, 'n' || i FROM s;"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        QTRY_VERIFY(table()->model().total().exact);
        auto* grid = table()->grid();
        grid->setCurrentIndex(table()->model().index(700, 1));
        QTRY_COMPARE(table()->model().index(700, 1).data().toString(), u"n701"_s);
        table()->model().setData(table()->model().index(700, 1), u"changed"_s);
        table()->commit();
        QTRY_COMPARE(table()->pending().total(), 0);
        QTRY_COMPARE(grid->currentIndex(), table()->model().index(700, 1));
        QTRY_COMPARE(table()->model().index(700, 1).data().toString(), u"changed"_s);
    }

    void closingWithAnOpenTransactionSaysSoFirst()
    {
        m_window->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER);"_s)));
        QVERIFY(settles());
        auto* query = qobject_cast<query::QueryPage*>(m_window->workspace()->openQuery(u"BEGIN"_s));
        query->runEverything();
        QTRY_VERIFY(query->inTransaction());
        QVERIFY(!m_window->close());
        auto* ask = m_window->workspace()->findChild<kit::AskBar*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY2(ask->title().contains(u"transaction"_s), qPrintable(ask->title()));
        ask->findChild<QPushButton*>(u"askAccept"_s)->click();
        QVERIFY(!m_window->isVisible());
    }

    void anotherDatabaseDoesNotTakeTheEditsAway()
    {
        const QString script = u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                               "INSERT INTO t VALUES (1, 'one');"_s;
        const QString first = database(u"first.db"_s, script);
        const QString second = database(u"second.db"_s, script);
        m_window->openConnection(saved(first));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        table()->model().setData(table()->model().index(0, 1), u"of the first"_s);
        m_window->openConnection(saved(second));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        QCOMPARE(table()->pending().total(), 0);
        m_window->openConnection(saved(first));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"of the first"_s);
    }

    void editsOfATableThatIsGoneForAWhileAreKept()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                                 "INSERT INTO t VALUES (1, 'one');"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        table()->model().setData(table()->model().index(0, 1), u"kept"_s);
        m_window->close();
        const auto other = drivers::Connection::open({.engine = Engine::Sqlite, .location = path});
        QVERIFY((*other)->execute(u"ALTER TABLE t RENAME TO away"_s));
        start();
        m_window->restoreSession();
        QVERIFY(settles());
        m_window->close();
        QVERIFY((*other)->execute(u"ALTER TABLE away RENAME TO t"_s));
        start();
        m_window->restoreSession();
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"kept"_s);
    }

    void whatCannotBeOpenedSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        QTest::newRow("missing") << QByteArray() << u"There is no file"_s;
        QTest::newRow("not a database")
            << QByteArray("Dear diary, today …\n").repeated(100) << u"not a SQLite database"_s;
    }
    void whatCannotBeOpenedSaysWhy()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, says);
        const QString path = m_dir->filePath(u"x.db"_s);
        if (!content.isEmpty()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        }
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        auto* page = m_window->findChild<connect::ConnectingPage*>();
        QVERIFY(page->showsFailure());
        QStringList texts;
        for (const QLabel* label : page->findChildren<QLabel*>())
            texts += label->text();
        QVERIFY2(texts.join(u'\n').contains(says), qPrintable(texts.join(u'\n')));
    }

    void aDamagedSessionFileIsKeptAside()
    {
        const QString path = m_dir->filePath(u"state/session.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{ half a");
        file.close();
        m_window->restoreSession();
        QVERIFY2(m_window->statusBar()->currentMessage().contains(u"damaged"_s),
                 qPrintable(m_window->statusBar()->currentMessage()));
        QVERIFY(QFile::exists(path + u".damaged"_s));
    }

    void theInspectorOpensTheReferencedRow()
    {
        const QString path = database(
            u"a.db"_s, u"CREATE TABLE team(id INTEGER PRIMARY KEY, name TEXT);"
                       "CREATE TABLE person(id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES team);"
                       "INSERT INTO team VALUES (1, 'Core'), (2, 'Field');"
                       "INSERT INTO person VALUES (1, 2);"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"person"_s);
        QVERIFY(settles());
        auto* inspector = m_window->findChild<inspect::Inspector*>();
        Q_EMIT inspector->openReference(1);
        QVERIFY(settles());
        QCOMPARE(table()->relation().name, u"team"_s);
        QTRY_COMPARE(table()->model().rowCount(), 1);
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"Field"_s);
    }

    void aReferenceIsFollowedAndBackReturns()
    {
        const QString path = database(
            u"a.db"_s,
            u"CREATE TABLE team(id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TABLE seat(team INTEGER, number INTEGER, row TEXT, PRIMARY KEY (team, number));"
            "CREATE TABLE person(id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES team, seat INTEGER, "
            "FOREIGN KEY (team_id, seat) REFERENCES seat(team, number));"
            "INSERT INTO team VALUES (1, 'Core'), (2, 'Field');"
            "INSERT INTO seat VALUES (1, 7, 'a'), (2, 7, 'b'), (2, 8, 'c');"
            "INSERT INTO person VALUES (1, 1, NULL), (2, 2, 7);"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"person"_s);
        QVERIFY(settles());
        const auto press = [this](int key, Qt::KeyboardModifiers modifiers = {}) {
            QTest::keyClick(table()->grid(), static_cast<Qt::Key>(key), modifiers);
        };
        // Both keys of the column lead to their own table: the single one first.
        table()->grid()->setCurrentIndex(table()->model().index(1, 1));
        press(Qt::Key_F12);
        QVERIFY(settles());
        QCOMPARE(table()->relation().name, u"team"_s);
        QTRY_COMPARE(table()->model().index(0, 1).data().toString(), u"Field"_s);
        press(Qt::Key_Left, Qt::AltModifier);
        QVERIFY(settles());
        QCOMPARE(table()->relation().name, u"person"_s);
        QTRY_COMPARE(table()->grid()->currentIndex(), table()->model().index(1, 1));
        table()->grid()->setCurrentIndex(table()->model().index(1, 2));
        press(Qt::Key_F12);
        QVERIFY(settles());
        QCOMPARE(table()->relation().name, u"seat"_s);
        QTRY_COMPARE(table()->model().rowCount(), 1);
        QCOMPARE(table()->model().index(0, 2).data().toString(), u"b"_s);
        m_window->workspace()->goBack();
        m_window->workspace()->goForward();
        QVERIFY(settles());
        QCOMPARE(table()->relation().name, u"seat"_s);
        // A key of which a part is NULL references nothing.
        m_window->workspace()->goBack();
        QVERIFY(settles());
        QTRY_VERIFY(table()->grid()->currentIndex().isValid());
        table()->grid()->setCurrentIndex(table()->model().index(0, 2));
        press(Qt::Key_F12);
        QCOMPARE(table()->relation().name, u"person"_s);
    }

    void keysSwitchTheTabs()
    {
        m_window->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"
                                                           "CREATE TABLE b(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        auto* none = m_window->findChild<QWidget*>(u"noPage"_s);
        QVERIFY(none->isVisible());
        m_window->workspace()->openNamed(u"a"_s);
        m_window->workspace()->openNamed(u"b"_s);
        QVERIFY(!none->isVisible());
        QVERIFY(settles());
        QTest::keyClick(m_window.get(), Qt::Key_Tab, Qt::ControlModifier);
        QTRY_COMPARE(table()->relation().name, u"a"_s);
        QTest::keyClick(m_window.get(), Qt::Key_PageUp, Qt::ControlModifier);
        QTRY_COMPARE(table()->relation().name, u"b"_s);
        QTest::keyClick(m_window.get(), Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_COMPARE(table()->relation().name, u"a"_s);
    }

    void aLongFailureIsShownWhole()
    {
        auto* page = m_window->findChild<connect::ConnectingPage*>();
        m_window->showFailure(
            u"a very long name of a database on a very long name of a server in a far away place"_s,
            {.kind = ErrorKind::Connection,
             .message = u"The server closed the connection unexpectedly, and this sentence goes on "
                        "for so long that it needs several lines of the narrow column it is in."_s,
             .detail = u"Word "_s.repeated(120)});
        for (const QString& name : {u"connectTitle"_s, u"connectMessage"_s}) {
            auto* label = page->findChild<QLabel*>(name);
            QTRY_VERIFY2(label->isVisible() && label->height() >= label->heightForWidth(label->width()),
                         qPrintable(u"%1: %2 of %3"_s.arg(name)
                                        .arg(label->height())
                                        .arg(label->heightForWidth(label->width()))));
            QVERIFY(label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse));
        }
        QVERIFY(page->findChild<QLabel*>(u"connectMessage"_s)->text().contains(u"try again"_s));
    }

    void aRemarkGoesWithItsPlace()
    {
        m_window->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"nothing"_s);
        QVERIFY(!m_window->statusBar()->currentMessage().isEmpty());
        m_window->workspace()->openNamed(u"a"_s);
        QVERIFY(m_window->statusBar()->currentMessage().isEmpty());
        QVERIFY(settles());
        table()->model().addRow();
        table()->discard();
        QVERIFY(m_window->statusBar()->currentMessage().contains(u"discarded"_s));
        table()->model().undo();
        QVERIFY(m_window->statusBar()->currentMessage().isEmpty());
    }

    void aReadOnlyTableOffersToBeWritten()
    {
        store::SavedConnection connection = saved(database(
            u"a.db"_s,
            u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'one');"_s));
        connection.target.guard = drivers::Guard::ReadOnly;
        m_window->openConnection(connection);
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        auto* allow = table()->findChild<QToolButton*>(u"allowWrites"_s);
        QVERIFY(allow && allow->isVisible());
        QTest::mouseClick(allow, Qt::LeftButton);
        QTRY_VERIFY(m_window->isSettled() && table() && table()->relation().editable);
        QCOMPARE(m_window->workspace()->connection().target.guard, drivers::Guard::ConfirmWrites);
    }

    void thePaletteSaysWhenNothingFits()
    {
        m_window->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = m_window->findChild<shell::CommandPalette*>();
        QTRY_VERIFY(palette->isVisible());
        auto* input = palette->findChild<QLineEdit*>();
        auto* list = palette->findChild<QListWidget*>();
        QTest::keyClicks(input, u"dark"_s);
        QVERIFY(list->count() > 0 && list->item(0)->text().contains(u"dark"_s));
        input->setText(u"qqzzxx"_s);
        QCOMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains(u"qqzzxx"_s));
        QTest::keyClick(input, Qt::Key_Return);
        QVERIFY(palette->isVisible());
    }

    void theFilterUnfoldsTheColumnsItFinds()
    {
        m_window->openConnection(saved(
            database(u"a.db"_s,
                     u"CREATE TABLE a(id INTEGER PRIMARY KEY, colour TEXT); CREATE TABLE b(id INTEGER);"_s)));
        QVERIFY(settles());
        auto* filter = m_window->findChild<QLineEdit*>(u"schemaFilter"_s);
        auto* tree = m_window->findChild<QTreeView*>(u"schemaTree"_s);
        const auto visible = [tree](const QString& name) {
            for (QModelIndex line = tree->model()->index(0, 0); line.isValid();
                 line = tree->indexBelow(line)) {
                if (line.data().toString() == name)
                    return true;
            }
            return false;
        };
        filter->setFocus();
        QTest::keyClicks(filter, u"colo"_s);
        QTRY_VERIFY(visible(u"colour"_s));
        QVERIFY(!visible(u"b"_s));
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(filter->text().isEmpty());
        QTRY_VERIFY(visible(u"b"_s));
        QVERIFY(!visible(u"colour"_s));
    }

    void aPasswordInAnAddressIsHiddenAndNotKept()
    {
        auto* address = m_window->findChild<QLineEdit*>(u"address"_s);
        address->setFocus();
        QTest::keyClicks(address, u"postgres://user:s3cret@localhost:1/shop"_s);
        QTest::keyClick(address, Qt::Key_Tab);
        QTRY_VERIFY2(!address->text().contains(u"s3cret"_s), qPrintable(address->text()));
        QSignalSpy chosen(m_window->findChild<connect::StartPage*>(), &connect::StartPage::connectionChosen);
        QTest::keyClick(address, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        const auto connection = chosen.first().first().value<store::SavedConnection>();
        QVERIFY(connection.target.location.contains(u"s3cret"_s));
        QVERIFY(!QString::fromUtf8(QJsonDocument(store::toJson(connection)).toJson()).contains(u"s3cret"_s));
    }

    void theInspectorIsEmptyWhereNoRowIs()
    {
        m_window->openConnection(saved(database(
            u"a.db"_s,
            u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'one');"_s)));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        auto* form = m_window->findChild<QListView*>(u"inspectorForm"_s);
        QTRY_COMPARE(form->model()->rowCount(), 2);
        table()->filterBy({{.column = u"name"_s, .value = u"nobody"_s}});
        QTRY_COMPARE(form->model()->rowCount(), 0);
    }

    void columnsAreAsTheyWereLeft()
    {
        const QString path =
            database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, note TEXT);"_s);
        m_window->openConnection(saved(path));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        table()->grid()->header()->resizeSection(1, 211);
        table()->grid()->hideColumn(2);
        QTest::keyClick(table()->grid(), Qt::Key_W, Qt::ControlModifier);
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        QCOMPARE(table()->grid()->header()->sectionSize(1), 211);
        QVERIFY(table()->grid()->header()->isSectionHidden(2));
        m_window->close();
        start();
        m_window->restoreSession();
        QVERIFY(settles());
        QTRY_VERIFY(table());
        QCOMPARE(table()->grid()->header()->sectionSize(1), 211);
    }

    void theStatementLogHoldsWhatWasSent()
    {
        m_window->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        m_window->workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        m_window->workspace()->openLog();
        auto* log = m_window->findChild<QTableView*>(u"logTable"_s);
        QVERIFY(log);
        m_window->findChild<QLineEdit*>(u"logFilter"_s)->setText(u"FROM \"main\".\"t\""_s);
        QTRY_VERIFY(log->model()->rowCount() > 0);
    }

    void whatWasAskedForLiesBeforeWhatIsRestored()
    {
        m_window->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"
                                                           "CREATE TABLE b(id INTEGER PRIMARY KEY);"_s)));
        m_window->workspace()->restoreState({{u"first"_s, u"a"_s}});
        m_window->whenOpened([this] { m_window->workspace()->openNamed(u"b"_s); });
        QVERIFY(settles());
        QTRY_COMPARE(table()->relation().name, u"b"_s);
    }

    void statementsAndTransactionsAreInTheStatusBar()
    {
        m_window->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        auto* query = qobject_cast<query::QueryPage*>(m_window->workspace()->openQuery(u"BEGIN"_s));
        query->runEverything();
        const auto shown = [this](const QString& part) {
            const auto labels = m_window->statusBar()->findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* l) { return l->text().contains(part); });
        };
        QTRY_VERIFY(shown(u"In transaction"_s));
        QTRY_VERIFY(shown(u" ms"_s));
        query->setText(u"ROLLBACK"_s);
        query->runEverything();
        QTRY_VERIFY(!shown(u"In transaction"_s));
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
