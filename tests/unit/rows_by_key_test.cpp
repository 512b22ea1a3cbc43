// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Rows that are asked for by their keys come in that order, in and out of a transaction, on both engines.
#include "rows/rows_by_key.h"
#include "support/rows_fixture.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using drivers::Connection;
using rows::RowKey;

namespace {

constexpr auto script = "CREATE TABLE t(id integer PRIMARY KEY, name text);"
                        "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, NULL), (40, 'forty');"
                        "CREATE TABLE k(id text NOT NULL PRIMARY KEY, name text);"
                        "CREATE TABLE p(a integer NOT NULL, b text NOT NULL, name text, PRIMARY KEY (a, b));"
                        "INSERT INTO p VALUES (1, 'x', '1x'), (1, 'y', '1y'), (2, 'x', '2x');";

}  // namespace

class RowsByKeyTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void theyComeInTheOrderOfTheKeys_data();
    void theyComeInTheOrderOfTheKeys();
    void textsAreFoundWhateverIsInThem();
    void aKeyOfTwoColumnsIsFound();
    void longCellsAreCutAndTold();
    void thousandsAreFound();

private:
    bool isPostgres() const { return m_db->engine() == Engine::Postgres; }
    Value number(qint64 value) const
    {
        return isPostgres() ? Value(Text{QByteArray::number(value)}) : Value(value);
    }
    rows::QueryBuilder builder(const QString& table) const { return {m_fixture->relation(table), {}}; }
    QStringList found(const QString& table, const std::vector<RowKey>& keys, int column = 1) const
    {
        QStringList texts;
        const auto rows = rows::rowsByKeys(*m_db, builder(table), keys, -1);
        if (!rows)
            return {rows.error().oneLine()};
        for (const rows::FoundRow& row : *rows)
            texts += row.isThere() ? displayText(row.cells[static_cast<size_t>(column)]) : u"-"_s;
        return texts;
    }

    std::optional<test::RowsFixture> m_fixture;
    std::unique_ptr<Connection> m_db;
};

void RowsByKeyTest::initTestCase_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgres") << true;
}

void RowsByKeyTest::init()
{
    QTest::failOnWarning();
    QFETCH_GLOBAL(bool, postgres);
    m_fixture.emplace(postgres ? Engine::Postgres : Engine::Sqlite, script);
    m_db = m_fixture->connect();
}

void RowsByKeyTest::cleanup()
{
    m_db.reset();
    m_fixture.reset();
}

void RowsByKeyTest::theyComeInTheOrderOfTheKeys_data()
{
    QTest::addColumn<bool>("within");
    QTest::newRow("in a transaction") << true;
    QTest::newRow("on its own") << false;
}

void RowsByKeyTest::theyComeInTheOrderOfTheKeys()
{
    QFETCH(bool, within);
    if (within)
        QVERIFY(m_db->execute(u"BEGIN"_s));
    const std::vector<RowKey> keys{{{number(40)}}, {{number(1)}}, {{number(7)}},
                                   {{number(2)}},  {{number(1)}}, {{number(3)}}};
    QCOMPARE(found(u"t"_s, keys), (QStringList{u"forty"_s, u"one"_s, u"-"_s, u"two"_s, u"one"_s, u""_s}));
    QCOMPARE(found(u"t"_s, {{{number(2)}}}), QStringList{u"two"_s});
    QCOMPARE(found(u"t"_s, {}), QStringList{});
}

void RowsByKeyTest::textsAreFoundWhateverIsInThem()
{
    const QList<QByteArray> texts{"", "a,b", "{}", "\"quoted\"", "back\\slash", "NULL", "ä\n", "o'clock"};
    std::vector<RowKey> keys;
    QStringList expected;
    for (const QByteArray& text : texts) {
        QVERIFY(m_db->execute(isPostgres() ? u"INSERT INTO k VALUES ($1, 'is ' || $1)"_s
                                           : u"INSERT INTO k VALUES (?1, 'is ' || ?1)"_s,
                              {Text{text}}));
        keys.push_back({{Text{text}}});
        expected += u"is "_s + QString::fromUtf8(text);
    }
    QCOMPARE(found(u"k"_s, keys), expected);
}

void RowsByKeyTest::aKeyOfTwoColumnsIsFound()
{
    for (const bool within : {false, true}) {
        if (within)
            QVERIFY(m_db->execute(u"BEGIN"_s));
        const std::vector<RowKey> keys{
            {{number(2), Text{"x"}}}, {{number(2), Text{"y"}}}, {{number(1), Text{"y"}}}};
        QCOMPARE(found(u"p"_s, keys, 2), (QStringList{u"2x"_s, u"-"_s, u"1y"_s}));
    }
}

void RowsByKeyTest::longCellsAreCutAndTold()
{
    for (const bool within : {false, true}) {
        if (within)
            QVERIFY(m_db->execute(u"BEGIN"_s));
        const std::vector<RowKey> keys{{{number(40)}}, {{number(2)}}};
        const auto rows = rows::rowsByKeys(*m_db, builder(u"t"_s), keys, 3);
        QVERIFY(rows);
        QCOMPARE((*rows)[0].cut, (QList<std::pair<int, qint64>>{{1, 5}}));
        QVERIFY((*rows)[0].isCut(1) && !(*rows)[0].isCut(0));
        QCOMPARE(displayText((*rows)[0].cells[1]), u"for"_s);
        QVERIFY((*rows)[1].cut.isEmpty());
    }
}

void RowsByKeyTest::thousandsAreFound()
{
    QVERIFY(m_db->execute(
        isPostgres() ? u"INSERT INTO t SELECT i, 'n' || i FROM generate_series(1000, 3000) AS i"_s
                     : u"WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                       "INSERT INTO t SELECT i, 'n' || i FROM n"_s));
    std::vector<RowKey> keys;
    QStringList expected;
    for (int i = 3000; i >= 1000; --i) {
        keys.push_back({{number(i)}});
        expected += u"n%1"_s.arg(i);
    }
    QCOMPARE(found(u"t"_s, keys), expected);
}

QTEST_GUILESS_MAIN(RowsByKeyTest)
#include "rows_by_key_test.moc"
