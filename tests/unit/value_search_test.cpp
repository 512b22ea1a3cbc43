// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/value_search.h"
#include "support/rows_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using rows::Needle;

namespace {

constexpr const char* sqliteScript =
    "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n NUMERIC, r REAL, day TEXT, u BLOB, ok BOOLEAN, "
    "any_);"
    "INSERT INTO t VALUES (1, 'Ada Lovelace', 42, 0.1, '2024-05-06 07:08:09', "
    "X'00112233445566778899aabbccddeeff', 1, 'a 42 b'),"
    "(2, '100%', 1420, 42.0, '2024-05-07', X'0042', 0, 42), (3, 'under_score', NULL, NULL, NULL, NULL, NULL, "
    "NULL);";
constexpr const char* postgresScript =
    "CREATE TABLE t (id bigint PRIMARY KEY, name text, n numeric, r real, day timestamptz, u uuid, b bytea,"
    " ok boolean, j jsonb, d date, e text[]);"
    "INSERT INTO t VALUES (1, 'Ada Lovelace', 42, 0.1, '2024-05-06 07:08:09.5+00',"
    " '00112233-4455-6677-8899-aabbccddeeff', '\\x0042', true, '{\"x\": \"Deep\"}', '2024-05-06', "
    "'{one,two}'),"
    "(2, '100%', 42.00, 42, '2024-05-07', NULL, NULL, false, '{}', NULL, NULL), (3, 'under_score', NULL, "
    "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);";

}  // namespace

/// What is found where, as "id.column" in order.
class ValueSearchTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsANeedleAsEveryTypeItMayBe();
    void findsByTheTypeOfEachCellOnSqlite_data();
    void findsByTheTypeOfEachCellOnSqlite();
    void findsByTheTypeOfEachColumnOnPostgres_data();
    void findsByTheTypeOfEachColumnOnPostgres();
    void goesThroughALargeTableInSlices_data() { engines(); }
    void goesThroughALargeTableInSlices();
    void stopsWhereThereIsMoreThanWasAskedFor_data() { engines(); }
    void stopsWhereThereIsMoreThanWasAskedFor();
    void tellsRoughlyHowLargeTablesAre_data() { engines(); }
    void tellsRoughlyHowLargeTablesAre();
    void showsThePartOfALongTextAroundTheHit_data() { engines(); }
    void showsThePartOfALongTextAroundTheHit();

private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    struct Answer {
        QStringList places;
        QStringList excerpts;
        int slices = 0;
        bool more = false;
    };
    static Answer find(const test::RowsFixture& fixture, const Needle& needle, int most = 100)
    {
        Answer answer;
        const auto connection = fixture.connect();
        rows::TableSearch search(fixture.relation(u"t"_s), needle, most);
        for (bool done = false; !done; ++answer.slices) {
            const auto slice = search.next(*connection);
            if (!slice)
                qFatal("%s", qUtf8Printable(slice.error().oneLine()));
            for (const rows::SearchHit& cell : slice->cells) {
                answer.places += rows::displayText(cell.key) + u'.' + cell.column;
                answer.excerpts += cell.excerpt;
            }
            answer.more = slice->more;
            done = slice->done;
        }
        answer.places.sort();
        return answer;
    }
};

void ValueSearchTest::readsANeedleAsEveryTypeItMayBe()
{
    QCOMPARE(Needle{u"42"_s}.number(), std::optional(Value(qint64{42})));
    QCOMPARE(Needle{u" 4.5 "_s}.number(), std::optional(Value(4.5)));
    QVERIFY(!Needle{u"nan"_s}.number() && !Needle{u"4x"_s}.number() && !Needle{u"1e999"_s}.number());
    QCOMPARE(Needle{u"{00112233-4455-6677-8899-AABBCCDDEEFF}"_s}.uuid().value_or(QString()),
             u"00112233-4455-6677-8899-aabbccddeeff"_s);
    QVERIFY(!Needle{u"00112233"_s}.uuid());
    QCOMPARE(Needle{u"X'0042'"_s}.bytes().value_or(QByteArray()), QByteArray::fromHex("0042"));
    QVERIFY(!Needle{u"0x004"_s}.bytes());
    const auto span = [](const QString& text) {
        const auto time = Needle{text}.time();
        return time ? time->from + u" → "_s + time->to : QString();
    };
    QCOMPARE(span(u"2024-02-29"_s), u"2024-02-29 → 2024-03-01"_s);
    QCOMPARE(span(u"2024-02-29 23:59"_s), u"2024-02-29 23:59:00.000000 → 2024-03-01 00:00:00.000000"_s);
    QCOMPARE(span(u"1969-12-31T23:59:59.25Z"_s),
             u"1969-12-31 23:59:59.250000Z → 1969-12-31 23:59:59.260000Z"_s);
    QCOMPARE(span(u"2023-02-29"_s), QString());
    QCOMPARE(span(u"2024"_s), QString());
}

