// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/commit.h"
#include "rows/replace.h"
#include "support/rows_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using rows::Replacement;
using rows::Replacer;
using rows::ReplaceScan;
using rows::StagedEdits;
using test::RowsFixture;

namespace {

QByteArray script(Engine engine)
{
    return engine == Engine::Sqlite
               ? "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER);\n"
                 "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 9001) "
                 "INSERT INTO t SELECT i, CASE WHEN i % 3 = 0 THEN 'Old ' || i ELSE NULL END, i FROM s;\n"
                 "CREATE TABLE loose (a TEXT, b TEXT);\nINSERT INTO loose VALUES ('x old', 'y');"
               : "CREATE TABLE t (id bigint PRIMARY KEY, name text, n integer);\n"
                 "INSERT INTO t SELECT i, CASE WHEN i % 3 = 0 THEN 'Old ' || i END, i FROM "
                 "generate_series(1, 9001) i;\n"
                 "CREATE TABLE loose (a text, b text);\nINSERT INTO loose VALUES ('x old', 'y');";
}

}  // namespace

class ReplaceTest final : public QObject
{
    Q_OBJECT
private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    ReplaceScan search(const QString& table, const Replacement& what, const rows::ViewSpec& spec = {},
                       const StagedEdits& edits = {})
    {
        ReplaceScan scan;
        const auto replacer = Replacer::of(what);
        if (!replacer)
            qFatal("%s", qUtf8Printable(replacer.error().oneLine()));
        while (!scan.done) {
            const auto read =
                rows::searchOn(*m_connection, m_fixture->relation(table), spec, *replacer, edits, scan);
            if (!read)
                qFatal("%s", qUtf8Printable(read.error().oneLine()));
        }
        return scan;
    }
    QString stored(const QString& sql)
    {
        return displayText(m_connection->scalar(sql).value_or(Text{"failed"}));
    }

