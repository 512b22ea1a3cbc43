// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"
#include "testdata/check_hints.h"
#include "testdata/fill_rows.h"

#include <QSet>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::RowsFixture;
using testdata::RuleKind;

namespace {

constexpr char tables[] = R"(
CREATE TABLE users (id integer PRIMARY KEY, email varchar(60) NOT NULL UNIQUE, first_name text NOT NULL, last_name text,
    boss_id integer REFERENCES users(id), is_admin boolean NOT NULL, phone text, birth_date date);
CREATE TABLE product (sku varchar(8) PRIMARY KEY, title text NOT NULL, price numeric(6,2) NOT NULL CHECK (price > 0 AND price <= 250),
    stock integer NOT NULL CHECK (stock BETWEEN 10 AND 40));
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer NOT NULL REFERENCES users(id),
    status text NOT NULL CHECK (status IN ('new', 'paid', 'it''s gone')), created_at timestamp NOT NULL,
    shipped_at timestamp, delivered_at timestamp, note text);
CREATE TABLE item (order_id integer NOT NULL REFERENCES orders(id), sku varchar(8) NOT NULL REFERENCES product(sku),
    quantity integer NOT NULL CHECK (quantity >= 1), PRIMARY KEY (order_id, sku));
CREATE TABLE part (order_id integer NOT NULL, sku varchar(8) NOT NULL, no integer NOT NULL,
    PRIMARY KEY (order_id, sku, no), FOREIGN KEY (order_id, sku) REFERENCES item(order_id, sku));
CREATE TABLE bill (order_id integer PRIMARY KEY REFERENCES orders(id), total numeric NOT NULL);
)";

}  // namespace

/// Made-up rows are what the database takes, the same for the same seed, and all there or none.
class FillRowsTest final : public QObject
{
    Q_OBJECT

    static testdata::FillPlan planFor(drivers::Connection& connection, const QString& table, qint64 rows,
                                      quint64 seed = 7)
    {
        const auto database = catalog::inspect(connection);
        for (const schema::Table& each : database->tables) {
            if (each.name != table)
                continue;
            testdata::FillPlan plan = testdata::proposedPlan(*database, each);
            plan.rows = rows;
            plan.seed = seed;
            return plan;
        }
        qFatal("no table %s", qPrintable(table));
    }
    static void setRule(testdata::FillPlan& plan, const QString& column, RuleKind kind,
                        const QString& detail = {}, int nulls = 0)
    {
        for (testdata::ColumnRule& rule : plan.rules) {
            if (rule.column == column)
                rule = {.column = column, .kind = kind, .detail = detail, .nullShare = nulls};
        }
    }
    static QString ruleText(const testdata::FillPlan& plan)
    {
        QStringList lines;
        for (const testdata::ColumnRule& rule : plan.rules)
            lines += u"%1 %2 %3 %4"_s
                         .arg(rule.column, testdata::infoOf(rule.kind).id, rule.detail,
                              QString::number(rule.nullShare))
                         .simplified();
        return lines.join(u'\n');
    }
    static QString fill(drivers::Connection& connection, const testdata::FillPlan& plan)
    {
        transfer::Progress progress;
        const auto done = testdata::fillRows(connection, plan, progress);
        if (!done)
            return done.error().oneLine();
        if (!done->refused.isEmpty())
            return u"refused "_s + done->refused.first().message;
        return u"%1 %2"_s.arg(done->committed ? u"committed"_s : u"left"_s, QString::number(done->written));
    }
    static QString countOf(drivers::Connection& connection, const QString& from)
    {
        return test::rowsOf(connection, u"SELECT count(*) FROM "_s + from).value(0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
    }

    void proposesByTypeCheckAndName_data() { test::engines(); }
    void proposesByTypeCheckAndName()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const auto connection = fixture.connect();
        const bool sqlite = engine == Engine::Sqlite;
        const QString id = sqlite ? u"id default 0"_s : u"id numbers 0"_s;
        QCOMPARE(
            ruleText(planFor(*connection, u"users"_s, 1)),
            id
                + u"\nemail email 0\nfirst_name first-name 0\nlast_name last-name 10\nboss_id reference 30\n"
                  "is_admin boolean 0\nphone phone 10\nbirth_date date 1950-01-01..2005-12-31 10"_s);
        QCOMPARE(
            ruleText(planFor(*connection, u"product"_s, 1)),
            u"sku pattern @@-#### 0\ntitle product 0\nprice decimal 1.00..250.00 0\nstock integer 10..40 0"_s);
        QCOMPARE(ruleText(planFor(*connection, u"orders"_s, 1)),
                 id
                     + u"\nuser_id reference 0\nstatus choice new|paid|it's gone 0\n"
                       "created_at timestamp 2024-01-01..2025-12-31 0\nshipped_at timestamp "
                       "2024-01-01..2025-12-31 10\n"
                       "delivered_at timestamp 2024-01-01..2025-12-31 10\nnote sentence 10"_s);
    }

