// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/repair_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Repairing ledgers: what is marked by hand is what the tool's own run would have left.
class RepairTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::RepairScratch;
    using Tool = test::ToolProject;

    static void everyTool()
    {
        QTest::addColumn<Tool>("tool");
        QTest::addColumn<Engine>("engine");
        for (const Tool& tool : test::toolProjects()) {
            QTest::addRow("%s, SQLite", qPrintable(tool.title)) << tool << Engine::Sqlite;
            QTest::addRow("%s, PostgreSQL", qPrintable(tool.title)) << tool << Engine::Postgres;
        }
    }
    /// Back to a database in which nothing ever ran.
    static void wipe(const Scratch& at)
    {
        const auto table = project::formatOf(at.project).ledger.table(at.project, at.db->engine());
        const QString drop = u"DROP TABLE IF EXISTS %1; DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS b; "
                             "DROP TABLE IF EXISTS c;"_s.arg(quoted(table));
        QVERIFY(at.db->executeScript(drop.toUtf8()));
    }
    /// What a resolve of Prisma's leaves differently from its run.
    static QStringList resolved() { return {u"logs"_s, u"applied_steps_count"_s}; }

private Q_SLOTS:
    void marksAppliedAsARunDoes_data() { everyTool(); }
    void marksAppliedAsARunDoes()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch at(tool, engine);
        at.run(Scope::first(2));
        const auto cells = at.cells(resolved());
        const auto shape = at.shape();
        wipe(at);
        const QStringList two{at.versionAt(0), at.versionAt(1)};
        QCOMPARE(at.repaired(RepairKind::MarkApplied, two), QString());
        QCOMPARE(at.states(), u"applied applied pending"_s);
        QVERIFY(!at.hasTable(u"a"_s));
        QCOMPARE(at.cells(resolved()), cells);
        QCOMPARE(at.shape(), shape);
        at.run(Scope::all());
        QVERIFY(at.hasTable(u"c"_s) && !at.hasTable(u"a"_s));
    }

    void marksPendingAsARevertDoes_data() { everyTool(); }
    void marksPendingAsARevertDoes()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch at(tool, engine);
        at.run(Scope::all());
        at.run(Scope::one(), Action::Revert);
        const auto cells = at.cells();
        at.run(Scope::all());
        const QString third = at.versionAt(2);
        QCOMPARE(at.repaired(RepairKind::MarkPending, {third}), QString());
        QCOMPARE(at.states(), u"applied applied pending"_s);
        QVERIFY(at.hasTable(u"c"_s));
        QCOMPARE(at.cells(), cells);
    }

    void baselinesADatabaseThatHasTheTables_data() { everyTool(); }
    void baselinesADatabaseThatHasTheTables()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch at(tool, engine);
        at.run(Scope::first(2));
        const auto cells = at.cells(resolved());
        const auto shape = at.shape();
        wipe(at);
        QVERIFY(at.db->executeScript("CREATE TABLE a(id integer); CREATE TABLE b(id integer);"));
        const RepairRequest request{.kind = RepairKind::Baseline, .versions = {at.versionAt(1)}};
        QVERIFY(at.plan(request).value().notes.isEmpty());
        QCOMPARE(at.repaired(request), QString());
        QCOMPARE(at.cells(resolved()), cells);
        QCOMPARE(at.shape(), shape);
        at.run(Scope::all());
        QCOMPARE(at.states(), u"applied applied applied"_s);
        QVERIFY(at.hasTable(u"c"_s));
        QVERIFY(at.repaired(request).contains(u"has rows already"));
    }

    void showsExactlyWhatItSends_data() { everyTool(); }
    void showsExactlyWhatItSends()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch at(tool, engine);
        const auto repair = at.plan({.kind = RepairKind::Baseline});
        QVERIFY(repair);
        QCOMPARE(repair->notes.size(), 1);  // the database is empty
        QCOMPARE(at.cells(), QStringList{u"∅"_s});
        QVERIFY(carryOut(*at.db, at.project, *repair));
        const auto cells = at.cells();
        const auto shape = at.shape();
        wipe(at);
        const auto pasted = at.db->executeScript(ledger::displayed(repair->statements, engine).toUtf8());
        QVERIFY2(pasted, pasted ? "" : qPrintable(pasted.error().oneLine()));
        QCOMPARE(at.cells(), cells);
        QCOMPARE(at.shape(), shape);
    }

    void acceptsAnEditedFile_data() { everyTool(); }
    void acceptsAnEditedFile()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch at(tool, engine);
        at.run(Scope::all());
        const QString file = u"project/"_s + tool.second;
        at.files.write(file, at.files.read(file).replace("CREATE TABLE b", "CREATE  TABLE b"));
        if (tool.settle)
            tool.settle(at.files, u"project"_s);
        const RepairRequest all{.kind = RepairKind::AcceptFile, .all = true};
        if (!project::formatOf(at.project).ledger.repair.accept) {
            QVERIFY(at.repaired(all).contains(u"keeps no checksums"));
            return;
        }
        QCOMPARE(at.states(), u"applied modified applied"_s);
        const RepairRequest same{.kind = RepairKind::AcceptFile, .versions = {at.versionAt(0)}};
        QVERIFY(at.repaired(same).contains(u"is not different"));
        QCOMPARE(at.repaired(all), QString());
        QCOMPARE(at.states(), u"applied applied applied"_s);
        QVERIFY(at.plan(all).value().statements.isEmpty());
        const auto cells = at.cells();
        wipe(at);
        at.run(Scope::all());
        QCOMPARE(at.cells(), cells);
    }

    void knowsWhichToolsHaveFailures_data() { everyTool(); }
    void knowsWhichToolsHaveFailures()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch at(tool, engine);
        at.run(Scope::first(2));
        const RepairRequest clear{.kind = RepairKind::ClearFailed, .all = true};
        if (!project::formatOf(at.project).ledger.repair.clear) {
            QVERIFY(at.repaired(clear).contains(u"knows no failure"));
            return;
        }
        QVERIFY(at.plan(clear).value().statements.isEmpty());
    }

    void saysWhatTheToolWillPassOver()
    {
        const Scratch at(test::toolProject(u"drizzle 0.x"_s), Engine::Sqlite);
        const auto plan = at.plan({.kind = RepairKind::MarkApplied, .versions = {u"0001_create_b"_s}});
        QVERIFY(plan);
        QCOMPARE(plan->notes, QStringList{u"0000_create_a.sql becomes “Passed over by the tool”."_s});
    }

    void forgetsAMigrationWhoseFileIsGone_data() { everyTool(); }
    void forgetsAMigrationWhoseFileIsGone()
    {
        QFETCH(const Tool, tool);
        QFETCH(const Engine, engine);
        const Scratch at(tool, engine);
        at.run(Scope::first(2));
        const QString second = at.versionAt(1);
        if (project::formatOf(at.project).ledger.keepsOnlyNewest || tool.title == u"drizzle 0.x")
            return;  // without the file there is no number before it; the journal demands its files
        const QFileInfo file(at.files.path(u"project/"_s + tool.second));
        const bool own = file.fileName() == u"up.sql" || file.fileName() == u"migration.sql";
        QVERIFY(own ? QDir(file.path()).removeRecursively() : QFile::remove(file.filePath()));
        QFile::remove(file.filePath().replace(u".up.sql"_s, u".down.sql"_s));
        if (tool.settle)
            tool.settle(at.files, u"project"_s);
        QVERIFY2(at.states().contains(u"missing"), qPrintable(at.states()));
        QVERIFY(!at.repaired(RepairKind::MarkApplied, {second}).isEmpty());
        QCOMPARE(at.repaired(RepairKind::MarkPending, {second}), QString());
        QCOMPARE(at.states(), u"applied pending"_s);
    }

    void refusesWhatIsNotAsItWasPreviewed_data() { test::engines(); }
    void refusesWhatIsNotAsItWasPreviewed()
    {
        QFETCH(const Engine, engine);
        const Scratch at(test::toolProjects().first(), engine);
        const auto plan = at.plan({.kind = RepairKind::Baseline});
        QVERIFY(plan);
        at.run(Scope::one());
        const auto before = at.cells();
        const auto done = carryOut(*at.db, at.project, *plan);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Conflict);
        QVERIFY(!at.db->inTransaction());
        QCOMPARE(at.cells(), before);
    }

    void leavesNothingOfARepairThatFails_data() { test::engines(); }
    void leavesNothingOfARepairThatFails()
    {
        QFETCH(const Engine, engine);
        const Scratch at(test::toolProjects().first(), engine);
        auto plan = at.plan({.kind = RepairKind::Baseline});
        QVERIFY(plan);
        auto broken = *plan;
        broken.statements.append({.sql = u"INSERT INTO nowhere VALUES (1)"_s, .parameters = {}});
        QVERIFY(!carryOut(*at.db, at.project, broken));
        QCOMPARE(at.cells(), QStringList{u"∅"_s});
        // And one that does something else than it says.
        auto lying = *plan;
        lying.statements.removeLast();
        QCOMPARE(carryOut(*at.db, at.project, lying).error().kind, ErrorKind::Conflict);
        QCOMPARE(at.cells(), QStringList{u"∅"_s});
        QVERIFY(!at.db->inTransaction());
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
