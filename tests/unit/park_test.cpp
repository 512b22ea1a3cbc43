// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "diff/compare.h"
#include "park/parking.h"
#include "shadow/replay.h"
#include "support/migrating.h"
#include "unit/diesel_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;
using apply::Action;
using apply::Scope;

/// Values that a migration takes away come back when it is taken back.
class ParkTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::DieselScratch;

    static void fill(drivers::Connection& db, const QByteArray& script)
    {
        const auto done = db.executeScript(script);
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
    }
    static QList<park::Parcel> parcels(drivers::Connection& db, const project::Project& project,
                                       Action action, const Scope& scope)
    {
        const auto steps = apply::plan(apply::status(db, project).value(), action, scope).value();
        const auto found = park::parcelsOf(db, project, steps);
        return found ? *found : QList{park::Parcel{.problem = found.error().oneLine()}};
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
        return outcome.value_or(park::Outcome{});
    }
    static bool nothingKept(const Scratch& scratch, drivers::Connection& db)
    {
        if (db.engine() == Engine::Sqlite)
            return !QFile::exists(park::Warehouse::sideFile(scratch.target()));
        return test::rowsOf(db, u"SELECT count(*) FROM pg_namespace WHERE nspname = 'dewpoint'"_s)
               == QStringList{u"0"_s};
    }

    /// Triggers that would tell, another table that refers, a column of each odd kind.
    static QByteArray shop(Engine engine)
    {
        return engine == Engine::Postgres
                   ? "CREATE TYPE mood AS ENUM ('good', 'bad');"
                     "CREATE TABLE people(id serial PRIMARY KEY, name text NOT NULL, phone varchar(20), "
                     "feels mood, "
                     "fee numeric(10,3), raw bytea, at timestamptz, tags text[]);"
                     "CREATE TABLE notes(id serial PRIMARY KEY, person integer REFERENCES people(id), text "
                     "text);"
                     "CREATE TABLE log(what text);"
                     "CREATE FUNCTION logs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log "
                     "VALUES "
                     "(TG_OP); RETURN NEW; END $$;"
                     "CREATE TRIGGER people_log BEFORE INSERT OR UPDATE ON people FOR EACH ROW EXECUTE "
                     "FUNCTION "
                     "logs();"
                     "CREATE TRIGGER people_off BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION logs();"
                     "ALTER TABLE people DISABLE TRIGGER people_off;"_ba
                   : "CREATE TABLE people(id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, phone "
                     "text, feels "
                     "text, fee numeric, raw blob, at text, tags);"
                     "CREATE TABLE notes(id integer PRIMARY KEY, person integer REFERENCES people(id), text "
                     "text);"
                     "CREATE TABLE log(what text);"
                     "CREATE TRIGGER people_log AFTER UPDATE ON people BEGIN INSERT INTO log VALUES "
                     "('UPDATE'); END;"
                     "CREATE TRIGGER people_new AFTER INSERT ON people BEGIN INSERT INTO log VALUES "
                     "('INSERT'); "
                     "END;"_ba;
    }
    static QByteArray rows(Engine engine)
    {
        return engine == Engine::Postgres
                   ? "INSERT INTO people(name, phone, feels, fee, raw, at, tags) VALUES "
                     "('Ada', '+1', 'good', 1.500, '\\x00ff', '2026-01-02 03:04:05.678901+00', '{a,\"b "
                     "c\"}'),"
                     "('Grace', NULL, NULL, 'NaN', NULL, NULL, NULL), ('Lin', 'é''', 'bad', 0, '', "
                     "'infinity', '{}');"
                     "INSERT INTO notes(person, text) VALUES (1, 'x'), (3, NULL); DELETE FROM log;"_ba
                   : "INSERT INTO people(name, phone, feels, fee, raw, at, tags) VALUES "
                     "('Ada', '+1', 'good', 1.5, x'00ff', '2026', 7), ('Grace', NULL, NULL, 'many', NULL, "
                     "NULL, "
                     "NULL), ('Lin', 'é''', '', 9007199254740993, x'', '', 0.1);"
                     "INSERT INTO notes(person, text) VALUES (1, 'x'), (3, NULL); DELETE FROM log;"_ba;
    }
    static QStringList everything(drivers::Connection& db)
    {
        const QString type =
            db.engine() == Engine::Sqlite ? u", typeof(fee), typeof(tags), typeof(raw), hex(raw)"_s : u""_s;
        return test::rowsOf(
                   db,
                   u"SELECT id, name, phone, feels, fee, raw, at, tags%1 FROM people ORDER BY id"_s.arg(type))
               + test::rowsOf(db, u"SELECT id, person, text FROM notes ORDER BY id"_s)
               + test::rowsOf(db, u"SELECT what FROM log"_s);
    }

    static std::unique_ptr<drivers::Connection> openShop(const Scratch& scratch)
    {
        scratch.migration(u"1_all"_s, shop(scratch.engine()), "DROP TABLE notes;");
        auto db = scratch.connect();
        test::verify(apply::execute(*db, scratch.project(), Action::Run, Scope::all()));
        fill(*db, rows(scratch.engine()));
        return db;
    }

