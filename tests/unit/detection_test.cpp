// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/format.h"
#include "support/cli_answer.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Which project a folder holds: what is computed is asked for, never guessed, and a person's word counts.
class DetectionTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static project::Project as(const Scratch& scratch, const QString& tool, const QString& folder = {},
                               const project::Answers& answers = {})
    {
        return project::detectAs(tool, scratch.path(folder), project::withAnswers({}, answers))
            .value()
            .value();
    }
    static QStringList keysOf(const project::Project& project)
    {
        QStringList keys;
        for (const project::Unknown& unknown : project.unknowns)
            keys << unknown.key + u':' + QString::number(unknown.line);
        return keys;
    }
    static project::Project onlyOne(const QString& folder)
    {
        const auto all = project::detectAll(folder, {}).value();
        return all.size() == 1 ? all.first() : project::Project{};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
    }

    void whatIsComputedIsAskedFor_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("unknown");
        const auto drizzle = [](const char* name, const QByteArray& text, const QStringList& unknown) {
            QTest::newRow(name) << u"drizzle"_s << u"drizzle.config.ts"_s << text << unknown;
        };
        drizzle("a call", "export default {\n  dialect: 'sqlite',\n  out: path.join('a', 'b'),\n};",
                {u"out:3"_s});
        drizzle("a condition", "export default { out: isProd ? './a' : './b' }", {u"out:1"_s});
        drizzle("an imported name", "import { T } from './t';\nexport default {\n migrations: { table: T } }",
                {u"migrations.table:3"_s});
        drizzle("a variable", "let out = './a';\nout = './b';\nexport default { out }", {u"out:3"_s});
        drizzle("a template", "const n = 1;\nexport default { out: `./m${n}` }", {u"out:2"_s});
        drizzle("something spread in", "export default { ...base, out: './a', dialect: 'sqlite' }",
                {u"migrations.table:1"_s, u"migrations.schema:1"_s, u"migrations.prefix:1"_s,
                 u"breakpoints:1"_s});
        drizzle("something spread behind", "export default { out: './a', ...base }",
                {u"out:1"_s, u"migrations.table:1"_s, u"migrations.schema:1"_s, u"migrations.prefix:1"_s,
                 u"breakpoints:1"_s});
        drizzle("a function", "export default async () => config;",
                {u"out:0"_s, u"migrations.table:0"_s, u"migrations.schema:0"_s, u"migrations.prefix:0"_s,
                 u"breakpoints:0"_s});
        drizzle("literals", "export default defineConfig({ out: \"./a\", dialect: 'sqlite' })", {});
        drizzle("a constant", "const out = './a';\nexport default { out }", {});
        drizzle("a constant with a type", "const place: string = './a'\nexport default { out: place }", {});
        const auto prisma = [](const char* name, const QByteArray& text, const QStringList& unknown) {
            QTest::newRow(name) << u"prisma"_s << u"prisma.config.ts"_s << text << unknown;
        };
        prisma("prisma, a call", "export default {\n migrations: {\n path: path.join('db', 'm') } }",
               {u"migrations.path:3"_s});
        prisma("prisma, a literal", "export default { migrations: { path: './db/m' } }", {});
        const auto atlas = [](const char* name, const QByteArray& text, const QStringList& unknown) {
            QTest::newRow(name) << u"atlas"_s << u"atlas.hcl"_s << text << unknown;
        };
        atlas(
            "atlas, a local of another",
            "locals {\n  d = \"file://${local.x}\"\n}\nenv \"e\" {\n  migration {\n    dir = local.d\n  }\n}",
            {u"dir:6"_s});
        atlas("atlas, a function", "env \"e\" {\n  migration {\n    dir = format(\"%s\", \"x\")\n  }\n}",
              {u"dir:3"_s});
        atlas("atlas, a local",
              "locals {\n  d = \"file://other\"\n}\nenv \"e\" {\n  migration { dir = local.d\n }\n}", {});
    }
    void whatIsComputedIsAskedFor()
    {
        QFETCH(const QString, tool);
        QFETCH(const QString, file);
        QFETCH(const QByteArray, text);
        QFETCH(const QStringList, unknown);
        const Scratch scratch(Engine::Sqlite);
        scratch.write(file, text);
        QDir(scratch.path()).mkpath(u"drizzle/meta"_s);
        const auto project = as(scratch, tool);
        QCOMPARE(keysOf(project), unknown);
        if (unknown.isEmpty())
            return;
        // Nothing is read or written before that is answered.
        QVERIFY(!project::list(project));
        const auto made = apply::generate(project, {.name = u"x"_s});
        QVERIFY(!made);
        QVERIFY2(made.error().hint.contains(u"--set "_s), qPrintable(made.error().oneLine()));
        project::Answers answers;
        for (const project::Unknown& each : project.unknowns)
            answers.insert(each.key, {});
        QCOMPARE(keysOf(as(scratch, tool, {}, answers)), QStringList());
    }

    void answersCount()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.ts"_s,
                      "export default { dialect: 'sqlite', out: place(), migrations: { table: name() } }");
        const auto project =
            as(scratch, u"drizzle"_s, {}, {{u"out"_s, u"./db/m"_s}, {u"migrations.table"_s, u"applied"_s}});
        QCOMPARE(project.directory, scratch.path(u"db/m"_s));
        QCOMPARE(project::formatOf(project).ledger.table(project, Engine::Sqlite).name, u"applied"_s);
        QCOMPARE(as(scratch, u"drizzle"_s, {}, {{u"out"_s, {}}}).directory, scratch.path(u"drizzle"_s));
        // In the shell.
        scratch.write(u"db/m/meta/_journal.json"_s,
                      R"({"version":"7","dialect":"sqlite","entries":[{"idx":0,"version":"6","when":1,)"
                      R"("tag":"0000_a","breakpoints":true}]})");
        scratch.write(u"db/m/0000_a.sql"_s, "CREATE TABLE a(id integer);");
        const QStringList words{u"migrate"_s,   u"status"_s, u"--project"_s,
                                scratch.path(), u"--db"_s,   scratch.path(u"none.db"_s)};
        const auto asked = test::runCli(words);
        QCOMPARE(asked.code, 2);
        QVERIFY2(asked.err.contains("line 1") && asked.err.contains("--set out=VALUE"), asked.err);
        const auto told = test::runCli(
            words + QStringList{u"--set"_s, u"out=./db/m"_s, u"--set"_s, u"migrations.table="_s});
        QVERIFY2(told.code == 0, told.err);
        // The file that the first run makes is not made by looking.
        QVERIFY2(told.out.contains("pending       0000_a") && !QFile::exists(scratch.path(u"none.db"_s)),
                 told.out);
    }

    void anOutputFolderThatIsOpenedIsTheOne()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.json"_s, R"({"dialect":"sqlite","out":"./first"})");
        for (const QString& folder : {u"first"_s, u"second"_s})
            scratch.write(folder + u"/meta/_journal.json"_s,
                          R"({"version":"7","dialect":"sqlite","entries":[]})");
        QCOMPARE(onlyOne(scratch.path()).directory, scratch.path(u"first"_s));
        QCOMPARE(onlyOne(scratch.path(u"first"_s)).configFile, scratch.path(u"drizzle.config.json"_s));
        QCOMPARE(onlyOne(scratch.path(u"second"_s)).directory, scratch.path(u"second"_s));
        QCOMPARE(onlyOne(scratch.path(u"second"_s)).engine, Engine::Sqlite);
    }

    void prismaWithoutItsSchema()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"prisma/migrations/migration_lock.toml"_s,
                      "# Please do not edit\nprovider = \"postgresql\"\n");
        scratch.write(u"prisma/migrations/20250101000000_a/migration.sql"_s, "CREATE TABLE a(id integer);");
        for (const QString& folder : {QString(), u"prisma"_s, u"prisma/migrations"_s}) {
            const auto project = onlyOne(scratch.path(folder));
            QCOMPARE(project.tool, u"prisma"_s);
            QCOMPARE(project.directory, scratch.path(u"prisma/migrations"_s));
            QCOMPARE(project.root, scratch.path());
            QCOMPARE(project.engine, Engine::Postgres);
            QCOMPARE(project::list(project).value().size(), 1);
        }
    }

    void anyToolCanBeginAnywhere_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<Engine>("engine");
        for (const QString& tool : project::toolNames()) {
            QTest::addRow("%s, SQLite", qPrintable(tool)) << tool << Engine::Sqlite;
            QTest::addRow("%s, PostgreSQL", qPrintable(tool)) << tool << Engine::Postgres;
        }
    }
    void anyToolCanBeginAnywhere()
    {
        QFETCH(const QString, tool);
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const auto begun = project::detectAs(tool, scratch.path(), {}).value();
        if (project::formatNamed(tool)->usualPlace.isEmpty()) {
            QVERIFY(!begun);  // its own command makes projects
            return;
        }
        QVERIFY(begun.has_value());
        const auto project = project::forEngine(*begun, engine);
        const auto made = apply::generate(project,
                                          {.name = u"first"_s,
                                           .version = {},
                                           .up = "CREATE TABLE a (id integer PRIMARY KEY);\n",
                                           .down = "DROP TABLE a;\n",
                                           .change = {}},
                                          {}, scratch.target());
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        QVERIFY(made->upPath.startsWith(scratch.path(project::formatNamed(tool)->usualPlace)));
        // What it wrote is found by the tool's own marks now, and runs.
        const auto found = project::forEngine(as(scratch, tool), engine);
        QCOMPARE(found.directory, project.directory);
        const auto db = scratch.connect();
        test::verify(apply::execute(*db, found, apply::Action::Run, apply::Scope::all()));
        QCOMPARE(test::stateNames(*db, found), u"applied"_s);
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM a"_s), QStringList{u"0"_s});
    }

    void anEmptyFolderOfMigrationsIsEnough()
    {
        const Scratch scratch(Engine::Sqlite);
        QVERIFY(QDir(scratch.path()).mkpath(u"migrations"_s));
        for (const QString& folder : {QString(), u"migrations"_s}) {
            const auto goose = as(scratch, u"goose"_s, folder);
            QCOMPARE(goose.directory, scratch.path(u"migrations"_s));
            QCOMPARE(goose.root, scratch.path());
        }
    }

    void projectsBelowAreFound()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"apps/api/diesel.toml"_s, "");
        scratch.write(u"apps/api/migrations/2025-01-01-000000_a/up.sql"_s, "CREATE TABLE a(id integer);");
        scratch.write(u"apps/web/prisma/schema.prisma"_s, "datasource db { provider = \"sqlite\" }");
        scratch.write(u"apps/web/node_modules/x/migrations/0001_a.sql"_s, "CREATE TABLE a(id integer);");
        QVERIFY(project::detectAll(scratch.path(), {}).value().isEmpty());
        QStringList found;
        for (const project::Project& project : project::detectBelow(scratch.path(), {}))
            found << project.tool + u' ' + QDir(scratch.path()).relativeFilePath(project.root);
        QCOMPARE(found, (QStringList{u"diesel apps/api"_s, u"prisma apps/web"_s}));
        const auto several = test::runCli({u"migrate"_s, u"status"_s, u"--project"_s, scratch.path()});
        QCOMPARE(several.code, 2);
        QVERIFY2(several.err.contains("apps/api") && several.err.contains("--format"), several.err);
    }
};

QTEST_GUILESS_MAIN(DetectionTest)
#include "detection_test.moc"
