// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/paged_rows.h"
#include "support/rows_fixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using rows::PagedRows;
using rows::ViewSpec;
using test::RowsFixture;

namespace {

constexpr int rowsMade = 3000;

// Every table has n, which says where a row stands; NULLs, equal values and odd texts are in between.
QByteArray script(Engine engine)
{
    const bool sqlite = engine == Engine::Sqlite;
    const QByteArray series =
        sqlite ? "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 3000) "
               : "WITH s AS (SELECT generate_series(1, 3000) AS i) ";
    const QByteArray values = " CASE WHEN i % 7 = 0 THEN NULL ELSE i % 11 END, CASE WHEN i % 5 = 0 THEN NULL "
                              "ELSE (i % 13) || 'x' END, i FROM s;\n";
    QByteArray text = "CREATE TABLE plain (id " + QByteArray(sqlite ? "INTEGER" : "bigint")
                      + " PRIMARY KEY, a integer, b text, n integer);\n"
                        "CREATE TABLE pair (k text NOT NULL, l integer NOT NULL, a integer, b text, n "
                        "integer, PRIMARY KEY (k, l))"
                      + QByteArray(sqlite ? " WITHOUT ROWID" : "")
                      + ";\n"
                        "CREATE TABLE bare (a integer, b text, n integer);\n"
                        "CREATE INDEX plain_b ON plain (b);\n";
    text += "INSERT INTO plain " + series + "SELECT i * 3," + values;
    text += "INSERT INTO pair " + series + "SELECT 'key ''' || (i % 40) || '\"%1', i," + values;
    text += "INSERT INTO bare " + series + "SELECT" + values;
    return text;
}

QStringList described(const RowBatch& batch)
{
    QStringList lines;
    for (int row = 0; row < batch.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < batch.columnCount(); ++column)
            cells += isNull(batch.at(row, column)) ? u"NULL"_s : displayText(batch.at(row, column));
        lines += cells.join(u'|');
    }
    return lines;
}

}  // namespace

class RowsPagingTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void anyPageEqualsTheWholeOrder_data();
    void anyPageEqualsTheWholeOrder();
    void aTableWithoutKeyTellsWhy();
    void filtersMeanWhatTheySay_data() { engines(); }
    void filtersMeanWhatTheySay();
    void bytesAreFoundAsTheyAreShown_data() { engines(); }
    void bytesAreFoundAsTheyAreShown();
    void anEstimateBecomesExact_data() { engines(); }
    void anEstimateBecomesExact();
    void theLastRowsNeedNoAnchors();
    void invalidTypedFiltersAreErrorsOfTheServer();
    void numbersAreFoundInColumnsWithoutAType();
    void aColumnThatIsGoneIsAnErrorAndNoText_data() { engines(); }
    void aColumnThatIsGoneIsAnErrorAndNoText();
    void aViewWithTextsInDoubleQuotesOpens();
    void anchorsStayWithinTheirBudget();
    void keysWithoutGapsAreNotScanned_data();
    void keysWithoutGapsAreNotScanned();

private:
    void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    const RowsFixture& fixture(Engine engine)
    {
        auto& found = engine == Engine::Sqlite ? m_sqlite : m_postgres;
        if (!found)
            found = std::make_unique<RowsFixture>(engine, script(engine));
        return *found;
    }
    std::unique_ptr<RowsFixture> m_sqlite;
    std::unique_ptr<RowsFixture> m_postgres;
};

void RowsPagingTest::anyPageEqualsTheWholeOrder_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QList<std::pair<QString, bool>>>("sorts");
    using Sorts = QList<std::pair<QString, bool>>;
    const QList<std::pair<const char*, Sorts>> orders{{"by key", {}},
                                                      {"nulls ascending", {{u"a"_s, false}}},
                                                      {"nulls descending", {{u"b"_s, true}}},
                                                      {"mixed directions", {{u"a"_s, true}, {u"b"_s, false}}},
                                                      {"key descending", {{u"n"_s, true}}}};
    for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
        for (const char* table : {"plain", "pair", "bare"}) {
            for (const auto& [name, sorts] : orders)
                QTest::addRow("%s %s %s", engine == Engine::Sqlite ? "sqlite" : "postgres", table, name)
                    << static_cast<int>(engine) << QString::fromLatin1(table) << sorts;
        }
    }
}

