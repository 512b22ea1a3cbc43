// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// One statement for many rows, on both engines: what each row came to, and how it ends.
#include "support/rows_fixture.h"

#include <QTest>

#include <atomic>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using drivers::Connection;
using drivers::Target;

namespace {

constexpr auto script = "CREATE TABLE t(id integer PRIMARY KEY, name text);"
                        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'b');";

}  // namespace

class QueryEachTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void tellsWhatEachRowCameTo();
    void takesTheFirstRowThatIsReturned();
    void longCellsAreCutAndTold();
    void theFirstThatFailsEndsIt();
    void aTextWithANulEndsIt();
    void bothSidesMayHaveMuchToSay();
    void aCancelEndsItBetweenRows();
    void tellsTheObserverOnce();
    void readingLeavesNoTransactionOpen();
    void noRowsAreNoError();
    void aLostServerIsAnErrorOfTheConnection();
    void aReadOnlyConnectionRefuses();

private:
    bool isPostgres() const { return m_db->engine() == Engine::Postgres; }
    QString marks(int count) const;
    Result<std::vector<drivers::Outcome>> each(const QString& sql, const QList<QList<Value>>& rows,
                                               qint64 maxCellBytes = -1) const
    {
        return m_db->queryEach(sql, {rows.begin(), rows.end()}, maxCellBytes);
    }
    QString text(const QString& sql) const { return displayText(m_db->scalar(sql).value_or(Null{})); }

    std::optional<test::RowsFixture> m_fixture;
    std::unique_ptr<Connection> m_db;
};

void QueryEachTest::initTestCase_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgres") << true;
}

void QueryEachTest::init()
{
    QTest::failOnWarning();
    QFETCH_GLOBAL(bool, postgres);
    m_fixture.emplace(postgres ? Engine::Postgres : Engine::Sqlite, script);
    m_db = m_fixture->connect();
}

void QueryEachTest::cleanup()
{
    m_db.reset();
    m_fixture.reset();
}

/// "?, ?" or "$1, $2"
QString QueryEachTest::marks(int count) const
{
    QStringList all;
    for (int i = 1; i <= count; ++i)
        all += isPostgres() ? u"$%1"_s.arg(i) : u"?"_s;
    return all.join(u", "_s);
}

void QueryEachTest::tellsWhatEachRowCameTo()
{
    const auto outcomes = each(u"UPDATE t SET name = 'x' WHERE name = "_s + marks(1),
                               {{Text{"a"}}, {Text{"none"}}, {Text{"b"}}, {Null{}}});
    QVERIFY(outcomes);
    QCOMPARE(outcomes->size(), 4U);
    const QList<qint64> affected{(*outcomes)[0].affected, (*outcomes)[1].affected, (*outcomes)[2].affected,
                                 (*outcomes)[3].affected};
    QCOMPARE(affected, (QList<qint64>{1, 0, 2, 0}));
    QCOMPARE(text(u"SELECT count(*) FROM t WHERE name = 'x'"_s), u"3"_s);
    QVERIFY2(m_db->execute(u"DELETE FROM t"_s), "the connection goes on");
}

void QueryEachTest::takesTheFirstRowThatIsReturned()
{
    const auto outcomes = each(u"INSERT INTO t(id, name) VALUES (%1) RETURNING id, name"_s.arg(marks(2)),
                               {{qint64{7}, Text{"ä"}}, {qint64{8}, Null{}}});
    QVERIFY(outcomes);
    QCOMPARE(displayText((*outcomes)[0].cells[0]), u"7"_s);
    QCOMPARE(displayText((*outcomes)[0].cells[1]), u"ä"_s);
    QCOMPARE(displayText((*outcomes)[1].cells[0]), u"8"_s);
    QVERIFY(isNull((*outcomes)[1].cells[1]));
}

void QueryEachTest::longCellsAreCutAndTold()
{
    const auto outcomes = each(u"SELECT id, 'four' || name FROM t WHERE id = "_s + marks(1),
                               {{qint64{1}}, {qint64{9}}, {qint64{2}}}, 4);
    QVERIFY(outcomes);
    QCOMPARE(displayText((*outcomes)[0].cells[1]), u"four"_s);
    QCOMPARE((*outcomes)[0].cut, (QList<std::pair<int, qint64>>{{1, 5}}));
    QVERIFY((*outcomes)[1].cells.empty());
    QCOMPARE((*outcomes)[2].affected, -1);
}

void QueryEachTest::theFirstThatFailsEndsIt()
{
    QVERIFY(m_db->execute(u"BEGIN"_s));
    const auto outcomes = each(u"INSERT INTO t(id, name) VALUES (%1)"_s.arg(marks(2)),
                               {{qint64{7}, Null{}}, {qint64{1}, Null{}}, {qint64{9}, Null{}}});
    QVERIFY(!outcomes);
    QCOMPARE(outcomes.error().kind, ErrorKind::Unique);
    QVERIFY(m_db->inTransaction());
    QVERIFY(m_db->execute(u"ROLLBACK"_s));
    QCOMPARE(text(u"SELECT count(*) FROM t"_s), u"3"_s);
    QVERIFY(!each(u"UPDATE nothing SET x = "_s + marks(1), {{Null{}}}));
    QCOMPARE(text(u"SELECT count(*) FROM t"_s), u"3"_s);
}

