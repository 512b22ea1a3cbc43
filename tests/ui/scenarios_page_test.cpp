// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cells/change_tree.h"
#include "cells/grid_view.h"
#include "exchange/scenarios_page.h"
#include "kit/ask_bar.h"
#include "support/pg.h"
#include "support/rows_of.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// The rows of a database kept, compared and put back, in the window.
class ScenariosPageTest final : public test::WindowTest
{
    Q_OBJECT
    std::unique_ptr<test::ScratchPostgres> m_postgres;
    drivers::Target m_target;

    static constexpr auto script = "CREATE TABLE city (id integer PRIMARY KEY, name text NOT NULL);"
                                   "INSERT INTO city VALUES (1, 'Rome'), (2, 'Oslo'), (3, 'Turin');";
    void run(const QByteArray& sql) const
    {
        const auto connection = drivers::Connection::open(m_target);
        QVERIFY(connection && (*connection)->executeScript(sql));
    }
    QString stored(const QString& sql) const
    {
        const auto connection = drivers::Connection::open(m_target);
        return displayText((*connection)->scalar(sql).value_or(textValue(u"failed"_s)));
    }
    bool opens(Engine engine)
    {
        if (engine == Engine::Postgres) {
            m_postgres = std::make_unique<test::ScratchPostgres>();
            m_target = m_postgres->target();
            run(script);
        } else {
            m_target = {.engine = Engine::Sqlite,
                        .location = database(u"shop.sqlite"_s, QString::fromLatin1(script))};
        }
        return m_scratch->opens({.target = m_target, .lastUsed = {}}) && m_scratch->shows(u"city"_s);
    }
    exchange::ScenariosPage* page() const
    {
        return qobject_cast<exchange::ScenariosPage*>(workspace()->currentPage());
    }
    template <class Widget>
    Widget* part(const char* name) const
    {
        auto* found = page()->findChild<Widget*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    QString answer() const { return page()->findChild<kit::AskBar*>()->title(); }
    QString detail() const { return page()->findChild<kit::AskBar*>()->detail(); }
    void press(const char* name) const { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }
    void keep(const QString& name) const
    {
        auto* field = part<QLineEdit>("scenarioName");
        field->setFocus();
        QTest::keyClicks(field, name);
        QTest::keyClick(field, Qt::Key_Return);
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
        m_scratch.emplace();
    }
    void cleanup()
    {
        m_scratch.reset();
        m_postgres.reset();
    }

    void keepsComparesAndResets_data() { test::engines(); }
    void keepsComparesAndResets()
    {
        QFETCH(const Engine, engine);
        QVERIFY(opens(engine));
        workspace()->openScenarios();
        QVERIFY(!part<QPushButton>("scenarioReset")->isEnabled());
        QVERIFY(!part<QPushButton>("scenarioSave")->isEnabled());
        keep(u"clean"_s);
        QTRY_COMPARE(answer(), u"clean is kept."_s);
        QCOMPARE(part<QTreeWidget>("scenarioList")->topLevelItemCount(), 1);
        run("INSERT INTO city VALUES (4, 'Ulm'), (5, 'Bern'); UPDATE city SET name = 'Roma' WHERE id = 1; "
            "DELETE "
            "FROM city WHERE id = 2");
        press("scenarioCompare");
        QTRY_COMPARE(part<QLabel>("scenarioTitle")->text(), u"Since clean: 1 table(s) with other rows"_s);
        const auto* tree = part<cells::ChangeTree>("scenarioTree");
        QCOMPARE(tree->topLevelItemCount(), 1);
        QCOMPARE(tree->topLevelItem(0)->text(0), u"city  +2 ~1 −1"_s);
        QCOMPARE(tree->topLevelItem(0)->childCount(), 4);
        // It says what is lost, and does nothing before somebody agrees.
        press("scenarioReset");
        QTRY_COMPARE(answer(), u"Reset all rows to “clean”?"_s);
        QVERIFY2(detail().startsWith(
                     u"2 row(s) that were added since are deleted. 1 changed row(s) become what they "
                     "were. 1 deleted row(s) come back."_s),
                 qPrintable(detail()));
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"4"_s);
        QTest::mouseClick(part<QPushButton>("askAccept"), Qt::LeftButton);
        QTRY_COMPARE(answer(), u"All rows are what they were in clean."_s);
        QCOMPARE(stored(u"SELECT name FROM city WHERE id = 1"_s), u"Rome"_s);
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
        // The table's tab shows them.
        QVERIFY(m_scratch->shows(u"city"_s));
        QTRY_COMPARE(table()->model().rowCount(), 3);
        QTRY_COMPARE(displayText(*table()->model().recordAt(table()->model().index(0, 1)).fields[1].value),
                     u"Rome"_s);
    }

