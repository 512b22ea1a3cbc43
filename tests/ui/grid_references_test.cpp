// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/labelled_text.h"
#include "support/page_scratch.h"
#include "theme/theme.h"

#include <QApplication>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::PageScratch;

namespace {

constexpr const char* sqliteScript =
    "CREATE TABLE customer (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, city TEXT);\n"
    "CREATE TABLE sale (id INTEGER PRIMARY KEY, customer_id TEXT REFERENCES customer(id), note TEXT);\n"
    "INSERT INTO customer VALUES ('550e8400-e29b-41d4-a716-446655440000', 'Ada Lovelace of London', "
    "'London'), "
    "('6fa459ea-ee8a-3ca4-894e-db77e160355e', 'Grace Hopper of New York', 'New York');\n"
    "INSERT INTO sale VALUES (1, '550e8400-e29b-41d4-a716-446655440000', 'x'), (2, NULL, 'y'), (3, NULL, "
    "'z');\n";
constexpr const char* postgresScript =
    "CREATE TABLE customer (id uuid PRIMARY KEY, name text NOT NULL, city text);\n"
    "CREATE TABLE sale (id bigint PRIMARY KEY, customer_id uuid REFERENCES customer, note text);\n"
    "INSERT INTO customer VALUES ('550e8400-e29b-41d4-a716-446655440000', 'Ada Lovelace of London', "
    "'London'), "
    "('6fa459ea-ee8a-3ca4-894e-db77e160355e', 'Grace Hopper of New York', 'New York');\n"
    "INSERT INTO sale VALUES (1, '550e8400-e29b-41d4-a716-446655440000', 'x'), (2, NULL, 'y'), (3, NULL, "
    "'z');\n";

}  // namespace

/// What a cell with a foreign key offers: the list to choose from, and a look at the row it points to.
class GridReferencesTest final : public QObject
{
    Q_OBJECT
private:
    std::optional<PageScratch> m_scratch;

    cells::GridView* grid() { return m_scratch->grid(); }
    QFrame* peek() { return m_scratch->child<QFrame>(u"referencePeek"_s); }
    void hover(int row, const QString& column)
    {
        const QPoint at = grid()->visualRect(m_scratch->at(row, column)).center();
        QTest::mouseMove(grid()->viewport(), at + QPoint(3, 0));
        QTest::mouseMove(grid()->viewport(), at);
    }
    QString peeked()
    {
        QStringList texts;
        for (const QLabel* label : peek()->findChildren<QLabel*>())
            texts += label->text();
        return texts.join(u'|');
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_scratch.emplace(sqliteScript, postgresScript);
        QVERIFY(m_scratch->opens(u"sale"_s));
    }
    void cleanup() { m_scratch.reset(); }

    void aLabelThatFitsIsWhole()
    {
        const QFontMetrics metrics(theme::textFont());
        for (int number = 1; number < 500; ++number) {
            const QString key = QString::number(number);
            const QString label = u"  Author %1"_s.arg(number);
            const int width = metrics.horizontalAdvance(key) + metrics.horizontalAdvance(label) + 30;
            const cells::LabelledText shown = cells::fitLabelled(metrics, key, label, width);
            QCOMPARE(shown.text, key);
            QCOMPARE(shown.label, label);
            const cells::LabelledText narrow = cells::fitLabelled(metrics, key, label, width - 60);
            QCOMPARE(narrow.text, key);
            QVERIFY2(narrow.label.endsWith(u'…'), qPrintable(narrow.label));
        }
    }

    void returnInThePickerChoosesAndStays_data() { test::engines(); }
    void returnInThePickerChoosesAndStays()
    {
        m_scratch->focus(1, u"customer_id"_s);
        QTest::keyClick(grid(), Qt::Key_F4);
        auto* input = m_scratch->child<QLineEdit>(u"referenceSearch"_s);
        auto* list = m_scratch->child<QListWidget>(u"referenceList"_s);
        QTRY_COMPARE(list->count(), 2);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(!input->isVisible());
        QCOMPARE(m_scratch->cell(1, u"customer_id"_s), u"6fa459ea-ee8a-3ca4-894e-db77e160355e"_s);
        QCOMPARE(grid()->currentIndex(), m_scratch->at(1, u"customer_id"_s));
        QVERIFY(grid()->hasFocus());
        QCOMPARE(m_scratch->page().pending().updates, 1);
        // Tab takes it and goes on, as in any editor.
        m_scratch->focus(2, u"customer_id"_s);
        QTest::keyClick(grid(), Qt::Key_F4);
        QTRY_COMPARE(list->count(), 2);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(m_scratch->cell(2, u"customer_id"_s), u"550e8400-e29b-41d4-a716-446655440000"_s);
        QCOMPARE(grid()->currentIndex(), m_scratch->at(2, u"note"_s));
    }

    void theLabelHasRoomBesideALongKey_data() { test::engines(); }
    void theLabelHasRoomBesideALongKey()
    {
        m_scratch->focus(1, u"customer_id"_s);
        QTest::keyClick(grid(), Qt::Key_F4);
        auto* list = m_scratch->child<QListWidget>(u"referenceList"_s);
        QTRY_COMPARE(list->count(), 2);
        QTRY_VERIFY(list->viewport()->width() > 100);
        const QListWidgetItem* item = list->item(1);
        QVERIFY2(item->text().endsWith(u"Grace Hopper of New York"_s), qPrintable(item->text()));
        QVERIFY2(list->fontMetrics().horizontalAdvance(item->text()) < list->viewport()->width(),
                 qPrintable(item->text()));
        QVERIFY(item->toolTip().contains(u"6fa459ea-ee8a-3ca4-894e-db77e160355e"_s));
    }

    void theMouseOverAReferenceShowsItsRow_data() { test::engines(); }
    void theMouseOverAReferenceShowsItsRow()
    {
        QVERIFY(peek() && !peek()->isVisible());
        hover(0, u"customer_id"_s);
        QTRY_VERIFY(peek()->isVisible());
        QVERIFY2(peeked().contains(u"customer"_s) && peeked().contains(u"Ada Lovelace of London"_s)
                     && peeked().contains(u"city|London"_s),
                 qPrintable(peeked()));
        // Esc closes it; the same cell does not show it again while the mouse rests there.
        grid()->setFocus();
        QTest::keyClick(grid(), Qt::Key_Escape);
        QVERIFY(!peek()->isVisible());
        hover(0, u"note"_s);
        hover(0, u"customer_id"_s);
        QTRY_VERIFY(peek()->isVisible());
        hover(0, u"note"_s);
        QVERIFY(!peek()->isVisible());
        // What points nowhere shows nothing, and the next cell is another card.
        hover(1, u"customer_id"_s);
        QVERIFY(!peek()->isVisible());
        hover(0, u"customer_id"_s);
        QTRY_VERIFY(peek()->isVisible());
        QTest::mouseMove(&m_scratch->page(), QPoint(2, 2));
        QEvent left(QEvent::Leave);
        QApplication::sendEvent(grid()->viewport(), &left);
        QVERIFY(!peek()->isVisible());
    }
};

QTEST_MAIN(GridReferencesTest)
#include "grid_references_test.moc"
