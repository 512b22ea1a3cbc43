// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
using dewpoint::test::verify;

/// Numbered SQL files without a tool, and how projects are told apart.
class PlainSqlTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static QString states(drivers::Connection& connection, const project::Project& project)
    {
        QStringList lines;
        const auto now = status(connection, project);
        for (const auto& state : now.value().migrations)
            lines << stateName(state.state) + u' ' + state.migration.version + u' ' + state.migration.name;
        return lines.join(u'\n');
    }

private Q_SLOTS:
    void runsRevertsAndTellsEdits_data() { test::engines(); }
    void runsRevertsAndTellsEdits()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.write(u"migrations/0001_a.sql"_s, "CREATE TABLE a(id integer);\n");
        scratch.write(u"migrations/0002-b.up.sql"_s, "CREATE TABLE b(id integer);\n");
        scratch.write(u"migrations/0002-b.down.sql"_s, "DROP TABLE b;\n");
        scratch.write(u"migrations/10.sql"_s, engine == Engine::Postgres
                                                  ? "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a(id);"
                                                  : "-- no-transaction\nVACUUM;");
        scratch.write(u"migrations/notes.sql"_s, "not one");
        const auto db = scratch.connect();
        QCOMPARE(scratch.project().tool, u"sql"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::to(u"2"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 1 a\napplied 2 b\npending 10 "_s);
        verify(execute(*db, scratch.project(), Action::Redo, Scope::one()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::to(u"0001"_s)));
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(
            test::rowsOf(
                *db,
                u"SELECT version, name, length(checksum), applied_at IS NULL FROM dewpoint_migrations ORDER BY 1"_s)
                .first()
                .first(7),
            u"1|a|64|"_s);
        scratch.write(u"migrations/0001_a.sql"_s, "CREATE TABLE a(id integer);\r\n");
        QCOMPARE(states(*db, scratch.project()).section(u'\n', 0, 0), u"applied 1 a"_s);
        scratch.write(u"migrations/0001_a.sql"_s, "CREATE TABLE a(id bigint);\n");
        QCOMPARE(states(*db, scratch.project()).section(u'\n', 0, 0), u"modified 1 a"_s);
        QVERIFY(QFile::remove(scratch.path(u"migrations/0001_a.sql"_s)));
        QCOMPARE(states(*db, scratch.project()).section(u'\n', 0, 0), u"missing 1 a"_s);
        QCOMPARE(execute(*db, scratch.project(), Action::Revert, Scope::one()).error().kind,
                 ErrorKind::NotFound);
    }

    void aFailureLeavesNothing_data() { test::engines(); }
    void aFailureLeavesNothing()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.write(u"migrations/1_a.sql"_s, "CREATE TABLE a(id integer);\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(states(*db, scratch.project()), u"pending 1 a"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM a"_s).value(0).startsWith(u"error"_s));
    }

    void numbersNewOnesAsThoseThere()
    {
        const Scratch scratch(Engine::Sqlite);
        QDir(scratch.path()).mkpath(u"migrations"_s);
        const auto project = project::detectAs(u"sql"_s, scratch.path(), {}).value().value();
        QCOMPARE(generate(project, {.name = u"first one"_s})->folder, u"0001_first_one.up.sql"_s);
        QCOMPARE(generate(project, {.name = u"b"_s, .up = "A;", .down = "B;"})->folder, u"0002_b.up.sql"_s);
        QCOMPARE(scratch.read(u"migrations/0002_b.down.sql"_s), "B;"_ba);
        QCOMPARE(generate(project, {.name = u"c"_s, .withDown = false})->folder, u"0003_c.sql"_s);
        QCOMPARE(generate(project, {.name = u"d"_s, .version = u"0003"_s}).error().kind, ErrorKind::Conflict);
    }

    void refusesTwinsAndSurvivesManyFiles()
    {
        const Scratch scratch(Engine::Sqlite);
        for (int i = 1; i <= 5000; ++i)
            scratch.write(u"migrations/%1_m.sql"_s.arg(i), "SELECT 1;");
        QCOMPARE(project::list(scratch.project())->size(), 5000);
        QCOMPARE(project::list(scratch.project())->last().version, u"5000"_s);
        scratch.write(u"migrations/017_twin.sql"_s, "SELECT 1;");
        QCOMPARE(project::list(scratch.project()).error().kind, ErrorKind::Conflict);
    }

    void tellsProjectsApart_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("tools");
        QTest::newRow("nothing") << QStringList{u"README.md"_s} << QString();
        QTest::newRow("an empty folder") << QStringList{u"migrations/.keep"_s} << u"diesel sql"_s;
        QTest::newRow("diesel") << QStringList{u"migrations/1_a/up.sql"_s} << u"diesel"_s;
        QTest::newRow("simple files") << QStringList{u"migrations/1_a.sql"_s} << u"sql"_s;
        QTest::newRow("dbmate") << QStringList{u"db/migrations/1_a.sql=-- migrate:up\n-- migrate:down\n"_s}
                                << u"dbmate"_s;
        QTest::newRow("goose") << QStringList{u"migrations/1_a.sql=-- +goose Up\n"_s} << u"goose"_s;
        QTest::newRow("sqlx") << QStringList{u"migrations/1_a.sql"_s, u"Cargo.toml=[dependencies.sqlx]\n"_s}
                              << u"sqlx"_s;
        QTest::newRow("two at once") << QStringList{u"diesel.toml=[migrations_directory]\ndir='d'\n"_s,
                                                    u"drizzle.config.json={\"dialect\":\"sqlite\"}"_s}
                                     << u"diesel drizzle"_s;
        QTest::newRow("the nearer one")
            << QStringList{u"diesel.toml=[migrations_directory]\ndir='d'\n"_s, u"inner/sqlx.toml="_s}
            << u"sqlx"_s;
    }
    void tellsProjectsApart()
    {
        QFETCH(const QStringList, files);
        const Scratch scratch(Engine::Sqlite);
        for (const QString& file : files)
            scratch.write(file.section(u'=', 0, 0), file.section(u'=', 1).toUtf8());
        const bool inner = QFile::exists(scratch.path(u"inner"_s));
        const auto found = project::detectAll(scratch.path(inner ? u"inner"_s : QString()), {});
        QVERIFY(found.has_value());
        QStringList names;
        for (const auto& project : *found)
            names << project.tool;
        const QString tools = names.join(u' ');
        QTEST(tools, "tools");
    }

    void knowsNoOtherTools()
    {
        QCOMPARE(project::detectAs(u"rails"_s, u"."_s, {}).error().kind, ErrorKind::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(PlainSqlTest)
#include "plain_sql_test.moc"
