// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "scenarios/compare_rows.h"
#include "scenarios/reset_rows.h"
#include "scenarios/shelf.h"
#include "support/cli_answer.h"
#include "support/rows_fixture.h"
#include "support/rows_of.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using test::RowsFixture;

namespace {

constexpr char shared[] = R"(
CREATE TABLE city (id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE person (id integer PRIMARY KEY, name text, city_id integer REFERENCES city(id), boss_id integer REFERENCES person(id));
CREATE TABLE stay (city_id integer NOT NULL REFERENCES city(id), day text NOT NULL, note text, PRIMARY KEY (city_id, day));
CREATE TABLE loose (a text, b integer);
INSERT INTO city VALUES (1, 'Rome'), (2, 'O''slo'), (3, 'Bern');
INSERT INTO person VALUES (1, 'Ada', 1, NULL), (2, 'Bob', 2, 1), (3, NULL, NULL, 3);
INSERT INTO stay VALUES (1, '2024-01-01', 'x'), (1, '2024-01-02', ''), (2, '2024-01-01', NULL);
INSERT INTO loose VALUES ('a', 1), ('a', 1), (NULL, NULL);
)";

constexpr char changesMade[] = R"(
INSERT INTO city VALUES (4, 'Turin');
UPDATE city SET name = 'Roma' WHERE id = 1;
DELETE FROM stay WHERE city_id = 2;
UPDATE stay SET note = NULL WHERE note = '';
INSERT INTO loose VALUES ('a', 1);
DELETE FROM loose WHERE a IS NULL;
UPDATE person SET boss_id = 2 WHERE id = 1;
)";

QString shown(const Result<scenarios::Changes>& changes)
{
    if (!changes)
        return changes.error().oneLine();
    QStringList lines;
    for (const scenarios::ChangedTable& table : changes->tables)
        lines += u"%1 +%2 ~%3 -%4"_s.arg(table.rows.name, QString::number(table.inserts),
                                         QString::number(table.updates), QString::number(table.deletes));
    lines.sort();
    if (!changes->structure.isEmpty())
        lines += u"structure "_s + changes->structure.join(u' ');
    return lines.join(u", "_s);
}

}  // namespace

/// Rows come back exactly as they were, all or none, and what changed since is counted exactly.
class ScenariosTest final : public QObject
{
    Q_OBJECT
    std::optional<QTemporaryDir> m_state;

    scenarios::Shelf shelf() const { return scenarios::Shelf(m_state->path()); }
    Result<scenarios::Scenario> save(drivers::Connection& connection, const QString& name) const
    {
        transfer::Progress progress;
        return shelf().save(connection, name, progress);
    }
    Result<scenarios::Changes> changes(drivers::Connection& connection,
                                       const scenarios::Scenario& scenario) const
    {
        transfer::Progress progress;
        return scenarios::changesSince(connection, scenario, shelf().fileOf(scenario), progress);
    }
    Result<> reset(drivers::Connection& connection, const scenarios::Scenario& scenario) const
    {
        transfer::Progress progress;
        return scenarios::resetRows(connection, scenario, shelf().fileOf(scenario), progress);
    }
    /// In an order of its own: a table's rows have none.
    static QStringList everything(drivers::Connection& connection, const QStringList& tables)
    {
        QStringList all;
        for (const QString& table : tables)
            for (const QString& row : test::rowsOf(connection, u"SELECT * FROM "_s + table))
                all += u"%1: %2"_s.arg(table, row);
        all.sort();
        return all;
    }
    static QStringList everything(drivers::Connection& connection)
    {
        return everything(connection, {u"city"_s, u"person"_s, u"stay"_s, u"loose"_s});
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
    }
    void init()
    {
        m_state.emplace();
        qputenv("DEWPOINT_STATE_DIR", m_state->path().toUtf8());
    }
    void cleanup() { qunsetenv("DEWPOINT_STATE_DIR"); }

