// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/format.h"
#include "support/project_scratch.h"

#include <QTest>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// Which .env decides, and how it is read: as the owning tool does.
class EnvironmentTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static void tool(const Scratch& scratch, const QString& name, const QString& folder)
    {
        const QString base = folder.isEmpty() ? QString() : folder + u'/';
        if (name == u"dbmate"_s)
            scratch.write(base + u"db/migrations/1_a.sql"_s, "-- migrate:up\n-- migrate:down\n");
        else if (name == u"goose"_s)
            scratch.write(base + u"migrations/1_a.sql"_s, "-- +goose Up\nSELECT 1;\n");
        else if (name == u"drizzle"_s)
            scratch.write(base + u"drizzle.config.ts"_s,
                          "export default { dialect: 'sqlite', dbCredentials: { url: "
                          "process.env.DATABASE_URL } }");
        else if (name == u"prisma"_s)
            scratch.write(base + u"prisma/schema.prisma"_s,
                          "datasource db {\n  provider = \"sqlite\"\n  url = env(\"DATABASE_URL\")\n}\n");
        else if (name == u"sqlx"_s)
            scratch.write(base + u"sqlx.toml"_s, "");
        else
            scratch.write(base + u"diesel.toml"_s, "");
    }
    static project::Project detected(const Scratch& scratch, const QString& name, const QString& folder)
    {
        return project::detectAs(name, scratch.path(folder), {}).value().value();
    }

