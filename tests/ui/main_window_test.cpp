// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cells/grid_view.h"
#include "connect/connecting_page.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "kit/ask_bar.h"
#include "query/query_page.h"
#include "shell/command_palette.h"
#include "shell/keys_dialog.h"
#include "store/recent_sql.h"
#include "support/window_scratch.h"
#include "theme/theme.h"
#include "window.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QPushButton>
#include <QStatusBar>
#include <QStyleHints>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>
#include <optional>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The whole window on real files: opening, failing, and what its keys and pages do.
class MainWindowTest final : public test::WindowTest
{
    Q_OBJECT
    QMenu* menu(const QString& title) const
    {
        for (QAction* action : window()->menuBar()->actions()) {
            if (QString(action->text()).remove(u'&') == title)
                return action->menu();
        }
        qFatal("no menu %s", qPrintable(title));
    }
    /// What two visible parts of the window, or one and a menu, have for their key.
    QStringList twice() const
    {
        QHash<QString, QStringList> texts;
        const auto add = [&texts](const QString& text) {
            if (const QKeySequence key = QKeySequence::mnemonic(text); !key.isEmpty())
                texts[key.toString()] += text;
        };
        for (const QAction* action : window()->menuBar()->actions())
            add(action->text());
        for (const QLabel* label : window()->findChildren<QLabel*>()) {
            if (label->buddy() && label->isVisible())
                add(label->text());
        }
        for (const QAbstractButton* button : window()->findChildren<QAbstractButton*>()) {
            if (button->isVisible())
                add(button->text());
        }
        QStringList clashes;
        for (const QStringList& same : std::as_const(texts)) {
            if (same.size() > 1)
                clashes += same.join(u" | "_s);
        }
        return clashes;
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { m_scratch.emplace(); }
    void cleanup() { m_scratch.reset(); }

    void aColumnThatIsGoneIsNoticed()
    {
        const QString path =
            database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, gone TEXT);"
                                "INSERT INTO t VALUES (1, 'one', 'x');"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"t"_s));
        QCOMPARE(table()->relation().columns.size(), 3);
        QVERIFY(drivers::Connection::open(saved(path).target)
                    .value()
                    ->execute(u"ALTER TABLE t DROP COLUMN gone"_s));
        table()->refresh();
        QTRY_COMPARE(table()->relation().columns.size(), 2);
        QVERIFY(settles());
        QCOMPARE(table()->model().phase(), items::TableModel::Phase::Ready);
    }

    /// A command of the window would take them away from it.
    void noCommandTakesAKeyOfTheGrid()
    {
        QVERIFY(m_scratch->opens(saved(
            database(u"keys.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);"_s))));
        QVERIFY(m_scratch->shows(u"t"_s));
        QHash<QKeySequence, QString> own;
        const QList<shell::KeySection> sections = shell::fixedKeys();
        for (const kit::Command& key : sections.constFirst().commands)
            own.insert(key.shortcut, key.title);
        QVERIFY(own.contains(QKeySequence(u"Ctrl+Shift+D"_s)));
        QStringList taken;
        for (const QAction* action : window()->findChildren<QAction*>()) {
            for (const QKeySequence& keys : action->shortcuts()) {
                if (own.contains(keys))
                    taken << action->text() + u" takes "_s + own[keys];
            }
        }
        for (const kit::Command& command : workspace()->commands() + workspace()->pageCommands()) {
            if (!command.shortcut.isEmpty() && own.contains(command.shortcut))
                taken << command.id + u" takes "_s + own[command.shortcut];
        }
        QCOMPARE(taken, QStringList());
    }

    void theSystemsSchemeIsFollowed()
    {
        QStyleHints* hints = QGuiApplication::styleHints();
        theme::apply(*qApp, theme::Scheme::FollowSystem);
        Q_EMIT hints->colorSchemeChanged(Qt::ColorScheme::Dark);
        QVERIFY(theme::isDark());
        Q_EMIT hints->colorSchemeChanged(Qt::ColorScheme::Light);
        QVERIFY(!theme::isDark());
        theme::apply(*qApp, theme::Scheme::Light);
        Q_EMIT hints->colorSchemeChanged(Qt::ColorScheme::Dark);
        QVERIFY(!theme::isDark());
    }

    void noTwoPartsOfAPageHaveTheSameKey()
    {
        const QString path =
            database(u"a.db"_s, u"CREATE TABLE u(id INTEGER PRIMARY KEY);"
                                "CREATE TABLE t(id INTEGER PRIMARY KEY, u INTEGER REFERENCES u, name TEXT "
                                "CHECK (name > ''));CREATE INDEX i ON t(name);"
                                "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;"
                                "INSERT INTO t VALUES (1, NULL, 'one');"_s);
        QFile file(m_scratch->path(u"t.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("id,name\n2,two\n") > 0);
        file.close();
        QVERIFY(m_scratch->opens(saved(path)) && m_scratch->shows(u"t"_s));
        QPointer<grid::TablePage> page = table();
        QCOMPARE(twice(), QStringList());
        workspace()->openExport(*page);
        auto* format = workspace()->currentPage()->findChild<QComboBox*>(u"exportFormat"_s);
        for (int i = 0; i < format->count(); ++i) {
            format->setCurrentIndex(i);
            QCOMPARE(twice(), QStringList());
        }
        workspace()->openImport(*page, file.fileName());
        QTRY_VERIFY(workspace()->currentPage()->findChild<QComboBox*>(u"importEncoding"_s)->isVisible());
        QCOMPARE(twice(), QStringList());
        workspace()->openFill(*page);
        QCOMPARE(twice(), QStringList());
        workspace()->openScenarios();
        QCOMPARE(twice(), QStringList());
        Q_EMIT page->structureRequested();
        auto* parts = workspace()->currentPage()->findChild<QTreeView*>(u"parts"_s);
        QVERIFY(parts);
        parts->expandAll();
        parts->setFocus();
        QTest::keyClick(parts, Qt::Key_Home);
        QModelIndex before;
        while (parts->currentIndex() != before) {
            before = parts->currentIndex();
            QCOMPARE(twice(), QStringList());
            QTest::keyClick(parts, Qt::Key_Down);
        }
    }

    void aTableThatChangesDoesNotComeToTheFront()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        workspace()->openNamed(u"t"_s);
        workspace()->openDiagram();
        QVERIFY(settles());
        const QWidget* diagram = workspace()->currentPage();
        QVERIFY(drivers::Connection::open(saved(path).target)
                    .value()
                    ->execute(u"ALTER TABLE t ADD COLUMN more TEXT"_s));
        workspace()->reloadCatalog();
        QTRY_COMPARE(window()->findChild<grid::TablePage*>()->relation().columns.size(), 3);
        QVERIFY(settles());
        QCOMPARE(workspace()->currentPage(), diagram);
    }

    void whoComesBackSeesWhatOthersChanged()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"t"_s));
        QVERIFY(drivers::Connection::open(saved(path).target)
                    .value()
                    ->execute(u"ALTER TABLE t ADD COLUMN more TEXT"_s));
        const auto comesBack = [this] {
            Q_EMIT qApp->applicationStateChanged(Qt::ApplicationActive);
            return table() && table()->relation().columns.size() == 3;
        };
        QTRY_VERIFY_WITH_TIMEOUT(comesBack(), 20000);
    }

    void theSampleShopCanBeReadOnly()
    {
        openSubject(*window(), {.subject = u"demo"_s, .readOnly = true});
        QVERIFY(settles());
        QVERIFY(workspace());
        QCOMPARE(workspace()->connection().target.guard, drivers::Guard::ReadOnly);
    }

    void aCommitStaysWhereItWas()
    {
        const QString path = database(
            u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);"
                       "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1000) "
                       "INSERT INTO t SELECT i, 'n' || i FROM s;"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"t"_s));
        QTRY_VERIFY(table()->model().total().exact);
        auto* grid = table()->grid();
        grid->setCurrentIndex(table()->model().index(700, 1));
        QTRY_COMPARE(table()->model().index(700, 1).data().toString(), u"n701"_s);
        table()->model().setData(table()->model().index(700, 1), u"changed"_s);
        window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window()));
        auto* commit = table()->findChild<QPushButton*>(u"commit"_s);
        commit->setFocus();
        QTest::mouseClick(commit, Qt::LeftButton);
        QVERIFY(grid->hasFocus());
        QTRY_COMPARE(table()->pending().total(), 0);
        QTRY_COMPARE(grid->currentIndex(), table()->model().index(700, 1));
        QTRY_COMPARE(table()->model().index(700, 1).data().toString(), u"changed"_s);
    }

    void closingWithAnOpenTransactionSaysSoFirst()
    {
        window()->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER);"_s)));
        QVERIFY(settles());
        auto* query = qobject_cast<query::QueryPage*>(workspace()->openQuery(u"BEGIN"_s));
        query->runEverything();
        QTRY_VERIFY(query->inTransaction());
        QVERIFY(!window()->close());
        auto* ask = workspace()->findChild<kit::AskBar*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY2(ask->title().contains(u"transaction"_s), qPrintable(ask->title()));
        ask->findChild<QPushButton*>(u"askAccept"_s)->click();
        QVERIFY(!window()->isVisible());
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
        const QString path = m_scratch->path(u"x.db"_s);
        if (!content.isEmpty()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        }
        QVERIFY(m_scratch->opens(saved(path)));
        auto* page = window()->findChild<connect::ConnectingPage*>();
        QVERIFY(page->showsFailure());
        QStringList texts;
        for (const QLabel* label : page->findChildren<QLabel*>())
            texts += label->text();
        QVERIFY2(texts.join(u'\n').contains(says), qPrintable(texts.join(u'\n')));
    }

    void theInspectorOpensTheReferencedRow()
    {
        const QString path = database(
            u"a.db"_s, u"CREATE TABLE team(id INTEGER PRIMARY KEY, name TEXT);"
                       "CREATE TABLE person(id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES team);"
                       "INSERT INTO team VALUES (1, 'Core'), (2, 'Field');"
                       "INSERT INTO person VALUES (1, 2);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"person"_s));
        auto* inspector = window()->findChild<inspect::Inspector*>();
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
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"person"_s));
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
        workspace()->goBack();
        workspace()->goForward();
        QVERIFY(settles());
        QCOMPARE(table()->relation().name, u"seat"_s);
        // A key of which a part is NULL references nothing.
        workspace()->goBack();
        QVERIFY(settles());
        QTRY_VERIFY(table()->grid()->currentIndex().isValid());
        table()->grid()->setCurrentIndex(table()->model().index(0, 2));
        press(Qt::Key_F12);
        QCOMPARE(table()->relation().name, u"person"_s);
    }

    void keysSwitchTheTabs()
    {
        window()->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"
                                                           "CREATE TABLE b(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        auto* none = window()->findChild<QWidget*>(u"noPage"_s);
        QVERIFY(none->isVisible());
        workspace()->openNamed(u"a"_s);
        workspace()->openNamed(u"b"_s);
        QVERIFY(!none->isVisible());
        QVERIFY(settles());
        QTest::keyClick(window(), Qt::Key_Tab, Qt::ControlModifier);
        QTRY_COMPARE(table()->relation().name, u"a"_s);
        QTest::keyClick(window(), Qt::Key_PageUp, Qt::ControlModifier);
        QTRY_COMPARE(table()->relation().name, u"b"_s);
        QTest::keyClick(window(), Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_COMPARE(table()->relation().name, u"a"_s);
    }

    void aLongFailureIsShownWhole()
    {
        auto* page = window()->findChild<connect::ConnectingPage*>();
        window()->showFailure(
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
        window()->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        workspace()->openNamed(u"nothing"_s);
        QVERIFY(!window()->statusBar()->currentMessage().isEmpty());
        workspace()->openNamed(u"a"_s);
        QVERIFY(window()->statusBar()->currentMessage().isEmpty());
        QVERIFY(settles());
        table()->model().addRow();
        table()->discard();
        QVERIFY(window()->statusBar()->currentMessage().contains(u"discarded"_s));
        table()->model().undo();
        QVERIFY(window()->statusBar()->currentMessage().isEmpty());
    }

    void aReadOnlyTableOffersToBeWritten()
    {
        store::SavedConnection connection = saved(database(
            u"a.db"_s,
            u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'one');"_s));
        connection.target.guard = drivers::Guard::ReadOnly;
        QVERIFY(m_scratch->opens(connection));
        QVERIFY(m_scratch->shows(u"t"_s));
        auto* allow = table()->findChild<QToolButton*>(u"allowWrites"_s);
        QVERIFY(allow && allow->isVisible());
        QTest::mouseClick(allow, Qt::LeftButton);
        QTRY_VERIFY(window()->isSettled() && table() && table()->relation().editable);
        QCOMPARE(workspace()->connection().target.guard, drivers::Guard::ConfirmWrites);
    }

    void thePaletteFindsTheTransposedView()
    {
        QVERIFY(m_scratch->opens(saved(
            database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);"_s))));
        QVERIFY(m_scratch->shows(u"t"_s));
        auto* form = workspace()->findChild<QWidget*>(u"inspectorForm"_s);
        QTRY_VERIFY(form);
        QTest::keyClick(table()->grid(), Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(!form->isVisible());
        QTest::keyClick(table()->grid(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window()->findChild<QFrame*>(u"commandPalette"_s);
        QTRY_VERIFY(palette->isVisible());
        QTest::keyClicks(QApplication::focusWidget(), u"transposed"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(form->isVisible());
        QVERIFY(form->hasFocus());
    }

    void thePaletteSaysWhenNothingFits()
    {
        QTest::keyClick(window(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window()->findChild<shell::CommandPalette*>();
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

    void whatNothingIsCalledIsLookedForInRows()
    {
        QVERIFY(m_scratch->opens(saved(database(
            u"a.db"_s, u"CREATE TABLE people(id INTEGER PRIMARY KEY, name TEXT, age INTEGER);"
                       "INSERT INTO people VALUES (1, 'Qqzz', 3), (2, 'Zora', 3), (3, 'Qqzz', 4);"_s))));
        QVERIFY(m_scratch->shows(u"people"_s));
        auto* palette = window()->findChild<shell::CommandPalette*>();
        auto* list = palette->findChild<QListWidget*>();
        const auto type = [&](const QString& text) {
            QTest::keyClick(window(), Qt::Key_K, Qt::ControlModifier);
            QTRY_VERIFY(palette->isVisible());
            QTest::keyClicks(QApplication::focusWidget(), text);
        };
        // The rows of the table, besides what is filtered already.
        table()->filterBy({{.column = u"age"_s, .value = u"3"_s}});
        type(u"qqzz"_s);
        QCOMPARE(list->count(), 2);
        QCOMPARE(list->item(0)->text(), u"Search “qqzz” in people"_s);
        QCOMPARE(list->item(1)->text(), u"Search “qqzz” in all tables"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(table()->model().total().exact && table()->model().rowCount() == 1);
        QCOMPARE(table()->model().spec().filters.size(), 1);
        // All tables, from a tab of any kind.
        type(u"qqzz"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        auto* found = window()->findChild<QTreeWidget*>(u"foundTree"_s);
        QVERIFY(found);
        QTRY_COMPARE(found->topLevelItemCount(), 1);
        QTRY_COMPARE(found->topLevelItem(0)->childCount(), 2);
    }

    /// A command that is not to be had now is found, and the keys pass it by.
    void thePaletteTellsWhatCannotBeDoneNow()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"_s))));
        QVERIFY(m_scratch->shows(u"a"_s));
        QTest::keyClick(window(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window()->findChild<shell::CommandPalette*>();
        QTRY_VERIFY(palette->isVisible());
        auto* list = palette->findChild<QListWidget*>();
        QTest::keyClicks(QApplication::focusWidget(), u"commit changes"_s);
        QCOMPARE(list->item(0)->text(), u"Commit changes    not now"_s);
        QVERIFY(!list->item(0)->flags().testFlag(Qt::ItemIsEnabled));
        for (int i = 0; i < 2 * list->count(); ++i) {
            QVERIFY(list->currentItem()->flags().testFlag(Qt::ItemIsEnabled));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
        }
    }

    void thePaletteClosesWithTheTabItsCommandsAreOf()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        QVERIFY(m_scratch->shows(u"a"_s));
        QPointer<grid::TablePage> page = table();
        auto* palette = window()->findChild<shell::CommandPalette*>();
        QTest::keyClick(window(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(palette->isVisible());
        QVERIFY(drivers::Connection::open(saved(path).target)
                    .value()
                    ->executeScript("ALTER TABLE a ADD COLUMN more TEXT"));
        workspace()->reloadCatalog();
        QTRY_VERIFY(!page);
        QVERIFY(!palette->isVisible());
        QTest::keyClicks(palette->findChild<QLineEdit*>(), u"commit"_s);
    }

    void theMenuOfATabSaysWhatCanBeDone()
    {
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"_s))));
        QVERIFY(m_scratch->shows(u"a"_s));
        const auto actions = table()->actions();
        const auto commit = std::ranges::find(actions, u"grid.commit"_s, &QAction::objectName);
        QVERIFY(commit != actions.end());
        for (QMenu* menu : window()->menuBar()->findChildren<QMenu*>())
            Q_EMIT menu->aboutToShow();
        QVERIFY(!(*commit)->isEnabled());
        for (QMenu* menu : window()->menuBar()->findChildren<QMenu*>())
            Q_EMIT menu->aboutToHide();
        QVERIFY((*commit)->isEnabled());  // for its key
    }

    /// What a newcomer looks for stands under what it is about, and every key works.
    void theMenusAreGroupedByMeaning()
    {
        QVERIFY(!menu(u"Database"_s)->menuAction()->isVisible());
        QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, u"CREATE TABLE a(id INTEGER PRIMARY KEY);"_s))));
        QVERIFY(!menu(u"Tab"_s)->menuAction()->isVisible());
        QVERIFY(m_scratch->shows(u"a"_s));
        for (const QString& name : {u"Database"_s, u"Tab"_s}) {
            QVERIFY(menu(name)->menuAction()->isVisible());
            QVERIFY2(menu(name)->actions().size() <= 12, qPrintable(name));
        }
        QStringList groups;
        for (const QAction* action : menu(u"Tab"_s)->actions())
            groups += action->menu() ? action->text() : QString();
        groups.removeAll(QString());
        QCOMPARE(groups, (QStringList{u"Changes"_s, u"Rows"_s, u"Filters"_s, u"Columns and views"_s,
                                      u"Go to"_s, u"Files"_s}));
        const auto* pending = menu(u"Database"_s)->findChild<QAction*>(u"database.pending"_s);
        QVERIFY(pending);
        QCOMPARE(qobject_cast<QMenu*>(pending->parent())->title(), u"Changes and history"_s);
        // In a submenu, and made anew with every tab: each key is there once.
        workspace()->openPending();
        workspace()->openQuery();
        QHash<QKeySequence, int> keys;
        for (const QAction* action : menu(u"Database"_s)->findChildren<QAction*>()) {
            if (!action->shortcut().isEmpty())
                QCOMPARE(++keys[action->shortcut()], 1);
        }
        QTest::keyClick(window(), Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(workspace()->currentPage()->objectName(), u"pendingPage"_s);
        QTest::keyClick(window(), Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(workspace()->currentPage()->objectName() != u"pendingPage"_s);
    }

    void theFilterUnfoldsTheColumnsItFinds()
    {
        window()->openConnection(saved(
            database(u"a.db"_s,
                     u"CREATE TABLE a(id INTEGER PRIMARY KEY, colour TEXT); CREATE TABLE b(id INTEGER);"_s)));
        QVERIFY(settles());
        auto* filter = window()->findChild<QLineEdit*>(u"schemaFilter"_s);
        auto* tree = window()->findChild<QTreeView*>(u"schemaTree"_s);
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

    void returnInTheFilterOpensTheBestMatch()
    {
        window()->openConnection(
            saved(database(u"a.db"_s, u"CREATE TABLE note_tags(id INTEGER, tag TEXT);"
                                      "CREATE TABLE tag(id INTEGER); CREATE TABLE tags(id INTEGER);"
                                      "CREATE TABLE zoo(animal TEXT);"_s)));
        QVERIFY(settles());
        auto* filter = window()->findChild<QLineEdit*>(u"schemaFilter"_s);
        const auto opened = [&](const QString& text) {
            filter->setFocus();
            filter->selectAll();
            QTest::keyClicks(filter, text);
            QTest::keyClick(filter, Qt::Key_Return);
            return table() ? table()->title() : QString();
        };
        QCOMPARE(opened(u"TAG"_s), u"tag"_s);  // the whole name before a beginning
        QCOMPARE(opened(u"tags"_s), u"tags"_s);
        QCOMPARE(opened(u"ote_t"_s), u"note_tags"_s);
        QCOMPARE(opened(u"animal"_s), u"zoo"_s);  // a column opens its table
        QCOMPARE(opened(u"nothing"_s), u"zoo"_s);
        filter->setFocus();
        filter->selectAll();
        QTest::keyClicks(filter, u"tags"_s);
        QTest::keyClick(filter, Qt::Key_Down);
        auto* tree = window()->findChild<QTreeView*>(u"schemaTree"_s);
        QCOMPARE(window()->focusWidget(), tree);
        QCOMPARE(tree->currentIndex().data().toString(), u"tags"_s);
    }

    void theInspectorIsEmptyWhereNoRowIs()
    {
        window()->openConnection(saved(database(
            u"a.db"_s,
            u"CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'one');"_s)));
        QVERIFY(settles());
        QVERIFY(m_scratch->shows(u"t"_s));
        auto* form = window()->findChild<QTreeView*>(u"inspectorForm"_s);
        QTRY_COMPARE(form->model()->rowCount(), 2);
        table()->filterBy({{.column = u"name"_s, .value = u"nobody"_s}});
        QTRY_COMPARE(form->model()->rowCount(), 0);
    }

    void theStatementLogHoldsWhatWasSent()
    {
        window()->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        QVERIFY(m_scratch->shows(u"t"_s));
        workspace()->openLog();
        auto* log = window()->findChild<QTableView*>(u"logTable"_s);
        QVERIFY(log);
        window()->findChild<QLineEdit*>(u"logFilter"_s)->setText(u"FROM \"main\".\"t\""_s);
        QTRY_VERIFY(log->model()->rowCount() > 0);
    }

    void whatRanInAQueryTabIsKept()
    {
        const QString path = database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s);
        QVERIFY(m_scratch->opens(saved(path)));
        auto* query =
            qobject_cast<query::QueryPage*>(workspace()->openQuery(u"SELECT nope; SELECT id FROM t"_s));
        query->runEverything();
        QTRY_VERIFY(!query->isRunning());
        query->setText(u"SELECT id FROM t; PRAGMA user_version"_s);
        query->runEverything();
        QTRY_VERIFY(!query->isRunning());
        // What failed and what is not about rows is not.
        const auto kept = store::recentSql(saved(path).target);
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept[0].sql, u"SELECT id FROM t"_s);
    }

    void statementsAndTransactionsAreInTheStatusBar()
    {
        window()->openConnection(saved(database(u"a.db"_s, u"CREATE TABLE t(id INTEGER PRIMARY KEY);"_s)));
        QVERIFY(settles());
        auto* query = qobject_cast<query::QueryPage*>(workspace()->openQuery(u"BEGIN"_s));
        query->runEverything();
        const auto shown = [this](const QString& part) {
            const auto labels = window()->statusBar()->findChildren<QLabel*>();
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