    std::unique_ptr<RowsFixture> m_fixture;
    std::unique_ptr<drivers::Connection> m_connection;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning();
        const QByteArray tag = QTest::currentDataTag();
        const Engine engine = tag == "postgres" ? Engine::Postgres : Engine::Sqlite;
        m_fixture = std::make_unique<RowsFixture>(engine, script(engine));
        m_connection = m_fixture->connect();
    }
    void cleanup()
    {
        m_connection.reset();
        m_fixture.reset();
    }

    void textsAreReplacedAsWanted_data()
    {
        QTest::addColumn<QString>("find");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result");
        QTest::newRow("plain, ignoring case")
            << u"a.b"_s << u"X"_s << u""_s << u"A.B axb a.b"_s << u"X axb X"_s;
        QTest::newRow("matching case") << u"a"_s << u"X"_s << u"case"_s << u"Aa"_s << u"AX"_s;
        QTest::newRow("no match") << u"q"_s << u"X"_s << u""_s << u"abc"_s << u"(none)"_s;
        QTest::newRow("a backslash is one") << u"a"_s << u"\\1"_s << u""_s << u"a"_s << u"\\1"_s;
        QTest::newRow("a group") << u"(\\d+)-(\\d+)"_s << u"\\2/\\1"_s << u"regex"_s << u"12-34"_s
                                 << u"34/12"_s;
        QTest::newRow("whole cell") << u"ab"_s << u"X"_s << u"whole"_s << u"abc"_s << u"(none)"_s;
        QTest::newRow("whole cell, all of it")
            << u"a.c"_s << u"X"_s << u"whole regex"_s << u"abc"_s << u"X"_s;
        QTest::newRow("the empty text") << u""_s << u"X"_s << u"whole"_s << u""_s << u"X"_s;
        QTest::newRow("beyond ASCII") << u"ÄÖ"_s << u"ü"_s << u""_s << u"x äö"_s << u"x ü"_s;
    }
    void textsAreReplacedAsWanted()
    {
        QFETCH(const QString, options);
        QFETCH(const QString, find);
        QFETCH(const QString, with);
        QFETCH(const QString, text);
        const auto replacer = Replacer::of({.column = u"name"_s,
                                            .find = find,
                                            .with = with,
                                            .expression = options.contains(u"regex"_s),
                                            .matchCase = options.contains(u"case"_s),
                                            .wholeCell = options.contains(u"whole"_s)});
        QVERIFY(replacer);
        QTEST(replacer->replaced(text).value_or(u"(none)"_s), "result");
    }

    void whatIsNoExpressionIsSaid()
    {
        const auto replacer = Replacer::of({.column = u"name"_s, .find = u"("_s, .expression = true});
        QVERIFY(!replacer);
        QVERIFY(replacer.error().message.startsWith(u"Not a regular expression"_s));
        QVERIFY(!Replacer::of({.column = u"name"_s}));
    }

    void theWholeTableIsSearchedInSlices_data() { engines(); }
    void theWholeTableIsSearchedInSlices()
    {
        const ReplaceScan scan = search(u"t"_s, {.column = u"name"_s, .find = u"old"_s, .with = u"New"_s});
        QCOMPARE(scan.rows, 9001);
        QCOMPARE(scan.matches, 3000);
        QCOMPARE(scan.cells.size(), 3000);
        const StagedEdits edits = rows::withReplaced({}, u"name"_s, scan.cells);
        QCOMPARE(edits.counts().updates, 3000);
        const auto report = rows::commit(*m_connection, {{m_fixture->relation(u"t"_s), edits, {}}});
        QVERIFY(report && report->committed);
        QCOMPARE(stored(u"SELECT count(*) FROM t WHERE name LIKE 'New %'"_s), u"3000"_s);
        StagedEdits undone = edits;
        undone.undo();
        QVERIFY(undone.isEmpty());
    }

    void onlyWhatTheFiltersShowIsReplaced_data() { engines(); }
    void onlyWhatTheFiltersShowIsReplaced()
    {
        const rows::ViewSpec spec{
            .filters = {{.column = u"id"_s, .op = rows::FilterOperator::LessOrEqual, .value = u"9"_s}},
            .sorts = {{.column = u"name"_s, .descending = true}}};
        const ReplaceScan scan = search(u"t"_s, {.column = u"name"_s, .find = u"o"_s, .with = u"0"_s}, spec);
        QCOMPARE(scan.rows, 9);
        QCOMPARE(scan.matches, 3);
    }

    void whatWouldBeNoValueStays_data() { engines(); }
    void whatWouldBeNoValueStays()
    {
        const rows::ViewSpec spec{
            .filters = {{.column = u"id"_s, .op = rows::FilterOperator::LessOrEqual, .value = u"20"_s}}};
        const ReplaceScan scan = search(u"t"_s, {.column = u"n"_s, .find = u"1"_s, .with = u"x"_s}, spec);
        QCOMPARE(scan.matches, 11);
        // SQLite takes any text, though it is marked; PostgreSQL would refuse all of it.
        QCOMPARE(scan.refused, m_connection->engine() == Engine::Postgres ? 11 : 0);
        const ReplaceScan numbers = search(u"t"_s, {.column = u"n"_s, .find = u"1"_s, .with = u"2"_s}, spec);
        QCOMPARE(numbers.cells.size(), 11);
        const bool postgres = m_connection->engine() == Engine::Postgres;
        QVERIFY(numbers.cells.first().after == (postgres ? textValue(u"2"_s) : Value(qint64{2})));
    }

    void stagedTextsAreSearchedAsTheyAre_data() { engines(); }
    void stagedTextsAreSearchedAsTheyAre()
    {
        const rows::ViewSpec spec{
            .filters = {{.column = u"id"_s, .op = rows::FilterOperator::LessOrEqual, .value = u"6"_s}}};
        const ReplaceScan before =
            search(u"t"_s, {.column = u"name"_s, .find = u"old 3"_s, .with = u"third"_s}, spec);
        StagedEdits edits = rows::withReplaced({}, u"name"_s, before.cells);
        const int id = edits.insertRow({{u"name"_s, textValue(u"a third"_s)}});
        const ReplaceScan scan =
            search(u"t"_s, {.column = u"name"_s, .find = u"third"_s, .with = u"3rd"_s}, spec, edits);
        QCOMPARE(scan.matches, 2);
        edits = rows::withReplaced(edits, u"name"_s, scan.cells);
        QVERIFY(edits.newRow(id)->values.at(u"name"_s) == rows::EditValue(textValue(u"a 3rd"_s)));
        QCOMPARE(edits.counts().updates, 1);
    }

    void rowsWithoutAKeyAreReplacedToo_data() { engines(); }
    void rowsWithoutAKeyAreReplacedToo()
    {
        const ReplaceScan scan = search(u"loose"_s, {.column = u"a"_s, .find = u"old"_s, .with = u"new"_s});
        const StagedEdits edits = rows::withReplaced({}, u"a"_s, scan.cells);
        const auto report = rows::commit(*m_connection, {{m_fixture->relation(u"loose"_s), edits, {}}});
        QVERIFY(report && report->committed);
        QCOMPARE(stored(u"SELECT a FROM loose"_s), u"x new"_s);
    }
};

QTEST_GUILESS_MAIN(ReplaceTest)
#include "replace_test.moc"
