// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "park/parking.h"
#include "rehearse/checksum.h"
#include "rehearse/copies.h"
#include "rehearse/rehearsal.h"
#include "shadow/difference.h"
#include "shadow/replay.h"
#include "support/migrating.h"
#include "support/tool_projects.h"
#include "unit/diesel_scratch.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace dewpoint;
using namespace dewpoint::rehearse;
using namespace Qt::StringLiterals;

/// Migrations on a copy of the real database, and whether they come back.
class RehearseTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::DieselScratch;

    static QString problem(const Result<Rehearsal>& rehearsal)
    {
        return rehearsal ? rehearsal->sentence() : rehearsal.error().oneLine();
    }
    static QStringList names(const Rehearsal& rehearsal)
    {
        QStringList list;
        for (const Judgement& one : rehearsal.judgements)
            list << one.migration.folder + u' ' + verdictName(one.verdict);
        return list;
    }
    static QString counts(const QList<TableRows>& rows)
    {
        QStringList list;
        for (const TableRows& one : rows)
            list << u"%1 +%2 -%3 ~%4"_s.arg(one.title()).arg(one.added).arg(one.removed).arg(one.changed);
        return list.join(u"; "_s);
    }
    static void fill(drivers::Connection& db, const QByteArray& script)
    {
        const auto done = db.executeScript(script);
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
    }
    static QStringList copies(drivers::Connection& db)
    {
        if (db.engine() == Engine::Sqlite)
            return QDir(QDir::tempPath()).entryList({u"dewpoint_shadow_*"_s}, QDir::Dirs);
        return test::rowsOf(db, u"SELECT datname FROM pg_database WHERE starts_with(datname::text, "
                                "'dewpoint_shadow_')"_s);
    }
    /// Other tests make copies at the same time, and drop them soon; one that stays was forgotten.
    static bool noneStays(drivers::Connection& db, const QStringList& before)
    {
        QStringList made = copies(db);
        made.removeIf([&](const QString& name) { return before.contains(name); });
        return QTest::qWaitFor(
            [&] {
                const QStringList now = copies(db);
                return std::ranges::none_of(made, [&](const QString& name) { return now.contains(name); });
            },
            30000);
    }
    static constexpr auto people =
        "CREATE TABLE people(id integer PRIMARY KEY, name text NOT NULL, phone text);";
    static constexpr auto threePeople =
        "INSERT INTO people VALUES (1, 'Ada', '1'), (2, 'Grace', '2'), (3, 'Lin', NULL);";

    /// The first migration stands, with three rows.
    static std::unique_ptr<drivers::Connection> withPeople(const Scratch& scratch)
    {
        scratch.migration(u"1_people"_s, people, "DROP TABLE people;");
        auto db = scratch.connect();
        test::verify(apply::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all()));
        fill(*db, threePeople);
        return db;
    }

    /// Both stand, and somebody has typed ages since.
    static std::unique_ptr<drivers::Connection> withAges(const Scratch& scratch)
    {
        auto db = withPeople(scratch);
        scratch.migration(u"2_age"_s, "ALTER TABLE people ADD COLUMN age integer;",
                          "ALTER TABLE people DROP COLUMN age;");
        test::verify(apply::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all()));
        fill(*db, "UPDATE people SET age = 39 + id WHERE id < 3;");
        return db;
    }
    static void projectsOrNone()
    {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<bool>("inProject");
        for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
            for (const bool inProject : {true, false})
                QTest::addRow("%s, %s", qPrintable(sql::engineName(engine)),
                              inProject ? "in a project" : "without a project")
                    << engine << inProject;
        }
    }

