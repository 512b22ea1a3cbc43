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
        // SQLx, goose, dbmate and plain files are of one kind or the other from the start.
        static const QStringList without{u"sqlx"_s, u"goose"_s, u"dbmate"_s, u"plain files"_s};
        for (int i = 0; i < test::toolProjects().size(); ++i) {
            const QString title = test::toolProjects()[i].title;
            if (without.contains(title))
                continue;
            QTest::addRow("%s, SQLite", qPrintable(title)) << i << Engine::Sqlite;
            if (test::havePostgres())
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
        const auto refused = execute(*db, project, Action::Revert, Scope::one());
        QVERIFY(!refused);
        QVERIFY2(refused.error().hint.contains(u"--down-for"_s), qPrintable(refused.error().oneLine()));

        const auto down = workOutDown(*db, project, second(project).version);
        QVERIFY2(down, down ? "" : qPrintable(down.error().oneLine()));
        QVERIFY(down->open.isEmpty() && down->losesData);
        const auto path = writeDown(project, second(project).version, down->script);
        QVERIFY2(path, path ? "" : qPrintable(path.error().oneLine()));
        QCOMPARE(second(project).downPath, *path);
        act(*db, project, Action::Revert, Scope::one());
        QVERIFY(diff::compare(before, catalog::inspect(*db).value()).isEmpty());
        act(*db, project, Action::Run, Scope::all());
        act(*db, project, Action::Revert, Scope::all());
        QCOMPARE(test::states(*db, project).count(u"pending"_s), 3);
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
        QVERIFY(!writeDown(diesel, second(diesel).version, "x"));
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
