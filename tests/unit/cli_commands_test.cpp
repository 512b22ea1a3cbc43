// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/rows_of.h"
#include "unit/diesel_scratch.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// The sub-commands' contracts: what they print and their exit codes.
class CliTest final : public QObject
{
    Q_OBJECT

    using Answer = test::CliAnswer;
    static Answer run(const QStringList& arguments) { return test::runCli(arguments); }
    static QStringList on(const test::DieselScratch& scratch, const QStringList& words)
    {
        return words + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
    }
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
        qunsetenv("MIGRATION_DIRECTORY");
    }

    void leavesOtherArgumentsToTheWindow()
    {
        QCOMPARE(run({}).code, -1);
        QCOMPARE(run({u"shop.db"_s}).code, -1);
    }

    void explainsEachSubCommand_data()
    {
        QTest::addColumn<QStringList>("words");
        for (const QString& words :
             {u"--help"_s, u"migrate --help"_s, u"migrate status --help"_s, u"migrate run --help"_s,
              u"migrate revert -h"_s, u"migrate redo --help"_s, u"migrate generate --help"_s,
              u"migrate check --help"_s, u"schema inspect --help"_s, u"query --help"_s})
            QTest::newRow(qPrintable(words)) << words.split(u' ');
    }
    void explainsEachSubCommand()
    {
        QFETCH(const QStringList, words);
        const Answer answer = run(words);
        QCOMPARE(answer.code, 0);
        QVERIFY(!answer.out.isEmpty());
        QVERIFY(answer.err.isEmpty());
    }

    void answersWrongUsageWithTwoAndOneLine_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nothing") << QStringList{u"migrate"_s};
        QTest::newRow("unknown word") << QStringList{u"migrate"_s, u"fly"_s};
        QTest::newRow("unknown option") << QStringList{u"migrate"_s, u"run"_s, u"--fly"_s};
        QTest::newRow("two scopes") << QStringList{u"migrate"_s, u"run"_s, u"--all"_s, u"--count"_s, u"1"_s};
        QTest::newRow("count of nothing") << QStringList{u"migrate"_s, u"run"_s, u"--count"_s, u"0"_s};
        QTest::newRow("no name") << QStringList{u"migrate"_s, u"generate"_s};
        QTest::newRow("no statement") << QStringList{u"query"_s};
        QTest::newRow("two statements") << QStringList{u"query"_s, u":memory:"_s, u"SELECT 1; SELECT 2"_s};
        QTest::newRow("two formats") << QStringList{u"query"_s, u":memory:"_s, u"SELECT 1"_s, u"--csv"_s,
                                                    u"--json"_s};
        QTest::newRow("schema format")
            << QStringList{u"schema"_s, u"inspect"_s, u":memory:"_s, u"--format"_s, u"xml"_s};
    }
    void answersWrongUsageWithTwoAndOneLine()
    {
        QFETCH(const QStringList, words);
        const Answer answer = run(words);
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.out.isEmpty());
        QCOMPARE(answer.err.count('\n'), 1);
    }

    void reportsStatusAsJson_data() { test::engines(); }
    void reportsStatusAsJson()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"2024-01_a"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        scratch.migration(u"2024-02_b"_s, "CREATE TABLE b(id integer);");
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s, u"--count"_s, u"1"_s})).code, 0);
        const auto json =
            QJsonDocument::fromJson(run(on(scratch, {u"migrate"_s, u"status"_s, u"--json"_s})).out).object();
        QCOMPARE(json.keys(), (QStringList{u"applied"_s, u"dialect"_s, u"directory"_s, u"ledger"_s,
                                           u"migrations"_s, u"pending"_s, u"tool"_s}));
        QCOMPARE(json[u"applied"].toInt(), 1);
        QCOMPARE(json[u"ledger"].toString(), u"__diesel_schema_migrations"_s);
        const auto first = json[u"migrations"][0].toObject();
        const auto second = json[u"migrations"][1].toObject();
        QCOMPARE(first.keys(), (QStringList{u"applied_at"_s, u"checksum"_s, u"name"_s, u"path"_s,
                                            u"reversible"_s, u"state"_s, u"version"_s}));
        QCOMPARE(first[u"state"].toString() + second[u"state"].toString(), u"appliedpending"_s);
        QCOMPARE(second[u"version"].toString(), u"202402"_s);
        QVERIFY(second[u"applied_at"].isNull());
        QVERIFY(first[u"reversible"].toBool() && !second[u"reversible"].toBool());
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"status"_s, u"--check"_s})).code, 1);
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s})).code, 0);
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"check"_s})).code, 0);
    }

    void stopsAtAFailureWithThree_data() { test::engines(); }
    void stopsAtAFailureWithThree()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        scratch.migration(u"2_b"_s, "SELECT 1;\nSELECT nonsense;");
        const Answer answer = run(on(scratch, {u"migrate"_s, u"run"_s}));
        QCOMPARE(answer.code, 3);
        QVERIFY(answer.out.startsWith("Ran 1_a ("));
        QCOMPARE(answer.out.count('\n'), 1);
        QCOMPARE(answer.err.count('\n'), 1);
        QVERIFY2(answer.err.contains("up.sql:2:"), answer.err);
        QVERIFY2(answer.err.contains("1_a before it was committed"), answer.err);
    }

    void listsTheChoicesWhereSeveralProjectsAre()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        scratch.write(u"drizzle.config.json"_s, "{\"dialect\":\"sqlite\"}");
        scratch.write(u"drizzle/meta/_journal.json"_s,
                      "{\"version\":\"7\",\"dialect\":\"sqlite\",\"entries\":[]}");
        const Answer asked = run(on(scratch, {u"migrate"_s, u"status"_s}));
        QCOMPARE(asked.code, 2);
        QCOMPARE(asked.err.count('\n'), 1);
        QVERIFY2(asked.err.contains("--format diesel|drizzle"), asked.err);
        const QStringList words{u"migrate"_s, u"status"_s, u"--json"_s, u"--format"_s};
        const auto toolOf = [&](const QString& tool) {
            const Answer answer = run(on(scratch, words + QStringList{tool}));
            return QJsonDocument::fromJson(answer.out).object()[u"tool"].toString();
        };
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s, u"--format"_s, u"diesel"_s})).code, 0);
        QCOMPARE(toolOf(u"diesel"_s), u"diesel"_s);
        QCOMPARE(toolOf(u"drizzle"_s), u"drizzle"_s);
        QCOMPARE(run(on(scratch, words + QStringList{u"rails"_s})).code, 2);
    }

    void readsDatabaseUrlAsTheToolSpellsIt()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"db/migrations/1_a.sql"_s,
                      "-- migrate:up\nCREATE TABLE a(id integer);\n-- migrate:down\n");
        qputenv("DATABASE_URL", "sqlite3:" + scratch.path(u"shop.db"_s).toUtf8());
        const Answer answer = run({u"migrate"_s, u"run"_s, u"--no-backup"_s, u"--project"_s, scratch.path()});
        qunsetenv("DATABASE_URL");
        QCOMPARE(answer.err, QByteArray());
        QCOMPARE(answer.code, 0);
        QVERIFY(QFile::exists(scratch.path(u"shop.db"_s)));
    }

    void takesTheToolsSpellingOfADatabase_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("dbmate's scheme") << u"sqlite3:%1"_s;
        QTest::newRow("options") << u"sqlite:%1?mode=rwc"_s;
        QTest::newRow("both") << u"sqlite3://%1?_fk=1&cache=shared"_s;
    }
    void takesTheToolsSpellingOfADatabase()
    {
        QFETCH(const QString, url);
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"db/migrations/1_a.sql"_s,
                      "-- migrate:up\nCREATE TABLE a(id integer);\n-- migrate:down\n");
        const Answer answer = run({u"migrate"_s, u"run"_s, u"--project"_s, scratch.path(), u"--db"_s,
                                   url.arg(scratch.path(u"shop.db"_s))});
        QCOMPARE(answer.err, QByteArray());
        QCOMPARE(answer.code, 0);
        QCOMPARE(QDir(scratch.path()).entryList(QDir::Files), QStringList{u"shop.db"_s});
    }

    void takesPrismasSpellingOfADatabase()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"prisma/schema.prisma"_s,
                      "datasource db {\n  provider = \"sqlite\"\n  url = env(\"OTHER_URL\")\n}\n");
        scratch.write(u"prisma/migrations/1_a/migration.sql"_s, "CREATE TABLE a(id integer);");
        const QStringList words{u"migrate"_s, u"run"_s, u"--project"_s, scratch.path(), u"--db"_s};
        QCOMPARE(run(words + QStringList{u"file:./dev.db?connection_limit=1"_s}).err, QByteArray());
        QVERIFY(QFile::exists(scratch.path(u"prisma/dev.db"_s)));
        const test::ProjectScratch other(Engine::Postgres);
        scratch.write(u"prisma/schema.prisma"_s,
                      "datasource db {\n  provider = \"postgresql\"\n  url = env(\"OTHER_URL\")\n}\n");
        QCOMPARE(run(words + QStringList{other.url() + u"?schema=public&connection_limit=2"_s}).err,
                 QByteArray());
    }

    void refusesASchemeThatItDoesNotKnow()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        const QString before = QDir::currentPath();
        QDir::setCurrent(scratch.path());
        const Answer answer = run({u"migrate"_s, u"run"_s, u"--db"_s, u"libsql:shop.db"_s});
        QDir::setCurrent(before);
        QCOMPARE(answer.code, 3);
        QVERIFY2(answer.err.contains("sqlite:PATH"), answer.err);
        QVERIFY(!QFile::exists(scratch.path(u"libsql:shop.db"_s)));
    }

    void aRunThatDoesNothingMakesNoCopy()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        const auto backup = [](const QByteArray& json) {
            return QJsonDocument::fromJson(json).object()[u"backup"].toString();
        };
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s})).code, 0);
        const Answer nothing = run(on(scratch, {u"migrate"_s, u"run"_s, u"--json"_s}));
        QCOMPARE(nothing.code, 0);
        QCOMPARE(backup(nothing.out), QString());
        scratch.migration(u"2_b"_s, "CREATE TABLE b(id integer);");
        QVERIFY(QFile::exists(backup(run(on(scratch, {u"migrate"_s, u"run"_s, u"--json"_s})).out)));
    }

    void saysNothingRanWhenAllOfItWasRolledBack()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.json"_s, "{\"dialect\":\"sqlite\"}");
        scratch.write(u"drizzle/meta/_journal.json"_s, "{\"entries\":[{\"idx\":0,\"when\":1,\"tag\":\"0000_"
                                                       "a\"},{\"idx\":1,\"when\":2,\"tag\":\"0001_b\"}]}");
        scratch.write(u"drizzle/0000_a.sql"_s, "CREATE TABLE a(id integer);");
        scratch.write(u"drizzle/0001_b.sql"_s, "SELECT nonsense;");
        const Answer answer =
            run({u"migrate"_s, u"run"_s, u"--project"_s, scratch.path(), u"--db"_s, scratch.url()});
        QCOMPARE(answer.code, 3);
        QCOMPARE(answer.out, QByteArray());
        QVERIFY2(answer.err.contains("rolled back"), answer.err);
    }

    void printsEveryFileThatGenerateWrote()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"drizzle.config.json"_s, "{\"dialect\":\"sqlite\"}");
        const Answer answer =
            run({u"migrate"_s, u"generate"_s, u"x"_s, u"--project"_s, scratch.path(), u"--json"_s});
        QStringList names;
        for (const auto& path : QJsonDocument::fromJson(answer.out).object()[u"paths"].toArray())
            names << QFileInfo(path.toString()).fileName();
        QCOMPARE(names.join(u' '), u"0000_x.sql 0000_snapshot.json _journal.json"_s);
    }

    void aDryRunChangesNothing()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s, u"--dry-run"_s})).out, "Would run 1_a\n"_ba);
        QVERIFY(!QFile::exists(scratch.path(u"test.db"_s)));
    }

    void aRefusedRunMakesNoDatabase()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s, u"--to"_s, u"999"_s})).code, 2);
        QVERIFY(!QFile::exists(scratch.path(u"test.db"_s)));
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s})).code, 0);
        QVERIFY(QFile::exists(scratch.path(u"test.db"_s)));
        QCOMPARE(run(on(scratch, {u"migrate"_s, u"run"_s, u"--to"_s, u"999"_s})).code, 2);
        QVERIFY(QFile::exists(scratch.path(u"test.db"_s)));
    }

    void aTableIsWrittenAsItsRowsCome()
    {
        const QString many =
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) SELECT i, CASE i "
            "WHEN 900 THEN 'far too long for what came before' ELSE 'x' END AS t, 'y' AS u FROM n"_s;
        const QByteArray out = run({u"query"_s, u":memory:"_s, many.arg(1000)}).out;
        const QByteArrayList lines = out.split('\n');
        QCOMPARE(lines.size(), 1000 + 2 + 1);
        QCOMPARE(lines[0], "i    t  u"_ba);
        QCOMPARE(lines[1], "---  -  -"_ba);
        QCOMPARE(lines[2], "1    x  y"_ba);
        QCOMPARE(lines[899 + 2], "900  far too long for what came before  y"_ba);
        QCOMPARE(lines[900 + 2], "901  x  y"_ba);
        QCOMPARE(lines[999 + 2], "1000  x  y"_ba);
        // Whoever reads along gets the first rows when the last ones are not there yet.
        const Answer broken =
            run({u"query"_s, u":memory:"_s,
                 u"SELECT CASE i WHEN 900 THEN abs(-9223372036854775808) ELSE i END AS i FROM (%1)"_s.arg(
                     many.arg(1000))});
        QCOMPARE(broken.code, 3);
        QCOMPARE(broken.out.count('\n'), 899 + 2);
    }

    void refusesAFileThatIsNotThere()
    {
        const Answer answer = run({u"query"_s, u"/nowhere/x.db"_s, u"SELECT 1"_s});
        QCOMPARE(answer.code, 3);
        QCOMPARE(answer.err.count('\n'), 1);
    }

    void printsValuesExactly()
    {
        const QString sql =
            u"SELECT 9007199254740993 AS a, 0.1 AS b, NULL AS n, '' AS e, 'x\"y,z' AS t, x'00ff' AS blob, 1 AS a"_s;
        QCOMPARE(run({u"query"_s, u":memory:"_s, sql, u"--csv"_s}).out,
                 "a,b,n,e,t,blob,a\r\n9007199254740993,0.1,,\"\",\"x\"\"y,z\",\\x00ff,1\r\n"_ba);
        QCOMPARE(
            run({u"query"_s, u":memory:"_s, sql, u"--json"_s}).out,
            "[\n{\"a\": 9007199254740993, \"b\": 0.1, \"n\": null, \"e\": \"\", \"t\": \"x\\\"y,z\", \"blob\": \"\\\\x00ff\", \"a_2\": 1}\n]\n"_ba);
        QCOMPARE(run({u"query"_s, u":memory:"_s, u"SELECT 1 AS a WHERE 0"_s, u"--csv"_s}).out, "a\r\n"_ba);
        QCOMPARE(run({u"query"_s, u":memory:"_s, u"SELECT 1 AS a WHERE 0"_s, u"--json"_s}).out, "[]\n"_ba);
    }

    void printsPostgresValuesExactly()
    {
        const test::DieselScratch scratch(Engine::Postgres);
        const QString sql = u"SELECT 1.50::numeric(10,2) AS n, 'NaN'::numeric AS nan, true AS b, '2024-01-01 "
                            u"00:00:00.123456'::timestamp AS t, "
                            "'infinity'::date AS i, '\\x00ff'::bytea AS blob, 9007199254740993 AS big"_s;
        QCOMPARE(run({u"query"_s, scratch.url(), sql, u"--json"_s}).out,
                 "[\n{\"n\": 1.50, \"nan\": \"NaN\", \"b\": true, \"t\": \"2024-01-01 00:00:00.123456\", "
                 "\"i\": \"infinity\", "
                 "\"blob\": \"\\\\x00ff\", \"big\": 9007199254740993}\n]\n"_ba);
    }

    void theWindowSaysWhatItLacks_data()
    {
        QTest::addColumn<QString>("argument");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("an unknown option") << u"--nope"_s << "nope"_ba;
        QTest::newRow("no display") << u"shop.db"_s << "There is no display"_ba;
    }
    void theWindowSaysWhatItLacks()
    {
        QFETCH(const QString, argument);
        QFETCH(const QByteArray, says);
        QProcessEnvironment bare = QProcessEnvironment::systemEnvironment();
        for (const QString& name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
            bare.remove(name);
        QProcess program;
        program.setProcessEnvironment(bare);
        program.start(qEnvironmentVariable("DEWPOINT_BIN"), {argument});
        QVERIFY(program.waitForFinished());
        const QByteArray text = program.readAllStandardError();
        QCOMPARE(program.exitCode(), 2);
        QVERIFY2(text.contains(says) && text.count('\n') == 1, text);
    }

    void takesDieselsOptionsWithoutMigrations()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        scratch.write(u"diesel.toml"_s, "[print_schema]\nfilter = { only_tables = [\"a\"] }\n");
        QVERIFY(scratch.connect()
                    ->executeScript("CREATE TABLE a (id INTEGER PRIMARY KEY NOT NULL);"
                                    "CREATE TABLE b (id INTEGER PRIMARY KEY NOT NULL);")
                    .has_value());
        const Answer answer = run({u"schema"_s, u"inspect"_s, scratch.url(), u"--format"_s, u"diesel"_s,
                                   u"--project"_s, scratch.path()});
        QVERIFY2(answer.out.contains("a (id)") && !answer.out.contains("b (id)"), answer.out);
    }

    void anEnumOfDbmlIsLinked()
    {
        const test::ProjectScratch scratch(Engine::Postgres);
        QVERIFY(
            scratch.connect()
                ->executeScript("CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('a'); CREATE TYPE app.kind AS "
                                "ENUM ('x'); CREATE TABLE t (m mood, k app.kind, l mood[])")
                .has_value());
        const Answer answer = run({u"schema"_s, u"inspect"_s, scratch.url(), u"--format"_s, u"dbml"_s});
        QVERIFY2(answer.out.contains("Enum \"mood\" {") && answer.out.contains("\"m\" \"mood\"\n")
                     && answer.out.contains("\"k\" \"app\".\"kind\"\n"),
                 answer.out);
    }

    void printsASchemaInEveryForm_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("sql") << u"sql"_s
                             << QByteArray("CREATE TABLE b (id INTEGER PRIMARY KEY NOT NULL, a INT");
        QTest::newRow("diesel") << u"diesel"_s << QByteArray("diesel::joinable!(b -> a (a));");
        QTest::newRow("drizzle") << u"drizzle"_s << QByteArray("a: integer().references(() => a.id),");
        QTest::newRow("sea-orm") << u"sea-orm"_s << QByteArray("belongs_to = \"super::a::Entity\"");
        QTest::newRow("prisma") << u"prisma"_s << QByteArray("@relation(fields: [a], references: [id]");
        QTest::newRow("dbml") << u"dbml"_s << QByteArray("Ref: \"b\".\"a\" > \"a\".\"id\"\n");
        QTest::newRow("mermaid") << u"mermaid"_s << QByteArray("\"a\" |o--o{ \"b\" : \"a\"");
    }
    void printsASchemaInEveryForm()
    {
        QFETCH(const QString, format);
        QFETCH(const QByteArray, expected);
        const test::DieselScratch scratch(Engine::Sqlite);
        QVERIFY(
            scratch.connect()
                ->executeScript("CREATE TABLE a (id INTEGER PRIMARY KEY NOT NULL);"
                                "CREATE TABLE b (id INTEGER PRIMARY KEY NOT NULL, a INT REFERENCES a(id));")
                .has_value());
        const Answer answer = run(on(scratch, {u"schema"_s, u"inspect"_s, u"--format"_s, format}));
        QCOMPARE(answer.code, 0);
        QVERIFY2(answer.out.contains(expected), answer.out.constData());
        const QString folder = scratch.path(u"out"_s);
        const Answer files =
            run(on(scratch, {u"schema"_s, u"inspect"_s, u"--format"_s, format, u"--out"_s, folder}));
        QCOMPARE(files.code, 0);
        for (const QByteArray& path : files.out.trimmed().split('\n'))
            QVERIFY2(QFileInfo(QString::fromUtf8(path)).size() > 0, path.constData());
    }

    void dieselTakesTheProjectsOptions()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(u"diesel.toml"_s,
                      "[print_schema]\nwith_docs = true\n[migrations_directory]\ndir = \"migrations\"\n");
        QVERIFY(scratch.connect()->executeScript("CREATE TABLE a (id INTEGER PRIMARY KEY);").has_value());
        const Answer answer = run(on(scratch, {u"schema"_s, u"inspect"_s, u"--format"_s, u"diesel"_s}));
        QVERIFY2(answer.out.contains("/// Representation of the `a` table."), answer.out.constData());
    }

    void saysWhichSideFileWasWritten()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(
            u"diesel.toml"_s,
            "[print_schema]\nfile = \"src/schema.rs\"\n[migrations_directory]\ndir = \"migrations\"\n");
        scratch.migration(u"2024-01-01-000000_a"_s, "CREATE TABLE a (id uuid PRIMARY KEY);", "DROP TABLE a;");
        const Answer refused = run(on(scratch, {u"migrate"_s, u"run"_s, u"--no-backup"_s}));
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("The migrations stand"), refused.err.constData());
        const Answer written = run(on(scratch, {u"migrate"_s, u"revert"_s, u"--no-backup"_s}));
        QCOMPARE(written.code, 0);
        QVERIFY2(written.out.contains("src/schema.rs"), written.out.constData());
    }

    void inspectsASchema()
    {
        const Answer answer = run({u"schema"_s, u"inspect"_s, u":memory:"_s, u"--json"_s});
        QCOMPARE(answer.code, 0);
        QVERIFY(QJsonDocument::fromJson(answer.out).isObject());
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "cli_commands_test.moc"
