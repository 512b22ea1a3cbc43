// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/generate.h"
#include "project/formats/diesel/diesel.h"
#include "unit/diesel_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Finding a Diesel project, reading its folders, writing a new migration.
class DieselProjectTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheProjectFromAFolderInsideIt()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(u"src/deep/x.rs"_s, "");
        const auto found = project::detect(scratch.path(u"src/deep"_s), {});
        QVERIFY(found && *found);
        QCOMPARE((*found)->root, scratch.path());
        QCOMPARE((*found)->directory, scratch.path(u"migrations"_s));
    }

    void findsNothingWhereThereIsNoProject()
    {
        const QTemporaryDir folder;
        const auto found = project::detect(folder.path(), {});
        QVERIFY(found && !*found);
    }

    void prefersTheEnvironmentForTheDirectory()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        const auto found = project::detect(scratch.path(), {{u"MIGRATION_DIRECTORY"_s, u"elsewhere"_s}});
        QCOMPARE((*found)->directory, scratch.path(u"elsewhere"_s));
    }

    void readsTheDatabaseFromDotEnv()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(u".env"_s, "# local\nexport NAME='shop'\nDATABASE_URL=\"${NAME}.db\" # here\n");
        const auto found = project::detect(scratch.path(), {});
        QCOMPARE((*found)->databaseUrl, u"shop.db"_s);
        QCOMPARE(project::databaseTarget(**found)->location, scratch.path(u"shop.db"_s));
    }

    void refusesAMalformedDotEnv()
    {
        QVERIFY(!project::parseDotEnv(u"what is this\n"_s, {}, project::dotenvy));
        QVERIFY(!project::parseDotEnv(u"A='open\n"_s, {}, project::dotenvy));
    }

    void normalisesVersions_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("version");
        QTest::newRow("dashes") << u"2015-12-19-180527_create_users"_s << u"20151219180527"_s;
        QTest::newRow("counter") << u"2024-01-01-000000-0000_x"_s << u"202401010000000000"_s;
        QTest::newRow("setup") << u"00000000000000_diesel_initial_setup"_s << u"00000000000000"_s;
        QTest::newRow("no underscore") << u"hello-world"_s << u"helloworld"_s;
    }
    void normalisesVersions()
    {
        QFETCH(const QString, folder);
        QTEST(project::normalisedVersion(folder), "version");
    }

    void listsByStringsAndOverlooksFilesDotsAndEmptyFolders()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        for (const QString& name : {u"9_nine"_s, u"10_ten"_s, u"1-0-1_dashes"_s})
            scratch.migration(name, "SELECT 1;");
        scratch.write(u"migrations/.diesel_lock"_s, "");
        scratch.write(u"migrations/.hidden/x"_s, "");
        QDir().mkpath(scratch.path(u"migrations/empty"_s));
        QStringList names;
        const auto list = project::list(scratch.project());
        QVERIFY(list.has_value());
        for (const auto& migration : *list)
            names << migration.version + u' ' + migration.name;
        QCOMPARE(names.join(u'\n'), u"10 ten\n101 dashes\n9 nine"_s);
    }

    void refusesAFolderWithoutUpSql()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(u"migrations/stray/readme"_s, "x");
        const auto list = project::list(scratch.project());
        QVERIFY(!list);
        QVERIFY(list.error().message.contains(u"stray"_s));
    }

    void refusesTwoFoldersOfOneVersion()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"2024-01_a"_s, "SELECT 1;");
        scratch.migration(u"202401_b"_s, "SELECT 1;");
        QCOMPARE(project::list(scratch.project()).error().kind, ErrorKind::Conflict);
    }

    void readsMetadataAsTheToolDoes_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::addColumn<bool>("inTransaction");
        QTest::newRow("true") << "run_in_transaction = true\n"_ba << true;
        QTest::newRow("false") << "run_in_transaction = false\n"_ba << false;
        QTest::newRow("key absent") << "# nothing\n"_ba << false;
        QTest::newRow("unreadable") << "run_in_transaction = \n"_ba << true;
        QTest::newRow("not a bool") << "run_in_transaction = 1\n"_ba << true;
    }
    void readsMetadataAsTheToolDoes()
    {
        QFETCH(const QByteArray, metadata);
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(u"m/metadata.toml"_s, metadata);
        QTEST(project::diesel::runsInTransaction(scratch.path(u"m"_s)), "inTransaction");
        QVERIFY(project::diesel::runsInTransaction(scratch.path()));  // no metadata.toml
    }

    void generatesDieselsNamesAndBytes()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        const QDateTime now(QDate(2026, 6, 29), QTime(14, 52, 8), QTimeZone::UTC);
        const auto first = apply::generate(
            scratch.project(), {.name = u"Add phone"_s, .version = {}, .up = {}, .down = {}, .now = now});
        const auto second = apply::generate(
            scratch.project(), {.name = u"again"_s, .version = {}, .up = {}, .down = {}, .now = now});
        QVERIFY(first && second);
        QCOMPARE(first->folder, u"2026-06-29-145208-0000_Add phone"_s);
        QCOMPARE(second->folder, u"2026-06-29-145208-0001_again"_s);
        QCOMPARE(project::readScript(first->upPath).value(), "-- Your SQL goes here\n"_ba);
        QCOMPARE(project::readScript(first->downPath).value(),
                 "-- This file should undo anything in `up.sql`\n"_ba);
        QVERIFY(QFile::exists(scratch.path(u"migrations/.diesel_lock"_s)));
        QCOMPARE(project::list(scratch.project()).value(), (QList{*first, *second}));
    }

    void aScriptWithItsOwnTransactionGetsNoneOfTheTools()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        const auto made = apply::generate(
            scratch.project(), {.name = u"rebuild"_s,
                                .up = "ALTER TABLE a ADD b;\n",
                                .down = "PRAGMA foreign_keys = OFF;\nBEGIN;\nDROP TABLE a;\nCOMMIT;\n"});
        QVERIFY(made);
        QVERIFY(!made->runInTransaction && !made->revertInTransaction);
        QCOMPARE(project::readScript(made->path + u"/metadata.toml"_s).value(),
                 "run_in_transaction = false\n"_ba);
        QCOMPARE(project::readScript(made->upPath).value(),
                 "-- Your SQL goes here\nBEGIN;\nALTER TABLE a ADD b;\n\nCOMMIT;\n"_ba);
        QCOMPARE(project::list(scratch.project()).value(), QList{*made});
    }

    void refusesAVersionThatIsTaken()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"2024-01_a"_s, "SELECT 1;");
        const auto made =
            apply::generate(scratch.project(), {.name = u"b"_s, .version = u"2024"_s, .up = {}, .down = {}});
        QCOMPARE(made.error().kind, ErrorKind::Conflict);
        QVERIFY(!apply::generate(scratch.project(), {.name = u"a/b"_s, .version = {}, .up = {}, .down = {}}));
    }

    void refusesKeysThatDieselDoesNotKnow_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("unknown");
        QTest::newRow("option") << "[print_schema]\nnonsense = 1\n"_ba << u"nonsense"_s;
        QTest::newRow("section") << "[print_schema]\nfile = \"s.rs\"\n[other]\na = 1\n"_ba << u"other"_s;
        QTest::newRow("directory") << "[migrations_directory]\ndir = \"m\"\nmore = 1\n"_ba << u"more"_s;
        QTest::newRow("named") << "[print_schema.x]\nfile = \"s.rs\"\nzz = 1\n"_ba << u"zz"_s;
        QTest::newRow("filter") << "[print_schema]\nfilter = { only_table = [\"a\"] }\n"_ba
                                << u"only_table"_s;
        QTest::newRow("fine") << "[print_schema]\nfile = \"a.rs\"\nfilter = { only_tables = [\"a\"] }\n"
                                 "[print_schema.x]\nfile = \"s.rs\"\n"_ba
                              << QString();
    }
    void refusesKeysThatDieselDoesNotKnow()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, unknown);
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.write(u"diesel.toml"_s, text);
        const auto read = project::diesel::readConfig(scratch.path(u"diesel.toml"_s));
        QCOMPARE(read.has_value(), unknown.isEmpty());
        if (!unknown.isEmpty())
            QVERIFY2(read.error().message.contains(u"unknown field `%1`"_s.arg(unknown)),
                     qPrintable(read.error().message));
    }
};

QTEST_GUILESS_MAIN(DieselProjectTest)
#include "diesel_project_test.moc"
