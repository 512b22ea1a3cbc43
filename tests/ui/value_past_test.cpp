// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "history/history_page.h"
#include "inspect/inspector.h"
#include "inspect/past_view.h"
#include "inspect/record_form.h"
#include "support/pg.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

const QString script = u"CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT, note TEXT);"
                       "INSERT INTO team VALUES (1, 'Red', NULL), (2, 'Blue', ''), (3, 'Green', 'x');"
                       "CREATE TABLE member (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES team (id) "
                       "ON DELETE SET NULL, name TEXT);"
                       "INSERT INTO member VALUES (1, 3, 'Ada');"_s;

}  // namespace

/// What a value was before, in the inspector, by keys and mouse, in both engines.
class ValuePastTest final : public test::WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("postgres");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgres") << true;
    }
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        theme::apply(*qApp, theme::Scheme::Light);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support|Cannot open file)"_s));
        QFETCH_GLOBAL(bool, postgres);
        m_scratch.emplace();
        if (postgres) {
            m_server.emplace();
            auto made = drivers::Connection::open(m_server->target());
            QVERIFY(made && (*made)->executeScript(script.toUtf8()));
            QVERIFY(m_scratch->opens({.target = m_server->target(), .lastUsed = {}}));
        } else {
            QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, script))));
        }
        QVERIFY(m_scratch->shows(u"team"_s));
        QTRY_COMPARE(table()->model().rowCount(), 3);
    }
    void cleanup()
    {
        m_scratch.reset();
        m_server.reset();
    }

    void aValuesPastIsListedAndFollowsTheCell()
    {
        QVERIFY(commits(0, u"name"_s, u"Rouge"_s));
        QVERIFY(commits(0, u"note"_s, u"first"_s));
        QVERIFY(commits(0, u"name"_s, u"Crimson"_s));
        focus(0, u"name"_s);
        QTRY_VERIFY(child<QToolButton>(u"inspectorHistory"_s)->isVisible());
        QTest::mouseClick(child<QToolButton>(u"inspectorHistory"_s), Qt::LeftButton);
        QTRY_COMPARE(lines(), (QStringList{u"Rouge → Crimson"_s, u"Red → Rouge"_s}));
        QVERIFY(said(0).startsWith(u"today "_s));
        QVERIFY(child<QLabel>(u"pastNote"_s)->text().contains(u"through Dewpoint"_s));
        // NULL is a word, not a text.
        focus(0, u"note"_s);
        QTRY_COMPARE(lines(), QStringList{u"NULL → first"_s});
        focus(1, u"name"_s);
        QTRY_VERIFY(
            lines().isEmpty()
            && child<QLabel>(u"pastNote"_s)->text().contains(u"only commits made through Dewpoint"_s));
        // The form's own line counts, wherever the grid's cursor is.
        focus(0, u"id"_s);
        QTRY_COMPARE(form()->currentIndex().row(), 0);
        form()->setCurrentIndex(form()->model()->index(1, 0));
        QTRY_COMPARE(lines().size(), 2);
        // The whole row, each line with its column.
        QTest::mouseClick(child<QToolButton>(u"pastRow"_s), Qt::LeftButton);
        QTRY_COMPARE(lines(), (QStringList{u"Rouge → Crimson"_s, u"NULL → first"_s, u"Red → Rouge"_s}));
        QVERIFY(said(1).contains(u"note"_s));
    }

    void anOlderValueIsStagedByKeysAndUndone()
    {
        QVERIFY(commits(0, u"name"_s, u"Rouge"_s));
        QVERIFY(commits(0, u"name"_s, u"Crimson"_s));
        focus(0, u"name"_s);
        QTest::keyClick(window(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(lines().size(), 2);
        QTRY_COMPARE(QApplication::focusWidget(), list());
        QTest::keyClick(list(), Qt::Key_Down);
        QTest::keyClick(list(), Qt::Key_Return);
        QTRY_COMPARE(cellText(0, u"name"_s), u"Red"_s);
        QCOMPARE(table()->pending().updates, 1);
        QTRY_COMPARE(lines(), (QStringList{u"Crimson → Red"_s, u"Rouge → Crimson"_s, u"Red → Rouge"_s}));
        QVERIFY(said(0).startsWith(u"not committed yet"_s));
        // What is only staged has no older value of its own to be staged.
        list()->setCurrentRow(0);
        QVERIFY(!child<QPushButton>(u"pastStage"_s)->isEnabled());
        table()->model().undo();
        QTRY_COMPARE(lines(), (QStringList{u"Rouge → Crimson"_s, u"Red → Rouge"_s}));
        QCOMPARE(cellText(0, u"name"_s), u"Crimson"_s);
        QTest::keyClick(list(), Qt::Key_Escape);
        QVERIFY(!list()->isVisible());
        QVERIFY(form()->hasFocus());
    }

    void nullComesBackAsNull()
    {
        QVERIFY(commits(0, u"note"_s, u"text"_s));
        focus(0, u"note"_s);
        QTest::keyClick(window(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(lines(), QStringList{u"NULL → text"_s});
        list()->setCurrentRow(0);
        QTest::mouseClick(child<QPushButton>(u"pastStage"_s), Qt::LeftButton);
        const QModelIndex note = table()->model().index(0, table()->relation().indexOf(u"note"_s));
        QTRY_VERIFY(table()->model().valueAt(note) && isNull(*table()->model().valueAt(note)));
    }

    void theCommitOfALineIsOpened()
    {
        QVERIFY(commits(0, u"name"_s, u"Rouge"_s));
        QVERIFY(commits(1, u"name"_s, u"Navy"_s));
        focus(0, u"name"_s);
        QTest::keyClick(window(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(lines(), QStringList{u"Red → Rouge"_s});
        QTRY_COMPARE(QApplication::focusWidget(), list());
        QTest::keyClick(list(), Qt::Key_Return, Qt::ControlModifier);
        auto* page = qobject_cast<history::HistoryPage*>(workspace()->currentPage());
        QVERIFY(page);
        auto* commits = page->findChild<QTreeWidget*>(u"historyList"_s);
        QTRY_COMPARE(commits->indexOfTopLevelItem(commits->currentItem()), 1);
        // The list is there by now; another commit is gone to at once.
        page->showCommit(commits->topLevelItem(0)->data(0, Qt::UserRole).toString());
        QCOMPARE(commits->indexOfTopLevelItem(commits->currentItem()), 0);
    }

    void aRowIsFollowedOverAChangedKeyAndACascade()
    {
        QVERIFY(commits(0, u"name"_s, u"Rouge"_s));
        QVERIFY(commits(0, u"id"_s, u"9"_s));
        QTRY_COMPARE(cellText(2, u"id"_s), u"9"_s);
        focus(2, u"name"_s);
        QTest::keyClick(window(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(lines(), QStringList{u"Red → Rouge"_s});
        // What a foreign key did in another table is known there.
        table()->model().deleteRows({1});
        table()->commit();
        QTRY_COMPARE(table()->pending().total(), 0);
        QVERIFY(m_scratch->shows(u"member"_s));
        QTRY_COMPARE(table()->model().rowCount(), 1);
        focus(0, u"team_id"_s);
        QTRY_COMPARE(lines(), QStringList{u"3 → NULL"_s});
        QVERIFY(said(0).contains(u"by a foreign key"_s));
    }

    void aNewRowHasNoPastUntilItIsCommitted()
    {
        table()->model().addRow();
        focus(0, u"name"_s);
        QTest::keyClick(window(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(child<QLabel>(u"pastNote"_s)->text(), u"The row is not committed yet."_s);
        table()->model().setTexts({{cell(0, u"id"_s), u"7"_s}, {cell(0, u"name"_s), u"Grey"_s}});
        table()->commit();
        QTRY_COMPARE(table()->pending().total(), 0);
        QTRY_COMPARE(cellText(3, u"name"_s), u"Grey"_s);
        focus(3, u"name"_s);
        QTRY_COMPARE(lines(), QStringList{u"Grey"_s});
        QVERIFY(said(0).contains(u"row added"_s));
    }

    void itLooksRightInBothThemesAndSizes()
    {
        QVERIFY(commits(0, u"name"_s, u"Rouge"_s));
        QVERIFY(
            commits(0, u"note"_s, u"A long text that does not fit into a line of the inspector at all"_s));
        QVERIFY(commits(0, u"note"_s, u"short"_s));
        focus(0, u"note"_s);
        QTest::keyClick(window(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(lines().size(), 2);
        table()->model().setTexts({{cell(0, u"note"_s), u"staged"_s}});
        QTRY_COMPARE(lines().size(), 3);
        for (const auto& [scheme, size, name] : {std::tuple{theme::Scheme::Light, QSize(1440, 900), "light"},
                                                 {theme::Scheme::Dark, QSize(960, 640), "dark"}}) {
            theme::apply(*qApp, scheme);
            window()->resize(size);
            QTRY_COMPARE(window()->size(), size);
            QVERIFY(list()->height() > 0 && child<QPushButton>(u"pastStage"_s)->isVisible());
            if (qEnvironmentVariableIsSet("DEWPOINT_PICTURES"))
                window()->grab().save(qEnvironmentVariable("DEWPOINT_PICTURES") + u"/past-"_s
                                      + QString::fromLatin1(name) + u".png"_s);
        }
        theme::apply(*qApp, theme::Scheme::Light);
    }

private:
    template <class Widget>
    Widget* child(const QString& name) const
    {
        return window()->findChild<Widget*>(name);
    }
    QListWidget* list() const { return child<QListWidget>(u"pastList"_s); }
    inspect::RecordForm* form() const { return child<inspect::RecordForm>(u"inspectorForm"_s); }
    QStringList lines() const
    {
        QStringList lines;
        for (int row = 0; list()->isVisible() && row < list()->count(); ++row)
            lines += list()->item(row)->text();
        return lines;
    }
    QString said(int row) const { return list()->item(row)->data(Qt::AccessibleTextRole).toString(); }
    QModelIndex cell(int row, const QString& name) const
    {
        return table()->model().index(row, table()->relation().indexOf(name));
    }
    QString cellText(int row, const QString& name) const { return cell(row, name).data().toString(); }
    void focus(int row, const QString& name) const
    {
        table()->grid()->setFocus();
        table()->grid()->setCurrentIndex(cell(row, name));
    }
    bool commits(int row, const QString& name, const QString& text) const
    {
        const bool loaded =
            QTest::qWaitFor([&] { return table()->model().rowState(row) != items::RowState::Loading; });
        if (!loaded || table()->model().setTexts({{cell(row, name), text}}) != 1)
            return false;
        table()->commit();
        return QTest::qWaitFor([this] {
            return table()->pending().total() == 0 && !table()->isCommitting() && !table()->isBusy();
        });
    }

    std::optional<test::ScratchPostgres> m_server;
};

QTEST_MAIN(ValuePastTest)
#include "value_past_test.moc"
