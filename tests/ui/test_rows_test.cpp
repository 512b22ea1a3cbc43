// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cells/grid_view.h"
#include "exchange/export_page.h"
#include "exchange/fill_page.h"
#include "grid/table_commands.h"
#include "grid/table_page.h"
#include "kit/ask_bar.h"
#include "support/pg.h"
#include "support/rows_of.h"
#include "support/transfer_files.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableWidget>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// Rows saved with what they refer to, and made-up rows, in the window.
class TestRowsTest final : public test::WindowTest
{
    Q_OBJECT
    std::optional<test::TransferFiles> m_files;
    std::unique_ptr<test::ScratchPostgres> m_postgres;
    drivers::Target m_target;

    static constexpr auto script =
        "CREATE TABLE land (id integer PRIMARY KEY, name text NOT NULL);"
        "CREATE TABLE city (id integer PRIMARY KEY, name text NOT NULL, land_id integer NOT NULL REFERENCES "
        "land(id),"
        " size integer CHECK (size > 0));"
        "INSERT INTO land VALUES (1, 'Italy'), (2, 'Norway');"
        "INSERT INTO city VALUES (1, 'Rome', 1, 5), (2, 'Oslo', 2, 7), (3, 'Turin', 1, 9);";
    bool opens(Engine engine, drivers::Guard guard = drivers::Guard::Silent)
    {
        if (engine == Engine::Postgres) {
            m_postgres = std::make_unique<test::ScratchPostgres>();
            m_target = m_postgres->target();
            const auto connection = drivers::Connection::open(m_target);
            if (!connection || !(*connection)->executeScript(script))
                return false;
        } else {
            m_target = {.engine = Engine::Sqlite,
                        .location = database(u"shop.sqlite"_s, QString::fromLatin1(script))};
        }
        m_target.guard = guard;
        return m_scratch->opens({.target = m_target, .lastUsed = {}}) && m_scratch->shows(u"city"_s);
    }
    template <class Widget>
    Widget* part(const char* name) const
    {
        auto* found = workspace()->currentPage()->findChild<Widget*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    QString answer() const { return workspace()->currentPage()->findChild<kit::AskBar*>()->title(); }
    QString stored(const QString& sql) const
    {
        const auto connection = drivers::Connection::open(m_target);
        return displayText((*connection)->scalar(sql).value_or(textValue(u"failed"_s)));
    }
    void press(const char* name) const { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }
    exchange::FillPage* filling() const
    {
        return qobject_cast<exchange::FillPage*>(workspace()->currentPage());
    }
    bool isReady() const
    {
        return QTest::qWaitFor([this] { return part<QPushButton>("startFill")->isEnabled(); }, 10000);
    }
    /// As somebody does who opens the menu on a cell and chooses from it.
    void choose(const QString& title) const
    {
        cells::GridView* grid = table()->grid();
        const QPoint at = grid->visualRect(grid->currentIndex()).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, grid->viewport()->mapToGlobal(at));
        QApplication::sendEvent(grid->viewport(), &event);
        auto* menu = table()->findChild<QMenu*>(u"cellMenu"_s);
        QVERIFY(menu);
        for (QAction* action : menu->actions()) {
            if (action->text() == title) {
                QVERIFY(action->isEnabled());
                action->trigger();
                menu->close();
                return;
            }
        }
        QFAIL(qPrintable(u"no entry "_s + title));
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
        m_files.emplace();
        m_scratch.emplace();
    }
    void cleanup()
    {
        m_scratch.reset();
        m_files.reset();
        m_postgres.reset();
    }

    void savesTheSelectedRowWithWhatItRefersTo_data() { test::engines(); }
    void savesTheSelectedRowWithWhatItRefersTo()
    {
        QFETCH(const Engine, engine);
        QVERIFY(opens(engine));
        table()->grid()->setCurrentIndex(table()->model().index(1, 1));
        choose(u"Save rows with what they refer to…"_s);
        QTRY_VERIFY(qobject_cast<exchange::ExportPage*>(workspace()->currentPage()));
        QCOMPARE(part<QComboBox>("exportFormat")->currentData().toString(), u"sql"_s);
        QVERIFY(part<QCheckBox>("exportReferences")->isChecked());
        QCOMPARE(part<QComboBox>("exportScope")->currentText(), u"The 1 selected row(s)"_s);
        part<QLineEdit>("exportPath")->setText(m_files->path(u"oslo.sql"_s));
        press("startExport");
        QTRY_COMPARE(answer(), u"2 row(s) written to oslo.sql."_s);
        const QByteArray fixture = m_files->read(u"oslo.sql"_s);
        QVERIFY2(fixture.indexOf("'Norway'") > 0 && fixture.indexOf("'Norway'") < fixture.indexOf("'Oslo'"),
                 fixture);
        QVERIFY(!fixture.contains("Italy"));
        // What is in a row's table alone again.
        part<QCheckBox>("exportReferences")->setChecked(false);
        QVERIFY(!part<QComboBox>("exportDependants")->isEnabled());
        part<QLineEdit>("exportPath")->setText(m_files->path(u"alone.sql"_s));
        press("startExport");
        QTRY_COMPARE(answer(), u"1 row(s) written to alone.sql."_s);
        QVERIFY(!m_files->read(u"alone.sql"_s).contains("Norway"));
    }

