// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "connect/connecting_page.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "query/query_page.h"
#include "store/json_file.h"
#include "support/window_scratch.h"
#include "theme/theme.h"
#include "window.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QThreadPool>
#include <QToolButton>

#include <optional>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Nothing that is typed, staged, begun or running ends unasked, whatever closes it; and what is opened again
/// is what was meant.
class ClosingTest final : public QObject
{
    Q_OBJECT
private:
    std::optional<test::WindowScratch> m_scratch;

    QString database(const QString& name) const
    {
        return m_scratch->database(name, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                                         "INSERT INTO t VALUES (1, 'one'), (2, 'two');"_s);
    }
    void write(const QString& name, const QByteArray& text) const
    {
        const QString path = m_scratch->path(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static store::SavedConnection saved(const QString& path) { return test::WindowScratch::saved(path); }
    shell::MainWindow* window() const { return m_scratch->window(); }
    shell::Workspace* workspace() const { return m_scratch->workspace(); }
    bool settles() const { return m_scratch->settles(); }
    void open(const QString& path) const { QVERIFY(m_scratch->opens(saved(path))); }
    QString openedPlace() const
    {
        return workspace() ? workspace()->connection().target.location : QString();
    }
    kit::AskBar* question() const
    {
        return workspace()->findChild<kit::AskBar*>(QString(), Qt::FindDirectChildrenOnly);
    }
    void agree() { question()->findChild<QPushButton*>(u"askAccept"_s)->click(); }
    void run(const QString& id)
    {
        for (const kit::Command& command : workspace()->commands()) {
            if (command.id == id) {
                QVERIFY(command.isEnabled());
                command.run();
            }
        }
    }
    query::QueryPage* query(const QString& text)
    {
        return qobject_cast<query::QueryPage*>(workspace()->openQuery(text));
    }
    void begin()
    {
        query::QueryPage* page = query(u"BEGIN"_s);
        page->runEverything();
        QTRY_VERIFY(page->inTransaction() && !page->isRunning());
    }
    QString kept(const QString& path) const
    {
        const auto state = store::readJson(store::workspaceFile(saved(path).target));
        return QString::fromUtf8(QJsonDocument(state.value_or(QJsonObject())).toJson());
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { m_scratch.emplace(); }
    void cleanup() { m_scratch.reset(); }

    void anotherDatabaseDoesNotEndATransactionUnasked()
    {
        const QString first = database(u"first.db"_s);
        const QString second = database(u"second.db"_s);
        open(first);
        begin();
        window()->openConnection(saved(second));
        QCOMPARE(openedPlace(), first);
        QVERIFY(question()->isAsking());
        QVERIFY2(question()->title().contains(u"transaction"_s), qPrintable(question()->title()));
        agree();
        QVERIFY(settles());
        QCOMPARE(openedPlace(), second);
    }

    /// Of the sample shop nothing comes back, which is told when there is something to lose.
    void aScratchCopySaysThatItKeepsNothing()
    {
        store::SavedConnection shop = saved(database(u"shop.db"_s));
        shop.scratch = true;
        QVERIFY(m_scratch->opens(shop));
        QVERIFY(m_scratch->shows(u"t"_s));
        auto* page = qobject_cast<grid::TablePage*>(workspace()->currentPage());
        QTRY_COMPARE(page->model().rowCount(), 2);
        page->model().setData(page->model().index(0, 1), u"uno"_s);
        auto* edits = window()->findChild<QToolButton*>(u"pendingChanges"_s);
        QTRY_COMPARE(edits->text(), u"1 change(s) in 1 table(s) · gone when closed"_s);
        QVERIFY(!window()->close());
        QVERIFY(question()->isAsking());
        QCOMPARE(question()->title(), u"What is staged or typed here is kept nowhere."_s);
        question()->dismiss();
        // With nothing to lose it closes as any window does; a question that is agreed to, too.
        page->model().discard();
        run(u"database.closeTab"_s);
        QVERIFY(m_scratch->shows(u"t"_s));
        page = qobject_cast<grid::TablePage*>(workspace()->currentPage());
        QTRY_COMPARE(page->model().rowCount(), 2);
        page->model().setData(page->model().index(0, 1), u"uno"_s);
        QVERIFY(!window()->close());
        agree();
        QTRY_VERIFY(!window()->isVisible());
    }

    void theTabThatIsLeftHasTheFocus()
    {
        open(database(u"a.db"_s));
        workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        query::QueryPage* closed = query(u"SELECT 1"_s);
        QVERIFY(QTest::qWaitForWindowActive(window()));
        closed->setFocus();
        QTRY_VERIFY(closed->isAncestorOf(QApplication::focusWidget()));
        run(u"database.closeTab"_s);
        QWidget* left = workspace()->currentPage();
        QVERIFY(qobject_cast<grid::TablePage*>(left));
        QTRY_VERIFY(left->isAncestorOf(QApplication::focusWidget()));
    }

    void theTransactionOutlivesItsTab()
    {
        open(database(u"a.db"_s));
        begin();
        run(u"database.closeTab"_s);
        QCOMPARE(window()->findChildren<query::QueryPage*>().size(), 1);  // until the event loop comes round
        QVERIFY(!window()->close());
        QVERIFY(question()->isAsking());
        query::QueryPage* other = query(u"COMMIT"_s);
        QVERIFY(other->inTransaction());
        other->runEverything();
        QTRY_VERIFY(!other->inTransaction() && !other->isRunning());
        QVERIFY(window()->close());
    }

    void whatCannotBeKeptStopsTheClosing()
    {
        const QString path = database(u"a.db"_s);
        open(path);
        workspace()->openNamed(u"t"_s);
        QVERIFY(settles());
        auto* table = qobject_cast<grid::TablePage*>(workspace()->currentPage());
        table->model().setData(table->model().index(0, 1), u"staged"_s);
        const QString folder = m_scratch->path(u"state/workspaces"_s);
        QVERIFY(QDir(folder).removeRecursively());
        write(u"state/workspaces"_s, "no folder any more");
        QVERIFY(!window()->close());
        QVERIFY(question()->isAsking());
        QVERIFY2(question()->title().contains(u"could not be kept"_s), qPrintable(question()->title()));
        QCOMPARE(table->pending().updates, 1);
        agree();
        QVERIFY(!window()->isVisible());
    }

    void sqlIsKeptWhileItIsTyped()
    {
        const QString path = database(u"a.db"_s);
        open(path);
        auto* editor = query({})->findChild<QPlainTextEdit*>();
        QVERIFY(editor);
        QTRY_VERIFY(!kept(path).isEmpty());
        QTest::keyClicks(editor, u"SELECT 4711"_s);
        QTRY_VERIFY(kept(path).contains(u"SELECT 4711"_s));
    }

    void aClosedTabIsReopenedWithItsText()
    {
        const QString path = database(u"a.db"_s);
        open(path);
        query(u"SELECT 'first'"_s);
        run(u"database.closeTab"_s);
        query({});
        run(u"database.closeTab"_s);  // there is nothing in it to come back for
        QVERIFY(m_scratch->comesBack());
        run(u"database.reopenTab"_s);
        auto* page = qobject_cast<query::QueryPage*>(workspace()->currentPage());
        QVERIFY(page);
        QCOMPARE(page->saveState()[u"text"].toString(), u"SELECT 'first'"_s);
    }

    void aRunningMigrationIsNotStoppedUnasked()
    {
        const QString path = database(u"a.db"_s);
        write(u"diesel.toml"_s, "[migrations_directory]\ndir = \"migrations\"\n");
        // Endless where there are rows; the shadow has none.
        write(u"migrations/2025-01-01-000000_long/up.sql"_s,
              "CREATE TABLE result AS SELECT CASE WHEN EXISTS (SELECT 1 FROM t) THEN (WITH RECURSIVE c(i) AS "
              "(SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT max(i) FROM c) END AS i;\n");
        write(u"migrations/2025-01-01-000000_long/down.sql"_s, "DROP TABLE result;\n");
        write(u"migrations/2024-01-01-000000_t/up.sql"_s, "SELECT 1;\n");
        write(u"migrations/2024-01-01-000000_t/down.sql"_s, "SELECT 1;\n");
        open(path);
        workspace()->openMigrations();
        auto* page = qobject_cast<migrate::MigratePage*>(workspace()->currentPage());
        QTRY_VERIFY(page->status() && !page->isBusy());
        page->propose(apply::Action::Run, apply::Scope::all());
        QTRY_VERIFY_WITH_TIMEOUT(page->isChanging() || page->findChild<kit::AskBar*>()->isAsking(), 20000);
        if (!page->isChanging())
            page->findChild<QPushButton*>(u"askAccept"_s)->click();
        QVERIFY(page->isChanging());
        run(u"database.closeTab"_s);
        QCOMPARE(workspace()->currentPage(), page);
        QVERIFY(question()->isAsking());
        question()->dismiss();
        QVERIFY(!window()->close());
        QVERIFY2(question()->title().contains(u"migration"_s), qPrintable(question()->title()));
        window()->openConnection(saved(database(u"b.db"_s)));
        QCOMPARE(openedPlace(), path);
        QVERIFY(page->isChanging());
        agree();
        QTRY_VERIFY(openedPlace().endsWith(u"b.db"_s));
        QVERIFY(settles());
    }

    void aKnownDatabaseKeepsItsGuardHoweverItIsOpened()
    {
        store::SavedConnection known = saved(database(u"a.db"_s));
        known.target.guard = drivers::Guard::ReadOnly;
        known.environment = store::Environment::Production;
        QVERIFY(store::rememberConnection(known));
        window()->findChild<QLineEdit*>(u"address"_s)->setText(known.target.location);
        window()->findChild<QPushButton*>(u"connect"_s)->click();
        QVERIFY(settles());
        QCOMPARE(workspace()->connection().target.guard, drivers::Guard::ReadOnly);
        QCOMPARE(workspace()->connection().environment, store::Environment::Production);
    }

    void aRecentDatabaseIsTheOneThatIsShown()
    {
        const QString first = database(u"first.db"_s);
        const QString second = database(u"second.db"_s);
        QVERIFY(store::rememberConnection(saved(first)) && store::rememberConnection(saved(second)));
        m_scratch->start();
        QVERIFY(store::rememberConnection(saved(first)));  // by another window: it stands first now
        auto* list = window()->findChild<QListWidget*>(u"recent"_s);
        QCOMPARE(list->item(0)->text(), saved(second).target.displayName());
        Q_EMIT list->itemActivated(list->item(0));
        QVERIFY(settles());
        QCOMPARE(openedPlace(), second);
    }

    void aCancelledSampleShopStaysAway()
    {
        openSubject(*window(), {.subject = u"demo"_s});
        Q_EMIT window()->findChild<connect::ConnectingPage*>()->cancelled();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(60000));
        QTest::qWait(100);
        QVERIFY(!workspace());
    }
};

QTEST_MAIN(ClosingTest)
#include "closing_test.moc"
