// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/drizzle/drizzle.h"
#include "support/node_tools.h"
#include "support/project_scratch.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Dewpoint and the real Drizzle on the same project and database, in any order.
class DrizzleInteropTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    std::map<QString, test::NodeTools> m_tools;
    std::map<std::pair<QString, Engine>, std::map<QString, QByteArray>> m_projects;  ///< path → bytes

    void releases()
    {
        QTest::addColumn<QString>("release");
        QTest::addColumn<Engine>("engine");
        for (const auto& [release, tools] : m_tools) {
            QTest::addRow("%s SQLite", qPrintable(release)) << release << Engine::Sqlite;
            if (test::havePostgres())
                QTest::addRow("%s PostgreSQL", qPrintable(release)) << release << Engine::Postgres;
        }
    }
    const test::NodeTools& tools() const
    {
        QFETCH(const QString, release);
        return m_tools.at(release);
    }
    /// The later one adds a column to users, and on SQLite has to rebuild teams.
    static QByteArray schema(Engine engine, bool later)
    {
        const QByteArray extra = later ? "  email: text('email').notNull().default('none'),\n" : "";
        const QByteArray count = later ? "integer('count').notNull()" : "integer('count')";
        const QByteArray core = engine == Engine::Postgres ? "pg" : "sqlite";
        return "import { " + core + "Table, integer, text } from 'drizzle-orm/" + core
               + "-core';\nexport const teams = " + core
               + "Table('teams', {\n  id: integer('id').primaryKey(),\n  count: " + count
               + ",\n});\nexport const users = " + core
               + "Table('users', {\n  id: integer('id').primaryKey(),\n  team: "
                 "integer('team').references(() => teams.id, { onDelete: 'cascade' }),\n"
               + extra + "});\n";
    }
    test::Answer kit(const Scratch& scratch, const QStringList& words) const
    {
        return tools().node(u"drizzle-kit/bin.cjs"_s, words, scratch.path());
    }
    void generateWithTheTool(const Scratch& scratch, const QString& name) const
    {
        const auto answer = kit(scratch, {u"generate"_s, u"--name"_s, name});
        QVERIFY2(answer.code == 0 && answer.text.contains(u"✓"), qPrintable(answer.text));
    }
    /// A configured project without migrations.
    void makeEmptyProject(const Scratch& scratch) const
    {
        const QByteArray dialect = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        QVERIFY(QFile::link(tools().modules(), scratch.path(u"node_modules"_s)));
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: '" + dialect
                                                  + "', schema: './schema.ts', out: './drizzle' };\n");
    }
    /// Two migrations as drizzle-kit writes them; it is slow, so each kind is made once and copied.
    void makeProject(const Scratch& scratch)
    {
        QFETCH(const QString, release);
        auto& files = m_projects[{release, scratch.engine()}];
        makeEmptyProject(scratch);
        for (const auto& [name, bytes] : files)
            scratch.write(name, bytes);
        if (!files.empty())
            return;
        for (const bool later : {false, true}) {
            scratch.write(u"schema.ts"_s, schema(scratch.engine(), later));
            generateWithTheTool(scratch, later ? u"second"_s : u"first"_s);
        }
        files[u"schema.ts"_s] = scratch.read(u"schema.ts"_s);
        QDirIterator made(scratch.path(u"drizzle"_s), QDir::Files, QDirIterator::Subdirectories);
        while (made.hasNext()) {
            const QString name = QDir(scratch.path()).relativeFilePath(made.next());
            files[name] = scratch.read(name);
        }
    }
    test::Answer migrate(const Scratch& scratch, const Scratch& database) const
    {
        const QString script =
            qEnvironmentVariable("DEWPOINT_SOURCE") + u"/tests/interop/drizzle_migrate.cjs"_s;
        const QString folder = scratch.path(u"drizzle"_s);
        if (database.engine() == Engine::Sqlite)
            return tools().node(script, {u"sqlite"_s, database.target().location, folder}, scratch.path());
        const auto db = database.connect();
        const QString socket = test::rowsOf(*db, u"SHOW unix_socket_directories"_s).first();
        const QString name = test::rowsOf(*db, u"SELECT current_database()"_s).first();
        return tools().node(script, {u"postgres"_s, socket, name, folder}, scratch.path());
    }
    static QStringList ledger(const Scratch& database, bool folders)
    {
        const auto db = database.connect();
        const QString table = database.engine() == Engine::Postgres ? u"drizzle.__drizzle_migrations"_s
                                                                    : u"__drizzle_migrations"_s;
        const QString type =
            database.engine() == Engine::Postgres ? u"pg_typeof(created_at)"_s : u"typeof(created_at)"_s;
        const QString more = folders ? u", name, applied_at IS NULL"_s : QString();
        return test::rowsOf(
            *db, u"SELECT id, hash, created_at, %1%2 FROM %3 ORDER BY created_at"_s.arg(type, more, table));
    }
    static QStringList ledger(const Scratch& database, const Scratch& scratch)
    {
        return ledger(database, !project::drizzle::isJournal(scratch.project()));
    }
    static QString states(const Scratch& scratch, const Scratch& database)
    {
        const auto db = database.connect();
        const auto now = status(*db, scratch.project());
        if (!now)
            return now.error().oneLine();
        QStringList lines;
        for (const auto& state : now->migrations)
            lines << stateName(state.state) + u' ' + state.migration.name;
        return lines.join(u'\n');
    }
    static void act(const Scratch& scratch, const Scratch& database, Action action, const Scope& scope)
    {
        const auto db = database.connect();
        const auto report = execute(*db, scratch.project(), action, scope);
        QVERIFY2(report, report ? "" : qPrintable(report.error().oneLine()));
        QVERIFY2(!report->failure, report->failure ? qPrintable(report->failure->oneLine()) : "");
    }
    static void verifyFine(const test::Answer& answer)
    {
        QVERIFY2(answer.code == 0, qPrintable(answer.text));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_tools.emplace(u"drizzle0"_s,
                        test::NodeTools(u"drizzle0"_s, {u"drizzle-kit@0.31.11"_s, u"drizzle-orm@0.45.4"_s,
                                                        u"@libsql/client@0.18.0"_s, u"pg@8"_s}));
        m_tools.emplace(
            u"drizzle1"_s,
            test::NodeTools(u"drizzle1"_s, {u"drizzle-kit@1.0.0-rc.5"_s, u"drizzle-orm@1.0.0-rc.5"_s,
                                            u"@libsql/client@0.18.0"_s, u"pg@8"_s}));
        for (const auto& [release, tools] : m_tools) {
            if (!tools.problem().isEmpty())
                QSKIP(qPrintable(tools.problem()));
        }
        if (test::NodeTools::nodeProgram().isEmpty())
            QSKIP("there is no node here (PATH, DEWPOINT_NODE)");
    }

    void bothWriteTheSameLedger_data() { releases(); }
    void bothWriteTheSameLedger()
    {
        QFETCH(const Engine, engine);
        const Scratch ours(engine);
        const Scratch theirs(engine);
        makeProject(ours);
        act(ours, ours, Action::Run, Scope::all());
        verifyFine(migrate(ours, theirs));
        QCOMPARE(ledger(ours, ours).size(), 2);
        QCOMPARE(ledger(ours, ours), ledger(theirs, ours));
        QCOMPARE(states(ours, theirs), u"applied first\napplied second"_s);
    }

    void theToolSeesNothingPendingAfterUs_data() { releases(); }
    void theToolSeesNothingPendingAfterUs()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        makeProject(scratch);
        act(scratch, scratch, Action::Run, Scope::all());
        const QStringList before = ledger(scratch, scratch);
        verifyFine(migrate(scratch, scratch));
        QCOMPARE(ledger(scratch, scratch), before);
    }

    void eachGoesOnWhereTheOtherStopped_data() { releases(); }
    void eachGoesOnWhereTheOtherStopped()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        makeProject(scratch);
        act(scratch, scratch, Action::Run, Scope::one());
        QCOMPARE(states(scratch, scratch), u"applied first\npending second"_s);
        verifyFine(migrate(scratch, scratch));
        QCOMPARE(states(scratch, scratch), u"applied first\napplied second"_s);
        const auto made = generate(
            scratch.project(),
            {.name = u"third"_s, .up = "CREATE TABLE third(id integer);", .down = "DROP TABLE third;"});
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        act(scratch, scratch, Action::Run, Scope::all());
        act(scratch, scratch, Action::Revert, Scope::one());
        QCOMPARE(states(scratch, scratch), u"applied first\napplied second\npending third"_s);
        verifyFine(migrate(scratch, scratch));
        QCOMPARE(states(scratch, scratch), u"applied first\napplied second\napplied third"_s);
        QCOMPARE(test::rowsOf(*scratch.connect(), u"SELECT count(*) FROM third"_s), QStringList{u"0"_s});
    }

    void theToolAcceptsWhatWeGenerate_data() { releases(); }
    void theToolAcceptsWhatWeGenerate()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        makeProject(scratch);
        QVERIFY(generate(scratch.project(), {.name = u"custom"_s}).has_value());
        QVERIFY(generate(scratch.project(), {.name = u"again"_s, .down = "SELECT 1;"}).has_value());
        const auto check = kit(scratch, {u"check"_s});
        QVERIFY2(check.code == 0 && check.text.contains(u"Everything's fine"), qPrintable(check.text));
        const auto same = kit(scratch, {u"generate"_s});
        QVERIFY2(same.code == 0 && same.text.contains(u"No schema changes"), qPrintable(same.text));
        QCOMPARE(project::list(scratch.project())->size(), 4);
        scratch.write(u"schema.ts"_s, schema(engine, false));
        const auto next = kit(scratch, {u"generate"_s, u"--name"_s, u"back"_s});
        QVERIFY2(next.code == 0 && next.text.contains(u"✓"), qPrintable(next.text));
        QCOMPARE(project::list(scratch.project())->last().name, u"back"_s);
    }

    void ourEmptyMigrationIsTheToolsOwn_data() { releases(); }
    void ourEmptyMigrationIsTheToolsOwn()
    {
        QFETCH(const Engine, engine);
        const Scratch ours(engine);
        makeProject(ours);
        const auto made = generate(ours.project(), {.name = u"ours"_s});
        QVERIFY(made.has_value());
        const auto answer = kit(ours, {u"generate"_s, u"--custom"_s, u"--name"_s, u"theirs"_s});
        QVERIFY2(answer.code == 0, qPrintable(answer.text));
        const auto list = project::list(ours.project());
        QCOMPARE(list->size(), 4);
        const auto& theirs = list->last();
        QCOMPARE(project::readScript(made->upPath).value(), project::readScript(theirs.upPath).value());
        const auto normal = [](const project::Migration& migration) {
            auto object =
                QJsonDocument::fromJson(project::readScript(migration.sideFiles.first()).value()).object();
            for (const auto& key : {u"id"_s, u"prevId"_s, u"prevIds"_s})
                object.remove(key);
            return QJsonDocument(object).toJson();
        };
        QCOMPARE(normal(*made), normal(theirs));
    }

    void keepsTheRowsThatReferToARebuiltTable_data() { releases(); }
    void keepsTheRowsThatReferToARebuiltTable()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        makeProject(scratch);
        act(scratch, scratch, Action::Run, Scope::one());
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("INSERT INTO teams VALUES (1, 2); INSERT INTO users VALUES (1, 1);")
                    .has_value());
        act(scratch, scratch, Action::Run, Scope::all());
        QCOMPARE(test::rowsOf(*db, u"SELECT * FROM users"_s), QStringList{u"1|1|none"_s});
    }
};

QTEST_GUILESS_MAIN(DrizzleInteropTest)
#include "drizzle_interop_test.moc"
