// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/status.h"
#include "cli/commands.h"
#include "support/ordinary_user.h"
#include "support/rows_of.h"
#include "unit/diesel_scratch.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <unistd.h>

#include <csignal>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// What is left when `dewpoint migrate run` is killed, meets another one, or may not write.
class MigrateCrashTest final : public QObject
{
    Q_OBJECT

    static void start(QProcess& process, const test::DieselScratch& scratch, const QStringList& words)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_DATA_HOME"_s, scratch.path(u"share"_s));
        environment.remove(u"DATABASE_URL"_s);
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("DEWPOINT_BIN"),
                      QStringList{u"migrate"_s} + words
                          + QStringList{u"--project"_s, scratch.path(), u"--db"_s, scratch.url()});
    }
    /// Seconds of work in one statement, on either engine.
    static QByteArray slow(Engine engine)
    {
        return engine == Engine::Postgres
                   ? "SELECT pg_sleep(3);"_ba
                   : "CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 6000000) SELECT i FROM n;"_ba;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(qEnvironmentVariableIsSet("DEWPOINT_BIN"), "the program to test: ctest names it");
    }

    void statusTellsTheTruthAfterAKill_data() { test::engines(); }
    void statusTellsTheTruthAfterAKill()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        scratch.migration(u"1_first"_s, "CREATE TABLE first(id integer);");
        scratch.migration(u"2_second"_s, "CREATE TABLE second(id integer);\n" + slow(engine));
        QProcess process;
        start(process, scratch, {u"run"_s});
        QVERIFY(process.waitForReadyRead(30000));  // the first one is done, the second is under way
        QVERIFY(process.readLine().startsWith("Ran 1_first"));
        QTest::qWait(100);
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);

        QProcess status;
        start(status, scratch, {u"status"_s, u"--check"_s});
        QVERIFY(status.waitForFinished(30000));
        QCOMPARE(status.exitCode(), 1);
        const QByteArray text = status.readAllStandardOutput();
        QVERIFY2(text.contains("\napplied       1_first"), text);
        QVERIFY2(text.contains("\npending       2_second"), text);
        const auto db = scratch.connect();
        // PostgreSQL may need a moment to see that its client is gone.
        QVERIFY(QTest::qWaitFor(
            [&] { return test::rowsOf(*db, u"SELECT * FROM second"_s).value(0).startsWith(u"error"_s); },
            10000));
    }

    void twoAtOnceRunEachMigrationOnce_data() { test::engines(); }
    void twoAtOnceRunEachMigrationOnce()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        for (int i = 1; i <= 5; ++i)
            scratch.migration(u"%1_t"_s.arg(i), u"CREATE TABLE t%1(id integer);"_s.arg(i).toUtf8());
        (void)scratch.connect();  // the file is there: both open it
        QProcess first;
        QProcess second;
        start(first, scratch, {u"run"_s, u"--no-backup"_s});
        start(second, scratch, {u"run"_s, u"--no-backup"_s});
        QVERIFY(first.waitForFinished(60000) && second.waitForFinished(60000));
        const auto db = scratch.connect();
        QCOMPARE(test::rowsOf(*db, u"SELECT version FROM __diesel_schema_migrations ORDER BY 1"_s).join(u' '),
                 u"1 2 3 4 5"_s);
        QVERIFY2(first.exitCode() == 0 && second.exitCode() == 0,
                 first.readAllStandardError() + second.readAllStandardError());
    }

    void aLockedFileIsOneClearLine()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        scratch.migration(u"1_a"_s, "CREATE TABLE a(id integer);");
        const auto other = scratch.connect();
        QVERIFY(other->execute(u"BEGIN EXCLUSIVE"_s).has_value());
        QProcess process;
        start(process, scratch, {u"run"_s, u"--no-backup"_s});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 3);
        const QByteArray text = process.readAllStandardError();
        QCOMPARE(text.count('\n'), 1);
        QVERIFY2(text.contains("locked"), text);
    }

    void aFolderThatMayNotBeWrittenIsOneClearLine()
    {
        const test::DieselScratch scratch(Engine::Sqlite);
        const QString folder = scratch.path(u"migrations"_s);
        constexpr auto visitors = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup
                                  | QFile::ReadOther | QFile::ExeOther;
        QVERIFY(QFile::setPermissions(scratch.path(), visitors));
        QVERIFY(QFile::setPermissions(folder, visitors));
        QBuffer out;
        QBuffer err;
        QVERIFY(out.open(QIODevice::WriteOnly) && err.open(QIODevice::WriteOnly));
        cli::Console console(out, err);
        std::optional<int> code;
        {
            const test::OrdinaryUser user;
            code = cli::runSubCommand({u"dewpoint"_s, u"migrate"_s, u"generate"_s, u"x"_s, u"--project"_s,
                                       scratch.path(), u"--db"_s, scratch.url()},
                                      console);
        }
        QVERIFY(QFile::setPermissions(scratch.path(), visitors | QFile::WriteOwner));
        QVERIFY(QFile::setPermissions(folder, visitors | QFile::WriteOwner));
        QCOMPARE(code, 3);
        QCOMPARE(err.data().count('\n'), 1);
        QVERIFY(QDir(folder).isEmpty());
    }
};

QTEST_GUILESS_MAIN(MigrateCrashTest)
#include "migrate_crash_test.moc"
