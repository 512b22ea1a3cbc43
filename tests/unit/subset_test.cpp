// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"
#include "support/transfer_files.h"
#include "transfer/subset.h"

#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::RowsFixture;

namespace {

constexpr char shopTables[] = R"(
CREATE TABLE city (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE person (id integer PRIMARY KEY, name text, city_id integer REFERENCES city(id),
    boss_id integer REFERENCES person(id));
CREATE TABLE depot (country text, no integer, label text, PRIMARY KEY (country, no));
CREATE TABLE parcel (id integer PRIMARY KEY, owner integer NOT NULL REFERENCES person(id), country text, depot integer,
    note text, FOREIGN KEY (country, depot) REFERENCES depot(country, no));
CREATE TABLE scan (parcel integer NOT NULL REFERENCES parcel(id), at integer NOT NULL, PRIMARY KEY (parcel, at));
)";

constexpr char shopRows[] = R"(
INSERT INTO city VALUES (1, 'Rome'), (2, 'O''slo'), (3, 'Bern');
INSERT INTO person VALUES (9, 'Chief', 3, NULL), (10, 'Head', 2, 9), (2, 'Ada', 1, 10), (3, 'Bob', 1, 9), (4, 'Own', NULL, 4);
INSERT INTO depot VALUES ('IT', 1, 'north'), ('IT', 2, 'south'), ('NO', 1, '');
INSERT INTO parcel VALUES (100, 2, 'IT', 2, 'fragile;'), (101, 3, 'NO', NULL, NULL), (102, 4, NULL, NULL, ''),
    (103, 3, 'NO', 1, 'x');
INSERT INTO scan VALUES (100, 1), (100, 2), (103, 5);
)";

}  // namespace

/// A subset has all that its rows refer to and no more, and its script runs on an empty database.
class SubsetTest final : public QObject
{
    Q_OBJECT
    test::TransferFiles m_files;