private Q_SLOTS:
    void asksOnlyTheProjectsOwnDotEnv_data()
    {
        QTest::addColumn<bool>("upward");
        for (const char* name : {"dbmate", "goose", "drizzle", "prisma"})
            QTest::newRow(name) << false;
        for (const char* name : {"sqlx", "diesel"})
            QTest::newRow(name) << true;
    }
    void asksOnlyTheProjectsOwnDotEnv()
    {
        QFETCH(const bool, upward);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const Scratch scratch(Engine::Sqlite);
        tool(scratch, name, u"inner"_s);
        if (name == u"diesel"_s)
            scratch.write(u"inner/migrations/1_a/up.sql"_s, "SELECT 1;");
        scratch.write(u".env"_s, "DATABASE_URL=outer.db\nDBMATE_MIGRATIONS_TABLE=x\nGOOSE_TABLE=x\n");
        const auto project = detected(scratch, name, u"inner"_s);
        QCOMPARE(project.databaseUrl, upward ? u"outer.db"_s : QString());
        for (const QString& key : {u"table"_s, u"migrations-table"_s})
            QVERIFY(project.settings.value(key).isEmpty());
        if (upward)
            QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"outer.db"_s));
        scratch.write(u"inner/.env"_s, "DATABASE_URL=own.db\n");
        QVERIFY2(project::databaseTarget(detected(scratch, name, u"inner"_s))->location.endsWith(u"own.db"_s),
                 qPrintable(detected(scratch, name, u"inner"_s).databaseUrl));
    }

    void findsTheRootsDotEnvFromAFolderInside_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("dbmate") << u"db/migrations"_s;
        QTest::newRow("goose") << u"migrations"_s;
        QTest::newRow("prisma") << u"prisma"_s;
    }
    void findsTheRootsDotEnvFromAFolderInside()
    {
        QFETCH(const QString, folder);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const Scratch scratch(Engine::Sqlite);
        tool(scratch, name, {});
        scratch.write(u".env"_s, "DATABASE_URL=own.db\n");
        QCOMPARE(detected(scratch, name, folder).databaseUrl, u"own.db"_s);
    }

    void aLineThatDotenvyRefusesStopsNobodyElse_data()
    {
        QTest::addColumn<bool>("strict");
        for (const char* name : {"dbmate", "goose", "drizzle", "prisma"})
            QTest::newRow(name) << false;
        for (const char* name : {"sqlx", "diesel"})
            QTest::newRow(name) << true;
    }
    void aLineThatDotenvyRefusesStopsNobodyElse()
    {
        QFETCH(const bool, strict);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const Scratch scratch(Engine::Sqlite);
        tool(scratch, name, {});
        if (name == u"diesel"_s)
            scratch.write(u"migrations/1_a/up.sql"_s, "SELECT 1;");
        scratch.write(u".env"_s, "APP_NAME=My App\nDATABASE_URL=own.db\n");
        const auto all = project::detectAll(scratch.path(), {});
        QVERIFY2(all, all ? "" : qPrintable(all.error().oneLine()));
        QCOMPARE(all->size(), 1);
        QCOMPARE(all->first().tool, name);
        const auto target = project::databaseTarget(all->first());
        QCOMPARE(target.has_value(), !strict);
        if (strict)
            QVERIFY2(target.error().message.contains(u"Line 1"_s), qPrintable(target.error().message));
    }

    void readsDotEnvAsNodeAndGoDo_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        QTest::newRow("blanks") << u"A=My App"_s << u"My App"_s;
        QTest::newRow("comment") << u"A=b # c"_s << u"b"_s;
        QTest::newRow("hash inside") << u"A=b#c"_s << u"b#c"_s;
        QTest::newRow("only a comment") << u"A= # c"_s << QString();
        QTest::newRow("blanks around") << u"  export A  =  b  \r\n"_s << u"b"_s;
        QTest::newRow("single") << u"A='b # \\n c' # d"_s << u"b # \\n c"_s;
        QTest::newRow("double") << u"A=\"b\\n\\\"c\\\"\" # d"_s << u"b\n\"c\""_s;
        QTest::newRow("two lines") << u"A=\"b\nc\""_s << u"b\nc"_s;
        QTest::newRow("apostrophe") << u"B=it's\nA=x"_s << u"x"_s;
        QTest::newRow("nonsense above") << u"what is this\nA=x"_s << u"x"_s;
        QTest::newRow("variable") << u"B=c\nA=${B}/$B"_s << u"c/c"_s;
        QTest::newRow("outer variable wins") << u"OUTER=no\nA=$OUTER"_s << u"out"_s;
        QTest::newRow("escaped") << u"A=\"a\\$B\""_s << u"a$B"_s;
        QTest::newRow("last counts") << u"A=1\nA=2"_s << u"2"_s;
        QTest::newRow("empty") << u"A=\nB=x"_s << QString();
    }
    void readsDotEnvAsNodeAndGoDo()
    {
        QFETCH(const QString, text);
        const auto read =
            project::parseDotEnv(text, {{u"OUTER"_s, u"out"_s}}, {.upward = false, .strict = false});
        QVERIFY(read.has_value());
        QTEST(read->value(u"A"_s), "value");
    }

    void drizzlesDotEnvKnowsNoVariables()
    {
        const Scratch scratch(Engine::Sqlite);
        tool(scratch, u"drizzle"_s, {});
        scratch.write(u".env"_s, "DATABASE_URL=pa$word.db\n");
        QCOMPARE(detected(scratch, u"drizzle"_s, {}).databaseUrl, u"pa$word.db"_s);
    }

    void aBrokenConfigurationIsNotHiddenByAWeakerGuess()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"sqlx.toml"_s, "[migrate\n");
        scratch.write(u"migrations/0001_a.sql"_s, "SELECT 1;");
        QVERIFY(!project::detectAll(scratch.path(), {}));
        scratch.write(u"drizzle.config.ts"_s, "export default { dialect: 'sqlite' }");
        const auto all = project::detectAll(scratch.path(), {});
        QVERIFY2(all, all ? "" : qPrintable(all.error().oneLine()));
        QCOMPARE(all->first().tool, u"drizzle"_s);
    }
};

QTEST_GUILESS_MAIN(EnvironmentTest)
#include "environment_test.moc"
