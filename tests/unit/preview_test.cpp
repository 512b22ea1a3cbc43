// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "shadow/outside_effects.h"
#include "shadow/replay.h"
#include "unit/diesel_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// The replay on a scratch database: by the run's own rules, and without a trace on the server.
class PreviewTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

private Q_SLOTS:
    void refusesWhatTheWholeServerShares_data()
    {
        QTest::addColumn<bool>("refused");
        for (const char* sql :
             {"CREATE ROLE r",
              "GRANT a TO b",
              "REVOKE ADMIN OPTION FOR a FROM b",
              "GRANT CONNECT ON DATABASE d TO r",
              "REVOKE CREATE ON TABLESPACE t FROM r",
              "GRANT SET ON PARAMETER work_mem TO r",
              "GRANT a /* ON TABLE t */ TO b",
              "GRANT a TO b -- ON SCHEMA s",
              "COMMENT ON DATABASE d IS 'x'",
              "COMMENT ON ROLE r IS 'x'",
              "COMMENT ON TABLESPACE t IS 'x'",
              "SECURITY LABEL FOR p ON ROLE r IS 'x'",
              "SECURITY LABEL ON DATABASE d IS 'x'",
              "alter -- x\n database d SET work_mem = '1MB'",
              "REASSIGN OWNED BY a TO b",
              "ALTER SYSTEM SET work_mem = '1MB'",
              "UPDATE pg_database SET datallowconn = false",
              "DELETE FROM pg_catalog.pg_auth_members",
              "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles) THEN CREATE ROLE r; END IF; END $$",
              "DO $$ BEGIN GRANT a TO b; END $$",
              "PREPARE TRANSACTION 'x'",
              "SELECT pg_create_physical_replication_slot('x')",
              "SELECT lo_export(1, '/tmp/x')",
              "SELECT dblink_exec('dbname=d', 'DROP TABLE t')",
              "CREATE TABLE t AS SELECT dblink_exec('dbname=d', 'DROP TABLE t')",
              "CREATE TEMP TABLE t (a) AS SELECT dblink_exec('dbname=d', 'DROP TABLE t')",
              "CREATE MATERIALIZED VIEW v AS SELECT lo_export(1, '/tmp/x')",
              "SELECT dblink_exec('dbname=d', 'DROP TABLE t') INTO t",
              "VALUES (dblink_exec('dbname=d', 'DROP TABLE t'))",
              "COPY (SELECT dblink_exec('dbname=d', 'DROP TABLE t')) TO stdout",
              "CREATE USER MAPPING FOR r SERVER s",
              "ALTER USER MAPPING FOR r SERVER s OPTIONS (SET password 'x')",
              "DO $$ BEGIN CREATE USER MAPPING FOR r SERVER s; END $$",
              "COPY t TO PROGRAM 'x'",
              "COPY t FROM '/x'"})
            QTest::newRow(sql) << true;
        for (const char* sql :
             {"GRANT SELECT ON t TO r", "GRANT ALL ON SCHEMA s TO r WITH GRANT OPTION",
              "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC",
              "COMMENT ON TABLE t IS 'ON DATABASE d'", "COMMENT ON COLUMN database.role IS 'x'",
              "CREATE TABLE role(database text)", "CREATE TABLE t (a int DEFAULT lo_export(1, 'x'))",
              "CREATE VIEW v AS SELECT lo_export(1, 'x')",
              "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r", "CREATE POLICY p ON t TO r",
              "COPY t FROM stdin", "PREPARE p AS SELECT 1", "UPDATE pg_databases SET x = 1",
              "INSERT INTO t VALUES ('CREATE ROLE r')",
              "DO $$ BEGIN GRANT SELECT ON t TO r; PERFORM 1; END $$",
              "CREATE FUNCTION f() RETURNS void AS $$ SELECT lo_export(1, 'x') $$ LANGUAGE sql"})
            QTest::newRow(sql) << false;
    }
    void refusesWhatTheWholeServerShares()
    {
        QFETCH(const bool, refused);
        const QString script = u"SELECT 1;\n"_s + QString::fromLatin1(QTest::currentDataTag()) + u';';
        QCOMPARE(!shadow::refuseOutsideEffects(script, Engine::Postgres).has_value(), refused);
    }

    void leavesTheServersRolesAlone()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        scratch.migration(u"1_a"_s, "CREATE ROLE shadow_made;\nCREATE TABLE a(id int);\n"
                                    "GRANT SELECT ON a TO pg_monitor;\nGRANT pg_monitor TO CURRENT_USER;\n"
                                    "COMMENT ON ROLE pg_monitor IS 'mine';\nDROP ROLE pg_monitor;");
        const auto db = scratch.connect();
        const QString members = u"SELECT count(*) FROM pg_auth_members WHERE roleid = 'pg_monitor'::regrole "
                                u"AND member = current_user::regrole"_s;
        const QString made = u"SELECT count(*) FROM pg_roles WHERE rolname = 'shadow_made'"_s;
        const auto preview = shadow::preview(*db, scratch.project(), u"1"_s, u"1"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QVERIFY(preview->after.table(u"public"_s, u"a"_s));
        QCOMPARE(test::rowsOf(*db, members), QStringList{u"0"_s});
        QCOMPARE(test::rowsOf(*db, made), QStringList{u"0"_s});
    }

    void rolesBehindAByteOrderMarkAreLeftAloneToo()
    {
        const QByteArray mark("\xEF\xBB\xBF");
        const auto kept =
            shadow::withoutRoles(mark + "CREATE ROLE r; CREATE TABLE é(id int)", Engine::Postgres);
        QVERIFY2(kept, kept ? "" : qPrintable(kept.error().oneLine()));
        QCOMPARE(*kept, mark + QByteArray(13, ' ') + "; CREATE TABLE é(id int)");
    }

    void nothingIsWrittenToAnotherServer()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        const auto db = scratch.connect();
        const auto settings =
            test::rowsOf(*db,
                         u"SELECT current_database(), current_setting('port'), split_part(current_setting("
                         "'unix_socket_directories'), ',', 1), current_user"_s)
                .value(0)
                .split(u'|');
        const auto made = db->executeScript("CREATE EXTENSION postgres_fdw; CREATE TABLE target (id int);");
        QVERIFY2(made, made ? "" : qUtf8Printable(made.error().oneLine()));
        const auto migration = [&](const QString& more) {
            scratch.migration(
                u"1_a"_s,
                u"CREATE EXTENSION IF NOT EXISTS postgres_fdw;\n"
                "CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname '%1', port '%2', host "
                "'%3');\n"
                "CREATE USER MAPPING FOR CURRENT_USER SERVER other OPTIONS (user '%4', password_required "
                "'false');\n"
                "CREATE FOREIGN TABLE there (id int) SERVER other OPTIONS (table_name 'target');\n"_s
                        .arg(settings[0], settings[1], settings[2], settings[3])
                        .toUtf8()
                    + more.toUtf8());
        };
        migration(u"INSERT INTO there VALUES (1);"_s);
        QVERIFY(!shadow::preview(*db, scratch.project(), u"1"_s, u"1"_s));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM target"_s), QStringList{u"0"_s});
        migration({});
        const auto preview = shadow::preview(*db, scratch.project(), u"1"_s, u"1"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
    }

    void aRoleThatIsMissingIsSaid()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        scratch.migration(u"1_a"_s, "CREATE ROLE shadow_made;\nCREATE TABLE a(id int);\n"
                                    "GRANT SELECT ON a TO shadow_made;");
        const auto preview = shadow::preview(*scratch.connect(), scratch.project(), u"1"_s, u"1"_s);
        QVERIFY(!preview);
        QVERIFY2(preview.error().message.contains(u"shadow_made"_s), qPrintable(preview.error().oneLine()));
        QVERIFY2(preview.error().hint.contains(u"CREATE ROLE"_s), qPrintable(preview.error().oneLine()));
    }

    void statementsOnRolesBecomeBlanks()
    {
        const auto blanks = [](qsizetype count) { return QByteArray(count, ' '); };
        QCOMPARE(shadow::withoutRoles("SELECT 'ä';\nCREATE ROLE \"é\"\n  LOGIN;\nSELECT 2;", Engine::Postgres)
                     .value(),
                 "SELECT 'ä';\n" + blanks(16) + "\n" + blanks(7) + ";\nSELECT 2;");
        const QByteArray kept =
            "GRANT SELECT ON t TO r; CREATE SERVER s FOREIGN DATA WRAPPER w; SELECT 'DROP ROLE r'";
        QCOMPARE(shadow::withoutRoles(kept, Engine::Postgres).value(), kept);
        QVERIFY(!shadow::withoutRoles("DROP OWNED BY r", Engine::Postgres));
    }

    void makesTheSchemasOfTheSearchPath()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id int);");
        drivers::Target target = scratch.target();
        target.location += uR"( options='-csearch_path="My\\ App",app,pg_catalog')"_s;
        const auto plain = scratch.connect();
        QVERIFY(plain->executeScript(R"(CREATE SCHEMA "My App"; CREATE SCHEMA app)").has_value());
        const auto db = drivers::Connection::open(target).value();
        const auto preview = shadow::preview(*db, scratch.project(), u"1"_s, u"1"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QVERIFY(preview->after.table(u"My App"_s, u"a"_s));
    }

    void rebuildsATableThatOthersReferTo()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"prisma/schema.prisma"_s, "datasource db {\n  provider = \"sqlite\"\n}\n");
        scratch.write(u"prisma/migrations/1_a/migration.sql"_s,
                      "CREATE TABLE p(id integer PRIMARY KEY);\nCREATE TABLE c(p integer REFERENCES p(id));\n"
                      "INSERT INTO p VALUES (1);\nINSERT INTO c VALUES (1);\n");
        scratch.write(u"prisma/migrations/2_b/migration.sql"_s,
                      "PRAGMA foreign_keys=OFF;\nCREATE TABLE n(id integer PRIMARY KEY, x text);\n"
                      "INSERT INTO n(id) SELECT id FROM p;\nDROP TABLE p;\nALTER TABLE n RENAME TO p;\n"
                      "PRAGMA foreign_keys=ON;\n");
        const auto db = scratch.connect();
        const auto preview = shadow::preview(*db, scratch.project(), u"2_b"_s, u"2_b"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QVERIFY(preview->after.table(u"main"_s, u"p"_s)->column(u"x"_s));
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && !report->failure);
    }

    void enforcesForeignKeysAsTheToolDoes()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"migrations/1_a.sql"_s,
                      "-- +goose Up\nCREATE TABLE p(id integer PRIMARY KEY);\n"
                      "CREATE TABLE c(p integer REFERENCES p(id));\nINSERT INTO c VALUES (1);\n");
        const auto db = scratch.connect();
        const auto preview = shadow::preview(*db, scratch.project(), u"1"_s, u"1"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && !report->failure);
    }
};

QTEST_GUILESS_MAIN(PreviewTest)
#include "preview_test.moc"
