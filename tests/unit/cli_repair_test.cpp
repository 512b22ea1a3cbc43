// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/cli_answer.h"
#include "support/tool_projects.h"
#include "unit/diesel_scratch.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// migrate repair, baseline and convert from a shell: what they ask, print and answer.
class CliRepairTest final : public QObject
{
    Q_OBJECT

    using Answer = test::CliAnswer;
    static Answer run(const QStringList& arguments, const std::optional<QByteArray>& typed = {})
    {
        return test::runCli(arguments, typed);
    }
    static QStringList on(const test::ProjectScratch& scratch, const QString& words)
    {
        return words.split(u' ') + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
    }
    static void two(const test::DieselScratch& scratch)
    {
        scratch.migration(u"2024-01_a"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        scratch.migration(u"2024-02_b"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
        (void)scratch.connect();  // makes the file
    }
    static QString states(const test::ProjectScratch& scratch)
    {
        const auto json = QJsonDocument::fromJson(run(on(scratch, u"migrate status --json"_s)).out).object();
        QStringList words;
        const QJsonArray migrations = json[u"migrations"].toArray();
        for (const auto& each : migrations)
            words << each.toObject()[u"state"].toString();
        return words.join(u' ');
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
        qunsetenv("MIGRATION_DIRECTORY");
    }

    void explainsThemselves()
    {
        for (const QString& word : {u"repair"_s, u"baseline"_s, u"convert"_s}) {
            const Answer answer = run({u"migrate"_s, word, u"--help"_s});
            QCOMPARE(answer.code, 0);
            QVERIFY(answer.out.contains("--dry-run") && answer.out.contains("--yes"));
            QVERIFY(run({u"migrate"_s, u"--help"_s}).out.contains(word.toUtf8()));
        }
    }

    void answersWrongUsageWithTwo_data()
    {
        QTest::addColumn<QString>("words");
        for (const QString& words :
             {u"migrate repair"_s, u"migrate repair 1"_s, u"migrate repair --mark-applied"_s,
              u"migrate repair --mark-applied --mark-pending 1"_s, u"migrate repair --mark-applied --all"_s,
              u"migrate repair --accept --all 1"_s, u"migrate repair --accept"_s, u"migrate baseline 1"_s,
              u"migrate convert"_s, u"migrate convert diesel"_s})
            QTest::newRow(qPrintable(words)) << words;
    }
    void answersWrongUsageWithTwo()
    {
        QFETCH(const QString, words);
        const Answer answer = run(words.split(u' '));
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.out.isEmpty());
        QCOMPARE(answer.err.count('\n'), 1);
    }

    void asksAPersonAndRefusesWhereThereIsNone_data() { test::engines(); }
    void asksAPersonAndRefusesWhereThereIsNone()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const QStringList words = on(scratch, u"migrate repair --mark-applied 2024-01_a"_s);
        const Answer nobody = run(words);
        QCOMPARE(nobody.code, 2);
        QVERIFY(nobody.err.contains("--yes"));
        QCOMPARE(nobody.err.count('\n'), 1);
        const Answer no = run(words, "n\n");
        QCOMPARE(no.code, 1);
        QVERIFY2(no.err.contains("INSERT INTO") && no.err.contains("'202401'"), no.err);
        QCOMPARE(states(scratch), u"pending pending"_s);
        const Answer yes = run(words, "y\n");
        QCOMPARE(yes.code, 0);
        QCOMPARE(yes.out, QByteArray("Marked 2024-01_a as applied\n"));
        QCOMPARE(states(scratch), u"applied pending"_s);
        QCOMPARE(run(on(scratch, u"migrate repair --mark-pending 202401 --yes --quiet"_s)).code, 0);
        QCOMPARE(states(scratch), u"pending pending"_s);
    }

