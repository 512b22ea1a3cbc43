// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/connection.h"
#include "runtime/session.h"
#include "support/rows_fixture.h"
#include "support/silent_server.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QScopeGuard>
#include <QTest>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace dewpoint;
using drivers::Connection;
using runtime::Session;
using runtime::StopToken;

namespace {

// Far more than a job of short statements may go on for, far less than it would take by itself.
constexpr qint64 promptMilliseconds = 5000;

/// Statements one after the other, each so short that a cancel nearly always falls between two.
Result<qint64> manyShortStatements(Connection& connection, std::atomic<qint64>& count)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 30'000) {
        if (auto one = connection.execute(u"SELECT 1"_s); !one)
            return fail(one.error());
        ++count;
    }
    return fail(ErrorKind::Other, u"never stopped"_s);
}

}  // namespace

class CancelTest final : public QObject
{
    Q_OBJECT
public:
    explicit CancelTest(const test::SilentServer& silent) : m_silent(silent) {}

private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }
    void aJobOfManyShortStatementsStops_data() { engines(); }
    void aJobOfManyShortStatementsStops();
    void aCancelNeverReachesTheNextJob_data() { engines(); }
    void aCancelNeverReachesTheNextJob();
    void closingASessionEndsALoopOverStatements_data() { engines(); }
    void closingASessionEndsALoopOverStatements();
    void closingASessionDoesNotWaitForADeadServer();
    void aCancelledTransactionIsRolledBack_data() { engines(); }
    void aCancelledTransactionIsRolledBack();
    void aCancelBeforeAStatementIsNotLost_data() { engines(); }
    void aCancelBeforeAStatementIsNotLost();
    void spareWorkMakesRoomAndMayGoOnLater_data() { engines(); }
    void spareWorkMakesRoomAndMayGoOnLater();
    void aQuestionAloneEndsAStatement_data() { engines(); }
    void aQuestionAloneEndsAStatement();
    void aScriptStopsBetweenItsStatements();
    void connectingToASilentHostCanBeCancelled();

private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("sqlite") << static_cast<int>(Engine::Sqlite);
        QTest::newRow("postgres") << static_cast<int>(Engine::Postgres);
    }
    const test::SilentServer& m_silent;  ///< is there for longer than the application
    std::unique_ptr<test::RowsFixture> m_fixture;
};

void CancelTest::init()
{
    QTest::failOnWarning();
    if (!QTest::currentDataTag())
        return;
    QFETCH(int, engine);
    m_fixture =
        std::make_unique<test::RowsFixture>(static_cast<Engine>(engine), "CREATE TABLE t (a integer)");
}

