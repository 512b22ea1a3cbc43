// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "support/tool_projects.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <thread>

using namespace dewpoint;
using namespace dewpoint::apply;
using namespace Qt::StringLiterals;

/// Another program that migrates the same database: waited for, but not for ever.
class AdvisoryLockTest final : public QObject
{
    Q_OBJECT

    using Scratch = test::ProjectScratch;

    static QString pidOf(drivers::Connection& connection)
    {
        return test::rowsOf(connection, u"SELECT pg_backend_pid()"_s).first();
    }

private Q_SLOTS:
    void init() {}

    /// The session lock of each tool that takes one, and our own of each transaction for the others.
    void givesUpAndSaysWhoHoldsIt_data()
    {
        QTest::addColumn<test::ToolProject>("tool");
        for (const test::ToolProject& tool : test::toolProjects())
            QTest::newRow(qPrintable(tool.title)) << tool;
    }
    void givesUpAndSaysWhoHoldsIt()
    {
        QFETCH(const test::ToolProject, tool);
        const Scratch scratch(Engine::Postgres);
        const auto project = test::writeTool(scratch, tool);
        const auto other = scratch.connect();
        const auto lockKey = project::formatOf(project).ledger.lockKey;
        const qint64 key = lockKey ? lockKey(*other, project).value() : 0x64657770'6f696e74;
        QVERIFY(other->query(u"SELECT pg_advisory_lock(%1)"_s.arg(key)).has_value());
        const auto db = scratch.connect();
        QVERIFY(db->execute(u"SET lock_timeout = '150ms'"_s).has_value());
        const auto report = execute(*db, project, Action::Run, Scope::all());
        const Error error = !report ? report.error() : report->failure.value().error;
        QCOMPARE(error.kind, ErrorKind::Locked);
        QVERIFY2(error.message.contains(pidOf(*other)), qPrintable(error.oneLine()));
        QVERIFY(!db->inTransaction());
        QVERIFY(other->query(u"SELECT pg_advisory_unlock(%1)"_s.arg(key)).has_value());
        const auto later = execute(*db, project, Action::Run, Scope::all());
        QVERIFY2(later && !later->failure, later ? "" : qPrintable(later.error().oneLine()));
        QCOMPARE(later->done.size(), 3);
    }

    void isCancelledWhileItWaits()
    {
        const Scratch scratch(Engine::Postgres);
        const auto project = test::writeTool(scratch, test::toolProject(u"sqlx"_s));
        const auto other = scratch.connect();
        const qint64 key = project::formatOf(project).ledger.lockKey(*other, project).value();
        QVERIFY(other->query(u"SELECT pg_advisory_lock(%1)"_s.arg(key)).has_value());
        const auto db = scratch.connect();
        std::atomic<bool> stop = false;
        db->setStopAsked([&] { return stop.load(); });
        const auto interrupt = db->interrupt();
        std::thread person([&] {
            QTest::qSleep(300);
            stop = true;
            interrupt.fire();
        });
        QElapsedTimer timer;
        timer.start();
        const auto report = execute(*db, project, Action::Run, Scope::all());
        person.join();
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Cancelled);
        QVERIFY(timer.elapsed() < 10'000);
    }

    /// What the one that holds the lock waits for must not be the one that waits for it.
    void doesNotHoldUpAnIndexThatIsBuiltConcurrently()
    {
        const Scratch scratch(Engine::Postgres);
        const auto project = test::writeTool(scratch, test::toolProject(u"sqlx"_s));
        const auto other = scratch.connect();
        QVERIFY(other->execute(u"CREATE TABLE t(id integer)"_s).has_value());
        const qint64 key = project::formatOf(project).ledger.lockKey(*other, project).value();
        QVERIFY(other->query(u"SELECT pg_advisory_lock(%1)"_s.arg(key)).has_value());
        Result<Report> report;
        std::thread later([&] {
            const auto db = scratch.connect();
            report = execute(*db, project, Action::Run, Scope::all());
        });
        const QString waiting =
            u"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
            u"query ~ 'advisory|pg_sleep' AND pid <> pg_backend_pid()"_s;
        const bool waits =
            QTest::qWaitFor([&] { return test::rowsOf(*other, waiting) == QStringList{u"1"_s}; }, 20'000);
        (void)other->execute(u"SET statement_timeout = '10s'"_s);
        const auto built = other->execute(u"CREATE INDEX CONCURRENTLY i ON t(id)"_s);
        (void)other->query(u"SELECT pg_advisory_unlock(%1)"_s.arg(key));
        later.join();
        QVERIFY(waits);
        QVERIFY2(built, built ? "" : qPrintable(built.error().oneLine()));
        QVERIFY2(report && !report->failure, report ? "" : qPrintable(report.error().oneLine()));
    }
};

QTEST_GUILESS_MAIN(AdvisoryLockTest)
#include "advisory_lock_test.moc"