void ValueSearchTest::findsByTheTypeOfEachCellOnSqlite_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<QStringList>("places");
    QTest::newRow("a part of a text, ignoring case") << u"love"_s << false << QStringList{u"1.name"_s};
    QTest::newRow("a text as a whole") << u"love"_s << true << QStringList{};
    QTest::newRow("a number by value, in texts as a part")
        << u"42"_s << false << QStringList{u"1.any_"_s, u"1.n"_s, u"2.any_"_s, u"2.r"_s};
    QTest::newRow("a number written otherwise")
        << u"42.00"_s << true << QStringList{u"1.n"_s, u"2.any_"_s, u"2.r"_s};
    QTest::newRow("a day") << u"2024-05-06"_s << false << QStringList{u"1.day"_s};
    QTest::newRow("a percent sign is no wildcard") << u"%"_s << false << QStringList{u"2.name"_s};
    QTest::newRow("nor an underscore") << u"r_s"_s << false << QStringList{u"3.name"_s};
    QTest::newRow("a UUID kept as bytes")
        << u"00112233-4455-6677-8899-aabbccddeeff"_s << false << QStringList{u"1.u"_s};
    QTest::newRow("bytes") << u"0x42"_s << false << QStringList{u"2.u"_s};
    QTest::newRow("a truth value") << u"true"_s << false << QStringList{u"1.ok"_s};
}

void ValueSearchTest::findsByTheTypeOfEachCellOnSqlite()
{
    QFETCH(const QString, text);
    QFETCH(const bool, whole);
    QFETCH(const QStringList, places);
    const test::RowsFixture fixture(Engine::Sqlite, sqliteScript);
    QCOMPARE(find(fixture, {.text = text, .whole = whole}).places, places);
}

void ValueSearchTest::findsByTheTypeOfEachColumnOnPostgres_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<QStringList>("places");
    QTest::newRow("a part of a text, ignoring case") << u"LOVE"_s << false << QStringList{u"1.name"_s};
    QTest::newRow("a number by value") << u"42"_s << false << QStringList{u"1.n"_s, u"2.n"_s, u"2.r"_s};
    QTest::newRow("four bytes") << u"0.1"_s << false << QStringList{u"1.r"_s};
    QTest::newRow("a day of dates and moments")
        << u"2024-05-06"_s << false << QStringList{u"1.d"_s, u"1.day"_s};
    QTest::newRow("a second") << u"2024-05-06 07:08:09Z"_s << false << QStringList{u"1.day"_s};
    QTest::newRow("another second") << u"2024-05-06 07:08:10Z"_s << false << QStringList{};
    QTest::newRow("a UUID in another form")
        << u"00112233445566778899AABBCCDDEEFF"_s << true << QStringList{u"1.u"_s};
    QTest::newRow("a part of a UUID") << u"8899-aa"_s << false << QStringList{u"1.u"_s};
    QTest::newRow("bytes") << u"0x42"_s << false << QStringList{u"1.b"_s};
    QTest::newRow("a truth value") << u"false"_s << true << QStringList{u"2.ok"_s};
    QTest::newRow("within JSON") << u"deep"_s << false << QStringList{u"1.j"_s};
    QTest::newRow("within an array") << u"two"_s << false << QStringList{u"1.e"_s};
    QTest::newRow("larger than a bigint") << u"99999999999999999999"_s << false << QStringList{};
}

void ValueSearchTest::findsByTheTypeOfEachColumnOnPostgres()
{
    QFETCH(const QString, text);
    QFETCH(const bool, whole);
    QFETCH(const QStringList, places);
    const test::RowsFixture fixture(Engine::Postgres, postgresScript);
    QCOMPARE(find(fixture, {.text = text, .whole = whole}).places, places);
}

