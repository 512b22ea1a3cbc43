// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/connection.h"
#include "runtime/session.h"
#include "support/pg.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace dewpoint;
using drivers::Connection;
using drivers::Target;

namespace {

std::unique_ptr<Connection> opened(const Target& target)
{
    auto connection = Connection::open(target);
    if (!connection)
        qFatal("%s", qPrintable(connection.error().oneLine()));
    return std::move(*connection);
}

/// Returns when it is gone.
void endSession(const Target& target, const QString& pid)
{
    const auto connection = opened(target);
    QVERIFY(connection->query(QStringLiteral("SELECT pg_terminate_backend($1::int)"), {textValue(pid)}));
    QTRY_COMPARE(
        displayText(*connection->scalar(
            QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE pid = $1::int"), {textValue(pid)})),
        QStringLiteral("0"));
}

}  // namespace

class ConnectionTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void keepsSqliteStorageClassesAndValues();
    void keepsPostgresValuesAsTheServerWritesThem();
    void roundTripsParameters_data();
    void roundTripsParameters();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void saysThatAFileIsLocked();
    void saysWhatIsWrongWithAServer();
    void readsOnlyWhereTheGuardSaysSo();
    void tellsWhereASyntaxErrorIs();
    void tellsWhichConstraintWasBroken();
    void stopsAtTheRowLimitAndGoesOn();
    void whatIsOverALimitIsNotKept_data();
    void whatIsOverALimitIsNotKept();
    void aLongResultInATransactionDoesNotEndIt();
    void aCommitThatRolledBackIsAnError();
    void aTimeoutOfTheServerIsNoCancel();
    void aNulDoesNotCutAStatement_data();
    void aNulDoesNotCutAStatement();
    void aNulDoesNotCutAText();
    void interruptsALongQuery_data();
    void interruptsALongQuery();
    void reconnectsAfterTheServerEndedTheSession();
    void aLostTransactionIsNotGoneOnWith();
    void forgottenJobsNeverAnswer();
    void seesAColumnThatAnotherConnectionAdded();
    void aChangeThatRunsAgainTakesTheTableAsItIsNow();
    void aRowThatASinkKeepsIsNotWrittenOver();

private:
    Target file(const QString& name, bool create = true) const
    {
        Target target{.engine = Engine::Sqlite, .location = m_folder.filePath(name), .password = {}};
        target.create = create;
        return target;
    }
    QTemporaryDir m_folder;
};

void ConnectionTest::keepsSqliteStorageClassesAndValues()
{
    const auto db = opened(file(QStringLiteral("values.sqlite")));
    const auto batch = db->query(QStringLiteral(
        "SELECT 9223372036854775807, 0.1, 1.0, '', NULL, x'00ff', 'ä', CAST(x'ff41' AS TEXT), 1e300*1e300"));
    QVERIFY(batch);
    const std::vector<Value> expected{qint64{9223372036854775807},
                                      0.1,
                                      1.0,
                                      Text{""},
                                      Null{},
                                      Blob{QByteArray("\0\xff", 2)},
                                      Text{"ä"},
                                      Text{"\xff"
                                           "A"},
                                      std::numeric_limits<double>::infinity()};
    QVERIFY(batch->cells == expected);
    QCOMPARE(displayText(batch->cells[1]), QStringLiteral("0.1"));
    QCOMPARE(displayText(batch->cells[2]), QStringLiteral("1.0"));
}

void ConnectionTest::keepsPostgresValuesAsTheServerWritesThem()
{
    const test::ScratchPostgres scratch;
    const auto db = opened(scratch.target());
    const auto batch = db->query(
        QStringLiteral("SELECT 12345678901234567890.123456789012345678::numeric, 9007199254740993::bigint, "
                       "'2024-02-29 12:34:56.123456'::timestamp, 'infinity'::timestamptz, true, ''::text, "
                       "NULL::int, '\\x00ff'::bytea, "
                       "'{\"b\":1, \"a\":2}'::json, 'NaN'::float8, '{1,NULL}'::int[]"));
    QVERIFY(batch);
    QStringList texts;
    for (int i = 0; i < batch->columnCount(); ++i)
        texts << (isNull(batch->at(0, i)) ? QStringLiteral("NULL") : displayText(batch->at(0, i)));
    QCOMPARE(
        texts.join(QLatin1Char('|')),
        QStringLiteral(
            "12345678901234567890.123456789012345678|9007199254740993|2024-02-29 12:34:56.123456|infinity|t||"
            "NULL|X'00ff'|{\"b\":1, \"a\":2}|NaN|{1,NULL}"));
    QCOMPARE(batch->columns[0].type, QStringLiteral("numeric"));
    QCOMPARE(batch->columns[2].type, QStringLiteral("timestamp without time zone"));
}

void ConnectionTest::roundTripsParameters_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgres") << true;
}

