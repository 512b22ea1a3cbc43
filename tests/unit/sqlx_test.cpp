// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "apply/generate.h"
#include "project/checksum.h"
#include "project/formats/sqlx/sqlx.h"
#include "shadow/replay.h"
#include "support/migrating.h"
#include "support/project_scratch.h"

#include <QRegularExpression>
#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
namespace sqlx = dewpoint::project::sqlx;
using dewpoint::test::states;

/// SQLx: its file names, checksums, ledger rows and refusals, on both engines.
class SqlxTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void cargo(const Scratch& scratch)
    {
        scratch.write(u"Cargo.toml"_s, "[dependencies]\nsqlx = { version = \"0.8\" }\n");
    }
    static void two(const Scratch& scratch)
    {
        cargo(scratch);
        scratch.write(u"migrations/1_first_table.up.sql"_s, "CREATE TABLE a(id integer);\n");
        scratch.write(u"migrations/1_first_table.down.sql"_s, "DROP TABLE a;\n");
        scratch.write(u"migrations/02_b.up.sql"_s, "CREATE TABLE b(id integer);\n");
        scratch.write(u"migrations/02_b.down.sql"_s, "DROP TABLE b;\n");
    }
    static QStringList ledgerOf(drivers::Connection& connection)
    {
        const QString hex = connection.engine() == Engine::Postgres ? u"encode(checksum, 'hex')"_s
                                                                    : u"lower(hex(checksum))"_s;
        return test::rowsOf(connection, u"SELECT version, description, success, %1, "
                                        "execution_time > 0 FROM _sqlx_migrations ORDER BY 1"_s.arg(hex));
    }

