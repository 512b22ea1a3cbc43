// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/table_model.h"
#include "support/rows_fixture.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using items::RowState;
using items::TableModel;
using test::RowsFixture;

namespace {

constexpr const char* script =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, amount NUMERIC, big INTEGER DEFAULT 5);\n"
    "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 20000) "
    "INSERT INTO t SELECT i, CASE WHEN i % 3 THEN 'n' || i END, i * 0.5, 9007199254740993 FROM s;\n"
    "CREATE TABLE empty (a);\n";

QString textAt(const TableModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

}  // namespace

class GridModelTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        // The tester asks for fonts, which a program without a window does not know.
        QTest::failOnWarning(QRegularExpression(u"^(?!Trying to construct an instance)"_s));
        m_fixture = std::make_unique<RowsFixture>(Engine::Sqlite, script);
        m_session = std::make_unique<runtime::Session>(m_fixture->target());
        m_model = std::make_unique<TableModel>(*m_session, m_fixture->relation(u"t"_s));
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_VERIFY(m_model->total().exact);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_session.reset();
        m_fixture.reset();
    }

    void aRowIsLoadingUntilItsPageArrives()
    {
        QCOMPARE(m_model->rowCount(), 20000);
        QCOMPARE(m_model->cellState(m_model->index(15000, 0)).row, RowState::Loading);
        QTRY_COMPARE(textAt(*m_model, 15000, 0), u"15001"_s);
        QCOMPARE(textAt(*m_model, 15000, 3), u"9007199254740993"_s);
        QTRY_COMPARE(textAt(*m_model, 19999, 0), u"20000"_s);
    }

    void anEmptyTableIsReady()
    {
        TableModel model(*m_session, m_fixture->relation(u"empty"_s));
        QTRY_COMPARE(model.phase(), TableModel::Phase::Ready);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.total().exact);
    }

    void editsLieOverTheRowsAndSurviveSorting()
    {
        QVERIFY(m_model->setData(m_model->index(0, 1), u"changed"_s));
        QCOMPARE(m_model->cellState(m_model->index(0, 1)).changed, true);
        m_model->setSpec({.sorts = {{u"amount"_s, true}}});
        QTRY_VERIFY(m_model->total().exact);
        QTRY_COMPARE(textAt(*m_model, 19999, 1), u"changed"_s);
        QCOMPARE(m_model->rowState(19999), RowState::Changed);
    }

    void anotherOrderKeepsWhatWasCounted()
    {
        rows::RowCount first;
        connect(m_model.get(), &TableModel::phaseChanged, this, [&] {
            if (m_model->phase() == TableModel::Phase::Ready)
                first = m_model->total();
        });
        m_model->setSpec({.sorts = {{u"amount"_s, true}}});
        QTRY_COMPARE(m_model->phase(), TableModel::Phase::Ready);
        QCOMPARE(first, (rows::RowCount{.rows = 20000, .exact = true}));
        QVERIFY(!m_model->isCounting());
        // Other rows are counted anew, and so are those that came meanwhile.
        QVERIFY(m_fixture->connect()->execute(u"INSERT INTO t (id) VALUES (20001)"_s));
        m_model->setSpec({});
        QTRY_COMPARE(m_model->total(), (rows::RowCount{.rows = 20001, .exact = true}));
        QTRY_COMPARE(textAt(*m_model, 20000, 0), u"20001"_s);
        m_model->setSpec({.filters = {{.column = u"name"_s, .value = u"n1"_s}}});
        QCOMPARE(m_model->total().rows, 0);
        QTRY_COMPARE(m_model->total(), (rows::RowCount{.rows = 1, .exact = true}));
    }

    void nullEmptyAndDefaultAreTold()
    {
        const QModelIndex cell = m_model->index(0, 1);
        m_model->setValue({cell}, Value(Null{}));
        QVERIFY(m_model->cellState(cell).null);
        m_model->setValue({cell}, textValue({}));
        QVERIFY(m_model->cellState(cell).empty);
        m_model->setValue({cell}, rows::Default{});
        QVERIFY(m_model->cellState(cell).null);  // without a default of its own it is the same
        m_model->undo();
        QVERIFY(m_model->cellState(cell).empty);
        const QModelIndex number = m_model->index(0, 3);
        m_model->setValue({number}, rows::Default{});
        QVERIFY(m_model->cellState(number).isDefault);
    }

    void leavingAnEditorOnNullKeepsNull()
    {
        const QModelIndex cell = m_model->index(2, 1);
        QVERIFY(m_model->cellState(cell).null);
        m_model->setData(cell, QString());
        QVERIFY(m_model->edits().isEmpty());
    }

    void newRowsStandAtTheTop()
    {
        m_model->addRow();
        QCOMPARE(m_model->rowCount(), 20001);
        QCOMPARE(m_model->rowState(0), RowState::Added);
        QVERIFY(m_model->cellState(m_model->index(0, 3)).isDefault);
        QCOMPARE(textAt(*m_model, 1, 0), u"1"_s);
        m_model->duplicateRows({1});
        QCOMPARE(textAt(*m_model, 1, 1), u"n1"_s);
        QVERIFY(m_model->cellState(m_model->index(1, 0)).isDefault);
        m_model->deleteRows({0, 1});
        QCOMPARE(m_model->rowCount(), 20000);
    }

    void aDeletedRowStaysVisibleAndCannotBeEdited()
    {
        m_model->deleteRows({5});
        QCOMPARE(m_model->rowState(5), RowState::Deleted);
        QVERIFY(!m_model->isEditable(m_model->index(5, 1)));
        m_model->revert({m_model->index(5, 0)});
        QCOMPARE(m_model->rowState(5), RowState::Clean);
    }

    void aBrokenFilterIsAStateOfItsOwn()
    {
        m_model->setSpec({.conditions = {{u"no such column = 1"_s}}});
        QTRY_COMPARE(m_model->phase(), TableModel::Phase::Failed);
        QVERIFY(m_model->error() && !m_model->error()->message.isEmpty());
        m_model->setSpec({.conditions = {{u"id > 19990"_s}}});
        QTRY_COMPARE(m_model->rowCount(), 10);
    }

    void aCountThatTakesForEverHoldsUpNoPage()
    {
        // Its first page is there at once, and behind it lies a row that no count gets past.
        TableModel slow(*m_session, m_fixture->relation(u"t"_s));
        slow.setSpec({.conditions = {{u"id <= 5000 OR (WITH RECURSIVE c(i) AS (SELECT t.id UNION ALL "
                                      u"SELECT i + 1 FROM c) SELECT max(i) FROM c) > 0"_s}}});
        QTRY_COMPARE(slow.phase(), TableModel::Phase::Ready);
        QTest::qWait(500);  // its background work has got to that row
        QVERIFY(!slow.total().exact);
        m_model->refresh();
        QTRY_COMPARE(m_model->phase(), TableModel::Phase::Ready);
        m_model->setSpec({.conditions = {{u"id > 19990"_s}}});
        QTRY_COMPARE(m_model->rowCount(), 10);
    }

    void aCountThatWasStoppedForAPageGoesOn()
    {
        TableModel other(*m_session, m_fixture->relation(u"t"_s));
        for (int i = 0; i < 10; ++i) {
            m_model->refresh();
            other.refresh();
            QTRY_COMPARE(m_model->phase(), TableModel::Phase::Ready);
        }
        QTRY_VERIFY(m_model->total().exact && other.total().exact);
        QCOMPARE(other.total().rows, 20000);
    }

    void aTimeoutOfTheServerIsAFailureAndNoLoop()
    {
        const RowsFixture fixture(Engine::Postgres, "CREATE TABLE t (id bigint PRIMARY KEY);"
                                                    "INSERT INTO t VALUES (1);");
        drivers::Target target = fixture.target();
        target.location += u" options='-c statement_timeout=100'"_s;
        runtime::Session session(target);
        TableModel model(session, fixture.relation(u"t"_s));
        model.setSpec({.conditions = {{u"pg_sleep(60) IS NOT NULL"_s}}});
        QTRY_COMPARE(model.phase(), TableModel::Phase::Failed);
        QVERIFY(model.error()->hint.contains(u"statement_timeout"_s));
    }

    void aRefusedInputIsAnErrorOnItsCell()
    {
        const RowsFixture fixture(Engine::Sqlite, "CREATE TABLE b (id INTEGER PRIMARY KEY, raw BLOB);"
                                                  "INSERT INTO b VALUES (1, X'00ff');");
        runtime::Session session(fixture.target());
        TableModel model(session, fixture.relation(u"b"_s));
        QTRY_VERIFY(model.total().exact);
        QSignalSpy refused(&model, &TableModel::inputRefused);
        const QModelIndex cell = model.index(0, 1);
        model.setData(cell, u"X'00f'"_s);
        QCOMPARE(refused.size(), 1);
        QVERIFY(model.edits().isEmpty());
        QVERIFY(!model.cellState(cell).error.isEmpty());
        QCOMPARE(textAt(model, 0, 1), u"X'00ff'"_s);
        model.setData(cell, u"X'01'"_s);
        QVERIFY(model.cellState(cell).error.isEmpty());
        QCOMPARE(textAt(model, 0, 1), u"X'01'"_s);
        model.addRow();
        model.setData(model.index(0, 1), u"X'zz'"_s);
        QVERIFY(!model.cellState(model.index(0, 1)).error.isEmpty());
    }

    void theInspectorGetsTheWholeRow()
    {
        const items::Record record = m_model->recordAt(m_model->index(0, 1));
        QCOMPARE(record.fields.size(), 4);
        QCOMPARE(record.current, 1);
        QVERIFY(record.fields[3].value == Value(qint64(9007199254740993)));
    }

private:
    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<TableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(GridModelTest)
#include "grid_model_test.moc"