void ConnectionTest::roundTripsParameters()
{
    QFETCH(bool, postgres);
    std::unique_ptr<test::ScratchPostgres> scratch;
    if (postgres)
        scratch = std::make_unique<test::ScratchPostgres>();
    const auto db = opened(postgres ? scratch->target() : file(QStringLiteral("parameters.sqlite")));
    QVERIFY(db->execute(postgres ? QStringLiteral("CREATE TABLE t(a bigint, b text, c bytea, d text)")
                                 : QStringLiteral("CREATE TABLE t(a integer, b text, c blob, d text)")));
    const auto inserted = db->execute(postgres ? QStringLiteral("INSERT INTO t VALUES($1,$2,$3,$4)")
                                               : QStringLiteral("INSERT INTO t VALUES(?,?,?,?)"),
                                      {qint64{9007199254740993}, Text{"O'Brien \xF0\x9F\x99\x82"},
                                       Blob{QByteArray("\0\x01\xff", 3)}, Null{}});
    QVERIFY(inserted);
    QCOMPARE(*inserted, 1);
    const auto batch = db->query(QStringLiteral("SELECT a, b, c, d FROM t"));
    QVERIFY(batch);
    QCOMPARE(displayText(batch->at(0, 0)), QStringLiteral("9007199254740993"));
    QVERIFY(batch->at(0, 1) == Value(Text{"O'Brien \xF0\x9F\x99\x82"}));
    QVERIFY(batch->at(0, 2) == Value(Blob{QByteArray("\0\x01\xff", 3)}));
    QVERIFY(isNull(batch->at(0, 3)));
}

void ConnectionTest::saysWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("kind");
    QTest::newRow("missing") << QStringLiteral("missing.sqlite") << QByteArray()
                             << static_cast<int>(ErrorKind::NotFound);
    QTest::newRow("not a database") << QStringLiteral("text.sqlite") << QByteArray(4096, 'x')
                                    << static_cast<int>(ErrorKind::NotADatabase);
    QTest::newRow("a folder") << QStringLiteral(".") << QByteArray()
                              << static_cast<int>(ErrorKind::NotADatabase);
}

void ConnectionTest::saysWhatIsWrongWithAFile()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(int, kind);
    if (!content.isEmpty()) {
        QFile out(m_folder.filePath(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content);
    }
    const auto connection = Connection::open(file(name, false));
    QVERIFY(!connection);
    QCOMPARE(static_cast<int>(connection.error().kind), kind);
    QVERIFY(!connection.error().message.isEmpty());
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("missing.sqlite"))));
}

