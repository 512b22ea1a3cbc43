// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/replay.h"
#include "timeline/history.h"
#include "unit/diesel_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Which migration added what, and changed it last; on both engines, by real replays.
class TimelineTest final : public QObject
{
    Q_OBJECT

    std::optional<test::DieselScratch> m_scratch;

    void migration(const QString& folder, const QByteArray& up) const { m_scratch->migration(folder, up); }
    timeline::History replayed() const
    {
        auto history = timeline::replay(m_scratch->target(), m_scratch->project());
        if (!history)
            qFatal("%s", qPrintable(history.error().oneLine()));
        return *std::move(history);
    }
    timeline::History whole() const
    {
        timeline::History history = replayed();
        if (history.stopped)
            qFatal("%s", qPrintable(history.stopped->oneLine()));
        return history;
    }
    QString home() const { return m_scratch->engine() == Engine::Sqlite ? u"main"_s : u"public"_s; }
    static QString say(const timeline::Origin& origin)
    {
        return u"%1/%2"_s.arg(origin.added).arg(origin.changed);
    }
    QString table(const timeline::History& history, const QString& name, int step) const
    {
        return say(history.provenance.originOf(
            {.kind = diff::Part::Kind::Table, .owner = {home(), name}, .member = {}}, step));
    }
    /// "id 1/1, name 1/3": added by, changed by.
    QString columns(const timeline::History& history, const QString& name, int step) const
    {
        QStringList all;
        const schema::Database state = history.states.at(step);
        const schema::Table* found = state.table(home(), name);
        for (const schema::Column& column : found ? found->columns : QList<schema::Column>())
            all << column.name + u' '
                       + say(history.provenance.originOf(
                           timeline::columnOf({found->schema, found->name}, column.name), step));
        return all.join(u", "_s);
    }
    QString index(const timeline::History& history, const QString& owner, const QString& name, int step) const
    {
        return say(history.provenance.originOf(
            {.kind = diff::Part::Kind::Index, .owner = {home(), owner}, .member = name}, step));
    }

private Q_SLOTS:
    void cleanup() { m_scratch.reset(); }

    void saysWhoAddedAndWhoChanged_data() { test::engines(); }
    void saysWhoAddedAndWhoChanged()
    {
        QFETCH(const Engine, engine);
        m_scratch.emplace(engine);
        migration(u"1_users"_s, "CREATE TABLE users (id integer PRIMARY KEY, name varchar(10));");
        migration(u"2_notes"_s, "CREATE TABLE notes (id integer PRIMARY KEY, t text);");
        migration(u"3_email"_s, "ALTER TABLE users ADD COLUMN email text;\n"
                                "CREATE INDEX users_email ON users (email);");
        migration(u"4_idle"_s, "SELECT 1;");
        migration(u"5_gone"_s, "DROP INDEX users_email; DROP TABLE notes;");
        const timeline::History history = whole();
        QVERIFY(history.isWhole());
        QCOMPARE(history.titleOf(3), u"3_email"_s);
        QCOMPARE(table(history, u"users"_s, 0), u"-1/-1"_s);
        QCOMPARE(table(history, u"users"_s, 2), u"1/1"_s);
        QCOMPARE(table(history, u"users"_s, 4), u"1/3"_s);
        QCOMPARE(table(history, u"users"_s, 5), u"1/5"_s);
        QCOMPARE(columns(history, u"users"_s, 5), u"id 1/1, name 1/1, email 3/3"_s);
        QCOMPARE(columns(history, u"users"_s, 2), u"id 1/1, name 1/1"_s);
        QCOMPARE(index(history, u"users"_s, u"users_email"_s, 4), u"3/3"_s);
        QCOMPARE(table(history, u"notes"_s, 4), u"2/2"_s);
        QCOMPARE(table(history, u"notes"_s, 5), u"-1/-1"_s);
    }

