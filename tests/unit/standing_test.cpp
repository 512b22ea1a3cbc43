// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/failure.h"
#include "project/format.h"
#include "project/formats/golang_migrate/golang_migrate.h"
#include "support/migrating.h"
#include "unit/diesel_scratch.h"

#include <QTest>

#include <thread>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
using dewpoint::test::states;
using dewpoint::test::verify;

/// What is said to stand after a failure, against what does; and the session that a run leaves behind.
class StandingTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void drizzle(const Scratch& scratch, const QByteArrayList& scripts)
    {
        const QByteArray dialect = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: '" + dialect + "' }");
        QByteArrayList entries;
        for (const QByteArray& script : scripts) {
            const QByteArray number = QByteArray::number(entries.size());
            entries << "{\"idx\":" + number + ",\"when\":" + number + ",\"tag\":\"000" + number + "_m\"}";
            scratch.write(u"drizzle/000%1_m.sql"_s.arg(number.toInt()), script);
        }
        scratch.write(u"drizzle/meta/_journal.json"_s, "{\"entries\":[" + entries.join(',') + "]}");
    }
    static void prisma(const Scratch& scratch, const QByteArray& up, const QByteArray& down)
    {
        const QByteArray provider = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        scratch.write(u"prisma/schema.prisma"_s, "datasource db {\n  provider = \"" + provider + "\"\n}\n");
        scratch.write(u"prisma/migrations/1_a/migration.sql"_s, up);
        scratch.write(u"prisma/migrations/1_a/down.sql"_s, down);
    }
    static bool isThere(drivers::Connection& connection, const QString& table)
    {
        return connection.query(u"SELECT * FROM "_s + table).has_value();
    }