void ConnectionTest::saysThatAFileIsLocked()
{
    const Target target = file(QStringLiteral("locked.sqlite"));
    const auto first = opened(target);
    const auto second = opened(target);
    QVERIFY(first->execute(QStringLiteral("CREATE TABLE t(a)")));
    QVERIFY(first->execute(QStringLiteral("BEGIN EXCLUSIVE")));
    const auto refused = second->execute(QStringLiteral("INSERT INTO t VALUES(1)"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Locked);
    QVERIFY(!refused.error().hint.isEmpty());
    QVERIFY(first->execute(QStringLiteral("COMMIT")));
    QVERIFY(second->execute(QStringLiteral("INSERT INTO t VALUES(1)")));
}

void ConnectionTest::saysWhatIsWrongWithAServer()
{
    const test::ScratchPostgres scratch;
    Target target = scratch.target();
    const QString conninfo = target.location;
    target.location = conninfo + QStringLiteral(" dbname=nowhere_to_be_found");
    auto missing = Connection::open(target);
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    target.location = conninfo + QStringLiteral(" user=stranger_to_all");
    auto stranger = Connection::open(target);
    QVERIFY(!stranger);
    QCOMPARE(stranger.error().kind, ErrorKind::Authentication);
    target.location = QStringLiteral("host=127.0.0.1 port=1 dbname=x user=x");
    auto down = Connection::open(target);
    QVERIFY(!down);
    QCOMPARE(down.error().kind, ErrorKind::Connection);
    QVERIFY(!down.error().hint.isEmpty());
    QVERIFY(!drivers::parseTarget(QStringLiteral("postgres://host:notaport/x?nonsense=1")));
}

void ConnectionTest::readsOnlyWhereTheGuardSaysSo()
{
    const test::ScratchPostgres scratch;
    QVERIFY(opened(scratch.target())->execute(QStringLiteral("CREATE TABLE t(a int)")));
    Target target = scratch.target();
    target.guard = drivers::Guard::ReadOnly;
    const auto db = opened(target);
    QVERIFY(db->query(QStringLiteral("SELECT * FROM t")));
    for (const char* sneaky : {"BEGIN READ WRITE", "SET default_transaction_read_only TO off", "COMMIT",
                               "SELECT set_config('transaction_read_only', 'off', false)"}) {
        (void)db->execute(QString::fromLatin1(sneaky));
        const auto refused = db->execute(QStringLiteral("INSERT INTO t VALUES(1)"));
        QVERIFY2(!refused, sneaky);
        QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
        QVERIFY(db->execute(QStringLiteral("ROLLBACK")));
    }
    QVERIFY(!db->executeScript("BEGIN; INSERT INTO t VALUES(1); COMMIT"));

    const Target writable = file(QStringLiteral("guarded.sqlite"));
    QVERIFY(opened(writable)->execute(QStringLiteral("CREATE TABLE t(a)")));
    Target guarded = writable;
    guarded.guard = drivers::Guard::ReadOnly;
    const auto refused = opened(guarded)->execute(QStringLiteral("INSERT INTO t VALUES(1)"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
}

void ConnectionTest::tellsWhereASyntaxErrorIs()
{
    const test::ScratchPostgres scratch;
    const auto postgres = opened(scratch.target());
    const auto sqlite = opened(file(QStringLiteral("syntax.sqlite")));
    const QString sql = QStringLiteral("SELECT '🙂ä', nocolumn FROM (SELECT 1) AS t");
    for (Connection* db : {postgres.get(), sqlite.get()}) {
        const auto failed = db->query(sql);
        QVERIFY(!failed);
        QCOMPARE(failed.error().position, static_cast<int>(sql.indexOf(QLatin1String("nocolumn"))));
        QCOMPARE(failed.error().kind, ErrorKind::UndefinedObject);
    }
    const auto script = sqlite->executeScript("CREATE TABLE ok(a);\n-- note\nINSERT INTO nothing VALUES(1);");
    QVERIFY(!script);
    QCOMPARE(script.error().position, 40);
}

void ConnectionTest::tellsWhichConstraintWasBroken()
{
    const auto db = opened(file(QStringLiteral("constraints.sqlite")));
    QVERIFY(db->executeScript(
        "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(a UNIQUE, b NOT NULL, c REFERENCES p);"
        "INSERT INTO t VALUES(1, 2, NULL)"));
    const auto kindOf = [&](const char* sql) { return db->execute(QString::fromLatin1(sql)).error(); };
    QCOMPARE(kindOf("INSERT INTO t VALUES(1, 2, NULL)").kind, ErrorKind::Unique);
    QCOMPARE(kindOf("INSERT INTO t VALUES(1, 2, NULL)").column, QStringLiteral("a"));
    QCOMPARE(kindOf("INSERT INTO t VALUES(2, NULL, NULL)").kind, ErrorKind::NotNull);
    QCOMPARE(kindOf("INSERT INTO t VALUES(3, 3, 3)").kind, ErrorKind::ForeignKey);
}

void ConnectionTest::stopsAtTheRowLimitAndGoesOn()
{
    const test::ScratchPostgres scratch;
    const auto db = opened(scratch.target());
    const auto batch =
        db->query(QStringLiteral("SELECT n, repeat('x', 100) FROM generate_series(1, 1000000) n"), {},
                  {.maxRows = 10, .maxCellBytes = 20});
    QVERIFY(batch);
    QCOMPARE(batch->rowCount(), 10);
    QVERIFY(!batch->complete);
    QCOMPARE(batch->truncated.value(1), 100);
    QCOMPARE(displayText(db->scalar(QStringLiteral("SELECT 7")).value()), QStringLiteral("7"));
}

void ConnectionTest::whatIsOverALimitIsNotKept_data()
{
    roundTripsParameters_data();
}

void ConnectionTest::whatIsOverALimitIsNotKept()
{
    QFETCH(bool, postgres);
    std::unique_ptr<test::ScratchPostgres> scratch;
    if (postgres)
        scratch = std::make_unique<test::ScratchPostgres>();
    const auto db = opened(postgres ? scratch->target() : file(QStringLiteral("limits.sqlite")));
    QVERIFY(db->execute(QStringLiteral("CREATE TABLE t(a text)")));
    const QString insert =
        QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                       "INSERT INTO t SELECT '0123456789' FROM n RETURNING a");
    const auto written = db->query(insert, {}, {.maxBytes = 5000, .toTheEnd = true});
    QVERIFY(written);
    QVERIFY(!written->complete);
    QVERIFY(written->rowCount() > 10 && written->rowCount() < 500);
    QCOMPARE(displayText(db->scalar(QStringLiteral("SELECT count(*) FROM t")).value()),
             QStringLiteral("1000"));
    const auto read = db->query(QStringLiteral("SELECT a FROM t"), {}, {.maxBytes = 5000});
    QVERIFY(read);
    QVERIFY(!read->complete);
    QCOMPARE(read->rowCount(), written->rowCount());
}

void ConnectionTest::aLongResultInATransactionDoesNotEndIt()
{
    const test::ScratchPostgres scratch;
    const auto db = opened(scratch.target());
    QVERIFY(db->execute(QStringLiteral("CREATE TABLE t(a int)")));
    QVERIFY(db->execute(QStringLiteral("BEGIN")));
    QVERIFY(db->execute(QStringLiteral("INSERT INTO t VALUES(1)")));
    const QString series = QStringLiteral("SELECT n FROM generate_series(1, 200000) n");
    const auto batch = db->query(series, {}, {.maxRows = 10});
    QVERIFY(batch);
    QCOMPARE(batch->rowCount(), 10);
    QVERIFY(!batch->complete);
    int seen = 0;
    QVERIFY(db->stream(series, {}, [&](const auto&, auto&) { return ++seen < 10; }));
    QCOMPARE(seen, 10);
    const auto failing = db->query(
        QStringLiteral("SELECT 1 / (200000 - n) FROM generate_series(1, 200000) n"), {}, {.maxRows = 10});
    QVERIFY(!failing);  // its transaction is aborted, which must not be passed over
    QVERIFY(db->execute(QStringLiteral("ROLLBACK")));
    QVERIFY(db->execute(QStringLiteral("BEGIN")));
    QVERIFY(db->execute(QStringLiteral("INSERT INTO t VALUES(2)")));
    QVERIFY(db->query(series, {}, {.maxRows = 10}));
    QVERIFY(db->execute(QStringLiteral("COMMIT")));
    QCOMPARE(displayText(db->scalar(QStringLiteral("SELECT sum(a) FROM t")).value()), QStringLiteral("2"));
}

void ConnectionTest::aCommitThatRolledBackIsAnError()
{
    const test::ScratchPostgres scratch;
    const auto db = opened(scratch.target());
    for (const char* commit : {"COMMIT", "END", "COMMIT AND CHAIN", "/* all well? */ commit work"}) {
        QVERIFY(db->execute(QStringLiteral("BEGIN")));
        QVERIFY(!db->execute(QStringLiteral("SELECT 1 / 0")));
        const auto refused = db->execute(QString::fromLatin1(commit));
        QVERIFY2(!refused, commit);
        QVERIFY(!refused.error().hint.isEmpty());
        (void)db->execute(QStringLiteral("ROLLBACK"));
    }
    QVERIFY(db->execute(QStringLiteral("BEGIN")));
    QVERIFY(!db->execute(QStringLiteral("SELECT 1 / 0")));
    QVERIFY(!db->executeScript("COMMIT; SELECT 1"));
    QVERIFY(
        db->executeScript("BEGIN; SAVEPOINT s; ROLLBACK TO s; ABORT; SELECT 1; BEGIN; ROLLBACK; SELECT 2"));
}

void ConnectionTest::aTimeoutOfTheServerIsNoCancel()
{
    const test::ScratchPostgres scratch;
    const auto db = opened(scratch.target());
    QVERIFY(db->execute(QStringLiteral("SET statement_timeout TO 100")));
    const auto ended = db->query(QStringLiteral("SELECT pg_sleep(60)"));
    QVERIFY(!ended);
    QVERIFY(ended.error().kind != ErrorKind::Cancelled);
    QVERIFY2(ended.error().message.contains(QLatin1String("timeout")), qPrintable(ended.error().message));
    QVERIFY(ended.error().hint.contains(QLatin1String("statement_timeout")));
}

void ConnectionTest::aNulDoesNotCutAStatement_data()
{
    roundTripsParameters_data();
}

void ConnectionTest::aNulDoesNotCutAStatement()
{
    QFETCH(bool, postgres);
    std::unique_ptr<test::ScratchPostgres> scratch;
    if (postgres)
        scratch = std::make_unique<test::ScratchPostgres>();
    const auto db = opened(postgres ? scratch->target() : file(QStringLiteral("nul.sqlite")));
    QVERIFY(db->executeScript("CREATE TABLE t(a int); INSERT INTO t VALUES (1), (2)"));
    const QByteArray script("DELETE FROM t\0 WHERE a = 1", 26);
    const QString sql = QString::fromUtf8(script);
    QCOMPARE(sql.size(), 26);
    const auto refused = db->query(sql);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(refused.error().position, 13);
    QVERIFY(!db->stream(sql, {}, [](const auto&, auto&) { return true; }));
    QVERIFY(!db->executeScript(script));
    QCOMPARE(displayText(db->scalar(QStringLiteral("SELECT count(*) FROM t")).value()), QStringLiteral("2"));
}

void ConnectionTest::aNulDoesNotCutAText()
{
    const test::ScratchPostgres scratch;
    const auto db = opened(scratch.target());
    const auto refused = db->scalar(QStringLiteral("SELECT $1::text"), {Text{QByteArray("whole\0text", 10)}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Type);
    QVERIFY(db->scalar(QStringLiteral("SELECT $1::bytea"), {Blob{QByteArray("whole\0text", 10)}}));
}

void ConnectionTest::interruptsALongQuery_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgres") << true;
}

void ConnectionTest::interruptsALongQuery()
{
    QFETCH(bool, postgres);
    std::unique_ptr<test::ScratchPostgres> scratch;
    if (postgres)
        scratch = std::make_unique<test::ScratchPostgres>();
    const auto db = opened(postgres ? scratch->target() : file(QStringLiteral("long.sqlite")));
    const drivers::Interrupt interrupt = db->interrupt();
    std::jthread stopper([interrupt] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        interrupt.fire();
    });
    const auto result =
        db->query(postgres ? QStringLiteral("SELECT pg_sleep(60)")
                           : QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
                                            "SELECT max(i) FROM n"));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    stopper.join();
    QVERIFY(db->query(QStringLiteral("SELECT 1")));
}

