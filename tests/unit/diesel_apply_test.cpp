// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "shadow/replay.h"
#include "shadow/shadow_database.h"
#include "support/migrating.h"
#include "unit/diesel_scratch.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Run, revert and redo on real databases of both engines, by Diesel's rules.
class DieselApplyTest final : public QObject
{
    Q_OBJECT

    static QStringList versions(drivers::Connection& connection)
    {
        return test::rowsOf(connection, u"SELECT version FROM __diesel_schema_migrations ORDER BY version"_s);
    }
    static void two(const test::DieselScratch& scratch)
    {
        scratch.migration(u"2024-01-01-000000-0000_a"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        scratch.migration(u"2024-01-02-000000-0000_b"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
    }
    static QString states(drivers::Connection& connection, const project::Project& project)
    {
        return test::states(connection, project, u"\n"_s, &project::Migration::name);
    }

private Q_SLOTS:
    void writesTheLedgerCellByCell_data() { test::engines(); }
    void writesTheLedgerCellByCell()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && !report->failure);
        QCOMPARE(versions(*db), (QStringList{u"202401010000000000"_s, u"202401020000000000"_s}));
        const QString ranOn = test::rowsOf(*db, u"SELECT run_on FROM __diesel_schema_migrations"_s).first();
        QVERIFY(QRegularExpression(u"^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?$"_s)
                    .match(ranOn)
                    .hasMatch());
        const QDateTime utc(QDate::fromString(ranOn.first(10), Qt::ISODate),
                            QTime::fromString(ranOn.mid(11, 8)), QTimeZone::UTC);
        QVERIFY2(std::abs(utc.secsTo(QDateTime::currentDateTimeUtc())) < 120, qPrintable(ranOn));
    }

