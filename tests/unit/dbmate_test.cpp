// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/dbmate/dbmate.h"
#include "shadow/replay.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace dbmate = dewpoint::project::dbmate;
using dewpoint::test::states;
using dewpoint::test::verify;

/// dbmate: its blocks, ledger and order, on both engines.
class DbmateTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void migration(const Scratch& scratch, const QString& name, const QByteArray& up,
                          const QByteArray& down, const QByteArray& options = {})
    {
        scratch.write(u"db/migrations/"_s + name, "-- migrate:up" + options + "\n" + up
                                                      + "\n\n-- migrate:down" + options + "\n" + down + "\n");
    }
    static void two(const Scratch& scratch)
    {
        migration(scratch, u"20250101000000_a.sql"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        migration(scratch, u"20260101000000_b.sql"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
    }

private Q_SLOTS:
    void parsesBlocks_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("both") << "-- c\n\n-- migrate:up\nA;\n-- migrate:down\nB;\n"_ba
                              << u"-- migrate:up\nA;\n|-- migrate:down\nB;\n|tt"_s;
        QTest::newRow("no transaction") << "--migrate:up transaction:false\nA;\n-- migrate:down\n"_ba
                                        << u"--migrate:up transaction:false\nA;\n|-- migrate:down\n|ft"_s;
        QTest::newRow("empty blocks")
            << "-- migrate:up\n-- migrate:down"_ba << u"-- migrate:up\n|-- migrate:down|tt"_s;
        QTest::newRow("no up") << "-- migrate:down\n"_ba << u"an up block"_s;
        QTest::newRow("no down") << "-- migrate:up\n"_ba << u"a down block"_s;
        QTest::newRow("wrong order") << "-- migrate:down\n-- migrate:up\n"_ba << u"to appear before"_s;
        QTest::newRow("statement before")
            << "SELECT 1;\n-- migrate:up\n-- migrate:down\n"_ba << u"preceding"_s;
        QTest::newRow("other words") << "-- migrate:upward\n-- migrate:down\n"_ba << u"an up block"_s;
        QTest::newRow("indented") << " -- migrate:up\n-- migrate:down\n"_ba << u"an up block"_s;
        QTest::newRow("twice") << "-- migrate:up\n-- migrate:down\n-- migrate:up\n-- migrate:down\n"_ba
                               << u"second"_s;
    }
    void parsesBlocks()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, meaning);
        const auto blocks = dbmate::parseBlocks(text);
        if (!blocks) {
            QVERIFY2(blocks.error().message.contains(meaning), qPrintable(blocks.error().message));
            return;
        }
        const auto part = [&](const dbmate::Blocks::Block& block) {
            return QString::fromUtf8(text.sliced(block.start, block.length));
        };
        const auto flag = [](bool on) { return on ? u't' : u'f'; };
        QCOMPARE(part(blocks->up) + u'|' + part(blocks->down) + u'|' + flag(blocks->up.inTransaction)
                     + flag(blocks->down.inTransaction),
                 meaning);
    }

    void findsTheProject()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u".env"_s, "DATABASE_URL=sqlite3:db/x.db?_fk=1\nDBMATE_MIGRATIONS_TABLE=m\n");
        scratch.write(u"src/x.go"_s, "");
        const auto found = project::detect(scratch.path(u"src"_s), {});
        QVERIFY(found && *found);
        QCOMPARE((*found)->tool, u"dbmate"_s);
        QCOMPARE((*found)->root, scratch.path());
        QCOMPARE(project::databaseTarget(**found)->location, scratch.path(u"db/x.db"_s));
        QCOMPARE((*found)->settings[dbmate::keys::table], u"m"_s);
    }

    void writesTheLedgerCellByCell_data() { test::engines(); }
    void writesTheLedgerCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"db/migrations/README.sql"_s, "not one");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 20250101000000\npending 20260101000000"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT * FROM schema_migrations ORDER BY 1"_s),
                 (QStringList{u"20250101000000"_s, u"20260101000000"_s}));
        const QString type =
            engine == Engine::Postgres
                ? u"SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'schema_migrations'::regclass AND attnum > 0"_s
                : u"SELECT type FROM pragma_table_info('schema_migrations')"_s;
        QCOMPARE(test::rowsOf(*db, type),
                 QStringList{engine == Engine::Postgres ? u"character varying"_s : u"varchar(128)"_s});
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::to(u"20250101000000"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 20250101000000\npending 20260101000000"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM a"_s).value(0).startsWith(u"error"_s));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM schema_migrations"_s), QStringList{u"0"_s});
    }

    void goesByFileNamesAndPassesOverWhatIsGone_data() { test::engines(); }
    void goesByFileNamesAndPassesOverWhatIsGone()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        migration(scratch, u"1_b.sql"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
        migration(scratch, u"10_a.sql"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 10\npending 1"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(QFile::remove(scratch.path(u"db/migrations/1_b.sql"_s)));
        QCOMPARE(states(*db, scratch.project()), u"missing 1\napplied 10"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::one()));
        QCOMPARE(states(*db, scratch.project()), u"missing 1\npending 10"_s);
    }

    void tellsTheLineInTheFile_data() { test::engines(); }
    void tellsTheLineInTheFile()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.write(u"db/migrations/1_a.sql"_s, "-- a comment\n-- migrate:up\nCREATE TABLE a(id "
                                                  "integer);\n\n-- migrate:down\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const auto report = execute(*db, scratch.project(), Action::Revert, Scope::one());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->line, 6);
        QCOMPARE(report->failure->scriptLine, 2);
        QCOMPARE(states(*db, scratch.project()), u"applied 1"_s);
    }

    void runsABlockOutsideATransaction_data() { test::engines(); }
    void runsABlockOutsideATransaction()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        migration(scratch, u"20270101000000_c.sql"_s,
                  engine == Engine::Postgres ? "CREATE INDEX CONCURRENTLY i ON a(id);" : "VACUUM;",
                  "SELECT 1;", " transaction:false");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM schema_migrations"_s), QStringList{u"3"_s});
    }

    void refusesTwoFilesOfOneVersion()
    {
        const Scratch scratch(Engine::Sqlite);
        migration(scratch, u"1_a.sql"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        migration(scratch, u"1_b.sql"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
        const auto db = scratch.connect();
        QCOMPARE(execute(*db, scratch.project(), Action::Run, Scope::all()).error().kind,
                 ErrorKind::Conflict);
    }

    void usesATableOfAnotherSchema()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        scratch.write(u".env"_s, "DBMATE_MIGRATIONS_TABLE=ops.m\n");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM ops.m"_s), QStringList{u"2"_s});
    }

    void previewsABlock_data() { test::engines(); }
    void previewsABlock()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        const auto preview =
            shadow::preview(*db, scratch.project(), u"20260101000000"_s, u"20260101000000"_s);
        QVERIFY(preview.has_value());
        QCOMPARE(preview->after.tables.size() - preview->before.tables.size(), 1);
    }

    void generatesItsBytes()
    {
        const Scratch scratch(Engine::Sqlite);
        QDir(scratch.path()).mkpath(u"db/migrations"_s);
        const auto project = project::detectAs(u"dbmate"_s, scratch.path(), {}).value().value();
        const QDateTime now(QDate(2026, 6, 29), QTime(14, 52, 8), QTimeZone::UTC);
        const auto first = generate(project, {.name = u"create_users"_s, .now = now});
        const auto second = generate(project, {.name = u"x"_s, .up = "A;", .down = "B;\n", .now = now});
        QCOMPARE(first->folder, u"20260629145208_create_users.sql"_s);
        QCOMPARE(scratch.read(u"db/migrations/20260629145208_create_users.sql"_s),
                 "-- migrate:up\n\n\n-- migrate:down\n\n"_ba);
        QCOMPARE(second->folder, u"20260629145209_x.sql"_s);
        QCOMPARE(scratch.read(u"db/migrations/20260629145209_x.sql"_s),
                 "-- migrate:up\nA;\n\n-- migrate:down\nB;\n"_ba);
    }

    void takesSeveralFolders()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"extra/20250601000000_between.sql"_s,
                      "-- migrate:up\nCREATE TABLE c(id integer);\n-- migrate:down\nDROP TABLE c;\n");
        scratch.write(u".env"_s, "DBMATE_MIGRATIONS_DIR=./db/migrations, ./extra\n");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()),
                 u"pending 20250101000000\npending 20250601000000\npending 20260101000000"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        const auto made = generate(scratch.project(), {.name = u"d"_s});
        QVERIFY(made && made->path.startsWith(scratch.path(u"db/migrations/"_s)));
    }
};

QTEST_GUILESS_MAIN(DbmateTest)
#include "dbmate_test.moc"