void ConnectionTest::reconnectsAfterTheServerEndedTheSession()
{
    const test::ScratchPostgres scratch;
    runtime::Session session(scratch.target());
    const auto pid = [&](QString& out) {
        return session.run(
            runtime::Session::Lane::Main, this,
            [](Connection& c, const runtime::StopToken&) {
                return c.scalar(QStringLiteral("SELECT pg_backend_pid()"));
            },
            [&out](const Result<Value>& value) {
                out = value ? displayText(*value) : QStringLiteral("error");
            });
    };
    QString first;
    const auto job = pid(first);
    QTRY_VERIFY(!first.isEmpty());
    endSession(scratch.target(), first);
    // The ended session is gone from the server's list a moment before its socket closes: what is sent in
    // that moment is lost, and not sent again. The next one connects.
    QString second = QStringLiteral("error");
    for (int asked = 0; asked < 2 && second == QStringLiteral("error"); ++asked) {
        second.clear();
        const auto again = pid(second);
        QTRY_VERIFY(!second.isEmpty());
    }
    QVERIFY(second != first && second != QStringLiteral("error"));
}

void ConnectionTest::aLostTransactionIsNotGoneOnWith()
{
    const test::ScratchPostgres scratch;
    runtime::Session session(scratch.target());
    const auto ask = [&](const QString& sql) {
        QString answer;
        const auto job = session.run(
            runtime::Session::Lane::Main, this,
            [sql](Connection& c, const runtime::StopToken&) { return c.scalar(sql); },
            [&answer](const Result<Value>& value) {
                answer = value ? displayText(*value) + QLatin1Char('.') : QStringLiteral("error");
            });
        (void)QTest::qWaitFor([&] { return !answer.isEmpty(); });
        return answer;
    };
    QCOMPARE(ask(QStringLiteral("BEGIN")), QStringLiteral("."));
    const QString pid = ask(QStringLiteral("SELECT pg_backend_pid()")).chopped(1);
    endSession(scratch.target(), pid);
    QCOMPARE(ask(QStringLiteral("COMMIT")), QStringLiteral("error"));
    QCOMPARE(ask(QStringLiteral("SELECT 1")), QStringLiteral("1."));
}

