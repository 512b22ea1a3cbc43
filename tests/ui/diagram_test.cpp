// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "diagram/diagram_page.h"
#include "diagram/diagram_view.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using namespace dewpoint::diagram;

namespace {

schema::Table table(const QString& name, const QString& parent = {})
{
    schema::Table made;
    made.schema = u"main"_s;
    made.name = name;
    schema::Column id;
    id.name = u"id"_s;
    id.type = u"integer"_s;
    id.keyPosition = 1;
    made.columns.append(id);
    if (parent.isEmpty())
        return made;
    schema::Column column;
    column.name = parent + u"_id"_s;
    column.type = u"integer"_s;
    made.columns.append(column);
    schema::Constraint key;
    key.kind = schema::ConstraintKind::ForeignKey;
    key.columns = {column.name};
    key.targetTable = parent;
    made.constraints.append(key);
    return made;
}

/// users ← carts ← items, and settings alone.
schema::Database shop()
{
    schema::Database database;
    database.tables = {table(u"carts"_s, u"users"_s), table(u"items"_s, u"carts"_s), table(u"settings"_s),
                       table(u"users"_s)};
    return database;
}

void draw(DiagramPage& page, const schema::Database& database)
{
    QSignalSpy finished(&page, &DiagramPage::layoutFinished);
    page.setDatabase(database);
    QTRY_VERIFY(!finished.isEmpty());
}

template <class T>
T* part(const QWidget& parent, const QString& name)
{
    return parent.findChild<T*>(name);
}

}  // namespace

class DiagramTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void saysSoWhenThereIsNothingToDraw()
    {
        DiagramPage page;
        page.show();
        const QString closed = part<QLabel>(page, u"diagramMessage"_s)->text();
        draw(page, {});
        QVERIFY(part<QLabel>(page, u"diagramMessage"_s)->isVisible());
        QVERIFY(part<QLabel>(page, u"diagramMessage"_s)->text() != closed);
    }

    void showsProgressWhileItLaysOut()
    {
        DiagramPage page;
        page.show();
        page.setDatabase(shop());
        QVERIFY(page.isBusy());
        QVERIFY(part<QProgressBar>(page, u"diagramProgress"_s)->isVisible());
        QTRY_VERIFY(!page.isBusy());
        QVERIFY(!part<QProgressBar>(page, u"diagramProgress"_s)->isVisible());
        QVERIFY(part<DiagramView>(page, u"diagramView"_s)->isVisible());
    }

    void theLastOfSeveralSchemasIsDrawn()
    {
        DiagramPage page;
        page.show();
        page.setDatabase({});
        schema::Database other = shop();
        other.tables.append(table(u"zebra"_s));
        page.setDatabase(shop());
        page.setDatabase(other);
        QTRY_VERIFY(!page.isBusy());
        QVERIFY(page.showTable(u"main"_s, u"zebra"_s));
    }

    void mayBeClosedWhileItLaysOut()
    {
        auto page = std::make_unique<DiagramPage>();
        page->setDatabase(shop());
        page.reset();
        QTest::qWait(50);
    }

    void findsTablesAndColumns()
    {
        DiagramPage page;
        page.resize(800, 600);
        page.show();
        draw(page, shop());
        auto* search = part<QLineEdit>(page, u"diagramSearch"_s);
        QTest::keyClicks(search, u"cart"_s);
        QCOMPARE(page.selectedTable(), u"carts"_s);
        QCOMPARE(part<QLabel>(page, u"diagramHits"_s)->text(), u"1 of 2"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(page.selectedTable(), u"items"_s);
        QTest::keyClick(search, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(page.selectedTable(), u"carts"_s);
        search->setText(u"nothing like it"_s);
        QVERIFY(!part<QLabel>(page, u"diagramHits"_s)->text().contains(u" of "_s));
    }

    void arrowsWalkAndEnterOpens()
    {
        DiagramPage page;
        page.resize(900, 600);
        page.show();
        draw(page, shop());
        auto* view = part<DiagramView>(page, u"diagramView"_s);
        QSignalSpy opened(&page, &DiagramPage::tableActivated);
        QVERIFY(page.showTable(u"main"_s, u"users"_s));
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(page.selectedTable(), u"carts"_s);
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(opened.value(0), (QVariantList{u"main"_s, u"carts"_s}));
        QVERIFY(view->accessibleDescription().contains(u"users"_s));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(page.selectedTable().isEmpty());
    }

    void aClickSelectsAndADoubleClickOpens()
    {
        DiagramPage page;
        page.resize(800, 600);
        page.show();
        draw(page, shop());
        auto* view = part<DiagramView>(page, u"diagramView"_s);
        page.showTable(u"main"_s, u"settings"_s);
        const QPoint middle = view->viewport()->rect().center();
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, middle);
        QCOMPARE(page.selectedTable(), u"settings"_s);
        QSignalSpy opened(&page, &DiagramPage::tableActivated);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, middle);
        QCOMPARE(opened.size(), 1);
    }

    void keysAndButtonsZoom()
    {
        DiagramPage page;
        page.resize(800, 600);
        page.show();
        draw(page, shop());
        auto* view = part<DiagramView>(page, u"diagramView"_s);
        const qreal fitted = view->zoom();
        QTest::keyClick(view, Qt::Key_Plus);
        QVERIFY(view->zoom() > fitted);
        part<QToolButton>(page, u"diagramZoomOut"_s)->click();
        part<QToolButton>(page, u"diagramZoomOut"_s)->click();
        QVERIFY(view->zoom() < fitted);
        QTest::keyClick(view, Qt::Key_0);
        QCOMPARE(view->zoom(), fitted);
    }

    void showsOnlyTheNeighboursAndAllAgain()
    {
        DiagramPage page;
        page.show();
        draw(page, shop());
        page.showTable(u"main"_s, u"users"_s);
        part<QComboBox>(page, u"diagramDepth"_s)->setCurrentIndex(1);
        QTRY_VERIFY(!page.isBusy());
        QVERIFY(!page.showTable(u"main"_s, u"settings"_s));
        QVERIFY(page.showTable(u"main"_s, u"carts"_s));
        part<QComboBox>(page, u"diagramDepth"_s)->setCurrentIndex(0);
        QTRY_VERIFY(!page.isBusy());
        QVERIFY(page.showTable(u"main"_s, u"settings"_s));
    }

    void aRefreshKeepsTheSelectionAndTheZoom()
    {
        DiagramPage page;
        page.resize(800, 600);
        page.show();
        draw(page, shop());
        page.showTable(u"main"_s, u"items"_s);
        auto* view = part<DiagramView>(page, u"diagramView"_s);
        view->zoomTo(1.5);
        schema::Database more = shop();
        more.tables.append(table(u"new_one"_s));
        draw(page, more);
        QCOMPARE(page.selectedTable(), u"items"_s);
        QCOMPARE(view->zoom(), 1.5);
    }

    void aLostNeighbourhoodFallsBackToEverything()
    {
        DiagramPage page;
        page.show();
        draw(page, shop());
        page.showTable(u"main"_s, u"users"_s);
        part<QComboBox>(page, u"diagramDepth"_s)->setCurrentIndex(1);
        QTRY_VERIFY(!page.isBusy());
        schema::Database other;
        other.tables = {table(u"lonely"_s)};
        draw(page, other);
        QVERIFY(page.showTable(u"main"_s, u"lonely"_s));
        QCOMPARE(part<QComboBox>(page, u"diagramDepth"_s)->currentIndex(), 0);
    }

    void exportsPngAndSvg()
    {
        const QTemporaryDir folder;
        DiagramPage page;
        page.show();
        draw(page, shop());
        page.exportTo(folder.filePath(u"a.png"_s));
        QVERIFY(QImage(folder.filePath(u"a.png"_s)).width() > 400);
        page.exportTo(folder.filePath(u"a.svg"_s));
        QFile svg(folder.filePath(u"a.svg"_s));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("settings"));
        page.exportTo(folder.filePath(u"missing/a.png"_s));
        QVERIFY(part<QLabel>(page, u"askTitle"_s)->text().contains(u"a.png"_s));
    }

    void theExportDialogDoesNotBlock()
    {
        DiagramPage page;
        page.show();
        draw(page, shop());
        part<QToolButton>(page, u"diagramExport"_s)->click();
        const QPointer<QFileDialog> dialog = part<QFileDialog>(page, u"diagramExportDialog"_s);
        QVERIFY(dialog);
        dialog->reject();
        QTRY_VERIFY(!dialog);
    }

    void commandsAreEnabledWhenTheyMakeSense()
    {
        DiagramPage page;
        page.show();
        const auto enabled = [&page] {
            QStringList ids;
            for (const kit::Command& command : page.commands()) {
                if (command.isEnabled())
                    ids.append(command.id.section(u'.', 1));
            }
            return ids.join(u' ');
        };
        QCOMPARE(enabled(), QString());
        draw(page, shop());
        QCOMPARE(enabled(), u"find zoomIn zoomOut fit actualSize export"_s);
        page.showTable(u"main"_s, u"users"_s);
        QVERIFY(enabled().contains(u"open"_s));
    }

    void everyControlHasAnAccessibleName()
    {
        const DiagramPage page;
        for (const QString& name :
             {u"diagramView"_s, u"diagramSearch"_s, u"diagramColumns"_s, u"diagramDepth"_s,
              u"diagramZoomIn"_s, u"diagramZoomOut"_s, u"diagramFit"_s, u"diagramExport"_s})
            QVERIFY2(!part<QWidget>(page, name)->accessibleName().isEmpty(), qPrintable(name));
    }
};

QTEST_MAIN(DiagramTest)
#include "diagram_test.moc"
