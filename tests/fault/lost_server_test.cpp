// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "catalog/inspect.h"
#include "drivers/connection.h"
#include "grid/table_page.h"
#include "support/pg.h"
#include "support/private_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using drivers::Connection;
using items::TableModel;

/// The server is killed under an open table page, at the worst moments, and comes back.
class LostServerTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_server.reset(); }
    void aPageFetchFailsAndTheNextOneWorks();
    void anEndedSessionIsReplacedUnseen();
    void aCommitCutShortWroteNothing();
    void aCommitCutInItsLastWordIsUnknown();

private:
    std::unique_ptr<Connection> connect() const
    {
        auto connection = Connection::open(m_server->target());
        if (!connection)
            qFatal("%s", qUtf8Printable(connection.error().oneLine()));
        return std::move(*connection);
    }
    QString stored(int id) const
    {
        const auto sql = u"SELECT name FROM t WHERE id = %1"_s.arg(id);
        return displayText(connect()->scalar(sql).value_or(Text{"failed"}));
    }
    void restart()
    {
        m_server->kill();
        m_server->resume();
    }
    /// Waits until a session waits for something of that kind.
    bool waitsFor(const QString& event) const
    {
        const auto watcher = connect();
        return QTest::qWaitFor(
            [&] {
                const auto count = watcher->scalar(
                    u"SELECT count(*) FROM pg_stat_activity WHERE wait_event = '%1'"_s.arg(event));
                return count && displayText(*count) != u"0"_s;
            },
            10'000);
    }
    void stage(int row, const QString& name) { m_page->model().setData(m_page->model().index(row, 1), name); }
    QString lastStatus() const
    {
        return m_status->isEmpty() ? QString() : m_status->last().first().toString();
    }

    std::unique_ptr<test::PrivateServer> m_server;
    std::unique_ptr<runtime::Session> m_session;
    std::unique_ptr<grid::TablePage> m_page;
    std::unique_ptr<QSignalSpy> m_status;
};

void LostServerTest::initTestCase()
{
    m_server = std::make_unique<test::PrivateServer>();
}

void LostServerTest::init()
{
    QTest::failOnWarning();
    // What is made here has to outlive a SIGKILL, which the server's settings for speed do not promise.
    QVERIFY(connect()->executeScript(
        "SET synchronous_commit TO on; DROP TABLE IF EXISTS t; CREATE TABLE t (id bigint PRIMARY KEY, name "
        "text NOT NULL);"
        "INSERT INTO t SELECT i, 'name ' || i FROM generate_series(1, 5000) i; ANALYZE t;"));
    const auto database = catalog::inspect(*connect());
    QVERIFY(database);
    m_session = std::make_unique<runtime::Session>(m_server->target());
    m_page = std::make_unique<grid::TablePage>(*m_session,
                                               rows::relationOf(database->tables.first(), Engine::Postgres));
    m_status = std::make_unique<QSignalSpy>(m_page.get(), &grid::TablePage::statusText);
    QTRY_COMPARE(m_page->model().phase(), TableModel::Phase::Ready);
    QTRY_VERIFY(m_page->model().total().exact);
}

void LostServerTest::cleanup()
{
    m_status.reset();
    m_page.reset();
    m_session.reset();
}

void LostServerTest::aPageFetchFailsAndTheNextOneWorks()
{
    stage(0, u"kept"_s);
    TableModel& model = m_page->model();
    const auto holder = connect();
    QVERIFY(holder->executeScript("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE"));
    (void)model.index(4000, 0).data();  // a page that is not there yet
    QVERIFY(waitsFor(u"relation"_s));
    m_server->kill();
    QTRY_COMPARE(model.phase(), TableModel::Phase::Failed);
    QCOMPARE(model.error()->kind, ErrorKind::Connection);
    QVERIFY(!model.error()->hint.isEmpty());
    m_page->refresh();  // still down
    QTRY_COMPARE(model.phase(), TableModel::Phase::Failed);
    QCOMPARE(model.error()->kind, ErrorKind::Connection);
    m_server->resume();
    m_page->refresh();
    QTRY_VERIFY2(model.phase() == TableModel::Phase::Ready,
                 qPrintable(model.error().value_or(Error{}).oneLine()));
    QTRY_VERIFY(model.total().exact);
    (void)model.index(4000, 0).data();
    QTRY_COMPARE(model.index(4000, 0).data().toString(), u"4001"_s);
    QCOMPARE(model.index(0, 1).data().toString(), u"kept"_s);
    QCOMPARE(m_page->pending().total(), 1);
}

void LostServerTest::anEndedSessionIsReplacedUnseen()
{
    stage(0, u"written"_s);
    QVERIFY(connect()->query(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                             "pg_backend_pid() AND application_name = 'dewpoint'"_s));
    const auto watcher = connect();
    QTRY_COMPARE(displayText(watcher
                                 ->scalar(u"SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                                          "'dewpoint'"_s)
                                 .value()),
                 u"1"_s);
    TableModel& model = m_page->model();
    (void)model.index(3000, 0).data();
    QTRY_COMPARE(model.index(3000, 0).data().toString(), u"3001"_s);
    m_page->commit();
    QTRY_COMPARE(stored(1), u"written"_s);
}

void LostServerTest::aCommitCutShortWroteNothing()
{
    stage(0, u"first"_s);
    stage(1, u"second"_s);
    auto holder = connect();
    QVERIFY(holder->executeScript("BEGIN; UPDATE t SET name = name WHERE id = 2"));
    m_status->clear();
    m_page->commit();
    QVERIFY(waitsFor(u"transactionid"_s));
    restart();
    QTRY_COMPARE(lastStatus(), u"Nothing was committed. Your edits are kept."_s);
    QCOMPARE(m_page->pending().total(), 2);
    QCOMPARE(stored(1), u"name 1"_s);
    m_page->commit();
    QTRY_COMPARE(m_page->pending().total(), 0);
    QCOMPARE(stored(1), u"first"_s);
    QCOMPARE(stored(2), u"second"_s);
}

// COMMIT waits for a standby that never comes: the rows are written, and the answer is lost.
void LostServerTest::aCommitCutInItsLastWordIsUnknown()
{
    const auto configure = [this](const QStringList& settings) {
        const auto admin = connect();
        for (const QString& setting : settings)
            QVERIFY(admin->execute(u"ALTER SYSTEM SET "_s + setting));
        restart();
    };
    configure({u"wal_level = 'replica'"_s, u"max_wal_senders = 2"_s, u"synchronous_commit = on"_s,
               u"synchronous_standby_names = 'nobody'"_s});
    stage(0, u"written"_s);
    m_page->commit();
    QVERIFY(waitsFor(u"SyncRep"_s));
    m_server->kill();
    QTRY_COMPARE(lastStatus(), u"Whether the changes were committed is unknown. Your edits are kept."_s);
    QCOMPARE(m_page->pending().total(), 1);
    m_server->resume();
    QCOMPARE(stored(1), u"written"_s);
    configure({u"synchronous_standby_names = ''"_s});
    // Committing again meets its own write as somebody else's, and writes nothing twice.
    m_page->commit();
    QTRY_COMPARE(lastStatus(), u"Nothing was committed. Your edits are kept."_s);
    QCOMPARE(stored(1), u"written"_s);
}

QTEST_MAIN(LostServerTest)
#include "lost_server_test.moc"
