// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/commands.h"
#include "drift/find.h"
#include "support/scratch_roles.h"
#include "unit/diesel_scratch.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// schema diff, drift and history, and migrate generate --from-diff, as scripts use them.
class SchemaDiffCliTest final : public QObject
{
    Q_OBJECT

    struct Answer {
        int code = -1;
        QString out;
        QString err;
    };

    static Answer run(const QStringList& arguments)
    {
        QBuffer out;
        QBuffer err;
        out.open(QIODevice::WriteOnly);
        err.open(QIODevice::WriteOnly);
        cli::Console console(out, err);
        const auto code = cli::runSubCommand(QStringList{u"dewpoint"_s} + arguments, console);
        return {code.value_or(-1), QString::fromUtf8(out.data()), QString::fromUtf8(err.data())};
    }

    static QString pathFrom(const Answer& generated) { return generated.out.section(u'\n', 0, 0); }

    static void send(const test::ProjectScratch& scratch, const QByteArray& sql)
    {
        const auto done = scratch.connect()->executeScript(sql);
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error().oneLine()));
    }

    /// Runs the engine's own shell with the script, as the documentation says.
    static QByteArray shell(const test::ProjectScratch& scratch, const QString& file)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        if (scratch.engine() == Engine::Postgres) {
            process.start(u"psql"_s,
                          {u"-X"_s, u"-q"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-f"_s, file, scratch.url()});
        } else {
            process.setStandardInputFile(file);
            process.start(u"sqlite3"_s, {u"-bail"_s, scratch.target().location});
        }
        if (!process.waitForFinished(30000))
            return "did not finish: " + process.errorString().toUtf8();
        return process.exitCode() == 0 ? process.readAll() : "failed: " + process.readAll();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
        qunsetenv("MIGRATION_DIRECTORY");
    }
    void init() { QTest::failOnWarning(); }

    void printsNothingWhereNothingDiffers()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"a.sql"_s, "CREATE TABLE t (a INT, b TEXT);");
        scratch.write(u"b/1.sql"_s, "CREATE TABLE \"t\" (b text, [a] int);");
        const Answer answer =
            run({u"schema"_s, u"diff"_s, scratch.path(u"a.sql"_s), scratch.path(u"b"_s), u"--check"_s});
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.out, QString());
    }

    void aMigrationIsNamedAsPeopleWriteIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("version") << u"2"_s;
        QTest::newRow("number of the file") << u"000002"_s;
        QTest::newRow("file") << u"000002_more.up.sql"_s;
    }
    void aMigrationIsNamedAsPeopleWriteIt()
    {
        QFETCH(const QString, name);
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"migrations/000001_first.up.sql"_s, "CREATE TABLE t (a INT);");
        scratch.write(u"migrations/000001_first.down.sql"_s, "DROP TABLE t;");
        scratch.write(u"migrations/000002_more.up.sql"_s, "CREATE TABLE u (a INT);");
        scratch.write(u"migrations/000003_most.up.sql"_s, "CREATE TABLE v (a INT);");
        scratch.write(u"to.sql"_s, "CREATE TABLE t (a INT); CREATE TABLE u (a INT);");
        const Answer answer = run({u"schema"_s, u"diff"_s, u"migrations:"_s + name, scratch.path(u"to.sql"_s),
                                   u"--db"_s, scratch.url(), u"--project"_s, scratch.path()});
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.out, QString());
    }

    void writesScriptsThatTheShellRuns_data() { test::engines(); }
    void writesScriptsThatTheShellRuns()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        send(scratch,
             "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, "
             "p_id INTEGER REFERENCES p (id) ON DELETE CASCADE); INSERT INTO p VALUES (1); INSERT INTO t "
             "VALUES (1, 5, 1);");
        scratch.write(u"to.sql"_s,
                      "CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE t (id INTEGER "
                      "PRIMARY KEY, a TEXT NOT NULL, p_id INTEGER REFERENCES p (id) ON DELETE CASCADE);");
        const QString to = scratch.path(u"to.sql"_s);
        const QString up = scratch.path(u"up.sql"_s);
        const QString down = scratch.path(u"down.sql"_s);
        const Answer answer =
            run({u"schema"_s, u"diff"_s, scratch.url(), to, u"--up"_s, up, u"--down"_s, down});
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.out, QString());
        QCOMPARE(run({u"schema"_s, u"diff"_s, scratch.url(), to, u"--check"_s}).code, 1);
        QCOMPARE(shell(scratch, up), QByteArray());
        const Answer then = run({u"schema"_s, u"diff"_s, scratch.url(), to, u"--check"_s});
        QCOMPARE(then.out, QString());
        QCOMPARE(then.code, 0);
        QCOMPARE(test::rowsOf(*scratch.connect(), u"SELECT id, a, p_id FROM t"_s), QStringList{u"1|5|1"_s});
        QCOMPARE(shell(scratch, down), QByteArray());
        QCOMPARE(run({u"schema"_s, u"diff"_s, scratch.url(), to}).out,
                 QString::fromUtf8(scratch.read(u"up.sql"_s)));
        QCOMPARE(test::rowsOf(*scratch.connect(), u"SELECT id, a, p_id FROM t"_s), QStringList{u"1|5|1"_s});
    }

    void takesWhatPsqlTakes()
    {
        const test::ProjectScratch scratch(Engine::Postgres);
        send(scratch, "CREATE TABLE t (id integer PRIMARY KEY, note text); CREATE INDEX t_note ON t (note); "
                      "CREATE TYPE mood AS ENUM ('sad', 'ok');");
        scratch.write(u"dump.sql"_s,
                      "-- dumped\n\\restrict abc'd\n\nSET check_function_bodies = false;\n"
                      "SELECT pg_catalog.set_config('search_path', '', false);\n"
                      "CREATE TYPE public.mood AS ENUM ('sad');\nALTER TYPE public.mood ADD VALUE 'ok';\n"
                      "CREATE TABLE public.t (id integer NOT NULL, note text);\n"
                      "COPY public.t (id, note) FROM stdin;\n1\tit's; $$ \\N\n2\t/* COPY\n\\.\n\n"
                      "ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);\n"
                      "CREATE INDEX CONCURRENTLY t_note ON public.t (note);\n\\unrestrict abc'd\n");
        const Answer answer = run({u"schema"_s, u"diff"_s, scratch.path(u"dump.sql"_s), scratch.url()});
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.out, QString());
        scratch.write(u"meta.sql"_s, "CREATE TABLE t (id integer);\n\\connect other\n");
        const Answer refused = run({u"schema"_s, u"diff"_s, scratch.path(u"meta.sql"_s), scratch.url()});
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains(u"\\connect is a command of psql") && refused.err.contains(u"line 2"),
                 qUtf8Printable(refused.err));
    }

    void eventTriggersOfBothSidesAreLeftInPeace()
    {
        const test::ProjectScratch scratch(Engine::Postgres);
        const QByteArray watched =
            "CREATE FUNCTION no_more() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
            "'no more'; END $$; CREATE EVENT TRIGGER frozen ON ddl_command_start EXECUTE FUNCTION no_more();";
        scratch.write(u"a.sql"_s, "CREATE TABLE t (id integer);" + watched);
        scratch.write(u"b.sql"_s, "CREATE TABLE t (id integer, note text);" + watched);
        const QStringList sides{scratch.path(u"a.sql"_s), scratch.path(u"b.sql"_s)};
        const Answer answer =
            run(QStringList{u"schema"_s, u"diff"_s} + sides + QStringList{u"--db"_s, scratch.url()});
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.code, 0);
        QVERIFY(answer.out.contains(u"ADD COLUMN note text") && !answer.out.contains(u"EVENT TRIGGER"));
    }

    void takesASnapshotForASide_data() { test::engines(); }
    void takesASnapshotForASide()
    {
        QFETCH(const Engine, engine);
        const bool postgres = engine == Engine::Postgres;
        const test::ProjectScratch scratch(engine);
        scratch.write(u"s.json"_s,
                      "{\"id\":\"a\",\"prevId\":\"b\",\"version\":\""
                          + (postgres ? "7\",\"dialect\":\"postgresql\""_ba : "6\",\"dialect\":\"sqlite\""_ba)
                          + R"(,"tables":{"t":{"name":"t","columns":{"a":{"name":"a","type":"text"}}}}})");
        send(scratch, "CREATE TABLE t (a text, b text)");
        const QString snapshot = scratch.path(u"s.json"_s);
        const Answer answer = run({u"schema"_s, u"diff"_s, scratch.url(), snapshot});
        QCOMPARE(answer.err, QString());
        QVERIFY2(answer.out.contains(u"DROP COLUMN"_s), qUtf8Printable(answer.out));
        const Answer same =
            run({u"schema"_s, u"diff"_s, snapshot, snapshot, u"--check"_s, u"--db"_s, scratch.url()});
        QCOMPARE(same.err + same.out, QString());
        const test::ProjectScratch other(postgres ? Engine::Sqlite : Engine::Postgres);
        send(other, "CREATE TABLE t (a text)");
        QVERIFY(
            run({u"schema"_s, u"diff"_s, snapshot, other.url()}).err.contains(u"No SQL leads from one"_s));
        QVERIFY(
            run({u"schema"_s, u"diff"_s, u"--help"_s}).out.simplified().contains(u"a Drizzle snapshot"_s));
    }

    void comparesPrivilegesWhereAskedTo()
    {
        const test::ScratchRoles roles;
        const test::ProjectScratch scratch(Engine::Postgres);
        send(scratch, "CREATE TABLE t (id integer PRIMARY KEY)");
        scratch.write(u"to.sql"_s,
                      roles
                          .named(u"CREATE TABLE t (id integer PRIMARY KEY); GRANT SELECT (id) ON t "
                                 u"TO $reader; GRANT DELETE ON t TO $boss WITH GRANT OPTION"_s)
                          .toUtf8());
        const QString up = scratch.path(u"up.sql"_s);
        const QString down = scratch.path(u"down.sql"_s);
        const QStringList words{u"schema"_s, u"diff"_s, scratch.url(), scratch.path(u"to.sql"_s)};
        const Answer without = run(words + QStringList{u"--check"_s});
        QCOMPARE(without.err + without.out, QString());
        QCOMPARE(without.code, 0);
        const QStringList with = words + QStringList{u"--privileges"_s};
        const Answer found = run(with + QStringList{u"--check"_s});
        QCOMPARE(found.err, QString());
        QCOMPARE(found.code, 1);
        QVERIFY2(roles.plain(found.out).contains(u"GRANT SELECT (id) ON TABLE public.t TO $reader;"),
                 qUtf8Printable(found.out));
        QCOMPARE(run(with + QStringList{u"--up"_s, up, u"--down"_s, down}).code, 0);
        QCOMPARE(shell(scratch, up), QByteArray());
        QCOMPARE(run(with).out, QString());
        QCOMPARE(shell(scratch, down), QByteArray());
        QCOMPARE(run(with).out, found.out);
        QCOMPARE(run({u"schema"_s, u"diff"_s, scratch.path(u"to.sql"_s), scratch.path(u"to.sql"_s), u"--db"_s,
                      scratch.url(), u"--privileges"_s})
                     .out,
                 QString());
    }

    void sqliteHasNoPrivileges()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"a.sql"_s, "CREATE TABLE t (a INT);");
        const QString file = scratch.path(u"a.sql"_s);
        const Answer answer = run({u"schema"_s, u"diff"_s, file, file, u"--privileges"_s});
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains(u"SQLite has no privileges"), qUtf8Printable(answer.err));
    }

    void showsPrivilegesWhereAskedTo()
    {
        const test::ScratchRoles roles;
        const test::ProjectScratch scratch(Engine::Postgres);
        send(scratch,
             roles.named(u"CREATE TABLE t (id integer); GRANT SELECT (id) ON t TO $reader"_s).toUtf8());
        const QStringList words{u"schema"_s, u"inspect"_s, scratch.url()};
        QVERIFY(!run(words).out.contains(u"privileges"_s));
        const Answer json = run(words + QStringList{u"--privileges"_s});
        QCOMPARE(json.err, QString());
        const QJsonArray all = QJsonDocument::fromJson(json.out.toUtf8()).object()[u"privileges"_s].toArray();
        const auto onTable = std::ranges::find_if(
            all, [](const QJsonValue& each) { return each[u"name"_s].toString() == u"t"; });
        QVERIFY(onTable != all.end());
        QCOMPARE((*onTable)[u"grants"_s].toArray(),
                 QJsonArray({QJsonObject{
                     {u"role"_s, roles.reader}, {u"privilege"_s, u"SELECT"_s}, {u"column"_s, u"id"_s}}}));
        const QString grant = u"GRANT SELECT (id) ON TABLE public.t TO %1;"_s.arg(roles.reader);
        QVERIFY(run(words + QStringList{u"--format"_s, u"sql"_s, u"--privileges"_s}).out.contains(grant));
        QVERIFY(!run(words + QStringList{u"--format"_s, u"sql"_s}).out.contains(u"GRANT"));
        QCOMPARE(run(words + QStringList{u"--format"_s, u"dbml"_s, u"--privileges"_s}).code, 2);
    }

    void privilegesDriftAndBecomeAMigration()
    {
        const test::ScratchRoles roles;
        const test::DieselScratch scratch(Engine::Postgres);
        scratch.migration(u"1_people"_s, "CREATE TABLE people (id integer PRIMARY KEY);",
                          "DROP TABLE people;");
        QCOMPARE(run({u"migrate"_s, u"run"_s, u"--project"_s, scratch.path(), u"--db"_s, scratch.url()}).code,
                 0);
        send(scratch, roles.named(u"GRANT SELECT ON people TO $reader"_s).toUtf8());
        const QStringList place{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        QCOMPARE(run(QStringList{u"schema"_s, u"drift"_s, u"--check"_s} + place).out, QString());
        const Answer drift =
            run(QStringList{u"schema"_s, u"drift"_s, u"--check"_s, u"--privileges"_s} + place);
        QCOMPARE(roles.plain(drift.out), u"Privileges on people: grant SELECT to $reader\n"_s);
        QCOMPARE(drift.code, 1);
        const QStringList generate{u"migrate"_s, u"generate"_s, u"rights"_s, u"--from-diff"_s};
        QCOMPARE(run(generate + place).code, 1);
        const Answer made = run(generate + QStringList{u"--privileges"_s} + place);
        QCOMPARE(made.err, QString());
        QFile file(pathFrom(made));
        QVERIFY2(file.open(QIODevice::ReadOnly), qUtf8Printable(made.out));
        QVERIFY(file.readAll().contains("GRANT SELECT ON TABLE public.people TO " + roles.reader.toUtf8()));
        QCOMPARE(run(QStringList{u"migrate"_s, u"generate"_s, u"x"_s, u"--privileges"_s} + place).code, 2);
    }

    void asksInsteadOfGuessing()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"a.sql"_s, "CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);");
        scratch.write(u"b.sql"_s, "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);");
        const QStringList words{u"schema"_s, u"diff"_s, scratch.path(u"a.sql"_s), scratch.path(u"b.sql"_s)};
        const Answer asked = run(words);
        QCOMPARE(asked.code, 1);
        QCOMPARE(asked.out, QString());
        QVERIFY2(asked.err.contains(u"--rename users.mail=users.email"), qUtf8Printable(asked.err));
        QCOMPARE(asked.err.count(u'\n'), 1);
        const Answer renamed = run(words + QStringList{u"--rename"_s, u"users.mail=email"_s});
        QCOMPARE(renamed.code, 0);
        QVERIFY2(renamed.out.contains(u"RENAME COLUMN \"mail\" TO \"email\""), qUtf8Printable(renamed.out));
        QVERIFY(!renamed.out.contains(u"DROP"));
        const Answer dropped = run(words + QStringList{u"--drop-add"_s});
        QCOMPARE(dropped.code, 0);
        QVERIFY2(dropped.out.contains(u"DROP COLUMN \"mail\""), qUtf8Printable(dropped.out));
        const Answer wrong = run(words + QStringList{u"--rename"_s, u"users.fax=email"_s});
        QCOMPARE(wrong.code, 2);
        QVERIFY2(wrong.err.contains(u"users.fax=email"), qUtf8Printable(wrong.err));
    }

    void tellsAllOfItAsJson()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"a.sql"_s, "CREATE TABLE t (a INT);");
        scratch.write(u"b.sql"_s, "CREATE TABLE t (a INT, b INT);");
        const Answer answer =
            run({u"schema"_s, u"diff"_s, scratch.path(u"a.sql"_s), scratch.path(u"b.sql"_s), u"--json"_s});
        const auto json = QJsonDocument::fromJson(answer.out.toUtf8()).object();
        QCOMPARE(json.keys(), (QStringList{u"changes"_s, u"down"_s, u"questions"_s, u"steps"_s, u"up"_s}));
        QCOMPARE(json[u"changes"][0][u"kind"].toString(), u"added"_s);
        QCOMPARE(json[u"steps"][0][u"sql"][0].toString(), u"ALTER TABLE \"t\" ADD COLUMN b INT"_s);
        QCOMPARE(json[u"steps"][0][u"reverse"][0].toString(), u"ALTER TABLE \"t\" DROP COLUMN \"b\""_s);
    }

    void comparesWithNothingAtAll_data() { test::engines(); }
    void comparesWithNothingAtAll()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        send(scratch, "CREATE TABLE t (a INT);");
        const Answer answer = run({u"schema"_s, u"diff"_s, u"empty"_s, scratch.url()});
        QCOMPARE(answer.err, QString());
        QVERIFY(answer.out.contains(u"CREATE TABLE"_s));
        QVERIFY(run({u"schema"_s, u"diff"_s, scratch.url(), u"empty"_s}).out.contains(u"DROP TABLE"_s));
    }

    void refusesTwoEngines()
    {
        const test::ProjectScratch postgres(Engine::Postgres);
        const test::ProjectScratch sqlite(Engine::Sqlite);
        send(sqlite, "CREATE TABLE t (a INT);");
        const Answer answer = run({u"schema"_s, u"diff"_s, sqlite.url(), postgres.url()});
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains(u"No SQL leads from one to the other"_s), qPrintable(answer.err));
    }

    void listsDriftItemByItem_data() { test::engines(); }
    void listsDriftItemByItem()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a (id integer);");
        scratch.migration(u"2_b"_s, "CREATE TABLE b (id integer);");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        QCOMPARE(
            run(QStringList{u"migrate"_s, u"run"_s, u"--count"_s, u"1"_s, u"--no-backup"_s} + there).code, 0);
        const QStringList drift = QStringList{u"schema"_s, u"drift"_s, u"--check"_s} + there;
        QCOMPARE(run(drift).out, QString());  // a pending migration is none
        QCOMPARE(run(drift).code, 0);
        send(scratch, "ALTER TABLE a ADD COLUMN extra text; CREATE INDEX a_extra ON a (extra);");
        const Answer answer = run(drift);
        QCOMPARE(answer.out.toLower(), u"add column extra to a: text\nadd to a: index a_extra (extra)\n"_s);
        QCOMPARE(answer.code, 1);
    }

    /// What a person ignores in a window on this machine is nobody else's: a script asks for it.
    void leavesOutWhatIsIgnoredOnlyWhenTold_data() { test::engines(); }
    void leavesOutWhatIsIgnoredOnlyWhenTold()
    {
        QFETCH(const Engine, engine);
        const QTemporaryDir state;
        qputenv("DEWPOINT_STATE_DIR", state.path().toUtf8());
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a (id integer);");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        QCOMPARE(run(QStringList{u"migrate"_s, u"run"_s, u"--all"_s, u"--no-backup"_s} + there).code, 0);
        send(scratch, "CREATE TABLE extra (id integer); CREATE TABLE more (id integer);");
        const auto live = scratch.connect();
        const auto report = drift::find(*live, scratch.project());
        QVERIFY(report);
        QVERIFY(store::DriftMemory(scratch.target(), scratch.project().directory)
                    .ignore({{.key = report->items.first().key, .text = u"extra"_s, .since = {}}}));
        const QStringList drift = QStringList{u"schema"_s, u"drift"_s, u"--check"_s} + there;
        QCOMPARE(run(drift).out.count(u'\n'), 2);
        const Answer without = run(drift + QStringList{u"--without-ignored"_s});
        QCOMPARE(without.out, u"Add table more with 1 column\n"_s);
        QCOMPARE(without.code, 1);
        qunsetenv("DEWPOINT_STATE_DIR");
    }

    void generatesAMigrationFromTheDifference_data() { test::engines(); }
    void generatesAMigrationFromTheDifference()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a (id integer PRIMARY KEY, x integer);", "DROP TABLE a;");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        scratch.write(u"schema.sql"_s,
                      "CREATE TABLE a (id integer PRIMARY KEY, x text); CREATE INDEX a_x ON a (x);");
        const QStringList generate =
            QStringList{u"migrate"_s, u"generate"_s, u"widen"_s, u"--from-diff"_s} + there;
        const Answer made = run(generate + QStringList{scratch.path(u"schema.sql"_s)});
        QCOMPARE(made.err, QString());
        QCOMPARE(made.code, 0);
        QVERIFY2(pathFrom(made).endsWith(u"_widen/up.sql"), qUtf8Printable(made.out));
        QCOMPARE(run(QStringList{u"migrate"_s, u"run"_s, u"--no-backup"_s} + there).code, 0);
        QCOMPARE(run({u"schema"_s, u"diff"_s, u"migrations"_s, scratch.path(u"schema.sql"_s), u"--check"_s,
                      u"--project"_s, scratch.path(), u"--db"_s, scratch.url()})
                     .code,
                 0);
        QCOMPARE(run(generate).code, 1);  // the database is what the migrations make
        QCOMPARE(run(QStringList{u"migrate"_s, u"redo"_s, u"--no-backup"_s} + there).code, 0);
        QCOMPARE(run(QStringList{u"migrate"_s, u"revert"_s, u"--all"_s, u"--no-backup"_s} + there).err,
                 QString());
    }

    void theLedgerIsNoDifferenceFromMigrations_data() { test::engines(); }
    void theLedgerIsNoDifferenceFromMigrations()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a (id integer PRIMARY KEY);", "DROP TABLE a;");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        QCOMPARE(run(QStringList{u"migrate"_s, u"run"_s, u"--no-backup"_s} + there).code, 0);
        if (engine == Engine::Postgres)
            send(scratch, "CREATE SCHEMA dewpoint; COMMENT ON SCHEMA dewpoint IS 'parked'; CREATE TABLE "
                          "dewpoint.parked (id int); ALTER TABLE __diesel_schema_migrations REPLICA IDENTITY "
                          "FULL; ALTER TABLE __diesel_schema_migrations ALTER version SET STATISTICS 50;");
        for (const QStringList& sides :
             {QStringList{scratch.url(), u"migrations"_s}, QStringList{u"migrations"_s, scratch.url()}}) {
            const Answer answer =
                run(QStringList{u"schema"_s, u"diff"_s} + sides + there + QStringList{u"--check"_s});
            QCOMPARE(answer.err, QString());
            QCOMPARE(answer.out, QString());
            QCOMPARE(answer.code, 0);
        }
    }

    void theLedgerIsNoDifferenceFromTheirFolder_data() { test::engines(); }
    void theLedgerIsNoDifferenceFromTheirFolder()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        scratch.write(u"Cargo.toml"_s, "[package]\nname = 'a'\n[dependencies]\nsqlx = '0.8'\n");
        scratch.write(u"migrations/1_a.sql"_s, "CREATE TABLE a (id integer PRIMARY KEY);");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        const Answer ran = run(QStringList{u"migrate"_s, u"run"_s, u"--no-backup"_s} + there);
        QVERIFY2(ran.code == 0, qUtf8Printable(ran.err));
        const Answer answer =
            run({u"schema"_s, u"diff"_s, scratch.url(), scratch.path(u"migrations"_s), u"--check"_s});
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.out, QString());
        QCOMPARE(answer.code, 0);
    }

    /// Who sends that SQL to the database would lose it. A dump has it, too.
    void theLedgerOfTheProjectIsNotDropped_data() { test::engines(); }
    void theLedgerOfTheProjectIsNotDropped()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a (id integer PRIMARY KEY);", "DROP TABLE a;");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        QCOMPARE(run(QStringList{u"migrate"_s, u"run"_s, u"--no-backup"_s} + there).code, 0);
        for (const QByteArray& ledger :
             {QByteArray(),
              "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY);"_ba}) {
            scratch.write(u"schema.sql"_s, "CREATE TABLE a (id integer PRIMARY KEY);" + ledger);
            const Answer answer = run(QStringList{u"schema"_s, u"diff"_s, scratch.url(),
                                                  scratch.path(u"schema.sql"_s), u"--check"_s}
                                      + there);
            QCOMPARE(answer.err, QString());
            QCOMPARE(answer.out, QString());
            QCOMPARE(answer.code, 0);
        }
    }

    void sqlxGetsAScriptThatItDoesNotWrap()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"sqlx.toml"_s, "");
        scratch.write(u"migrations/1_a.up.sql"_s, "CREATE TABLE a (id INTEGER PRIMARY KEY, x INT);");
        scratch.write(u"migrations/1_a.down.sql"_s, "DROP TABLE a;");
        scratch.write(u"schema.sql"_s, "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT);");
        const Answer made =
            run({u"migrate"_s, u"generate"_s, u"widen"_s, u"--from-diff"_s, scratch.path(u"schema.sql"_s),
                 u"--project"_s, scratch.path(), u"--db"_s, scratch.url(), u"--format"_s, u"sqlx"_s});
        QCOMPARE(made.err, QString());
        QFile file(pathFrom(made));
        QVERIFY2(file.open(QIODevice::ReadOnly), qUtf8Printable(made.out));
        const QByteArray text = file.readAll();
        QVERIFY2(text.startsWith("-- no-transaction\nPRAGMA foreign_keys = OFF;"), text.constData());
        QVERIFY(text.contains("BEGIN;"));
    }

    void historySaysWhichMigrationItWas_data() { test::engines(); }
    void historySaysWhichMigrationItWas()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_people"_s, "CREATE TABLE people (id integer PRIMARY KEY, mail text);");
        scratch.migration(u"2_email"_s, "ALTER TABLE people RENAME COLUMN mail TO email;");
        const QStringList there{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        const Answer answer = run(QStringList{u"schema"_s, u"history"_s, u"people"_s} + there);
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.startsWith(u"table people: added by 1_people, last changed by 2_email\n"
                                       "column people.id: added by 1_people\n"
                                       "column people.email: added by 1_people, last changed by 2_email\n"_s),
                 qUtf8Printable(answer.out));
        const Answer before =
            run(QStringList{u"schema"_s, u"history"_s, u"--at"_s, u"1_people"_s, u"--json"_s} + there);
        QCOMPARE(before.err, QString());
        const QJsonArray things = QJsonDocument::fromJson(before.out.toUtf8())[u"things"_s].toArray();
        QVERIFY2(things.size() >= 3, qUtf8Printable(before.out));
        QCOMPARE(things.at(2)[u"member"_s].toString(), u"mail"_s);
        QCOMPARE(things.at(2)[u"changed_by"_s].toString(), QString());
        QCOMPARE(run(QStringList{u"schema"_s, u"history"_s, u"nothing"_s} + there).code, 3);
        QCOMPARE(run(QStringList{u"schema"_s, u"history"_s, u"--at"_s, u"9"_s} + there).code, 2);
        QCOMPARE(run(QStringList{u"schema"_s, u"history"_s, u"a"_s, u"b"_s} + there).code, 2);
        // What breaks ends it: what there is is printed, and the exit code says so.
        scratch.migration(u"3_bad"_s, "ALTER TABLE nowhere ADD COLUMN x text;");
        const Answer broken = run(QStringList{u"schema"_s, u"history"_s} + there);
        QCOMPARE(broken.code, 3);
        QVERIFY2(broken.err.contains(u"3_bad"_s), qUtf8Printable(broken.err));
        QVERIFY(broken.out.contains(u"people.email"_s));
    }
};

QTEST_GUILESS_MAIN(SchemaDiffCliTest)
#include "schema_diff_cli_test.moc"
