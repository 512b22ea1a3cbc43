// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/checksum.h"
#include "project/formats/prisma/prisma.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>
#include <QUrl>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace prisma = dewpoint::project::prisma;
using dewpoint::test::verify;

/// Prisma Migrate: its files, its rows of attempts, and what it refuses; on both engines.
class PrismaTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void migration(const Scratch& scratch, const QString& name, const QByteArray& up,
                          const QByteArray& down = {})
    {
        scratch.write(u"prisma/migrations/%1/migration.sql"_s.arg(name), up);
        if (!down.isEmpty())
            scratch.write(u"prisma/migrations/%1/down.sql"_s.arg(name), down);
    }
    static void two(const Scratch& scratch)
    {
        const QByteArray provider = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        scratch.write(u"prisma/schema.prisma"_s, "datasource db {\n  provider = \"" + provider
                                                     + "\"\n  url = env(\"DATABASE_URL\")\n}\n");
        migration(scratch, u"20250101000000_a"_s, "CREATE TABLE a(id integer);\nINSERT INTO a VALUES (1);\n",
                  "DROP TABLE a;");
        migration(scratch, u"20260101000000_b"_s, "CREATE TABLE b(id integer);\nINSERT INTO b VALUES (1);\n",
                  "DROP TABLE b;");
        scratch.write(u"prisma/migrations/migration_lock.toml"_s, "provider = \"" + provider + "\"\n");
    }
    static QString states(drivers::Connection& connection, const project::Project& project)
    {
        return test::states(connection, project, u"\n"_s, &project::Migration::name);
    }
    static QStringList ledger(drivers::Connection& connection)
    {
        return test::rowsOf(
            connection, u"SELECT migration_name, checksum, finished_at IS NULL, rolled_back_at IS NULL, "
                        "logs IS NULL, applied_steps_count, length(id) FROM _prisma_migrations ORDER BY 1"_s);
    }

