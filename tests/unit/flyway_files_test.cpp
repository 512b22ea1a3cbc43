// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/flyway/flyway.h"
#include "project/jdbc_url.h"
#include "support/project_scratch.h"

#include <QTest>

#include <algorithm>

using namespace dewpoint;
using namespace Qt::StringLiterals;
namespace flyway = dewpoint::project::flyway;

/// What Flyway reads from its files: names, checksums, configuration.
class FlywayFilesTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

private Q_SLOTS:
    void checksumsAsTheTool()
    {
        QCOMPARE(flyway::checksum("CREATE TABLE t (id INTEGER);\nSELECT 1;\n"), u"1736623070"_s);
        QCOMPARE(flyway::checksum("CREATE TABLE t (id INTEGER);\r\nSELECT 1;\r\n"), u"1736623070"_s);
        QCOMPARE(flyway::checksum("\xef\xbb\xbf"
                                  "CREATE TABLE t (id INTEGER);\nSELECT 1;"),
                 u"1736623070"_s);
        // Written by Flyway 13.0.0 itself.
        QCOMPARE(flyway::checksum("CREATE TABLE a (id INTEGER);\n"), u"-59897099"_s);
        QCOMPARE(flyway::checksum("CREATE TABLE bb (id INTEGER);\n"), u"-247677072"_s);
    }

    void readsNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("identity");
        QTest::addColumn<QString>("description");
        QTest::newRow("plain") << u"V1__init.sql"_s << u"1"_s << u"init"_s;
        QTest::newRow("underscores are dots") << u"V007_1__Deep_one.sql"_s << u"7.1"_s << u"Deep one"_s;
        QTest::newRow("a last zero") << u"V2.0__x.sql"_s << u"2"_s << u"x"_s;
        QTest::newRow("no description") << u"V8.sql"_s << u"8"_s << QString();
        QTest::newRow("empty description") << u"V9__.sql"_s << u"9"_s << QString();
        QTest::newRow("suffix in capitals") << u"V10__x.SQL"_s << u"10"_s << u"x"_s;
        QTest::newRow("repeatable") << u"R__view_v.sql"_s << u"R__view_v"_s << u"view v"_s;
        QTest::newRow("baseline") << u"B3__all.sql"_s << u"B3"_s << u"all"_s;
        for (const char* other : {"v1__x.sql", "V1a__x.sql", "V__x.sql", "R1__x.sql", "R.sql", "V1__x.txt",
                                  "x.sql", "beforeMigrate.sql", ".sql", "V.sql", "V1..2__x.sql"})
            QTest::newRow(other) << QString::fromLatin1(other) << QString() << QString();
    }
    void readsNames()
    {
        QFETCH(const QString, name);
        const auto parsed = flyway::parseFileName(name, {.tool = u"flyway"_s});
        QTEST(parsed ? flyway::identity(parsed->kind, parsed->version, parsed->description) : QString(),
              "identity");
        QTEST(parsed ? parsed->description : QString(), "description");
    }

    void ordersByValue()
    {
        QStringList list{u"R__a"_s, u"10"_s, u"B2"_s, u"2"_s, u"1.10"_s, u"1.9"_s, u"2.0.1"_s, u"1"_s};
        std::ranges::sort(list, flyway::identityLess);
        QCOMPARE(list.join(u' '), u"1 1.9 1.10 2 B2 2.0.1 10 R__a"_s);
    }

    void readsItsConfiguration()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"sql/V1__a.sql"_s, "SELECT 1;\n");
        scratch.write(u"flyway.toml"_s,
                      "[flyway]\nenvironment = \"dev\"\ntable = \"h\"\n[environments.dev]\nurl = "
                      "\"jdbc:sqlite:shop.db\"\n");
        auto project = scratch.project();
        QCOMPARE(project.directory, scratch.path(u"sql"_s));
        QCOMPARE(project.settings.value(u"table"_s), u"h"_s);
        QCOMPARE(project::databaseTarget(project)->location, scratch.path(u"shop.db"_s));
        QVERIFY(QFile::remove(scratch.path(u"flyway.toml"_s)));
        scratch.write(u"flyway.conf"_s,
                      "# mine\nflyway.url=jdbc:postgresql://h:5433/d?currentSchema=app&ssl=true\n"
                      "flyway.user=u\nflyway.password=${PW}\nflyway.outOfOrder=true\n");
        project =
            project::detect(scratch.path(), {{u"PW"_s, u"p@"_s}, {u"FLYWAY_OUT_OF_ORDER"_s, u"false"_s}})
                .value()
                .value();
        QCOMPARE(project.databaseUrl,
                 u"postgres://u:p%40@h:5433/d?sslmode=verify-full&options=-csearch_path%3Dapp"_s);
        QCOMPARE(project.settings.value(u"outOfOrder"_s), u"false"_s);
        QVERIFY(!project.settings.contains(u"password"_s));
        scratch.write(u"flyway.conf"_s, "flyway.url=jdbc:mysql://h/d\n");
        QVERIFY(
            project::databaseTarget(scratch.project()).error().message.contains(u"SQLite and PostgreSQL"_s));
    }

    void translatesJdbc_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("url");
        QTest::newRow("file") << u"jdbc:sqlite:a/b.db?cache=shared"_s << u"a/b.db"_s;
        QTest::newRow("memory") << u"jdbc:sqlite:"_s << u":memory:"_s;
        QTest::newRow("user inside") << u"jdbc:postgresql://h/d?user=me&password=x"_s
                                     << u"postgres://me:x@h/d"_s;
        QTest::newRow("name alone") << u"jdbc:postgresql:d"_s << u"postgres://u:p@localhost/d"_s;
        QTest::newRow("own options") << u"jdbc:postgresql://h:1/d?loginTimeout=2&sslmode=require"_s
                                     << u"postgres://u:p@h:1/d?sslmode=require"_s;
    }
    void translatesJdbc()
    {
        QFETCH(const QString, given);
        QTEST(project::fromJdbc(given, u"u"_s, u"p"_s).value().url, "url");
    }

    void findsProjectsWithoutConfiguration()
    {
        const Scratch scratch(Engine::Sqlite);
        scratch.write(u"pom.xml"_s, "<artifactId>flyway-core</artifactId>");
        scratch.write(u"src/main/resources/db/migration/V1__a.sql"_s, "SELECT 1;\n");
        scratch.write(u"src/main/resources/application.properties"_s,
                      "spring.datasource.url=jdbc:sqlite:x.db\nspring.flyway.out-of-order=true\n");
        const auto project = scratch.project();
        QCOMPARE(project.tool, u"flyway"_s);
        QCOMPARE(project.root, scratch.path());
        QCOMPARE(project.settings.value(u"outOfOrder"_s), u"true"_s);
        QCOMPARE(project.databaseUrl, u"x.db"_s);
        const Scratch plain(Engine::Sqlite);  // refinery's folder and refinery's names
        plain.write(u"migrations/V1__a.sql"_s, "SELECT 1;\n");
        QCOMPARE(plain.project().tool, u"refinery"_s);
        plain.write(u"migrations/R__v.sql"_s, "SELECT 1;\n");
        QCOMPARE(plain.project().tool, u"flyway"_s);
    }
};

QTEST_GUILESS_MAIN(FlywayFilesTest)
#include "flyway_files_test.moc"
