// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/project_scratch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// What the command line says of tools with states of their own, and its exit codes.
class CliToolsTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    using Answer = test::CliAnswer;
    static Answer migrate(const Scratch& scratch, const QStringList& words)
    {
        return test::runCli(QStringList{u"migrate"_s} + words
                            + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()});
    }
    static QString states(const Scratch& scratch)
    {
        const Answer answer = migrate(scratch, {u"status"_s, u"--json"_s});
        const auto object = QJsonDocument::fromJson(answer.out).object();
        QStringList lines{object[u"tool"].toString()};
        const auto migrations = object[u"migrations"].toArray();
        for (const auto& migration : migrations)
            lines << migration[u"state"].toString() + u' ' + migration[u"version"].toString();
        return lines.join(u", "_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
    }

    void flyway_data() { test::engines(); }
    void flyway()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        QVERIFY(scratch.connect()->executeScript("CREATE TABLE x(id integer); DROP TABLE x").has_value());
        scratch.write(u"flyway.conf"_s, "flyway.locations=filesystem:sql\n");
        scratch.write(u"sql/V1__a.sql"_s, "CREATE TABLE a(id integer);\n");
        scratch.write(u"sql/U1__a.sql"_s, "DROP TABLE a;\n");
        scratch.write(u"sql/R__v.sql"_s, "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT 1 AS n;\n");
        QCOMPARE(states(scratch), u"flyway, pending 1, pending R__v"_s);
        QCOMPARE(migrate(scratch, {u"status"_s, u"--check"_s}).code, 1);
        const Answer ran = migrate(scratch, {u"run"_s, u"--all"_s});
        QVERIFY2(ran.code == 0, ran.err);
        QCOMPARE(migrate(scratch, {u"status"_s, u"--check"_s}).code, 0);
        scratch.write(u"sql/R__v.sql"_s, "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT 2 AS n;\n");
        QCOMPARE(states(scratch), u"flyway, applied 1, pending R__v"_s);
        QCOMPARE(migrate(scratch, {u"run"_s, u"--all"_s}).code, 0);
        scratch.write(u"sql/V0.5__late.sql"_s, "SELECT 1;\n");
        QCOMPARE(states(scratch), u"flyway, skipped 0.5, applied 1, applied R__v"_s);
        const Answer refused = migrate(scratch, {u"run"_s, u"--all"_s});
        QVERIFY(refused.code != 0);
        QVERIFY2(refused.err.contains("not applied to database: 0.5"), refused.err);
        QCOMPARE(migrate(scratch, {u"revert"_s}).code, 0);
        QCOMPARE(states(scratch), u"flyway, pending 0.5, pending 1, applied R__v"_s);
    }

    void atlas_data() { test::engines(); }
    void atlas()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(engine);
        QVERIFY(scratch.connect()->executeScript("CREATE TABLE x(id integer); DROP TABLE x").has_value());
        scratch.write(u"atlas.hcl"_s,
                      "env \"local\" {\n  migration {\n    dir = \"file://migrations\"\n  }\n}\n");
        const Answer made = migrate(scratch, {u"generate"_s, u"first"_s});
        QVERIFY2(made.code == 0, made.err);
        const QString version = states(scratch).section(u' ', -1);
        QCOMPARE(states(scratch), u"atlas, pending "_s + version);
        QCOMPARE(migrate(scratch, {u"run"_s, u"--all"_s}).code, 0);
        QCOMPARE(states(scratch), u"atlas, applied "_s + version);
        scratch.write(u"migrations/"_s + version + u"_first.sql"_s, "SELECT 1;\n");
        const Answer refused = migrate(scratch, {u"run"_s, u"--all"_s});
        QVERIFY(refused.code != 0);
        QVERIFY2(refused.err.contains("checksum mismatch"), refused.err);
    }

    void saysThatThereIsNothingToDo()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"Cargo.toml"_s, "[dependencies]\nsqlx = \"0.8\"\n");
        scratch.write(u"migrations/1_a.sql"_s, "CREATE TABLE a(id integer);\n");
        (void)scratch.connect();
        QCOMPARE(migrate(scratch, {u"run"_s}).code, 0);
        QCOMPARE(migrate(scratch, {u"run"_s}).out, "Nothing to run: no migration is pending.\n"_ba);
        const Answer revert = migrate(scratch, {u"revert"_s});
        QCOMPARE(revert.code, 0);
        QVERIFY2(revert.out.startsWith("Nothing to revert: ")
                     && revert.out.contains("1_a.sql is passed over: it has no down SQL."),
                 revert.out);
        QCOMPARE(migrate(scratch, {u"revert"_s, u"--quiet"_s}).out, QByteArray());
        QVERIFY(QJsonDocument::fromJson(migrate(scratch, {u"revert"_s, u"--json"_s}).out).isObject());
    }

    void sumsUpAtlasFiles()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"atlas.hcl"_s,
                      "env \"local\" {\n  migration {\n    dir = \"file://migrations\"\n  }\n}\n");
        scratch.write(u"migrations/20240101000000_a.sql"_s, "CREATE TABLE a(id integer);\n");
        (void)scratch.connect();
        const Answer stale = migrate(scratch, {u"status"_s});
        QVERIFY2(stale.out.contains("Nothing would run: checksum file not found"), stale.out);
        const Answer seen = migrate(scratch, {u"repair"_s, u"--hash"_s, u"--dry-run"_s});
        QVERIFY2(seen.out.contains("20240101000000_a.sql was added.") && seen.out.contains("h1:"), seen.out);
        QCOMPARE(migrate(scratch, {u"repair"_s, u"--hash"_s}).code, 2);
        QVERIFY(migrate(scratch, {u"run"_s}).code != 0);
        QCOMPARE(migrate(scratch, {u"repair"_s, u"--hash"_s, u"--yes"_s}).code, 0);
        QCOMPARE(migrate(scratch, {u"run"_s}).code, 0);
        QVERIFY(migrate(scratch, {u"repair"_s, u"--hash"_s, u"--yes"_s}).out.contains("nothing to repair"));
        QCOMPARE(migrate(scratch, {u"repair"_s, u"--hash"_s, u"--accept"_s, u"1"_s}).code, 2);
    }
};

QTEST_GUILESS_MAIN(CliToolsTest)
#include "cli_tools_test.moc"
