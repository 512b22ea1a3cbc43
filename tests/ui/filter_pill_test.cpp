// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/filter_bar.h"
#include "grid/filter_pill.h"
#include "support/page_scratch.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::PageScratch;

namespace {

constexpr const char* sqliteScript =
    "CREATE TABLE person (id INTEGER PRIMARY KEY, mood TEXT, active BOOLEAN, age INTEGER);\n"
    "INSERT INTO person VALUES (1, 'glad', 1, 20), (2, 'sad', 0, 30), (3, 'glad', 0, 40);\n";
constexpr const char* postgresScript =
    "CREATE TYPE mood AS ENUM ('glad', 'sad');\n"
    "CREATE TABLE person (id bigint PRIMARY KEY, mood mood, active boolean, age integer);\n"
    "INSERT INTO person VALUES (1, 'glad', true, 20), (2, 'sad', false, 30), (3, 'glad', false, 40);\n";

}  // namespace

/// What the keys do in a filter, and what it takes for a value.
class FilterPillTest final : public QObject
{
    Q_OBJECT
private:
    std::optional<PageScratch> m_scratch;

    grid::FilterPill* pill() { return m_scratch->page().findChild<grid::FilterPill*>(); }
    QLineEdit* value() { return m_scratch->child<QLineEdit>(u"filterValue"_s); }
    QComboBox* comparison() { return m_scratch->child<QComboBox>(u"filterOperator"_s); }
    QString problem() { return m_scratch->page().filters()->problem(); }
    int rows() { return m_scratch->model().rowCount(); }
    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(key), modifiers);
    }

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_scratch.emplace(sqliteScript, postgresScript);
        QVERIFY(m_scratch->opens(u"person"_s));
    }
    void cleanup() { m_scratch.reset(); }

    void theComparisonIsChangedByKeys_data() { test::engines(); }
    void theComparisonIsChangedByKeys()
    {
        m_scratch->page().filters()->addFilter({.column = u"age"_s});
        QTRY_VERIFY(value()->hasFocus());
        key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), comparison());
        key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), m_scratch->child<QComboBox>(u"filterColumn"_s));
        key(Qt::Key_Tab);
        key(Qt::Key_Tab);
        QVERIFY(value()->hasFocus());
        QTest::keyClicks(value(), u"30"_s);
        key(Qt::Key_Return);
        QTRY_COMPARE(rows(), 1);
        // Without leaving the value: =, ≠, <.
        key(Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(rows(), 2);
        QCOMPARE(comparison()->currentText(), u"≠"_s);
        key(Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(rows(), 1);
        QTRY_COMPARE(m_scratch->cell(0, u"age"_s), u"20"_s);
        QVERIFY(value()->hasFocus());
        key(Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(rows(), 2);
        key(Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), m_scratch->child<QToolButton>(u"removeFilter"_s));
    }

    void aBooleanOffersItsValues_data() { test::engines(); }
    void aBooleanOffersItsValues()
    {
        m_scratch->page().filters()->addFilter({.column = u"active"_s});
        QTRY_VERIFY(value()->hasFocus());
        key(Qt::Key_Down);
        QAbstractItemView* list = value()->completer()->popup();
        QTRY_VERIFY(list->isVisible());
        QCOMPARE(list->model()->rowCount(), 2);
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(problem(), QString());
        value()->selectAll();
        QTest::keyClicks(value(), u"perhaps"_s);
        value()->completer()->popup()->hide();
        QTest::keyClick(value(), Qt::Key_Return);
        QTRY_VERIFY2(problem().contains(u"perhaps is none of the values of active"_s), qPrintable(problem()));
        QTRY_COMPARE(rows(), 3);
        QVERIFY(value()->property("problem").toBool());
    }

    void anEnumTakesOnlyItsValues_data()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("PostgreSQL") << 1;
    }
    void anEnumTakesOnlyItsValues()
    {
        m_scratch->page().filters()->addFilter({.column = u"mood"_s});
        QTRY_VERIFY(value()->hasFocus());
        QTest::keyClicks(value(), u"angry"_s);
        QTest::keyClick(value(), Qt::Key_Return);
        QTRY_COMPARE(problem(), u"⚠ angry is none of the values of mood: glad, sad."_s);
        QTRY_COMPARE(rows(), 3);
        QCOMPARE(m_scratch->model().phase(), items::TableModel::Phase::Ready);
        value()->selectAll();
        QTest::keyClicks(value(), u"sad"_s);
        value()->completer()->popup()->hide();
        QTest::keyClick(value(), Qt::Key_Return);
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(problem(), QString());
        QVERIFY(!value()->property("problem").toBool());
    }

    void aLongConditionHasRoom()
    {
        m_scratch->page().filters()->addRawWhere();
        QTRY_VERIFY(value()->hasFocus());
        const int before = value()->width();
        QTest::keyClicks(value(),
                         u"age > 10 AND age < 100 AND mood IN ('glad', 'sad') AND active IS NOT NULL"_s);
        QTRY_VERIFY2(value()->width() > before, qPrintable(QString::number(before)));
        QTRY_VERIFY(value()->width() > value()->fontMetrics().horizontalAdvance(value()->text()));
    }
};

QTEST_MAIN(FilterPillTest)
#include "filter_pill_test.moc"