    static transfer::Subset subsetOf(drivers::Connection& connection, const QString& table,
                                     const QString& where, int dependants = 0)
    {
        auto database = catalog::inspect(connection);
        if (!database)
            qFatal("%s", qPrintable(database.error().oneLine()));
        transfer::Subset subset{.database = std::make_shared<const schema::Database>(*database),
                                .rows = rows::ViewSpec{.conditions = {{where}}},
                                .dependants = dependants};
        for (const schema::Table& each : database->tables) {
            if (each.name == table)
                subset.relation = rows::relationIn(*database, each);
        }
        return subset;
    }
    static Result<QByteArray> scriptOf(drivers::Connection& connection, const transfer::Subset& subset,
                                       transfer::SubsetReport* report = nullptr)
    {
        QByteArray script;
        transfer::Progress progress;
        const auto done =
            transfer::exportSubset(connection, subset, transfer::ByteSink([&](const QByteArray& bytes) {
                                       script += bytes;
                                       return true;
                                   }),
                                   progress);
        if (!done)
            return fail(done.error());
        if (report)
            *report = *done;
        return script;
    }
    static QString countsOf(const transfer::SubsetReport& report)
    {
        QStringList tables;
        for (const auto& table : report.tables)
            tables += u"%1 %2"_s.arg(table.name).arg(table.rows);
        tables.sort();
        return tables.join(u", "_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
    }

    void hasAllThatIsReferredToAndNoMore_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("where");
        QTest::addColumn<int>("dependants");
        QTest::addColumn<QString>("counts");
        struct Case {
            const char* name;
            QString table, where;
            int dependants;
            QString counts;
        };
        const QList<Case> cases{
            {"a chain of bosses, and a composite key", u"parcel"_s, u"id = 100"_s, 0,
             u"city 3, depot 1, parcel 1, person 3"_s},
            {"half a composite key refers to nothing", u"parcel"_s, u"id = 101"_s, 0,
             u"city 2, parcel 1, person 2"_s},
            {"a row that refers to itself", u"parcel"_s, u"id = 102"_s, 0, u"parcel 1, person 1"_s},
            {"what refers to it, one step deep", u"person"_s, u"id = 3"_s, 1,
             u"city 2, depot 1, parcel 2, person 2"_s},
            {"what refers to it, two steps deep", u"person"_s, u"id = 3"_s, 2,
             u"city 2, depot 1, parcel 2, person 2, scan 1"_s},
            {"nothing chosen", u"parcel"_s, u"id = 7"_s, 3, u""_s},
        };
        for (const Case& each : cases) {
            QTest::addRow("sqlite: %s", each.name)
                << Engine::Sqlite << each.table << each.where << each.dependants << each.counts;
            QTest::addRow("postgres: %s", each.name)
                << Engine::Postgres << each.table << each.where << each.dependants << each.counts;
        }
    }
    void hasAllThatIsReferredToAndNoMore()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QString, table);
        QFETCH(const QString, where);
        QFETCH(const int, dependants);
        const RowsFixture full(engine, QByteArray(shopTables) + shopRows);
        const RowsFixture empty(engine, shopTables);
        const auto connection = full.connect();
        transfer::SubsetReport report;
        const auto script = scriptOf(*connection, subsetOf(*connection, table, where, dependants), &report);
        QVERIFY2(script, qPrintable(script ? QString() : script.error().oneLine()));
        QTEST(countsOf(report), "counts");
        QCOMPARE(report.missing, 0);
        QVERIFY(!connection->inTransaction());
        const auto target = empty.connect();
        const auto ran = target->executeScript(*script);
        QVERIFY2(ran,
                 qPrintable(ran ? QString() : ran.error().oneLine() + u'\n' + QString::fromUtf8(*script)));
        qint64 rows = 0;
        for (const auto& each : report.tables) {
            const QString all = u"SELECT * FROM "_s + each.name;
            const QStringList original = test::rowsOf(*connection, all);
            const QStringList copied = test::rowsOf(*target, all);
            QCOMPARE(copied.size(), each.rows);
            for (const QString& line : copied)
                QVERIFY2(original.contains(line), qPrintable(line));
            rows += each.rows;
        }
        QCOMPARE(report.rows, rows);
    }

    void ordersRowsOfOneTable_data() { test::engines(); }
    void ordersRowsOfOneTable()
    {
        QFETCH(const Engine, engine);
        const RowsFixture full(engine, QByteArray(shopTables) + shopRows);
        const auto connection = full.connect();
        const auto script = scriptOf(*connection, subsetOf(*connection, u"person"_s, u"id = 2"_s));
        QVERIFY(script);
        // No constraint has to wait: a boss comes before whom they lead.
        QVERIFY2(!script->contains("DEFER") && !script->contains("defer"), *script);
        QVERIFY(script->indexOf("'Chief'") < script->indexOf("'Head'"));
        QVERIFY(script->indexOf("'Head'") < script->indexOf("'Ada'"));
    }

    void breaksCircles_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("expected");
        QTest::newRow("sqlite defers") << Engine::Sqlite << u""_s << u"PRAGMA defer_foreign_keys = ON;"_s;
        QTest::newRow("postgres fills a NULL later")
            << Engine::Postgres << u""_s
            << u"UPDATE \"public\".\"team\" SET \"lead\" = '1' WHERE \"id\" = '1';"_s;
        QTest::newRow("postgres defers what may be deferred")
            << Engine::Postgres << u"DEFERRABLE"_s << u"SET CONSTRAINTS ALL DEFERRED;"_s;
    }
    void breaksCircles()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QString, how);
        QFETCH(const QString, expected);
        const QString tables =
            engine == Engine::Sqlite
                ? u"CREATE TABLE team (id integer PRIMARY KEY, lead integer REFERENCES member(id));"
                  "CREATE TABLE member (id integer PRIMARY KEY, team integer NOT NULL REFERENCES team(id));"_s
                : u"CREATE TABLE team (id integer PRIMARY KEY, lead integer);"
                  "CREATE TABLE member (id integer PRIMARY KEY, team integer NOT NULL REFERENCES team(id));"
                  "ALTER TABLE team ADD FOREIGN KEY (lead) REFERENCES member(id) %1;"_s.arg(how);
        const QString rows =
            u"INSERT INTO team VALUES (1, NULL), (2, NULL); INSERT INTO member VALUES (1, 1), (2, 1);"
            "UPDATE team SET lead = 1 WHERE id = 1;"_s;
        const RowsFixture full(engine, (tables + rows).toUtf8());
        const RowsFixture empty(engine, tables.toUtf8());
        const auto connection = full.connect();
        const auto script = scriptOf(*connection, subsetOf(*connection, u"member"_s, u"id = 2"_s));
        QVERIFY(script);
        QVERIFY2(script->contains(expected.toUtf8()), *script);
        const auto target = empty.connect();
        const auto ran = target->executeScript(*script);
        QVERIFY2(ran, qPrintable(ran ? QString() : ran.error().oneLine()));
        QCOMPARE(test::rowsOf(*target, u"SELECT id, lead FROM team"_s), QStringList{u"1|1"_s});
        QCOMPARE(test::rowsOf(*target, u"SELECT id, team FROM member ORDER BY id"_s),
                 (QStringList{u"1|1"_s, u"2|1"_s}));
    }

    void refusesACircleThatNothingCanMake()
    {
        const RowsFixture full(
            Engine::Postgres,
            "CREATE TABLE ring (id integer PRIMARY KEY, next integer NOT NULL REFERENCES ring(id));"
            "INSERT INTO ring VALUES (1, 2), (2, 1);");
        const auto connection = full.connect();
        const auto script = scriptOf(*connection, subsetOf(*connection, u"ring"_s, u"id = 1"_s));
        QVERIFY(!script);
        QVERIFY(script.error().message.contains(u"circle"_s));
        QVERIFY(!connection->inTransaction());
    }

    void countsReferencesToNothing()
    {
        const RowsFixture full(Engine::Sqlite, "PRAGMA foreign_keys = OFF;" + QByteArray(shopTables)
                                                   + "INSERT INTO person VALUES (1, 'Lost', 77, NULL);");
        const auto connection = full.connect();
        transfer::SubsetReport report;
        QVERIFY(scriptOf(*connection, subsetOf(*connection, u"person"_s, u"id = 1"_s), &report));
        QCOMPARE(report.missing, 1);
        QCOMPARE(report.rows, 1);
    }

    void followsDeclaredRelations()
    {
        const RowsFixture full(Engine::Sqlite, "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER);"
                                               "CREATE TABLE b (id INTEGER PRIMARY KEY);"
                                               "INSERT INTO b VALUES (1), (2); INSERT INTO a VALUES (5, 2);");
        const auto connection = full.connect();
        transfer::Subset subset = subsetOf(*connection, u"a"_s, {});
        subset.notes.relations += {.schema = u"main"_s,
                                   .table = u"a"_s,
                                   .key = {.columns = {u"b"_s},
                                           .targetSchema = u"main"_s,
                                           .targetTable = u"b"_s,
                                           .targetColumns = {u"id"_s}}};
        transfer::SubsetReport report;
        QVERIFY(scriptOf(*connection, subset, &report));
        QCOMPARE(countsOf(report), u"a 1, b 1"_s);
    }

    void countsOnBehindTheRows()
    {
        const QByteArray tables =
            "CREATE TABLE s (id serial PRIMARY KEY, t text);"
            "CREATE TABLE i (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s integer REFERENCES s);"
            "CREATE TABLE p (k integer, day date, PRIMARY KEY (k, day)) PARTITION BY RANGE (day);"
            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
            "CREATE TABLE q (id integer PRIMARY KEY, k integer, day date, FOREIGN KEY (k, day) REFERENCES "
            "p);";
        const RowsFixture full(
            Engine::Postgres,
            tables
                + "INSERT INTO s(t) SELECT 'x' FROM generate_series(1, 8);"
                  "INSERT INTO i(s) VALUES (7);"
                  "INSERT INTO p VALUES (1, '2020-05-05'); INSERT INTO q VALUES (1, 1, '2020-05-05');");
        const RowsFixture empty(Engine::Postgres, tables);
        const auto connection = full.connect();
        const auto script = scriptOf(*connection, subsetOf(*connection, u"i"_s, {}));
        QVERIFY(script);
        const auto target = empty.connect();
        QVERIFY2(target->executeScript(*script), *script);
        QCOMPARE(test::rowsOf(*target, u"INSERT INTO s(t) VALUES ('y') RETURNING id"_s), QStringList{u"8"_s});
        QCOMPARE(test::rowsOf(*target, u"INSERT INTO i(s) VALUES (7) RETURNING id"_s), QStringList{u"2"_s});
        // A partitioned table is one table, from both sides.
        transfer::SubsetReport report;
        QVERIFY(scriptOf(*connection, subsetOf(*connection, u"q"_s, {}), &report));
        QCOMPARE(countsOf(report), u"p 1, q 1"_s);
        QCOMPARE(report.missing, 0);
        QVERIFY(scriptOf(*connection, subsetOf(*connection, u"p"_s, {}, 1), &report));
        QCOMPARE(countsOf(report), u"p 1, q 1"_s);
    }

    void countsFromTheStartWhereNoNumberIsPositive()
    {
        const QByteArray table = "CREATE TABLE z (id serial PRIMARY KEY, t text);";
        const RowsFixture full(Engine::Postgres, table + "INSERT INTO z VALUES (0, 'x'), (-4, 'y');");
        const RowsFixture empty(Engine::Postgres, table);
        const auto connection = full.connect();
        const auto script = scriptOf(*connection, subsetOf(*connection, u"z"_s, {}));
        QVERIFY(script);
        const auto target = empty.connect();
        const auto done = target->executeScript(*script);
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
        QCOMPARE(test::rowsOf(*target, u"INSERT INTO z(t) VALUES ('y') RETURNING id"_s), QStringList{u"1"_s});
    }

    void isNeverPartial_data() { test::engines(); }
    void isNeverPartial()
    {
        QFETCH(const Engine, engine);
        const RowsFixture full(engine, QByteArray(shopTables) + shopRows);
        const auto connection = full.connect();
        const QString path = m_files.write(u"fixture.sql"_s, "before");
        // Whenever it is stopped, the file is the one that was there.
        bool ended = false;
        for (int at = 0; !ended; ++at) {
            int asked = 0;
            connection->setStopAsked([&] { return asked++ >= at; });
            transfer::Progress progress;
            transfer::Subset subset;
            {
                const auto second = full.connect();
                subset = subsetOf(*second, u"parcel"_s, {}, 1);
            }
            const auto done = transfer::exportSubset(*connection, subset, path, progress);
            connection->setStopAsked({});
            QVERIFY(!connection->inTransaction());
            ended = done.has_value();
            if (!ended) {
                QCOMPARE(done.error().kind, ErrorKind::Cancelled);
                QCOMPARE(m_files.read(u"fixture.sql"_s), "before");
            }
        }
        QVERIFY(m_files.read(u"fixture.sql"_s).contains("INSERT INTO"));
        QCOMPARE(m_files.names(), QStringList{u"fixture.sql"_s});
    }

    void comesFromTheShell_data() { test::engines(); }
    void comesFromTheShell()
    {
        QFETCH(const Engine, engine);
        const RowsFixture full(engine, QByteArray(shopTables) + shopRows);
        const QString url = full.target().location;
        const auto plain = test::runCli(
            {u"export"_s, url, u"parcel"_s, u"--where"_s, u"id = 103"_s, u"--with-references"_s});
        QVERIFY2(plain.code == 0, plain.err);
        QVERIFY2(plain.out.contains("BEGIN;\nINSERT INTO "), plain.out);
        QVERIFY2(plain.err.startsWith("5 rows written: ") || plain.err.startsWith("6 rows written: "),
                 plain.err);
        const QString path = m_files.path(u"deep.sql"_s);
        const auto deep = test::runCli({u"export"_s, url, u"parcel"_s, u"--where"_s, u"id = 103"_s,
                                        u"--with-dependants"_s, u"1"_s, u"--output"_s, path});
        QVERIFY2(deep.code == 0, deep.err);
        QVERIFY(m_files.read(u"deep.sql"_s).contains("scan"));
        QCOMPARE(
            test::runCli({u"export"_s, url, u"parcel"_s, u"--with-references"_s, u"--format"_s, u"csv"_s})
                .code,
            2);
        QCOMPARE(test::runCli({u"export"_s, url, u"parcel"_s, u"--with-dependants"_s, u"many"_s}).code, 2);
    }
};

QTEST_GUILESS_MAIN(SubsetTest)
#include "subset_test.moc"