    void aChangedColumnIsNotNew_data() { test::engines(); }
    void aChangedColumnIsNotNew()
    {
        QFETCH(const Engine, engine);
        m_scratch.emplace(engine);
        migration(u"1_a"_s, "CREATE TABLE a (id integer PRIMARY KEY, n varchar(10), m text);");
        migration(u"2_wide"_s,
                  engine == Engine::Postgres
                      ? "ALTER TABLE a ALTER COLUMN n TYPE varchar(20);"
                      : "CREATE TABLE a_new (id integer PRIMARY KEY, n varchar(20), m text, x text);\n"
                        "INSERT INTO a_new (id, n, m) SELECT id, n, m FROM a;\n"
                        "DROP TABLE a;\nALTER TABLE a_new RENAME TO a;");
        const timeline::History history = whole();
        QCOMPARE(table(history, u"a"_s, 2), u"1/2"_s);
        QCOMPARE(columns(history, u"a"_s, 2),
                 engine == Engine::Postgres ? u"id 1/1, n 1/2, m 1/1"_s : u"id 1/1, n 1/2, m 1/1, x 2/2"_s);
    }

    void renamesCarryTheHistory_data() { test::engines(); }
    void renamesCarryTheHistory()
    {
        QFETCH(const Engine, engine);
        m_scratch.emplace(engine);
        migration(u"1_people"_s,
                  "CREATE TABLE people (id integer PRIMARY KEY, mail text CHECK (mail <> ''), n text);\n"
                  "CREATE INDEX people_mail ON people (mail);\n"
                  "CREATE TABLE pets (id integer PRIMARY KEY, owner integer REFERENCES people (id));\n"
                  "CREATE VIEW mails AS SELECT mail FROM people;");
        migration(u"2_extra"_s, "ALTER TABLE people ADD COLUMN extra text;");
        migration(u"3_rename"_s, "ALTER TABLE people RENAME TO users;\n"
                                 "ALTER TABLE users RENAME COLUMN mail TO email;");
        migration(u"4_again"_s, "ALTER TABLE users RENAME email TO address;");
        const timeline::History history = whole();
        QCOMPARE(table(history, u"users"_s, 3), u"1/3"_s);
        QCOMPARE(table(history, u"people"_s, 3), u"-1/-1"_s);
        QCOMPARE(table(history, u"people"_s, 2), u"1/2"_s);
        QCOMPARE(columns(history, u"users"_s, 3), u"id 1/1, email 1/3, n 1/1, extra 2/2"_s);
        QCOMPARE(columns(history, u"users"_s, 4), u"id 1/1, address 1/4, n 1/1, extra 2/2"_s);
        // What only follows is no change of its own.
        QCOMPARE(index(history, u"users"_s, u"people_mail"_s, 4), u"1/1"_s);
        QCOMPARE(table(history, u"pets"_s, 4), u"1/1"_s);
        QCOMPARE(columns(history, u"pets"_s, 4), u"id 1/1, owner 1/1"_s);
        QCOMPARE(table(history, u"mails"_s, 4), u"1/1"_s);
        const QString column = engine == Engine::Sqlite ? u"address"_s : u"mail"_s;  // PostgreSQL lets it be
        QCOMPARE(say(history.provenance.originOf(timeline::columnOf({home(), u"mails"_s}, column), 4)),
                 u"1/1"_s);
    }