void RowsPagingTest::anyPageEqualsTheWholeOrder()
{
    QFETCH(int, engine);
    QFETCH(QString, table);
    using Sorts = QList<std::pair<QString, bool>>;
    QFETCH(Sorts, sorts);
    const RowsFixture& database = fixture(static_cast<Engine>(engine));
    const auto connection = database.connect();
    ViewSpec spec;
    for (const auto& [column, descending] : sorts)
        spec.sorts += {column, descending};
    PagedRows paged(database.relation(table), spec);
    auto whole = PagedRows(database.relation(table), spec).page(*connection, 0, rowsMade + 1);
    QVERIFY2(whole, qUtf8Printable(whole ? QString() : whole.error().oneLine()));
    const QStringList expected = described(whole->rows);
    QCOMPARE(expected.size(), rowsMade);

    QRandomGenerator random(7);
    const auto comparePages = [&] {
        for (int i = 0; i < 25; ++i) {
            const int position = random.bounded(rowsMade);
            const auto page = paged.page(*connection, position, 50);
            QVERIFY2(page, qUtf8Printable(page ? QString() : page.error().oneLine()));
            QCOMPARE(described(page->rows).join(u'\n'), expected.mid(position, 50).join(u'\n'));
            QCOMPARE(page->keys.size(), static_cast<size_t>(page->rows.rowCount()));
        }
    };
    comparePages();
    // The order in the middle of the scan and behind it is the same; so with anchors put in by the scan alone.
    for (int slice = 0; slice < 1000; ++slice) {
        const auto done = paged.advance(*connection, {});
        QVERIFY2(done, qUtf8Printable(done ? QString() : done.error().oneLine()));
        if (*done)
            break;
    }
    QVERIFY(paged.isScanned());
    QCOMPARE(paged.total(), (rows::RowCount{rowsMade, true}));
    comparePages();
}

void RowsPagingTest::aTableWithoutKeyTellsWhy()
{
    schema::Table table{
        .schema = u"main"_s, .name = u"v"_s, .kind = schema::TableKind::Virtual, .module = u"fts5"_s};
    table.columns += schema::Column{.name = u"a"_s};
    const rows::Relation relation = rows::relationOf(table, Engine::Sqlite);
    QVERIFY(!relation.editable);
    QVERIFY(!relation.reason.isEmpty());
    schema::Table part{.schema = u"public"_s, .name = u"p"_s, .kind = schema::TableKind::Partitioned};
    part.columns += schema::Column{.name = u"a"_s};
    QCOMPARE(rows::relationOf(part, Engine::Postgres).keyKind, rows::KeyKind::None);
}

void RowsPagingTest::filtersMeanWhatTheySay()
{
    QFETCH(int, engine);
    const RowsFixture& database = fixture(static_cast<Engine>(engine));
    const auto connection = database.connect();
    const auto count = [&](const ViewSpec& spec) {
        const auto page = PagedRows(database.relation(u"plain"_s), spec).page(*connection, 0, 5000);
        return page ? page->rows.rowCount() : -1;
    };
    using rows::FilterOperator;
    QCOMPARE(count({.filters = {{u"n"_s, FilterOperator::LessOrEqual, u"10"_s}}}), 10);
    QCOMPARE(count({.filters = {{u"a"_s, FilterOperator::IsNull, {}}}}), rowsMade / 7);
    QCOMPARE(count({.filters = {{u"n"_s, FilterOperator::LessOrEqual, u"10"_s, false}}}), rowsMade);
    QCOMPARE(count({.filters = {{u"b"_s, FilterOperator::Contains, u"%"_s}}}), 0);
    QCOMPARE(count({.filters = {{u"b"_s, FilterOperator::EndsWith, u"X"_s}}}), rowsMade - rowsMade / 5);
    QCOMPARE(count({.conditions = {{u"n > 100 -- a comment"_s}}}), rowsMade - 100);
    QCOMPARE(count({.search = u"12X"_s}), count({.conditions = {{u"b = '12x'"_s}}}));
}

