// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/downs.h"
#include "session/session_rules.h"
#include "store/recent_sql.h"
#include "support/cli_answer.h"
#include "support/migrating.h"
#include "unit/diesel_scratch.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// `migrate rehearse`, `run --park` and `check --downs`, and their exit codes.
class CliRehearseTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;

    static test::CliAnswer run(const test::DieselScratch& scratch, const QStringList& words)
    {
        return test::runCli(QStringList{u"migrate"_s} + words
                            + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()});
    }
    /// One applied, with rows; one pending, that drops a column of them.
    static void prepare(const test::DieselScratch& scratch)
    {
        scratch.migration(u"1_people"_s,
                          "CREATE TABLE people(id integer PRIMARY KEY, phone text);"
                          "INSERT INTO people VALUES (1, 'a'), (2, 'b'), (3, NULL);",
                          "DROP TABLE people;");
        QCOMPARE(run(scratch, {u"run"_s}).code, 0);
        scratch.migration(u"2_drop"_s, "ALTER TABLE people DROP COLUMN phone;",
                          "ALTER TABLE people ADD COLUMN phone text;");
    }
    static QJsonObject json(const test::CliAnswer& answer)
    {
        return QJsonDocument::fromJson(answer.out).object();
    }

private Q_SLOTS:
    void init() { qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8()); }

    void exitCodesTellWhatCameBack_data() { test::engines(); }
    void exitCodesTellWhatCameBack()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        const auto lost = run(scratch, {u"rehearse"_s});
        QCOMPARE(lost.code, 1);
        QVERIFY2(lost.out.contains("loses 2 values of people.phone"), lost.out + lost.err);
        QVERIFY2(lost.out.contains("live database is untouched"), lost.out);
        const auto parked = run(scratch, {u"rehearse"_s, u"--park"_s, u"--json"_s});
        QVERIFY2(parked.code == 0, parked.out + parked.err);
        QCOMPARE(json(parked)[u"verdict"_s].toString(), u"comes-back"_s);
        QCOMPARE(json(parked)[u"live_checksum_before"_s], json(parked)[u"live_checksum_after"_s]);
        QVERIFY(parked.err.isEmpty());
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--no-down"_s}).code, 0);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--count"_s, u"0"_s}).code, 2);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--shadow"_s, scratch.url()}).code, 2);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--to"_s, u"9"_s}).code, 2);
        scratch.migration(u"2_drop"_s, "ALTER TABLE people DROP COLUMN nothing;", "SELECT 1;");
        const auto failing = run(scratch, {u"rehearse"_s});
        QCOMPARE(failing.code, 1);
        QVERIFY2(failing.err.contains("nothing"), failing.err);
        QVERIFY2(failing.out.contains("on the copy, and it failed"), failing.out);
    }

    void aRevertIsRehearsed_data() { test::engines(); }
    void aRevertIsRehearsed()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        QCOMPARE(run(scratch, {u"run"_s, u"--no-backup"_s}).code, 0);
        const auto fine = run(scratch, {u"rehearse"_s, u"--revert"_s});
        QVERIFY2(fine.code == 0, fine.out + fine.err);
        QVERIFY2(
            fine.out.contains("2_drop: reverted on a copy and run again, and structure and rows came back"),
            fine.out);
        QVERIFY(fine.out.indexOf("Reverted 2_drop") < fine.out.indexOf("Ran 2_drop"));
        const QStringList both{u"rehearse"_s, u"--revert"_s, u"--count"_s, u"2"_s, u"--json"_s};
        const auto all = run(scratch, both);
        QCOMPARE(all.code, 0);
        QCOMPARE(json(all)[u"action"_s].toString(), u"revert"_s);
        QCOMPARE(json(all)[u"migrations"_s].toArray().size(), 2);
        QCOMPARE(json(all)[u"live_checksum_before"_s], json(all)[u"live_checksum_after"_s]);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("INSERT INTO people VALUES (9)"));
        const auto loses = run(scratch, both);
        QCOMPARE(loses.code, 1);
        QVERIFY2(loses.out.contains("1 row of people"), loses.out);
        const auto to = run(scratch, {u"rehearse"_s, u"--revert"_s, u"--to"_s, u"1"_s, u"--json"_s});
        QCOMPARE(json(to)[u"migrations"_s].toArray().size(), 1);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--revert"_s, u"--to"_s, u"9"_s}).code, 2);
        QCOMPARE(run(scratch, {u"check"_s}).code, 0);
    }

    void sqlThatIsNoMigrationIsRehearsed_data() { test::engines(); }
    void sqlThatIsNoMigrationIsRehearsed()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        const QTemporaryDir folder;
        const auto file = [&](const QString& name, const QByteArray& text) {
            QFile made(folder.filePath(name));
            return made.open(QIODevice::WriteOnly) && made.write(text) > 0 ? made.fileName() : QString();
        };
        const QString up = file(u"up.sql"_s, "ALTER TABLE people ADD COLUMN mail text;");
        const QString down = file(u"down.sql"_s, "ALTER TABLE people DROP COLUMN mail;");
        const auto fine = test::runCli({u"migrate"_s, u"rehearse"_s, u"--up"_s, up, u"--down"_s, down,
                                        u"--project"_s, folder.path(), u"--db"_s, scratch.url()});
        QVERIFY2(fine.code == 0, fine.out + fine.err);
        QVERIFY2(fine.out.contains("up.sql: ran on a copy and came back"), fine.out);
        QVERIFY2(fine.out.contains("live database is untouched"), fine.out);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--up"_s, up, u"--no-down"_s}).code, 0);
        const auto oneWay = run(scratch, {u"rehearse"_s, u"--up"_s, up, u"--json"_s});
        QCOMPARE(oneWay.code, 1);
        QCOMPARE(json(oneWay)[u"verdict"_s].toString(), u"no-down"_s);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--up"_s, down}).code, 1);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--down"_s, down}).code, 2);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--up"_s, up, u"--revert"_s}).code, 2);
        const auto db = scratch.connect();
        QVERIFY(!db->query(u"SELECT mail FROM people"_s));
    }

    void queriesThatWouldBreakAreTold_data() { test::engines(); }
    void queriesThatWouldBreakAreTold()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        const auto target = project::givenTarget(scratch.project(), scratch.url()).value();
        QVERIFY(store::rememberSql(target, u"SELECT phone FROM people"_s));
        QVERIFY(store::rememberSql(target, u"SELECT id FROM people"_s));
        const auto text = run(scratch, {u"rehearse"_s, u"--no-down"_s});
        QCOMPARE(text.code, 0);
        QVERIFY2(text.out.contains("would run no more:\n  Run lately: SELECT phone FROM people — "),
                 text.out);
        const QJsonArray broken =
            json(run(scratch, {u"rehearse"_s, u"--no-down"_s, u"--json"_s}))[u"broken_queries"_s].toArray();
        QCOMPARE(broken.size(), 1);
        QCOMPARE(broken[0][u"kind"_s].toString(), u"recent"_s);
        QCOMPARE(broken[0][u"sql"_s].toString(), u"SELECT phone FROM people"_s);
        QVERIFY(broken[0][u"message"_s].toString().contains(u"phone"_s));
    }

    void parkedValuesComeBack_data() { test::engines(); }
    void parkedValuesComeBack()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        const auto there = run(scratch, {u"run"_s, u"--park"_s, u"--no-backup"_s});
        QVERIFY2(there.code == 0 && there.out.contains("Parked 2 values of people.phone"),
                 there.out + there.err);
        // Nobody takes the parking for drift, and the status is clean.
        QCOMPARE(run(scratch, {u"check"_s}).code, 0);
        const auto drift = test::runCli({u"schema"_s, u"drift"_s, u"--check"_s, u"--project"_s,
                                         scratch.path(), u"--db"_s, scratch.url()});
        QVERIFY2(drift.code == 0, drift.out + drift.err);
        const auto back = run(scratch, {u"revert"_s, u"--no-backup"_s, u"--json"_s});
        QCOMPARE(back.code, 0);
        QCOMPARE(json(back)[u"put_back"_s].toArray()[0].toObject()[u"rows"_s].toInt(), 2);
        const auto db = scratch.connect();
        QCOMPARE(test::rowsOf(*db, u"SELECT phone FROM people ORDER BY id"_s),
                 (QStringList{u"a"_s, u"b"_s, u"∅"_s}));
    }

    void aRehearsalCanBeDemanded_data() { test::engines(); }
    void aRehearsalCanBeDemanded()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--demand"_s, u"on"_s}).code, 0);
        const auto refused = run(scratch, {u"run"_s});
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("2_drop"), refused.err);
        QCOMPARE(run(scratch, {u"rehearse"_s}).code, 1);
        // An edited migration is another one.
        scratch.migration(u"2_drop"_s, "ALTER TABLE people DROP COLUMN phone; ", "SELECT 1;");
        QCOMPARE(run(scratch, {u"run"_s}).code, 3);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--no-down"_s}).code, 0);
        QCOMPARE(run(scratch, {u"run"_s}).code, 0);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--demand"_s, u"off"_s}).code, 0);
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--demand"_s, u"perhaps"_s}).code, 2);
    }

    void aDemandThatCannotBeReadIsNotForgotten_data() { test::engines(); }
    void aDemandThatCannotBeReadIsNotForgotten()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        prepare(scratch);
        QDir folder(m_state.filePath(u"rehearsals"_s));
        folder.removeRecursively();
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--demand"_s, u"on"_s}).code, 0);
        const QStringList files = folder.entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QFile file(folder.filePath(files.first()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"demanded\": tr") > 0);
        file.close();
        // The first reader moves it aside; the second one must not take that for "nothing is demanded".
        for (int i = 0; i < 2; ++i) {
            const auto refused = run(scratch, {u"run"_s});
            QCOMPARE(refused.code, 3);
            QVERIFY2(refused.err.contains("--demand on"), refused.err);
        }
        QCOMPARE(run(scratch, {u"rehearse"_s}).code, 1);  // tried, but its outcome is not kept
        QVERIFY(!file.exists());
        QCOMPARE(run(scratch, {u"run"_s}).code, 3);
        QVERIFY(folder.mkdir(files.first()));  // there, and no reading it
        QCOMPARE(run(scratch, {u"run"_s}).code, 3);
        QVERIFY(folder.rmdir(files.first()));
        QCOMPARE(run(scratch, {u"rehearse"_s, u"--demand"_s, u"off"_s}).code, 0);
        QCOMPARE(run(scratch, {u"run"_s}).code, 0);
    }

    void whatWasRehearsedIsWhatRuns()
    {
        const test::ProjectScratch scratch(Engine::Postgres);
        scratch.write(u"Cargo.toml"_s, "[package]\nname = 'a'\n[dependencies]\nsqlx = '0.8'\n");
        scratch.write(u"migrations/1_a.sql"_s, "CREATE TABLE a (id integer);");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        QCOMPARE(test::runCli(QStringList{u"migrate"_s, u"rehearse"_s, u"--demand"_s, u"on"_s} + there).code,
                 0);
        (void)test::runCli(QStringList{u"migrate"_s, u"rehearse"_s} + there);
        const auto db = scratch.connect();
        QProcess program;
        {
            // Another run has the tool's lock: this one waits with what it has checked.
            const auto other = scratch.connect();
            const auto locked = session::SessionRules::enter(*other, scratch.project());
            QVERIFY(locked);
            program.start(qEnvironmentVariable("DEWPOINT_BIN"), QStringList{u"migrate"_s, u"run"_s} + there);
            QTRY_COMPARE_WITH_TIMEOUT(
                test::rowsOf(*db,
                             u"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
                             "query LIKE 'SELECT pg_sleep(0.1%'"_s),
                QStringList{u"1"_s}, 20000);
            scratch.write(u"migrations/1_a.sql"_s, "CREATE TABLE b (id integer);");
        }
        QVERIFY(program.waitForFinished());
        const QByteArray error = program.readAllStandardError();
        QVERIFY2(program.exitCode() == 3 && error.contains("rehearsed before"), error);
        QCOMPARE(test::rowsOf(*db, u"SELECT to_regclass('b') IS NULL"_s), QStringList{u"t"_s});
        QCOMPARE(test::runCli(QStringList{u"migrate"_s, u"rehearse"_s, u"--demand"_s, u"off"_s} + there).code,
                 0);
    }

    void downsThatLieAreFound_data() { test::engines(); }
    void downsThatLieAreFound()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer PRIMARY KEY, x integer);", "DROP TABLE a;");
        scratch.migration(u"2_lies"_s, "CREATE INDEX i ON a(x); CREATE INDEX j ON a(x);", "DROP INDEX i;");
        scratch.migration(u"3_fails"_s, "CREATE TABLE b(id integer);", "DROP TABLE other;");
        scratch.migration(u"4_fine"_s, "CREATE TABLE c(id integer);", "DROP TABLE c;");
        scratch.migration(u"5_none"_s, "CREATE TABLE d(id integer);");
        QCOMPARE(run(scratch, {u"run"_s, u"--no-backup"_s}).code, 0);
        QCOMPARE(run(scratch, {u"check"_s}).code, 0);
        const auto answer = run(scratch, {u"check"_s, u"--downs"_s, u"--json"_s});
        QCOMPARE(answer.code, 1);
        const QJsonObject downs = json(answer)[u"downs"_s].toObject();
        QCOMPARE(downs.keys(), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
        QVERIFY(downs[u"1"_s].toObject()[u"restores"_s].toBool());
        QVERIFY(!downs[u"2"_s].toObject()[u"restores"_s].toBool());
        QVERIFY(downs[u"2"_s].toObject()[u"problem"_s].toString().contains(u"index j"_s));
        QVERIFY(!downs[u"3"_s].toObject()[u"restores"_s].toBool());
        QVERIFY(downs[u"4"_s].toObject()[u"restores"_s].toBool());
        QVERIFY(!json(run(scratch, {u"status"_s, u"--json"_s})).contains(u"downs"_s));
        // Kept by what the files say: an edit forgets it and what is behind it.
        const auto known = rehearse::knownDowns(scratch.project(), engine);
        QCOMPARE(known.size(), 4);
        scratch.migration(u"2_lies"_s, "CREATE INDEX i ON a(x);", "DROP INDEX i;");
        QCOMPARE(rehearse::knownDowns(scratch.project(), engine).keys(), QStringList{u"1"_s});
        const auto again = rehearse::tryDowns(scratch.target(), scratch.project());
        QVERIFY(again && again->value(u"2"_s).restores);
    }
};

QTEST_GUILESS_MAIN(CliRehearseTest)
#include "cli_rehearse_test.moc"