    void renamedTypesAndSequencesAreTheSame()
    {
        m_scratch.emplace(Engine::Postgres);
        migration(
            u"1_types"_s,
            "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE DOMAIN tag AS text CHECK (VALUE <> '');\n"
            "CREATE TYPE pair AS (m mood, t tag); CREATE SEQUENCE numbers;\n"
            "CREATE TABLE a (id integer DEFAULT nextval('numbers'), m mood DEFAULT 'good', all_m mood[],"
            " p pair, t tag);\n"
            "CREATE FUNCTION f(m mood) RETURNS integer LANGUAGE sql AS 'SELECT 1';");
        migration(u"2_rename"_s,
                  "ALTER TYPE mood RENAME TO feeling; ALTER DOMAIN tag RENAME TO label;\n"
                  "ALTER TYPE pair RENAME TO both_of; ALTER SEQUENCE numbers RENAME TO counts;");
        migration(u"3_value"_s, "ALTER TYPE feeling RENAME VALUE 'bad' TO 'worse';");
        migration(u"4_other"_s, "ALTER TYPE feeling RENAME TO past; CREATE TYPE feeling AS ENUM ('x');");
        const timeline::History history = whole();
        const auto of = [&](diff::Part::Kind kind, const QString& name, int step,
                            const QString& member = {}) {
            return say(
                history.provenance.originOf({.kind = kind, .owner = {home(), name}, .member = member}, step));
        };
        using Kind = diff::Part::Kind;
        QCOMPARE(of(Kind::Type, u"feeling"_s, 2), u"1/2"_s);
        QCOMPARE(of(Kind::Type, u"mood"_s, 2), u"-1/-1"_s);
        QCOMPARE(of(Kind::Type, u"mood"_s, 1), u"1/1"_s);
        QCOMPARE(of(Kind::Type, u"label"_s, 2), u"1/2"_s);
        QCOMPARE(of(Kind::Type, u"both_of"_s, 2), u"1/2"_s);
        QCOMPARE(of(Kind::Sequence, u"counts"_s, 2), u"1/2"_s);
        QCOMPARE(of(Kind::Type, u"feeling"_s, 3), u"1/3"_s);
        QCOMPARE(of(Kind::Type, u"past"_s, 4), u"1/4"_s);
        QCOMPARE(of(Kind::Type, u"feeling"_s, 4), u"4/4"_s);
        // What only follows is neither new nor changed.
        QCOMPARE(columns(history, u"a"_s, 2), u"id 1/1, m 1/1, all_m 1/1, p 1/1, t 1/1"_s);
        QCOMPARE(columns(history, u"a"_s, 4), u"id 1/1, m 1/1, all_m 1/1, p 1/1, t 1/1"_s);
        QCOMPARE(table(history, u"a"_s, 4), u"1/1"_s);
        QCOMPARE(of(Kind::Routine, u"f"_s, 2, u"m public.feeling"_s), u"1/1"_s);
    }

    void renamedRoutinesAreTheSame()
    {
        m_scratch.emplace(Engine::Postgres);
        migration(
            u"1_made"_s,
            "CREATE SCHEMA other; CREATE TYPE mood AS ENUM ('good');\n"
            "CREATE TABLE a (id integer, n integer);\n"
            "CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';\n"
            "CREATE FUNCTION twice(n text) RETURNS text LANGUAGE sql AS 'SELECT n || n';\n"
            "CREATE PROCEDURE tidy(m mood) LANGUAGE sql AS 'DELETE FROM a';\n"
            "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
            "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);\n"
            "CREATE VIEW v AS SELECT twice(n) AS t FROM a;\n"
            "CREATE TRIGGER on_a BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION touch();");
        migration(
            u"2_rename"_s,
            "ALTER FUNCTION twice(integer) RENAME TO doubled; ALTER PROCEDURE tidy(mood) RENAME TO clean;\n"
            "ALTER FUNCTION touch() RENAME TO stamp; ALTER AGGREGATE total(integer) RENAME TO sum_up;\n"
            "ALTER TYPE mood RENAME TO feeling;");
        migration(u"3_body"_s, "CREATE OR REPLACE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql "
                               "IMMUTABLE AS 'SELECT n + n';");
        migration(u"4_other"_s,
                  "ALTER FUNCTION doubled(integer) SET SCHEMA other;\n"
                  "CREATE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 2';");
        const timeline::History history = whole();
        const auto of = [&](const QString& name, const QString& arguments, int step,
                            const QString& schema = u"public"_s) {
            return say(history.provenance.originOf(
                {.kind = diff::Part::Kind::Routine, .owner = {schema, name}, .member = arguments}, step));
        };
        QCOMPARE(of(u"twice"_s, u"n integer"_s, 1), u"1/1"_s);
        QCOMPARE(of(u"twice"_s, u"n integer"_s, 2), u"-1/-1"_s);
        QCOMPARE(of(u"doubled"_s, u"n integer"_s, 2), u"1/2"_s);
        QCOMPARE(of(u"twice"_s, u"n text"_s, 2), u"1/1"_s);
        QCOMPARE(of(u"clean"_s, u"IN m public.feeling"_s, 2), u"1/2"_s);
        QCOMPARE(of(u"stamp"_s, {}, 2), u"1/2"_s);
        QCOMPARE(of(u"sum_up"_s, u"integer"_s, 2), u"1/2"_s);
        QCOMPARE(of(u"doubled"_s, u"n integer"_s, 3), u"1/3"_s);
        QCOMPARE(of(u"doubled"_s, u"n integer"_s, 4, u"other"_s), u"1/4"_s);
        QCOMPARE(of(u"doubled"_s, u"n integer"_s, 4), u"4/4"_s);
        QCOMPARE(of(u"clean"_s, u"IN m public.feeling"_s, 4), u"1/2"_s);
        // What only follows is neither new nor changed.
        QCOMPARE(table(history, u"a"_s, 4), u"1/1"_s);
        QCOMPARE(table(history, u"v"_s, 3), u"1/1"_s);
    }