void RowsPagingTest::bytesAreFoundAsTheyAreShown()
{
    QFETCH(const int, engine);
    const bool sqlite = static_cast<Engine>(engine) == Engine::Sqlite;
    const RowsFixture database(
        static_cast<Engine>(engine),
        sqlite ? "CREATE TABLE b (id INTEGER PRIMARY KEY, d BLOB); INSERT INTO b VALUES (1, X'00ff'), (2, "
                 "X'01'), "
                 "(3, NULL);"
               : "CREATE TABLE b (id integer PRIMARY KEY, d bytea); INSERT INTO b VALUES (1, '\\x00ff'), (2, "
                 "'\\x01'), (3, NULL);");
    const auto connection = database.connect();
    const auto count = [&](rows::FilterOperator op, const QString& text) {
        const auto page =
            PagedRows(database.relation(u"b"_s), {.filters = {{u"d"_s, op, text}}}).page(*connection, 0, 10);
        return page ? page->rows.rowCount() : -1;
    };
    using rows::FilterOperator;
    QCOMPARE(count(FilterOperator::Equals, u"X'00ff'"_s), 1);
    QCOMPARE(count(FilterOperator::Equals, u"\\x00FF"_s), 1);
    QCOMPARE(count(FilterOperator::NotEquals, u"X'00ff'"_s), 1);
    QCOMPARE(count(FilterOperator::Greater, u"X'00'"_s), 2);
}

void RowsPagingTest::anEstimateBecomesExact()
{
    QFETCH(int, engine);
    const RowsFixture& database = fixture(static_cast<Engine>(engine));
    const auto connection = database.connect();
    PagedRows paged(database.relation(u"plain"_s), {});
    QVERIFY(paged.page(*connection, 0, 100));
    QVERIFY(!paged.total().exact);
    QVERIFY(paged.estimate(*connection));
    QVERIFY(paged.total().rows >= 100);
    while (!paged.advance(*connection, {}).value_or(true)) {}
    QCOMPARE(paged.total(), (rows::RowCount{rowsMade, true}));
    QVERIFY(paged.anchorCount() >= 4);
}

void RowsPagingTest::theLastRowsNeedNoAnchors()
{
    const RowsFixture& database = fixture(Engine::Sqlite);
    const auto connection = database.connect();
    rows::Relation relation = database.relation(u"plain"_s);
    relation.estimatedRows = 9'000'000;
    PagedRows paged(relation, {});
    QVERIFY(paged.page(*connection, 0, 100));
    QVERIFY(paged.estimate(*connection));
    const auto page = paged.page(*connection, 8'999'990, 10);
    QVERIFY(page);
    QCOMPARE(displayText(page->rows.at(9, 0)), u"9000"_s);
}

void RowsPagingTest::numbersAreFoundInColumnsWithoutAType()
{
    const RowsFixture database(Engine::Sqlite,
                               "CREATE TABLE loose (id INTEGER PRIMARY KEY, v, b BLOB);"
                               "INSERT INTO loose (v, b) VALUES (1, 1.5), (1.5, 2), ('x', 'inf'), "
                               "(-2.25, 1e3), (1000, NULL);");
    const auto connection = database.connect();
    const auto found = [&](const QString& column, rows::FilterOperator op, const QString& value) {
        const auto page = PagedRows(database.relation(u"loose"_s), {.filters = {{column, op, value}}})
                              .page(*connection, 0, 100);
        QStringList ids;
        for (const rows::RowKey& key : page ? page->keys : std::vector<rows::RowKey>())
            ids += displayText(key);
        return ids.join(u' ');
    };
    using rows::FilterOperator;
    QCOMPARE(found(u"v"_s, FilterOperator::Equals, u"1.5"_s), u"2"_s);
    QCOMPARE(found(u"v"_s, FilterOperator::Less, u"1.25"_s), u"1 4"_s);
    QCOMPARE(found(u"v"_s, FilterOperator::Equals, u"1e3"_s), u"5"_s);
    QCOMPARE(found(u"v"_s, FilterOperator::Equals, u"1"_s), u"1"_s);
    QCOMPARE(found(u"v"_s, FilterOperator::Equals, u"x"_s), u"3"_s);
    QCOMPARE(found(u"b"_s, FilterOperator::Equals, u"1.5"_s), u"1"_s);
    QCOMPARE(found(u"b"_s, FilterOperator::Equals, u"inf"_s), u"3"_s);  // no number to SQLite either
}

