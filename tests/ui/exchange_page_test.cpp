// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cells/grid_view.h"
#include "exchange/export_page.h"
#include "exchange/import_page.h"
#include "exchange/progress_strip.h"
#include "kit/ask_bar.h"
#include "kit/row_count.h"
#include "query/query_page.h"
#include "scenarios/reset_rows.h"
#include "scenarios/shelf.h"
#include "support/transfer_files.h"
#include "support/window_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableWidget>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace dewpoint;

/// Rows out of the window and into it, by keys and mouse.
class ExchangePageTest final : public test::WindowTest
{
    Q_OBJECT
    std::optional<test::TransferFiles> m_files;

    static constexpr auto script =
        "CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER CHECK (size > 0));"
        "INSERT INTO city VALUES (1, 'Rome', 5), (2, 'Oslo', 7), (3, 'Bern', 9);";
    template <class Widget>
    Widget* part(const char* name) const
    {
        auto* found = workspace()->currentPage()->findChild<Widget*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    exchange::ImportPage* importing() const
    {
        return qobject_cast<exchange::ImportPage*>(workspace()->currentPage());
    }
    exchange::ExportPage* exporting() const
    {
        return qobject_cast<exchange::ExportPage*>(workspace()->currentPage());
    }
    QString answer() const { return workspace()->currentPage()->findChild<kit::AskBar*>()->title(); }
    QString stored(const QString& sql) const
    {
        auto connection = drivers::Connection::open({.location = m_scratch->path(u"shop.sqlite"_s)});
        return displayText((*connection)->scalar(sql).value_or(textValue(u"failed"_s)));
    }
    bool isAsking() const { return workspace()->currentPage()->findChild<kit::AskBar*>()->isAsking(); }
    void chooseLast(const char* name) const { QTest::keyClick(part<QComboBox>(name), Qt::Key_End); }
    void closeTab() const
    {
        for (const kit::Command& command : workspace()->commands()) {
            if (command.id == u"database.closeTab")
                command.run();
        }
    }
    void press(const char* name) const { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }
    void exportTo(const QString& name, const QString& format)
    {
        auto* box = part<QComboBox>("exportFormat");
        box->setCurrentIndex(box->findData(format));
        part<QLineEdit>("exportPath")->setText(m_files->path(name));
        press("startExport");
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
        QVERIFY(m_scratch->opens(saved(database(u"shop.sqlite"_s, QString::fromLatin1(script)))));
        QVERIFY(m_scratch->shows(u"city"_s));
    }
    void cleanup()
    {
        m_scratch.reset();
        m_files.reset();
    }

    void exportsATableByItsKey()
    {
        QTest::keyClick(table()->grid(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(exporting());
        exportTo(u"city.csv"_s, u"csv"_s);
        QTRY_COMPARE(answer(), u"3 row(s) written to city.csv."_s);
        QCOMPARE(m_files->read(u"city.csv"_s), "id,name,size\r\n1,Rome,5\r\n2,Oslo,7\r\n3,Bern,9\r\n");
        // The file is there now: the page asks.
        press("startExport");
        QTRY_COMPARE(answer(), u"city.csv is there already."_s);
        QTest::mouseClick(part<QPushButton>("askAccept"), Qt::LeftButton);
        QTRY_COMPARE(answer(), u"3 row(s) written to city.csv."_s);
    }

    void exportsWhatIsFilteredOrSelected()
    {
        table()->filterBy({{.column = u"size"_s, .op = rows::FilterOperator::Greater, .value = u"5"_s}});
        QVERIFY(settles());
        workspace()->openExport(*table());
        exportTo(u"some.ndjson"_s, u"ndjson"_s);
        QTRY_COMPARE(answer(), u"2 row(s) written to some.ndjson."_s);
        part<QComboBox>("exportScope")->setCurrentIndex(1);
        exportTo(u"all.ndjson"_s, u"ndjson"_s);
        QTRY_COMPARE(answer(), u"3 row(s) written to all.ndjson."_s);
        QVERIFY(m_scratch->shows(u"city"_s));
        table()->grid()->selectAll();
        workspace()->openExport(*table());
        QCOMPARE(part<QComboBox>("exportScope")->count(), 3);
        part<QComboBox>("exportScope")->setCurrentIndex(2);
        exportTo(u"chosen.xlsx"_s, u"xlsx"_s);
        QTRY_COMPARE(answer(), u"2 row(s) written to chosen.xlsx."_s);
    }

    void exportsTheResultOfAQuery()
    {
        auto* page =
            qobject_cast<query::QueryPage*>(workspace()->openQuery(u"SELECT name FROM city WHERE id < 3"_s));
        page->runEverything();
        QTRY_VERIFY(page->resultGrid());
        QTRY_VERIFY(!page->isRunning());
        QTest::mouseClick(page->findChild<QPushButton*>(u"exportResult"_s), Qt::LeftButton);
        QTRY_VERIFY(exporting());
        exportTo(u"names.tsv"_s, u"tsv"_s);
        QTRY_COMPARE(answer(), u"2 row(s) written to names.tsv."_s);
        QCOMPARE(m_files->read(u"names.tsv"_s), "name\r\nRome\r\nOslo\r\n");
    }

    void importsAFileThatIsDropped()
    {
        const QString path = m_files->write(u"new.csv"_s, "Name;SIZE;extra\nParis;3;x\nLima;4;y\n");
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        grid::TablePage* page = table();
        // Qt hands a drop only to the widget that took the drag before it.
        QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(page, &drop);
        QTRY_VERIFY(importing() && !importing()->isBusy());
        QCOMPARE(part<QComboBox>("importDelimiter")->currentData().toString(), u";"_s);
        const auto* mapping = part<QTableWidget>("mappingTable");
        QCOMPARE(mapping->rowCount(), 3);
        QCOMPARE(part<QComboBox>("mapping0")->currentData().toInt(), 1);
        QCOMPARE(part<QComboBox>("mapping1")->currentData().toInt(), 2);
        QCOMPARE(part<QComboBox>("mapping2")->currentData().toInt(), -1);
        QVERIFY(mapping->item(0, 3)->text().startsWith(u"✓"_s));
        QTest::keyClick(importing(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(answer(), u"2 row(s) written to city."_s);
        QCOMPARE(stored(u"SELECT group_concat(name) FROM city"_s), u"Rome,Oslo,Bern,Paris,Lima"_s);
        QVERIFY(!part<QPushButton>("startImport")->isEnabled());  // not twice by a slip
        QTRY_COMPARE(page->model().rowCount(), 5);
    }

    void aScenarioTakesAnImportBack()
    {
        workspace()->openImport(*table(), m_files->write(u"new.csv"_s, "name,size\nParis,3\n"));
        QTRY_VERIFY(importing() && !importing()->isBusy());
        part<QCheckBox>("keepScenario")->setChecked(true);
        press("startImport");
        QTRY_COMPARE(answer(), u"1 row(s) written to city."_s);
        QVERIFY(importing()->findChild<kit::AskBar*>()->detail().contains(u"Before the import into city"_s));
        const auto connection = drivers::Connection::open({.location = m_scratch->path(u"shop.sqlite"_s)});
        const scenarios::Shelf shelf(scenarios::shelfFolder((*connection)->target()));
        const auto kept = shelf.named(u"Before the import into city"_s);
        QVERIFY(kept);
        transfer::Progress progress;
        QVERIFY(scenarios::resetRows(**connection, *kept, shelf.fileOf(*kept), progress));
        QCOMPARE(stored(u"SELECT group_concat(name) FROM city"_s), u"Rome,Oslo,Bern"_s);
    }

    void badRowsAreMendedWhereTheyStand()
    {
        QTest::keyClick(table()->grid(), Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(importing());
        importing()->openFile(
            m_files->write(u"bad.csv"_s, "id,name,size\n10,Paris,-3\n11,Lima,4\n1,Again,5\n12,Kyiv,0\n"));
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        QTRY_COMPARE(answer(), u"Nothing was written: 3 row(s) are bad."_s);
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
        auto* bad = part<QTableWidget>("badRows");
        QCOMPARE(bad->rowCount(), 3);
        QCOMPARE(bad->item(0, 0)->text(), u"2"_s);
        QCOMPARE(bad->item(1, 0)->text(), u"4"_s);
        // By keys: over the cell, a new value; the last row is not wanted.
        bad->setFocus();
        bad->setCurrentCell(0, 4);
        QTest::keyClicks(bad, u"3"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(bad->item(0, 4)->text(), u"3"_s);
        bad->setCurrentCell(1, 2);
        QTest::keyClick(bad, Qt::Key_1);  // it opens the editor, which has the focus from here on
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_3);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(bad->item(1, 2)->text(), u"13"_s);
        bad->setCurrentCell(2, 2);
        QTest::keyClick(bad, Qt::Key_Delete);
        QCOMPARE(bad->rowCount(), 2);
        press("startImport");
        QTRY_COMPARE(answer(), u"3 row(s) written to city."_s);
        QCOMPARE(stored(u"SELECT group_concat(id || name || size, ' ') FROM city WHERE id > 3"_s),
                 u"10Paris3 11Lima4 13Again5"_s);
    }

    void badRowsAreLeftOut()
    {
        workspace()->openImport(
            *table(),
            m_files->write(u"bad.json"_s,
                           "[{\"id\": 10, \"name\": \"Paris\"}, {\"id\": 1, \"name\": \"Again\"}]"));
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        QTRY_COMPARE(answer(), u"Nothing was written: 1 row(s) are bad."_s);
        press("skipBad");
        QTRY_COMPARE(answer(), u"1 row(s) written to city."_s);
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"4"_s);
    }

    void whatWasGuessedIsCorrected()
    {
        workspace()->openImport(*table(), m_files->write(u"odd.csv"_s, "id,name\n10,Paris\n"));
        QTRY_VERIFY(!importing()->isBusy());
        auto* delimiter = part<QComboBox>("importDelimiter");
        delimiter->setFocus();
        QTest::keyClick(delimiter, Qt::Key_Down);  // semicolon
        QTRY_VERIFY(!importing()->isBusy());
        QCOMPARE(part<QTableWidget>("mappingTable")->rowCount(), 1);
        QVERIFY(!part<QPushButton>("startImport")->isEnabled());
        QTest::keyClick(delimiter, Qt::Key_Up);
        QTRY_COMPARE(part<QTableWidget>("mappingTable")->rowCount(), 2);
        QTRY_VERIFY(part<QPushButton>("startImport")->isEnabled());
    }

    void replacingAsksFirst()
    {
        workspace()->openImport(*table(), m_files->write(u"re.csv"_s, "id,name\n10,Paris\n"));
        QTRY_VERIFY(!importing()->isBusy());
        part<QComboBox>("importMode")->setCurrentIndex(2);
        press("startImport");
        QTRY_VERIFY(answer().startsWith(u"Delete all rows of city"_s));
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
        QTest::mouseClick(part<QPushButton>("askAccept"), Qt::LeftButton);
        QTRY_COMPARE(answer(), u"1 row(s) written to city."_s);
        QCOMPARE(stored(u"SELECT group_concat(name) FROM city"_s), u"Paris"_s);
    }

    void replacingTellsWhatElseGoes()
    {
        {
            const auto connection =
                drivers::Connection::open({.location = m_scratch->path(u"shop.sqlite"_s)});
            QVERIFY((*connection)
                        ->executeScript("CREATE TABLE visit (id INTEGER PRIMARY KEY, city_id INTEGER "
                                        "REFERENCES city ON DELETE CASCADE);"
                                        "INSERT INTO visit VALUES (1, 1), (2, 1), (3, NULL);"));
        }
        workspace()->openImport(*table(), m_files->write(u"re.csv"_s, "id,name\n10,Paris\n"));
        QTRY_VERIFY(!importing()->isBusy());
        part<QComboBox>("importMode")->setCurrentIndex(2);
        press("startImport");
        QTRY_VERIFY(answer().startsWith(u"Delete all rows of city"_s));
        const QString detail = workspace()->currentPage()->findChild<kit::AskBar*>()->detail();
        QVERIFY2(detail.contains(u"2 row(s) of visit (city_id) are deleted as well"_s), qPrintable(detail));
        QCOMPARE(stored(u"SELECT count(*) FROM visit"_s), u"3"_s);
    }

    void leavingBadRowsOutAsksAsMuch_data()
    {
        QTest::addColumn<bool>("replaces");
        QTest::newRow("all rows are replaced") << true;
        QTest::newRow("the connection asks before it writes") << false;
    }
    void leavingBadRowsOutAsksAsMuch()
    {
        QFETCH(const bool, replaces);
        store::SavedConnection connection = saved(m_scratch->path(u"shop.sqlite"_s));
        connection.target.guard = replaces ? drivers::Guard::Silent : drivers::Guard::ConfirmWrites;
        QVERIFY(m_scratch->opens(connection) && m_scratch->shows(u"city"_s));
        workspace()->openImport(*table(),
                                m_files->write(u"bad.csv"_s, "id,name,size\n10,Paris,-3\n11,Lima,4\n"));
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        if (!replaces)
            press("askAccept");
        QTRY_COMPARE(answer(), u"Nothing was written: 1 row(s) are bad."_s);
        if (replaces)
            chooseLast("importMode");
        press("skipBad");
        QTRY_VERIFY2(answer().startsWith(replaces ? u"Delete all rows of city"_s : u"Write rows to"_s),
                     qPrintable(answer()));
        QVERIFY(isAsking());
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
        press("askAccept");
        QTRY_COMPARE(answer(), u"1 row(s) written to city."_s);
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), replaces ? u"1"_s : u"4"_s);
    }

    void aQuestionGoesWithWhatItIsAbout()
    {
        workspace()->openImport(*table(), m_files->write(u"re.csv"_s, "id,name\n10,Paris\n"));
        QTRY_VERIFY(!importing()->isBusy());
        chooseLast("importMode");
        press("startImport");
        QTRY_VERIFY(isAsking());
        QTest::keyClick(part<QComboBox>("importMode"), Qt::Key_Up);
        QVERIFY(!isAsking());
        chooseLast("importMode");
        press("startImport");
        QTRY_VERIFY(isAsking());
        QTest::keyClick(part<QComboBox>("mapping0"), Qt::Key_Home);  // left out
        QVERIFY(!isAsking());
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        QTRY_VERIFY(isAsking());
        QTest::mouseClick(part<QCheckBox>("importHeader"), Qt::LeftButton, {}, QPoint(9, 9));
        QVERIFY(!isAsking());
        QTRY_VERIFY(!importing()->isBusy());
        QCOMPARE(stored(u"SELECT count(*) FROM city"_s), u"3"_s);
    }

    void anotherFileIsNotReplacedByAnOldAnswer()
    {
        const QString first = m_files->write(u"first.csv"_s, "first");
        const QString second = m_files->write(u"second.csv"_s, "second");
        workspace()->openExport(*table());
        exportTo(u"first.csv"_s, u"csv"_s);
        QCOMPARE(answer(), u"first.csv is there already."_s);
        QVERIFY(isAsking());
        auto* path = part<QLineEdit>("exportPath");
        path->setFocus();
        path->selectAll();
        QTest::keyClicks(path, second);
        QVERIFY(!isAsking());
        press("startExport");
        QVERIFY(isAsking());
        QTest::mouseClick(part<QCheckBox>("exportHeader"), Qt::LeftButton, {}, QPoint(9, 9));
        QVERIFY(!part<QCheckBox>("exportHeader")->isChecked());
        QVERIFY(!isAsking());
        QCOMPARE(m_files->read(u"first.csv"_s), "first");
        QCOMPARE(m_files->read(u"second.csv"_s), "second");
    }

    void whatIsMendedIsNotLost()
    {
        workspace()->openImport(
            *table(), m_files->write(u"bad.csv"_s, "id,name,size\n10,Paris,-3\n11,Lima,0\n12,Bonn,6\n"));
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        QTRY_COMPARE(answer(), u"Nothing was written: 2 row(s) are bad."_s);
        QVERIFY(!importing()->hasMended());
        auto* bad = part<QTableWidget>("badRows");
        bad->setFocus();
        bad->setCurrentCell(0, 4);
        QTest::keyClicks(bad, u"3"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(importing()->hasMended());  // the editor commits behind its key
        // Another mapping does not touch what is in the columns of the file.
        QTest::keyClick(part<QComboBox>("mapping0"), Qt::Key_Home);
        QTRY_VERIFY(!importing()->isBusy());
        QCOMPARE(bad->item(0, 4)->text(), u"3"_s);
        // Closing asks, and staying keeps it.
        closeTab();
        auto* ask = workspace()->findChild<kit::AskBar*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(ask->isAsking());
        QCOMPARE(ask->title(), u"Rows of a file were mended and are not imported yet."_s);
        QTest::keyClick(ask->findChild<QPushButton*>(u"askCancel"_s), Qt::Key_Escape);
        QVERIFY(importing());
        // By its key, with the editor of the other row open.
        bad->setFocus();
        bad->setCurrentCell(1, 4);
        QTest::keyClicks(bad, u"4"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(answer(), u"3 row(s) written to city."_s);
        QCOMPARE(stored(u"SELECT group_concat(name || size, ' ') FROM city WHERE id > 3"_s),
                 u"Paris3 Lima4 Bonn6"_s);
        QVERIFY(!importing()->hasMended());
        closeTab();
        QVERIFY(!importing());
    }

    void anExportSaysHowFarItIs()
    {
        QTRY_VERIFY(table()->model().total().exact);
        workspace()->openExport(*table());
        QTRY_VERIFY(exporting());
        exportTo(u"cities.csv"_s, u"csv"_s);
        // Begun, and nothing of it has come back yet.
        auto* bar = exporting()->findChild<QProgressBar*>();
        QVERIFY(bar->isVisible());
        QVERIFY(bar->maximum() > 0);
        QVERIFY2(part<QLabel>("transferProgress")->text().endsWith(u" of 3 rows"_s),
                 qPrintable(part<QLabel>("transferProgress")->text()));
        QTRY_COMPARE(answer(), u"3 row(s) written to cities.csv."_s);
    }

    void aGuessedEndIsSaidToBeOne()
    {
        exchange::ProgressStrip strip;
        const auto progress = std::make_shared<transfer::Progress>();
        progress->totalRows = 12'000;
        progress->about = true;
        progress->rows = 3'000;
        strip.begin(u"Exporting…"_s, progress);
        const auto* bar = strip.findChild<QProgressBar*>();
        QCOMPARE(strip.findChild<QLabel*>()->text(),
                 u"Exporting… %1 of about %2 rows"_s.arg(QLocale().toString(3'000), kit::roughCount(12'000)));
        QCOMPARE(bar->value() * 4, bar->maximum());
        // Past the guess nothing says where the end is.
        progress->rows = 12'001;
        QTRY_COMPARE(bar->maximum(), 0);
        strip.end();
    }

    /// SQLite takes any value; what it would make of these is said before they are written.
    void whatSqliteWouldKeepAsTextIsSaid()
    {
        const QString file = m_files->write(u"odd.csv"_s, "id,name,size,open\n10,,3,maybe\n11,Ulm,4,true\n");
        database(
            u"odd.sqlite"_s,
            u"CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size DECIMAL, open BOOLEAN);"_s);
        QVERIFY(m_scratch->opens(saved(m_scratch->path(u"odd.sqlite"_s))));
        QVERIFY(m_scratch->shows(u"shop"_s));
        workspace()->openImport(*table(), file);
        QTRY_VERIFY(importing() && !importing()->isBusy());
        QCOMPARE(part<QLabel>("importSummary")->text(),
                 u"1 value(s) would be kept as text: they are shown before anything is written."_s);
        QCOMPARE(part<QTableWidget>("importPreview")->item(0, 1)->text(), u"empty text"_s);
        auto* verdicts = part<QTableWidget>("mappingTable");
        QVERIFY(
            verdicts->item(3, verdicts->columnCount() - 1)->text().contains(u"1 would be kept as text"_s));
        QVERIFY(verdicts->item(1, verdicts->columnCount() - 1)->text().startsWith(u"✓"_s));
    }

    /// A row of which SQLite would make a text is a person's choice: mended, left out, or as it is.
    void oddRowsAreAChoice()
    {
        const QString file = m_files->write(
            u"odd.csv"_s,
            "id,name,size,open\n10,Ulm,4,true\n11,Bonn,many,true\n12,Kiel,5,maybe\n13,Hof,6,no idea\n");
        database(u"choice.sqlite"_s, u"CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size "
                                     "DECIMAL, open BOOLEAN);"_s);
        QVERIFY(m_scratch->opens(saved(m_scratch->path(u"choice.sqlite"_s))));
        QVERIFY(m_scratch->shows(u"shop"_s));
        const auto now = [this] {
            const auto connection =
                drivers::Connection::open({.location = m_scratch->path(u"choice.sqlite"_s)});
            return displayText(
                (*connection)
                    ->scalar(u"SELECT coalesce(group_concat(id || ' ' || typeof(size) || ' ' || open, ', '), "
                             "'nothing') FROM (SELECT * FROM shop ORDER BY id)"_s)
                    .value_or(textValue(u"failed"_s)));
        };
        workspace()->openImport(*table(), file);
        QTRY_VERIFY(importing() && !importing()->isBusy());
        QVERIFY(!part<QPushButton>("keepOdd")->isVisible());
        QTest::keyClick(importing(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(answer(), u"Nothing was written: 3 row(s) are bad."_s);
        QCOMPARE(now(), u"nothing"_s);
        auto* bad = part<QTableWidget>("badRows");
        QCOMPARE(bad->rowCount(), 3);
        QCOMPARE(bad->item(0, 1)->text(), u"It is no number, and would be kept as text."_s);
        QCOMPARE(bad->item(1, 1)->text(), u"It is no truth value, and would be kept as text."_s);
        QVERIFY(part<QPushButton>("keepOdd")->isVisible());
        // The first is mended, the second goes in as it is, the third is left out: by keys.
        QCOMPARE(QApplication::focusWidget(), bad);
        QCOMPARE(bad->currentRow(), 0);
        QCOMPARE(bad->currentColumn(), 4);
        QTest::keyClick(bad, Qt::Key_7);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(bad->item(0, 4)->text(), u"7"_s);
        QTRY_COMPARE(QApplication::focusWidget(), bad);
        bad->setCurrentCell(1, 1);
        QTest::keyClick(bad, Qt::Key_Space);
        QCOMPARE(bad->item(1, 1)->checkState(), Qt::Checked);
        QVERIFY(importing()->hasMended());
        QTest::keyClick(bad, Qt::Key_Down);
        QTest::keyClick(bad, Qt::Key_Delete);
        QCOMPARE(bad->rowCount(), 2);
        QTest::keyClick(bad, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(answer(), u"3 row(s) written to shop."_s);
        QCOMPARE(now(), u"10 integer 1, 11 integer 1, 12 integer maybe"_s);
    }

    void allOddRowsGoInAsTheyAre()
    {
        database(u"keep.sqlite"_s,
                 u"CREATE TABLE city (id INTEGER PRIMARY KEY, size INTEGER CHECK (size > 0));"_s);
        QVERIFY(m_scratch->opens(saved(m_scratch->path(u"keep.sqlite"_s))));
        QVERIFY(m_scratch->shows(u"city"_s));
        workspace()->openImport(*table(), m_files->write(u"keep.csv"_s, "id,size\n1,many\n2,few\n3,-1\n"));
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        QTRY_COMPARE(answer(), u"Nothing was written: 3 row(s) are bad."_s);
        press("keepOdd");
        // What the database itself refuses is bad whoever agrees.
        QTRY_COMPARE(answer(), u"Nothing was written: 1 row(s) are bad."_s);
        QVERIFY(!part<QPushButton>("keepOdd")->isVisible());
    }

    void everyFaultOfARowIsToldAndMarked()
    {
        database(u"faults.sqlite"_s,
                 u"CREATE TABLE city (id INTEGER PRIMARY KEY, size INTEGER, open BOOLEAN);"_s);
        QVERIFY(m_scratch->opens(saved(m_scratch->path(u"faults.sqlite"_s))));
        QVERIFY(m_scratch->shows(u"city"_s));
        workspace()->openImport(*table(),
                                m_files->write(u"faults.csv"_s, "id,size,open\n1,many,maybe\n2,few,true\n"));
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        QTRY_COMPARE(answer(), u"Nothing was written: 2 row(s) are bad."_s);
        auto* bad = part<QTableWidget>("badRows");
        QCOMPARE(bad->item(0, 1)->text(), u"size: It is no number, and would be kept as text.  "
                                          "open: It is no truth value, and would be kept as text."_s);
        QCOMPARE(bad->item(1, 1)->text(), u"It is no number, and would be kept as text."_s);
        const auto marked = [&](int row, int column) {
            return bad->item(row, column)->background() != QBrush();
        };
        QVERIFY(!marked(0, 2) && marked(0, 3) && marked(0, 4));
        QVERIFY(!marked(1, 2) && marked(1, 3) && !marked(1, 4));
    }

    /// The grid of bad rows by keys alone: F2, Tab, Escape, Return.
    void badRowsAreWalkedThroughByKeys()
    {
        workspace()->openImport(
            *table(), m_files->write(u"keys.csv"_s, "id,name,size\n10,Paris,-3\n11,,x\n12,Bonn,0\n"));
        QTRY_VERIFY(!importing()->isBusy());
        press("startImport");
        QTRY_VERIFY(answer().startsWith(u"Nothing was written"_s));
        auto* bad = part<QTableWidget>("badRows");
        const auto key = [](Qt::Key which, Qt::KeyboardModifiers held = {}) {
            QTest::keyClick(QApplication::focusWidget(), which, held);
        };
        QTRY_COMPARE(QApplication::focusWidget(), bad);
        // Escape gives up what was typed and nothing else.
        key(Qt::Key_F2);
        QTRY_VERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
        key(Qt::Key_8);
        key(Qt::Key_Escape);
        QTRY_COMPARE(QApplication::focusWidget(), bad);
        QCOMPARE(bad->item(0, 4)->text(), u"-3"_s);
        QVERIFY(!importing()->hasMended());
        // Tab goes on to the next row behind the last cell.
        key(Qt::Key_F2);
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_3);
        key(Qt::Key_Tab);
        QTRY_COMPARE(bad->item(0, 4)->text(), u"3"_s);
        QTRY_COMPARE(bad->currentRow(), 1);
        QCOMPARE(bad->currentColumn(), 2);  // past the line and the reason
        key(Qt::Key_Escape);
        QTRY_COMPARE(QApplication::focusWidget(), bad);
        key(Qt::Key_Tab, Qt::ShiftModifier);
        QCOMPARE(bad->currentRow(), 0);
        QCOMPARE(bad->currentColumn(), 4);
        bad->setCurrentCell(1, 2);
        key(Qt::Key_Escape);
        QTRY_COMPARE(QApplication::focusWidget(), bad);
        bad->setCurrentCell(1, 4);
        key(Qt::Key_5);
        key(Qt::Key_Return);
        QTRY_COMPARE(bad->item(1, 4)->text(), u"5"_s);
        QTRY_COMPARE(QApplication::focusWidget(), bad);
        QCOMPARE(bad->currentRow(), 1);
        key(Qt::Key_Down);
        key(Qt::Key_Delete);
        QCOMPARE(bad->rowCount(), 2);
        key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(answer(), u"2 row(s) written to city."_s);
    }

    void anAnswerIsAboutTheFileOfNow()
    {
        QByteArray rows("id,name,size\n");
        for (int i = 10; i < 200'000; ++i)
            rows += QByteArray::number(i) + ",Paris,-x\n";
        const QString large = m_files->write(u"large.csv"_s, rows);
        const QString fine = m_files->write(u"fine.csv"_s, "id,name\n7,Lima\n");
        workspace()->openImport(*table(), large);
        auto* verdicts = part<QTableWidget>("mappingTable");
        QTRY_COMPARE(verdicts->rowCount(), 3);  // it is read now, and being checked
        importing()->openFile(fine);
        QTRY_VERIFY(!importing()->isBusy());  // the answer about the large one does not end the waiting
        QCOMPARE(verdicts->rowCount(), 2);
        QCOMPARE(part<QLabel>("importSummary")->text(), u"1 row(s), and all seem to fit."_s);
    }

    void aFileThatIsNoneSaysSo()
    {
        workspace()->openImport(*table(), m_files->write(u"empty.csv"_s, ""));
        QTRY_VERIFY(!importing()->isBusy());
        QVERIFY2(answer().contains(u"has no rows"_s), qPrintable(answer()));
        QVERIFY(!part<QPushButton>("startImport")->isEnabled());
    }

    void transfersDoNotComeBack()
    {
        workspace()->openExport(*table());
        QVERIFY(m_scratch->comesBack());
        QTRY_VERIFY(table());
        QVERIFY(!exporting());
    }
};

QTEST_MAIN(ExchangePageTest)
#include "exchange_page_test.moc"
