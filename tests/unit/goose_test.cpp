// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/goose/goose.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace goose = dewpoint::project::goose;
using dewpoint::test::states;
using dewpoint::test::verify;

/// goose: its line rules, its ledger and its refusals, on both engines.
class GooseTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static QString pieces(const project::Script& script)
    {
        QStringList list;
        for (const auto& piece : script.pieces)
            list << QString::fromUtf8(script.text.sliced(piece.start, piece.length)).replace(u'\n', u'~');
        return list.join(u'|');
    }
    static void two(const Scratch& scratch)
    {
        scratch.write(u"migrations/00001_a.sql"_s,
                      "-- +goose Up\nCREATE TABLE a(id integer);\n\n-- +goose Down\nDROP TABLE a;\n");
        scratch.write(u"migrations/00002_b.sql"_s,
                      "-- +goose Up\nCREATE TABLE b(id integer);\n-- +goose Down\nDROP TABLE b;\n");
    }

private Q_SLOTS:
    void splitsByLines_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("up");
        QTest::addColumn<QString>("down");
        QTest::newRow("two sections")
            << "-- +goose Up\nA;\nB\n  C;\n-- +goose Down\nD;\n"_ba << u"A;|B~  C;"_s << u"D;"_s;
        QTest::newRow("several on a line") << "-- +goose Up\nA; B;\n"_ba << u"A; B;"_s << QString();
        QTest::newRow("comment behind") << "-- +goose up\nA; -- why\nB -- not; here\n;\n"_ba
                                        << u"A; -- why|B -- not; here~;"_s << QString();
        QTest::newRow("block")
            << "-- +goose Up\n-- +goose StatementBegin\nA;\nB;\n-- +goose StatementEnd\n"_ba << u"A;~B;"_s
            << QString();
        QTest::newRow("comments between") << "-- head\n\n-- +goose Up\n-- c\nA;\n"_ba << u"A;"_s << QString();
        QTest::newRow("windows") << "-- +goose Up\r\nA;\r\nB;\r\n"_ba << u"A;|B;"_s << QString();
        QTest::newRow("comment in a block")
            << "-- +goose Up\n-- +goose StatementBegin\n -- c\n\nA;\n-- d\nB;\n-- +goose StatementEnd\n"_ba
            << u"A;~-- d~B;"_s << QString();
        QTest::newRow("indented annotation") << " -- +goose Up\nA;\n"_ba << u"!white space"_s << QString();
        QTest::newRow("words behind")
            << "-- +goose Up\nA;\n-- a note on +goose\n"_ba << u"!unknown"_s << QString();
        QTest::newRow("no end") << "-- +goose Up\nA\n"_ba << u"!semicolon"_s << QString();
        QTest::newRow("open block") << "-- +goose Up\n-- +goose StatementBegin\nA;"_ba << u"!StatementEnd"_s
                                    << QString();
        QTest::newRow("before up") << "A;\n-- +goose Up\n"_ba << u"!before"_s << QString();
        QTest::newRow("no up") << "-- nothing\n"_ba << u"!no '-- +goose Up'"_s << QString();
        QTest::newRow("down first") << "-- +goose Down\n-- +goose Up\n"_ba << u"!sections"_s << QString();
        QTest::newRow("environment") << "-- +goose ENVSUB ON\n-- +goose Up\n"_ba << u"!ENVSUB"_s << QString();
        QTest::newRow("unknown") << "-- +goose Upp\n"_ba << u"!unknown"_s << QString();
    }
    void splitsByLines()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, up);
        const auto parsed = goose::parse(text);
        if (up.startsWith(u'!')) {
            QVERIFY(!parsed);
            QVERIFY2(parsed.error().message.contains(up.mid(1)), qPrintable(parsed.error().message));
            return;
        }
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QCOMPARE(pieces(parsed->up), up);
        const QString down = pieces(parsed->down);
        QTEST(down, "down");
    }

    void survivesEveryTruncation()
    {
        const QByteArray text = "-- +goose NO TRANSACTION\n-- +goose Up\n-- +goose StatementBegin\nA;\n"
                                "-- +goose StatementEnd\nB;\n-- +goose Down\nC;\n";
        for (qsizetype length = 0; length <= text.size(); ++length)
            (void)goose::parse(text.first(length));
    }

    void writesTheLedgerCellByCell_data() { test::engines(); }
    void writesTheLedgerCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QCOMPARE(scratch.project().tool, u"goose"_s);
        QCOMPARE(states(*db, scratch.project()), u"pending 1\npending 2"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const QString yes = engine == Engine::Postgres ? u"t"_s : u"1"_s;
        QCOMPARE(
            test::rowsOf(
                *db,
                u"SELECT id, version_id, is_applied, tstamp IS NULL FROM goose_db_version ORDER BY id"_s),
            (QStringList{u"1|0|%1|%2"_s, u"2|1|%1|%2"_s, u"3|2|%1|%2"_s})
                .replaceInStrings(u"%1"_s, yes)
                .replaceInStrings(u"%2"_s, engine == Engine::Postgres ? u"f"_s : u"0"_s));
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::to(u"1"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\npending 2"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT version_id FROM goose_db_version"_s), QStringList{u"0"_s});
    }

    void understandsRowsOfOldReleases_data() { test::engines(); }
    void understandsRowsOfOldReleases()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const QByteArray no = engine == Engine::Postgres ? "false" : "0";
        QVERIFY(
            db->executeScript("INSERT INTO goose_db_version(version_id, is_applied) VALUES (2, " + no + ")")
                .has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1\npending 2"_s);
    }

    void refusesAGapUnlessAllowed_data() { test::engines(); }
    void refusesAGapUnlessAllowed()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(QFile::rename(scratch.path(u"migrations/00002_b.sql"_s),
                              scratch.path(u"migrations/00009_b.sql"_s)));
        QVERIFY(
            db->executeScript("UPDATE goose_db_version SET version_id = 9 WHERE version_id = 2").has_value());
        scratch.write(u"migrations/00005_late.sql"_s, "-- +goose Up\nCREATE TABLE late(id integer);\n");
        QCOMPARE(states(*db, scratch.project()), u"applied 1\nout-of-order 5\napplied 9"_s);
        QCOMPARE(execute(*db, scratch.project(), Action::Run, Scope::all()).error().kind,
                 ErrorKind::Conflict);
        Scope scope = Scope::all();
        scope.allowMissing = true;
        verify(execute(*db, scratch.project(), Action::Run, scope));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 5\napplied 9"_s);
    }

    void runsOutsideATransactionAndTellsTheLine_data() { test::engines(); }
    void runsOutsideATransactionAndTellsTheLine()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/00003_c.sql"_s,
                      engine == Engine::Postgres
                          ? "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON "
                            "a(id);\nCREATE INDEX CONCURRENTLY j ON a(id);\n"
                          : "-- +goose NO TRANSACTION\n-- +goose Up\nVACUUM;\nVACUUM;\n");
        scratch.write(u"migrations/00004_d.sql"_s,
                      "-- +goose Up\nCREATE TABLE d(id integer);\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->done.size(), 3);
        QCOMPARE(report->failure->line, 3);
        QCOMPARE(report->failure->statement, u"SELECT nonsense"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM d"_s).value(0).startsWith(u"error"_s));
    }

    void listsGoCodeButDoesNotRunIt()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"migrations/00003_code.go"_s, "package migrations\n");
        scratch.write(u"migrations/main.go"_s, "package migrations\n");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 1\npending 2\npending 3"_s);
        QCOMPARE(execute(*db, scratch.project(), Action::Run, Scope::all()).error().kind,
                 ErrorKind::Unsupported);
    }

    void readsItsEnvironment()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(
            u".env"_s,
            "GOOSE_DRIVER=sqlite3\nGOOSE_DBSTRING=./shop.db\nGOOSE_MIGRATION_DIR=./sql\nGOOSE_TABLE=g\n");
        scratch.write(u"sql/1_a.sql"_s, "-- +goose Up\nCREATE TABLE a(id integer);\n");
        const auto project = scratch.project();
        QCOMPARE(project.tool, u"goose"_s);
        QCOMPARE(project.directory, scratch.path(u"sql"_s));
        QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"shop.db"_s));
        const auto db = scratch.connect();
        verify(execute(*db, project, Action::Run, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM g"_s), QStringList{u"2"_s});
    }

    void generatesItsBytes()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto first = generate(scratch.project(), {.name = u"addEmail"_s});
        QCOMPARE(first->folder, u"00003_add_email.sql"_s);
        QCOMPARE(scratch.read(u"migrations/00003_add_email.sql"_s),
                 "-- +goose Up\nSELECT 'up SQL query';\n\n-- +goose Down\nSELECT 'down SQL query';\n"_ba);
        const auto second =
            generate(scratch.project(),
                     {.name = u"f"_s,
                      .up = "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql;\nSELECT 1",
                      .down = "DROP FUNCTION f();"});
        QCOMPARE(scratch.read(u"migrations/00004_f.sql"_s),
                 "-- +goose Up\n-- +goose StatementBegin\nCREATE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ "
                 "LANGUAGE sql;\n"
                 "-- +goose StatementEnd\nSELECT 1;\n\n-- +goose Down\nDROP FUNCTION f();\n"_ba);
        QCOMPARE(project::script(scratch.project(), *second, project::Direction::Up)->pieces.size(), 2);
        const auto third = generate(
            scratch.project(),
            {.name = u"t"_s,
             .up =
                 "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET id = 1; SELECT 1; END;\nSELECT 2;"});
        QCOMPARE(project::script(scratch.project(), *third, project::Direction::Up)->pieces.size(), 2);
    }

    void sendsNoCarriageReturns_data() { test::engines(); }
    void sendsNoCarriageReturns()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        scratch.write(u"migrations/00001_a.sql"_s,
                      engine == Engine::Sqlite
                          ? "-- +goose Up\r\nCREATE VIEW v AS\r\nSELECT 1\r\n\r\n-- c\r\nAS a;\r\n"
                          : "-- +goose Up\r\n-- +goose StatementBegin\r\nCREATE FUNCTION v() RETURNS int AS "
                            "$$\r\nSELECT 1\r\n$$ LANGUAGE sql;\r\n-- +goose StatementEnd\r\n");
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        if (engine == Engine::Sqlite)
            QCOMPARE(test::rowsOf(*db, u"SELECT sql FROM sqlite_schema WHERE name = 'v'"_s),
                     QStringList{u"CREATE VIEW v AS\nSELECT 1\n\n-- c\nAS a"_s});
        else
            QCOMPARE(test::rowsOf(*db, u"SELECT prosrc FROM pg_proc WHERE proname = 'v'"_s),
                     QStringList{u"\nSELECT 1\n"_s});
    }

    void refusesAFileWithoutAVersion()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"migrations/notes.sql"_s, "-- nothing\n");
        QVERIFY(project::list(scratch.project()).error().message.contains(u"no filename separator"_s));
    }
};

QTEST_GUILESS_MAIN(GooseTest)
#include "goose_test.moc"
