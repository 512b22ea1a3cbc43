// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "squash/squash.h"
#include "support/full_disk.h"
#include "support/migrating.h"
#include "support/ordinary_user.h"
#include "support/repair_scratch.h"

#include <QDirIterator>
#include <QTest>

#include <algorithm>

using namespace dewpoint;
using namespace dewpoint::squash;
using namespace Qt::StringLiterals;

namespace {

using Files = QMap<QString, QByteArray>;

/// All files below a folder; Diesel's lock stays, as the tool's own does.
Files filesBelow(const QString& folder)
{
    Files files;
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (all.fileName() != ".diesel_lock"_L1 && file.open(QIODevice::ReadOnly))
            files.insert(QDir(folder).relativeFilePath(file.fileName()), file.readAll());
    }
    return files;
}

}  // namespace

/// Migrations that nobody has applied become one, proven to do the same, and come back.
class SquashTest final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;

    static QString problem(const Result<Squash>& squash)
    {
        return squash ? u"it was worked out"_s : squash.error().oneLine();
    }
    static QStringList folders(const project::Project& project)
    {
        QStringList names;
        const auto all = project::list(project).value();
        for (const auto& migration : all)
            names << migration.folder;
        return names;
    }
    /// Snapshots that follow one another, as drizzle-kit writes them.
    static void writeSnapshots(const test::ProjectScratch& scratch, const test::ToolProject& tool)
    {
        const QByteArray dialect = scratch.engine() == Engine::Postgres ? "postgresql" : "sqlite";
        QByteArray before = "00000000-0000-0000-0000-000000000000";
        for (const char name : {'a', 'b', 'c'}) {
            const QByteArray id = QByteArray("id-") + name;
            if (tool.title == "drizzle 0.x"_L1)
                scratch.write(u"project/drizzle/meta/000%1_snapshot.json"_s.arg(name - 'a'),
                              "{\n  \"id\": \"" + id + "\",\n  \"prevId\": \"" + before
                                  + "\",\n  \"version\": \"7\",\n  \"dialect\": \"" + dialect
                                  + "\",\n  \"tables\": {},\n  \"words of\": \"" + name + "\"\n}");
            if (tool.title == "drizzle 1.0"_L1)
                scratch.write(u"project/drizzle/%1_create_%2/snapshot.json"_s.arg(test::dayOf(name),
                                                                                  test::letter(name)),
                              "{\n  \"id\": \"" + id + "\",\n  \"prevIds\": [\n    \"" + before
                                  + "\"\n  ],\n  \"version\": \"7\",\n  \"dialect\": \"" + dialect
                                  + "\",\n  \"ddl\": [],\n  \"renames\": [],\n  \"words of\": \"" + name
                                  + "\"\n}");
            before = id;
        }
    }
    static void toolsOnBothEngines()
    {
        QTest::addColumn<test::ToolProject>("tool");
        QTest::addColumn<Engine>("engine");
        for (const test::ToolProject& tool : test::toolProjects()) {
            QTest::addRow("%s, SQLite", qPrintable(tool.title)) << tool << Engine::Sqlite;
            QTest::addRow("%s, PostgreSQL", qPrintable(tool.title)) << tool << Engine::Postgres;
        }
    }
    /// Simple files 0001, 0002 …, each with these texts; a down may be empty.
    static project::Project numbered(const test::ProjectScratch& scratch,
                                     const QList<std::pair<QByteArray, QByteArray>>& scripts)
    {
        for (qsizetype i = 0; i < scripts.size(); ++i) {
            const QString base = u"migrations/000%1_step"_s.arg(i + 1);
            scratch.write(base + u".sql"_s, scripts[i].first);
            if (!scripts[i].second.isEmpty())
                scratch.write(base + u".down.sql"_s, scripts[i].second);
        }
        return project::detectAs(u"sql"_s, scratch.path(), {}).value().value();
    }