void CancelTest::aJobOfManyShortStatementsStops()
{
    Session session(m_fixture->target());
    std::atomic<qint64> count = 0;
    std::optional<Result<qint64>> answer;
    auto job = session.run(
        Session::Lane::Main, this,
        [&count](Connection& connection, const StopToken&) { return manyShortStatements(connection, count); },
        [&answer](Result<qint64> result) { answer = std::move(result); });
    QTRY_VERIFY(count > 100);
    QElapsedTimer clock;
    clock.start();
    job.stop();
    QTRY_VERIFY(answer);
    QVERIFY2(clock.elapsed() < promptMilliseconds, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(!*answer);
    QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
}

void CancelTest::aCancelNeverReachesTheNextJob()
{
    Session session(m_fixture->target());
    for (int i = 0; i < 50; ++i) {
        std::atomic<qint64> count = 0;
        auto job = session.run(
            Session::Lane::Main, this,
            [&count](Connection& c, const StopToken&) { return manyShortStatements(c, count); },
            [](const Result<qint64>&) {});
        QTRY_VERIFY(count > 0);
        job.cancel();
        std::optional<Result<Value>> next;
        const auto after = session.run(
            Session::Lane::Main, this,
            [](Connection& c, const StopToken&) { return c.scalar(u"SELECT 7"_s); },
            [&next](Result<Value> value) { next = std::move(value); });
        QTRY_VERIFY(next);
        QVERIFY2(next->has_value(), qPrintable(next->error_or(Error{}).oneLine()));
    }
}

void CancelTest::spareWorkMakesRoomAndMayGoOnLater()
{
    Session session(m_fixture->target());
    const auto count = std::make_shared<std::atomic<qint64>>(0);
    QStringList answers;
    const auto spare = [&](const QString& name, bool endless) {
        return session.run(
            Session::Lane::Spare, this,
            [count, endless](Connection& c, const StopToken&) {
                return endless ? manyShortStatements(c, *count) : c.execute(u"SELECT 1"_s);
            },
            [&answers, name](const Result<qint64>& done) {
                answers += name
                           + (done                                        ? u" done"_s
                              : done.error().kind == ErrorKind::Cancelled ? u" cancelled"_s
                                                                          : u" failed"_s);
            });
    };
    const auto first = spare(u"first"_s, true);
    QTRY_VERIFY(*count > 10);
    const auto second = spare(u"second"_s, false);  // waits for the first: spare work stops no other
    const auto page = session.run(
        Session::Lane::Read, this, [](Connection& c, const StopToken&) { return c.execute(u"SELECT 1"_s); },
        [&answers](const Result<qint64>& done) { answers += done ? u"page"_s : u"no page"_s; });
    QTRY_COMPARE(answers.size(), 3);
    QCOMPARE(answers.join(u", "_s), u"first cancelled, page, second done"_s);
}

void CancelTest::closingASessionEndsALoopOverStatements()
{
    auto session = std::make_unique<Session>(m_fixture->target());
    const auto count = std::make_shared<std::atomic<qint64>>(0);
    const auto job = session->run(
        Session::Lane::Main, this,
        [count](Connection& connection, const StopToken&) { return manyShortStatements(connection, *count); },
        [](const Result<qint64>&) {});
    QTRY_VERIFY(*count > 100);
    QElapsedTimer clock;
    clock.start();
    session.reset();
    QTRY_COMPARE(count.use_count(), 1);  // the lane has let go of its work
    QVERIFY2(clock.elapsed() < promptMilliseconds, qPrintable(QString::number(clock.elapsed())));
}

// A stopped process keeps its sockets: to its client it is a host behind a network that is gone.
void CancelTest::closingASessionDoesNotWaitForADeadServer()
{
    const test::ScratchPostgres scratch;
    auto session = std::make_unique<Session>(scratch.target());
    const auto pids = std::make_shared<std::array<std::atomic<int>, 2>>();
    std::vector<runtime::Job> jobs;
    for (const auto lane : {Session::Lane::Main, Session::Lane::Read}) {
        auto& pid = (*pids)[jobs.size()];
        jobs.push_back(session->run(
            lane, this,
            [pids, &pid](Connection& connection, const StopToken&) {
                const auto number = connection.scalar(u"SELECT pg_backend_pid()"_s);
                pid = number ? displayText(*number).toInt() : 0;
                return connection.scalar(u"SELECT pg_sleep(60)"_s);
            },
            [](const Result<Value>&) {}));
    }
    const auto watcher = drivers::Connection::open(scratch.target());
    QVERIFY(watcher);
    QTRY_COMPARE(displayText((*watcher)
                                 ->scalar(u"SELECT count(*) FROM pg_stat_activity WHERE wait_event = "
                                          "'PgSleep' AND datname = current_database()"_s)
                                 .value()),
                 u"2"_s);
    for (const auto& pid : *pids)
        QCOMPARE(::kill(pid, SIGSTOP), 0);
    const auto wake = qScopeGuard([pids] {
        for (const auto& pid : *pids)
            ::kill(pid, SIGCONT);
    });
    QElapsedTimer clock;
    clock.start();
    session.reset();
    QVERIFY2(clock.elapsed() < promptMilliseconds / 2, qPrintable(QString::number(clock.elapsed())));
}

void CancelTest::aCancelledTransactionIsRolledBack()
{
    Session session(m_fixture->target());
    std::atomic<qint64> count = 0;
    std::optional<Result<qint64>> answer;
    auto job = session.run(
        Session::Lane::Main, this,
        [&count](Connection& connection, const StopToken&) -> Result<qint64> {
            auto transaction = drivers::Transaction::begin(connection);
            if (!transaction)
                return fail(transaction.error());
            if (auto put = connection.execute(u"INSERT INTO t VALUES (1)"_s); !put)
                return put;
            return manyShortStatements(connection, count);
        },
        [&answer](Result<qint64> result) { answer = std::move(result); });
    QTRY_VERIFY(count > 100);
    job.stop();
    QTRY_VERIFY(answer);
    const auto other = m_fixture->connect();
    QVERIFY(other->execute(u"INSERT INTO t VALUES (2)"_s));  // nothing is locked any more
    QCOMPARE(displayText(other->scalar(u"SELECT count(*) FROM t"_s).value()), u"1"_s);
    bool open = true;
    const auto asked = session.run(
        Session::Lane::Main, this,
        [](Connection& c, const StopToken&) -> Result<bool> { return c.inTransaction(); },
        [&open](const Result<bool>& result) { open = result.value_or(true); });
    QTRY_VERIFY(!open);
}

// An event that comes just before a statement starts does nothing in either engine by itself.
void CancelTest::aCancelBeforeAStatementIsNotLost()
{
    Session session(m_fixture->target());
    std::atomic<bool> there = false;
    std::atomic<bool> go = false;
    std::optional<Result<Value>> answer;
    const bool sqlite = m_fixture->target().engine == Engine::Sqlite;
    auto job = session.run(
        Session::Lane::Main, this,
        [&, sqlite](Connection& connection, const StopToken&) {
            there = true;
            while (!go) {}
            return connection.scalar(sqlite
                                         ? u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
                                           "SELECT max(i) FROM n"_s
                                         : u"SELECT pg_sleep(60)"_s);
        },
        [&answer](Result<Value> result) { answer = std::move(result); });
    QTRY_VERIFY(there);
    job.stop();
    go = true;
    QTRY_VERIFY(answer);
    QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
}

// A scratch database's connection is in no lane, and nobody fires its interrupt.
void CancelTest::aQuestionAloneEndsAStatement()
{
    const bool sqlite = m_fixture->target().engine == Engine::Sqlite;
    QElapsedTimer since;
    const auto connection = Connection::open(m_fixture->target()).value();
    since.start();
    connection->setStopAsked([&] { return since.elapsed() > 300; });
    const auto answer = connection->scalar(
        sqlite ? u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n"_s
               : u"SELECT pg_sleep(60)"_s);
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    QVERIFY2(since.elapsed() < 3000, qPrintable(QString::number(since.elapsed())));
    connection->setStopAsked({});
    QVERIFY(connection->isOpen());
    if (!sqlite)
        QCOMPARE(displayText(connection
                                 ->scalar(u"SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND "
                                          "query LIKE 'SELECT pg_sleep(60)%'"_s)
                                 .value()),
                 u"0"_s);
}

void CancelTest::aScriptStopsBetweenItsStatements()
{
    const test::RowsFixture fixture(Engine::Sqlite, "CREATE TABLE t (a integer)");
    const auto connection = fixture.connect();
    connection->setStopAsked([&] {
        // Says yes once the first statement's row is there.
        return fixture.connect()->scalar(u"SELECT count(*) FROM t"_s).value() == Value(qint64(1));
    });
    const auto done = connection->executeScript("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);");
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Cancelled);
    connection->setStopAsked({});
    QCOMPARE(displayText(connection->scalar(u"SELECT count(*) FROM t"_s).value()), u"1"_s);
}