void RowsPagingTest::aColumnThatIsGoneIsAnErrorAndNoText()
{
    QFETCH(int, engine);
    const RowsFixture database(static_cast<Engine>(engine),
                               "CREATE TABLE t (id integer PRIMARY KEY, name text, gone text);"
                               "INSERT INTO t VALUES (1, 'a', 'b');");
    const auto connection = database.connect();
    const rows::Relation relation = database.relation(u"t"_s);
    QVERIFY(database.connect()->execute(u"ALTER TABLE t DROP COLUMN gone"_s));
    for (const ViewSpec& spec :
         {ViewSpec{}, ViewSpec{.sorts = {{u"gone"_s}}}, ViewSpec{.filters = {{.column = u"gone"_s}}},
          ViewSpec{.search = u"gone"_s}}) {
        const auto page = PagedRows(relation, spec).page(*connection, 0, 10);
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::UndefinedObject);
    }
}

// The schemas of others may rely on SQLite's leniency; only what is written here must not.
void RowsPagingTest::aViewWithTextsInDoubleQuotesOpens()
{
    const RowsFixture database(Engine::Sqlite, "CREATE TABLE t (id INTEGER PRIMARY KEY);"
                                               "INSERT INTO t VALUES (1);"
                                               "CREATE VIEW v AS SELECT id, \"words\" AS said FROM t;");
    const auto connection = database.connect();
    const auto inspected = catalog::inspect(*connection);
    QVERIFY(inspected);
    const auto relation = rows::relationOf(inspected->views.first(), Engine::Sqlite);
    const auto page =
        PagedRows(relation, {.search = u"word"_s, .sorts = {{u"said"_s}}}).page(*connection, 0, 10);
    QVERIFY2(page, qPrintable(page.error_or(Error{}).oneLine()));
    QCOMPARE(described(page->rows), QStringList(u"1|words"_s));
}

void RowsPagingTest::invalidTypedFiltersAreErrorsOfTheServer()
{
    const RowsFixture& database = fixture(Engine::Sqlite);
    const auto connection = database.connect();
    const auto page = PagedRows(database.relation(u"plain"_s), {.conditions = {{u"nonsense ("_s}}})
                          .page(*connection, 0, 10);
    QVERIFY(!page);
    QVERIFY(!page.error().message.isEmpty());
}

void RowsPagingTest::anchorsStayWithinTheirBudget()
{
    rows::Anchors anchors(4096);
    for (qint64 position = 0; position < 5'000'000; position += anchors.step())
        anchors.add(position, {{Value(position)}});
    QVERIFY(anchors.count() < 64);
    QVERIFY(anchors.step() > rows::Anchors::firstStep);
    QVERIFY(anchors.before(1'000'000).position <= 1'000'000);
}

