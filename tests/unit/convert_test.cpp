// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/convert.h"
#include "apply/executor.h"
#include "apply/match.h"
#include "support/migrating.h"
#include "support/tool_projects.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// A project that moves to another tool: the new ledger is what the new tool's run would have left, and the
/// old one stays.
class ConvertTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;
    using Tool = test::ToolProject;

    static void pairs()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<Engine>("engine");
        for (const Tool& from : test::toolProjects()) {
            for (const Tool& to : test::toolProjects()) {
                if (from.tool != to.tool)
                    QTest::addRow("%s to %s, SQLite", qPrintable(from.title), qPrintable(to.title))
                        << from.title << to.title << Engine::Sqlite;
            }
        }
        const QList<std::pair<QString, QString>> some{
            {u"diesel"_s, u"sqlx"_s},        {u"sqlx"_s, u"diesel"_s},
            {u"goose"_s, u"dbmate"_s},       {u"golang-migrate"_s, u"plain files"_s},
            {u"prisma"_s, u"drizzle 1.0"_s}, {u"drizzle 0.x"_s, u"refinery"_s}};
        for (const auto& [from, to] : some) {
            QTest::addRow("%s to %s, PostgreSQL", qPrintable(from), qPrintable(to))
                << from << to << Engine::Postgres;
        }
    }
    static void run(drivers::Connection& connection, const project::Project& project, const Scope& scope)
    {
        test::verify(execute(connection, project, Action::Run, scope));
    }
    static MigrationState state(const QString& version, const QString& name)
    {
        return {.migration = {.version = version, .name = name, .folder = version + u'_' + name}};
    }
    static QString inWords(const Matching& matching)
    {
        QStringList lines;
        for (const Matching::Pair& pair : matching.pairs)
            lines << pair.from.migration.folder + (pair.sameName ? u" = "_s : u" ~ "_s)
                         + pair.to.migration.folder;
        for (const QString& name : matching.unmatched)
            lines << u"unmatched "_s + name;
        for (const QString& name : matching.ambiguous)
            lines << u"ambiguous "_s + name;
        return lines.join(u'\n');
    }

