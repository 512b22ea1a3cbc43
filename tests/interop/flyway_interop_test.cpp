// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "support/migrating.h"
#include "support/node_tools.h"
#include "support/private_server.h"
#include "support/project_scratch.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;
using dewpoint::test::verify;

/// Dewpoint and the real Flyway on the same project and database, in any order. Java's driver for PostgreSQL
/// knows no Unix sockets, so there is a server with TCP.
class FlywayInteropTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    /// A database of either engine, by its name here and its name there.
    struct Database {
        drivers::Target target;
        QStringList settings;

        std::unique_ptr<drivers::Connection> connect() const
        {
            return drivers::Connection::open(target).value();
        }
    };

    QString m_java;
    QString m_jars;
    QTemporaryDir m_classes;
    std::unique_ptr<test::PrivateServer> m_server;
    int m_count = 0;

    static QString folder() { return qEnvironmentVariable("DEWPOINT_SOURCE") + u"/build/interop"_s; }
    static QString program(const QString& name, const char* variable)
    {
        for (const QString& path : {qEnvironmentVariable(variable), QStandardPaths::findExecutable(name),
                                    folder() + u"/java/bin/"_s + name}) {
            if (!path.isEmpty() && QFileInfo(path).isExecutable())
                return path;
        }
        return {};
    }
    /// Why the jars are not there; empty when they are.
    QString installJars()
    {
        m_jars = folder() + u"/flyway/lib"_s;
        if (!QDir(m_jars).entryList({u"flyway-core-*.jar"_s}).isEmpty())
            return {};
        const QString maven = QStandardPaths::findExecutable(u"mvn"_s);
        const QString pom = qEnvironmentVariable("DEWPOINT_SOURCE") + u"/tests/interop/flyway_pom.xml"_s;
        const QStringList words{u"-q"_s,
                                u"-B"_s,
                                u"-f"_s,
                                pom,
                                u"dependency:copy-dependencies"_s,
                                u"-DoutputDirectory="_s + m_jars};
        if (maven.isEmpty())
            return u"there is no Maven here; to have Flyway: mvn "_s + words.join(u' ');
        QDir().mkpath(m_jars);
        const auto answer = test::run(maven, words, m_jars);
        return answer.code == 0 ? QString() : u"Maven could not fetch Flyway: "_s + answer.text.right(300);
    }

    QString jars() const
    {
        QStringList paths;
        const QStringList names = QDir(m_jars).entryList({u"*.jar"_s});
        for (const QString& name : names)
            paths << m_jars + u'/' + name;
        return paths.join(u':');
    }

    static void two(const Scratch& scratch)
    {
        scratch.write(u"flyway.toml"_s, "[flyway]\nlocations = [\"filesystem:sql\"]\n");
        scratch.write(u"sql/V1__first_table.sql"_s,
                      "CREATE TABLE a(id integer);\r\nINSERT INTO a VALUES (1);\r\n");
        scratch.write(u"sql/deep/V01_10__b.sql"_s, "CREATE TABLE b(id integer);\n");
        scratch.write(u"sql/U1.10__b.sql"_s, "DROP TABLE b;\n");
        scratch.write(u"sql/R__the_view.sql"_s,
                      "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT '${flyway:filename}' "
                      "AS n;\n");
    }
    Database database(const Scratch& scratch, Engine engine)
    {
        const QString name = u"fly_%1"_s.arg(++m_count);
        if (engine == Engine::Sqlite) {
            const QString path = scratch.path(name);
            return {.target = {.engine = engine, .location = path, .password = {}, .create = true},
                    .settings = {u"flyway.url=jdbc:sqlite:"_s + path}};
        }
        const auto server = drivers::Connection::open(m_server->target()).value();
        if (!server->execute(u"CREATE DATABASE %1 OWNER fly"_s.arg(name)))
            qFatal("no database");
        const QString place = u"127.0.0.1:%1/%2?sslmode=require"_s.arg(m_server->port(), name);
        return {.target = {.engine = engine, .location = u"postgres://fly:fly@"_s + place, .password = {}},
                .settings = {u"flyway.url=jdbc:postgresql://"_s + place, u"flyway.user=fly"_s,
                             u"flyway.password=fly"_s}};
    }
    QString flyway(const Scratch& scratch, const Database& database, const QString& command,
                   const QStringList& more = {}) const
    {
        const QStringList start{u"-XX:TieredStopAtLevel=1"_s,
                                u"-cp"_s,
                                jars() + u':' + m_classes.path(),
                                u"FlywayRunner"_s,
                                command,
                                u"flyway.locations=filesystem:sql"_s};
        const auto answer = test::run(m_java, start + database.settings + more, scratch.path());
        return answer.code == 0 ? answer.text : u"%1: %2"_s.arg(answer.code).arg(answer.text);
    }
    static Result<Report> act(const Scratch& scratch, const Database& database, Action action,
                              const Scope& scope)
    {
        return execute(*database.connect(), scratch.project(), action, scope);
    }
    static QString states(const Scratch& scratch, const Database& database)
    {
        return test::states(*database.connect(), scratch.project(), u", "_s);
    }
    /// The table's shape and its cells, but for times.
    static QStringList history(const Database& database)
    {
        const auto db = database.connect();
        const QString shape =
            database.target.engine == Engine::Postgres
                ? u"SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull || "
                  u"coalesce((SELECT "
                  "pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND "
                  "d.adnum = "
                  "a.attnum), '') FROM pg_attribute a WHERE a.attrelid = 'flyway_schema_history'::regclass "
                  "AND attnum > "
                  "0 UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = 'flyway_schema_history' ORDER BY 1"_s
                : u"SELECT sql FROM sqlite_schema WHERE tbl_name = 'flyway_schema_history' AND sql IS NOT NULL"_s;
        QStringList sql = test::rowsOf(*db, shape);
        // SQLite's text of the index keeps how the table was written there.
        sql.replaceInStrings(u"\"main\"."_s, QString());
        return sql
               + test::rowsOf(
                   *db, u"SELECT installed_rank, version, description, type, script, checksum, installed_by, "
                        "success FROM flyway_schema_history ORDER BY 1"_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_java = program(u"java"_s, "DEWPOINT_JAVA");
        if (m_java.isEmpty())
            QSKIP("there is no Java here (a JDK from 17 on; DEWPOINT_JAVA names its program)");
        if (const QString problem = installJars(); !problem.isEmpty())
            QSKIP(qPrintable(problem));
        const QString source =
            qEnvironmentVariable("DEWPOINT_SOURCE") + u"/tests/interop/FlywayRunner.java"_s;
        const auto compiled = test::run(m_java,
                                        {u"-m"_s, u"jdk.compiler/com.sun.tools.javac.Main"_s, u"-d"_s,
                                         m_classes.path(), u"-cp"_s, jars(), source},
                                        m_classes.path());
        QVERIFY2(compiled.code == 0, qPrintable(compiled.text));
        m_server = std::make_unique<test::PrivateServer>(test::PrivateServer::Kind::Secure);
        const auto server = drivers::Connection::open(m_server->target());
        QVERIFY(server && (*server)->execute(u"CREATE ROLE fly LOGIN PASSWORD 'fly'"_s));
    }

    void bothWriteTheSameHistory_data() { test::engines(); }
    void bothWriteTheSameHistory()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const Database ours = database(scratch, engine);
        const Database theirs = database(scratch, engine);
        verify(act(scratch, ours, Action::Run, Scope::all()));
        const QString ran = flyway(scratch, theirs, u"migrate"_s);
        QVERIFY2(ran.contains(u"migrated 3"_s), qPrintable(ran));
        QCOMPARE(history(ours), history(theirs));
        QCOMPARE(states(scratch, theirs), u"applied 1, applied 1.10, applied R__the_view"_s);
        const QString checked = flyway(scratch, ours, u"validate"_s);
        QVERIFY2(!checked.contains(u"refused"_s), qPrintable(checked));
    }

    void eachGoesOnWhereTheOtherStopped_data() { test::engines(); }
    void eachGoesOnWhereTheOtherStopped()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const Database db = database(scratch, engine);
        verify(act(scratch, db, Action::Run, Scope::one()));
        QVERIFY(flyway(scratch, db, u"migrate"_s).contains(u"migrated 2"_s));
        QCOMPARE(states(scratch, db), u"applied 1, applied 1.10, applied R__the_view"_s);
        verify(act(scratch, db, Action::Revert, Scope::one()));
        scratch.write(u"sql/R__the_view.sql"_s, "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT 2 AS n;\n");
        QVERIFY(flyway(scratch, db, u"migrate"_s).contains(u"migrated 2"_s));
        QCOMPARE(states(scratch, db), u"applied 1, applied 1.10, applied R__the_view"_s);
    }

    void bothRefuseTheSame_data() { test::engines(); }
    void bothRefuseTheSame()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        const Database db = database(scratch, engine);
        verify(act(scratch, db, Action::Run, Scope::all()));
        scratch.write(u"sql/V1__first_table.sql"_s, "CREATE TABLE a(id bigint);\n");
        QVERIFY(act(scratch, db, Action::Run, Scope::all()).error().message.contains(u"checksum mismatch"_s));
        QVERIFY(flyway(scratch, db, u"migrate"_s).contains(u"checksum mismatch for migration version 1"_s));
        two(scratch);
        scratch.write(u"sql/V9__bad.sql"_s, "CREATE TABLE z(id integer);\nSELECT nonsense;\n");
        scratch.write(u"sql/V9__bad.sql.conf"_s, "executeInTransaction=false\n");
        const Database theirs = database(scratch, engine);
        QVERIFY(act(scratch, db, Action::Run, Scope::all())->failure);
        QVERIFY(flyway(scratch, theirs, u"migrate"_s, {u"flyway.postgresql.transactional.lock=false"_s})
                    .contains(u"refused"_s));
        QCOMPARE(states(scratch, theirs), u"applied 1, applied 1.10, failed 9, pending R__the_view"_s);
        QVERIFY(
            flyway(scratch, db, u"migrate"_s).contains(u"Detected failed migration to version 9 (bad)"_s));
    }

    void aNewDatabaseBeginsWithTheBaseline_data() { test::engines(); }
    void aNewDatabaseBeginsWithTheBaseline()
    {
        QFETCH(const Engine, engine);
        const Scratch scratch(Engine::Sqlite);
        two(scratch);
        scratch.write(u"sql/B1.10__both.sql"_s, "CREATE TABLE a(id integer);\nCREATE TABLE b(id integer);\n");
        const Database ours = database(scratch, engine);
        const Database theirs = database(scratch, engine);
        verify(act(scratch, ours, Action::Run, Scope::all()));
        QVERIFY(flyway(scratch, theirs, u"migrate"_s).contains(u"migrated 2"_s));
        QCOMPARE(history(ours), history(theirs));
        QCOMPARE(states(scratch, theirs), u"baseline 1, baseline 1.10, applied B1.10, applied R__the_view"_s);
        QVERIFY(flyway(scratch, ours, u"migrate"_s).contains(u"migrated 0"_s));
    }
};

QTEST_GUILESS_MAIN(FlywayInteropTest)
#include "flyway_interop_test.moc"