    void showsWithoutChanging_data() { test::engines(); }
    void showsWithoutChanging()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        two(scratch);
        const Answer text = run(on(scratch, u"migrate baseline --dry-run"_s));
        QCOMPARE(text.code, 0);
        QVERIFY2(text.out.contains("Would mark 2024-01_a as applied\n")
                     && text.out.contains("CREATE TABLE IF NOT EXISTS __diesel_schema_migrations")
                     && text.out.contains("no tables"),
                 text.out);
        const auto json =
            QJsonDocument::fromJson(run(on(scratch, u"migrate baseline --to 202401 --dry-run --json"_s)).out)
                .object();
        QCOMPARE(json.keys(), (QStringList{u"action"_s, u"backup"_s, u"dry_run"_s, u"migrations"_s,
                                           u"notes"_s, u"statements"_s}));
        QVERIFY(json[u"dry_run"].toBool());
        QCOMPARE(json[u"action"].toString(), u"baseline"_s);
        QCOMPARE(json[u"migrations"].toArray().size(), 1);
        QCOMPARE(json[u"migrations"][0][u"before"].toString() + json[u"migrations"][0][u"after"].toString(),
                 u"pendingapplied"_s);
        QCOMPARE(json[u"statements"].toArray().size(), 2);
        const auto status =
            QJsonDocument::fromJson(run(on(scratch, u"migrate status --json"_s)).out).object();
        QCOMPARE(status[u"applied"].toInt(), 0);
        QCOMPARE(run(on(scratch, u"migrate baseline --to 202401 --yes"_s)).code, 0);
        QCOMPARE(states(scratch), u"applied pending"_s);
        const Answer again = run(on(scratch, u"migrate baseline --yes"_s));
        QCOMPARE(again.code, 3);
        QVERIFY(again.err.contains("has rows already"));
    }

    void refusesWhatTheToolDoesNotHave()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        two(scratch);
        const Answer accept = run(on(scratch, u"migrate repair --accept --all --yes"_s));
        QCOMPARE(accept.code, 3);
        QVERIFY2(accept.err.contains("Diesel's ledger keeps no checksums"), accept.err);
        QCOMPARE(run(on(scratch, u"migrate repair --clear-dirty --yes"_s)).code, 3);
        QCOMPARE(run(on(scratch, u"migrate repair --mark-applied 1999 --yes"_s)).code, 2);
        QCOMPARE(run(on(scratch, u"migrate repair --mark-pending 202401 --yes"_s)).code, 3);
    }

    void takesOverAnotherToolsLedger_data() { test::engines(); }
    void takesOverAnotherToolsLedger()
    {
        QFETCH(const Engine, engine);
        const test::ProjectScratch scratch(engine);
        test::writeTool(scratch, test::toolProjects().at(0), u"old"_s);
        test::writeTool(scratch, test::toolProjects().at(1), u"new"_s);
        const auto in = [&](const QString& folder, const QString& words) {
            return run(words.split(u' ')
                       + QStringList{u"--project"_s, scratch.path(folder), u"--db"_s, scratch.url()});
        };
        QCOMPARE(in(u"old"_s, u"migrate run --count 2"_s).code, 0);
        const Answer seen =
            in(u"new"_s,
               u"migrate convert --from diesel --from-project %1 --dry-run"_s.arg(scratch.path(u"old"_s)));
        QCOMPARE(seen.code, 0);
        QVERIFY2(seen.out.contains("(was 2025-01-01-000000_create_a)"), seen.out);
        QCOMPARE(in(u"new"_s, u"migrate convert --from diesel --yes"_s).code, 0);
        QVERIFY(in(u"new"_s, u"migrate status"_s).out.endsWith("2 applied, 1 pending.\n"));
        QVERIFY(in(u"old"_s, u"migrate status"_s).out.endsWith("2 applied, 1 pending.\n"));
        QVERIFY(in(u"new"_s, u"migrate convert --from diesel --yes"_s).out.contains("nothing to repair"));
    }

    void namesTheFormatsThatWorkWhereSeveralProjectsAre()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        test::writeTool(scratch, test::toolProjects().at(0), u"."_s);
        test::writeTool(scratch, test::toolProjects().at(2), u"."_s);
        (void)scratch.connect();
        const Answer several = run(on(scratch, u"migrate status"_s));
        QCOMPARE(several.code, 2);
        static const QRegularExpression choice(u"--format ([a-z|-]+)"_s);
        const QStringList tools =
            choice.match(QString::fromUtf8(several.err)).captured(1).split(u'|', Qt::SkipEmptyParts);
        QCOMPARE(tools, (QStringList{u"diesel"_s, u"drizzle"_s}));
        for (const QString& tool : tools) {
            const Answer one = run(on(scratch, u"migrate status --format "_s + tool));
            QCOMPARE(one.code, 0);
            QVERIFY(one.out.contains("create_c"));
        }
    }

    void refusesASlashInANewName()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        two(scratch);
        const Answer answer = run(on(scratch, u"migrate generate add/phone"_s));
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains("cannot contain “/”"), answer.err);
    }
};

QTEST_GUILESS_MAIN(CliRepairTest)
#include "cli_repair_test.moc"
