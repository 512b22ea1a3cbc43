// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "demo.h"
#include "kit/ask_bar.h"
#include "query/query_page.h"
#include "support/accessible_walk.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QDir>
#include <QFile>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QStatusBar>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace dewpoint;

namespace {

QStringList announced;

void listen(QAccessibleEvent* event)
{
    if (event->type() == QAccessible::Announcement)
        announced += static_cast<QAccessibleAnnouncementEvent*>(event)->message();
}

bool isAnnounced(const QString& part)
{
    return QTest::qWaitFor([&] { return !announced.filter(part).isEmpty(); }, 20000);
}

}  // namespace

/// Every kind of page of the sample shop, for somebody without a mouse or without the screen.
class AccessiblePagesTest final : public test::WindowTest
{
    Q_OBJECT
    using Opens = std::function<void(AccessiblePagesTest&)>;
    std::optional<Demo> m_shop;

    void press(const char* id) const
    {
        auto* action = window()->findChild<QAction*>(QString::fromLatin1(id));
        QVERIFY2(action, id);
        action->trigger();
    }
    void run(const QString& id) const
    {
        const QList<kit::Command> all = workspace()->pageCommands() + workspace()->commands();
        const auto found = std::ranges::find(all, id, &kit::Command::id);
        QVERIFY2(found != all.end(), qPrintable(id));
        found->run();
    }
    void users() const { QVERIFY(m_scratch->shows(u"users"_s) && table()); }
    void queries(const QString& sql) const
    {
        QWidget* page = workspace()->openQuery(sql);
        run(u"query.runAll"_s);
        QTRY_VERIFY(!qobject_cast<query::QueryPage*>(page)->isRunning());
    }
    /// Kinds of pages, each with what brings it into the window.
    static QList<std::pair<const char*, Opens>> pages()
    {
        using Test = AccessiblePagesTest;
        return {
            {"nothing open", [](Test&) {}},
            {"table", [](Test& t) { t.users(); }},
            {"table, filtered",
             [](Test& t) {
                 t.users();
                 t.run(u"grid.addFilter"_s);
                 t.run(u"grid.addWhere"_s);
             }},
            {"table, find and replace",
             [](Test& t) {
                 t.users();
                 t.table()->findAndReplace();
             }},
            {"table, staged",
             [](Test& t) {
                 t.users();
                 t.table()->model().addRow();
                 t.table()->model().deleteRows({2});
                 t.run(u"grid.preview"_s);
             }},
            {"query, rows", [](Test& t) { t.queries(u"SELECT 1 AS a, NULL AS b; SELECT 2 AS c"_s); }},
            {"query, error", [](Test& t) { t.queries(u"SELECT nonsense"_s); }},
            {"migrations", [](Test& t) { t.workspace()->openMigrations(); }},
            {"drift", [](Test& t) { t.workspace()->openDrift(); }},
            {"time", [](Test& t) { t.workspace()->openTimeMachine(); }},
            {"compare", [](Test& t) { t.workspace()->openCompare(); }},
            {"diagram", [](Test& t) { t.workspace()->openDiagram(); }},
            {"search", [](Test& t) { t.workspace()->openSearch(); }},
            {"log", [](Test& t) { t.workspace()->openLog(); }},
            {"pending",
             [](Test& t) {
                 t.users();
                 t.table()->model().deleteRows({2});
                 t.workspace()->openPending();
             }},
            {"history", [](Test& t) { t.workspace()->openHistory(); }},
            {"scenarios", [](Test& t) { t.workspace()->openScenarios(); }},
            {"structure",
             [](Test& t) { t.workspace()->openStructure({.schema = u"main"_s, .name = u"users"_s}); }},
            {"export",
             [](Test& t) {
                 t.users();
                 t.workspace()->openExport(*t.table());
             }},
            {"import",
             [](Test& t) {
                 QFile file(t.m_scratch->path(u"t.csv"_s));
                 QVERIFY(file.open(QIODevice::WriteOnly) && file.write("id,email\n2,two\n") > 0);
                 file.close();
                 t.users();
                 t.workspace()->openImport(*t.table(), file.fileName());
             }},
            {"test rows",
             [](Test& t) {
                 t.users();
                 t.workspace()->openFill(*t.table());
             }},
        };
    }
    void open(const char* wanted)
    {
        store::SavedConnection shop{
            .target = m_shop->target, .projectFolder = m_shop->folder, .lastUsed = {}};
        shop.scratch = true;
        QVERIFY(m_scratch->opens(shop));
        for (const auto& [name, opens] : pages()) {
            if (qstrcmp(name, wanted) == 0)
                opens(*this);
        }
        QVERIFY(settles());
    }

private Q_SLOTS:
    void initTestCase()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        QAccessible::installUpdateHandler(listen);
        auto made = makeDemo({.engine = Engine::Sqlite, .location = {}});
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        m_shop = *made;
    }
    void cleanupTestCase()
    {
        QAccessible::installUpdateHandler(nullptr);
        QDir(m_shop->folder).removeRecursively();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_scratch.emplace();
        announced.clear();
    }
    void cleanup() { m_scratch.reset(); }

    void eachPageIsSaidReachedAndMarked_data()
    {
        QTest::addColumn<QByteArray>("page");
        for (const auto& [name, opens] : pages())
            QTest::newRow(name) << QByteArray(name);
    }

    void eachPageIsSaidReachedAndMarked()
    {
        QFETCH(const QByteArray, page);
        open(page.constData());
        QStringList found = test::unspoken(*window());
        for (const QString& lost : test::unreachable(*window()))
            found += u"not by keys: "_s + lost;
        for (const QString& dark : test::unmarked(*window()))
            found += u"focus unseen: "_s + dark;
        QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found.join(u'\n')));
    }

    void theStartPageIsSaidReachedAndMarked()
    {
        const QStringList found =
            test::unspoken(*window()) + test::unreachable(*window()) + test::unmarked(*window());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void f6GoesFromAreaToArea()
    {
        open("query, rows");
        auto* editor = workspace()->findChild<QPlainTextEdit*>(u"sqlEditor"_s);
        editor->setFocus();
        // The inspector comes with the row that has the focus, so there may be more than there were.
        QWidgetList visited{editor};
        for (int step = 0; step < 10 && (step == 0 || visited.last() != editor); ++step) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
            visited += QApplication::focusWidget();
        }
        QCOMPARE(visited.last(), editor);
        QVERIFY(visited.size() > 3);
        QVERIFY(
            std::ranges::any_of(visited, [](QWidget* one) { return qobject_cast<cells::GridView*>(one); }));
        for (qsizetype step = visited.size() - 2; step > 0; --step) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
            QCOMPARE(QApplication::focusWidget(), visited[step]);
        }
    }

    void whatAppearsIsAnnounced()
    {
        open("nothing open");
        QVERIFY(isAnnounced(u"Opening"_s));
        queries(u"SELECT 1 AS a"_s);
        QVERIFY(isAnnounced(u"1 row"_s));
        queries(u"SELECT nonsense"_s);
        QVERIFY(isAnnounced(u"no such column: nonsense"_s));
        announced.clear();
        queries(u"DELETE FROM users"_s);
        QVERIFY(isAnnounced(u"This DELETE has no WHERE"_s));
        users();
        auto* where = workspace()->currentPage();
        run(u"grid.addWhere"_s);
        auto* value = where->findChildren<QLineEdit*>(u"filterValue"_s).last();
        QTest::keyClicks(value, u"nonsense = 1"_s);
        QTest::keyClick(value, Qt::Key_Return);
        QVERIFY(isAnnounced(u"⚠"_s));
    }

    void aFailedOpeningIsAnnounced()
    {
        (void)m_scratch->opens(saved(m_scratch->path(u"gone.db"_s)));
        QVERIFY(isAnnounced(u"could not be opened"_s));
    }

    void highContrastIsAKeyAndIsRemembered()
    {
        QTest::keyClick(window(), Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(theme::isHighContrast());
        QVERIFY(m_scratch->comesBack());
        window()->restoreLook(true);
        QVERIFY(theme::isHighContrast());
        QTest::keyClick(window(), Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!theme::isHighContrast());
    }
};

QTEST_MAIN(AccessiblePagesTest)
#include "accessible_pages_test.moc"
