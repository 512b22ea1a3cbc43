// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/atlas/atlas.h"
#include "project/sums.h"
#include "shadow/replay.h"
#include "support/migrating.h"
#include "support/tool_projects.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace atlas = dewpoint::project::atlas;
using dewpoint::test::refusal;
using dewpoint::test::verify;

/// Atlas: its revisions and its rules, on both engines.
class AtlasTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void config(const Scratch& scratch, const QByteArray& inside = {})
    {
        scratch.write(u"atlas.hcl"_s, "env \"local\" {\n  migration {\n    dir = \"file://migrations\"\n"
                                          + inside + "  }\n}\n");
    }
    static void two(const Scratch& scratch)
    {
        config(scratch);
        scratch.write(u"migrations/20240101000000_a.sql"_s,
                      "-- Create \"a\" table\nCREATE TABLE a(id integer);\nINSERT INTO a VALUES (1);\n");
        scratch.write(u"migrations/20240102000000_add_b.sql"_s, "CREATE TABLE b(id integer);\n");
        scratch.write(u"migrations/down/20240101000000_a.sql"_s, "DROP TABLE a;\n");
        scratch.write(u"migrations/down/20240102000000_add_b.sql"_s, "DROP TABLE b;\n");
        test::hashAtlas(scratch);
    }
    /// By month and day: "applied 0101".
    static QString states(drivers::Connection& connection, const project::Project& project)
    {
        return test::states(connection, project, u", "_s).remove(u"2024"_s).remove(u"000000"_s);
    }
    static QString tableOf(Engine engine)
    {
        return engine == Engine::Postgres ? u"atlas_schema_revisions.atlas_schema_revisions"_s
                                          : u"atlas_schema_revisions"_s;
    }
    static QStringList revisions(drivers::Connection& connection)
    {
        const bool postgres = connection.engine() == Engine::Postgres;
        return test::rowsOf(
            connection,
            u"SELECT version, description, type, applied, total, error, error_stmt, hash, %1 FROM "
            "%2 ORDER BY 1"_s.arg(postgres ? u"replace(partial_hashes::text, ' ', '')"_s
                                           : u"CAST(partial_hashes AS text)"_s,
                                  tableOf(connection.engine())));
    }