    void savesWhatRefersToARow()
    {
        QVERIFY(opens(Engine::Sqlite));
        QVERIFY(m_scratch->shows(u"land"_s));
        table()->grid()->setCurrentIndex(table()->model().index(0, 1));
        choose(u"Save rows with what they refer to…"_s);
        part<QComboBox>("exportDependants")->setCurrentIndex(1);
        part<QLineEdit>("exportPath")->setText(m_files->path(u"italy.sql"_s));
        press("startExport");
        QTRY_COMPARE(answer(), u"3 row(s) written to italy.sql."_s);
        QVERIFY(m_files->read(u"italy.sql"_s).contains("Turin"));
        // Other formats have one table in a file.
        auto* format = part<QComboBox>("exportFormat");
        format->setCurrentIndex(format->findData(u"csv"_s));
        QVERIFY(!part<QCheckBox>("exportReferences")->isVisible());
    }

    void addsTestRows_data() { test::engines(); }
    void addsTestRows()
    {
        QFETCH(const Engine, engine);
        QVERIFY(opens(engine));
        table()->grid()->setCurrentIndex(table()->model().index(0, 0));
        choose(u"Add test rows…"_s);
        QTRY_VERIFY(filling());
        QVERIFY(isReady());
        // Nothing is written before it is asked for, and the first rows are there to be seen.
        const auto* shown = part<QTableWidget>("fillPreview");
        QCOMPARE(shown->columnCount(), 4);
        QCOMPARE(shown->rowCount(), 50);
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
        // By keys: how many, and what the name is.
        auto* rows = part<QSpinBox>("fillRows");
        rows->setFocus();
        rows->selectAll();
        QTest::keyClicks(rows, u"12"_s);
        auto* kind = part<QComboBox>("ruleKind1");
        kind->setCurrentIndex(kind->findText(u"One of"_s));
        Q_EMIT kind->activated(kind->currentIndex());
        auto* detail = part<QLineEdit>("ruleDetail1");
        QTRY_VERIFY(detail->isVisible());
        QTRY_COMPARE(part<QLabel>("fillSummary")->text(), u"name wants something like red|green|blue."_s);
        QVERIFY(!part<QPushButton>("startFill")->isEnabled());
        detail->setFocus();
        QTest::keyClicks(detail, u"Here|There"_s);
        QVERIFY(isReady());
        QTRY_COMPARE(shown->rowCount(), 12);
        const QString first = shown->item(0, 1)->text();
        QVERIFY(first == u"Here" || first == u"There");
        press("startFill");
        QTRY_COMPARE(answer(), u"12 row(s) written to city."_s);
        QCOMPARE(stored(u"SELECT count(*) FROM city WHERE name IN ('Here', 'There') AND land_id IN (1, 2)"_s),
                 u"12"_s);
        QCOMPARE(stored(u"SELECT name FROM city WHERE id = 4"_s), first);
        QCOMPARE(part<QSpinBox>("fillSeed")->value(), 2);
        // The table's own tab has them.
        QVERIFY(m_scratch->shows(u"city"_s));
        QTRY_COMPARE(table()->model().rowCount(), 15);
    }

    void saysWhatTheDatabaseRefuses()
    {
        QVERIFY(opens(Engine::Sqlite));
        workspace()->openFill(*table());
        QVERIFY(isReady());
        part<QLineEdit>("ruleDetail3")->setText(u"-9..-1"_s);
        part<QSpinBox>("ruleNulls3")->setValue(0);
        QTest::keyClick(part<QLineEdit>("ruleDetail3"), Qt::Key_End);
        QVERIFY(isReady());
        press("startFill");
        QTRY_VERIFY2(answer().startsWith(u"Nothing was written: the database refuses"_s),
                     qPrintable(answer()));
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
    }

    void asksWhereTheConnectionDoes()
    {
        QVERIFY(opens(Engine::Sqlite, drivers::Guard::ConfirmWrites));
        workspace()->openFill(*table());
        QVERIFY(isReady());
        press("startFill");
        QTRY_VERIFY(answer().startsWith(u"Write rows to"_s));
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
        QTest::mouseClick(part<QPushButton>("askAccept"), Qt::LeftButton);
        QTRY_COMPARE(answer(), u"100 row(s) written to city."_s);
    }

    void aQuestionGoesWithWhatItIsAbout()
    {
        QVERIFY(opens(Engine::Sqlite, drivers::Guard::ConfirmWrites));
        workspace()->openFill(*table());
        QVERIFY(isReady());
        press("startFill");
        auto* ask = workspace()->currentPage()->findChild<kit::AskBar*>();
        QVERIFY(ask->isAsking());
        auto* rows = part<QSpinBox>("fillRows");
        rows->setFocus();
        rows->selectAll();
        QTest::keyClicks(rows, u"1000"_s);
        QVERIFY(!ask->isAsking());
        QVERIFY(isReady());
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
    }

    void isNotOfferedWhereNothingMayBeWritten()
    {
        QVERIFY(opens(Engine::Sqlite, drivers::Guard::ReadOnly));
        for (const kit::Command& command : grid::commandsOf(*table())) {
            if (command.id == u"grid.testRows")
                QVERIFY(!command.isEnabled());
            if (command.id == u"grid.subset")
                QVERIFY(command.isEnabled());
        }
    }
};

QTEST_MAIN(TestRowsTest)
#include "test_rows_test.moc"
