// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/formats/refinery/refinery.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QTest>
#include <QTimeZone>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace refinery = dewpoint::project::refinery;
using dewpoint::test::states;
using dewpoint::test::verify;

/// refinery: its file names, its hash, its ledger and refusals, on both engines.
class RefineryTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void two(const Scratch& scratch)
    {
        scratch.write(u"Cargo.toml"_s, "[dependencies]\nrefinery = \"0.9\"\n");
        scratch.write(u"migrations/V1__a.sql"_s, "CREATE TABLE a(id integer);\n");
        scratch.write(u"migrations/V1__a.down.sql"_s, "DROP TABLE a;\n");
        scratch.write(u"migrations/deep/V3__b.sql"_s, "CREATE TABLE b(id integer);\n");
        scratch.write(u"migrations/deep/V3__b.down.sql"_s, "DROP TABLE b;\n");
        scratch.write(u"migrations/notes.sql"_s, "not one");
    }

private Q_SLOTS:
    void hashesAsTheTool()
    {
        const QByteArray text = "CREATE TABLE t (id INTEGER);\nSELECT 1;\n";
        QCOMPARE(refinery::checksum(u"init"_s, 1, text, false), u"16943420504711690788"_s);
        QCOMPARE(refinery::checksum(u"init"_s, 1, text, true), u"10904571798953244066"_s);
    }

    void writesTheLedgerCellByCell_data() { test::engines(); }
    void writesTheLedgerCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        QCOMPARE(scratch.project().tool, u"refinery"_s);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 1\npending 3"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        const QString shape = engine == Engine::Postgres
                                  ? u"applied_on ~ '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z$'"_s
                                  : u"applied_on LIKE '____-__-__T__:__:%Z'"_s;
        const QString yes = engine == Engine::Postgres ? u"t"_s : u"1"_s;
        QCOMPARE(
            test::rowsOf(
                *db,
                u"SELECT version, name, %1, checksum FROM refinery_schema_history ORDER BY 1"_s.arg(shape)),
            (QStringList{u"1|a|%1|%2"_s.arg(
                             yes, refinery::checksum(u"a"_s, 1, "CREATE TABLE a(id integer);\n", false)),
                         u"3|b|%1|%2"_s.arg(
                             yes, refinery::checksum(u"b"_s, 3, "CREATE TABLE b(id integer);\n", false))}));
        verify(execute(*db, scratch.project(), Action::Redo, Scope::all()));
        verify(execute(*db, scratch.project(), Action::Revert, Scope::to(u"1"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\npending 3"_s);
        verify(execute(*db, scratch.project(), Action::Revert, Scope::all()));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM refinery_schema_history"_s), QStringList{u"0"_s});
    }

    void refusesWhatTheLibraryRefuses_data() { test::engines(); }
    void refusesWhatTheLibraryRefuses()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        scratch.write(u"migrations/U2__any_time.sql"_s, "CREATE TABLE u(id integer);");
        QCOMPARE(states(*db, scratch.project()), u"applied 1\nout-of-order 2\napplied 3"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(QFile::remove(scratch.path(u"migrations/U2__any_time.sql"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\nmissing 2\napplied 3"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all())
                    .error()
                    .message.contains(u"V2__any_time is missing"_s));
        QVERIFY(db->executeScript("DELETE FROM refinery_schema_history WHERE version = 2").has_value());
        scratch.write(u"migrations/V2__late.sql"_s, "CREATE TABLE late(id integer);");
        QCOMPARE(states(*db, scratch.project()), u"applied 1\nskipped 2\napplied 3"_s);
        QVERIFY(!execute(*db, scratch.project(), Action::Run, Scope::all()));
        Scope scope = Scope::all();
        scope.allowMissing = true;
        QVERIFY(execute(*db, scratch.project(), Action::Run, scope)->done.isEmpty());
        QVERIFY(QFile::remove(scratch.path(u"migrations/V2__late.sql"_s)));
        scratch.write(u"migrations/V1__a.sql"_s, "CREATE TABLE a(id bigint);\n");
        QCOMPARE(states(*db, scratch.project()), u"modified 1\napplied 3"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all())
                    .error()
                    .message.contains(u"different"_s));
    }

    void aFailureLeavesNothing_data() { test::engines(); }
    void aFailureLeavesNothing()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/V4__c.sql"_s, "CREATE TABLE c(id integer);\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->line, 2);
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 3\npending 4"_s);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM c"_s).value(0).startsWith(u"error"_s));
    }

    void readsItsConfiguration()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"refinery.toml"_s, "[main]\ndb_type = \"Postgres\"\ndb_host = \"h\"\ndb_port = "
                                          "\"5433\"\ndb_user = \"u\"\ndb_pass = \"p@\"\ndb_name = \"d\"\n");
        QCOMPARE(scratch.project().databaseUrl, u"postgres://u:p%40@h:5433/d"_s);
        scratch.write(u"refinery.toml"_s, "[main]\ndb_type = \"Sqlite\"\ndb_path = \"x.db\"\n");
        QCOMPARE(project::databaseTarget(scratch.project())->location, scratch.path(u"x.db"_s));
    }

    void readsTheFeatureBesideTheConfigurationAndAboveIt_data()
    {
        QTest::addColumn<QString>("manifest");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("found");
        const QByteArray wanted =
            "[dependencies]\nrefinery = { version = \"0.9\", features = [\"int8-versions\"] }\n";
        QTest::newRow("beside it") << u"app/Cargo.toml"_s << wanted << true;
        QTest::newRow("of the workspace") << u"Cargo.toml"_s << wanted << true;
        QTest::newRow("a comment") << u"app/Cargo.toml"_s << "# no int8-versions\n"_ba << false;
    }
    void readsTheFeatureBesideTheConfigurationAndAboveIt()
    {
        QFETCH(const QString, manifest);
        QFETCH(const QByteArray, text);
        QFETCH(const bool, found);
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"app/migrations/V1__a.sql"_s, "SELECT 1;");
        scratch.write(manifest, text);
        for (const bool configured : {false, true}) {
            if (configured)
                scratch.write(u"app/refinery.toml"_s, "[main]\ndb_type = \"Sqlite\"\ndb_path = \"x.db\"\n");
            const auto project = project::detectAs(u"refinery"_s, scratch.path(u"app"_s), {}).value().value();
            QCOMPARE(project.settings.contains(refinery::keys::int8Versions), found);
            QCOMPARE(project::list(project).value().first().checksum,
                     refinery::checksum(u"a"_s, 1, "SELECT 1;", found));
        }
    }

    void listsRustAndDoesNotRunIt_data() { test::engines(); }
    void listsRustAndDoesNotRunIt()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/V2__in_rust.rs"_s, "pub fn migration() -> String { String::new() }\n");
        scratch.write(u"migrations/mod.rs"_s, "");
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 1\npending 2\npending 3"_s);
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QCOMPARE(report.error().kind, ErrorKind::Unsupported);
        QVERIFY2(report.error().message.contains(u"V2__in_rust.rs is Rust code"_s),
                 qPrintable(report.error().oneLine()));
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM a"_s).value(0).startsWith(u"error"_s));
        const auto source = project::list(scratch.project()).value().at(1);
        QCOMPARE(project::script(scratch.project(), source, project::Direction::Up).error().kind,
                 ErrorKind::Unsupported);
        // The program has run it: then it is like any other.
        QVERIFY(QFile::rename(scratch.path(u"migrations/V2__in_rust.rs"_s), scratch.path(u"aside"_s)));
        verify(execute(*db, scratch.project(), Action::Run, Scope::one()));
        QVERIFY(db->executeScript("INSERT INTO refinery_schema_history VALUES (2, 'in_rust', 'then', '7')"));
        QVERIFY(QFile::rename(scratch.path(u"aside"_s), scratch.path(u"migrations/V2__in_rust.rs"_s)));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 2\npending 3"_s);
        verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QCOMPARE(states(*db, scratch.project()), u"applied 1\napplied 2\napplied 3"_s);
    }

    void numbersNewOnes()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const auto made = generate(scratch.project(), {.name = u"add x"_s, .up = "A;", .down = "B;"});
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        QCOMPARE(made->folder, u"V4__add_x.sql"_s);
        QVERIFY(made->reversible());
        QCOMPARE(scratch.read(u"migrations/V4__add_x.down.sql"_s), "B;"_ba);
        QCOMPARE(generate(scratch.project(), {.name = u"y"_s, .version = u"3"_s}).error().kind,
                 ErrorKind::Conflict);
        scratch.write(u"migrations/V04__twin.sql"_s, "");
        QCOMPARE(project::list(scratch.project()).error().kind, ErrorKind::Conflict);
    }

    void refusesAFileThatIsNotUtf8()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"migrations/V4__c.sql"_s, "CREATE TABLE c(x text DEFAULT '\xff');\n");
        QVERIFY(project::list(scratch.project()).error().message.contains(u"valid UTF-8"_s));
    }

    void versionsThatAreTimesStayTimes()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"Cargo.toml"_s,
                      "[dependencies]\nrefinery = { version = \"0.9\", features = [\"int8-versions\"] }\n");
        scratch.write(u"migrations/V20261122060859__a.sql"_s, "CREATE TABLE a(id integer);\n");
        const QDateTime now(QDate(2026, 11, 22), QTime(6, 8, 59), QTimeZone::UTC);
        const auto made = generate(scratch.project(), {.name = u"b"_s, .now = now});
        QVERIFY2(made, made ? "" : qPrintable(made.error().oneLine()));
        QCOMPARE(made->version, u"20261122060900"_s);
    }
};

QTEST_GUILESS_MAIN(RefineryTest)
#include "refinery_test.moc"
