// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/repair.h"
#include "support/tool_projects.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Repairing ledgers: what is marked by hand is what the tool's own run would have left.
class RepairTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;
    using Tool = test::ToolProject;

    static void everyTool()
    {
        QTest::addColumn<Tool>("tool");
        QTest::addColumn<Engine>("engine");
        for (const Tool& tool : test::toolProjects()) {
            QTest::addRow("%s, SQLite", qPrintable(tool.title)) << tool << Engine::Sqlite;
            if (test::havePostgres())
                QTest::addRow("%s, PostgreSQL", qPrintable(tool.title)) << tool << Engine::Postgres;
        }
    }
    static void run(drivers::Connection& connection, const project::Project& project, const Scope& scope,
                    Action action = Action::Run)
    {
        const auto report = execute(connection, project, action, scope);
        QVERIFY2(report, report ? "" : qPrintable(report.error().oneLine()));
        QVERIFY2(!report->failure, report->failure ? qPrintable(report->failure->oneLine()) : "");
    }
    /// The one-line error, or nothing.
    static QString repaired(drivers::Connection& connection, const project::Project& project,
                            const RepairRequest& request)
    {
        const auto repair = planRepair(connection, project, request);
        if (!repair)
            return repair.error().oneLine();
        const auto done = carryOut(connection, project, *repair);
        return done ? QString() : done.error().oneLine();
    }
    static QString versionAt(drivers::Connection& connection, const project::Project& project, int index)
    {
        return status(connection, project).value().migrations.at(index).migration.version;
    }
    static QString states(drivers::Connection& connection, const project::Project& project)
    {
        const auto now = status(connection, project);
        if (!now)
            return now.error().oneLine();
        QStringList words;
        for (const auto& state : now->migrations)
            words << stateName(state.state);
        return words.join(u' ');
    }
    /// Back to a database in which nothing ever ran.
    static void wipe(drivers::Connection& connection, const project::Project& project)
    {
        const auto table = project::formatOf(project).ledger.table(project, connection.engine());
        const QString drop = u"DROP TABLE IF EXISTS %1; DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS b; "
                             "DROP TABLE IF EXISTS c;"_s.arg(quoted(table));
        QVERIFY(connection.executeScript(drop.toUtf8()));
    }
    /// What a resolve of Prisma's leaves differently from its run.
    static QStringList resolved() { return {u"logs"_s, u"applied_steps_count"_s}; }
    static bool hasTable(drivers::Connection& connection, const QString& name)
    {
        return ledger::exists(connection, {.schema = {}, .name = name}).value();
    }