private Q_SLOTS:
    void columnsComeBackExactly_data() { test::engines(); }
    void columnsComeBackExactly()
    {
        QFETCH(const Engine, engine);
        const bool postgres = engine == Engine::Postgres;
        const Scratch scratch(engine);
        const auto db = openShop(scratch);
        const auto project = scratch.project();
        QByteArray drops;
        QByteArray adds;
        const QList<std::pair<QByteArray, QByteArray>> columns{
            {"phone", postgres ? "varchar(20)" : "text"},    {"feels", postgres ? "mood" : "text"},
            {"fee", postgres ? "numeric(10,3)" : "numeric"}, {"raw", postgres ? "bytea" : "blob"},
            {"at", postgres ? "timestamptz" : "text"},       {"tags", postgres ? "text[]" : ""}};
        for (const auto& [name, type] : columns) {
            drops += "ALTER TABLE people DROP COLUMN " + name + ";\n";
            adds += "ALTER TABLE people ADD COLUMN " + name + " " + type + ";\n";
        }
        // The type goes as well: what is parked must not hold it up.
        scratch.migration(u"2_drop"_s, drops + (postgres ? "DROP TYPE mood;" : ""),
                          (postgres ? "CREATE TYPE mood AS ENUM ('good', 'bad');" : "") + adds);
        const QStringList before = everything(*db);
        const auto found = parcels(*db, project, Action::Run, Scope::all());
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].columns.size(), 6);
        QVERIFY(found[0].isPossible());
        const auto there = act(*db, project, Action::Run, Scope::all(), true);
        QCOMPARE(there.account.parked.size(), 1);
        QVERIFY(!nothingKept(scratch, *db));
        // Nobody takes it for a part of the schema.
        const auto replayed =
            shadow::stateAfter(db->target(), project, project::list(project).value()).value();
        QVERIFY(diff::compare(shadow::inspectWithoutLedger(*db, project).value(), replayed).isEmpty()
                || postgres);  // the disabled trigger is no migration's

        const auto back = act(*db, project, Action::Revert, Scope::one(), false);
        QCOMPARE(back.account.putBack.size(), 1);
        QCOMPARE(back.account.putBack[0].orphans, 0);
        QCOMPARE(everything(*db), before);
        QVERIFY(nothingKept(scratch, *db));
        if (postgres)
            QCOMPARE(
                test::rowsOf(*db,
                             u"SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"_s),
                (QStringList{u"people_log|O"_s, u"people_off|D"_s}));
        else
            QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"_s),
                     QStringList{u"2"_s});
    }

    void tablesComeBackWithWhatRefersToThem_data() { test::engines(); }
    void tablesComeBackWithWhatRefersToThem()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = openShop(scratch);
        const auto project = scratch.project();
        QByteArray again = shop(engine);
        again.replace("CREATE TABLE log(what text);", "");
        if (engine == Engine::Postgres) {
            again.replace("CREATE TYPE mood AS ENUM ('good', 'bad');", "");
            again.replace(
                "CREATE FUNCTION logs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES "
                "(TG_OP); RETURN NEW; END $$;",
                "");
        }
        scratch.migration(u"2_drop"_s, "DROP TABLE notes; DROP TABLE people;", again);
        const QStringList before = everything(*db);
        const auto there = act(*db, project, Action::Run, Scope::all(), true);
        QCOMPARE(park::sentence(there.account.parked), u"2 rows of notes, 3 rows of people"_s);
        const auto back = act(*db, project, Action::Revert, Scope::one(), false);
        QCOMPARE(back.account.putBack.size(), 2);
        QCOMPARE(everything(*db), before);
        QVERIFY(nothingKept(scratch, *db));
        // The next number is behind those that came back.
        fill(*db, "INSERT INTO people(name) VALUES ('Next');");
        QCOMPARE(test::rowsOf(*db, u"SELECT max(id) FROM people"_s), QStringList{u"4"_s});
    }

    void aTableMadeAnewInOneMigrationIsParked_data() { test::engines(); }
    void aTableMadeAnewInOneMigrationIsParked()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = scratch.connect();
        scratch.migration(u"1_first"_s, "CREATE TABLE t(id int PRIMARY KEY, a text, b text);",
                          "DROP TABLE t;");
        act(*db, scratch.project(), Action::Run, Scope::all(), false);
        fill(*db, "INSERT INTO t VALUES (1, 'x', 'y'), (2, NULL, 'z');");
        scratch.migration(u"2_anew"_s, "DROP TABLE t; CREATE TABLE t(id int PRIMARY KEY, c text);",
                          "DROP TABLE t; CREATE TABLE t(id int PRIMARY KEY, a text, b text);");
        const auto project = scratch.project();
        const auto found = parcels(*db, project, Action::Run, Scope::all());
        QCOMPARE(found.size(), 1);
        QVERIFY(found[0].wholeTable && found[0].isPossible());
        QCOMPARE(found[0].values, 2);
        QCOMPARE(act(*db, project, Action::Run, Scope::all(), true).account.parked.size(), 1);
        const auto back = act(*db, project, Action::Revert, Scope::one(), false);
        QCOMPARE(back.account.putBack.size(), 1);
        QCOMPARE(back.account.putBack[0].rows, 2);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, a, b FROM t ORDER BY 1"_s).size(), 2);
        QVERIFY(nothingKept(scratch, *db));
    }

    void aColumnMadeAnewIsSaidNotToBeParked_data() { test::engines(); }
    void aColumnMadeAnewIsSaidNotToBeParked()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = scratch.connect();
        scratch.migration(u"1_first"_s, "CREATE TABLE t(id int PRIMARY KEY, a text);", "DROP TABLE t;");
        act(*db, scratch.project(), Action::Run, Scope::all(), false);
        fill(*db, "INSERT INTO t VALUES (1, 'x'), (2, NULL);");
        scratch.migration(u"2_anew"_s, "ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD COLUMN a text;",
                          "SELECT 1;");
        const auto found = parcels(*db, scratch.project(), Action::Run, Scope::all());
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].values, 1);
        QVERIFY2(found[0].problem.contains(u"another column of that name"_s), qPrintable(found[0].problem));
        // Of what comes later in the same run there is nothing left to count.
        scratch.migration(u"3_drop"_s, "ALTER TABLE t DROP COLUMN a;", "ALTER TABLE t ADD COLUMN a text;");
        const auto both = parcels(*db, scratch.project(), Action::Run, Scope::all());
        QCOMPARE(both.size(), 2);
        QCOMPARE(both[1].values, 0);
    }

    void rowsThatAreGoneAreSaid_data() { test::engines(); }
    void rowsThatAreGoneAreSaid()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = openShop(scratch);
        const auto project = scratch.project();
        scratch.migration(u"2_drop"_s, "ALTER TABLE people DROP COLUMN phone;",
                          "ALTER TABLE people ADD COLUMN phone text;");
        (void)act(*db, project, Action::Run, Scope::all(), true);
        fill(*db, "DELETE FROM notes; DELETE FROM people WHERE id = 1; INSERT INTO people(id, name) VALUES "
                  "(9, 'New');");
        const auto back = act(*db, project, Action::Revert, Scope::one(), false);
        QCOMPARE(back.account.putBack.value(0).rows, 1);
        QCOMPARE(back.account.putBack.value(0).orphans, 1);
        QCOMPARE(test::rowsOf(*db, u"SELECT id, phone FROM people ORDER BY id"_s),
                 (QStringList{u"2|∅"_s, u"3|é'"_s, u"9|∅"_s}));
    }

    void aFailedRunKeepsNothing_data() { test::engines(); }
    void aFailedRunKeepsNothing()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = openShop(scratch);
        const auto project = scratch.project();
        // Only rows make it fail, so that it can be planned.
        scratch.migration(u"2_drop"_s,
                          "ALTER TABLE people DROP COLUMN phone;\nUPDATE people SET name = 'x';\n"
                          "CREATE UNIQUE INDEX u ON people(name);",
                          "ALTER TABLE people ADD COLUMN phone text;");
        const QStringList before = everything(*db);
        const auto outcome = park::execute(*db, project, Action::Run, Scope::all(), {}, {},
                                           parcels(*db, project, Action::Run, Scope::all()));
        QVERIFY(outcome && outcome->report.failure);
        QVERIFY(outcome->account.parked.isEmpty());
        QCOMPARE(everything(*db), before);
        QVERIFY(nothingKept(scratch, *db));
    }

    void aRedoParksAndPutsBack_data() { test::engines(); }
    void aRedoParksAndPutsBack()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.migration(u"1_all"_s, shop(engine), "DROP TABLE notes;");
        scratch.migration(u"2_age"_s, "ALTER TABLE people ADD COLUMN age integer;",
                          "ALTER TABLE people DROP COLUMN age;");
        const auto db = scratch.connect();
        const auto project = scratch.project();
        test::verify(apply::execute(*db, project, Action::Run, Scope::all()));
        fill(*db, rows(engine));
        fill(*db, "UPDATE people SET age = 36 WHERE id = 1; DELETE FROM log;");
        const auto redone = act(*db, project, Action::Redo, Scope::one(), true);
        QCOMPARE(redone.account.putBack.size(), 1);
        QVERIFY(redone.account.parked.isEmpty());
        QCOMPARE(test::rowsOf(*db, u"SELECT age FROM people ORDER BY id"_s),
                 (QStringList{u"36"_s, u"∅"_s, u"∅"_s}));
        QVERIFY(nothingKept(scratch, *db));
        QCOMPARE(test::rowsOf(*db, u"SELECT what FROM log"_s), QStringList());
    }

    void withoutAKeyItIsSaid_data() { test::engines(); }
    void withoutAKeyItIsSaid()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.migration(u"1_bag"_s, "CREATE TABLE bag(a text, b text);", "DROP TABLE bag;");
        const auto db = scratch.connect();
        const auto project = scratch.project();
        test::verify(apply::execute(*db, project, Action::Run, Scope::all()));
        fill(*db, "INSERT INTO bag VALUES ('1', '2');");
        scratch.migration(u"2_drop"_s, "ALTER TABLE bag DROP COLUMN b;",
                          "ALTER TABLE bag ADD COLUMN b text;");
        const auto found = parcels(*db, project, Action::Run, Scope::all());
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].problem.contains(u"primary key"_s), qPrintable(found[0].problem));
    }

    void anAbandonedParkingIsNotTakenForTheNew_data() { test::engines(); }
    void anAbandonedParkingIsNotTakenForTheNew()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = openShop(scratch);
        const auto project = scratch.project();
        scratch.migration(u"2_drop"_s, "ALTER TABLE people DROP COLUMN phone;",
                          "ALTER TABLE people ADD COLUMN phone text;");
        (void)act(*db, project, Action::Run, Scope::all(), true);
        const auto left = park::execute(*db, project, Action::Revert, Scope::one(), {}, {}, {},
                                        park::Parking::PutsBack::No);
        QVERIFY(left && left->account.putBack.isEmpty());
        fill(*db, "UPDATE people SET phone = 'new';");
        (void)act(*db, project, Action::Run, Scope::all(), true);
        (void)act(*db, project, Action::Revert, Scope::one(), false);
        QCOMPARE(test::rowsOf(*db, u"SELECT phone FROM people ORDER BY id"_s),
                 (QStringList{u"new"_s, u"new"_s, u"new"_s}));
        QVERIFY(nothingKept(scratch, *db));
    }
};

QTEST_GUILESS_MAIN(ParkTest)
#include "park_test.moc"