private Q_SLOTS:
    void writesTheRevisionsCellByCell_data() { test::engines(); }
    void writesTheRevisionsCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto project = scratch.project();
        QCOMPARE(project.tool, u"atlas"_s);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, project), u"pending 0101, pending 0102"_s);
        verify(execute(*db, project, Action::Run, Scope::all()));
        const auto lines = atlas::sumLines(atlas::readFiles(project).value());
        QCOMPARE(revisions(*db), (QStringList{u"20240101000000|a|2|2|2|||%1|null"_s.arg(lines[0].hash),
                                              u"20240102000000|add_b|2|1|1|||%1|null"_s.arg(lines[1].hash)}));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM %1 WHERE execution_time > 0 AND operator_version = "
                                   "'Dewpoint'"_s.arg(tableOf(engine))),
                 QStringList{u"2"_s});
        if (engine == Engine::Sqlite)
            QCOMPARE(test::rowsOf(*db,
                                  u"SELECT DISTINCT typeof(partial_hashes), executed_at LIKE '____-__-__ "
                                  "__:__:__.___+00:00' FROM atlas_schema_revisions"_s),
                     QStringList{u"blob|1"_s});
        verify(execute(*db, project, Action::Redo, Scope::all()));
        verify(execute(*db, project, Action::Revert, Scope::to(u"20240101000000"_s)));
        QCOMPARE(states(*db, project), u"applied 0101, pending 0102"_s);
        verify(execute(*db, project, Action::Revert, Scope::all()));
        QCOMPARE(revisions(*db), QStringList());
    }

    void goesOnBehindTheStatementThatFailed_data() { test::engines(); }
    void goesOnBehindTheStatementThatFailed()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const QByteArray head =
            "-- atlas:txmode none\n\nCREATE TABLE c(id integer);\nINSERT INTO c VALUES (1);\n";
        scratch.write(u"migrations/20240103000000_c.sql"_s, head + "SELECT nonsense;\n");
        test::hashAtlas(scratch);
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY2(report && report->failure, report ? "" : qPrintable(report.error().oneLine()));
        QCOMPARE(report->failure->line, 5);
        QCOMPARE(states(*db, scratch.project()), u"applied 0101, applied 0102, partial 0103"_s);
        // The hashes that Atlas itself writes for these two statements.
        const QString partial = revisions(*db).last();
        const auto hashes = atlas::statementHashes(atlas::scan(head, engine).value());
        QVERIFY2(partial.endsWith(u"[\"h1:%1\",\"h1:%2\"]"_s.arg(hashes[0], hashes[1])), qPrintable(partial));
        QVERIFY(partial.startsWith(u"20240103000000|c|2|2|3|"_s)
                && partial.contains(u"|SELECT nonsense;|"_s));
        scratch.write(u"migrations/20240103000000_c.sql"_s,
                      QByteArray(head).replace("(1)", "(2)") + "SELECT 1;\n");
        test::hashAtlas(scratch);
        const auto changed = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(changed && changed->failure);
        QVERIFY(changed->failure->error.message.contains(u"history changed: statement 2"_s));
        scratch.write(u"migrations/20240103000000_c.sql"_s, head + "INSERT INTO c VALUES (3);\n");
        test::hashAtlas(scratch);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT id FROM c ORDER BY 1"_s), (QStringList{u"1"_s, u"3"_s}));
        QVERIFY(revisions(*db).last().startsWith(u"20240103000000|c|2|3|3|||"_s));
        QVERIFY(revisions(*db).last().endsWith(u"|null"_s));
    }

    void aFailureInATransactionLeavesNothing_data() { test::engines(); }
    void aFailureInATransactionLeavesNothing()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/20240103000000_c.sql"_s,
                      "CREATE TABLE c(id integer);\nSELECT nonsense;\n");
        test::hashAtlas(scratch);
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->line, 2);
        QCOMPARE(states(*db, scratch.project()), u"applied 0101, applied 0102, pending 0103"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM c"_s).value(0).startsWith(u"error"_s));
    }

    void refusesWhatTheSumDoesNotCover()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto db = scratch.connect();
        scratch.write(u"migrations/20240102000000_add_b.sql"_s, "CREATE TABLE b(id bigint);\n");
        QVERIFY(refusal(*db, scratch.project()).contains(u"L3: 20240102000000_add_b.sql was edited"_s));
        QVERIFY(!generate(scratch.project(), {.name = u"x"_s}));
        QVERIFY(QFile::remove(scratch.path(u"migrations/atlas.sum"_s)));
        QCOMPARE(refusal(*db, scratch.project()), u"checksum file not found"_s);
        test::hashAtlas(scratch);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
    }

    void tellsWhatWasEdited_data() { test::engines(); }
    void tellsWhatWasEdited()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/20240104000000_d.sql"_s, "SELECT 4;\n");
        test::hashAtlas(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        scratch.write(u"migrations/20240103000000_late.sql"_s, "SELECT 3;\n");
        test::hashAtlas(scratch);
        QCOMPARE(states(*db, scratch.project()),
                 u"applied 0101, applied 0102, out-of-order 0103, applied 0104"_s);
        QVERIFY(
            refusal(*db, scratch.project()).contains(u"20240103000000_late.sql was added out of order"_s));
        config(scratch, "    exec_order = LINEAR_SKIP\n");
        QCOMPARE(states(*db, scratch.project()), u"applied 0101, applied 0102, skipped 0103, applied 0104"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all())->done.isEmpty());
        config(scratch, "    exec_order = NON_LINEAR\n");
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"applied 0101, applied 0102, applied 0103, applied 0104"_s);
        scratch.write(u"migrations/20240102000000_add_b.sql"_s, "CREATE TABLE b(id bigint);\n");
        QCOMPARE(states(*db, scratch.project()),
                 u"applied 0101, modified 0102, applied 0103, applied 0104"_s);
        QVERIFY(QFile::remove(scratch.path(u"migrations/20240104000000_d.sql"_s)));
        QVERIFY(states(*db, scratch.project()).endsWith(u"missing 0104"_s));
    }

    void beginsWithTheNewestCheckpoint_data() { test::engines(); }
    void beginsWithTheNewestCheckpoint()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/20240103000000_all.sql"_s,
                      "-- atlas:checkpoint\n\nCREATE TABLE a(id integer);\nCREATE TABLE b(id integer);\n");
        scratch.write(u"migrations/20240104000000_c.sql"_s, "CREATE TABLE c(id integer);\n");
        test::hashAtlas(scratch);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"skipped 0101, skipped 0102, pending 0103, pending 0104"_s);
        const auto preview =
            shadow::preview(*db, scratch.project(), u"20240104000000"_s, u"20240104000000"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QCOMPARE(preview->before.tables.size(), 2);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()),
                 u"baseline 0101, baseline 0102, applied 0103, applied 0104"_s);
        QVERIFY(status(*db, scratch.project())->isClean());
        const Scratch older(engine);  // one that ran the single files goes on with them
        two(older);
        const auto other = older.connect();
        verify(execute(*other, older.project(), Action::Run, Scope::all()));
        older.write(u"migrations/20240103000000_all.sql"_s,
                    "-- atlas:checkpoint\n\nCREATE TABLE a(id integer);\n");
        older.write(u"migrations/20240104000000_c.sql"_s, "CREATE TABLE c(id integer);\n");
        test::hashAtlas(older);
        QCOMPARE(states(*other, older.project()),
                 u"applied 0101, applied 0102, skipped 0103, pending 0104"_s);
        verify(execute(*other, older.project(), Action::Run, Scope::all()));
        QVERIFY(status(*other, older.project())->isClean());
    }

    void baselinesOnlyWhenTold_data() { test::engines(); }
    void baselinesOnlyWhenTold()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE a(id integer)").has_value());
        QVERIFY(refusal(*db, scratch.project()).contains(u"not clean"_s));
        config(scratch, "    baseline = \"20240101000000\"\n");
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"baseline 0101, applied 0102"_s);
        QVERIFY(revisions(*db).first().startsWith(u"20240101000000|a|1|0|0|||"_s));
    }

    void keepsReferencesWhole()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(
            u"migrations/20240103000000_c.sql"_s,
            "CREATE TABLE p(id integer PRIMARY KEY);\nCREATE TABLE q(p integer REFERENCES p ON DELETE "
            "CASCADE);\nINSERT INTO p VALUES (1);\nINSERT INTO q VALUES (1);\n");
        scratch.write(
            u"migrations/20240104000000_d.sql"_s,
            "CREATE TABLE n(id integer PRIMARY KEY);\nINSERT INTO n SELECT * FROM p;\nDROP TABLE p;\nALTER "
            "TABLE n RENAME TO p;\n");
        scratch.write(u"migrations/20240105000000_e.sql"_s, "DELETE FROM p;\n");
        test::hashAtlas(scratch);
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->error.kind, ErrorKind::ForeignKey);
        QCOMPARE(report->done.size(), 4);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM q"_s), QStringList{u"1"_s});
    }

    void readsItsConfiguration()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"atlas.hcl"_s,
                      "# mine\nvariable \"u\" {\n  type = string\n  default = "
                      "\"sqlite://x.db?_fk=1\"\n}\nenv \"local\" {\n"
                      "  url = var.u\n  dev = \"sqlite://dev?mode=memory\"\n  migration {\n    dir = "
                      "\"file://db/changes\"\n    exec_order = LINEAR_SKIP\n  }\n}\n");
        auto project = scratch.project();
        QCOMPARE(project.tool, u"atlas"_s);
        QCOMPARE(project.directory, scratch.path(u"db/changes"_s));
        QCOMPARE(project.settings.value(u"exec_order"_s), u"linear-skip"_s);
        QVERIFY(project.settings.contains(u"_fk"_s));
        QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"x.db"_s));
        scratch.write(u"atlas.hcl"_s,
                      "env {\n  url = getenv(\"PG\")\n  migration {\n    dir = \"file://m?format=goose\"\n"
                      "  }\n}\n");
        project = project::detectAs(u"atlas"_s, scratch.path(),
                                    {{u"PG"_s, u"postgres://h/d?search_path=app&sslmode=require"_s}})
                      .value()
                      .value();
        QCOMPARE(project.databaseUrl, u"postgres://h/d?sslmode=require&options=-csearch_path%3Dapp"_s);
        QCOMPARE(project.settings.value(u"revisions_schema"_s), u"app"_s);
        QVERIFY(atlas::verify(project).error().message.contains(u"goose"_s));
    }

    void keepsItsTableInABoundSchema()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        config(scratch, "    revisions_schema = \"public\"\n");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM public.atlas_schema_revisions"_s),
                 QStringList{u"2"_s});
        QCOMPARE(atlas::ledgerFormat().lockKey(*db, scratch.project()).value(), 2686470616);
    }

    void generatesItsBytes()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const NewMigration wanted{.name = u"add_c"_s,
                                  .up = "CREATE TABLE c(id integer);\n",
                                  .down = "DROP TABLE c;\n",
                                  .now = QDateTime(QDate(2026, 5, 4), QTime(3, 2, 1), QTimeZone::UTC)};
        const auto made = generate(scratch.project(), wanted);
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        QCOMPARE(made->folder, u"20260504030201_add_c.sql"_s);
        QVERIFY(made->reversible());
        QCOMPARE(scratch.read(u"migrations/20260504030201_add_c.sql"_s), wanted.up);
        QVERIFY(atlas::verify(scratch.project()).has_value());
        QCOMPARE(scratch.read(u"migrations/atlas.sum"_s).count('\n'), 4);
        QCOMPARE(generate(scratch.project(), wanted)->version, u"20260504030202"_s);
        const Scratch fresh(Engine::Sqlite);
        config(fresh);
        QVERIFY(generate(fresh.project(), wanted).has_value());
        QVERIFY(atlas::verify(fresh.project()).has_value());
    }

    void sumsTheFilesUpAnew()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto project = scratch.project();
        QCOMPARE(project::sumChange(project)->before, project::sumChange(project)->after);
        scratch.write(u"migrations/20240102000000_add_b.sql"_s, "CREATE TABLE b(id bigint);\n");
        scratch.write(u"migrations/20240103000000_c.sql"_s, "CREATE TABLE c(id integer);\n");
        const auto db = scratch.connect();
        const auto stale = status(*db, project).value();
        QVERIFY(stale.problem.contains(u"add_b.sql was edited"_s)
                && stale.remedy.contains(u"repair --hash"_s));
        QVERIFY(!stale.isClean());
        const auto change = project::sumChange(project).value();
        QCOMPARE(change.changes,
                 (QStringList{u"20240103000000_c.sql was added."_s,
                              u"20240102000000_add_b.sql was edited; so may be those behind it."_s}));
        scratch.write(u"migrations/20240104000000_d.sql"_s, "CREATE TABLE d(id integer);\n");
        QCOMPARE(project::writeSum(project, change).error().kind, ErrorKind::Conflict);
        QVERIFY(project::writeSum(project, project::sumChange(project).value()));
        QVERIFY(status(*db, project)->problem.isEmpty());
        test::verify(execute(*db, project, Action::Run, Scope::all()));
        QVERIFY(QFile::remove(scratch.path(u"migrations/atlas.sum"_s)));
        QVERIFY(!status(*db, project)->problem.isEmpty());
        QVERIFY(project::writeSum(project, project::sumChange(project).value()));
        QVERIFY(status(*db, project)->isClean());
    }
};

QTEST_GUILESS_MAIN(AtlasTest)
#include "atlas_test.moc"