private Q_SLOTS:
    void aScriptThatCommitsRunsInAWholeRun_data() { test::engines(); }
    void aScriptThatCommitsRunsInAWholeRun()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        drizzle(scratch, {"CREATE TABLE a(id integer);", "CREATE TABLE b(id integer);\nCOMMIT;\n",
                          "CREATE TABLE c(id integer);"});
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"applied 0000_m\napplied 0001_m\napplied 0002_m"_s);
        QVERIFY(!db->inTransaction());
    }

    void whatAScriptCommittedInAWholeRunIsSaidToStand_data() { test::engines(); }
    void whatAScriptCommittedInAWholeRunIsSaidToStand()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        drizzle(scratch, {"CREATE TABLE a(id integer);",
                          "CREATE TABLE b(id integer);--> statement-breakpoint\nCOMMIT;--> "
                          "statement-breakpoint\nSELECT nonsense;"});
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY(isThere(*db, u"a"_s) && isThere(*db, u"b"_s));
        const QString said = report->failure->standing;
        QVERIFY2(said.contains(u"COMMIT or ROLLBACK of its own"_s), qPrintable(said));
        QVERIFY2(said.contains(u"0000_m.sql before it was committed"_s), qPrintable(said));
        QCOMPARE(states(*db, scratch.project()), u"applied 0000_m\npending 0001_m"_s);
    }

    void aRedoOfAScriptThatCommits_data() { test::engines(); }
    void aRedoOfAScriptThatCommits()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);\nCOMMIT;", "DROP TABLE a;");
        scratch.migration(u"2_b"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 2"_s);
    }

    void saysThatACommittedScriptIsNotRecorded_data() { test::engines(); }
    void saysThatACommittedScriptIsNotRecorded()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        scratch.migration(u"2_b"_s, "CREATE TABLE b(id integer);\nALTER TABLE __diesel_schema_migrations "
                                    "RENAME TO gone;\nCOMMIT;");
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY(isThere(*db, u"b"_s));
        const QString said = report->failure->standing;
        QVERIFY2(said.contains(u"what it committed stands"_s) && !said.contains(u"rolled back"_s),
                 qPrintable(said));
    }

    void saysWhatStandsWhenPiecesAreSentOneByOne_data() { test::engines(); }
    void saysWhatStandsWhenPiecesAreSentOneByOne()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.write(u"migrations/1_a.sql"_s,
                      "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE a(id integer);\nSELECT "
                      "nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY(isThere(*db, u"a"_s));
        QVERIFY2(report->failure->standing.contains(u"its statements before the failing one stand"_s),
                 qPrintable(report->failure->standing));
    }

    void aRevertThatFailsIsNotSaidToBeRecorded_data() { test::engines(); }
    void aRevertThatFailsIsNotSaidToBeRecorded()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        prisma(scratch, "CREATE TABLE a(id integer);\nSELECT 1;", "SELECT nonsense;");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const auto report = execute(*db, scratch.project(), Action::Revert, Scope::one());
        QVERIFY(report && report->failure);
        const QString said = report->failure->standing;
        QVERIFY2(!said.contains(u"recorded as failed"_s), qPrintable(said));
        QVERIFY2(said.contains(u"still counts as applied"_s), qPrintable(said));
        QCOMPARE(states(*db, scratch.project()), u"applied 1_a"_s);
    }

    void aProcedureThatCommitsMayLeaveSomething()
    {
        const Scratch scratch(Engine::Postgres);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE t(id integer); CREATE PROCEDURE p() LANGUAGE plpgsql AS "
                                  "$$BEGIN INSERT INTO t VALUES (1); COMMIT; RAISE 'no'; END$$"));
        scratch.write(u"Cargo.toml"_s, "[dependencies]\nsqlx = \"0.8\"\n");
        scratch.write(u"migrations/1_a.sql"_s, "-- no-transaction\nCALL p();");
        auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM t"_s), QStringList{u"1"_s});
        QVERIFY2(report->failure->standing.contains(u"may have committed"_s),
                 qPrintable(report->failure->standing));
        QVERIFY2(!report->failure->standing.contains(u"none of them"_s),
                 qPrintable(report->failure->standing));
        // In a transaction the server refuses the COMMIT, and the reason is not the migration's own SQL.
        scratch.write(u"migrations/1_a.sql"_s, "CALL p();");
        report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->error.sqlState, u"2D000"_s);
        QVERIFY2(report->failure->error.hint.contains(u"commits by itself"_s),
                 qPrintable(report->failure->error.hint));
        QVERIFY2(report->failure->standing.contains(u"rolled back"_s), qPrintable(report->failure->standing));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM t"_s), QStringList{u"1"_s});
    }

    void aConnectionThatIsLostOutsideATransactionIsNotKnown()
    {
        const Scratch scratch(Engine::Postgres);
        scratch.write(u"Cargo.toml"_s, "[dependencies]\nsqlx = \"0.8\"\n");
        scratch.write(u"migrations/1_a.sql"_s,
                      "-- no-transaction\nSELECT pg_terminate_backend(pg_backend_pid());");
        auto db = scratch.connect();
        auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY2(report->failure->standing.contains(u"only a fresh look"_s),
                 qPrintable(report->failure->standing));
        scratch.write(u"migrations/1_a.sql"_s, "SELECT pg_terminate_backend(pg_backend_pid());");
        db = scratch.connect();
        report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY2(report->failure->standing.contains(u"nothing of it stands"_s),
                 qPrintable(report->failure->standing));
    }

    void anUnknownOutcomeIsSaidWhateverItsKind()
    {
        for (const ErrorKind kind : {ErrorKind::Connection, ErrorKind::OutcomeUnknown}) {
            const StepFailure failure{.error = {.kind = kind}, .stage = Stage::Commit};
            const Step step{.migration = {.folder = u"1_a"_s}};
            for (const Failure& told : {describe(failure, step, {}, Engine::Postgres),
                                        describeTogether(failure, step, Engine::Postgres)})
                QVERIFY2(told.standing.contains(u"only a fresh look"_s), qPrintable(told.standing));
        }
    }

    void looksAtTheLedgerUnderTheLock()
    {
        const Scratch scratch(Engine::Postgres);
        for (const QString& number : {u"1"_s, u"3"_s}) {
            scratch.write(u"migrations/%1_m.up.sql"_s.arg(number), "SELECT 1;");
            scratch.write(u"migrations/%1_m.down.sql"_s.arg(number), "SELECT 1;");
        }
        const project::Project project = scratch.project();
        const auto other = scratch.connect();
        verify(execute(*other, project, Action::Run, Scope::one()));
        const auto key = project::formatOf(project).ledger.lockKey(*other, project).value();
        QVERIFY(other->query(u"SELECT pg_advisory_lock(%1)"_s.arg(key)).has_value());
        Result<Report> report;
        std::thread later([&] {
            const auto db = scratch.connect();
            report = execute(*db, project, Action::Run, Scope::all());
        });
        const QString waiting =
            u"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
            u"query LIKE 'SELECT pg_sleep%' AND pid <> pg_backend_pid()"_s;
        const bool waits =
            QTest::qWaitFor([&] { return test::rowsOf(*other, waiting) == QStringList{u"1"_s}; }, 20000);
        const bool marked = other->execute(u"UPDATE schema_migrations SET version = 3, dirty = true"_s)
                            && other->query(u"SELECT pg_advisory_unlock(%1)"_s.arg(key));
        later.join();
        QVERIFY(waits && marked);
        QVERIFY(!report);
        QVERIFY2(report.error().message.contains(u"Dirty database version 3"_s),
                 qPrintable(report.error().oneLine()));
    }

    void aDirtyRowContainsNothing_data() { test::engines(); }
    void aDirtyRowContainsNothing()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.write(u"migrations/1_m.up.sql"_s, "SELECT 1;");
        scratch.write(u"migrations/1_m.down.sql"_s, "SELECT 1;");
        const auto db = scratch.connect();
        const project::Project project = scratch.project();
        verify(execute(*db, project, Action::Run, Scope::all()));
        QVERIFY(db->execute(u"UPDATE schema_migrations SET dirty = true"_s).has_value());
        const auto migrations = project::list(project);
        const auto contains = project::formatOf(project).ledger.contains(*db, project, migrations->first());
        QVERIFY(!contains);
        QCOMPARE(contains.error().kind, ErrorKind::Conflict);
    }

    void leavesTheSessionAsItWas()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        scratch.migration(u"1_a"_s, "SET statement_timeout = '7min';\nSET lock_timeout = '9s';\n"
                                    "SET session_replication_role = replica;\nRESET work_mem;\n"
                                    "SET ROLE pg_monitor;\nRESET ROLE;\nCREATE TABLE a(id integer);\n"
                                    "SET SESSION AUTHORIZATION DEFAULT;");
        scratch.migration(u"2_b"_s, "GRANT ALL ON __diesel_schema_migrations TO pg_monitor;\n"
                                    "SET ROLE pg_monitor;");
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("SET lock_timeout = '5s'; SET work_mem = '5MB'").has_value());
        const QString session =
            u"SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), "
            u"current_setting('session_replication_role'), current_setting('work_mem'), "
            u"current_setting('role'), current_user = session_user"_s;
        const QStringList before = test::rowsOf(*db, session);
        QCOMPARE(before, QStringList{u"0|5s|origin|5MB|none|t"_s});
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, session), before);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM pg_settings WHERE name = 'statement_timeout' AND "
                                   u"source = 'session'"_s),
                 QStringList{u"0"_s});
    }
};

QTEST_GUILESS_MAIN(StandingTest)
#include "standing_test.moc"