// The host takes the connection and never says a word.
void CancelTest::connectingToASilentHostCanBeCancelled()
{
    const drivers::Target target{.engine = Engine::Postgres, .location = m_silent.conninfo()};
    Session session(target);
    std::optional<Result<Value>> answer;
    auto job = session.run(
        Session::Lane::Main, this,
        [](Connection& connection, const StopToken&) { return connection.scalar(u"SELECT 1"_s); },
        [&answer](Result<Value> result) { answer = std::move(result); });
    QTRY_VERIFY(m_silent.wasCalled());
    QElapsedTimer clock;
    clock.start();
    job.stop();
    QTRY_VERIFY(answer);
    QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
    QVERIFY(clock.elapsed() < promptMilliseconds);

    auto closing = std::make_unique<Session>(target);
    const auto forgotten = closing->run(
        Session::Lane::Main, this,
        [](Connection& connection, const StopToken&) { return connection.scalar(u"SELECT 1"_s); },
        [](const Result<Value>&) {});
    clock.restart();
    closing.reset();
    QVERIFY(clock.elapsed() < promptMilliseconds);
}

// Connections that nobody waits for are still being opened when the program ends; the host hangs up then.
int main(int argc, char** argv)
{
    auto silent = std::make_unique<test::SilentServer>();
    int failures = 0;
    {
        const QCoreApplication application(argc, argv);
        CancelTest test(*silent);
        failures = QTest::qExec(&test, argc, argv);
    }
    static std::atomic<int> warnings = 0;
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString& text) {
        std::fputs(qPrintable(text + u'\n'), stderr);
        ++warnings;
    });
    silent.reset();
    std::this_thread::sleep_for(300ms);
    return failures + warnings;
}

#include "cancel_test.moc"
