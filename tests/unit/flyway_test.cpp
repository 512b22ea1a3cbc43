// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/flyway/flyway.h"
#include "shadow/replay.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace flyway = dewpoint::project::flyway;
using dewpoint::test::refusal;
using dewpoint::test::verify;

/// Flyway: its history table and validation, on both engines.
class FlywayTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void two(const Scratch& scratch, const QByteArray& config = {})
    {
        scratch.write(u"flyway.toml"_s, "[flyway]\nlocations = [\"filesystem:sql\"]\n" + config);
        scratch.write(u"sql/V1__a.sql"_s, "CREATE TABLE a(id integer);\n");
        scratch.write(u"sql/U1__a.sql"_s, "DROP TABLE a;\n");
        scratch.write(u"sql/deep/V1_10__add_b.sql"_s,
                      "CREATE TABLE b(id integer);\nINSERT INTO b VALUES (1);\n");
        scratch.write(u"sql/U1.10__add_b.sql"_s, "DROP TABLE b;\n");
        scratch.write(u"sql/notes.sql"_s, "not one");
    }
    static QString states(drivers::Connection& connection, const project::Project& project)
    {
        return test::states(connection, project, u", "_s);
    }
    static QStringList history(drivers::Connection& connection)
    {
        return test::rowsOf(connection,
                            u"SELECT installed_rank, version, description, type, script, checksum, "
                            "success FROM flyway_schema_history ORDER BY 1"_s)
            .replaceInStrings(QRegularExpression(u"\\|t$"_s), u"|1"_s)
            .replaceInStrings(QRegularExpression(u"\\|f$"_s), u"|0"_s);
    }

