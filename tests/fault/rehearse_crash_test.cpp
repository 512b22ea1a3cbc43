// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "rehearse/checksum.h"
#include "support/migrating.h"
#include "unit/diesel_scratch.h"

#include <QProcess>
#include <QTest>

#include <csignal>

using namespace dewpoint;
using namespace Qt::StringLiterals;

/// A rehearsal that is killed: the live database is as it was, and the next one clears the copies away.
class RehearseCrashTest final : public QObject
{
    Q_OBJECT

    /// Seconds of work, but only where the row is.
    static QByteArray slow(Engine engine)
    {
        return engine == Engine::Postgres
                   ? "UPDATE a SET x = x || pg_sleep(6)::text;"_ba
                   : "CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 FROM a UNION ALL SELECT i+1 FROM n WHERE i < 900000000) SELECT i FROM n;"_ba;
    }
    static QStringList copies(const test::DieselScratch& scratch, drivers::Connection& db)
    {
        return db.engine() == Engine::Sqlite
                   ? QDir(scratch.path(u"tmp"_s)).entryList({u"dewpoint_shadow_*"_s}, QDir::Dirs)
                   : test::rowsOf(
                         db, u"SELECT datname FROM pg_database WHERE datname LIKE 'dewpoint\\_shadow\\_%'"_s);
    }

private Q_SLOTS:
    void aKillLeavesTheLiveDatabaseAlone_data() { test::engines(); }
    void aKillLeavesTheLiveDatabaseAlone()
    {
        QFETCH(const Engine, engine);
        const test::DieselScratch scratch(engine);
        QVERIFY(QDir().mkpath(scratch.path(u"tmp"_s)));
        scratch.migration(u"1_a"_s,
                          "CREATE TABLE a(id integer PRIMARY KEY, x text); INSERT INTO a VALUES (1, 'x');",
                          "DROP TABLE a;");
        const auto db = scratch.connect();
        test::verify(apply::execute(*db, scratch.project(), apply::Action::Run, apply::Scope::all()));
        scratch.migration(u"2_slow"_s, slow(engine), "SELECT 1;");
        const QString sum = rehearse::checksumOf(*db).value();
        const QStringList before = copies(scratch, *db);

        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DEWPOINT_STATE_DIR"_s, scratch.path(u"state"_s));
        environment.insert(u"TMPDIR"_s, scratch.path(u"tmp"_s));
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("DEWPOINT_BIN"), {u"migrate"_s, u"rehearse"_s, u"--project"_s,
                                                             scratch.path(), u"--db"_s, scratch.url()});
        QByteArray said;
        QVERIFY(QTest::qWaitFor(
            [&] {
                (void)process.waitForReadyRead(50);
                said += process.readAllStandardError();
                return said.contains("Running 2_slow");
            },
            60000));
        QTest::qWait(200);
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        QVERIFY(copies(scratch, *db).size() > before.size());
        QCOMPARE(rehearse::checksumOf(*db).value(), sum);
        QCOMPARE(test::stateNames(*db, scratch.project()), u"applied pending"_s);

        if (engine == Engine::Postgres) {
            // The server needs a moment to see that its clients are gone; what is young is left alone.
            QVERIFY(QTest::qWaitFor(
                [&] {
                    return test::rowsOf(
                               *db,
                               u"SELECT count(*) FROM pg_stat_activity WHERE datname LIKE "
                               "'dewpoint\\_shadow\\_%' OR application_name LIKE 'dewpoint\\_shadow\\_%'"_s)
                           == QStringList{u"0"_s};
                },
                60000));
            for (const QString& name : copies(scratch, *db)) {
                if (!before.contains(name))
                    QVERIFY(db->execute(u"ALTER DATABASE %1 RENAME TO %2"_s.arg(
                                            name, u"dewpoint_shadow_1000_"_s + name.section(u'_', -1)))
                                .has_value());
            }
        } else {
            for (const QString& name : copies(scratch, *db))
                QCOMPARE(QProcess::execute(u"touch"_s,
                                           {u"-d"_s, u"2 minutes ago"_s, scratch.path(u"tmp/"_s + name)}),
                         0);
        }
        scratch.migration(u"2_slow"_s, "CREATE TABLE b(id integer);", "DROP TABLE b;");
        process.start(qEnvironmentVariable("DEWPOINT_BIN"), {u"migrate"_s, u"rehearse"_s, u"--project"_s,
                                                             scratch.path(), u"--db"_s, scratch.url()});
        QVERIFY(process.waitForFinished(60000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
        QCOMPARE(copies(scratch, *db), before);
        QCOMPARE(rehearse::checksumOf(*db).value(), sum);
    }
};

QTEST_GUILESS_MAIN(RehearseCrashTest)
#include "rehearse_crash_test.moc"