void ConnectionTest::forgottenJobsNeverAnswer()
{
    runtime::Session session(file(QStringLiteral("jobs.sqlite")));
    bool answered = false;
    bool after = false;
    const auto forever = [](Connection& c, const runtime::StopToken&) {
        return c.scalar(QStringLiteral(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n"));
    };
    {
        const auto job = session.run(runtime::Session::Lane::Main, this, forever,
                                     [&](const Result<Value>&) { answered = true; });
        QTest::qWait(50);
    }
    const auto next = session.run(
        runtime::Session::Lane::Main, this,
        [](Connection& c, const runtime::StopToken&) { return c.scalar(QStringLiteral("SELECT 1")); },
        [&](const Result<Value>& value) { after = value.has_value(); });
    QTRY_VERIFY(after);
    QVERIFY(!answered);
}

/// The cached schema of one connection is older than the table that the other one has changed.
void ConnectionTest::seesAColumnThatAnotherConnectionAdded()
{
    const auto one = Connection::open(file(QStringLiteral("shared.db"))).value();
    const auto two = Connection::open(file(QStringLiteral("shared.db"))).value();
    QVERIFY(one->executeScript("CREATE TABLE t(a); INSERT INTO t VALUES (1);").has_value());
    QVERIFY(two->query(QStringLiteral("SELECT * FROM t")).has_value());
    QVERIFY(one->executeScript("ALTER TABLE t ADD COLUMN b DEFAULT 2;").has_value());
    const auto rows = two->query(QStringLiteral("SELECT * FROM t"));
    QVERIFY(rows.has_value());
    QCOMPARE(rows->columns.size(), 2);
    QCOMPARE(rows->columns.last().name, QStringLiteral("b"));
    QVERIFY(one->executeScript("ALTER TABLE t ADD COLUMN c DEFAULT 3;").has_value());
    int columns = 0;
    QVERIFY(two->stream(QStringLiteral("SELECT * FROM t"), {},
                        [&](const QList<ColumnInfo>& names, std::vector<Value>& row) {
                            columns = static_cast<int>(std::min<size_t>(names.size(), row.size()));
                            return true;
                        })
                .has_value());
    QCOMPARE(columns, 3);
}

/// A change stays prepared: it must not remember values, a table that is another now, or how names were read.
void ConnectionTest::aChangeThatRunsAgainTakesTheTableAsItIsNow()
{
    const auto db = opened(file(QStringLiteral("again.sqlite")));
    QVERIFY(db->executeScript("CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE);"));
    const QString insert = QStringLiteral("INSERT INTO t(a, b) VALUES (?, ?) RETURNING b");
    const auto told = [&](qint64 a, const Value& b) {
        const auto batch = db->query(insert, {a, b});
        return batch ? displayText(batch->at(0, 0)) + QString::number(batch->affected) : QStringLiteral("-");
    };
    QCOMPARE(told(1, textValue(QStringLiteral("x"))), QStringLiteral("x1"));
    QCOMPARE(told(2, Null{}), QStringLiteral("1"));
    QCOMPARE(told(3, textValue(QStringLiteral("x"))), QStringLiteral("-"));
    QCOMPARE(told(3, textValue(QStringLiteral("y"))), QStringLiteral("y1"));
    QVERIFY(!db->query(insert, {qint64{4}}));
    QVERIFY(db->executeScript("DROP TABLE t; CREATE TABLE t(a, b DEFAULT 1, c);"));
    QCOMPARE(told(1, textValue(QStringLiteral("z"))), QStringLiteral("z1"));
    const QString update = QStringLiteral("UPDATE t SET b = \"none\" WHERE a = ?");
    const bool before = db->takesQuotedNamesAsText();
    db->setQuotedNamesAsText(true);
    QVERIFY(db->query(update, {qint64{1}}));
    db->setQuotedNamesAsText(false);
    QVERIFY(!db->query(update, {qint64{1}}));
    db->setQuotedNamesAsText(before);
    QVERIFY(db->executeScript("DROP TABLE t;"));
    QCOMPARE(told(1, Null{}), QStringLiteral("-"));
}

void ConnectionTest::aRowThatASinkKeepsIsNotWrittenOver()
{
    const auto db = opened(file(QStringLiteral("kept.sqlite")));
    std::vector<std::vector<Value>> rows;
    QVERIFY(
        db->stream(QStringLiteral("VALUES ('one', 1), ('', 'b'), ('three', x'00'), (NULL, 'd'), ('e', '')"),
                   {}, [&](const auto&, std::vector<Value>& row) {
                       rows.push_back(row);
                       return true;
                   }));
    const std::vector<std::vector<Value>> expected{{Text{"one"}, qint64{1}},
                                                   {Text{""}, Text{"b"}},
                                                   {Text{"three"}, Blob{QByteArray("\0", 1)}},
                                                   {Null{}, Text{"d"}},
                                                   {Text{"e"}, Text{""}}};
    QVERIFY(rows == expected);
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"