private Q_SLOTS:
    void marksAppliedAsARunDoes_data() { everyTool(); }
    void marksAppliedAsARunDoes()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, tool);
        const auto db = scratch.connect();
        run(*db, project, Scope::first(2));
        const auto cells = test::ledgerCells(*db, project, resolved());
        const auto shape = test::ledgerShape(*db, project);
        wipe(*db, project);
        const QStringList two{versionAt(*db, project, 0), versionAt(*db, project, 1)};
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::MarkApplied, .versions = two}), QString());
        QCOMPARE(states(*db, project), u"applied applied pending"_s);
        QVERIFY(!hasTable(*db, u"a"_s));
        QCOMPARE(test::ledgerCells(*db, project, resolved()), cells);
        QCOMPARE(test::ledgerShape(*db, project), shape);
        run(*db, project, Scope::all());
        QVERIFY(hasTable(*db, u"c"_s) && !hasTable(*db, u"a"_s));
    }

    void marksPendingAsARevertDoes_data() { everyTool(); }
    void marksPendingAsARevertDoes()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, tool);
        const auto db = scratch.connect();
        run(*db, project, Scope::all());
        run(*db, project, Scope::one(), Action::Revert);
        const auto cells = test::ledgerCells(*db, project);
        run(*db, project, Scope::all());
        const QString third = versionAt(*db, project, 2);
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::MarkPending, .versions = {third}}), QString());
        QCOMPARE(states(*db, project), u"applied applied pending"_s);
        QVERIFY(hasTable(*db, u"c"_s));
        QCOMPARE(test::ledgerCells(*db, project), cells);
    }

    void baselinesADatabaseThatHasTheTables_data() { everyTool(); }
    void baselinesADatabaseThatHasTheTables()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, tool);
        const auto db = scratch.connect();
        run(*db, project, Scope::first(2));
        const auto cells = test::ledgerCells(*db, project, resolved());
        const auto shape = test::ledgerShape(*db, project);
        wipe(*db, project);
        QVERIFY(db->executeScript("CREATE TABLE a(id integer); CREATE TABLE b(id integer);"));
        const RepairRequest request{.kind = RepairKind::Baseline, .versions = {versionAt(*db, project, 1)}};
        QVERIFY(planRepair(*db, project, request).value().notes.isEmpty());
        QCOMPARE(repaired(*db, project, request), QString());
        QCOMPARE(test::ledgerCells(*db, project, resolved()), cells);
        QCOMPARE(test::ledgerShape(*db, project), shape);
        run(*db, project, Scope::all());
        QCOMPARE(states(*db, project), u"applied applied applied"_s);
        QVERIFY(hasTable(*db, u"c"_s));
        QVERIFY(repaired(*db, project, request).contains(u"has rows already"));
    }

    void showsExactlyWhatItSends_data() { everyTool(); }
    void showsExactlyWhatItSends()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, tool);
        const auto db = scratch.connect();
        const auto repair = planRepair(*db, project, {.kind = RepairKind::Baseline});
        QVERIFY(repair);
        QCOMPARE(repair->notes.size(), 1);  // the database is empty
        QCOMPARE(test::ledgerCells(*db, project), QStringList{u"∅"_s});
        QVERIFY(carryOut(*db, project, *repair));
        const auto cells = test::ledgerCells(*db, project);
        const auto shape = test::ledgerShape(*db, project);
        wipe(*db, project);
        const auto pasted = db->executeScript(ledger::displayed(repair->statements, engine).toUtf8());
        QVERIFY2(pasted, pasted ? "" : qPrintable(pasted.error().oneLine()));
        QCOMPARE(test::ledgerCells(*db, project), cells);
        QCOMPARE(test::ledgerShape(*db, project), shape);
    }

    void acceptsAnEditedFile_data() { everyTool(); }
    void acceptsAnEditedFile()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, tool);
        const auto db = scratch.connect();
        run(*db, project, Scope::all());
        const QString file = u"project/"_s + tool.second;
        scratch.write(file, scratch.read(file).replace("CREATE TABLE b", "CREATE  TABLE b"));
        if (tool.settle)
            tool.settle(scratch, u"project"_s);
        const RepairRequest all{.kind = RepairKind::AcceptFile, .all = true};
        if (!project::formatOf(project).ledger.repair.accept) {
            QVERIFY(repaired(*db, project, all).contains(u"keeps no checksums"));
            return;
        }
        QCOMPARE(states(*db, project), u"applied modified applied"_s);
        const RepairRequest same{.kind = RepairKind::AcceptFile, .versions = {versionAt(*db, project, 0)}};
        QVERIFY(repaired(*db, project, same).contains(u"is not different"));
        QCOMPARE(repaired(*db, project, all), QString());
        QCOMPARE(states(*db, project), u"applied applied applied"_s);
        QVERIFY(planRepair(*db, project, all).value().statements.isEmpty());
        const auto cells = test::ledgerCells(*db, project);
        wipe(*db, project);
        run(*db, project, Scope::all());
        QCOMPARE(test::ledgerCells(*db, project), cells);
    }

    void knowsWhichToolsHaveFailures_data() { everyTool(); }
    void knowsWhichToolsHaveFailures()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, tool);
        const auto db = scratch.connect();
        run(*db, project, Scope::first(2));
        const RepairRequest clear{.kind = RepairKind::ClearFailed, .all = true};
        if (!project::formatOf(project).ledger.repair.clear) {
            QVERIFY(repaired(*db, project, clear).contains(u"knows no failure"));
            return;
        }
        QVERIFY(planRepair(*db, project, clear).value().statements.isEmpty());
    }

    void clearsADirtyVersion_data() { test::engines(); }
    void clearsADirtyVersion()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects().at(7));
        QCOMPARE(project.tool, u"golang-migrate"_s);
        const auto db = scratch.connect();
        run(*db, project, Scope::first(2));
        const QByteArray dirty = "UPDATE schema_migrations SET dirty = true";
        QVERIFY(db->executeScript(dirty));
        QCOMPARE(states(*db, project), u"applied failed pending"_s);
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::ClearFailed, .all = true}), QString());
        QCOMPARE(states(*db, project), u"applied applied pending"_s);
        const QString second = versionAt(*db, project, 1);
        QVERIFY(db->executeScript(dirty));
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::MarkPending, .versions = {second}}), QString());
        QCOMPARE(states(*db, project), u"applied pending pending"_s);
        QVERIFY(db->executeScript("UPDATE schema_migrations SET version = -1, dirty = true"));
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::ClearFailed, .all = true}), QString());
        QCOMPARE(test::ledgerCells(*db, project), QStringList());
        QCOMPARE(states(*db, project), u"pending pending pending"_s);
    }

    void takesNeighboursAlongWhereOneNumberIsKept_data() { test::engines(); }
    void takesNeighboursAlongWhereOneNumberIsKept()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects().at(7));
        const auto db = scratch.connect();
        const RepairRequest up{.kind = RepairKind::MarkApplied, .versions = {versionAt(*db, project, 2)}};
        const auto plan = planRepair(*db, project, up);
        QVERIFY(plan);
        QCOMPARE(plan->migrations.size(), 3);
        QVERIFY(plan->notes.first().contains(u"one number"));
        QCOMPARE(repaired(*db, project, up), QString());
        QCOMPARE(states(*db, project), u"applied applied applied"_s);
        QCOMPARE(repaired(*db, project,
                          {.kind = RepairKind::MarkPending, .versions = {versionAt(*db, project, 1)}}),
                 QString());
        QCOMPARE(states(*db, project), u"applied pending pending"_s);
    }

    void resolvesFailedRowsOfPrisma_data() { test::engines(); }
    void resolvesFailedRowsOfPrisma()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects().at(5));
        QCOMPARE(project.tool, u"prisma"_s);
        const auto db = scratch.connect();
        run(*db, project, Scope::one());
        const QByteArray failure =
            "INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, applied_steps_count) "
            "VALUES ('x', 'y', '20250201000000_create_b', 'broken', 0)";
        const QString rows = u"SELECT migration_name, length(id), finished_at IS NULL, "
                             "rolled_back_at IS NULL, logs, applied_steps_count, finished_at = started_at "
                             "FROM _prisma_migrations WHERE migration_name LIKE '%b' ORDER BY length(id)"_s;
        const auto yes = [&](bool value) {
            return engine == Engine::Postgres ? (value ? u"t"_s : u"f"_s) : (value ? u"1"_s : u"0"_s);
        };
        const QString gone = u"20250201000000_create_b|1|%1|%2|broken|0|∅"_s.arg(yes(true), yes(false));
        QVERIFY(db->executeScript(failure));
        QCOMPARE(states(*db, project), u"applied failed pending"_s);
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::ClearFailed, .all = true}), QString());
        QCOMPARE(states(*db, project), u"applied pending pending"_s);
        QCOMPARE(test::rowsOf(*db, rows), QStringList{gone});
        QVERIFY(db->executeScript("DELETE FROM _prisma_migrations WHERE id = 'x';" + failure));
        QCOMPARE(repaired(*db, project,
                          {.kind = RepairKind::MarkApplied, .versions = {u"20250201000000_create_b"_s}}),
                 QString());
        QCOMPARE(test::rowsOf(*db, rows),
                 (QStringList{gone, u"20250201000000_create_b|36|%1|%2||0|%2"_s.arg(yes(false), yes(true))}));
        run(*db, project, Scope::all());
        QCOMPARE(states(*db, project), u"applied applied applied"_s);
    }

    void takesAwayPartialRowsOfSqlx_data() { test::engines(); }
    void takesAwayPartialRowsOfSqlx()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects().at(1));
        QCOMPARE(project.tool, u"sqlx"_s);
        const auto db = scratch.connect();
        run(*db, project, Scope::first(2));
        const auto clean = test::ledgerCells(*db, project);
        const QByteArray failure =
            "UPDATE _sqlx_migrations SET success = false WHERE version = 20250201000000";
        QVERIFY(db->executeScript(failure));
        QCOMPARE(states(*db, project), u"applied failed pending"_s);
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::MarkApplied, .versions = {u"20250201000000"_s}}),
                 QString());
        QCOMPARE(test::ledgerCells(*db, project), clean);
        QVERIFY(db->executeScript(failure));
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::ClearFailed, .all = true}), QString());
        QCOMPARE(states(*db, project), u"applied pending pending"_s);
    }

    void takesAwayFailedRowsOfFlyway_data() { test::engines(); }
    void takesAwayFailedRowsOfFlyway()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects().at(10));
        QCOMPARE(project.tool, u"flyway"_s);
        const auto db = scratch.connect();
        run(*db, project, Scope::first(2));
        const auto clean = test::ledgerCells(*db, project);
        const QByteArray failure = "UPDATE flyway_schema_history SET success = "
                                   + QByteArray(engine == Engine::Postgres ? "false" : "0")
                                   + " WHERE version = '2'";
        QVERIFY(db->executeScript(failure));
        QCOMPARE(states(*db, project), u"applied failed pending"_s);
        const QString second = versionAt(*db, project, 1);
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::MarkApplied, .versions = {second}}), QString());
        QCOMPARE(test::ledgerCells(*db, project), clean);
        QVERIFY(db->executeScript(failure));
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::ClearFailed, .all = true}), QString());
        QCOMPARE(states(*db, project), u"applied pending pending"_s);
        QVERIFY(db->execute(u"DROP TABLE b"_s));  // this one had not really failed
        run(*db, project, Scope::all());
        QCOMPARE(states(*db, project), u"applied applied applied"_s);
    }

    void saysWhatTheToolWillPassOver()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto project = test::writeTool(scratch, test::toolProjects().at(2));
        const auto db = scratch.connect();
        const auto plan =
            planRepair(*db, project, {.kind = RepairKind::MarkApplied, .versions = {u"0001_create_b"_s}});
        QVERIFY(plan);
        QCOMPARE(plan->notes, QStringList{u"0000_create_a.sql becomes “Passed over by the tool”."_s});
    }

    void forgetsAMigrationWhoseFileIsGone_data() { everyTool(); }
    void forgetsAMigrationWhoseFileIsGone()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, tool);
        const auto db = scratch.connect();
        run(*db, project, Scope::first(2));
        const QString second = versionAt(*db, project, 1);
        if (project::formatOf(project).ledger.keepsOnlyNewest || tool.title == u"drizzle 0.x")
            return;  // without the file there is no number before it; the journal demands its files
        const QFileInfo file(scratch.path(u"project/"_s + tool.second));
        const bool own = file.fileName() == u"up.sql" || file.fileName() == u"migration.sql";
        QVERIFY(own ? QDir(file.path()).removeRecursively() : QFile::remove(file.filePath()));
        QFile::remove(file.filePath().replace(u".up.sql"_s, u".down.sql"_s));
        if (tool.settle)
            tool.settle(scratch, u"project"_s);
        QVERIFY2(states(*db, project).contains(u"missing"), qPrintable(states(*db, project)));
        QVERIFY(!repaired(*db, project, {.kind = RepairKind::MarkApplied, .versions = {second}}).isEmpty());
        QCOMPARE(repaired(*db, project, {.kind = RepairKind::MarkPending, .versions = {second}}), QString());
        QCOMPARE(states(*db, project), u"applied pending"_s);
    }

    void refusesWhatIsNotAsItWasPreviewed_data() { test::engines(); }
    void refusesWhatIsNotAsItWasPreviewed()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects().first());
        const auto db = scratch.connect();
        const auto plan = planRepair(*db, project, {.kind = RepairKind::Baseline});
        QVERIFY(plan);
        run(*db, project, Scope::one());
        const auto before = test::ledgerCells(*db, project);
        const auto done = carryOut(*db, project, *plan);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Conflict);
        QVERIFY(!db->inTransaction());
        QCOMPARE(test::ledgerCells(*db, project), before);
    }

    void leavesNothingOfARepairThatFails_data() { test::engines(); }
    void leavesNothingOfARepairThatFails()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = test::writeTool(scratch, test::toolProjects().first());
        const auto db = scratch.connect();
        auto plan = planRepair(*db, project, {.kind = RepairKind::Baseline});
        QVERIFY(plan);
        auto broken = *plan;
        broken.statements.append({.sql = u"INSERT INTO nowhere VALUES (1)"_s, .parameters = {}});
        QVERIFY(!carryOut(*db, project, broken));
        QCOMPARE(test::ledgerCells(*db, project), QStringList{u"∅"_s});
        // And one that does something else than it says.
        auto lying = *plan;
        lying.statements.removeLast();
        QCOMPARE(carryOut(*db, project, lying).error().kind, ErrorKind::Conflict);
        QCOMPARE(test::ledgerCells(*db, project), QStringList{u"∅"_s});
        QVERIFY(!db->inTransaction());
    }

    void writesValuesIntoTheirPlaces()
    {
        const ledger::Statement statement{.sql = uR"(UPDATE "a?$1" SET b = $2 WHERE c = $1)"_s,
                                          .parameters = {textValue(u"it's"_s), Value(qint64(7))}};
        QCOMPARE(ledger::displayed(statement, Engine::Postgres),
                 uR"(UPDATE "a?$1" SET b = 7 WHERE c = 'it''s';)"_s);
        const ledger::Statement marks{.sql = u"INSERT INTO `t?` VALUES (?, '?', ?)"_s,
                                      .parameters = {Value(Null{}), Value(Blob{"\x01"})}};
        QCOMPARE(ledger::displayed(marks, Engine::Sqlite), u"INSERT INTO `t?` VALUES (NULL, '?', X'01');"_s);
    }
};

QTEST_GUILESS_MAIN(RepairTest)
#include "repair_test.moc"
