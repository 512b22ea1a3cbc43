// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/migrate_text.h"
#include "demo.h"
#include "support/cli_answer.h"
#include "unit/diesel_scratch.h"
#include "window.h"

#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// What scripts rely on: nothing is passed over in silence, and each exit code means one thing.
class CliContractTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("DATABASE_URL");
        qunsetenv("MIGRATION_DIRECTORY");
    }

    void refusesWhatIsLeftOver_data()
    {
        QTest::addColumn<QString>("words");
        for (const QString& words :
             {u"migrate status 2025"_s, u"migrate check all"_s, u"migrate code x"_s, u"migrate run 5"_s,
              u"migrate revert 5"_s, u"migrate redo 5"_s, u"migrate baseline 5"_s, u"migrate convert x"_s,
              u"schema drift x"_s, u"schema inspect a b"_s, u"schema diff a b c"_s, u"query a b c"_s})
            QTest::newRow(qPrintable(words)) << words;
    }
    void refusesWhatIsLeftOver()
    {
        QFETCH(const QString, words);
        const test::DieselScratch scratch(Engine::Sqlite);
        QVERIFY(scratch.connect());
        const auto answer = test::runCli(
            words.split(u' ') + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()});
        QCOMPARE(answer.code, 2);
        QCOMPARE(answer.out, QByteArray());
        QCOMPARE(answer.err.count('\n'), 1);
    }

    /// A file that cannot be read is no mistake in the command line.
    void saysWhetherTheCallOrAFileIsWrong_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<int>("code");
        const QByteArray broken = "[migrations_directory\n";
        const QByteArray fine = "[migrations_directory]\ndir = \"migrations\"\n";
        for (const QString& words :
             {u"query SELECT"_s, u"schema inspect"_s, u"migrate status"_s, u"schema drift"_s}) {
            QTest::newRow(qPrintable(words + u", a broken file"_s)) << words << broken << 3;
            QTest::newRow(qPrintable(words + u", no database"_s)) << words << fine << 2;
        }
        const QString none = u" --db nowhere/at-all.db"_s;
        for (const QString& words :
             {u"query SELECT"_s, u"schema inspect"_s, u"migrate status"_s, u"schema drift"_s})
            QTest::newRow(qPrintable(words + u", no such file"_s)) << words + none << fine << 3;
        QTest::newRow("diff, no such file") << u"schema diff nowhere/a.db nowhere/b.sql"_s << fine << 3;
        QTest::newRow("diff, no such scheme") << u"schema diff mysql://h/a b.sql"_s << fine << 3;
        QTest::newRow("query, no such scheme") << u"query mysql://h/a SELECT"_s << fine << 3;
        QTest::newRow("inspect, no such scheme") << u"schema inspect mysql://h/a"_s << fine << 3;
    }
    void saysWhetherTheCallOrAFileIsWrong()
    {
        QFETCH(const QString, words);
        QFETCH(const QByteArray, settings);
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(u"diesel.toml"_s, settings);
        const auto answer = test::runCli(words.split(u' ') + QStringList{u"--project"_s, scratch.path()});
        QTEST(answer.code, "code");
        QCOMPARE(answer.out, QByteArray());
        QCOMPARE(answer.err.count('\n'), 1);
    }

    void isQuietWhereItIsAsked_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("code");
        for (const QString& words :
             {u"migrate status"_s, u"migrate run --dry-run"_s, u"migrate run"_s, u"migrate generate x"_s,
              u"migrate repair --mark-applied 1 --dry-run"_s, u"migrate repair --mark-applied 1 --yes"_s,
              u"schema inspect"_s, u"schema inspect --format sql"_s, u"schema drift"_s})
            QTest::newRow(qPrintable(words)) << words << 0;
        QTest::newRow("check") << u"migrate check"_s << 1;
    }
    void isQuietWhereItIsAsked()
    {
        QFETCH(const QString, words);
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);", "DROP TABLE a;");
        QVERIFY(scratch.connect());
        const QStringList call =
            words.split(u' ') + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()};
        const auto answer = test::runCli(call + QStringList{u"--quiet"_s});
        QTEST(answer.code, "code");
        QCOMPARE(answer.out, QByteArray());
        QCOMPARE(answer.err, QByteArray());
    }

    void aQuietQueryRunsAndPrintsNothing()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript("CREATE TABLE a(id integer)").has_value());
        for (const QString& sql : {u"INSERT INTO a VALUES (1) RETURNING id"_s, u"SELECT * FROM a"_s}) {
            const auto answer = test::runCli({u"query"_s, scratch.url(), sql, u"--quiet"_s});
            QCOMPARE(answer.code, 0);
            QCOMPARE(answer.out + answer.err, QByteArray());
        }
        QCOMPARE(test::rowsOf(*db, u"SELECT * FROM a"_s), QStringList{u"1"_s});
        const auto json =
            test::runCli({u"query"_s, scratch.url(), u"SELECT id FROM a"_s, u"--json"_s, u"--quiet"_s});
        QVERIFY2(json.out.contains("\"id\": 1"), json.out);
        const auto wrong = test::runCli({u"query"_s, scratch.url(), u"SELECT nonsense"_s, u"--quiet"_s});
        QCOMPARE(wrong.code, 3);
        QVERIFY(wrong.err.contains("nonsense"));
    }

    void theWindowRefusesValuesThatItDoesNotKnow_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("view") << QStringList{u"--view"_s, u"tables"_s};
        QTest::newRow("empty view") << QStringList{u"--view"_s, QString()};
        QTest::newRow("scheme") << QStringList{u"--scheme"_s, u"blue"_s};
        QTest::newRow("size") << QStringList{u"--size"_s, u"large"_s};
        QTest::newRow("size of nothing") << QStringList{u"--size"_s, u"0x900"_s};
        QTest::newRow("negative size") << QStringList{u"--size"_s, u"-800x600"_s};
        QTest::newRow("three sides") << QStringList{u"--size"_s, u"1x2x3"_s};
        QTest::newRow("two databases") << QStringList{u"a.db"_s, u"b.db"_s};
    }
    void theWindowRefusesValuesThatItDoesNotKnow()
    {
        QFETCH(const QStringList, words);
        const auto options = readWindowOptions(QStringList{u"dewpoint"_s} + words);
        QVERIFY(!options);
        QCOMPARE(options.error().kind, ErrorKind::InvalidInput);
        QVERIFY2(options.error().message.contains(words.last()), qPrintable(options.error().message));
    }

    void theWindowTakesTheValuesThatItKnows()
    {
        const auto options = readWindowOptions({u"dewpoint"_s, u"demo"_s, u"--view"_s, u"diagram"_s,
                                                u"--scheme"_s, u"system"_s, u"--size"_s, u"1440x900"_s});
        QVERIFY2(options, options ? "" : qPrintable(options.error().oneLine()));
        QCOMPARE(options->view, u"diagram"_s);
        QVERIFY(options->scheme == theme::Scheme::FollowSystem);
        QCOMPARE(options->size, QSize(1440, 900));
        QVERIFY(!readWindowOptions({u"dewpoint"_s})->scheme);
    }

    void saysWhoRanAMigration()
    {
        const apply::Step up{.migration = {.folder = u"1_a"_s}};
        const apply::Step down{.migration = {.folder = u"1_a"_s}, .direction = apply::Direction::Down};
        QCOMPARE(cli::doneText({.step = up, .microseconds = 1234}), u"Ran 1_a (1.234 ms)"_s);
        QCOMPARE(cli::doneText({.step = up, .microseconds = -1}), u"Ran 1_a"_s);
        QCOMPARE(cli::doneText({.step = up, .microseconds = 9, .byOthers = true}),
                 u"Another program has run 1_a"_s);
        QCOMPARE(cli::doneText({.step = down, .microseconds = 9, .byOthers = true}),
                 u"Another program has reverted 1_a"_s);
    }

    void theExecutorTellsWhoRanItWhileItRuns_data() { test::engines(); }
    void theExecutorTellsWhoRanItWhileItRuns()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        scratch.migration(u"2_b"_s, "CREATE TABLE b(id integer);");
        const auto project = scratch.project();
        const auto db = scratch.connect();
        const auto other = scratch.connect();
        QStringList told;
        apply::Watch watch;
        watch.progress = [&](const apply::Progress& progress) {
            if (progress.phase == apply::Progress::Phase::Finished)
                told << progress.step.migration.folder + (progress.byOthers ? u" by others"_s : u" here"_s);
            else if (progress.index == 1)
                QVERIFY(apply::execute(*other, project, apply::Action::Run, apply::Scope::all()).has_value());
        };
        const auto report = apply::execute(*db, project, apply::Action::Run, apply::Scope::all(), watch);
        QVERIFY(report && !report->failure);
        QCOMPARE(told, (QStringList{u"1_a here"_s, u"2_b by others"_s}));
    }

    void theSampleShopWantsAnEmptyDatabase_data()
    {
        QTest::addColumn<QByteArray>("there");
        QTest::newRow("a table") << "CREATE TABLE precious(id integer)"_ba;
        QTest::newRow("a view of another schema")
            << "CREATE SCHEMA mine; CREATE VIEW mine.precious AS SELECT 1 AS one"_ba;
    }
    void theSampleShopWantsAnEmptyDatabase()
    {
        QFETCH(const QByteArray, there);
        const test::ProjectScratch scratch(Engine::Postgres);
        const auto db = scratch.connect();
        QVERIFY(db->executeScript(there).has_value());
        const QString all = u"SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"_s;
        const QStringList before = test::rowsOf(*db, all);
        const auto demo = makeDemo(scratch.target());
        QVERIFY(!demo);
        QCOMPARE(demo.error().kind, ErrorKind::Conflict);
        QVERIFY2(demo.error().message.contains(u"precious"_s), qPrintable(demo.error().message));
        QCOMPARE(test::rowsOf(*db, all), before);
    }

    void theSampleShopIsBuiltWhereNothingIs()
    {
        const test::ProjectScratch scratch(Engine::Postgres);
        const auto demo = makeDemo(scratch.target());
        QVERIFY2(demo, demo ? "" : qPrintable(demo.error().oneLine()));
        QVERIFY(QDir(demo->folder).removeRecursively());
        QVERIFY(!makeDemo(scratch.target()));  // the shop itself is there now
    }

    void theSampleShopTakesNoFileOfSomebodyElse()
    {
        const test::ProjectScratch scratch(Engine::Sqlite);
        const auto demo = makeDemo(scratch.target());
        QVERIFY(!demo);
        QCOMPARE(demo.error().kind, ErrorKind::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(CliContractTest)
#include "cli_contract_test.moc"