void QueryEachTest::aTextWithANulEndsIt()
{
    const auto outcomes = each(u"UPDATE t SET name = %1 WHERE id = 2"_s.arg(marks(1)),
                               {{Text{"before"}}, {Text{QByteArray("a\0b", 3)}}});
    QCOMPARE(outcomes.has_value(), !isPostgres());  // SQLite keeps such a text
    if (!outcomes)
        QCOMPARE(outcomes.error().kind, ErrorKind::Type);
    QCOMPARE(text(u"SELECT count(*) FROM t"_s), u"3"_s);
}

// Neither side may wait for the other to read first.
void QueryEachTest::bothSidesMayHaveMuchToSay()
{
    constexpr int many = 400;
    const QByteArray longText(100'000, 'x');
    QList<QList<Value>> rows;
    for (int i = 0; i < many; ++i)
        rows += {qint64{100 + i}, Text{longText + QByteArray::number(i)}};
    const auto outcomes = each(u"INSERT INTO t(id, name) VALUES (%1) RETURNING name"_s.arg(marks(2)), rows);
    QVERIFY(outcomes);
    QCOMPARE(outcomes->size(), size_t{many});
    for (int i = 0; i < many; ++i)
        QVERIFY((*outcomes)[static_cast<size_t>(i)].cells[0] == rows[i][1]);
}

void QueryEachTest::aCancelEndsItBetweenRows()
{
    QVERIFY(m_db->execute(u"BEGIN"_s));
    m_db->setStopAsked([] { return true; });
    const auto outcomes = each(u"DELETE FROM t WHERE id = "_s + marks(1), {{qint64{1}}});
    QVERIFY(!outcomes);
    QCOMPARE(outcomes.error().kind, ErrorKind::Cancelled);
    m_db->setStopAsked({});
    QVERIFY(m_db->execute(u"ROLLBACK"_s));
    QCOMPARE(text(u"SELECT count(*) FROM t"_s), u"3"_s);
}

void QueryEachTest::tellsTheObserverOnce()
{
    QStringList told;
    m_db->setObserver([&](const QString& sql, qint64, qint64 rows, const Error* error) {
        told += u"%1|%2|%3"_s.arg(sql).arg(rows).arg(error ? u"failed"_s : u"fine"_s);
    });
    const QString sql = u"DELETE FROM t WHERE name = "_s + marks(1);
    QVERIFY(each(sql, {{Text{"a"}}, {Text{"b"}}, {Text{"c"}}}));
    QCOMPARE(told, QStringList{sql + u"|3|fine"_s});
}

void QueryEachTest::readingLeavesNoTransactionOpen()
{
    const QString sql = u"SELECT name FROM t WHERE id = "_s + marks(1);
    QVERIFY(each(sql, {{qint64{1}}, {qint64{3}}}).has_value());
    QVERIFY(!m_db->inTransaction());
    const QString failing = isPostgres() ? u"SELECT $1::text::integer"_s : u"SELECT json(?1)"_s;
    QVERIFY(!each(failing, {{textValue(u"1"_s)}, {textValue(u"{"_s)}}).has_value());
    QVERIFY(!m_db->inTransaction());
    // Within one it goes on.
    QVERIFY(m_db->execute(u"BEGIN"_s).has_value());
    QVERIFY(each(sql, {{qint64{1}}, {qint64{3}}}).has_value());
    QVERIFY(m_db->inTransaction());
    QVERIFY(m_db->execute(u"ROLLBACK"_s).has_value());
}

void QueryEachTest::noRowsAreNoError()
{
    const auto outcomes = each(u"DELETE FROM t WHERE id = "_s + marks(1), {});
    QVERIFY(outcomes);
    QVERIFY(outcomes->empty());
    QCOMPARE(text(u"SELECT count(*) FROM t"_s), u"3"_s);
}

void QueryEachTest::aLostServerIsAnErrorOfTheConnection()
{
    if (!isPostgres())
        QSKIP("a file has no server");
    const auto other = m_fixture->connect();
    const QString pid = text(u"SELECT pg_backend_pid()"_s);
    QVERIFY(m_db->execute(u"BEGIN"_s));
    QVERIFY(other->query(u"SELECT pg_terminate_backend($1::int)"_s, {textValue(pid)}));
    QTRY_COMPARE(displayText(*other->scalar(u"SELECT count(*) FROM pg_stat_activity WHERE pid = $1::int"_s,
                                            {textValue(pid)})),
                 u"0"_s);
    const auto outcomes = each(u"DELETE FROM t WHERE id = $1"_s, {{qint64{1}}, {qint64{2}}});
    QVERIFY(!outcomes);
    QCOMPARE(outcomes.error().kind, ErrorKind::Connection);
    QVERIFY(!m_db->isOpen());
}

void QueryEachTest::aReadOnlyConnectionRefuses()
{
    Target guarded = m_fixture->target();
    guarded.guard = drivers::Guard::ReadOnly;
    m_db = *Connection::open(guarded);
    const auto outcomes = each(u"DELETE FROM t WHERE id = "_s + marks(1), {{qint64{1}}});
    QVERIFY(!outcomes);
    QCOMPARE(outcomes.error().kind, ErrorKind::ReadOnly);
    QCOMPARE(text(u"SELECT count(*) FROM t"_s), u"3"_s);
}

QTEST_GUILESS_MAIN(QueryEachTest)
#include "query_each_test.moc"