void RowsPagingTest::keysWithoutGapsAreNotScanned_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<bool>("isDense");
    const QByteArray numbers =
        "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 3000) ";
    const QByteArray table = "CREATE TABLE t (id INTEGER PRIMARY KEY, n);" + numbers;
    const Engine sqlite = Engine::Sqlite;
    QTest::newRow("all there") << sqlite << table + "INSERT INTO t SELECT i, i FROM s" << false << true;
    QTest::newRow("all there, last first")
        << sqlite << table + "INSERT INTO t SELECT i, i FROM s" << true << true;
    QTest::newRow("below zero") << sqlite << table + "INSERT INTO t SELECT i - 1500, i FROM s" << false
                                << true;
    QTest::newRow("no column") << sqlite << "CREATE TABLE t (n);" + numbers + "INSERT INTO t SELECT i FROM s"
                               << false << true;
    QTest::newRow("one gone") << sqlite << table + "INSERT INTO t SELECT i + (i > 777), i FROM s" << false
                              << false;
    QTest::newRow("every other") << sqlite << table + "INSERT INTO t SELECT 2 * i, i FROM s" << false
                                 << false;
    QTest::newRow("from one end to the other")
        << sqlite
        << table
               + "INSERT INTO t SELECT iif(i < 1500, -9223372036854775807 + i, 9223372036854775807 - 3000 + "
                 "i), i FROM s"
        << false << false;
    QTest::newRow("a key that is no rowid") << sqlite
                                            << "CREATE TABLE t (id INT PRIMARY KEY NOT NULL, n);" + numbers
                                                   + "INSERT INTO t SELECT iif(i = 777, 776.5, i), i FROM s"
                                            << false << false;
    const auto postgres = [](const char* name, const QByteArray& type, const QByteArray& key, bool isDense) {
        const QByteArray made = "CREATE TABLE t (id " + type
                                + " PRIMARY KEY, n integer); INSERT INTO t SELECT " + key
                                + ", i FROM generate_series(1, 3000) AS i";
        QTest::addRow("%s (postgres)", name) << Engine::Postgres << made << false << isDense;
        QTest::addRow("%s, last first (postgres)", name) << Engine::Postgres << made << true << isDense;
    };
    postgres("all there", "bigint", "i", true);
    postgres("small and below zero", "smallint", "i - 1500", true);
    postgres("one gone", "integer", "i + (i > 777)::integer", false);
    postgres("a key of fractions", "numeric", "i + 0.5 * (i = 777)::integer", false);
}

void RowsPagingTest::keysWithoutGapsAreNotScanned()
{
    QFETCH(const Engine, engine);
    QFETCH(QByteArray, sql);
    QFETCH(bool, descending);
    QFETCH(bool, isDense);
    const RowsFixture database(engine, sql);
    const auto connection = database.connect();
    const rows::Relation relation = database.relation(u"t"_s);
    ViewSpec spec;
    if (descending)
        spec.sorts += {u"id"_s, true};
    const auto whole = PagedRows(relation, spec).page(*connection, 0, rowsMade);
    QVERIFY(whole);
    const QStringList expected = described(whole->rows);
    PagedRows paged(relation, spec);
    const auto first = paged.advance(*connection, {});
    QVERIFY2(first, qUtf8Printable(first ? QString() : first.error().oneLine()));
    QCOMPARE(*first, isDense);
    while (!paged.isScanned())
        QVERIFY(paged.advance(*connection, {}));
    QCOMPARE(paged.total(), (rows::RowCount{rowsMade, true}));
    QVERIFY(paged.anchorCount() >= 4);
    for (const int position : {0, 1, 511, 512, 513, 1499, 2048, 2990}) {
        const auto page = paged.page(*connection, position, 10);
        QVERIFY(page);
        QCOMPARE(described(page->rows), expected.mid(position, 10));
    }
    // Somebody takes a row away, which was counted.
    QStringList fewer = expected;
    const QString gone = fewer.takeAt(520);
    QVERIFY(database.connect()->execute(u"DELETE FROM t WHERE n = "_s + gone.section(u'|', -1)));
    const auto page = paged.page(*connection, 515, 10);
    QVERIFY(page);
    QCOMPARE(described(page->rows), fewer.mid(515, 10));
}

QTEST_GUILESS_MAIN(RowsPagingTest)
#include "rows_paging_test.moc"