void ValueSearchTest::goesThroughALargeTableInSlices()
{
    QFETCH(const int, engine);
    const bool sqlite = engine == static_cast<int>(Engine::Sqlite);
    // PostgreSQL's slices are of many blocks, SQLite's of many rows.
    const test::RowsFixture fixture(
        static_cast<Engine>(engine),
        sqlite ? "CREATE TABLE t (a TEXT, id INTEGER, PRIMARY KEY (a, id)) WITHOUT ROWID;"
                 "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 70000) "
                 "INSERT INTO t SELECT 'n' || (i % 10), i FROM s;"
               : "CREATE TABLE t (a text, id int, pad text, PRIMARY KEY (a, id)) WITH (fillfactor = 10);"
                 "ALTER TABLE t ALTER pad SET STORAGE PLAIN;"
                 "INSERT INTO t SELECT 'n' || i % 10, i, repeat('x', 900) FROM generate_series(1, 6000) i;");
    const QString last = sqlite ? u"69999"_s : u"5999"_s;
    const Answer answer = find(fixture, {.text = last, .whole = true});
    QCOMPARE(answer.places, QStringList{u"n9 · "_s + last + u".id"_s});
    QVERIFY2(answer.slices > 1, qPrintable(QString::number(answer.slices)));
}

void ValueSearchTest::stopsWhereThereIsMoreThanWasAskedFor()
{
    QFETCH(const int, engine);
    const test::RowsFixture fixture(static_cast<Engine>(engine),
                                    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);"
                                    "INSERT INTO t VALUES (1,'x','x'),(2,'x',''),(3,'x',''),(4,'x','');");
    const Answer some = find(fixture, {.text = u"x"_s}, 3);
    QVERIFY(some.more);
    QCOMPARE(some.places.size(), 4);  // three rows, one of them with two cells
    const Answer all = find(fixture, {.text = u"x"_s}, 4);
    QVERIFY(!all.more);
    QCOMPARE(all.places.size(), 5);
}

void ValueSearchTest::showsThePartOfALongTextAroundTheHit()
{
    QFETCH(const int, engine);
    const QByteArray text = QByteArray(5000, 'a') + "Needle" + QByteArray(5000, 'b');
    const test::RowsFixture fixture(
        static_cast<Engine>(engine),
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);INSERT INTO t VALUES (1,'" + text + "');");
    const Answer answer = find(fixture, {.text = u"needle"_s});
    QCOMPARE(answer.excerpts.size(), 1);
    QVERIFY2(answer.excerpts.first().contains(u"aNeedleb"_s), qPrintable(answer.excerpts.first()));
    QCOMPARE(answer.excerpts.first().size(), 160);
}

void ValueSearchTest::tellsRoughlyHowLargeTablesAre()
{
    QFETCH(const int, engine);
    QByteArray rows = "INSERT INTO large VALUES ";
    for (int i = 1; i <= 3000; ++i)
        rows += '(' + QByteArray::number(i) + ",'a text of some length'),";
    rows.back() = ';';
    const test::RowsFixture fixture(static_cast<Engine>(engine),
                                    "CREATE TABLE large (id INTEGER PRIMARY KEY, name TEXT);"
                                    "CREATE TABLE small (id INTEGER PRIMARY KEY, name TEXT);"
                                    "CREATE TABLE bare (name TEXT); INSERT INTO small VALUES (1, 'x');"
                                        + rows);
    rows::Relation gone = fixture.relation(u"small"_s);
    gone.name = u"gone"_s;
    const auto connection = fixture.connect();
    const QList<qint64> sizes =
        rows::roughSizes(*connection, {fixture.relation(u"large"_s), fixture.relation(u"small"_s), gone,
                                       fixture.relation(u"bare"_s)});
    QCOMPARE(sizes.size(), 4);
    QVERIFY(sizes[0] > 1000);
    QVERIFY(sizes[1] < 100);
    QCOMPARE(sizes[2], 0);
    QCOMPARE(sizes[3], 0);
}

QTEST_GUILESS_MAIN(ValueSearchTest)
#include "value_search_test.moc"