    void whatWasNotAgreedToIsNotRun_data() { test::engines(); }
    void whatWasNotAgreedToIsNotRun()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        const auto now = status(*db, scratch.project());
        QVERIFY(now);
        const auto steps = plan(*now, Action::Run, Scope::all());
        QVERIFY(steps && steps->size() == 2);
        const auto agreed = agreementTo(scratch.project(), *steps);
        QVERIFY(agreed);
        scratch.migration(u"2024-01-02-000000-0000_b"_s, "CREATE TABLE other(id integer);", "DROP TABLE b;");
        const auto changed = execute(*db, scratch.project(), Action::Run, Scope::all(), {}, *agreed);
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, ErrorKind::Conflict);
        two(scratch);
        scratch.migration(u"2024-01-03-000000-0000_c"_s, "CREATE TABLE c(id integer);", "DROP TABLE c;");
        QVERIFY(!execute(*db, scratch.project(), Action::Run, Scope::all(), {}, *agreed));
        QCOMPARE(states(*db, scratch.project()), u"pending a\npending b\npending c"_s);
        const Scope asAgreed = Scope::to(steps->last().migration.version);
        const auto report = execute(*db, scratch.project(), Action::Run, asAgreed, {}, *agreed);
        QVERIFY(report && !report->failure);
        QCOMPARE(states(*db, scratch.project()), u"applied a\napplied b\npending c"_s);
    }

    void whereOthersWereFasterTheRestOfWhatWasAgreedRuns_data() { test::engines(); }
    void whereOthersWereFasterTheRestOfWhatWasAgreedRuns()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        const auto other = scratch.connect();
        const auto agreedTo = [&](Action action, const Scope& scope) {
            const auto now = status(*db, scratch.project());
            return agreementTo(scratch.project(), *plan(*now, action, scope)).value();
        };
        const auto byOthers = [](const Result<Report>& report) {
            QList<bool> list;
            for (const Done& done : report && !report->failure ? report->done : QList<Done>())
                list.append(done.byOthers);
            return list;
        };
        Agreed agreed = agreedTo(Action::Run, Scope::all());
        QVERIFY(execute(*other, scratch.project(), Action::Run, Scope::one()));
        auto report = execute(*db, scratch.project(), Action::Run, Scope::all(), {}, agreed);
        QCOMPARE(byOthers(report), (QList<bool>{true, false}));
        QCOMPARE(states(*db, scratch.project()), u"applied a\napplied b"_s);
        report = execute(*db, scratch.project(), Action::Run, Scope::all(), {}, agreed);
        QCOMPARE(byOthers(report), (QList<bool>{true, true}));
        // One more that was not agreed to is not the rest of it.
        agreed = agreedTo(Action::Revert, Scope::one());
        QVERIFY(execute(*other, scratch.project(), Action::Revert, Scope::one()));
        report = execute(*db, scratch.project(), Action::Revert, Scope::one(), {}, agreed);
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Conflict);
        QCOMPARE(states(*db, scratch.project()), u"applied a\npending b"_s);
    }

    void whatTookItsTimeIsNotRunAgainToFindThePlace()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE SEQUENCE tries; CREATE TABLE held (id integer PRIMARY KEY);"));
        const auto tried = [&] { return test::rowsOf(*db, u"SELECT last_value FROM tries"_s).first(); };
        const QByteArray fails = "INSERT INTO held VALUES (1), (1);";
        scratch.migration(u"1_a"_s, "SELECT nextval('tries');\n" + fails);
        auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->line, 2);
        QCOMPARE(tried(), u"2"_s);
        scratch.migration(u"1_a"_s, "SELECT nextval('tries');\nSELECT pg_sleep(2.1);\n" + fails);
        report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->error.kind, ErrorKind::Unique);
        QCOMPARE(tried(), u"3"_s);
    }

    void theSecondTryIsBounded()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE SEQUENCE tries; CREATE TABLE held (id integer PRIMARY KEY);"));
        scratch.migration(u"1_a"_s, "SELECT CASE WHEN nextval('tries') > 1 THEN pg_sleep(60) END;\n"
                                    "INSERT INTO held VALUES (1), (1);");
        QElapsedTimer timer;
        timer.start();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->error.kind, ErrorKind::Unique);
        QVERIFY(timer.elapsed() < 30000);
    }

    void statusIsAPureRead_data() { test::engines(); }
    void statusIsAPureRead()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending a\npending b"_s);
        QVERIFY(!status(*db, scratch.project())->ledgerExists);
        QVERIFY(versions(*db).first().startsWith(u"error"_s));
    }

    void runsOneOrUpToAVersion_data() { test::engines(); }
    void runsOneOrUpToAVersion()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        scratch.migration(u"2024-01-03_c"_s, "CREATE TABLE c(id integer);", "DROP TABLE c;");
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::one()).has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied a\npending b\npending c"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::to(u"2024-01-02-000000-0000_b"_s))
                    .has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied a\napplied b\npending c"_s);
        QCOMPARE(execute(*db, scratch.project(), Action::Run, Scope::to(u"77"_s)).error().kind,
                 ErrorKind::InvalidInput);
    }

    void revertsNewestFirst_data() { test::engines(); }
    void revertsNewestFirst()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        QVERIFY(execute(*db, scratch.project(), Action::Revert, Scope::one()).has_value());
        QCOMPARE(versions(*db), QStringList{u"202401010000000000"_s});
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM b"_s).value(0).startsWith(u"error"_s));
        QVERIFY(execute(*db, scratch.project(), Action::Revert, Scope::all()).has_value());
        QCOMPARE(versions(*db), QStringList{});
        QVERIFY(execute(*db, scratch.project(), Action::Revert, Scope::one())->done.isEmpty());
    }

    void refusesToRevertWithoutDownSql_data() { test::engines(); }
    void refusesToRevertWithoutDownSql()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        QVERIFY(execute(*db, scratch.project(), Action::Revert, Scope::one())
                    .error()
                    .message.contains(u"no down SQL"_s));
        QCOMPARE(versions(*db), QStringList{u"1"_s});
    }

    void redoesInOneTransaction_data() { test::engines(); }
    void redoesInOneTransaction()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        const auto fine = execute(*db, scratch.project(), Action::Redo, Scope::all());
        QVERIFY(fine && !fine->failure);
        QCOMPARE(fine->done.size(), 4);
        // The up of b fails now: a and b must still be there, with their rows.
        scratch.migration(u"2024-01-02-000000-0000_b"_s, "CREATE TABLE b(id integer);\nSELECT nonsense;");
        const auto broken = execute(*db, scratch.project(), Action::Redo, Scope::all());
        QVERIFY(broken && broken->failure);
        QVERIFY(broken->done.isEmpty());
        QCOMPARE(broken->failure->line, 2);
        QCOMPARE(versions(*db).size(), 2);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM b"_s), QStringList{u"0"_s});
        QVERIFY(!db->inTransaction());
    }

    void aFailureLeavesTheEarlierOnesAndNothingOfItsOwn_data() { test::engines(); }
    void aFailureLeavesTheEarlierOnesAndNothingOfItsOwn()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        scratch.migration(u"2024-01-03_c"_s,
                          "CREATE TABLE c(id integer);\n-- ä comment\nINSERT INTO nowhere VALUES (1);\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->done.size(), 2);
        QCOMPARE(report->failure->line, 3);
        QCOMPARE(report->failure->statement, u"INSERT INTO nowhere VALUES (1)"_s);
        QVERIFY(report->failure->standing.contains(u"rolled back"_s));
        QCOMPARE(versions(*db).size(), 2);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM c"_s).value(0).startsWith(u"error"_s));
    }

    void findsTheStatementThatARowViolates_data() { test::engines(); }
    void findsTheStatementThatARowViolates()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer PRIMARY KEY);\nINSERT INTO a VALUES (1);\n  "
                                    "INSERT INTO a VALUES (1);\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->error.kind, ErrorKind::Unique);
        QCOMPARE(report->failure->line, 3);
        QCOMPARE(report->failure->column, 3);
        QVERIFY(!db->inTransaction());
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM a"_s).value(0).startsWith(u"error"_s));
    }

    void refusesAnEmptyFileButNotAComment_data() { test::engines(); }
    void refusesAnEmptyFileButNotAComment()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_comment"_s, "-- Your SQL goes here\n");
        scratch.migration(u"2_empty"_s, "");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->error.message, u"Attempted to run an empty migration."_s);
        QCOMPARE(versions(*db), QStringList{u"1"_s});
    }

    void runsOutsideATransactionWhenMetadataSaysSo_data() { test::engines(); }
    void runsOutsideATransactionWhenMetadataSaysSo()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        scratch.migration(u"2_out"_s,
                          engine == Engine::Postgres ? "CREATE INDEX CONCURRENTLY i ON a(id);" : "VACUUM;");
        scratch.write(u"migrations/2_out/metadata.toml"_s, "run_in_transaction = false\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY2(report && !report->failure,
                 report && report->failure ? qPrintable(report->failure->oneLine()) : "");
        QCOMPARE(versions(*db), (QStringList{u"1"_s, u"2"_s}));
    }

    void marksMissingAndOutOfOrder_data() { test::engines(); }
    void marksMissingAndOutOfOrder()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        QVERIFY(QDir(scratch.path(u"migrations/2024-01-01-000000-0000_a"_s)).removeRecursively());
        scratch.migration(u"2023_late"_s, "CREATE TABLE late(id integer);");
        QCOMPARE(states(*db, scratch.project()),
                 u"out-of-order late\nmissing 202401010000000000\napplied b"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied late\nmissing 202401010000000000\napplied b"_s);
    }

    void stopsBetweenMigrations_data() { test::engines(); }
    void stopsBetweenMigrations()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        int finished = 0;
        const Watch watch{
            .stopRequested = [&] { return finished == 1; },
            .progress =
                [&](const Progress& progress) { finished += progress.phase == Progress::Phase::Finished; }};
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all(), watch);
        QVERIFY(report && report->stopped && !report->failure);
        QCOMPARE(versions(*db).size(), 1);
    }

    void keepsTheLedgerInPlaceWhenAMigrationChangesTheSearchPath()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        scratch.migration(
            u"1_dump"_s,
            "SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.a(id int);");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && !report->failure);
        QCOMPARE(versions(*db), QStringList{u"1"_s});
    }

    void previewsTheSampleShop_data() { test::engines(); }
    void previewsTheSampleShop()
    {
        QFETCH(const Engine, engine);
        const QString source = qEnvironmentVariable("DEWPOINT_SOURCE");
        QVERIFY2(!source.isEmpty(), "DEWPOINT_SOURCE: ctest names it");
        const test::DieselScratch scratch(engine);
        const auto db = scratch.connect();
        const auto shop = project::detect(
            source + (engine == Engine::Sqlite ? u"/resources/demo/sqlite"_s : u"/resources/demo/postgres"_s),
            {});
        const QString version = u"202606291452080000"_s;
        const auto preview = shadow::preview(*db, **shop, version, version);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        const QString schema = engine == Engine::Sqlite ? u"main"_s : u"public"_s;
        QVERIFY(preview->before.table(schema, u"users"_s)->column(u"phone"_s));
        QVERIFY(!preview->after.table(schema, u"users"_s)->column(u"phone"_s));
        QVERIFY(!preview->after.table(schema, u"__diesel_schema_migrations"_s));
    }

    void dropsTheShadowDatabase()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        const auto db = scratch.connect();
        QString name;
        {
            auto shadow = shadow::ShadowDatabase::make(scratch.target());
            QVERIFY(shadow.has_value());
            name = test::rowsOf(shadow->connection(), u"SELECT current_database()"_s).first();
            QVERIFY(name.startsWith(u"dewpoint_shadow_"_s));
        }
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM pg_database WHERE datname = '%1'"_s.arg(name)),
                 QStringList{u"0"_s});
    }

    void sweepsShadowsThatACrashLeft()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(db->execute(u"CREATE DATABASE dewpoint_shadow_1_left TEMPLATE template0"_s).has_value());
        QVERIFY(shadow::preview(*db, scratch.project(), u"202401020000000000"_s, u"202401020000000000"_s)
                    .has_value());
        QCOMPARE(
            test::rowsOf(*db, u"SELECT count(*) FROM pg_database WHERE datname = 'dewpoint_shadow_1_left'"_s),
            QStringList{u"0"_s});
    }

    void namesTheEarlierMigrationThatDoesNotReplay_data() { test::engines(); }
    void namesTheEarlierMigrationThatDoesNotReplay()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_broken"_s, "CREATE TABLE;");
        scratch.migration(u"2_fine"_s, "CREATE TABLE a(id integer);");
        scratch.migration(u"3_outside"_s,
                          engine == Engine::Sqlite ? "ATTACH 'x.db' AS x;" : "CREATE DATABASE other;");
        const auto db = scratch.connect();
        QVERIFY(
            shadow::preview(*db, scratch.project(), u"2"_s, u"2"_s).error().message.contains(u"1_broken"_s));
        scratch.migration(u"1_broken"_s, "SELECT 1;");
        QCOMPARE(shadow::preview(*db, scratch.project(), u"3"_s, u"3"_s).error().kind,
                 ErrorKind::Unsupported);
    }

    void refusesAFileThatIsNotUtf8BeforeAnythingRan()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.migration(u"2024-01-03-000000-0000_c"_s, "CREATE TABLE c(x text DEFAULT '\xff');", "");
        const auto db = scratch.connect();
        QVERIFY(test::refusal(*db, scratch.project()).contains(u"did not contain valid UTF-8"_s));
        QVERIFY(!ledger::exists(*db, {.schema = {}, .name = u"a"_s}).value());
    }
};

QTEST_GUILESS_MAIN(DieselApplyTest)
#include "diesel_apply_test.moc"