    void fillsAWholeShop_data() { test::engines(); }
    void fillsAWholeShop()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const auto connection = fixture.connect();
        QCOMPARE(fill(*connection, planFor(*connection, u"users"_s, 3000)), u"committed 3000"_s);
        QCOMPARE(fill(*connection, planFor(*connection, u"product"_s, 200)), u"committed 200"_s);
        QCOMPARE(fill(*connection, planFor(*connection, u"orders"_s, 800)), u"committed 800"_s);
        QCOMPARE(fill(*connection, planFor(*connection, u"item"_s, 1500)), u"committed 1500"_s);
        QCOMPARE(fill(*connection, planFor(*connection, u"part"_s, 500)), u"committed 500"_s);
        // As many as there are orders: each has one bill, and no more.
        QCOMPARE(fill(*connection, planFor(*connection, u"bill"_s, 800)), u"committed 800"_s);
        QVERIFY(!connection->inTransaction());
        QCOMPARE(countOf(*connection, u"users"_s), u"3000"_s);
        // Things happen in their order.
        QCOMPARE(countOf(*connection, u"orders WHERE shipped_at < created_at OR delivered_at < shipped_at "
                                      "OR delivered_at < created_at"_s),
                 u"0"_s);
        QVERIFY(countOf(*connection, u"orders WHERE shipped_at IS NULL"_s).toInt() > 40);
        QVERIFY(countOf(*connection, u"orders WHERE shipped_at IS NULL"_s).toInt() < 140);
        // The address is of the person.
        const QString odd =
            test::rowsOf(*connection, u"SELECT first_name, email FROM users WHERE first_name = 'Ada' AND "
                                      "email NOT LIKE 'ada.%' LIMIT 1"_s)
                .value(0);
        QCOMPARE(odd, QString());
        QVERIFY(countOf(*connection, u"users WHERE first_name = 'Ada'"_s).toInt() > 0);
        // Rows refer to rows that were made just before them.
        QVERIFY(countOf(*connection, u"users WHERE boss_id > 10"_s).toInt() > 100);
        if (engine == Engine::Sqlite)
            QCOMPARE(test::rowsOf(*connection, u"PRAGMA foreign_key_check"_s), QStringList());
    }

    void givesTheSameForTheSameSeed_data() { test::engines(); }
    void givesTheSameForTheSameSeed()
    {
        QFETCH(const Engine, engine);
        const QString all = u"SELECT * FROM users ORDER BY id"_s;
        QStringList first;
        for (const quint64 seed : {3U, 3U, 4U}) {
            const RowsFixture fixture(engine, tables);
            const auto connection = fixture.connect();
            QCOMPARE(fill(*connection, planFor(*connection, u"users"_s, 120, seed)), u"committed 120"_s);
            const QStringList made = test::rowsOf(*connection, all);
            QCOMPARE(made.size(), 120);
            if (first.isEmpty())
                first = made;
            else
                QCOMPARE(made == first, seed == 3);
        }
    }

    void changesOneColumnAlone()
    {
        const RowsFixture fixture(Engine::Sqlite, tables);
        const auto connection = fixture.connect();
        testdata::FillPlan plan = planFor(*connection, u"users"_s, 20);
        const auto before = testdata::previewFill(*connection, plan, 20);
        setRule(plan, u"phone"_s, RuleKind::Pattern, u"0##"_s);
        const auto after = testdata::previewFill(*connection, plan, 20);
        QVERIFY(before && after);
        for (size_t row = 0; row < 20; ++row) {
            for (size_t column = 0; column < 8; ++column) {
                if (column != 6)
                    QVERIFY(before->rows[row][column] == after->rows[row][column]);
            }
            QCOMPARE(displayText(*after->rows[row][6]).size(), 3);
        }
        QCOMPARE(countOf(*connection, u"users"_s), u"0"_s);
    }

    void writesWhatThePreviewShows_data() { test::engines(); }
    void writesWhatThePreviewShows()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const auto connection = fixture.connect();
        const testdata::FillPlan plan = planFor(*connection, u"product"_s, 60);
        const auto preview = testdata::previewFill(*connection, plan, 60);
        QVERIFY(preview);
        QStringList shown;
        for (const auto& row : preview->rows) {
            QStringList cells;
            for (const auto& cell : row)
                cells += displayText(*cell);
            shown += cells.join(u'|');
        }
        QCOMPARE(fill(*connection, plan), u"committed 60"_s);
        shown.sort();
        QStringList written = test::rowsOf(*connection, u"SELECT * FROM product"_s);
        written.sort();
        QCOMPARE(written, shown);
    }

    void goesRoundWhatIsThere_data() { test::engines(); }
    void goesRoundWhatIsThere()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const auto connection = fixture.connect();
        // The same seed twice: every unique value is taken the second time.
        QCOMPARE(fill(*connection, planFor(*connection, u"product"_s, 40)), u"committed 40"_s);
        QCOMPARE(fill(*connection, planFor(*connection, u"product"_s, 40)), u"committed 40"_s);
        QCOMPARE(countOf(*connection, u"product"_s), u"80"_s);
    }

    void writesNothingWhereARowCannotBeMade_data() { test::engines(); }
    void writesNothingWhereARowCannotBeMade()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const auto connection = fixture.connect();
        testdata::FillPlan plan = planFor(*connection, u"product"_s, 30);
        setRule(plan, u"sku"_s, RuleKind::Choice, u"A|B|C"_s);
        QVERIFY(fill(*connection, plan).startsWith(u"refused "_s));
        QCOMPARE(countOf(*connection, u"product"_s), u"0"_s);
        plan = planFor(*connection, u"product"_s, 30);
        setRule(plan, u"price"_s, RuleKind::Decimal, u"-5.00..-1.00"_s);
        QVERIFY(fill(*connection, plan).startsWith(u"refused "_s));
        QCOMPARE(countOf(*connection, u"product"_s), u"0"_s);
        QVERIFY(!connection->inTransaction());
        // Half of them are refused, and made once more.
        setRule(plan, u"price"_s, RuleKind::Decimal, u"-50.00..50.00"_s);
        QCOMPARE(fill(*connection, plan), u"committed 30"_s);
    }

    void saysWhatIsMissing_data() { test::engines(); }
    void saysWhatIsMissing()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const auto connection = fixture.connect();
        QCOMPARE(fill(*connection, planFor(*connection, u"orders"_s, 5)),
                 u"users has no rows, and each row of orders refers to one. Add rows to users first."_s);
        testdata::FillPlan plan = planFor(*connection, u"product"_s, 5);
        setRule(plan, u"title"_s, RuleKind::Omit);
        QCOMPARE(testdata::problemOf(plan), u"title has no default and takes no NULL: it needs a rule."_s);
        setRule(plan, u"title"_s, RuleKind::Word, {}, 5);
        QCOMPARE(testdata::problemOf(plan), u"title takes no NULL."_s);
        setRule(plan, u"title"_s, RuleKind::Integer, u"9..1"_s);
        QCOMPARE(testdata::problemOf(plan), u"title wants something like 1..100."_s);
    }

    void isAllOrNothing_data() { test::engines(); }
    void isAllOrNothing()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const auto connection = fixture.connect();
        const testdata::FillPlan plan = planFor(*connection, u"product"_s, 40);
        // Whenever it is stopped, there is nothing.
        bool ended = false;
        for (int at = 0; !ended; at += 7) {
            int asked = 0;
            connection->setStopAsked([&] { return asked++ >= at; });
            transfer::Progress progress;
            const auto done = testdata::fillRows(*connection, plan, progress);
            connection->setStopAsked({});
            ended = done.has_value();
            QVERIFY(!connection->inTransaction());
            QCOMPARE(countOf(*connection, u"product"_s), ended ? u"40"_s : u"0"_s);
        }
    }

    void takesEveryType_data() { test::engines(); }
    void takesEveryType()
    {
        QFETCH(const Engine, engine);
        const QByteArray script =
            engine == Engine::Sqlite
                ? "CREATE TABLE kinds (a INTEGER PRIMARY KEY, b REAL, c BLOB, d JSON, e DATETIME, f, g "
                  "BOOLEAN, "
                  "created_at INTEGER NOT NULL, h TEXT NOT NULL DEFAULT 'x', i NUMERIC NOT NULL, "
                  "twice INTEGER GENERATED ALWAYS AS (a * 2));"_ba
                : "CREATE TYPE mood AS ENUM ('sad', 'it''s fine'); CREATE TABLE kinds (a bigint GENERATED "
                  "ALWAYS AS "
                  "IDENTITY PRIMARY KEY, s serial, b double precision NOT NULL, c bytea NOT NULL, d jsonb "
                  "NOT NULL, "
                  "e timestamptz NOT NULL, f time NOT NULL, g boolean NOT NULL, h uuid NOT NULL, i mood NOT "
                  "NULL, "
                  "j smallint NOT NULL, k char(3) NOT NULL, l text[] NOT NULL, m interval NOT NULL, n "
                  "int4range, "
                  "o numeric(4,1) NOT NULL, p date NOT NULL, q json NOT NULL, r inet DEFAULT '::1', "
                  "twice numeric GENERATED ALWAYS AS (j * 2) STORED);"_ba;
        const RowsFixture fixture(engine, script);
        const auto connection = fixture.connect();
        QCOMPARE(fill(*connection, planFor(*connection, u"kinds"_s, 50)), u"committed 50"_s);
        QCOMPARE(countOf(*connection, u"kinds"_s), u"50"_s);
        if (engine == Engine::Sqlite)
            QCOMPARE(
                countOf(*connection, u"kinds WHERE typeof(created_at) <> 'integer' OR typeof(i) = 'text'"_s),
                u"0"_s);
    }

    void readsChecks_data()
    {
        QTest::addColumn<QString>("definition");
        QTest::addColumn<QString>("expected");
        QTest::newRow("sqlite list") << u"x IN ('a', 'b')"_s << u"a|b .."_s;
        QTest::newRow("postgres list")
            << u"CHECK ((x = ANY (ARRAY['a'::text, 'b c'::text])))"_s << u"a|b c .."_s;
        QTest::newRow("postgres varchar list")
            << u"CHECK (((x)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))"_s
            << u"a|b .."_s;
        QTest::newRow("bounds") << u"x >= 1 AND x < 6"_s << u" 1..5"_s;
        QTest::newRow("postgres bounds")
            << u"CHECK (((x >= (0)::numeric) AND (x <= (9.5)::numeric)))"_s << u" 0..9.5"_s;
        QTest::newRow("between") << u"x BETWEEN 3 AND 7"_s << u" 3..7"_s;
        QTest::newRow("or says nothing") << u"x > 5 OR y > 5"_s << u" .."_s;
        QTest::newRow("another column") << u"max_x > 5"_s << u" .."_s;
    }
    void readsChecks()
    {
        QFETCH(const QString, definition);
        schema::Table table;
        table.columns += schema::Column{.name = u"x"_s, .type = u"integer"_s};
        table.constraints +=
            schema::Constraint{.kind = schema::ConstraintKind::Check, .definition = definition};
        const testdata::CheckHint hint = testdata::checkHint(table, u"x"_s);
        const auto bound = [](const std::optional<double>& value) {
            return value ? QString::number(*value) : QString();
        };
        QTEST(hint.choices.join(u'|') + u' ' + bound(hint.least) + u".."_s + bound(hint.most), "expected");
    }

    void comesFromTheShell_data() { test::engines(); }
    void comesFromTheShell()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, tables);
        const QString url = fixture.target().location;
        const auto connection = fixture.connect();
        const auto preview = test::runCli({u"fill"_s, url, u"product"_s, u"--rows"_s, u"3"_s, u"--preview"_s,
                                           u"--rule"_s, u"title=constant:Thing"_s});
        QVERIFY2(preview.code == 0, preview.err);
        QVERIFY2(preview.out.startsWith("sku,title,price,stock\r\n"), preview.out);
        QCOMPARE(preview.out.count("Thing"), 3);
        QCOMPARE(countOf(*connection, u"product"_s), u"0"_s);
        const auto dry = test::runCli({u"fill"_s, url, u"product"_s, u"--rows"_s, u"9"_s, u"--dry-run"_s});
        QCOMPARE(dry.out, "9 rows would be written to product.\n");
        QCOMPARE(countOf(*connection, u"product"_s), u"0"_s);
        const auto done = test::runCli({u"fill"_s, url, u"users"_s, u"--rows"_s, u"9"_s, u"--nulls"_s,
                                        u"phone=100"_s, u"--rule"_s, u"last_name=choice:X|Y"_s});
        QVERIFY2(done.code == 0, done.err);
        QCOMPARE(done.out, "9 rows written to users.\n");
        QCOMPARE(countOf(*connection,
                         u"users WHERE phone IS NULL AND (last_name IN ('X', 'Y') OR last_name IS NULL)"_s),
                 u"9"_s);
        const auto refused =
            test::runCli({u"fill"_s, url, u"product"_s, u"--rule"_s, u"price=constant:-1"_s});
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("column price"), refused.err);
        QCOMPARE(test::runCli({u"fill"_s, url, u"product"_s, u"--rule"_s, u"price=nonsense"_s}).code, 2);
        QCOMPARE(test::runCli({u"fill"_s, url, u"product"_s, u"--rule"_s, u"nothing=word"_s}).code, 2);
        QCOMPARE(test::runCli({u"fill"_s, url, u"product"_s, u"--rows"_s, u"many"_s}).code, 2);
        QCOMPARE(test::runCli({u"fill"_s}).code, 2);
    }
};

QTEST_GUILESS_MAIN(FillRowsTest)
#include "fill_rows_test.moc"
