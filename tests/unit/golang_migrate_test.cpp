// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/golang_migrate/golang_migrate.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace golang_migrate = dewpoint::project::golang_migrate;
using dewpoint::test::states;
using dewpoint::test::verify;

/// golang-migrate: one row with a version, dirty when something went wrong; on both engines.
class GolangMigrateTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void two(const Scratch& scratch)
    {
        scratch.write(u"migrations/000001_a.up.sql"_s,
                      "CREATE TABLE a(id integer);\nINSERT INTO a VALUES (1);\n");
        scratch.write(u"migrations/000001_a.down.sql"_s, "DROP TABLE a;\n");
        scratch.write(u"migrations/000003_b.up.sql"_s,
                      "CREATE TABLE b(id integer);\nINSERT INTO b VALUES (1);\n");
        scratch.write(u"migrations/000003_b.down.sql"_s, "DROP TABLE b;\n");
    }
    static QString row(drivers::Connection& connection)
    {
        return test::rowsOf(
                   connection,
                   u"SELECT version, CASE WHEN dirty THEN 'dirty' ELSE 'clean' END FROM schema_migrations"_s)
            .join(u',');
    }

private Q_SLOTS:
    void knowsTheProgramsLock()
    {
        QCOMPARE(golang_migrate::lockKeyFor("public", "schema_migrations", "/mydb"), 616192132LL);
        QCOMPARE(golang_migrate::lockKeyFor("public", "schema_migrations", "mydb"), 2103762914LL);
    }

    void keepsOneRow_data() { test::engines(); }
    void keepsOneRow()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        QCOMPARE(scratch.project().tool, u"golang-migrate"_s);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 1\npending 3"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::one()));
        QCOMPARE(row(*db), u"1|clean"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(row(*db), u"3|clean"_s);
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        QCOMPARE(row(*db), u"3|clean"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));
        QCOMPARE(row(*db), u"1|clean"_s);
        QCOMPARE(states(*db, scratch.project()), u"applied 1\npending 3"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(row(*db), QString());
    }

    void makesTheToolsTable_data() { test::engines(); }
    void makesTheToolsTable()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        if (engine == Engine::Sqlite)
            QCOMPARE(
                test::rowsOf(
                    *db,
                    u"SELECT sql FROM sqlite_schema WHERE tbl_name = 'schema_migrations' ORDER BY name"_s),
                (QStringList{u"CREATE TABLE schema_migrations (version uint64,dirty bool)"_s,
                             u"CREATE UNIQUE INDEX version_unique ON schema_migrations (version)"_s}));
        else
            QCOMPARE(
                test::rowsOf(
                    *db,
                    u"SELECT attname, format_type(atttypid, -1), attnotnull FROM pg_attribute WHERE attrelid = 'schema_migrations'::regclass AND attnum > 0"_s),
                (QStringList{u"version|bigint|t"_s, u"dirty|boolean|t"_s}));
    }

    void neverRunsALowerOne_data() { test::engines(); }
    void neverRunsALowerOne()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        scratch.write(u"migrations/000002_late.up.sql"_s, "CREATE TABLE late(id integer);");
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 2\napplied 3"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM late"_s).value(0).startsWith(u"error"_s));
        for (const QString& half : {u"up"_s, u"down"_s})
            QVERIFY(QFile::remove(scratch.path(u"migrations/000003_b.%1.sql"_s.arg(half))));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 2\nmissing 3"_s);
        QCOMPARE(execute(*db, scratch.project(), Action::Revert, Scope::one()).error().kind,
                 ErrorKind::NotFound);
    }

    void aVersionWithOnlyADownCounts_data() { test::engines(); }
    void aVersionWithOnlyADownCounts()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/000002_only.down.sql"_s, "CREATE TABLE undone(id integer);\n");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 1\npending 2\npending 3"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::first(2)));
        QCOMPARE(row(*db), u"2|clean"_s);
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 2\npending 3"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(row(*db), u"3|clean"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));
        QCOMPARE(row(*db), u"2|clean"_s);  // not 1: the tool goes to the version before, and that is 2
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));
        QCOMPARE(row(*db), u"1|clean"_s);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM undone"_s), QStringList{u"0"_s});
    }

    void aFailureInATransactionLeavesTheVersionBefore_data() { test::engines(); }
    void aFailureInATransactionLeavesTheVersionBefore()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/000004_c.up.sql"_s, "CREATE TABLE c(id integer);\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(row(*db), u"3|clean"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM c"_s).value(0).startsWith(u"error"_s));
    }

    void aFailureAloneLeavesItDirty_data() { test::engines(); }
    void aFailureAloneLeavesItDirty()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/000004_c.up.sql"_s, "SELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY2(report->failure->standing.contains(u"recorded as failed"_s),
                 qPrintable(report->failure->standing));
        QCOMPARE(row(*db), u"4|dirty"_s);
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 3\nfailed 4"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all())
                    .error()
                    .message.contains(u"Dirty database version 4"_s));
    }

    void runsWhatMustBeAlone_data() { test::engines(); }
    void runsWhatMustBeAlone()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/000004_c.up.sql"_s,
                      engine == Engine::Postgres ? "CREATE INDEX CONCURRENTLY i ON a(id);" : "VACUUM;");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(row(*db), u"4|clean"_s);
    }

    void aTriggerIsOneStatement()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(
            u"migrations/000004_c.up.sql"_s,
            "CREATE TABLE c(id integer);\nCREATE TRIGGER t AFTER INSERT ON c BEGIN UPDATE c SET id = 1; "
            "SELECT 1; END;\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(row(*db), u"3|clean"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM c"_s).value(0).startsWith(u"error"_s));
    }

    void aFunctionIsOneStatement()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        scratch.write(
            u"migrations/000004_c.up.sql"_s,
            "CREATE TABLE c(id integer);\nCREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ "
            "LANGUAGE plpgsql;\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(row(*db), u"3|clean"_s);
    }

    void generatesEmptyPairs()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto made = generate(scratch.project(), {.name = u"add_x"_s});
        QCOMPARE(made->folder, u"000004_add_x.up.sql"_s);
        QCOMPARE(scratch.read(u"migrations/000004_add_x.up.sql"_s), QByteArray());
        QCOMPARE(scratch.read(u"migrations/000004_add_x.down.sql"_s), QByteArray());
        QCOMPARE(generate(scratch.project(), {.name = u"y"_s, .version = u"3"_s}).error().kind,
                 ErrorKind::Conflict);
    }

    void theUrlNamesTheLedger_data() { test::engines(); }
    void theUrlNamesTheLedger()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const QString url = engine == Engine::Sqlite ? u"sqlite3://"_s + scratch.url() : scratch.url();
        const QString named =
            url + (url.contains(u'?') ? u"&"_s : u"?"_s) + u"x-migrations-table=mine&x-other=1"_s;
        (void)scratch.connect();  // which makes a SQLite file
        const auto ofUrl = project::givenTarget(scratch.project(), named);
        QVERIFY2(ofUrl, ofUrl ? "" : qPrintable(ofUrl.error().oneLine()));
        const auto db = drivers::Connection::open(*ofUrl).value();
        verify(execute(*db, scratch.project(), Action::Run, Scope::one()));
        QCOMPARE(test::rowsOf(*db, u"SELECT version FROM mine"_s), QStringList{u"1"_s});
        QVERIFY(row(*db).startsWith(u"error"_s));
        // The same from the project's own .env, whichever way the database was opened.
        scratch.write(u".env"_s, "DATABASE_URL=" + named.toUtf8() + '\n');
        const auto plain = scratch.connect();
        QCOMPARE(states(*plain, scratch.project()), u"applied 1\npending 3"_s);
        verify(execute(*plain, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*plain, u"SELECT version FROM mine"_s), QStringList{u"3"_s});
        verify(execute(*plain, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(test::rowsOf(*plain, u"SELECT count(*) FROM mine"_s), QStringList{u"0"_s});
        QVERIFY(row(*plain).startsWith(u"error"_s));
    }

    void theOptionsAreTheTools_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("meaning");
        const Engine sqlite = Engine::Sqlite;
        const Engine postgres = Engine::Postgres;
        QTest::newRow("a word") << u"x-migrations-table=mine"_s << sqlite << u"mine"_s;
        QTest::newRow("quoted by hand") << u"x-migrations-table=\"odd%20one\""_s << sqlite << u"odd one"_s;
        QTest::newRow("two names") << u"x-migrations-table=main.b"_s << sqlite << u"refused"_s;
        QTest::newRow("a dot") << u"x-migrations-table=a.b"_s << postgres << u"a.b"_s;
        QTest::newRow("quoted") << u"x-migrations-table=\"s\".\"t\"&x-migrations-table-quoted=1"_s << postgres
                                << u"s|t"_s;
        QTest::newRow("not quoted") << u"x-migrations-table=s.t&x-migrations-table-quoted=true"_s << postgres
                                    << u"refused"_s;
        QTest::newRow("no boolean") << u"x-multi-statement=yes"_s << postgres << u"refused"_s;
        QTest::newRow("another driver's") << u"x-multi-statement=yes"_s << sqlite << u"schema_migrations"_s;
        QTest::newRow("no number") << u"x-statement-timeout=1s"_s << postgres << u"refused"_s;
        QTest::newRow("another lock") << u"x-lock-strategy=table"_s << postgres << u"refused"_s;
    }
    void theOptionsAreTheTools()
    {
        QFETCH(const QString, options);
        QFETCH(const Engine, engine);
        const QString url = engine == Engine::Sqlite ? u"sqlite3://x.db?"_s : u"postgres://h/d?"_s;
        const auto target = drivers::parseTarget(url + options);
        QVERIFY(target);
        project::Project project{.tool = u"golang-migrate"_s};
        project.settings = target->toolOptions;
        const auto read = golang_migrate::optionsOf(project, engine);
        const QString meaning = !read                          ? u"refused"_s
                                : read->table.schema.isEmpty() ? read->table.name
                                                               : read->table.schema + u'|' + read->table.name;
        QTEST(meaning, "meaning");
    }

    void sendsStatementsOneByOneWhereTheUrlSaysSo()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        scratch.write(u"migrations/000004_c.up.sql"_s,
                      "CREATE INDEX CONCURRENTLY i ON a(id);\nCREATE INDEX CONCURRENTLY j ON a(id);\n"
                      "SELECT nonsense;\n");
        drivers::Target target = scratch.target();
        target.toolOptions = {{u"x-multi-statement"_s, u"true"_s}, {u"x-statement-timeout"_s, u"20000"_s}};
        const auto db = drivers::Connection::open(target).value();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(row(*db), u"4|dirty"_s);
        QCOMPARE(test::rowsOf(*db, u"SELECT to_regclass('i'), to_regclass('j')"_s), QStringList{u"i|j"_s});
    }

    void leavesTheTransactionToTheFileWhereTheUrlSaysSo()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"migrations/000004_c.up.sql"_s, "CREATE TABLE c(id integer);\nVACUUM;\n");
        drivers::Target target = scratch.target();
        target.toolOptions = {{u"x-no-tx-wrap"_s, u"true"_s}};
        const auto db = drivers::Connection::open(target).value();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(row(*db), u"4|clean"_s);
    }
};

QTEST_GUILESS_MAIN(GolangMigrateTest)
#include "golang_migrate_test.moc"