private Q_SLOTS:
    void writesTheHistoryCellByCell_data() { test::engines(); }
    void writesTheHistoryCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"sql/R__view_v.sql"_s, "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT 1 AS one;\n");
        const auto project = scratch.project();
        QCOMPARE(project.tool, u"flyway"_s);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, project), u"pending 1, pending 1.10, pending R__view_v"_s);
        verify(execute(*db, project, Action::Run, Scope::all()));
        const QString a = flyway::checksum("CREATE TABLE a(id integer);\n");
        const QString b = flyway::checksum("CREATE TABLE b(id integer);\nINSERT INTO b VALUES (1);\n");
        const QString v = flyway::checksum("DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT 1 AS one;\n");
        QCOMPARE(history(*db), (QStringList{u"1|1|a|SQL|V1__a.sql|%1|1"_s.arg(a),
                                            u"2|1.10|add b|SQL|deep/V1_10__add_b.sql|%1|1"_s.arg(b),
                                            u"3|∅|view v|SQL|R__view_v.sql|%1|1"_s.arg(v)}));
        const QString whose = engine == Engine::Postgres ? u"current_user"_s : u"''"_s;
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM flyway_schema_history WHERE installed_by = %1 AND "
                                   "installed_on IS NOT NULL AND execution_time >= 0"_s.arg(whose)),
                 QStringList{u"3"_s});
        QCOMPARE(states(*db, project), u"applied 1, applied 1.10, applied R__view_v"_s);
        QVERIFY(status(*db, project)->isClean());
    }

    void aRepeatableOneRunsAgainWhenItChanged_data() { test::engines(); }
    void aRepeatableOneRunsAgainWhenItChanged()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch, "[flyway.placeholders]\nn = \"1\"\n");
        scratch.write(u"sql/R__v.sql"_s, "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT ${n} AS n;\n");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT n FROM v"_s), QStringList{u"1"_s});
        two(scratch, "[flyway.placeholders]\nn = \"2\"\n");  // the same file, another text
        QCOMPARE(states(*db, scratch.project()), u"applied 1, applied 1.10, pending R__v"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT n FROM v"_s), QStringList{u"2"_s});
        QCOMPARE(history(*db).size(), 4);
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all())->done.isEmpty());
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));  // the versioned one
        QCOMPARE(states(*db, scratch.project()), u"applied 1, pending 1.10, applied R__v"_s);
    }

    void undoesWithTheToolsOwnFiles_data() { test::engines(); }
    void undoesWithTheToolsOwnFiles()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::to(u"1"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 1, pending 1.10"_s);
        QCOMPARE(history(*db).size(), 1);
        verify(execute(*db, scratch.project(), Action::Run, Scope::to(u"1.10"_s)));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(history(*db), QStringList());
    }

    void understandsUndoneAndDeletedRows_data() { test::engines(); }
    void understandsUndoneAndDeletedRows()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const QByteArray yes = engine == Engine::Postgres ? "true" : "1";
        const QByteArray insert =
            "INSERT INTO flyway_schema_history(installed_rank, version, description, type, "
            "script, installed_by, execution_time, success) VALUES ";
        QVERIFY(db->executeScript(insert + "(8, '1.10', 'add b', 'UNDO_SQL', 'U1.10__add_b.sql', '', 1, "
                                  + yes + "); DROP TABLE b")
                    .has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1, pending 1.10"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"applied 1, applied 1.10"_s);
        QVERIFY(QFile::remove(scratch.path(u"sql/V1__a.sql"_s)));
        QCOMPARE(states(*db, scratch.project()), u"missing 1, applied 1.10"_s);
        QVERIFY(db->executeScript(insert + "(20, '1', 'a', 'DELETE', 'V1__a.sql', '', 1, " + yes + ")")
                    .has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1.10"_s);
    }

    void refusesWhatValidationRefuses_data() { test::engines(); }
    void refusesWhatValidationRefuses()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        scratch.write(u"sql/V1.5__late.sql"_s, "CREATE TABLE late(id integer);\n");
        QCOMPARE(states(*db, scratch.project()), u"applied 1, skipped 1.5, applied 1.10"_s);
        QVERIFY(refusal(*db, scratch.project()).contains(u"not applied to database: 1.5"_s));
        Scope scope = Scope::all();
        scope.allowMissing = true;
        QVERIFY(execute(*db, scratch.project(), Action::Run, scope)->done.isEmpty());
        two(scratch, "outOfOrder = true\n");
        QCOMPARE(states(*db, scratch.project()), u"applied 1, out-of-order 1.5, applied 1.10"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        scratch.write(u"sql/V1.5__late.sql"_s, "CREATE TABLE late(id bigint);\n");
        QCOMPARE(states(*db, scratch.project()), u"applied 1, modified 1.5, applied 1.10"_s);
        QVERIFY(refusal(*db, scratch.project()).contains(u"checksum mismatch for migration version 1.5"_s));
        scratch.write(u"sql/V1.5__late.sql"_s, "CREATE TABLE late(id integer);\r\n");
        QCOMPARE(states(*db, scratch.project()), u"applied 1, applied 1.5, applied 1.10"_s);
        QVERIFY(QFile::rename(scratch.path(u"sql/V1.5__late.sql"_s), scratch.path(u"sql/V1.5__other.sql"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 1, modified 1.5, applied 1.10"_s);
        QVERIFY(QFile::remove(scratch.path(u"sql/V1.5__other.sql"_s)));
        QVERIFY(refusal(*db, scratch.project()).contains(u"not resolved locally: 1.5"_s));
        QVERIFY(db->executeScript("UPDATE flyway_schema_history SET version = '9' WHERE version = '1.5'")
                    .has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1, applied 1.10, missing 9"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));  // of a newer release
    }

    void aFailureInATransactionLeavesNothing_data() { test::engines(); }
    void aFailureInATransactionLeavesNothing()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"sql/V3__c.sql"_s, "CREATE TABLE c(id integer);\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->line, 2);
        QCOMPARE(states(*db, scratch.project()), u"applied 1, applied 1.10, pending 3"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM c"_s).value(0).startsWith(u"error"_s));
    }

    void aFailureOutsideIsRecordedAndBlocks_data() { test::engines(); }
    void aFailureOutsideIsRecordedAndBlocks()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        if (engine == Engine::Postgres) {
            scratch.write(u"sql/V2__i.sql"_s,
                          "CREATE INDEX CONCURRENTLY i ON a(id);\nCREATE INDEX CONCURRENTLY j ON "
                          "a(id);\n");
        } else {
            scratch.write(u"sql/V2__i.sql"_s, "VACUUM;\nVACUUM;\n");
            scratch.write(u"sql/V2__i.sql.conf"_s, "executeInTransaction=false\n");
        }
        scratch.write(u"sql/V3__c.sql"_s, "CREATE TABLE c(id integer);\nSELECT nonsense;\n");
        scratch.write(u"sql/V3__c.sql.conf"_s, "executeInTransaction=false\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY2(report && report->failure, report ? "" : qPrintable(report.error().oneLine()));
        QCOMPARE(report->done.size(), 3);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM c"_s), QStringList{u"0"_s});
        QCOMPARE(states(*db, scratch.project()), u"applied 1, applied 1.10, applied 2, failed 3"_s);
        QVERIFY(history(*db).last().endsWith(u"|0"_s));
        QVERIFY(refusal(*db, scratch.project()).contains(u"failed migration to version 3 (c)"_s));
    }

    void refusesMixedScripts_data() { test::engines(); }
    void refusesMixedScripts()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"sql/V3__c.sql"_s, engine == Engine::Postgres
                                              ? "VACUUM a;\nCREATE TABLE c(id integer);\n"
                                              : "PRAGMA foreign_keys=OFF;\nCREATE TABLE c(id integer);\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QVERIFY(report->failure->error.message.contains(u"even though mixed is false"_s));
        two(scratch, "mixed = true\n");
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM c"_s), QStringList{u"0"_s});
    }

    void beginsWithTheNewestBaseline_data() { test::engines(); }
    void beginsWithTheNewestBaseline()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"sql/V2__c.sql"_s, "CREATE TABLE c(id integer);\n");
        scratch.write(u"sql/B1.10__both.sql"_s, "CREATE TABLE a(id integer);\nCREATE TABLE b(id integer);\n");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"skipped 1, skipped 1.10, pending B1.10, pending 2"_s);
        const auto preview = shadow::preview(*db, scratch.project(), u"B1.10"_s, u"2"_s);
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().oneLine()));
        QCOMPARE(preview->before.tables.size(), 0);
        QCOMPARE(preview->after.tables.size(), 3);
        QCOMPARE(shadow::preview(*db, scratch.project(), u"2"_s, u"2"_s)->before.tables.size(), 2);
        QCOMPARE(shadow::preview(*db, scratch.project(), u"1"_s, u"2"_s)->after.tables.size(), 3);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"baseline 1, baseline 1.10, applied B1.10, applied 2"_s);
        QVERIFY(history(*db).first().startsWith(u"1|1.10|both|SQL_BASELINE|B1.10__both.sql|"_s));
        QVERIFY(status(*db, scratch.project())->isClean());
        scratch.write(u"sql/B9__later.sql"_s, "SELECT 1;\n");  // only a new database begins with it
        QVERIFY(states(*db, scratch.project()).endsWith(u"applied 2, skipped B9"_s));
        QVERIFY(status(*db, scratch.project())->isClean());
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
    }

    void baselinesOnlyWhenTold_data() { test::engines(); }
    void baselinesOnlyWhenTold()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE a(id integer)").has_value());
        QVERIFY(refusal(*db, scratch.project()).contains(u"not empty"_s));
        two(scratch, "baselineOnMigrate = true\n");
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"baseline 1, applied 1.10"_s);
        QCOMPARE(history(*db).first(), u"1|1|<< Flyway Baseline >>|BASELINE|<< Flyway Baseline >>|∅|1"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"baseline 1, pending 1.10"_s);
    }

    void makesTheSchemaItIsTold()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch, "defaultSchema = \"my app\"\n");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(
                     *db, u"SELECT installed_rank, version, description, type, script, checksum FROM \"my "
                          "app\".flyway_schema_history ORDER BY 1 LIMIT 1"_s),
                 QStringList{u"0|∅|<< Flyway Schema Creation >>|SCHEMA|\"my app\"|∅"_s});
        QCOMPARE(test::rowsOf(*db, u"SELECT * FROM \"my app\".b"_s), QStringList{u"1"_s});
        QCOMPARE(test::rowsOf(*db, u"SHOW search_path"_s), QStringList{u"\"$user\", public"_s});
        QCOMPARE(states(*db, scratch.project()), u"applied 1, applied 1.10"_s);
    }

    void locksAsTheTool()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        QCOMPARE(flyway::ledgerFormat().lockKey(*scratch.connect(), scratch.project()).value(),
                 77433833903597);
    }

    void replacesPlaceholders()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch, "[flyway.placeholders]\nname = \"x'y\"\n");
        scratch.write(u"sql/V3__c.sql"_s, "-- ${Name} ${flyway:filename} ${flyway:table}\n");
        const auto migration = project::list(scratch.project())->last();
        QCOMPARE(project::script(scratch.project(), migration, Direction::Up)->text,
                 "-- x'y V3__c.sql flyway_schema_history\n"_ba);
        scratch.write(u"sql/V3__c.sql"_s, "-- ${other}\n");
        QVERIFY(project::script(scratch.project(), migration, Direction::Up)
                    .error()
                    .message.contains(u"No value provided for placeholder: ${other}"_s));
        scratch.write(u"sql/V3__c.sql.conf"_s, "placeholderReplacement=false\n");
        QCOMPARE(project::script(scratch.project(), migration, Direction::Up)->text, "-- ${other}\n"_ba);
    }

    void refusesCallbacks()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"sql/afterMigrate__grants.sql"_s, "SELECT 1;\n");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 1, pending 1.10"_s);
        QVERIFY(refusal(*db, scratch.project()).contains(u"afterMigrate__grants.sql"_s));
    }

    void numbersNewOnes()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto made = generate(scratch.project(), {.name = u"add x"_s, .up = "A;", .down = "B;"});
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        QCOMPARE(made->folder, u"V2__add_x.sql"_s);
        QCOMPARE(scratch.read(u"sql/V2__add_x.sql"_s), "A;"_ba);
        QCOMPARE(made->downPath, scratch.path(u"sql/U2__add_x.sql"_s));
        QCOMPARE(generate(scratch.project(), {.name = u"y"_s, .version = u"1_10"_s}).error().kind,
                 ErrorKind::Conflict);
        QCOMPARE(generate(scratch.project(), {.name = u"y"_s, .version = u"2.1"_s})->folder,
                 u"V2.1__y.sql"_s);
        scratch.write(u"sql/V20260101000000__t.sql"_s, "");
        QVERIFY(generate(scratch.project(), {.name = u"z"_s})->version.size() == 14);
        scratch.write(u"sql/V01.10__twin.sql"_s, "");
        QCOMPARE(project::list(scratch.project()).error().kind, ErrorKind::Conflict);
    }

    void refusesAFileInAnotherEncoding()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"sql/V2__c.sql"_s, "CREATE TABLE c(x text DEFAULT '\xe4');\n");
        const auto db = scratch.connect();
        QVERIFY2(test::refusal(*db, scratch.project()).contains(u"is not written in UTF-8"_s),
                 qPrintable(test::refusal(*db, scratch.project())));
        QVERIFY(!ledger::exists(*db, {.schema = {}, .name = u"a"_s}).value());
        scratch.write(u"sql/V2__c.sql.conf"_s, "encoding=ISO-8859-1\n");
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(
            test::rowsOf(*db, u"SELECT sql FROM sqlite_schema WHERE name = 'c'"_s).first().contains(u'ä'));
    }
};

QTEST_GUILESS_MAIN(FlywayTest)
#include "flyway_test.moc"
