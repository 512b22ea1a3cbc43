// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "search/search_page.h"
#include "support/pg.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace dewpoint;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* script = "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);"
                               "INSERT INTO a VALUES (1, 'apple'), (2, 'pear'), (3, 'pineapple');"
                               "CREATE TABLE b (x TEXT, y INTEGER);"
                               "INSERT INTO b VALUES ('an apple', 7), ('none', 42), ('x', 1), ('y', 2);";

}  // namespace

/// A value is looked for in all tables of a database of either engine, by keys.
class SearchPageTest final : public test::WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("postgres");
        QTest::newRow("sqlite") << false;
        QTest::newRow("postgres") << true;
    }
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        QFETCH_GLOBAL(bool, postgres);
        m_scratch.emplace();
        if (postgres) {
            m_server.emplace();
            auto made = drivers::Connection::open(m_server->target());
            QVERIFY(made && (*made)->executeScript(script));
            QVERIFY(m_scratch->opens({.target = m_server->target(), .lastUsed = {}}));
        } else {
            QVERIFY(m_scratch->opens(saved(database(u"a.db"_s, QString::fromLatin1(script)))));
        }
        QTest::keyClick(window(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(page());
    }
    void cleanup()
    {
        m_scratch.reset();
        m_server.reset();
    }

    void findsAndGoesToTheRowByKeys()
    {
        search(u"apple"_s);
        QCOMPARE(places(), (QStringList{u"a.name apple"_s, u"a.name pineapple"_s, u"b.x an apple"_s}));
        QTest::keyClick(field(), Qt::Key_Down);
        QCOMPARE(tree()->currentItem(), tree()->topLevelItem(0));
        QTest::keyClick(tree(), Qt::Key_Down);
        QTest::keyClick(tree(), Qt::Key_Down);
        QTest::keyClick(tree(), Qt::Key_Return);
        QVERIFY(table());
        QVERIFY(settles());
        QCOMPARE(table()->relation().name, u"a"_s);
        QTRY_COMPARE(table()->model().rowCount(), 1);
        QCOMPARE(table()->model().index(0, 1).data().toString(), u"pineapple"_s);
        QCOMPARE(table()->grid()->currentIndex().column(), 1);
        workspace()->goBack();
        QVERIFY(page());
    }

    void aRowWithoutAKeyIsFoundByItsHiddenOne()
    {
        search(u"42"_s);
        QCOMPARE(places(), QStringList{u"b.y 42"_s});
        tree()->setCurrentItem(tree()->topLevelItem(0)->child(0));
        QTest::keyClick(tree(), Qt::Key_Return);
        QVERIFY(table());
        QTRY_COMPARE(table()->model().rowCount(), 1);
        QCOMPARE(table()->model().index(0, 0).data().toString(), u"none"_s);
    }

    void textsCanBeAskedToEqual()
    {
        page()->findChild<QComboBox*>(u"valueMode"_s)->setCurrentIndex(1);
        search(u"apple"_s);
        QCOMPARE(places(), QStringList{u"a.name apple"_s});
    }

    void saysWhereNothingIsFound()
    {
        search(u"nowhere to be seen"_s);
        QVERIFY(places().isEmpty());
        QVERIFY(state().contains(u"2 tables searched"_s));
        QVERIFY(state().contains(u"Nothing was found"_s));
    }

    /// What is found soon is seen soon, whatever the tables are called.
    void smallTablesComeFirst()
    {
        const auto other = drivers::Connection::open(workspace()->connection().target);
        QByteArray script = "CREATE TABLE aa_large (id INTEGER PRIMARY KEY, name TEXT);"
                            "CREATE TABLE z_small (id INTEGER PRIMARY KEY, name TEXT);"
                            "INSERT INTO z_small VALUES (1, 'cherry'); INSERT INTO aa_large VALUES ";
        for (int i = 1; i <= 5000; ++i)
            script += "(" + QByteArray::number(i) + ", 'cherry'),";
        script.back() = ';';
        QVERIFY(other && (*other)->executeScript(script));
        workspace()->reloadCatalog();
        QVERIFY(settles());
        search(u"cherry"_s);
        QCOMPARE(tree()->topLevelItemCount(), 2);
        QCOMPARE(tree()->topLevelItem(0)->text(0), u"z_small"_s);
        QCOMPARE(tree()->topLevelItem(1)->text(0), u"aa_large"_s);
        // A found cell is still of the table it stands under.
        tree()->setCurrentItem(tree()->topLevelItem(0)->child(0));
        QTest::keyClick(tree(), Qt::Key_Return);
        QVERIFY(table());
        QCOMPARE(table()->relation().name, u"z_small"_s);
    }

    void escapeStops()
    {
        QTest::keyClicks(field(), u"apple"_s);
        QTest::keyClick(field(), Qt::Key_Return);
        QVERIFY(page()->isRunning());
        QVERIFY(page()->findChild<QPushButton*>(u"stopSearch"_s)->isVisible());
        QTest::keyClick(field(), Qt::Key_Escape);
        QVERIFY(!page()->isRunning());
        QVERIFY2(state().startsWith(u"Stopped"_s), qPrintable(state()));
        search(QString());
        QCOMPARE(places().size(), 3);
    }

    void aTableThatCannotBeReadDoesNotStopTheOthers()
    {
        auto other = drivers::Connection::open(workspace()->connection().target);
        QVERIFY(other && (*other)->execute(u"DROP TABLE a"_s));
        search(u"apple"_s);
        QCOMPARE(places(), QStringList{u"b.x an apple"_s});
        QVERIFY2(state().contains(u"Could not be read: a"_s), qPrintable(state()));
    }

private:
    search::SearchPage* page() const { return qobject_cast<search::SearchPage*>(workspace()->currentPage()); }
    QLineEdit* field() const { return page()->findChild<QLineEdit*>(u"valueField"_s); }
    QTreeWidget* tree() const { return page()->findChild<QTreeWidget*>(u"foundTree"_s); }
    QString state() const { return page()->findChild<QLabel*>(u"searchState"_s)->text(); }
    void search(const QString& text) const
    {
        field()->setFocus();
        QTest::keyClicks(field(), text);
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_VERIFY(!page()->isRunning());
    }
    QStringList places() const
    {
        QStringList found;
        for (int i = 0; i < tree()->topLevelItemCount(); ++i) {
            const QTreeWidgetItem* branch = tree()->topLevelItem(i);
            for (int row = 0; row < branch->childCount(); ++row)
                found +=
                    branch->text(0) + u'.' + branch->child(row)->text(0) + u' ' + branch->child(row)->text(1);
        }
        return found;
    }

    std::optional<test::ScratchPostgres> m_server;
};

QTEST_MAIN(SearchPageTest)
#include "search_page_test.moc"