    void onlyWhatMovedIsInAnotherSchema()
    {
        m_scratch.emplace(Engine::Postgres);
        migration(u"1_made"_s,
                  "CREATE SCHEMA app; CREATE TABLE stays (id integer); CREATE TABLE goes (id integer);\n"
                  "CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2';\n"
                  "CREATE VIEW v AS SELECT twice(s.id) AS id FROM stays AS s JOIN goes AS g ON g.id = s.id;");
        migration(u"2_move"_s, "ALTER TABLE goes SET SCHEMA app;");
        migration(u"3_all"_s, "ALTER SCHEMA app RENAME TO shop;");
        const timeline::History history = whole();
        QCOMPARE(table(history, u"v"_s, 2), u"1/1"_s);
        QCOMPARE(table(history, u"v"_s, 3), u"1/1"_s);
        QCOMPARE(table(history, u"stays"_s, 3), u"1/1"_s);
    }

    void exchangedNamesAreToldApart_data() { test::engines(); }
    void exchangedNamesAreToldApart()
    {
        QFETCH(const Engine, engine);
        m_scratch.emplace(engine);
        migration(u"1_a"_s, "CREATE TABLE a (x integer, y integer);");
        migration(u"2_b"_s, "CREATE TABLE b (z integer);");
        migration(u"3_swap"_s, "ALTER TABLE a RENAME TO t; ALTER TABLE b RENAME TO a;\n"
                               "ALTER TABLE t RENAME TO b;\n"
                               "ALTER TABLE b RENAME COLUMN x TO w; ALTER TABLE b RENAME COLUMN y TO x;");
        const timeline::History history = whole();
        QCOMPARE(table(history, u"a"_s, 3), u"2/3"_s);
        QCOMPARE(table(history, u"b"_s, 3), u"1/3"_s);
        QCOMPARE(columns(history, u"b"_s, 3), u"w 1/3, x 1/3"_s);
        QCOMPARE(columns(history, u"a"_s, 3), u"z 2/2"_s);
    }

    void aNewTableOfAnOldNameIsNew_data() { test::engines(); }
    void aNewTableOfAnOldNameIsNew()
    {
        QFETCH(const Engine, engine);
        m_scratch.emplace(engine);
        migration(u"1_a"_s, "CREATE TABLE a (id integer, old text);");
        migration(u"2_keep"_s, "ALTER TABLE a RENAME TO a_2024; CREATE TABLE a (id integer, fresh text);");
        migration(u"3_column"_s, "ALTER TABLE a DROP COLUMN id; ALTER TABLE a RENAME COLUMN fresh TO id;");
        const timeline::History history = whole();
        QCOMPARE(columns(history, u"a_2024"_s, 2), u"id 1/1, old 1/1"_s);
        QCOMPARE(table(history, u"a"_s, 2), u"2/2"_s);
        QCOMPARE(columns(history, u"a"_s, 2), u"id 2/2, fresh 2/2"_s);
        QCOMPARE(columns(history, u"a"_s, 3), u"id 2/3"_s);
    }

    void rebuildsBesideTheOldTableKeepItsHistory()
    {
        m_scratch.emplace(Engine::Sqlite);
        migration(u"1_a"_s, "CREATE TABLE \"A\" (id integer PRIMARY KEY, \"N\" text);");
        migration(u"2_away"_s, "ALTER TABLE a RENAME TO a_old;\n"
                               "CREATE TABLE a (id integer PRIMARY KEY, n text NOT NULL DEFAULT '');\n"
                               "INSERT INTO a SELECT id, n FROM a_old; DROP TABLE a_old;");
        migration(u"3_new"_s, "CREATE TABLE b (id integer PRIMARY KEY, n text NOT NULL DEFAULT '');\n"
                              "DROP TABLE a; ALTER TABLE b RENAME TO a;\n"
                              "ALTER TABLE a RENAME COLUMN n TO name;");
        const timeline::History history = whole();
        QCOMPARE(columns(history, u"a"_s, 2), u"id 1/1, n 1/2"_s);
        QCOMPARE(columns(history, u"a"_s, 3), u"id 1/1, name 1/3"_s);
    }