private Q_SLOTS:
    void init() { qputenv("DEWPOINT_STATE_DIR", m_state.path().toUtf8()); }

    void twoBecomeOneInTheToolsOwnFormat_data() { toolsOnBothEngines(); }
    void twoBecomeOneInTheToolsOwnFormat()
    {
        QFETCH(const test::ToolProject, tool);
        QFETCH(const Engine, engine);
        const test::RepairScratch scratch(tool, engine);
        writeSnapshots(scratch.files, tool);
        scratch.run(apply::Scope::one());
        const Files before = filesBelow(scratch.files.path(u"project"_s));
        const QString last = scratch.versionAt(2);

        const auto squash = workOut(*scratch.db, scratch.project, {.name = u"b_and_c"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        QCOMPARE(squash->old.size(), 2);
        QCOMPARE(squash->downIs, Down::Joined);
        QCOMPARE(squash->tables, 3);
        QCOMPARE(filesBelow(scratch.files.path(u"project"_s)), before);  // nothing was done yet
        const auto kept = carryOut(scratch.project, *squash);
        QVERIFY2(kept, kept ? "" : qPrintable(kept.error().oneLine()));

        const auto now = apply::status(*scratch.db, scratch.project).value();
        QCOMPARE(now.migrations.size(), 2);
        QCOMPARE(now.problem, QString());
        QCOMPARE(test::stateNames(*scratch.db, scratch.project), u"applied pending"_s);
        QCOMPARE(now.migrations[1].migration.version, squash->made.version);
        QVERIFY(QFile::exists(squash->made.upPath));
        if (tool.tool != "drizzle"_L1 && tool.tool != "prisma"_L1)
            QCOMPARE(squash->made.version, last);  // its place in the order is that of the last one
        // It does all of it, and takes all of it back.
        scratch.run(apply::Scope::all());
        QVERIFY(scratch.hasTable(u"b"_s) && scratch.hasTable(u"c"_s));
        scratch.run(apply::Scope::one(), apply::Action::Revert);
        QVERIFY(scratch.hasTable(u"a"_s) && !scratch.hasTable(u"b"_s) && !scratch.hasTable(u"c"_s));

        const auto back = lastKept(scratch.project);
        QVERIFY(back.has_value());
        const auto done = takeBack(*scratch.db, scratch.project, back.value_or(Kept{}));
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
        QCOMPARE(filesBelow(scratch.files.path(u"project"_s)), before);
        QVERIFY(!lastKept(scratch.project));
    }

    void aSnapshotStaysInTheWordsOfTheLastOne_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addRow("0.x") << u"drizzle 0.x"_s;
        QTest::addRow("1.0") << u"drizzle 1.0"_s;
    }
    void aSnapshotStaysInTheWordsOfTheLastOne()
    {
        QFETCH(const QString, title);
        const test::RepairScratch scratch(test::toolProject(title), Engine::Sqlite);
        writeSnapshots(scratch.files, test::toolProject(title));
        const auto squash =
            workOut(*scratch.db, scratch.project, {.from = scratch.versionAt(1), .name = u"rest"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        QVERIFY(carryOut(scratch.project, *squash));
        const auto made = project::list(scratch.project).value().last();
        QCOMPARE(made.sideFiles.size(), 1);
        QFile file(made.sideFiles.value(0));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray snapshot = file.readAll();
        QVERIFY2(snapshot.contains("\"words of\": \"c\"") && snapshot.contains("\"id\": \"id-c\"")
                     && snapshot.contains("\"id-a\"") && !snapshot.contains("\"id-b\""),
                 snapshot);
        // Only the last ones: it numbers them itself.
        const test::RepairScratch other(test::toolProject(title), Engine::Sqlite);
        writeSnapshots(other.files, test::toolProject(title));
        const auto refused =
            workOut(*other.db, other.project, {.to = other.versionAt(1), .name = u"first"_s});
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"numbers"_s), qPrintable(problem(refused)));
    }

    void aRangeInTheMiddleKeepsItsPlace_data() { test::engines(); }
    void aRangeInTheMiddleKeepsItsPlace()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        const auto project =
            numbered(scratch, {{"CREATE TABLE t(id integer);", "DROP TABLE t;"},
                               {"INSERT INTO t VALUES (1) -- no semicolon", "DELETE FROM t WHERE id = 1"},
                               {"INSERT INTO t VALUES (2);", "DELETE FROM t WHERE id = 2;"},
                               {"CREATE TABLE u(id integer);", "DROP TABLE u;"}});
        const auto db = scratch.connect();
        const auto squash = workOut(*db, project, {.from = u"2"_s, .to = u"0003_step.sql"_s, .name = u"x"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        QCOMPARE(squash->rows, 2);
        QCOMPARE(squash->up, QByteArray("-- 0002_step.sql\nINSERT INTO t VALUES (1); -- no semicolon\n"
                                        "\n-- 0003_step.sql\nINSERT INTO t VALUES (2);\n"));
        QCOMPARE(squash->down, QByteArray("-- 0003_step.sql\nDELETE FROM t WHERE id = 2;\n"
                                          "\n-- 0002_step.sql\nDELETE FROM t WHERE id = 1;\n"));
        QVERIFY(carryOut(project, *squash));
        QCOMPARE(folders(project), (QStringList{u"0001_step.sql"_s, u"0003_x.up.sql"_s, u"0004_step.sql"_s}));
    }

    void whatCannotBeSquashedIsRefused_data()
    {
        QTest::addColumn<int>("applied");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("says");
        QTest::addRow("nothing is pending") << 3 << u""_s << u""_s << u"No migration is pending"_s;
        QTest::addRow("only one is") << 2 << u""_s << u""_s << u"two or more"_s;
        QTest::addRow("one of them is applied") << 1 << u"1"_s << u"3"_s << u"only what was never applied"_s;
        QTest::addRow("the wrong way round") << 0 << u"3"_s << u"1"_s << u"before the first"_s;
        QTest::addRow("none of that name") << 0 << u"9"_s << u""_s << u"no migration with version 9"_s;
    }
    void whatCannotBeSquashedIsRefused()
    {
        QFETCH(const int, applied);
        QFETCH(const QString, from);
        QFETCH(const QString, to);
        QFETCH(const QString, says);
        const test::RepairScratch scratch(test::toolProject(u"plain files"_s), Engine::Sqlite);
        if (applied > 0)
            scratch.run(apply::Scope::first(applied));
        const auto squash = workOut(*scratch.db, scratch.project, {.from = from, .to = to, .name = u"x"_s});
        QVERIFY(!squash);
        QVERIFY2(squash.error().message.contains(says), qPrintable(problem(squash)));
    }

    void whatIsOlderThanAnAppliedOneIsRefused()
    {
        const test::RepairScratch scratch(test::toolProject(u"plain files"_s), Engine::Sqlite);
        QCOMPARE(scratch.repaired(apply::RepairKind::MarkApplied, {u"3"_s}), QString());
        const auto squash =
            workOut(*scratch.db, scratch.project, {.from = u"1"_s, .to = u"2"_s, .name = u"x"_s});
        QVERIFY2(!squash && squash.error().message.contains(u"older than the newest applied"_s),
                 qPrintable(problem(squash)));
    }

    void programsAreRefused()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"dewpoint.toml"_s,
                      "[migrations]\nfiles = \"{version}_{name}.py\"\n[ledger]\ntable = \"v\"\n"
                      "version = \"version\"\n[commands]\nup = [\"./m\", \"{url}\"]\n");
        scratch.write(u"migrations/1_a.py"_s, "");
        scratch.write(u"migrations/2_b.py"_s, "");
        const auto db = scratch.connect();
        const auto squash = workOut(*db, scratch.project(), {.name = u"x"_s});
        QVERIFY2(!squash && squash.error().message.contains(u"programs"_s), qPrintable(problem(squash)));
    }

    void theTransactionIsKept()
    {
        const test::ProjectScratch scratch(Engine::Postgres);
        const auto project =
            numbered(scratch, {{"CREATE TABLE t(id integer, x integer);", "DROP TABLE t;"},
                               {"-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t(id);", "DROP INDEX i;"},
                               {"-- no-transaction\nVACUUM t;", "SELECT 1;"}});
        const auto db = scratch.connect();
        const auto mixed = workOut(*db, project, {.name = u"x"_s});
        QVERIFY2(!mixed && mixed.error().message.contains(u"outside one"_s), qPrintable(problem(mixed)));
        // Each alone stands outside a transaction, but PostgreSQL gives a script of two one of its own.
        const auto several = workOut(*db, project, {.from = u"2"_s, .name = u"x"_s});
        QVERIFY2(!several && several.error().message.contains(u"do not run"_s), qPrintable(problem(several)));

        const test::ProjectScratch lite(Engine::Sqlite);
        const auto outside =
            numbered(lite, {{"-- no-transaction\nCREATE TABLE t(id integer);", "DROP TABLE t;"},
                            {"-- no-transaction\nVACUUM;", "SELECT 1;"}});
        const auto liteDb = lite.connect();
        const auto squash = workOut(*liteDb, outside, {.name = u"x"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        QVERIFY2(squash->up.startsWith("-- no-transaction\n"), squash->up);
        QVERIFY(!squash->made.runInTransaction);
        QVERIFY(squash->made.revertInTransaction);
    }

    void whatDoesNotDoTheSameIsRefused()
    {
        const test::ProjectScratch scratch(Engine::Postgres);
        const auto project = numbered(scratch, {{"CREATE SCHEMA other; SET search_path = other;", ""},
                                                {"CREATE TABLE t(id integer);", ""}});
        const auto db = scratch.connect();
        const auto squash = workOut(*db, project, {.name = u"x"_s});
        QVERIFY2(!squash && squash.error().kind == ErrorKind::Conflict
                     && squash.error().message.contains(u"do not do the same"_s),
                 qPrintable(problem(squash)));
        const test::ProjectScratch enums(Engine::Postgres);
        const auto values = numbered(enums, {{"CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t(m mood);", ""},
                                             {"ALTER TYPE mood ADD VALUE 'sad';", ""},
                                             {"INSERT INTO t VALUES ('sad');", ""}});
        const auto enumDb = enums.connect();
        const auto late = workOut(*enumDb, values, {.from = u"2"_s, .name = u"x"_s});
        QVERIFY2(!late && late.error().message.contains(u"do not run"_s), qPrintable(problem(late)));
    }

    void rowsAreComparedButForWhatChangesByItself_data() { test::engines(); }
    void rowsAreComparedButForWhatChangesByItself()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        const bool postgres = engine == Engine::Postgres;
        const QByteArray random = postgres ? "gen_random_uuid()::text" : "(hex(randomblob(8)))";
        const auto project = numbered(
            scratch, {{"CREATE TABLE t(id integer PRIMARY KEY, token text DEFAULT " + random + ");", ""},
                      {"INSERT INTO t(id) VALUES (1), (2);", ""}});
        const auto db = scratch.connect();
        const auto squash = workOut(*db, project, {.name = u"x"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        QCOMPARE(squash->rows, 2);
        QVERIFY2(squash->notes.join(u'|').contains(u"t.token"_s), qPrintable(squash->notes.join(u'|')));
        // One knows the transaction it is in: two are one then.
        if (!postgres)
            return;
        const test::ProjectScratch other(engine);
        const auto told = numbered(
            other, {{"CREATE TABLE t(id integer PRIMARY KEY, x bigint);"
                     "CREATE TABLE began(at xid8); INSERT INTO began VALUES (pg_current_xact_id());",
                     ""},
                    {"INSERT INTO t SELECT 1, count(*) FROM began WHERE at = pg_current_xact_id();", ""}});
        const auto otherDb = other.connect();
        const auto differs = workOut(*otherDb, told, {.name = u"x"_s});
        QVERIFY2(!differs && differs.error().message.contains(u"rows of t"_s), qPrintable(problem(differs)));
    }

    void aMissingDownIsWorkedOut_data() { test::engines(); }
    void aMissingDownIsWorkedOut()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        const auto project = numbered(
            scratch, {{"CREATE TABLE t(id integer);", "DROP TABLE t;"}, {"CREATE TABLE u(id integer);", ""}});
        const auto db = scratch.connect();
        const auto squash = workOut(*db, project, {.name = u"x"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        QCOMPARE(squash->downIs, Down::WorkedOut);
        QVERIFY(squash->downLoses);
        QVERIFY2(squash->down.contains("DROP TABLE"), squash->down);
        QVERIFY(carryOut(project, *squash));
        test::verify(apply::execute(*db, project, apply::Action::Run, apply::Scope::all()));
        test::verify(apply::execute(*db, project, apply::Action::Revert, apply::Scope::one()));
        QCOMPARE(test::stateNames(*db, project), u"pending"_s);
    }

    void nothingIsHalfDone()
    {
        const test::RepairScratch scratch(test::toolProject(u"plain files"_s), Engine::Sqlite);
        const QString folder = scratch.files.path(u"project"_s);
        const Files before = filesBelow(folder);
        const auto squash = workOut(*scratch.db, scratch.project, {.name = u"x"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        // The old ones cannot be kept; then the new one, which is longer than each of them, cannot be written.
        for (const rlim_t bytes : {rlim_t(5), rlim_t(squash->up.size() - 5)}) {
            const test::FullDisk full(bytes);
            const auto kept = carryOut(scratch.project, *squash);
            QVERIFY(!kept);
            QCOMPARE(filesBelow(folder), before);
            QVERIFY(!lastKept(scratch.project));
        }
        {
            constexpr auto readable = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup
                                      | QFile::ReadOther | QFile::ExeOther;
            constexpr auto writable = readable | QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
            QFile::setPermissions(scratch.project.directory, readable);
            QFile::setPermissions(scratch.files.path(), readable);
            QFile::setPermissions(m_state.path(), writable);
            QFile::setPermissions(m_state.filePath(u"squashed"_s), writable);
            const test::OrdinaryUser user;
            const auto kept = carryOut(scratch.project, *squash);
            QVERIFY(!kept);
            QVERIFY2(kept.error().kind == ErrorKind::File, qPrintable(kept.error().oneLine()));
            QCOMPARE(filesBelow(folder), before);
        }
        QFile::setPermissions(scratch.project.directory,
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        scratch.files.write(u"project/migrations/0004_late.up.sql"_s, "SELECT 1;");
        const auto late = carryOut(scratch.project, *squash);
        QVERIFY(!late && late.error().kind == ErrorKind::Conflict);
        QVERIFY(QFile::remove(scratch.files.path(u"project/migrations/0004_late.up.sql"_s)));
        scratch.files.write(u"project/migrations/0002_create_b.up.sql"_s,
                            "CREATE TABLE b(id integer, x integer);");
        const auto edited = carryOut(scratch.project, *squash);
        QVERIFY(!edited && edited.error().kind == ErrorKind::Conflict);
        QVERIFY(!lastKept(scratch.project));
    }

    void oneThatWasKilledIsTakenBack()
    {
        const test::RepairScratch scratch(test::toolProject(u"plain files"_s), Engine::Sqlite);
        const QString folder = scratch.files.path(u"project"_s);
        const Files before = filesBelow(folder);
        const auto squash = workOut(*scratch.db, scratch.project, {.from = u"2"_s, .name = u"x"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        QVERIFY(carryOut(scratch.project, *squash));
        // As it is in the middle: some of the old ones are there still, the new one is not yet.
        const QDir migrations(scratch.project.directory);
        QVERIFY(migrations.mkdir(u".dewpoint-squash"_s));
        QVERIFY(QFile::rename(squash->made.upPath, migrations.filePath(u".dewpoint-squash/0.new"_s)));
        scratch.files.write(u"project/migrations/0002_create_b.up.sql"_s,
                            before.value(u"migrations/0002_create_b.up.sql"_s));
        const auto again = workOut(*scratch.db, scratch.project, {.from = u"1"_s, .name = u"y"_s});
        QVERIFY2(!again && again.error().message.contains(u"broken off"_s), qPrintable(problem(again)));
        const auto kept = lastKept(scratch.project);
        QVERIFY(kept.has_value());
        const auto done = takeBack(*scratch.db, scratch.project, kept.value_or(Kept{}));
        QVERIFY2(done, done ? "" : qPrintable(done.error().oneLine()));
        QCOMPARE(filesBelow(folder), before);
    }

    void whatIsAppliedOrEditedStays()
    {
        const test::RepairScratch scratch(test::toolProject(u"plain files"_s), Engine::Sqlite);
        const auto squash = workOut(*scratch.db, scratch.project, {.name = u"x"_s});
        QVERIFY2(squash, qPrintable(problem(squash)));
        const auto kept = carryOut(scratch.project, *squash);
        QVERIFY(kept);
        QCOMPARE(kept->old.size(), 3);
        QVERIFY(QFile::exists(kept->folder + u"/files/0002_create_b.up.sql"_s));
        scratch.run(apply::Scope::all());
        const auto applied = takeBack(*scratch.db, scratch.project, *kept);
        QVERIFY(!applied && applied.error().message.contains(u"not pending any more"_s));
        scratch.run(apply::Scope::one(), apply::Action::Revert);
        QFile file(squash->made.upPath);
        QVERIFY(file.open(QIODevice::Append));
        file.write("-- mine\n");
        file.close();
        const Files before = filesBelow(scratch.project.directory);
        const auto edited = takeBack(*scratch.db, scratch.project, *kept);
        QVERIFY(!edited && edited.error().message.contains(u"not as it was left"_s));
        QCOMPARE(filesBelow(scratch.project.directory), before);
    }
};

QTEST_GUILESS_MAIN(SquashTest)
#include "squash_test.moc"