private Q_SLOTS:
    void writesWhatTheNewToolsRunWouldHave_data() { pairs(); }
    void writesWhatTheNewToolsRunWouldHave()
    {
        QFETCH(const QString, from);
        QFETCH(const QString, to);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const Scratch fresh(engine);
        const auto old = test::writeTool(scratch, test::toolProject(from), u"old"_s);
        const auto project = test::writeTool(scratch, test::toolProject(to), u"new"_s);
        const auto freshProject = test::writeTool(fresh, test::toolProject(to), u"new"_s);
        const auto db = scratch.connect();
        const auto other = fresh.connect();
        run(*db, old, Scope::first(2));
        run(*other, freshProject, Scope::first(2));
        const auto oldCells = test::ledgerCells(*db, old);
        const auto plan =
            planConvert(*db, project, {.fromTool = old.tool, .fromFolder = scratch.path(u"old"_s)});
        const ledger::Table oldTable = project::formatOf(old).ledger.table(old, engine);
        if (oldTable == project::formatOf(project).ledger.table(project, engine)) {
            QVERIFY(!plan);
            QVERIFY2(plan.error().message.contains(u"both keep their ledger in"),
                     qPrintable(plan.error().oneLine()));
            return;
        }
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().oneLine()));
        QCOMPARE(plan->migrations.size(), 2);
        const auto done = carryOut(*db, project, *plan);
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
        const QStringList resolved{u"logs"_s, u"applied_steps_count"_s};
        QCOMPARE(test::ledgerCells(*db, project, resolved),
                 test::ledgerCells(*other, freshProject, resolved));
        QCOMPARE(test::ledgerShape(*db, project), test::ledgerShape(*other, freshProject));
        QCOMPARE(test::ledgerCells(*db, old), oldCells);
        QCOMPARE(test::stateNames(*db, project), u"applied applied pending"_s);
        // Once more there is nothing to do, and the new tool goes on.
        QVERIFY(planConvert(*db, project, {.fromTool = old.tool, .fromFolder = scratch.path(u"old"_s)})
                    .value()
                    .statements.isEmpty());
        run(*db, project, Scope::all());
        QCOMPARE(test::stateNames(*db, project), u"applied applied applied"_s);
    }

    void readsALedgerWhoseFilesAreGone_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("diesel to sqlx") << u"diesel"_s << u"sqlx"_s;
        QTest::newRow("golang-migrate to goose") << u"golang-migrate"_s << u"goose"_s;
        QTest::newRow("prisma to dbmate") << u"prisma"_s << u"dbmate"_s;
        QTest::newRow("refinery to plain files") << u"refinery"_s << u"plain files"_s;
        QTest::newRow("sqlx to diesel") << u"sqlx"_s << u"diesel"_s;
    }
    void readsALedgerWhoseFilesAreGone()
    {
        QFETCH(const QString, from);
        QFETCH(const QString, to);
        const Scratch scratch(Engine::Sqlite);
        const auto old = test::writeTool(scratch, test::toolProject(from), u"project"_s);
        const auto db = scratch.connect();
        run(*db, old, Scope::first(2));
        QVERIFY(QDir(scratch.path(u"project"_s)).removeRecursively());
        const auto project = test::writeTool(scratch, test::toolProject(to), u"project"_s);
        const QList<OtherLedger> found = otherLedgers(*db, project).value();
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().tool, old.tool);
        const auto plan = planConvert(*db, project, {.fromTool = old.tool});
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().oneLine()));
        QVERIFY(carryOut(*db, project, *plan));
        QCOMPARE(test::stateNames(*db, project), u"applied applied pending"_s);
    }

    void refusesWhatMatchesNothingUnlessTold()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto old = test::writeTool(scratch, test::toolProject(u"diesel"_s), u"old"_s);
        const auto project = test::writeTool(scratch, test::toolProject(u"sqlx"_s), u"new"_s);
        const auto db = scratch.connect();
        run(*db, old, Scope::first(2));
        for (const QString& half : {u"up"_s, u"down"_s})
            QVERIFY(
                QFile::remove(scratch.path(u"new/migrations/20250201000000_create_b.%1.sql"_s.arg(half))));
        ConvertRequest request{.fromTool = u"diesel"_s, .fromFolder = scratch.path(u"old"_s)};
        const auto refused = planConvert(*db, project, request);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"2025-02-01-000000_create_b"),
                 qPrintable(refused.error().oneLine()));
        request.ignoreUnmatched = true;
        const auto told = planConvert(*db, project, request);
        QVERIFY(told);
        QCOMPARE(told->migrations.size(), 1);
        QVERIFY(told->notes.first().contains(u"is left out"));
        request = {.fromTool = u"diesel"_s, .fromFolder = scratch.path(u"old"_s), .byOrder = true};
        const auto ordered = planConvert(*db, project, request);
        QVERIFY(ordered);
        QCOMPARE(ordered->migrations.last().migration.version, u"20250301000000"_s);
        QVERIFY(ordered->notes.first().contains(u"different names"));
    }

    void refusesGapsWhereOneNumberIsKept()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto old = test::writeTool(scratch, test::toolProject(u"sqlx"_s), u"old"_s);
        const auto project = test::writeTool(scratch, test::toolProject(u"golang-migrate"_s), u"new"_s);
        const auto db = scratch.connect();
        run(*db, old, Scope::all());
        QVERIFY(db->executeScript("DELETE FROM _sqlx_migrations WHERE version = 20250201000000"));
        const auto plan =
            planConvert(*db, project, {.fromTool = u"sqlx"_s, .fromFolder = scratch.path(u"old"_s)});
        QVERIFY(!plan);
        QVERIFY2(plan.error().message.contains(u"one number"), qPrintable(plan.error().oneLine()));
    }

    void refusesFailedOnes()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto old = test::writeTool(scratch, test::toolProject(u"golang-migrate"_s), u"old"_s);
        const auto project = test::writeTool(scratch, test::toolProject(u"sqlx"_s), u"new"_s);
        const auto db = scratch.connect();
        run(*db, old, Scope::one());
        QVERIFY(db->executeScript("UPDATE schema_migrations SET dirty = 1"));
        const auto plan = planConvert(*db, project, {.fromTool = u"golang-migrate"_s});
        QVERIFY(!plan);
        QVERIFY(plan.error().message.contains(u"failed"));
        QVERIFY(!planConvert(*db, project, {.fromTool = u"diesel"_s}));
        QVERIFY(!planConvert(*db, project, {.fromTool = u"sqlx"_s}));
        QCOMPARE(planConvert(*db, project, {.fromTool = u"nothing"_s}).error().kind, ErrorKind::InvalidInput);
    }

    void matchesByNumberAndThenByName()
    {
        const QList<MigrationState> old{state(u"20250101000000"_s, u"create users"_s),
                                        state(u"7"_s, u"add_phone"_s),
                                        state(u"8"_s, u"lost"_s),
                                        state(u"9"_s, u"twice"_s),
                                        state(u"3"_s, u"other"_s),
                                        state(u"20240101000000"_s, u"said_so"_s),
                                        state(u"5"_s, QString())};
        const QList<MigrationState> fresh{state(u"20250101000000"_s, u"create_users"_s),
                                          state(u"20260101000000"_s, u"Add-phone"_s),
                                          state(u"100"_s, u"twice"_s),
                                          state(u"101"_s, u"twice"_s),
                                          state(u"003"_s, u"new"_s),
                                          state(u"20240101000000"_s, u"said_otherwise"_s),
                                          state(u"5"_s, u"five"_s)};
        QCOMPARE(inWords(matchByName(old, fresh)),
                 u"20250101000000_create users = 20250101000000_create_users\n"
                 "7_add_phone = 20260101000000_Add-phone\n"
                 "20240101000000_said_so ~ 20240101000000_said_otherwise\n"
                 "5_ = 5_five\n"
                 "unmatched 8_lost\n"
                 "ambiguous 9_twice: 100_twice, 101_twice\n"
                 "ambiguous 3_other: 003_new"_s);
        QCOMPARE(inWords(matchByOrder(old.first(2), fresh.first(1))),
                 u"20250101000000_create users = 20250101000000_create_users\nunmatched 7_add_phone"_s);
    }

    void saysWhoseTableItIs_data() { test::engines(); }
    void saysWhoseTableItIs()
    {
        QFETCH(const Engine, engine);
        for (const auto& [old, fresh] :
             {std::pair(u"dbmate"_s, u"golang-migrate"_s), std::pair(u"golang-migrate"_s, u"dbmate"_s)}) {
            const Scratch scratch(engine);
            const auto from = test::writeTool(scratch, test::toolProject(old), u"old"_s);
            const auto to = test::writeTool(scratch, test::toolProject(fresh), u"new"_s);
            const auto db = scratch.connect();
            run(*db, from, Scope::first(2));
            const auto refused = status(*db, to);
            QVERIFY(!refused);
            QVERIFY2(refused.error().message.contains(u"is the ledger of %1, not of %2"_s.arg(old, fresh)),
                     qPrintable(refused.error().oneLine()));
            QVERIFY(refused.error().hint.contains(u"convert --from "_s + old));
        }
    }
};

QTEST_GUILESS_MAIN(ConvertTest)
#include "convert_test.moc"
