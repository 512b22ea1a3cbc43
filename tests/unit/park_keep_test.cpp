// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "park/parking.h"
#include "support/migrating.h"
#include "unit/diesel_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using apply::Action;
using apply::Scope;

/// Parked values are the only copy: they go when they are back, and not before.
class ParkKeepTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::DieselScratch;

    static void fill(drivers::Connection& db, const QByteArray& script)
    {
        const auto done = db.executeScript(script);
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
    }
    static QList<park::Parcel> parcels(drivers::Connection& db, const project::Project& project,
                                       Action action = Action::Run, const Scope& scope = Scope::all())
    {
        const auto steps = apply::plan(apply::status(db, project).value(), action, scope).value();
        const auto found = park::parcelsOf(db, project, steps);
        if (!found)
            qWarning("%s", qPrintable(found.error().oneLine()));
        return found.value_or(QList<park::Parcel>());
    }
    static park::Outcome act(drivers::Connection& db, const project::Project& project, Action action,
                             const Scope& scope, bool parks)
    {
        const auto outcome =
            park::execute(db, project, action, scope, {}, {},
                          parks ? parcels(db, project, action, scope) : QList<park::Parcel>());
        if (!outcome)
            qWarning("%s", qPrintable(outcome.error().oneLine()));
        else if (outcome->report.failure)
            qWarning("%s", qPrintable(outcome->report.failure->oneLine()));
        else if (outcome->problem)
            qWarning("%s", qPrintable(outcome->problem->oneLine()));
        return outcome.value_or(park::Outcome{});
    }
    static QString said(const park::Outcome& outcome) { return park::lines(outcome.account).join(u'\n'); }
    static QList<park::Stored> kept(drivers::Connection& db) { return park::Warehouse(db).stored().value(); }

    /// The first migration is applied, with these rows.
    static std::unique_ptr<drivers::Connection> begin(const Scratch& scratch, const QByteArray& tables,
                                                      const QByteArray& rows)
    {
        scratch.migration(u"1_all"_s, tables, "SELECT 1;");
        auto db = scratch.connect();
        test::verify(apply::execute(*db, scratch.project(), Action::Run, Scope::all()));
        fill(*db, rows);
        return db;
    }
    static constexpr const char* people =
        "CREATE TABLE people(id integer PRIMARY KEY, name text, phone text, fax text);";
    static constexpr const char* threePeople =
        "INSERT INTO people VALUES (1, 'a', '+1', 'f1'), (2, 'b', NULL, 'f2'), (3, 'c', '+3', NULL);";

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void whatIsOnlyRenamedIsNotParked_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QByteArray>("up");
        QTest::addColumn<QByteArray>("down");
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            const QByteArray name = engine == Engine::Sqlite ? "SQLite, " : "PostgreSQL, ";
            QTest::newRow(name + "a table") << engine << "ALTER TABLE people RENAME TO users;"_ba
                                            << "ALTER TABLE users RENAME TO people;"_ba;
            QTest::newRow(name + "a column")
                << engine << "ALTER TABLE people RENAME COLUMN phone TO mobile;"_ba
                << "ALTER TABLE people RENAME COLUMN mobile TO phone;"_ba;
            QTest::newRow(name + "both") << engine
                                         << "ALTER TABLE people RENAME TO users;"
                                            "ALTER TABLE users RENAME COLUMN phone TO mobile;"_ba
                                         << "ALTER TABLE users RENAME COLUMN mobile TO phone;"
                                            "ALTER TABLE users RENAME TO people;"_ba;
        }
        QTest::newRow("SQLite, a rebuild")
            << Engine::Sqlite
            << "CREATE TABLE n(id integer PRIMARY KEY, name text, mobile text, fax text);"
               "INSERT INTO n(id, name, mobile, fax) SELECT id, name, phone, fax FROM people;"
               "DROP TABLE people; ALTER TABLE n RENAME TO people;"_ba
            << "ALTER TABLE people RENAME COLUMN mobile TO phone;"_ba;
        QTest::newRow("SQLite, a rebuild with another name")
            << Engine::Sqlite
            << "CREATE TABLE users(id integer PRIMARY KEY, name text, mobile text, fax text);"
               "INSERT INTO users SELECT * FROM people; DROP TABLE people;"_ba
            << "ALTER TABLE users RENAME TO people; ALTER TABLE people RENAME COLUMN mobile TO phone;"_ba;
    }
    void whatIsOnlyRenamedIsNotParked()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QByteArray, up);
        QFETCH(const QByteArray, down);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        scratch.migration(u"2_rename"_s, up, down);
        const auto found = parcels(*db, scratch.project());
        QVERIFY2(found.isEmpty(), qPrintable(park::sentence(found)));
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        QVERIFY(kept(*db).isEmpty());
        const QStringList there = test::rowsOf(*db, up.contains("users") ? u"SELECT count(*) FROM users"_s
                                                                         : u"SELECT count(*) FROM people"_s);
        QCOMPARE(there, QStringList{u"3"_s});
        QVERIFY(parcels(*db, scratch.project(), Action::Revert, Scope::one()).isEmpty());
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), true);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, phone FROM people ORDER BY id"_s),
                 (QStringList{u"1|+1"_s, u"2|∅"_s, u"3|+3"_s}));
    }

    void aDropBesideARenameIsParked_data() { test::engines(); }
    void aDropBesideARenameIsParked()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        // The name of the one that goes is taken by another one.
        scratch.migration(
            u"2_swap"_s, "ALTER TABLE people DROP COLUMN fax; ALTER TABLE people RENAME COLUMN phone TO fax;",
            "ALTER TABLE people RENAME COLUMN fax TO phone; ALTER TABLE people ADD COLUMN fax text;");
        QCOMPARE(park::sentence(parcels(*db, scratch.project())), u"2 values of people.fax"_s);
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        fill(*db, "UPDATE people SET fax = 'edited' WHERE id = 1;");
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, phone, fax FROM people ORDER BY id"_s),
                 (QStringList{u"1|edited|f1"_s, u"2|∅|f2"_s, u"3|+3|∅"_s}));
        QVERIFY(kept(*db).isEmpty());
    }

    void aDownThatBringsNothingBackKeepsThem_data() { test::engines(); }
    void aDownThatBringsNothingBackKeepsThem()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        scratch.migration(u"2_drop"_s, "ALTER TABLE people DROP COLUMN phone;", "SELECT 1;");
        scratch.migration(u"3_table"_s, "DROP TABLE people;", "-- nothing");
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        const auto back = act(*db, scratch.project(), Action::Revert, Scope::first(2), false);
        QCOMPARE(back.account.putBack.size(), 2);
        QCOMPARE(kept(*db).size(), 2);
        QVERIFY2(said(back).contains(u"Not put back, still parked: 3 rows of people"_s),
                 qPrintable(said(back)));
        QVERIFY2(said(back).contains(u"There is no table people now"_s), qPrintable(said(back)));
        QVERIFY2(!said(back).contains(u"the parking is gone"_s), qPrintable(said(back)));
        QVERIFY2(said(back).contains(engine == Engine::Postgres
                                         ? u"dewpoint.parked_1: k1 = id, c1 = phone"_s
                                         : u"table parked_1 of the file test.db.dewpoint"_s),
                 qPrintable(said(back)));
        // Running it again must not take the only copy for an abandoned one.
        scratch.migration(u"2_drop"_s, "SELECT 1;", "SELECT 1;");
        scratch.migration(u"3_table"_s, "SELECT 1;", people);
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), false);
        QCOMPARE(kept(*db).size(), 2);
        const auto again = act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QVERIFY2(said(again).contains(u"Put back 3 rows of people"_s), qPrintable(said(again)));
    }

    void onlyTheColumnThatIsBackIsFilled_data() { test::engines(); }
    void onlyTheColumnThatIsBackIsFilled()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        scratch.migration(u"2_drop"_s,
                          "ALTER TABLE people DROP COLUMN phone; ALTER TABLE people DROP COLUMN fax;",
                          "ALTER TABLE people ADD COLUMN phone text;");
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        const auto back = act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, phone FROM people ORDER BY id"_s),
                 (QStringList{u"1|+1"_s, u"2|∅"_s, u"3|+3"_s}));
        QVERIFY2(said(back).contains(u"Put back 2 values of people.phone."_s), qPrintable(said(back)));
        QVERIFY2(said(back).contains(u"still parked: 2 values of people.fax"_s), qPrintable(said(back)));
        QCOMPARE(kept(*db).size(), 1);
        QCOMPARE(kept(*db)[0].parcel.columns, QStringList{u"fax"_s});
        QCOMPARE(kept(*db)[0].parcel.values, 2);
        QCOMPARE(kept(*db)[0].fate, park::Fate::Kept);
    }

    void aTableWithoutOneOfItsColumnsComesBackAllTheSame_data() { test::engines(); }
    void aTableWithoutOneOfItsColumnsComesBackAllTheSame()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        scratch.migration(u"2_drop"_s, "DROP TABLE people;",
                          "CREATE TABLE people(id integer PRIMARY KEY, name text, phone text);");
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        const auto back = act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, name, phone FROM people ORDER BY id"_s),
                 (QStringList{u"1|a|+1"_s, u"2|b|∅"_s, u"3|c|+3"_s}));
        QVERIFY2(said(back).contains(u"still parked: 2 values of people.fax"_s), qPrintable(said(back)));
        QCOMPARE(kept(*db)[0].parcel.key, QStringList{u"id"_s});
    }

    void aTableThatTheDownFillsKeepsThemApart_data() { test::engines(); }
    void aTableThatTheDownFillsKeepsThemApart()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db =
            begin(scratch, "CREATE TABLE bag(a text, b text);", "INSERT INTO bag VALUES ('1', '2');");
        scratch.migration(u"2_drop"_s, "DROP TABLE bag;",
                          "CREATE TABLE bag(a text, b text); INSERT INTO bag VALUES ('1', '2');");
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        const auto back = act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT a, b FROM bag"_s), QStringList{u"1|2"_s});
        QVERIFY2(said(back).contains(u"bag has rows already"_s), qPrintable(said(back)));
        QCOMPARE(kept(*db).size(), 1);
    }

    void aSecondTryKeepsWhatTheFirstParked_data() { test::engines(); }
    void aSecondTryKeepsWhatTheFirstParked()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        fill(*db, "UPDATE people SET name = 'same';");
        // Only rows make it fail, so that it can be planned.
        const QByteArray rest = "CREATE UNIQUE INDEX u ON people(name);";
        const QByteArray down = "DROP INDEX u; ALTER TABLE people ADD COLUMN phone text;";
        // PostgreSQL takes what is sent in one call for one transaction.
        scratch.migration(u"2_drop"_s,
                          (engine == Engine::Postgres
                               ? "BEGIN; ALTER TABLE people DROP COLUMN phone; COMMIT;\n"_ba
                               : "ALTER TABLE people DROP COLUMN phone;\n"_ba)
                              + rest,
                          down);
        scratch.write(u"migrations/2_drop/metadata.toml"_s, "run_in_transaction = false\n");
        const auto failed = park::execute(*db, scratch.project(), Action::Run, Scope::all(), {}, {},
                                          parcels(*db, scratch.project()));
        QVERIFY(failed && failed->report.failure);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM people"_s)[0].count(u'|') == 2);
        QCOMPARE(kept(*db).size(), 1);
        fill(*db, "UPDATE people SET name = CAST(id AS text);");
        scratch.migration(
            u"2_drop"_s,
            (engine == Engine::Postgres ? "ALTER TABLE people DROP COLUMN IF EXISTS phone;\n"_ba : ""_ba)
                + rest,
            down);
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        QCOMPARE(kept(*db).size(), 1);
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, phone FROM people ORDER BY id"_s),
                 (QStringList{u"1|+1"_s, u"2|∅"_s, u"3|+3"_s}));
        QVERIFY(kept(*db).isEmpty());
    }

    void anotherProjectsVersionIsNotItsOwn_data() { test::engines(); }
    void anotherProjectsVersionIsNotItsOwn()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        scratch.migration(u"2_drop"_s, "ALTER TABLE people DROP COLUMN phone;",
                          "ALTER TABLE people ADD COLUMN phone text;");
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        const test::ProjectScratch other(engine);
        other.write(u"migrations/0001_a.up.sql"_s, "SELECT 1;");
        const project::Project theirs =
            project::detectAs(u"golang-migrate"_s, other.path(), {}).value().value();
        const QList<apply::Step> back{
            {.migration = {.version = u"2"_s}, .direction = apply::Direction::Down}};
        QVERIFY(park::waitingFor(*db, theirs, back).value().isEmpty());
        QCOMPARE(park::waitingFor(*db, scratch.project(), back).value().size(), 1);
        // An older release wrote neither down.
        const auto side =
            engine == Engine::Sqlite
                ? drivers::Connection::open({.engine = Engine::Sqlite,
                                             .location = park::Warehouse::sideFile(scratch.target()),
                                             .password = {}})
                      .value()
                : scratch.connect();
        const QString index = engine == Engine::Sqlite ? u"parked"_s : u"dewpoint.parked"_s;
        for (const QString& column : {u"ledger"_s, u"fate"_s})
            QVERIFY(side->execute(u"ALTER TABLE %1 DROP COLUMN %2"_s.arg(index, column)));
        QCOMPARE(park::waitingFor(*db, scratch.project(), back).value().size(), 1);
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT phone FROM people WHERE id = 3"_s), QStringList{u"+3"_s});
        QVERIFY(kept(*db).isEmpty());
    }

    void nullComesBackWhereThereIsADefault_data() { test::engines(); }
    void nullComesBackWhereThereIsADefault()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, "CREATE TABLE t(id integer PRIMARY KEY, phone text DEFAULT 'n/a');",
                              "INSERT INTO t VALUES (1, '+1'), (2, NULL), (3, 'n/a');");
        scratch.migration(u"2_drop"_s, "ALTER TABLE t DROP COLUMN phone;",
                          "ALTER TABLE t ADD COLUMN phone text DEFAULT 'n/a';");
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        fill(*db, "INSERT INTO t(id) VALUES (4);");
        const auto back = act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, phone FROM t ORDER BY id"_s),
                 (QStringList{u"1|+1"_s, u"2|∅"_s, u"3|n/a"_s, u"4|n/a"_s}));
        QCOMPARE(said(back), u"Put back 2 values of t.phone; the parking is gone."_s);
    }

    void whatTheRunItselfWritesIsParked_data() { test::engines(); }
    void whatTheRunItselfWritesIsParked()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, "INSERT INTO people(id) VALUES (1);");
        scratch.migration(u"2_fill"_s, "UPDATE people SET phone = '+1'; ALTER TABLE people RENAME TO users;",
                          "ALTER TABLE users RENAME TO people;");
        scratch.migration(u"3_drop"_s, "ALTER TABLE users DROP COLUMN phone;",
                          "ALTER TABLE users ADD COLUMN phone text;");
        const auto there = act(*db, scratch.project(), Action::Run, Scope::all(), true);
        QCOMPARE(park::sentence(there.account.parked), u"1 value of users.phone"_s);
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT phone FROM users"_s), QStringList{u"+1"_s});
    }

    void whatAnEarlierStepRenamesIsCounted_data() { test::engines(); }
    void whatAnEarlierStepRenamesIsCounted()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = begin(scratch, people, threePeople);
        scratch.migration(
            u"2_rename"_s,
            "ALTER TABLE people RENAME COLUMN phone TO mobile; ALTER TABLE people RENAME TO users;",
            "SELECT 1;");
        scratch.migration(u"3_drop"_s, "ALTER TABLE users DROP COLUMN mobile;", "SELECT 1;");
        QCOMPARE(park::sentence(parcels(*db, scratch.project())), u"2 values of users.mobile"_s);
    }

    void aNarrowerTypeKeepsThem_data()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* name, Engine engine, const char* was, const char* now,
                            const char* value, bool fits) {
            QTest::newRow(name) << engine << QByteArray(was) << QByteArray(now) << QByteArray(value) << fits;
        };
        row("PostgreSQL, varchar", Engine::Postgres, "varchar(20)", "varchar(5)", "'1234567'", false);
        row("PostgreSQL, varchar that fits", Engine::Postgres, "varchar(20)", "varchar(7)", "'1234567'",
            true);
        row("PostgreSQL, numeric", Engine::Postgres, "numeric(10,3)", "numeric(10,1)", "1.234", false);
        row("PostgreSQL, numeric that fits", Engine::Postgres, "numeric(10,1)", "numeric(10,3)", "1.2", true);
        row("PostgreSQL, timestamp", Engine::Postgres, "timestamptz", "timestamptz(0)",
            "'2026-01-02 03:04:05.6+00'", false);
        row("PostgreSQL, date", Engine::Postgres, "timestamp", "date", "'2026-01-02 03:04:05'", false);
        row("SQLite, a text as a number", Engine::Sqlite, "text", "integer", "'007'", false);
        row("SQLite, a text that is that number", Engine::Sqlite, "text", "integer", "'7'", true);
    }
    void aNarrowerTypeKeepsThem()
    {
        QFETCH(const Engine, engine);
        QFETCH(const QByteArray, was);
        QFETCH(const QByteArray, now);
        QFETCH(const QByteArray, value);
        QFETCH(const bool, fits);
        const Scratch scratch(engine);
        const auto db = begin(scratch, "CREATE TABLE t(id integer PRIMARY KEY, v " + was + ");",
                              "INSERT INTO t VALUES (1, " + value + "), (2, NULL);");
        scratch.migration(u"2_drop"_s, "ALTER TABLE t DROP COLUMN v;",
                          "ALTER TABLE t ADD COLUMN v " + now + ";");
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        const auto back = act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(kept(*db).isEmpty(), fits);
        QCOMPARE(test::rowsOf(*db, u"SELECT v IS NULL FROM t WHERE id = 1"_s)[0]
                     == (engine == Engine::Postgres ? u"f"_s : u"0"_s),
                 fits);
        if (!fits)
            QVERIFY2(said(back).contains(u"1 value of t.v would be changed by its type now"_s),
                     qPrintable(said(back)));
    }

    void numbersThatAreNotPositiveComeBack_data()
    {
        QTest::addColumn<QByteArray>("column");
        QTest::addColumn<QByteArray>("ids");
        QTest::addColumn<QString>("next");
        QTest::newRow("none is positive") << "id serial PRIMARY KEY"_ba << "(-3), (0)"_ba << u"1"_s;
        QTest::newRow("they descend")
            << "id integer GENERATED BY DEFAULT AS IDENTITY (INCREMENT -1) PRIMARY KEY"_ba << "(-1), (-2)"_ba
            << u"-3"_s;
    }
    void numbersThatAreNotPositiveComeBack()
    {
        QFETCH(const QByteArray, column);
        QFETCH(const QByteArray, ids);
        QFETCH(const QString, next);
        const Scratch scratch(Engine::Postgres);
        const QByteArray table = "CREATE TABLE t(" + column + ", a text);";
        const auto db = begin(scratch, table, "INSERT INTO t(id) VALUES " + ids + ";");
        scratch.migration(u"2_drop"_s, "DROP TABLE t;", table);
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM t"_s), QStringList{u"2"_s});
        QCOMPARE(test::rowsOf(*db, u"INSERT INTO t(a) VALUES ('x') RETURNING id"_s), QStringList{next});
    }

    void aPartitionComesBack()
    {
        const Scratch scratch(Engine::Postgres);
        const auto db =
            begin(scratch,
                  "CREATE TABLE logs(id int, at date, what text) PARTITION BY RANGE (at);"
                  "CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');"
                  "CREATE TABLE logs_2 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
                  "INSERT INTO logs VALUES (1, '2025-05-05', 'a'), (2, '2026-05-05', 'b');");
        scratch.migration(
            u"2_drop"_s, "DROP TABLE logs_1;",
            "CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');");
        QCOMPARE(park::sentence(parcels(*db, scratch.project())), u"1 row of logs_1"_s);
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, what FROM logs ORDER BY id"_s),
                 (QStringList{u"1|a"_s, u"2|b"_s}));
        // All of it goes with the parent, once.
        scratch.migration(u"2_drop"_s, "DROP TABLE logs;", "SELECT 1;");
        QCOMPARE(park::sentence(parcels(*db, scratch.project())), u"2 rows of logs"_s);
    }

    void whatInheritsIsCountedByItself()
    {
        const Scratch scratch(Engine::Postgres);
        const auto db = begin(scratch,
                              "CREATE TABLE a(id int PRIMARY KEY, v text);"
                              "CREATE TABLE b(PRIMARY KEY (id)) INHERITS (a);",
                              "INSERT INTO a VALUES (1, 'a'); INSERT INTO b VALUES (1, 'b'), (2, 'c');");
        scratch.migration(u"2_drop"_s, "ALTER TABLE a DROP COLUMN v;", "ALTER TABLE a ADD COLUMN v text;");
        QCOMPARE(park::sentence(parcels(*db, scratch.project())), u"1 value of a.v, 2 values of b.v"_s);
        (void)act(*db, scratch.project(), Action::Run, Scope::all(), true);
        (void)act(*db, scratch.project(), Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, v FROM ONLY a"_s), QStringList{u"1|a"_s});
        QCOMPARE(test::rowsOf(*db, u"SELECT id, v FROM b ORDER BY id"_s), (QStringList{u"1|b"_s, u"2|c"_s}));
    }

    void hiddenRowsAreNotPassedOver()
    {
        const Scratch scratch(Engine::Postgres);
        const auto db = begin(scratch, people, threePeople);
        fill(*db, "ALTER TABLE people ENABLE ROW LEVEL SECURITY; ALTER TABLE people FORCE ROW LEVEL SECURITY;"
                  "CREATE POLICY few ON people USING (id = 1);");
        if (test::rowsOf(*db, u"SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"_s)
            == QStringList{u"t"_s})
            fill(*db, "CREATE ROLE park_keep_test; ALTER TABLE people OWNER TO park_keep_test;"
                      "SET ROLE park_keep_test;");
        const auto counted = park::Warehouse(*db).take({.version = u"2"_s,
                                                        .schema = u"public"_s,
                                                        .table = u"people"_s,
                                                        .columns = {u"phone"_s},
                                                        .key = {u"id"_s}});
        fill(*db, "RESET ROLE; DROP TABLE people; DROP ROLE IF EXISTS park_keep_test;");
        QVERIFY(!counted);
        QVERIFY2(counted.error().message.contains(u"row-level security"_s),
                 qPrintable(counted.error().oneLine()));
    }

    void aVirtualTableIsSaid()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto db =
            begin(scratch, "CREATE VIRTUAL TABLE texts USING fts5(body);", "INSERT INTO texts VALUES ('a');");
        scratch.migration(u"2_drop"_s, "DROP TABLE texts;", "CREATE VIRTUAL TABLE texts USING fts5(body);");
        const auto found = parcels(*db, scratch.project());
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].values, 1);
        QVERIFY2(found[0].problem.contains(u"virtual"_s), qPrintable(found[0].problem));
    }

    void whatSqliteDeletesAlongIsSaid()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto db =
            begin(scratch,
                  "CREATE TABLE people(id integer PRIMARY KEY);"
                  "CREATE TABLE notes(id integer PRIMARY KEY, person integer REFERENCES people(id) "
                  "ON DELETE CASCADE);"
                  "CREATE TABLE tasks(id integer PRIMARY KEY, owner integer REFERENCES people "
                  "ON DELETE SET NULL);"
                  "CREATE TABLE others(id integer PRIMARY KEY, person integer REFERENCES people);",
                  "INSERT INTO people VALUES (1); INSERT INTO notes VALUES (1, 1), (2, NULL);"
                  "INSERT INTO tasks VALUES (1, 1);");
        scratch.migration(u"2_drop"_s, "DROP TABLE people;", "CREATE TABLE people(id integer PRIMARY KEY);");
        fill(*db, "PRAGMA foreign_keys = ON;");
        QStringList said;
        for (const park::Parcel& parcel : parcels(*db, scratch.project()))
            said << park::sentence({parcel}) + (parcel.isPossible() ? u""_s : u" !"_s);
        QCOMPARE(said,
                 (QStringList{u"1 row of people"_s, u"2 rows of notes !"_s, u"1 value of tasks.owner !"_s}));
        fill(*db, "PRAGMA foreign_keys = OFF;");
        QCOMPARE(park::sentence(parcels(*db, scratch.project())), u"1 row of people"_s);
    }
};

QTEST_GUILESS_MAIN(ParkKeepTest)
#include "park_keep_test.moc"