    void aQuestionIsAboutTheScenarioItNames_data() { test::engines(); }
    void aQuestionIsAboutTheScenarioItNames()
    {
        QFETCH(const Engine, engine);
        QVERIFY(opens(engine));
        workspace()->openScenarios();
        keep(u"first"_s);
        QTRY_COMPARE(answer(), u"first is kept."_s);
        run("DELETE FROM city WHERE id = 3");
        keep(u"second"_s);
        QTRY_COMPARE(answer(), u"second is kept."_s);
        run("DELETE FROM city WHERE id = 2");
        auto* list = part<QTreeWidget>("scenarioList");
        const QList<QTreeWidgetItem*> first = list->findItems(u"first"_s, Qt::MatchExactly);
        const QList<QTreeWidgetItem*> second = list->findItems(u"second"_s, Qt::MatchExactly);
        QVERIFY(first.size() == 1 && second.size() == 1);
        const auto click = [list](const QTreeWidgetItem* item) {
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(item).center());
        };
        click(first.first());
        press("scenarioReset");
        QTRY_COMPARE(answer(), u"Reset all rows to “first”?"_s);
        auto* ask = page()->findChild<kit::AskBar*>();
        QVERIFY(ask->isAsking());
        click(second.first());
        QVERIFY(!ask->isAsking());
        QVERIFY(!ask->isVisible());
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"1"_s);
        press("scenarioReset");
        QTRY_COMPARE(answer(), u"Reset all rows to “second”?"_s);
        QTest::mouseClick(part<QPushButton>("askAccept"), Qt::LeftButton);
        QTRY_COMPARE(answer(), u"All rows are what they were in second."_s);
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"2"_s);
    }

    void refusesAnotherStructure_data() { test::engines(); }
    void refusesAnotherStructure()
    {
        QFETCH(const Engine, engine);
        QVERIFY(opens(engine));
        workspace()->openScenarios();
        keep(u"clean"_s);
        QTRY_COMPARE(answer(), u"clean is kept."_s);
        run("ALTER TABLE city ADD COLUMN size integer");
        press("scenarioReset");
        QTRY_VERIFY2(answer().startsWith(u"The structure changed since “clean” was kept: "_s),
                     qPrintable(answer()));
        QVERIFY(answer().contains(u"city"_s));
        QVERIFY(!page()->findChild<kit::AskBar*>()->isAsking());
    }

    void replacesAndDeletesAfterAsking()
    {
        QVERIFY(opens(Engine::Sqlite));
        workspace()->openScenarios();
        keep(u"one"_s);
        QTRY_COMPARE(answer(), u"one is kept."_s);
        keep(u"one"_s);
        QTRY_COMPARE(answer(), u"one is kept already."_s);
        QTest::mouseClick(part<QPushButton>("askAccept"), Qt::LeftButton);
        QTRY_COMPARE(answer(), u"one is kept."_s);
        QCOMPARE(part<QTreeWidget>("scenarioList")->topLevelItemCount(), 1);
        part<QTreeWidget>("scenarioList")->setFocus();
        QTest::keyClick(part<QTreeWidget>("scenarioList"), Qt::Key_Delete);
        QTRY_COMPARE(answer(), u"Delete the scenario “one”?"_s);
        QTest::mouseClick(part<QPushButton>("askAccept"), Qt::LeftButton);
        QTRY_COMPARE(part<QTreeWidget>("scenarioList")->topLevelItemCount(), 0);
        QVERIFY(part<QLabel>("scenarioTitle")->text().startsWith(u"Nothing is kept yet."_s));
    }

    void isThereAgainAtTheNextStart()
    {
        QVERIFY(opens(Engine::Sqlite));
        workspace()->openScenarios();
        keep(u"clean"_s);
        QTRY_COMPARE(answer(), u"clean is kept."_s);
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(page());
        QCOMPARE(part<QTreeWidget>("scenarioList")->topLevelItem(0)->text(0), u"clean"_s);
    }

    void aReadOnlyConnectionKeepsAndComparesOnly()
    {
        m_target = {.engine = Engine::Sqlite,
                    .location = database(u"shop.sqlite"_s, QString::fromLatin1(script))};
        m_target.guard = drivers::Guard::ReadOnly;
        QVERIFY(m_scratch->opens({.target = m_target, .lastUsed = {}}));
        workspace()->openScenarios();
        keep(u"clean"_s);
        QTRY_COMPARE(answer(), u"clean is kept."_s);
        QVERIFY(!part<QPushButton>("scenarioReset")->isEnabled());
        press("scenarioCompare");
        QTRY_COMPARE(part<QLabel>("scenarioTitle")->text(), u"No row changed since clean."_s);
    }
};

QTEST_MAIN(ScenariosPageTest)
#include "scenarios_page_test.moc"
