// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/down.h"
#include "catalog/inspect.h"
#include "diff/compare.h"
#include "support/migrating.h"
#include "support/tool_projects.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// The missing down SQL of a migration, for every tool that has a place for it.
class DownTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    /// The second migration does more than the others, and has no way back.
    static project::Project oneWay(const Scratch& scratch, const test::ToolProject& tool,
                                   const QByteArray& up)
    {
        auto project = test::writeTool(scratch, tool);
        const QString down = project::list(project).value().at(1).downPath;
        if (!down.isEmpty())
            QFile::remove(down);
        scratch.write(u"project/"_s + tool.second, up);
        if (tool.settle)
            tool.settle(scratch, u"project"_s);
        return project;
    }

    static project::Migration second(const project::Project& project)
    {
        return project::list(project).value().at(1);
    }

    static void act(drivers::Connection& db, const project::Project& project, Action action,
                    const Scope& scope)
    {
        test::verify(execute(db, project, action, scope));
    }

private Q_SLOTS:
    void leadsBackExactly_data()
    {
        QTest::addColumn<int>("tool");
        QTest::addColumn<Engine>("engine");
        // goose makes its blocks itself; dbmate's file always has one, empty at first.
        static const QStringList without{u"goose"_s, u"dbmate"_s};
        for (int i = 0; i < test::toolProjects().size(); ++i) {
            const QString title = test::toolProjects()[i].title;
            if (without.contains(title))
                continue;
            QTest::addRow("%s, SQLite", qPrintable(title)) << i << Engine::Sqlite;
            QTest::addRow("%s, PostgreSQL", qPrintable(title)) << i << Engine::Postgres;
        }
    }
    void leadsBackExactly()
    {
        QFETCH(const int, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto project = oneWay(scratch, test::toolProjects()[tool],
                                    "CREATE TABLE b(id integer PRIMARY KEY, a text NOT NULL DEFAULT 'x');\n"
                                    "CREATE INDEX b_a ON b (a);\n"
                                    "CREATE VIEW v AS SELECT id FROM a;\n");
        const auto db = scratch.connect();
        act(*db, project, Action::Run, Scope::one());
        const auto before = catalog::inspect(*db).value();
        act(*db, project, Action::Run, Scope::one());
        if (!project::formatOf(project).rules(project).revertSkipsIrreversible) {
            const auto refused = execute(*db, project, Action::Revert, Scope::one());
            QVERIFY(!refused);
            QVERIFY2(refused.error().hint.contains(u"--down-for"_s), qPrintable(refused.error().oneLine()));
        }

        const auto down = workOutDown(*db, project, second(project).version);
        QVERIFY2(down, down ? "" : qPrintable(down.error().oneLine()));
        QVERIFY(down->open.isEmpty() && down->losesData);
        const auto path = writeDown(project, second(project).version, db->engine(), down->script);
        QVERIFY2(path, path ? "" : qPrintable(path.error().oneLine()));
        QCOMPARE(second(project).downPath, *path);
        act(*db, project, Action::Revert, Scope::one());
        QVERIFY(diff::compare(before, catalog::inspect(*db).value()).isEmpty());
        act(*db, project, Action::Run, Scope::all());
        act(*db, project, Action::Revert, Scope::all());
        QCOMPARE(test::states(*db, project).count(u"pending"_s), 3);
    }

    /// What the tools' own generate leaves: a file, or a block, with a comment at most.
    void aPlaceholderIsFilled_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("diesel") << u"diesel"_s
                                << QByteArray("-- This file should undo anything in `up.sql`\n");
        QTest::newRow("diesel, no line end") << u"diesel"_s << QByteArray("/* later */");
        QTest::newRow("sqlx") << u"sqlx"_s << QByteArray("-- Add down migration script here\n");
        QTest::newRow("golang-migrate") << u"golang-migrate"_s << QByteArray();
        QTest::newRow("dbmate") << u"dbmate"_s << QByteArray();
    }
    void aPlaceholderIsFilled()
    {
        QFETCH(const QString, title);
        QFETCH(const QByteArray, text);
        const Scratch scratch(Engine::Sqlite);
        const test::ToolProject& tool = test::toolProject(title);
        const auto project = test::writeTool(scratch, tool);
        const bool isBlock = second(project).downPath == second(project).upPath;
        const QByteArray whole =
            isBlock ? "-- migrate:up\nCREATE TABLE b(id integer);\n\n-- migrate:down\n\n" : text;
        QFile file(second(project).downPath);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(whole);
        file.close();
        const auto db = scratch.connect();
        QVERIFY(lacksDown(project, second(project), Engine::Sqlite));
        const auto way = workOutDown(*db, project, second(project).version);
        QVERIFY2(way, way ? "" : qPrintable(way.error().oneLine()));
        QVERIFY(writeDown(project, second(project).version, Engine::Sqlite, way->script));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        QVERIFY2(written.startsWith(whole) && written.endsWith(way->script), written.constData());
        QVERIFY(!lacksDown(project, second(project), Engine::Sqlite));
        act(*db, project, Action::Run, Scope::all());
        act(*db, project, Action::Revert, Scope::all());
        QVERIFY(
            test::rowsOf(*db, u"SELECT name FROM sqlite_schema WHERE name IN ('a', 'b', 'c')"_s).isEmpty());
        // What is there now is nobody's to overwrite.
        QVERIFY(!writeDown(project, second(project).version, Engine::Sqlite, way->script));
    }

    void sqlThatIsNoMigrationYet()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto project = test::writeTool(scratch, test::toolProject(u"sqlx"_s));
        const auto way = wayBackOf("ALTER TABLE b ADD COLUMN note text;\n", scratch.target(), project);
        QVERIFY2(way, way ? "" : qPrintable(way.error().oneLine()));
        QVERIFY2(way->script.contains("DROP COLUMN \"note\""), way->script.constData());
        QVERIFY(way->losesData);
        const auto rows = wayBackOf("INSERT INTO a VALUES (1);", scratch.target(), project);
        QVERIFY(rows && rows->script.isEmpty());
        const auto wrong = wayBackOf("ALTER TABLE nowhere ADD x;", scratch.target(), project);
        QVERIFY(!wrong);
        QVERIFY2(wrong.error().message.contains(u"nowhere"_s), qPrintable(wrong.error().oneLine()));
    }

    void aRenameIsAsked()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto project =
            oneWay(scratch, test::toolProjects().at(5), "ALTER TABLE a RENAME COLUMN id TO ids;\n");
        const auto db = scratch.connect();
        const QString version = second(project).version;
        const auto open = workOutDown(*db, project, version);
        QVERIFY(open.has_value());
        QCOMPARE(open->open.size(), 1);
        QVERIFY(open->script.isEmpty());
        const auto down =
            workOutDown(*db, project, version, {.renames = {plan::argument(open->open.first().rename)}});
        QVERIFY2(down, down ? "" : qPrintable(down.error().oneLine()));
        QVERIFY2(down->script.contains("RENAME COLUMN \"ids\" TO \"id\""), down->script.constData());
        QVERIFY(!down->losesData);
    }

    void whatIsThereOrHasNoPlaceIsRefused()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto diesel = test::writeTool(scratch, test::toolProjects().at(0), u"diesel"_s);
        const auto db = scratch.connect();
        const auto there = workOutDown(*db, diesel, second(diesel).version);
        QVERIFY(!there);
        QCOMPARE(there.error().kind, ErrorKind::Conflict);
        QVERIFY(!writeDown(diesel, second(diesel).version, Engine::Sqlite, "x"));
        QVERIFY(!workOutDown(*db, diesel, u"1"_s));

        scratch.write(u"sqlx/sqlx.toml"_s, "");
        scratch.write(u"sqlx/migrations/1_a.sql"_s, "CREATE TABLE a(id integer);");
        const auto sqlx = project::detectAs(u"sqlx"_s, scratch.path(u"sqlx"_s), {}).value().value();
        const auto without = workOutDown(*db, sqlx, u"1"_s);
        QVERIFY(!without);
        QCOMPARE(without.error().kind, ErrorKind::Unsupported);
    }

    void whatOnlyTouchesRowsIsNotGuessed()
    {
        const Scratch scratch(Engine::Sqlite);
        const auto project = oneWay(scratch, test::toolProjects().at(5), "INSERT INTO a VALUES (1);\n");
        const auto down = workOutDown(*scratch.connect(), project, second(project).version);
        QVERIFY(!down);
        QVERIFY2(down.error().hint.contains(u"by hand"_s), qPrintable(down.error().oneLine()));
    }
};

QTEST_GUILESS_MAIN(DownTest)
#include "down_test.moc"