    void postgresKnowsRenamesThatNoTextShows()
    {
        m_scratch.emplace(Engine::Postgres);
        migration(u"1_a"_s,
                  "CREATE SCHEMA s; CREATE TABLE a (id integer CONSTRAINT a_key PRIMARY KEY, n text);\n"
                  "CREATE INDEX a_n ON a (n);");
        migration(u"2_do"_s, "DO $$ BEGIN EXECUTE 'ALTER TABLE a RENAME COLUMN n TO name';\n"
                             "EXECUTE 'ALTER INDEX a_n RENAME TO a_name';\n"
                             "EXECUTE 'ALTER TABLE a RENAME CONSTRAINT a_key TO a_pk'; END $$;");
        migration(u"3_schema"_s, "ALTER TABLE a SET SCHEMA s;");
        const timeline::History history = whole();
        QCOMPARE(columns(history, u"a"_s, 2), u"id 1/1, name 1/2"_s);
        QCOMPARE(index(history, u"a"_s, u"a_name"_s, 2), u"1/2"_s);
        QCOMPARE(say(history.provenance.originOf(timeline::columnOf({u"s"_s, u"a"_s}, u"name"_s), 3)),
                 u"1/2"_s);
        QCOMPARE(
            say(history.provenance.originOf(
                {.kind = diff::Part::Kind::Constraint, .owner = {u"s"_s, u"a"_s}, .member = u"a_pk"_s}, 3)),
            u"1/2"_s);
    }

    void partitionsAndTheirColumnsAreThere()
    {
        m_scratch.emplace(Engine::Postgres);
        migration(u"1_p"_s, "CREATE TABLE p (id integer) PARTITION BY RANGE (id);\n"
                            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);");
        migration(u"2_x"_s, "ALTER TABLE p ADD COLUMN x text;");
        const timeline::History history = whole();
        QCOMPARE(columns(history, u"p1"_s, 2), u"id 1/1, x 2/2"_s);
    }

    void aBrokenMigrationEndsItAndSaysWhy_data() { test::engines(); }
    void aBrokenMigrationEndsItAndSaysWhy()
    {
        QFETCH(const Engine, engine);
        m_scratch.emplace(engine);
        migration(u"1_a"_s, "CREATE TABLE a (id integer);");
        migration(u"2_bad"_s, "CREATE TABLE b (id integer); ALTER TABLE nothing ADD COLUMN x text;");
        migration(u"3_c"_s, "CREATE TABLE c (id integer);");
        const timeline::History history = replayed();
        QVERIFY(!history.isWhole());
        QCOMPARE(history.migrations.size(), 3);
        QCOMPARE(history.lastStep(), 1);
        QVERIFY(history.stopped && history.stopped->message.contains(u"2_bad"_s));
        QVERIFY(history.states.last().table(home(), u"a"_s));
        QVERIFY(!history.states.last().table(home(), u"b"_s));
    }

    void statesAreWhatAReplayMakes_data() { test::engines(); }
    void statesAreWhatAReplayMakes()
    {
        QFETCH(const Engine, engine);
        m_scratch.emplace(engine);
        migration(u"1_a"_s,
                  "CREATE TABLE a (id integer PRIMARY KEY, n text);\nCREATE VIEW v AS SELECT n FROM a;");
        migration(u"2_b"_s, "CREATE TABLE b (a integer REFERENCES a (id));");
        migration(u"3_c"_s, "DROP VIEW v; ALTER TABLE a ADD COLUMN x text; CREATE INDEX a_x ON a (x);");
        const timeline::History history = whole();
        const auto all = project::list(m_scratch->project()).value();
        for (int step = 0; step <= 3; ++step) {
            auto made = shadow::stateAfter(m_scratch->target(), m_scratch->project(), all.first(step));
            QVERIFY(made.has_value());
            QCOMPARE(history.states.at(step), *made);
        }
    }