    void bringsRowsBack_data() { test::engines(); }
    void bringsRowsBack()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shared);
        const auto connection = fixture.connect();
        const QStringList before = everything(*connection);
        const auto kept = save(*connection, u" first "_s);
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().oneLine()));
        QCOMPARE(kept->name, u"first"_s);
        QCOMPARE(shown(changes(*connection, *kept)), QString());
        QVERIFY(connection->executeScript(changesMade));
        const auto found = changes(*connection, *kept);
        QCOMPARE(shown(found), u"city +1 ~1 -0, loose +1 ~0 -1, person +0 ~1 -0, stay +0 ~1 -1"_s);
        const auto again = reset(*connection, *kept);
        QVERIFY2(again, qPrintable(again ? QString() : again.error().oneLine()));
        QCOMPARE(everything(*connection), before);
        QCOMPARE(shown(changes(*connection, *kept)), QString());
        QVERIFY(!connection->inTransaction());
        // Its constraints are what they were: a person without a boss who is there is refused.
        QVERIFY(!connection->executeScript("INSERT INTO person VALUES (9, 'x', NULL, 77)"));
    }

    void showsRowsBeforeAndAfter_data() { test::engines(); }
    void showsRowsBeforeAndAfter()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shared);
        const auto connection = fixture.connect();
        const auto kept = save(*connection, u"first"_s);
        QVERIFY(kept
                && connection->executeScript(
                    "UPDATE city SET name = 'Roma' WHERE id = 1; INSERT INTO city VALUES (9, 'Ulm');"));
        const auto found = changes(*connection, *kept);
        QVERIFY(found);
        QCOMPARE(found->tables.size(), 1);
        const auto& rows = found->tables[0].rows.rows;
        QCOMPARE(rows.size(), 2);
        QCOMPARE(displayText(rows[0].after->at(u"name"_s)), u"Ulm"_s);
        QVERIFY(!rows[0].before);
        QCOMPARE(displayText(rows[1].before->at(u"name"_s)), u"Rome"_s);
        QCOMPARE(displayText(rows[1].after->at(u"name"_s)), u"Roma"_s);
        QCOMPARE(displayText(rows[1].key), u"1"_s);
    }

    void refusesAnotherStructure_data() { test::engines(); }
    void refusesAnotherStructure()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shared);
        const auto connection = fixture.connect();
        const auto kept = save(*connection, u"first"_s);
        QVERIFY(kept
                && connection->executeScript("ALTER TABLE city ADD COLUMN size integer; DELETE FROM stay;"));
        const auto again = reset(*connection, *kept);
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Conflict);
        QVERIFY2(again.error().message.contains(u"city"_s), qPrintable(again.error().oneLine()));
        QCOMPARE(test::rowsOf(*connection, u"SELECT count(*) FROM stay"_s), QStringList{u"0"_s});
        QVERIFY(!connection->inTransaction());
        // What can still be compared is.
        const auto found = changes(*connection, *kept);
        QVERIFY(found);
        QVERIFY(!found->structure.isEmpty());
        QCOMPARE(found->notCompared, QStringList{u"city"_s});
        QCOMPARE(found->tables.size(), 1);
        QVERIFY(!found->isNone());
    }

    void whatIsNotComparedIsTold_data() { test::engines(); }
    void whatIsNotComparedIsTold()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shared);
        const QString url = fixture.target().location;
        QCOMPARE(test::runCli({u"scenario"_s, u"save"_s, url, u"first"_s}).code, 0);
        QVERIFY(fixture.connect()->executeScript("ALTER TABLE city ADD COLUMN size integer;"));
        const auto told = test::runCli({u"scenario"_s, u"changes"_s, url, u"first"_s});
        QCOMPARE(told.code, 1);
        QVERIFY2(told.out.contains("city: its rows were not compared"), told.out + told.err);
        const auto json = test::runCli({u"scenario"_s, u"changes"_s, url, u"first"_s, u"--json"_s});
        QVERIFY2(json.out.simplified().contains(R"("not_compared": [ "city" ])"), json.out + json.err);
    }

    void whatACrashLeftIsSweptWhenItIsOld()
    {
        const RowsFixture fixture(Engine::Sqlite, shared);
        const auto leave = [&](const QString& name, qint64 secondsAgo) {
            QFile file(m_state->filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("half") == 4 && file.flush());
            QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-secondsAgo),
                                     QFileDevice::FileModificationTime));
        };
        leave(u"19990101-000000-000.part"_s, 48LL * 60 * 60);
        leave(u"19990101-000000-000.part-journal"_s, 48LL * 60 * 60);
        leave(u"99990101-000000-000.part"_s, 5);
        QVERIFY(save(*fixture.connect(), u"first"_s));
        QCOMPARE(QDir(m_state->path()).entryList({u"*.part*"_s}, QDir::Files),
                 QStringList{u"99990101-000000-000.part"_s});
    }

    void aSequenceThatIsAtItsEndIsPutBack()
    {
        const RowsFixture fixture(
            Engine::Postgres,
            "CREATE SEQUENCE used MAXVALUE 3; CREATE SEQUENCE round MAXVALUE 3 CYCLE;"
            "CREATE SEQUENCE down INCREMENT -1 MINVALUE -2 MAXVALUE -1; CREATE SEQUENCE most;"
            "CREATE SEQUENCE fresh START 7;"
            "SELECT setval('used', 3); SELECT setval('round', 3); SELECT setval('down', -2);"
            "SELECT setval('most', 9223372036854775807);");
        const auto connection = fixture.connect();
        const auto kept = save(*connection, u"first"_s);
        QVERIFY2(kept, kept ? "" : qPrintable(kept.error().oneLine()));
        QVERIFY(connection->executeScript(
            "SELECT setval('used', 1); SELECT setval('round', 1); SELECT setval('down', -1);"
            "SELECT setval('most', 1); SELECT nextval('fresh'); SELECT nextval('fresh');"));
        const auto back = reset(*connection, *kept);
        QVERIFY2(back, back ? "" : qPrintable(back.error().oneLine()));
        QVERIFY(!connection->execute(u"SELECT nextval('used')"_s));
        QVERIFY(!connection->execute(u"SELECT nextval('down')"_s));
        QVERIFY(!connection->execute(u"SELECT nextval('most')"_s));
        QCOMPARE(test::rowsOf(*connection, u"SELECT nextval('round'), nextval('fresh')"_s),
                 QStringList{u"1|7"_s});
    }

    void isAllOrNothing_data() { test::engines(); }
    void isAllOrNothing()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shared);
        const auto connection = fixture.connect();
        const QStringList before = everything(*connection);
        const auto kept = save(*connection, u"first"_s);
        QVERIFY(kept && connection->executeScript(changesMade));
        const QStringList now = everything(*connection);
        const QStringList files = QDir(m_state->path()).entryList(QDir::Files);
        bool saved = false;
        for (int at = 0; !saved; ++at) {
            int asked = 0;
            connection->setStopAsked([&] { return asked++ >= at; });
            saved = save(*connection, u"second"_s).has_value();
            connection->setStopAsked({});
            if (!saved)
                QCOMPARE(QDir(m_state->path()).entryList(QDir::Files), files);
        }
        QCOMPARE(shelf().scenarios().size(), 2);
        bool done = false;
        for (int at = 0; !done; ++at) {
            int asked = 0;
            connection->setStopAsked([&] { return asked++ >= at; });
            done = reset(*connection, *kept).has_value();
            connection->setStopAsked({});
            QVERIFY(!connection->inTransaction());
            QCOMPARE(everything(*connection), done ? before : now);
        }
    }

    void replacesTheOneOfThatName()
    {
        const RowsFixture fixture(Engine::Sqlite, shared);
        const auto connection = fixture.connect();
        QVERIFY(save(*connection, u"one"_s));
        QVERIFY(connection->executeScript("DELETE FROM loose"));
        QVERIFY(save(*connection, u"two"_s));
        const auto again = save(*connection, u"one"_s);
        QVERIFY(again);
        QCOMPARE(shelf().scenarios().size(), 2);
        QCOMPARE(shelf().scenarios()[0].name, u"one"_s);
        QCOMPARE(shown(changes(*connection, *shelf().named(u"one"_s))), QString());
        QCOMPARE(*shelf().named(u"one"_s), *again);
        QVERIFY(shelf().remove(*again));
        QCOMPARE(shelf().scenarios().size(), 1);
        QVERIFY(!shelf().named(u"one"_s));
        QVERIFY(!save(*connection, u"  "_s));
    }

    void tellsStorageClassesApart()
    {
        const RowsFixture fixture(
            Engine::Sqlite,
            "CREATE TABLE t (id INTEGER PRIMARY KEY, v, n TEXT COLLATE NOCASE);"
            "INSERT INTO t VALUES (1, 1, 'a'), (2, x'00', 'b'), (3, 'c', 'c');"
            "CREATE TABLE log (t); "
            "CREATE TRIGGER keeps AFTER DELETE ON t BEGIN INSERT INTO log VALUES (old.id); END;");
        const auto connection = fixture.connect();
        const auto kept = save(*connection, u"first"_s);
        QVERIFY(kept
                && connection->executeScript(
                    "UPDATE t SET v = '1' WHERE id = 1; UPDATE t SET n = 'B' WHERE id = 2;"));
        QCOMPARE(shown(changes(*connection, *kept)), u"t +0 ~2 -0"_s);
        QVERIFY(connection->executeScript("DELETE FROM t"));
        QVERIFY(reset(*connection, *kept));
        QCOMPARE(test::rowsOf(*connection, u"SELECT id, typeof(v), n FROM t ORDER BY id"_s),
                 (QStringList{u"1|integer|a"_s, u"2|blob|b"_s, u"3|text|c"_s}));
        QCOMPARE(test::rowsOf(*connection, u"SELECT * FROM log"_s), QStringList());
    }

    void keepsSequencesTriggersAndPartitions()
    {
        const RowsFixture fixture(Engine::Postgres, R"(
            CREATE TABLE s (id serial PRIMARY KEY, at timestamptz, bytes bytea, list text[],
                twice integer GENERATED ALWAYS AS (3 * 2) STORED);
            CREATE TABLE i (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s integer REFERENCES s);
            CREATE TABLE p (k integer, day date, PRIMARY KEY (k, day)) PARTITION BY RANGE (day);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
            CREATE TABLE base (a integer); CREATE TABLE child (b integer) INHERITS (base);
            CREATE TABLE ring (id integer PRIMARY KEY, lead integer);
            CREATE TABLE member (id integer PRIMARY KEY, ring integer NOT NULL REFERENCES ring);
            ALTER TABLE ring ADD CONSTRAINT leads FOREIGN KEY (lead) REFERENCES member;
            CREATE TABLE log (t text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (TG_OP); RETURN NULL; END';
            CREATE TRIGGER notes AFTER INSERT OR DELETE OR TRUNCATE ON ring EXECUTE FUNCTION note();
            CREATE TRIGGER sleeps AFTER INSERT ON member EXECUTE FUNCTION note();
            ALTER TABLE member DISABLE TRIGGER sleeps;
            INSERT INTO s(at, bytes, list) VALUES ('2024-02-29 12:34:56.123456+02', '\x00ff', ARRAY['a b', NULL, E'c\n\td']), (NULL, '', '{}');
            INSERT INTO i(s) VALUES (1), (2);
            INSERT INTO p VALUES (1, '2020-05-05');
            INSERT INTO base VALUES (1); INSERT INTO child VALUES (2, 3);
            INSERT INTO ring VALUES (1, NULL); INSERT INTO member VALUES (5, 1); UPDATE ring SET lead = 5;)");
        const auto connection = fixture.connect();
        const QStringList names{u"s"_s,     u"i"_s,    u"p"_s,      u"base"_s,
                                u"child"_s, u"ring"_s, u"member"_s, u"log"_s};
        const QStringList before = everything(*connection, names);
        const auto kept = save(*connection, u"first"_s);
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().oneLine()));
        QVERIFY(connection->executeScript(
            "INSERT INTO s DEFAULT VALUES; INSERT INTO i(s) VALUES (3); DELETE FROM p;"
            "UPDATE child SET b = 4; UPDATE ring SET lead = NULL; DELETE FROM member;"
            "UPDATE s SET list = '{x}' WHERE id = 1"));
        QCOMPARE(shown(changes(*connection, *kept)),
                 u"child +1 ~0 -1, i +1 ~0 -0, member +0 ~0 -1, p +0 ~0 -1, ring +0 ~1 -0, s +1 ~1 -0"_s);
        const auto done = reset(*connection, *kept);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().oneLine()));
        QCOMPARE(everything(*connection, names), before);
        QCOMPARE(test::rowsOf(*connection, u"INSERT INTO s DEFAULT VALUES RETURNING id"_s),
                 QStringList{u"3"_s});
        QCOMPARE(test::rowsOf(*connection, u"INSERT INTO i(s) VALUES (1) RETURNING id"_s),
                 QStringList{u"3"_s});
        // What was off stays off, what was on is on again, and the keys are as strict as before.
        QCOMPARE(
            test::rowsOf(
                *connection,
                u"SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"_s),
            (QStringList{u"notes|O"_s, u"sleeps|D"_s}));
        QCOMPARE(
            test::rowsOf(*connection,
                         u"SELECT DISTINCT condeferrable::text FROM pg_constraint WHERE contype = 'f'"_s),
            QStringList{u"false"_s});
    }

    void needsNoSuperuser()
    {
        const RowsFixture fixture(Engine::Postgres, "SELECT 1");
        const auto owner = fixture.connect();
        const QByteArray role = "scenario_" + QByteArray::number(QCoreApplication::applicationPid());
        QVERIFY(owner->executeScript("CREATE ROLE " + role + "; CREATE SCHEMA mine AUTHORIZATION " + role
                                     + "; SET ROLE " + role + "; SET search_path = mine;"
                                     + QByteArray(shared)));
        const auto kept = save(*owner, u"first"_s);
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().oneLine()));
        QVERIFY(owner->executeScript(changesMade));
        const auto done = reset(*owner, *kept);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().oneLine()));
        QCOMPARE(shown(changes(*owner, *kept)), QString());
        QVERIFY(owner->executeScript("RESET ROLE; DROP OWNED BY " + role + "; DROP ROLE " + role));
    }

    void respectsTheGuard_data() { test::engines(); }
    void respectsTheGuard()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shared);
        const auto connection = fixture.connect();
        const auto kept = save(*connection, u"first"_s);
        QVERIFY(kept);
        auto target = fixture.target();
        target.guard = drivers::Guard::ReadOnly;
        const auto guarded = drivers::Connection::open(target);
        QVERIFY(guarded);
        const auto refused = reset(**guarded, *kept);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
        // Reading is what it may do.
        QCOMPARE(shown(changes(**guarded, *kept)), QString());
        QVERIFY(save(**guarded, u"second"_s));
    }

    void comesFromTheShell_data() { test::engines(); }
    void comesFromTheShell()
    {
        QFETCH(const Engine, engine);
        const RowsFixture fixture(engine, shared);
        const QString url = fixture.target().location;
        const auto connection = fixture.connect();
        const auto call = [&](const QStringList& words, const std::optional<QByteArray>& typed = {}) {
            return test::runCli(QStringList{u"scenario"_s} + words, typed);
        };
        const auto kept = call({u"save"_s, url, u"clean"_s});
        QVERIFY2(kept.code == 0, kept.err);
        QVERIFY(kept.out.startsWith("Kept as clean ("));
        QVERIFY(call({u"list"_s, url}).out.contains("  clean  "));
        QCOMPARE(call({u"changes"_s, url, u"clean"_s}).code, 0);
        QVERIFY(connection->executeScript(changesMade));
        const auto changed = call({u"changes"_s, url, u"clean"_s});
        QCOMPARE(changed.code, 1);
        QVERIFY2(changed.out.contains("city: 1 added, 1 changed, 0 deleted\n"), changed.out);
        // Nobody is there to agree; then somebody says no, and then yes.
        QCOMPARE(call({u"reset"_s, url, u"clean"_s}).code, 2);
        const auto no = call({u"reset"_s, url, u"clean"_s}, "n\n");
        QCOMPARE(no.code, 1);
        QVERIFY2(no.err.contains("2 rows added since are deleted, 3 changed and 2 deleted ones"), no.err);
        QCOMPARE(call({u"changes"_s, url, u"clean"_s}).code, 1);
        QCOMPARE(call({u"reset"_s, url, u"clean"_s, u"--yes"_s}).code, 0);
        QCOMPARE(call({u"changes"_s, url, u"clean"_s, u"--json"_s}).code, 0);
        QCOMPARE(call({u"changes"_s, url, u"other"_s}).code, 3);
        QCOMPARE(call({u"drop"_s, url, u"clean"_s}).code, 0);
        QCOMPARE(call({u"list"_s, url}).out, "");
        QCOMPARE(call({u"nonsense"_s, url}).code, 2);
        QCOMPARE(call({u"save"_s}).code, 2);
    }
};

QTEST_GUILESS_MAIN(ScenariosTest)
#include "scenarios_test.moc"