private Q_SLOTS:
    void readsTheDatasource_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("variable") << u"datasource db {\n provider = \"sqlite\"\n url = env(\"X_URL\")\n}"_s
                                  << u"sqlite||X_URL"_s;
        QTest::newRow("literal")
            << u"// datasource no { provider = \"x\" }\ndatasource d{provider=\"postgresql\" url=\"postgres://h/d\"}"_s
            << u"postgresql|postgres://h/d|"_s;
        QTest::newRow("in a comment")
            << u"datasource db {\n// url = \"no\"\n provider = \"sqlite\"\n}"_s << u"sqlite||"_s;
        QTest::newRow("none") << u"model A { id Int @id }"_s << u"||"_s;
    }
    void readsTheDatasource()
    {
        QFETCH(const QString, schema);
        const auto source = prisma::readDatasource(schema);
        QTEST(source.provider + u'|' + source.url + u'|' + source.variable, "meaning");
    }

    void findsTheProject()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u".env"_s, "DATABASE_URL=\"file:./dev.db\"\n");
        const auto project = scratch.project();
        QCOMPARE(project.tool, u"prisma"_s);
        QCOMPARE(project.directory, scratch.path(u"prisma/migrations"_s));
        QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"prisma/dev.db"_s));
        scratch.write(u".env"_s,
                      "DATABASE_URL=\"postgres://u@h/d?schema=app&connection_limit=3&sslmode=require\"\n");
        QCOMPARE(scratch.project().databaseUrl,
                 u"postgres://u@h/d?sslmode=require&options=-csearch_path%3Dapp"_s);
    }

    void aSchemaWithCapitalsIsOne()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        QVERIFY(scratch.connect()->executeScript(R"(CREATE SCHEMA "My, App"; CREATE SCHEMA "MyApp")"));
        const QString url = scratch.url();
        const QString separator = url.contains(u'?') ? u"&"_s : u"?"_s;
        for (const QString& name : {u"MyApp"_s, u"My, App"_s}) {
            const auto target = project::givenTarget(
                scratch.project(),
                url + separator + u"schema="_s + QString::fromLatin1(QUrl::toPercentEncoding(name)));
            QVERIFY(target);
            const auto db = drivers::Connection::open(*target);
            QVERIFY2(db, db ? "" : qPrintable(db.error().oneLine()));
            QCOMPARE(test::rowsOf(**db, u"SELECT current_schema()"_s), QStringList{name});
        }
    }

    /// The engine writes milliseconds, the adapters text: of two attempts the later one counts.
    void theLatestAttemptCountsWhateverItsTimeIsWrittenAs_data()
    {
        QTest::addColumn<QString>("older");
        QTest::addColumn<QString>("newer");
        const QString text = u"'2026-01-02T00:00:00.000+00:00'"_s;
        const QString early = u"1735689600000"_s;  // 2025
        const QString late = u"1798761600000"_s;   // 2027
        QTest::newRow("text, then a number") << text << late;
        QTest::newRow("a number, then text") << early << text;
        QTest::newRow("numbers") << early << late;
    }
    void theLatestAttemptCountsWhateverItsTimeIsWrittenAs()
    {
        QFETCH(const QString, older);
        QFETCH(const QString, newer);
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::one()));
        const QString sum = test::rowsOf(*db, u"SELECT checksum FROM _prisma_migrations"_s).first();
        const QString name = u"20250101000000_a"_s;
        const auto attempt = [&](const QString& time, const QString& checksum) {
            return db->execute(
                u"INSERT INTO _prisma_migrations (id, checksum, started_at, finished_at, "
                u"migration_name) VALUES (%1, '%2', %1, %1, '%3')"_s.arg(time, checksum, name));
        };
        QVERIFY(db->execute(u"DELETE FROM _prisma_migrations"_s).has_value());
        QVERIFY(attempt(newer, sum).has_value());
        QVERIFY(attempt(older, u"of an older file"_s).has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied a\npending b"_s);
    }

    void anAttemptThatFailedCountsBeforeOneThatEnded()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::one()));
        QVERIFY(db->execute(u"INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name) "
                            "VALUES ('x', 'y', 1, '20250101000000_a')"_s));
        QCOMPARE(states(*db, scratch.project()), u"failed a\npending b"_s);
        const auto refused = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"P3009"_s), qPrintable(refused.error().oneLine()));
        QVERIFY(db->execute(u"UPDATE _prisma_migrations SET rolled_back_at = 2 WHERE id = 'x'"_s));
        QCOMPARE(states(*db, scratch.project()), u"applied a\npending b"_s);
    }

    void readsTheConfigurationOfSeven()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"db/schema.prisma"_s, "datasource db {\n  provider = \"sqlite\"\n}\n");
        scratch.write(
            u"prisma.config.ts"_s,
            "import { defineConfig, env } from 'prisma/config';\nexport default defineConfig({\n  schema: "
            "'db/schema.prisma',\n  migrations: { path: 'db/steps' },\n  datasource: { url: env('X_URL') "
            "},\n});\n");
        scratch.write(u".env"_s, "X_URL=file:./x.db\n");
        const auto project = scratch.project();
        QCOMPARE(project.directory, scratch.path(u"db/steps"_s));
        QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"x.db"_s));
    }

    void writesRowsAsTheEngineDoes_data() { test::engines(); }
    void writesRowsAsTheEngineDoes()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending a\npending b"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const bool postgres = engine == Engine::Postgres;
        const QString flags = postgres ? u"f|t|t|1|36"_s : u"0|1|1|1|36"_s;
        QCOMPARE(
            ledger(*db),
            (QStringList{
                u"20250101000000_a|%1|%2"_s.arg(
                    project::sha256("CREATE TABLE a(id integer);\nINSERT INTO a VALUES (1);\n"), flags),
                u"20260101000000_b|%1|%2"_s.arg(
                    project::sha256("CREATE TABLE b(id integer);\nINSERT INTO b VALUES (1);\n"), flags)}));
        if (!postgres)
            QCOMPARE(
                test::rowsOf(
                    *db,
                    u"SELECT DISTINCT typeof(started_at), typeof(finished_at) FROM _prisma_migrations"_s),
                QStringList{u"integer|integer"_s});
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));
        QCOMPARE(states(*db, scratch.project()), u"applied a\npending b"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(ledger(*db), QStringList{});
    }

    void tellsEditsButNotLineEndings_data() { test::engines(); }
    void tellsEditsButNotLineEndings()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        migration(scratch, u"20250101000000_a"_s,
                  "CREATE TABLE a(id integer);\r\nINSERT INTO a VALUES (1);\r\n");
        migration(scratch, u"20260101000000_b"_s, "CREATE TABLE b(id bigint);\n");
        migration(scratch, u"20240101000000_late"_s,
                  "CREATE TABLE late(id integer);\nINSERT INTO late VALUES (1);\n");
        QCOMPARE(states(*db, scratch.project()), u"out-of-order late\napplied a\nmodified b"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(QDir(scratch.path(u"prisma/migrations/20240101000000_late"_s)).removeRecursively());
        QCOMPARE(states(*db, scratch.project()).section(u'\n', 0, 0), u"missing 20240101000000_late"_s);
    }

    void aFailedRowBlocks_data() { test::engines(); }
    void aFailedRowBlocks()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        migration(scratch, u"20270101000000_c"_s, "SELECT nonsense;");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(states(*db, scratch.project()), u"applied a\napplied b\nfailed c"_s);
        const bool postgres = engine == Engine::Postgres;
        QVERIFY(ledger(*db).last().endsWith(postgres ? u"t|t|f|0|36"_s : u"1|1|0|0|36"_s));
        QVERIFY(
            execute(*db, scratch.project(), Action::Run, Scope::all()).error().message.contains(u"P3009"_s));
        // What prisma migrate resolve --rolled-back does.
        QVERIFY(db->executeScript(
                      postgres
                          ? "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL"
                          : "UPDATE _prisma_migrations SET rolled_back_at = 1 WHERE finished_at IS NULL")
                    .has_value());
        migration(scratch, u"20270101000000_c"_s, "SELECT 1;");
        QCOMPARE(states(*db, scratch.project()), u"applied a\napplied b\npending c"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(
            test::rowsOf(*db, u"SELECT count(*) FROM _prisma_migrations WHERE migration_name LIKE '%c'"_s),
            QStringList{u"2"_s});
    }

    void aFailureInATransactionLeavesNoRow_data() { test::engines(); }
    void aFailureInATransactionLeavesNoRow()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        migration(scratch, u"20270101000000_c"_s, "CREATE TABLE c(id integer);\nSELECT nonsense;");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(states(*db, scratch.project()), u"applied a\napplied b\npending c"_s);
    }

    void keepsTheRowsThatReferToARedefinedTable()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        migration(scratch, u"20270101000000_c"_s,
                  "CREATE TABLE p(id integer PRIMARY KEY);\nCREATE TABLE c(p integer REFERENCES p(id) ON "
                  "DELETE CASCADE);\n"
                  "INSERT INTO p VALUES (1);\nINSERT INTO c VALUES (1);\n");
        migration(scratch, u"20270102000000_d"_s,
                  "-- RedefineTables\nPRAGMA defer_foreign_keys=ON;\nPRAGMA foreign_keys=OFF;\nCREATE TABLE "
                  "new_p(id integer "
                  "PRIMARY KEY, x text);\nINSERT INTO new_p(id) SELECT id FROM p;\nDROP TABLE p;\nALTER "
                  "TABLE new_p RENAME TO "
                  "p;\nPRAGMA foreign_keys=ON;\nPRAGMA defer_foreign_keys=OFF;\n");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM c"_s), QStringList{u"1"_s});
    }

    void refusesADatabaseThatNobodyBaselined_data() { test::engines(); }
    void refusesADatabaseThatNobodyBaselined()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE old(id integer)").has_value());
        QVERIFY(
            execute(*db, scratch.project(), Action::Run, Scope::all()).error().message.contains(u"P3005"_s));
    }

    void readsTimesAsText()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(
            db->executeScript(
                  "UPDATE _prisma_migrations SET finished_at = 1795254462924 WHERE migration_name LIKE '%a';"
                  "UPDATE _prisma_migrations SET finished_at = '2026-11-21T09:47:42.175+00:00' WHERE "
                  "migration_name LIKE '%b'")
                .has_value());
        const auto now = status(*db, scratch.project());
        QCOMPARE(now->migrations.first().appliedAt, u"2026-11-21 09:47:42.924"_s);
        QCOMPARE(now->migrations.last().appliedAt, u"2026-11-21T09:47:42.175+00:00"_s);
    }

    void refusesAFolderWithoutItsFile()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        QDir(scratch.path()).mkpath(u"prisma/migrations/stray"_s);
        QVERIFY(project::list(scratch.project()).error().message.contains(u"P3015"_s));
    }

    void generatesItsFiles()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"prisma/schema.prisma"_s,
                      "datasource db {\n  provider = \"sqlite\"\n  url = \"file:x.db\"\n}\n");
        const QDateTime now(QDate(2026, 6, 29), QTime(14, 52, 8), QTimeZone::UTC);
        const auto first = generate(scratch.project(), {.name = u"Add Users!"_s, .now = now});
        const auto second =
            generate(scratch.project(), {.name = u"addEmail"_s, .up = "A;", .down = "B;", .now = now});
        QVERIFY2(first, first ? "" : qPrintable(first.error().oneLine()));
        QCOMPARE(first->version, u"20260629145208_add_users"_s);
        QCOMPARE(second->version, u"20260629145209_add_email"_s);
        QCOMPARE(scratch.read(u"prisma/migrations/20260629145208_add_users/migration.sql"_s),
                 "-- This is an empty migration."_ba);
        QCOMPARE(scratch.read(u"prisma/migrations/migration_lock.toml"_s),
                 "# Please do not edit this file manually\n# It should be added in your version-control "
                 "system (e.g., Git)\n"
                 "provider = \"sqlite\"\n"_ba);
        QVERIFY(!first->reversible() && second->reversible());
    }

    void doesNotRevertPastAFailedOne_data() { test::engines(); }
    void doesNotRevertPastAFailedOne()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"prisma/migrations/20270101000000_c/migration.sql"_s, "SELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        const QString before = test::states(*db, scratch.project());
        QVERIFY(before.contains(u"failed 20270101000000_c"_s));
        for (const Action action : {Action::Revert, Action::Redo}) {
            const auto refused = execute(*db, scratch.project(), action, Scope::one());
            QVERIFY(!refused);
            QVERIFY2(refused.error().hint.contains(u"repair --clear-failed"_s),
                     qPrintable(refused.error().oneLine()));
        }
        QCOMPARE(test::states(*db, scratch.project()), before);
    }

    void refusesAFileThatIsNotUtf8()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"prisma/migrations/20270101000000_c/migration.sql"_s,
                      "CREATE TABLE c(x text DEFAULT '\xff');\n");
        const auto db = scratch.connect();
        QVERIFY(test::refusal(*db, scratch.project()).contains(u"valid UTF-8"_s));
        QVERIFY(!ledger::exists(*db, {.schema = {}, .name = u"a"_s}).value());
    }

    void makesTheSchemaThatItsUrlNames()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        const QString url = scratch.url();
        const auto target = project::givenTarget(
            scratch.project(), url + (url.contains(u'?') ? u"&"_s : u"?"_s) + u"schema=My%20App"_s);
        QVERIFY(target);
        const auto db = drivers::Connection::open(*target).value();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(
            test::rowsOf(*db, u"SELECT schemaname FROM pg_tables WHERE tablename = '_prisma_migrations'"_s),
            QStringList{u"My App"_s});
    }
};

QTEST_GUILESS_MAIN(PrismaTest)
#include "prisma_test.moc"