    void hundredsOfStatesShareWhatStays()
    {
        m_scratch.emplace(Engine::Sqlite);
        constexpr int count = 500;
        QByteArray first;
        for (int i = 0; i < 40; ++i)
            first +=
                "CREATE TABLE t" + QByteArray::number(i) + " (id integer PRIMARY KEY, a text, b text);\n";
        migration(u"0001_all"_s, first);
        for (int i = 2; i <= count; ++i) {
            const QByteArray name = QByteArray::number(i);
            migration(QString::fromLatin1(name.rightJustified(4, '0')) + u"_x"_s,
                      "ALTER TABLE t1 ADD COLUMN c" + name + " integer;");
        }
        int seen = 0;
        qsizetype most = 0;
        const auto history =
            timeline::replay(m_scratch->target(), m_scratch->project(), {}, [&](const timeline::History& so) {
                ++seen;
                most = qMax(most, so.states.size());
            });
        QVERIFY(history && history->isWhole());
        QCOMPARE(seen, count + 1);
        QCOMPARE(most, count + 1);
        const auto early = history->states.at(1);
        const auto late = history->states.at(count);
        QCOMPARE(early.table(u"main"_s, u"t9"_s)->columns.constData(),
                 late.table(u"main"_s, u"t9"_s)->columns.constData());
        QCOMPARE(late.table(u"main"_s, u"t1"_s)->columns.size(), count + 2);
        QCOMPARE(
            say(history->provenance.originOf(timeline::columnOf({u"main"_s, u"t1"_s}, u"c250"_s), count)),
            u"250/250"_s);
    }

    void stopsWhereItIsAndKeepsWhatItHas()
    {
        m_scratch.emplace(Engine::Sqlite);
        for (int i = 1; i <= 5; ++i)
            migration(u"%1_x"_s.arg(i), "CREATE TABLE t" + QByteArray::number(i) + " (id integer);");
        bool isStopped = false;
        const auto history = timeline::replay(
            m_scratch->target(), m_scratch->project(), [&] { return isStopped; },
            [&](const timeline::History& so) { isStopped = so.lastStep() == 2; });
        QVERIFY(history && history->stopped);
        QCOMPARE(history->stopped->kind, ErrorKind::Cancelled);
        QCOMPARE(history->lastStep(), 2);
    }

    void beginsWhereAToolBegins()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"flyway.toml"_s, "[flyway]\nlocations = [\"filesystem:sql\"]\n");
        scratch.write(u"sql/V1__a.sql"_s, "CREATE TABLE a (id integer);");
        scratch.write(u"sql/B2__both.sql"_s, "CREATE TABLE a (id integer); CREATE TABLE b (id integer);");
        scratch.write(u"sql/V2__b.sql"_s, "CREATE TABLE b (id integer);");
        scratch.write(u"sql/V3__c.sql"_s, "CREATE TABLE c (id integer);");
        const auto history = timeline::replay(scratch.target(), scratch.project());
        QVERIFY2(history.has_value(), history ? "" : qPrintable(history.error().oneLine()));
        QVERIFY2(history->isWhole(), history->stopped ? qPrintable(history->stopped->oneLine()) : "");
        QVERIFY(history->passedOver > 0);
        QCOMPARE(history->states.last().tables.size(), 3);
        QVERIFY(history->titleOf(1).startsWith(u"B2"_s));
    }

    void theContentIsThatOfTheScripts()
    {
        m_scratch.emplace(Engine::Sqlite);
        migration(u"1_a"_s, "CREATE TABLE a (id integer);");
        const auto before = timeline::contentOf(m_scratch->target(), m_scratch->project());
        QCOMPARE(timeline::contentOf(m_scratch->target(), m_scratch->project()), before);
        migration(u"1_a"_s, "CREATE TABLE a (id integer, n text);");
        QVERIFY(timeline::contentOf(m_scratch->target(), m_scratch->project()) != before);
    }
};

QTEST_GUILESS_MAIN(TimelineTest)
#include "timeline_test.moc"