private Q_SLOTS:
    void readsFileNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("meaning");
        QTest::newRow("simple") << u"20240102030405_add_users.sql"_s << u"0 20240102030405 add users"_s;
        QTest::newRow("up") << u"0001_x.up.sql"_s << u"1 1 x"_s;
        QTest::newRow("down") << u"+7_x_y.down.sql"_s << u"2 7 x y"_s;
        QTest::newRow("negative") << u"-3_x.sql"_s << u"0 -3 x"_s;
        QTest::newRow("suffix twice") << u"1_x.up.sql.up.sql"_s << u"1 1 x"_s;
        QTest::newRow("no underscore") << u"1.sql"_s << u"overlooked"_s;
        QTest::newRow("capitals") << u"1_x.SQL"_s << u"overlooked"_s;
        QTest::newRow("not a number") << u"x_y.sql"_s << u"refused"_s;
        QTest::newRow("too large") << u"99999999999999999999_y.sql"_s << u"refused"_s;
    }
    void readsFileNames()
    {
        QFETCH(const QString, name);
        const auto parsed = sqlx::parseFileName(name);
        const QString meaning =
            !parsed ? u"refused"_s
            : !*parsed
                ? u"overlooked"_s
                : u"%1 %2 %3"_s.arg(int((*parsed)->kind)).arg((*parsed)->version, (*parsed)->description);
        QTEST(meaning, "meaning");
    }

    void hashesTheBytesAsTheyAre()
    {
        const QByteArray text = "CREATE TABLE t (id INTEGER);\nSELECT 1;\n";
        const QByteArray windows = QByteArray(text).replace("\n", "\r\n");
        const QString unixSum =
            u"a121fd1471eb816e9f2bd32f7c4c6ec3e27f4bfc792f7fe53c19e15fc8f507f1081615866bb78f7939a1dd76bec67ea9"_s;
        QCOMPARE(sqlx::checksum(text, {}), unixSum);
        QCOMPARE(
            sqlx::checksum(windows, {}),
            u"97af7c01c214ff80ca309da5a81f341de0dc8c4e586656eec7c2cba272f614aa9767c9cfdcb22b9617300b33d6e92c32"_s);
        QCOMPARE(sqlx::checksum(windows, u"\r"_s), unixSum);
    }

    void knowsTheLibrarysLock()
    {
        QCOMPARE(project::crc32("mydb"), 285543882U);
        QCOMPARE(sqlx::lockKeyFor("mydb"), 293176876009260204LL);
        QCOMPARE(sqlx::lockKeyFor("postgres"), 368907709894077238LL);
    }

    void findsTheProjectByItsConfiguration()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"sqlx.toml"_s, "[common]\ndatabase-url-var = \"SHOP_URL\"\n[migrate]\n"
                                      "migrations-dir = \"db/steps\"\ntable-name = \"x._m\"\n"
                                      "create-schemas = [\"x\"]\nignored-chars = [\"\\r\"]\n");
        scratch.write(u".env"_s, "SHOP_URL=sqlite://shop.db?mode=rwc\n");
        const project::Project project = scratch.project();
        QCOMPARE(project.tool, u"sqlx"_s);
        QCOMPARE(project.directory, scratch.path(u"db/steps"_s));
        QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"shop.db"_s));
        QCOMPARE(project.settings[u"ignored-chars"_s], u"\r"_s);
    }

    void needsMoreThanNumberedFiles()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"migrations/1_a.sql"_s, "SELECT 1;");
        QVERIFY(scratch.project().tool != u"sqlx"_s);
        QCOMPARE((*project::detectAs(u"sqlx"_s, scratch.path(), {}))->tool, u"sqlx"_s);
        cargo(scratch);
        QCOMPARE(scratch.project().tool, u"sqlx"_s);
    }

    void listsByNumberAndRefusesWhatTheToolRefuses()
    {
        const Scratch scratch(Engine::Sqlite);
        cargo(scratch);
        scratch.write(u"migrations/10_ten.sql"_s, "-- no-transaction\nVACUUM;");
        scratch.write(u"migrations/9_nine.sql"_s, " -- no-transaction\nSELECT 1;");
        scratch.write(u"migrations/README.md"_s, "");
        const auto list = project::list(scratch.project());
        QVERIFY(list.has_value());
        QCOMPARE(list->size(), 2);
        QCOMPARE(list->first().version, u"9"_s);
        QVERIFY(list->first().runInTransaction && !list->last().runInTransaction);
        scratch.write(u"migrations/009_again.sql"_s, "");
        QCOMPARE(project::list(scratch.project()).error().kind, ErrorKind::Conflict);
        QVERIFY(QFile::remove(scratch.path(u"migrations/009_again.sql"_s)));
        scratch.write(u"migrations/8_latin.sql"_s, "-- \xe4");
        QVERIFY(project::list(scratch.project()).error().message.contains(u"UTF-8"_s));
        scratch.write(u"migrations/8_latin.sql"_s, "");
        scratch.write(u"migrations/stray_name.sql"_s, "");
        QVERIFY(project::list(scratch.project()).error().message.contains(u"stray_name.sql"_s));
    }

    void writesTheLedgerCellByCell_data() { test::engines(); }
    void writesTheLedgerCellByCell()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QCOMPARE(states(*db, scratch.project()), u"pending 1\npending 2"_s);
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && !report->failure);
        const bool postgres = engine == Engine::Postgres;
        const QString yes = postgres ? u"t"_s : u"1"_s;
        QCOMPARE(
            ledgerOf(*db),
            (QStringList{
                u"1|first table|%1|%2|%1"_s.arg(yes, sqlx::checksum("CREATE TABLE a(id integer);\n", {})),
                u"2|b|%1|%2|%1"_s.arg(yes, sqlx::checksum("CREATE TABLE b(id integer);\n", {}))}));
        const QString columns =
            postgres ? u"SELECT attname, format_type(atttypid, -1), attnotnull FROM pg_attribute WHERE "
                       "attrelid = '_sqlx_migrations'::regclass AND attnum > 0 ORDER BY attnum"_s
                     : u"SELECT name, type, \"notnull\" FROM pragma_table_info('_sqlx_migrations')"_s;
        const QStringList expected =
            postgres
                ? QStringList{u"version|bigint|t"_s,
                              u"description|text|t"_s,
                              u"installed_on|timestamp with time zone|t"_s,
                              u"success|boolean|t"_s,
                              u"checksum|bytea|t"_s,
                              u"execution_time|bigint|t"_s}
                : QStringList{u"version|BIGINT|0"_s,  u"description|TEXT|1"_s, u"installed_on|TIMESTAMP|1"_s,
                              u"success|BOOLEAN|1"_s, u"checksum|BLOB|1"_s,    u"execution_time|BIGINT|1"_s};
        QCOMPARE(test::rowsOf(*db, columns), expected);
        const auto now = status(*db, scratch.project());
        QVERIFY(QRegularExpression(u"^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?$"_s)
                    .match(now->migrations.first().appliedAt)
                    .hasMatch());
    }

    void revertsAndRedoes_data() { test::engines(); }
    void revertsAndRedoes()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        const auto before = ledgerOf(*db);
        const auto redone = execute(*db, scratch.project(), Action::Redo, Scope::all());
        QVERIFY(redone && !redone->failure);
        QCOMPARE(redone->done.size(), 4);
        QCOMPARE(ledgerOf(*db), before);
        QVERIFY(execute(*db, scratch.project(), Action::Revert, Scope::to(u"1"_s)).has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1\npending 2"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Revert, Scope::one()).has_value());
        QCOMPARE(ledgerOf(*db), QStringList{});
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::to(u"1"_s)).has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1\npending 2"_s);
    }

    void passesOverSimpleOnesWhenItReverts_data() { test::engines(); }
    void passesOverSimpleOnesWhenItReverts()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/3_c.sql"_s, "CREATE TABLE c(id integer);");
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        QVERIFY(execute(*db, scratch.project(), Action::Revert, Scope::one()).has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1\nout-of-order 2\napplied 3"_s);
    }

    void tellsAndRefusesWhatIsWrong_data() { test::engines(); }
    void tellsAndRefusesWhatIsWrong()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::one()).has_value());
        scratch.write(u"migrations/1_first_table.up.sql"_s, "CREATE TABLE a(id bigint);\n");
        QCOMPARE(states(*db, scratch.project()), u"modified 1\npending 2"_s);
        const auto modified = execute(*db, scratch.project(), Action::Run, Scope::all());
        QCOMPARE(modified.error().message, u"migration 1 was previously applied but has been modified"_s);
        QVERIFY(QFile::remove(scratch.path(u"migrations/1_first_table.up.sql"_s)));
        QCOMPARE(states(*db, scratch.project()), u"missing 1\npending 2"_s);
        const auto missing = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(missing.error().message.contains(u"missing in the resolved migrations"_s));
        Scope all = Scope::all();
        all.allowMissing = true;
        const auto ran = execute(*db, scratch.project(), Action::Run, all);
        QVERIFY(ran && !ran->failure);
        QVERIFY(db->execute(u"UPDATE _sqlx_migrations SET success = FALSE WHERE version = 2"_s).has_value());
        QCOMPARE(states(*db, scratch.project()), u"missing 1\nfailed 2"_s);
        QVERIFY(execute(*db, scratch.project(), Action::Revert, all)
                    .error()
                    .message.contains(u"partially applied"_s));
    }

    void aFailureLeavesNoRow_data() { test::engines(); }
    void aFailureLeavesNoRow()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/3_c.sql"_s, "CREATE TABLE c(id integer);\nSELECT nonsense;\n");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(report && report->failure);
        QCOMPARE(report->failure->line, 2);
        QCOMPARE(ledgerOf(*db).size(), 2);
        QVERIFY(test::rowsOf(*db, u"SELECT * FROM c"_s).value(0).startsWith(u"error"_s));
    }

    void runsOutsideATransactionWhenTheFileSaysSo_data() { test::engines(); }
    void runsOutsideATransactionWhenTheFileSaysSo()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        scratch.write(u"migrations/3_out.sql"_s,
                      engine == Engine::Postgres ? "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a(id);"
                                                 : "-- no-transaction\nVACUUM;");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY2(report && !report->failure,
                 report && report->failure ? qPrintable(report->failure->oneLine()) : "");
        QCOMPARE(ledgerOf(*db).size(), 3);
    }

    void keepsTheRowsThatReferToARebuiltTable()
    {
        const Scratch scratch(Engine::Sqlite);
        cargo(scratch);
        scratch.write(u"migrations/1_a.sql"_s, "CREATE TABLE p(id integer PRIMARY KEY);"
                                               "CREATE TABLE c(p integer REFERENCES p(id) ON DELETE CASCADE);"
                                               "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);");
        scratch.write(u"migrations/2_rebuild.sql"_s,
                      "PRAGMA foreign_keys = OFF; CREATE TABLE n(id integer PRIMARY KEY, x text);"
                      "INSERT INTO n(id) SELECT id FROM p; DROP TABLE p; ALTER TABLE n RENAME TO p;"
                      "PRAGMA foreign_keys = ON;");
        const auto db = scratch.connect();
        const auto report = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY2(report && !report->failure,
                 report && report->failure ? qPrintable(report->failure->oneLine()) : "");
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM c"_s), QStringList{u"1"_s});
        QCOMPARE(test::rowsOf(*db, u"PRAGMA foreign_keys"_s), QStringList{u"1"_s});
        scratch.write(u"migrations/3_orphans.sql"_s, "PRAGMA foreign_keys = OFF; DELETE FROM p;");
        const auto broken = execute(*db, scratch.project(), Action::Run, Scope::all());
        QVERIFY(broken && broken->failure);
        QVERIFY(broken->failure->error.message.contains(u"c → p"_s));
        QCOMPARE(test::rowsOf(*db, u"SELECT count(*) FROM p"_s), QStringList{u"1"_s});
    }

    void waitsForTheLibrarysLock()
    {
        const Scratch scratch(Engine::Postgres);
        two(scratch);
        const auto db = scratch.connect();
        const auto other = scratch.connect();
        const QString name = test::rowsOf(*db, u"SELECT current_database()"_s).first();
        const QString key = QString::number(sqlx::lockKeyFor(name.toUtf8()));
        QVERIFY(other->query(u"SELECT pg_advisory_lock(%1)"_s.arg(key)).has_value());
        QVERIFY(db->execute(u"SET lock_timeout = '200ms'"_s).has_value());
        QCOMPARE(execute(*db, scratch.project(), Action::Run, Scope::all()).error().kind, ErrorKind::Locked);
        QVERIFY(other->query(u"SELECT pg_advisory_unlock(%1)"_s.arg(key)).has_value());
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        QCOMPARE(test::rowsOf(*db,
                              u"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                              "(SELECT oid FROM pg_database WHERE datname = current_database())"_s),
                 QStringList{u"0"_s});
    }

    void usesTheConfiguredTable_data() { test::engines(); }
    void usesTheConfiguredTable()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        const bool postgres = engine == Engine::Postgres;
        scratch.write(u"sqlx.toml"_s, postgres
                                          ? "[migrate]\ntable-name = \"Ops._m\"\ncreate-schemas = [\"ops\"]\n"
                                          : "[migrate]\ntable-name = \"_m\"\n");
        scratch.write(u"migrations/1_a.sql"_s, "CREATE TABLE a(id integer);");
        const auto db = scratch.connect();
        QVERIFY(execute(*db, scratch.project(), Action::Run, Scope::all()).has_value());
        QCOMPARE(states(*db, scratch.project()), u"applied 1"_s);
        QCOMPARE(test::rowsOf(*db, postgres ? u"SELECT version FROM ops._m"_s : u"SELECT version FROM _m"_s),
                 QStringList{u"1"_s});
    }

    void previewsARange_data() { test::engines(); }
    void previewsARange()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        two(scratch);
        const auto db = scratch.connect();
        const auto preview = shadow::preview(*db, scratch.project(), u"2"_s, u"2"_s);
        QVERIFY(preview.has_value());
        const QString schema = engine == Engine::Sqlite ? u"main"_s : u"public"_s;
        QVERIFY(preview->before.table(schema, u"a"_s) && !preview->before.table(schema, u"b"_s));
        QVERIFY(preview->after.table(schema, u"b"_s));
    }

    void generatesAsTheToolDoes()
    {
        const Scratch scratch(Engine::Sqlite);
        cargo(scratch);
        QDir(scratch.path()).mkpath(u"migrations"_s);
        const QDateTime now(QDate(2026, 6, 29), QTime(14, 52, 8), QTimeZone::UTC);
        const auto first = generate(scratch.project(), {.name = u"add users"_s, .now = now});
        const auto second = generate(scratch.project(), {.name = u"again"_s, .down = "DROP;", .now = now});
        QVERIFY(first && second);
        QCOMPARE(first->folder, u"20260629145208_add_users.up.sql"_s);
        QCOMPARE(second->folder, u"20260629145209_again.up.sql"_s);
        QCOMPARE(scratch.read(u"migrations/20260629145208_add_users.up.sql"_s),
                 "-- Add up migration script here\n"_ba);
        QCOMPARE(scratch.read(u"migrations/20260629145209_again.down.sql"_s),
                 "-- Add down migration script here\nDROP;"_ba);
        QCOMPARE(project::list(scratch.project()).value(), (QList{*first, *second}));
    }

    void goesOnWithASequence()
    {
        const Scratch scratch(Engine::Sqlite);
        cargo(scratch);
        scratch.write(u"migrations/0001_a.sql"_s, "SELECT 1;");
        const auto second = generate(scratch.project(), {.name = u"b"_s});
        const auto third = generate(scratch.project(), {.name = u"c"_s});
        QCOMPARE(second->folder, u"0002_b.sql"_s);
        QCOMPARE(third->folder, u"0003_c.sql"_s);
        QCOMPARE(scratch.read(u"migrations/0003_c.sql"_s), "-- Add migration script here\n"_ba);
    }

    void refusesALinkThatLeadsNowhere()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        QVERIFY(QFile::link(u"nowhere"_s, scratch.path(u"migrations/README"_s)));
        QVERIFY(project::list(scratch.project()).error().message.contains(u"metadata"_s));
    }

    void saysWhatARevertPassesOver()
    {
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"migrations/03_c.sql"_s, "CREATE TABLE c(id integer);\n");
        const auto db = scratch.connect();
        test::verify(execute(*db, scratch.project(), Action::Run, Scope::all()));
        QVERIFY(QFile::remove(scratch.path(u"migrations/02_b.down.sql"_s)));
        const auto now = status(*db, scratch.project()).value();
        const QStringList all = passedOver(now, Action::Revert, Scope::all());
        QCOMPARE(all.size(), 2);
        QVERIFY(all.first().startsWith(u"03_c.sql is passed over"_s));
        QVERIFY(all.last().contains(u"there is no"_s) && all.last().contains(u"02_b.down.sql"_s));
        QCOMPARE(passedOver(now, Action::Revert, Scope::one()), all);
        QCOMPARE(passedOver(now, Action::Revert, Scope::to(u"2"_s)).size(), 1);
        QCOMPARE(passedOver(now, Action::Run, Scope::all()), QStringList());
    }
};

QTEST_GUILESS_MAIN(SqlxTest)
#include "sqlx_test.moc"