private Q_SLOTS:
    void whatComesBackIsSaidWithTimesAndRows_data() { test::engines(); }
    void whatComesBackIsSaidWithTimesAndRows()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        scratch.migration(u"2_age"_s,
                          "-- Years\nALTER TABLE people ADD COLUMN age integer;\n"
                          "UPDATE people SET age = 40 WHERE id < 3;\n",
                          "ALTER TABLE people DROP COLUMN age;");
        const QStringList before = copies(*db);
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done && done->isFine(), qPrintable(problem(done)));
        QVERIFY(done->liveIsUntouched() && !done->checksumBefore.isEmpty());
        QCOMPARE(names(*done), QStringList{u"2_age comes-back"_s});
        QCOMPARE(counts(done->rows), u"people +0 -0 ~2"_s);
        QCOMPARE(done->rows[0].gained, (QList<ColumnValues>{{.column = u"age"_s, .values = 2}}));
        QCOMPARE(displayText(done->rows[0].shown[0].after.back()), u"40"_s);
        QVERIFY(isNull(done->rows[0].shown[0].before.back()));
        QVERIFY(done->notBack.isEmpty());
        QCOMPARE(done->runs.size(), 2);
        QCOMPARE(done->runs[0].statements.size(), 2);
        QCOMPARE(done->runs[0].statements[1].sent.rows, 2);
        QCOMPARE(done->runs[0].statements[1].sent.line, 3);
        QCOMPARE(done->runs[1].step.direction, apply::Direction::Down);
        if (engine == Engine::Postgres) {
            QCOMPARE(done->runs[0].statements[0].locks.value(0).relation, u"people"_s);
            QCOMPARE(done->runs[0].statements[0].locks.value(0).mode, u"AccessExclusiveLock"_s);
        }
        QVERIFY(noneStays(*db, before));
        QCOMPARE(test::stateNames(*db, scratch.project()), u"applied pending"_s);
    }

    void aDownThatLiesIsFound_data() { test::engines(); }
    void aDownThatLiesIsFound()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        scratch.migration(u"2_index"_s, "CREATE INDEX people_name ON people (name);", "SELECT 1;");
        scratch.migration(u"3_view"_s, "CREATE VIEW v AS SELECT id FROM people;", "DROP VIEW v;");
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done, qPrintable(problem(done)));
        QVERIFY(!done->isFine());
        QCOMPARE(names(*done), (QStringList{u"2_index differs"_s, u"3_view comes-back"_s}));
        QVERIFY2(done->sentence().contains(u"people_name"_s), qPrintable(done->sentence()));
    }

    void lostValuesAreCounted_data() { test::engines(); }
    void lostValuesAreCounted()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        scratch.migration(u"2_no_phone"_s, "ALTER TABLE people DROP COLUMN phone;",
                          "ALTER TABLE people ADD COLUMN phone text;");
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done, qPrintable(problem(done)));
        QCOMPARE(names(*done), QStringList{u"2_no_phone loses-values"_s});
        QCOMPARE(done->rows[0].lost, (QList<ColumnValues>{{.column = u"phone"_s, .values = 2}}));
        QCOMPARE(done->judgements[0].lost, QStringList{u"2 values of people.phone"_s});
        const auto parked = rehearse::rehearse(*db, scratch.project(), {.parks = true});
        QVERIFY2(parked && parked->isFine(), qPrintable(problem(parked)));
        QCOMPARE(parked->putBack.size(), 1);
        QCOMPARE(parked->putBack[0].rows, 2);
        QVERIFY(parked->liveIsUntouched());
    }

    void aRevertIsRehearsedAndCountsWhatItLoses_data() { test::engines(); }
    void aRevertIsRehearsedAndCountsWhatItLoses()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withAges(scratch);
        const QStringList before = copies(*db);
        const Options revert{.action = apply::Action::Revert, .scope = apply::Scope::one()};
        const auto done = rehearse::rehearse(*db, scratch.project(), revert);
        QVERIFY2(done && done->isRevert(), qPrintable(problem(done)));
        QCOMPARE(names(*done), QStringList{u"2_age loses-values"_s});
        QCOMPARE(done->sentence(), u"2_age: running it again restores the structure, but reverting loses "
                                   "2 values of people.age."_s);
        QCOMPARE(done->runs.size(), 2);
        QCOMPARE(done->runs[0].step.direction, apply::Direction::Down);
        QCOMPARE(done->runs[1].step.direction, apply::Direction::Up);
        QCOMPARE(done->rows[0].lost, (QList<ColumnValues>{{.column = u"age"_s, .values = 2}}));
        QCOMPARE(counts(done->notBack), u"people +0 -0 ~2"_s);
        QVERIFY(done->liveIsUntouched() && !done->isFine());
        if (engine == Engine::Postgres)
            QCOMPARE(done->runs[0].statements[0].locks.value(0).mode, u"AccessExclusiveLock"_s);
        QCOMPARE(test::stateNames(*db, scratch.project()), u"applied applied"_s);

        Options parking = revert;
        parking.parks = true;
        const auto parked = rehearse::rehearse(*db, scratch.project(), parking);
        QVERIFY2(parked && parked->isFine(), qPrintable(problem(parked)));
        QVERIFY2(parked->sentence().contains(u"2 values of people.age"_s), qPrintable(parked->sentence()));
        QVERIFY(noneStays(*db, before));
        QCOMPARE(test::rowsOf(*db, u"SELECT age FROM people ORDER BY id"_s),
                 (QStringList{u"40"_s, u"41"_s, u"∅"_s}));
    }

    void aRevertDownToOneOrThatDoesNotComeBack_data() { test::engines(); }
    void aRevertDownToOneOrThatDoesNotComeBack()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        scratch.migration(u"2_view"_s, "CREATE VIEW v AS SELECT id FROM people;", "DROP VIEW v;");
        scratch.migration(u"3_index"_s, "CREATE INDEX i ON people (name);", "DROP INDEX i;");
        test::verify(apply::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all()));
        const Options toOne{.action = apply::Action::Revert, .scope = apply::Scope::to(u"1"_s)};
        const auto fine = rehearse::rehearse(*db, scratch.project(), toOne);
        QVERIFY2(fine && fine->isFine(), qPrintable(problem(fine)));
        QCOMPARE(names(*fine), (QStringList{u"3_index comes-back"_s, u"2_view comes-back"_s}));
        QCOMPARE(fine->runs.size(), 4);
        QVERIFY(fine->rows.isEmpty() && fine->notBack.isEmpty());

        // Its down leaves the index behind, so that it cannot be run again.
        scratch.migration(u"3_index"_s, "CREATE INDEX i ON people (name);", "SELECT 1;");
        const auto stuck = rehearse::rehearse(*db, scratch.project(), toOne);
        QVERIFY2(stuck && stuck->failedBack(), qPrintable(problem(stuck)));
        QCOMPARE(stuck->verdict(), Verdict::Fails);
        QCOMPARE(stuck->sentence(), u"3_index was reverted, and fails when it is run again."_s);
        scratch.migration(u"3_index"_s, "CREATE INDEX i ON people (name);", "DROP INDEX nothing;");
        const auto down = rehearse::rehearse(*db, scratch.project(), toOne);
        QVERIFY2(down && !down->failedBack(), qPrintable(problem(down)));
        QCOMPARE(down->verdict(), Verdict::DownFails);
        QCOMPARE(test::stateNames(*db, scratch.project()), u"applied applied applied"_s);
    }

    void whatIsParkedHereComesBackInARehearsedRevert_data() { test::engines(); }
    void whatIsParkedHereComesBackInARehearsedRevert()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        scratch.migration(u"2_no_phone"_s, "ALTER TABLE people DROP COLUMN phone;",
                          "ALTER TABLE people ADD COLUMN phone text;");
        const auto parcels = park::parcelsOf(*db, scratch.project(),
                                             apply::plan(apply::status(*db, scratch.project()).value(),
                                                         apply::Action::Run, apply::Scope::all())
                                                 .value());
        QVERIFY(parcels);
        QVERIFY(
            park::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all(), {}, {}, *parcels));
        const auto done = rehearse::rehearse(*db, scratch.project(),
                                             {.action = apply::Action::Revert, .scope = apply::Scope::one()});
        QVERIFY2(done && done->liveIsUntouched(), qPrintable(problem(done)));
        QCOMPARE(done->putBack.size(), 1);
        QCOMPARE(done->rows[0].gained, (QList<ColumnValues>{{.column = u"phone"_s, .values = 2}}));
        const auto steps = apply::plan(apply::status(*db, scratch.project()).value(), apply::Action::Revert,
                                       apply::Scope::one());
        QCOMPARE(park::waitingFor(*db, scratch.project(), steps.value()).value().size(), 1);
    }

    void aPlanIsRehearsedWithItsReferences_data() { projectsOrNone(); }
    void aPlanIsRehearsedWithItsReferences()
    {
        QFETCH(const Engine, engine);
        QFETCH(const bool, inProject);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        fill(*db, "CREATE TABLE notes(id integer PRIMARY KEY, person integer REFERENCES people(id) ON DELETE "
                  "CASCADE); INSERT INTO notes VALUES (1, 1), (2, 2);");
        const Scratch wanted(engine);
        const auto other = wanted.connect();
        fill(*other, "CREATE TABLE people(id integer PRIMARY KEY, name text NOT NULL, phone text DEFAULT "
                     "'none');"
                     "CREATE TABLE notes(id integer PRIMARY KEY, person integer REFERENCES people(id) ON "
                     "DELETE CASCADE);");
        const auto from = shadow::inspectWithoutLedger(*db, scratch.project()).value();
        const auto to = catalog::inspect(*other).value();
        const auto way = shadow::difference(scratch.target(), from, to);
        QVERIFY2(way, way ? "" : qPrintable(way.error().oneLine()));
        const auto project = inProject ? std::optional(scratch.project()) : std::nullopt;
        const auto draft = apply::draftOf(u"phone_by_default"_s, way->up, way->down, project);
        const QStringList before = copies(*db);
        const auto done = rehearse::rehearse(*db, draft, project, {});
        // A rebuild on SQLite must not take along what refers to the table.
        QVERIFY2(done && done->isFine(), qPrintable(problem(done)));
        QCOMPARE(names(*done), QStringList{u"phone_by_default comes-back"_s});
        QCOMPARE(done->judgements[0].changes.size(), 1);
        QVERIFY(done->rows.isEmpty() && done->liveIsUntouched() && done->runs.size() == 2);
        QVERIFY(!done->runs[0].statements.isEmpty());
        QVERIFY(noneStays(*db, before));
    }

    void aPlanThatFailsOrLosesIsSaid_data() { projectsOrNone(); }
    void aPlanThatFailsOrLosesIsSaid()
    {
        QFETCH(const Engine, engine);
        QFETCH(const bool, inProject);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        const auto project = inProject ? std::optional(scratch.project()) : std::nullopt;
        const auto draft = [](const QByteArray& up, const QByteArray& down) {
            return apply::Draft{.name = u"draft"_s,
                                .up = project::wholeScript(up),
                                .down = down.isEmpty() ? project::Script() : project::wholeScript(down)};
        };
        const auto loses = rehearse::rehearse(
            *db, draft("ALTER TABLE people DROP COLUMN phone;", "ALTER TABLE people ADD COLUMN phone text;"),
            project, {});
        QVERIFY2(loses, qPrintable(problem(loses)));
        QCOMPARE(loses->judgements[0].lost, QStringList{u"2 values of people.phone"_s});
        const auto none = rehearse::rehearse(*db, draft("CREATE TABLE t(id integer);", {}), project, {});
        QCOMPARE(none->verdict(), Verdict::NoDown);
        const auto fails = rehearse::rehearse(
            *db, draft("CREATE TABLE t(id integer);\nCREATE UNIQUE INDEX u ON people (nothing);", {}),
            project, {});
        QVERIFY2(fails && fails->failure, qPrintable(problem(fails)));
        QCOMPARE(fails->verdict(), Verdict::Fails);
        QCOMPARE(fails->failure->line, 2);
        const auto down =
            rehearse::rehearse(*db, draft("CREATE TABLE t(id integer);", "DROP TABLE other;"), project, {});
        QCOMPARE(down->verdict(), Verdict::DownFails);
        QVERIFY(!rehearse::rehearse(
            *db, draft(engine == Engine::Postgres ? "CREATE ROLE r;" : "ATTACH 'x.db' AS x;", {}), project,
            {}));
        QVERIFY(!db->inTransaction() && down->liveIsUntouched());
    }

    void aReadOnlyConnectionRehearsesToo_data() { test::engines(); }
    void aReadOnlyConnectionRehearsesToo()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withAges(scratch);
        auto target = scratch.target();
        target.guard = drivers::Guard::ReadOnly;
        const auto reading = drivers::Connection::open(target).value();
        QVERIFY(!reading->executeScript("DELETE FROM people"));
        const auto revert = rehearse::rehearse(
            *reading, scratch.project(), {.action = apply::Action::Revert, .scope = apply::Scope::one()});
        QVERIFY2(revert && revert->runs.size() == 2, qPrintable(problem(revert)));
        QVERIFY(revert->liveIsUntouched());
        const apply::Draft draft{.name = u"draft"_s,
                                 .up = project::wholeScript("CREATE TABLE t(id integer);"),
                                 .down = project::wholeScript("DROP TABLE t;")};
        const auto plan = rehearse::rehearse(*reading, draft, std::nullopt, {});
        QVERIFY2(plan && plan->isFine() && plan->liveIsUntouched(), qPrintable(problem(plan)));
    }

    void keptQueriesThatWouldBreakAreListed_data() { test::engines(); }
    void keptQueriesThatWouldBreakAreListed()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        scratch.migration(u"2_no_phone"_s,
                          "ALTER TABLE people DROP COLUMN phone; ALTER TABLE people ADD COLUMN age integer;");
        using store::KeptSql;
        const QList<KeptSql> kept{
            {.kind = KeptSql::Kind::Tab, .title = u"Query 1, line 1"_s, .sql = u"SELECT phone FROM people"_s},
            {.kind = KeptSql::Kind::Tab, .title = u"Query 1, line 2"_s, .sql = u"SELECT name FROM people"_s},
            {.kind = KeptSql::Kind::View,
             .title = u"x of people"_s,
             .sql = uR"(SELECT "phone" FROM people)"_s},
            {.kind = KeptSql::Kind::Recent,
             .title = {},
             .sql = u"UPDATE people SET phone = 'lost', name = 'lost'"_s},
            {.kind = KeptSql::Kind::Recent, .title = {}, .sql = u"DELETE FROM people"_s},
            {.kind = KeptSql::Kind::Recent, .title = {}, .sql = u"SELECT age FROM people"_s},
            {.kind = KeptSql::Kind::Recent, .title = {}, .sql = u"SELECT nothing FROM nowhere"_s}};
        const auto done = rehearse::rehearse(*db, scratch.project(), {.withDown = false, .kept = kept});
        QVERIFY2(done, qPrintable(problem(done)));
        QList<KeptSql> broken;
        for (const BrokenSql& one : done->brokenSql) {
            broken << one.kept;
            QVERIFY2(one.message.contains(u"phone"_s), qPrintable(one.message));
        }
        QCOMPARE(broken, (QList<KeptSql>{kept[0], kept[2], kept[3]}));
        QVERIFY(done->brokenSql[2].sentence().startsWith(u"Run lately: UPDATE people"_s));
        // They were not run, and do not spoil the verdict.
        QCOMPARE(counts(done->rows), u"people +0 -0 ~2"_s);
        QVERIFY(done->isFine() && done->liveIsUntouched());
        QVERIFY(!db->inTransaction());
    }

    void failuresSayWhere_data() { test::engines(); }
    void failuresSayWhere()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = withPeople(scratch);
        // On an empty scratch database it runs: only the rows stand in its way.
        scratch.migration(u"2_unique"_s,
                          "UPDATE people SET name = 'same';\nCREATE UNIQUE INDEX u ON people (name);\n",
                          "DROP INDEX u;");
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done, qPrintable(problem(done)));
        QCOMPARE(names(*done), QStringList{u"2_unique fails"_s});
        QVERIFY(done->failure.has_value());
        QCOMPARE(done->failure->line, 2);
        QVERIFY(done->liveIsUntouched());

        scratch.migration(u"2_unique"_s, "CREATE TABLE fine(id integer);", "DROP TABLE wrong;");
        const auto down = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(down, qPrintable(problem(down)));
        QCOMPARE(names(*down), QStringList{u"2_unique down-fails"_s});
    }

    void withoutADownOrWithoutAskingForIt_data() { test::engines(); }
    void withoutADownOrWithoutAskingForIt()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.migration(u"1_people"_s, people);
        scratch.migration(u"2_more"_s, "CREATE TABLE more(id integer);", "DROP TABLE more;");
        const auto db = scratch.connect();
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done, qPrintable(problem(done)));
        QCOMPARE(names(*done), (QStringList{u"1_people no-down"_s, u"2_more comes-back"_s}));
        const auto up = rehearse::rehearse(*db, scratch.project(), {.withDown = false});
        QVERIFY2(up && up->isFine(), qPrintable(problem(up)));
        QCOMPARE(names(*up), (QStringList{u"1_people up-only"_s, u"2_more up-only"_s}));
    }

    void triggersAndForeignKeysTakePart_data() { test::engines(); }
    void triggersAndForeignKeysTakePart()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const bool postgres = engine == Engine::Postgres;
        scratch.migration(
            u"1_all"_s,
            QByteArray(people)
                + "CREATE TABLE notes(id integer PRIMARY KEY, person integer NOT NULL REFERENCES people(id) "
                  "ON "
                  "DELETE CASCADE, text text);"
                  "CREATE TABLE log(what text);"
                + (postgres
                       ? "CREATE FUNCTION logs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "
                         "log "
                         "VALUES (TG_OP); RETURN NULL; END $$;"
                         "CREATE TRIGGER people_log AFTER UPDATE OR DELETE ON people FOR EACH ROW EXECUTE "
                         "FUNCTION logs();"
                       : "CREATE TRIGGER people_log AFTER UPDATE ON people BEGIN INSERT INTO log VALUES "
                         "('UPDATE'); END;"
                         "CREATE TRIGGER people_gone AFTER DELETE ON people BEGIN INSERT INTO log VALUES "
                         "('DELETE'); END;"),
            "DROP TABLE notes;");
        const auto db = scratch.connect();
        test::verify(apply::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all()));
        fill(*db, threePeople);
        fill(*db, "INSERT INTO notes VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');");
        scratch.migration(
            u"2_tidy"_s,
            "UPDATE people SET name = 'Grace H.' WHERE id = 2;\nDELETE FROM people WHERE id = 1;\n",
            "INSERT INTO people VALUES (1, 'Ada', '1');");
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done, qPrintable(problem(done)));
        QCOMPARE(counts(done->rows), u"log +2 -0 ~0; notes +0 -2 ~0; people +0 -1 ~1"_s);
        QCOMPARE(counts(done->notBack), u"log +2 -0 ~0; notes +0 -2 ~0; people +0 -0 ~1"_s);
        QCOMPARE(names(*done), QStringList{u"2_tidy loses-values"_s});
        QCOMPARE(done->judgements[0].lost, (QStringList{u"2 rows of log not there before"_s,
                                                        u"2 rows of notes"_s, u"1 value of people.name"_s}));
    }

    void aViewThatBreaksIsNamed()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.migration(u"1_people"_s,
                          QByteArray(people) + "CREATE VIEW phones AS SELECT phone FROM people;",
                          "DROP TABLE people;");
        const auto db = scratch.connect();
        test::verify(apply::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all()));
        scratch.migration(u"2_gone"_s,
                          "PRAGMA legacy_alter_table = ON; ALTER TABLE people RENAME TO folk; PRAGMA "
                          "legacy_alter_table = OFF;",
                          "PRAGMA legacy_alter_table = ON; ALTER TABLE folk RENAME TO people; PRAGMA "
                          "legacy_alter_table = OFF;");
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done, qPrintable(problem(done)));
        QCOMPARE(done->broken.size(), 1);
        QVERIFY2(done->broken[0].contains(u"phones"_s), qPrintable(done->broken[0]));
        QVERIFY(!done->isFine());
    }

    void everyToolsProject_data()
    {
        QTest::addColumn<int>("tool");
        QTest::addColumn<Engine>("engine");
        for (int i = 0; i < test::toolProjects().size(); ++i) {
            QTest::addRow("%s, SQLite", qPrintable(test::toolProjects()[i].title)) << i << Engine::Sqlite;
            QTest::addRow("%s, PostgreSQL", qPrintable(test::toolProjects()[i].title))
                << i << Engine::Postgres;
        }
    }
    void everyToolsProject()
    {
        QFETCH(const int, tool);
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects()[tool]);
        const auto db = scratch.connect();
        const auto done = rehearse::rehearse(*db, project, {});
        QVERIFY2(done, qPrintable(problem(done)));
        QVERIFY(done->liveIsUntouched());
        QVERIFY2(!done->failure, done->failure ? qPrintable(done->failure->oneLine()) : "");
        QCOMPARE(done->steps.size(), 3);
        QCOMPARE(counts(done->rows), u"a +0 -0 ~0"_s.left(0));
        for (const Judgement& one : done->judgements) {
            QVERIFY2(one.verdict == (one.migration.reversible() ? Verdict::ComesBack : Verdict::NoDown),
                     qPrintable(one.migration.folder + u' ' + verdictName(one.verdict)));
        }
        QVERIFY(!test::states(*db, project).contains(u"applied"_s));
    }

    void largeTablesGoInPasses_data() { test::engines(); }
    void largeTablesGoInPasses()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = scratch.connect();
        fill(*db, "CREATE TABLE t(id integer PRIMARY KEY, x integer); CREATE TABLE bag(x integer);");
        const QByteArray series = engine == Engine::Postgres
                                      ? "SELECT i, i FROM generate_series(1, 5000) i"
                                      : "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE "
                                        "i < 5000) SELECT i, i FROM n";
        fill(*db, "INSERT INTO t " + series + "; INSERT INTO bag SELECT id % 7 FROM t;");
        const auto before = catalog::inspect(*db).value();
        auto copies = Copies::make(*db, {});
        QVERIFY2(copies, copies ? "" : qPrintable(copies.error().oneLine()));
        auto& work = copies->work();
        fill(
            work,
            "DELETE FROM t WHERE id <= 3; UPDATE t SET x = 0 WHERE id > 4990; INSERT INTO t VALUES (6000, 1);"
            "INSERT INTO bag VALUES (1), (99);");
        for (const qint64 pass : {RowComparison::rowsInAPass, qint64{700}}) {
            RowComparison comparison(copies->before(), work, 5);
            comparison.passRows = pass;
            const auto rows = comparison.compare(before, before);
            QVERIFY2(rows, rows ? "" : qPrintable(rows.error().oneLine()));
            QCOMPARE(counts(*rows), u"bag +2 -0 ~0; t +1 -3 ~10"_s);
            QCOMPARE(rows->at(1).shown.size(), 5);
        }
    }

    void itsChecksumTellsEveryChange_data() { test::engines(); }
    void itsChecksumTellsEveryChange()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto db = scratch.connect();
        fill(*db, people);
        fill(*db, threePeople);
        QStringList sums{checksumOf(*db).value()};
        QCOMPARE(checksumOf(*db).value(), sums.first());
        for (const QByteArray& change :
             {"UPDATE people SET phone = '' WHERE id = 3;"_ba, "DELETE FROM people WHERE id = 1;"_ba,
              "CREATE INDEX i ON people(name);"_ba, "CREATE TABLE other(id integer);"_ba}) {
            fill(*db, change);
            const QString sum = checksumOf(*db).value();
            QVERIFY2(!sums.contains(sum), change);
            sums << sum;
        }
        QVERIFY(!db->inTransaction());
    }

    void aStopLeavesNothingBehind_data() { test::engines(); }
    void aStopLeavesNothingBehind()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.migration(u"1_people"_s, people, "DROP TABLE people;");
        const QByteArray slow = engine == Engine::Postgres
                                    ? "SELECT pg_sleep(30);"
                                    : "CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                                      "SELECT i+1 FROM n WHERE i < 400000000) SELECT i FROM n;";
        scratch.migration(u"2_slow"_s, slow, "DROP TABLE slow;");
        const auto db = scratch.connect();
        const QString sum = checksumOf(*db).value();
        const QStringList before = copies(*db);
        QElapsedTimer sinceSlow;
        bool running = false;
        const auto done = rehearse::rehearse(*db, scratch.project(), {},
                                             {.stop = [&] { return running && sinceSlow.elapsed() > 300; },
                                              .stage =
                                                  [&](const Stage& stage) {
                                                      if (stage.text.contains(u"2_slow"_s) && !running) {
                                                          running = true;
                                                          sinceSlow.start();
                                                      }
                                                  }});
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Cancelled);
        QVERIFY2(sinceSlow.elapsed() < 4000, qPrintable(QString::number(sinceSlow.elapsed())));
        QVERIFY(noneStays(*db, before));
        QCOMPARE(checksumOf(*db).value(), sum);
    }

    void othersMayBeConnected()
    {
        const Scratch scratch(Engine::Postgres);
        const auto db = withPeople(scratch);
        fill(*db, "CREATE TABLE odd(\"x y\" text, b bytea, n numeric); INSERT INTO odd VALUES ('é''', "
                  "'\\x00ff', 1.50), (NULL, NULL, 'NaN');");
        scratch.migration(u"2_more"_s, "CREATE TABLE more(id integer);", "DROP TABLE more;");
        const auto other = scratch.connect();  // so CREATE DATABASE … TEMPLATE is refused
        const auto done = rehearse::rehearse(*db, scratch.project(), {});
        QVERIFY2(done && done->isFine(), qPrintable(problem(done)));
        QVERIFY(done->rows.isEmpty());  // and the odd values came through the dump as they were
        QVERIFY(other->isOpen());
    }

    void theShadowIsNeverTheLiveOne()
    {
        const Scratch scratch(Engine::Postgres);
        scratch.migration(u"1_people"_s, people, "DROP TABLE people;");
        const auto db = scratch.connect();
        const auto refused = rehearse::rehearse(*db, scratch.project(), {.shadow = scratch.url()});
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"live"_s), qPrintable(refused.error().oneLine()));
        const test::ScratchPostgres another;
        const auto done = rehearse::rehearse(*db, scratch.project(), {.shadow = another.url()});
        QVERIFY2(done && done->isFine(), qPrintable(problem(done)));
    }

    void whatReachesBeyondTheCopyIsRefused_data() { test::engines(); }
    void whatReachesBeyondTheCopyIsRefused()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.migration(u"1_out"_s,
                          engine == Engine::Postgres ? "CREATE ROLE somebody;" : "ATTACH 'x.db' AS x;",
                          "SELECT 1;");
        const auto db = scratch.connect();
        QVERIFY(!rehearse::rehearse(*db, scratch.project(), {}));
    }
};

QTEST_GUILESS_MAIN(RehearseTest)
#include "rehearse_test.moc"
