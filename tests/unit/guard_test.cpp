// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/connection.h"
#include "support/rows_fixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using drivers::Connection;

/// A read-only connection stays read-only whatever SQL is typed into it.
class GuardTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void sqliteRefusesEveryWrite_data();
    void sqliteRefusesEveryWrite();
    void sqliteStaysReadOnlyAfter_data();
    void sqliteStaysReadOnlyAfter();
    void anAttachedFileIsReadOnlyToo();
    void postgresRefusesEveryWrite_data();
    void postgresRefusesEveryWrite();
    void postgresStaysReadOnlyAfter_data();
    void postgresStaysReadOnlyAfter();
    void aChainedTransactionStaysReadOnly();
    void aSettingLasts();
    void aReadOnlyQueryDoesNotWrite();
    void readingStillWorks();

private:
    static std::unique_ptr<Connection> guarded(const test::RowsFixture& fixture);
    static QByteArray contentOf(const test::RowsFixture& fixture);
};

namespace {

constexpr const char* sqliteScript = "CREATE TABLE t (a integer); INSERT INTO t VALUES (1);";
constexpr const char* postgresScript =
    "CREATE TABLE t (a integer); INSERT INTO t VALUES (1); CREATE SEQUENCE s;"
    "CREATE FUNCTION sneak() RETURNS void LANGUAGE sql AS 'INSERT INTO t VALUES (9)';"
    "CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; "
    "INSERT INTO t VALUES (9); COMMIT; END $$;";

void statements(const QStringList& statements)
{
    QTest::addColumn<QString>("sql");
    for (const QString& sql : statements)
        QTest::newRow(qUtf8Printable(sql)) << sql;
}

}  // namespace

std::unique_ptr<Connection> GuardTest::guarded(const test::RowsFixture& fixture)
{
    drivers::Target target = fixture.target();
    target.guard = drivers::Guard::ReadOnly;
    auto connection = Connection::open(target);
    if (!connection)
        qFatal("%s", qUtf8Printable(connection.error().oneLine()));
    return std::move(*connection);
}

QByteArray GuardTest::contentOf(const test::RowsFixture& fixture)
{
    const auto connection = fixture.connect();
    const bool sqlite = connection->engine() == Engine::Sqlite;
    const auto text =
        connection->scalar(sqlite ? u"SELECT (SELECT group_concat(a) FROM t) || '/' || (SELECT "
                                    "group_concat(name) FROM sqlite_schema)"_s
                                  : u"SELECT (SELECT string_agg(a::text, ',') FROM t) || '/' || "
                                    "(SELECT string_agg(relname, ',') FROM pg_class WHERE "
                                    "relnamespace = 'public'::regnamespace)"_s);
    return displayText(text.value()).toUtf8();
}

void GuardTest::sqliteRefusesEveryWrite_data()
{
    statements({u"INSERT INTO t VALUES (2)"_s, u"WITH x(a) AS (SELECT 2) INSERT INTO t SELECT a FROM x"_s,
                u"UPDATE t SET a = 2 RETURNING a"_s, u"DELETE FROM t"_s, u"DROP TABLE t"_s,
                u"CREATE TABLE u (a)"_s, u"PRAGMA user_version = 5"_s, u"CREATE INDEX i ON t (a)"_s,
                u"VACUUM"_s});
}

void GuardTest::sqliteRefusesEveryWrite()
{
    QFETCH(QString, sql);
    const test::RowsFixture fixture(Engine::Sqlite, sqliteScript);
    const QByteArray before = contentOf(fixture);
    const auto connection = guarded(fixture);
    const auto query = connection->query(sql);
    QVERIFY(!query);
    QCOMPARE(query.error().kind, ErrorKind::ReadOnly);
    QVERIFY(!connection->stream(sql, {}, [](const auto&, auto&) { return true; }));
    QVERIFY(!connection->executeScript(sql.toUtf8()));
    QCOMPARE(contentOf(fixture), before);
}

void GuardTest::sqliteStaysReadOnlyAfter_data()
{
    statements({u"PRAGMA query_only = OFF"_s, u"PRAGMA writable_schema = ON"_s,
                u"PRAGMA journal_mode = WAL"_s, u"PRAGMA locking_mode = EXCLUSIVE"_s, u"BEGIN"_s,
                u"BEGIN IMMEDIATE"_s, u"SAVEPOINT s"_s});
}

void GuardTest::sqliteStaysReadOnlyAfter()
{
    QFETCH(QString, sql);
    const test::RowsFixture fixture(Engine::Sqlite, sqliteScript);
    const QByteArray before = contentOf(fixture);
    {
        const auto connection = guarded(fixture);
        (void)connection->query(sql);
        const auto refused = connection->execute(u"INSERT INTO t VALUES (2)"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    }
    QCOMPARE(contentOf(fixture), before);
}

void GuardTest::anAttachedFileIsReadOnlyToo()
{
    const test::RowsFixture fixture(Engine::Sqlite, sqliteScript);
    const test::RowsFixture other(Engine::Sqlite, sqliteScript);
    const auto connection = guarded(fixture);
    for (const QString& path :
         {other.target().location, u"file:"_s + other.target().location + u"?mode=rwc"_s}) {
        (void)connection->query(u"ATTACH '%1' AS other"_s.arg(path));
        QVERIFY(!connection->execute(u"INSERT INTO other.t VALUES (2)"_s));
        (void)connection->query(u"DETACH other"_s);
    }
    QTemporaryDir folder;
    const QString fresh = folder.filePath(u"fresh.sqlite"_s);
    (void)connection->query(u"ATTACH '%1' AS fresh"_s.arg(fresh));
    QVERIFY(!connection->execute(u"CREATE TABLE fresh.t (a)"_s));
    QVERIFY(!QFile::exists(fresh));
    QVERIFY(contentOf(other).startsWith("1/"));
}

void GuardTest::postgresRefusesEveryWrite_data()
{
    statements({u"INSERT INTO t VALUES (2)"_s,
                u"WITH x AS (INSERT INTO t VALUES (2) RETURNING a) SELECT * FROM x"_s,
                u"UPDATE t SET a = 2 RETURNING a"_s, u"DELETE FROM t"_s, u"TRUNCATE t"_s, u"DROP TABLE t"_s,
                u"CREATE TABLE u AS SELECT 1"_s, u"SELECT sneak()"_s, u"SELECT nextval('s')"_s,
                u"EXPLAIN ANALYZE INSERT INTO t VALUES (2)"_s, u"COPY t FROM STDIN"_s, u"VACUUM"_s,
                u"DO $$ BEGIN INSERT INTO t VALUES (2); END $$"_s,
                u"DO $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; INSERT INTO t VALUES (2); END $$"_s,
                u"DO $$ BEGIN SET TRANSACTION READ WRITE; INSERT INTO t VALUES (2); END $$"_s,
                u"CALL commits()"_s, u"SELECT set_config('transaction_read_only', 'off', true), sneak()"_s,
                u"COMMIT; INSERT INTO t VALUES (2)"_s});
}

void GuardTest::postgresRefusesEveryWrite()
{
    QFETCH(QString, sql);
    const test::RowsFixture fixture(Engine::Postgres, postgresScript);
    const QByteArray before = contentOf(fixture);
    const auto connection = guarded(fixture);
    QVERIFY(!connection->query(sql));
    QVERIFY(!connection->stream(sql, {}, [](const auto&, auto&) { return true; }));
    QVERIFY(!connection->executeScript(sql.toUtf8()));
    QCOMPARE(contentOf(fixture), before);
}

void GuardTest::postgresStaysReadOnlyAfter_data()
{
    statements({u"SET transaction_read_only = off"_s, u"SET default_transaction_read_only = off"_s,
                u"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"_s, u"BEGIN READ WRITE"_s,
                u"START TRANSACTION READ WRITE"_s, u"SET TRANSACTION READ WRITE"_s, u"COMMIT"_s,
                u"ROLLBACK"_s, u"COMMIT AND CHAIN"_s, u"END"_s, u"RESET ALL"_s, u"DISCARD ALL"_s,
                u"SELECT set_config('default_transaction_read_only', 'off', false)"_s,
                u"PREPARE w AS INSERT INTO t VALUES (2)"_s, u"this is an error"_s});
}

void GuardTest::postgresStaysReadOnlyAfter()
{
    QFETCH(QString, sql);
    const test::RowsFixture fixture(Engine::Postgres, postgresScript);
    const QByteArray before = contentOf(fixture);
    const auto connection = guarded(fixture);
    (void)connection->query(sql);
    for (const QString& write : {u"INSERT INTO t VALUES (2)"_s, u"EXECUTE w"_s, u"SELECT sneak()"_s,
                                 u"COMMIT"_s, u"INSERT INTO t VALUES (3)"_s})
        (void)connection->query(write);
    const auto refused = connection->execute(u"INSERT INTO t VALUES (2)"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    QVERIFY(!connection->inTransaction());  // nothing of the guard's own stays open
    QCOMPARE(contentOf(fixture), before);
}

void GuardTest::aChainedTransactionStaysReadOnly()
{
    const test::RowsFixture fixture(Engine::Postgres, postgresScript);
    const auto connection = guarded(fixture);
    QVERIFY(connection->execute(u"BEGIN READ WRITE"_s));
    QVERIFY(connection->inTransaction());
    QVERIFY(connection->execute(u"COMMIT AND CHAIN"_s));
    (void)connection->execute(u"SET TRANSACTION READ WRITE"_s);
    (void)connection->execute(u"INSERT INTO t VALUES (2)"_s);
    (void)connection->execute(u"COMMIT"_s);
    QVERIFY(contentOf(fixture).startsWith("1/"));
}

void GuardTest::aSettingLasts()
{
    const test::RowsFixture fixture(Engine::Postgres, postgresScript);
    const auto connection = guarded(fixture);
    QVERIFY(connection->execute(u"SET application_name TO 'looking'"_s));
    QCOMPARE(displayText(connection->scalar(u"SHOW application_name"_s).value()), u"looking"_s);
    QVERIFY(connection->execute(u"RESET application_name"_s));
    QCOMPARE(displayText(connection->scalar(u"SHOW application_name"_s).value()), u"dewpoint"_s);
    QVERIFY(!connection->inTransaction());
}

void GuardTest::aReadOnlyQueryDoesNotWrite()
{
    const test::RowsFixture fixture(Engine::Postgres, postgresScript);
    const auto connection = fixture.connect();
    const auto refused = [&] {
        const auto query = connection->query(u"SELECT sneak()"_s, {}, {.readOnly = true});
        return !query && query.error().kind == ErrorKind::ReadOnly;
    };
    QVERIFY(refused());
    QVERIFY(!connection->inTransaction());
    QVERIFY(connection->execute(u"BEGIN"_s));
    QVERIFY(connection->execute(u"INSERT INTO t VALUES (2)"_s));
    QVERIFY(refused());
    const auto cut = connection->query(u"SELECT n FROM generate_series(1, 100000) n"_s, {},
                                       {.maxRows = 10, .readOnly = true});
    QVERIFY(cut && cut->rowCount() == 10);
    QCOMPARE(displayText(connection->scalar(u"SELECT count(*) FROM t"_s).value()), u"2"_s);
    QVERIFY(connection->execute(u"INSERT INTO t VALUES (3)"_s));  // the transaction itself still writes
    QVERIFY(connection->execute(u"COMMIT"_s));
    QVERIFY(contentOf(fixture).startsWith("1,2,3/"));
    QVERIFY(connection->query(u"SELECT sneak()"_s));
    QVERIFY(contentOf(fixture).startsWith("1,2,3,9/"));
}

void GuardTest::readingStillWorks()
{
    for (const Engine engine : {Engine::Sqlite, Engine::Postgres}) {
        const test::RowsFixture fixture(engine, engine == Engine::Sqlite ? sqliteScript : postgresScript);
        QCOMPARE(displayText(guarded(fixture)->scalar(u"SELECT a FROM t"_s).value()), u"1"_s);
        const auto database = catalog::inspect(*guarded(fixture));
        QVERIFY2(database, qPrintable(database.error_or(Error{}).oneLine()));
    }
}

QTEST_GUILESS_MAIN(GuardTest)
#include "guard_test.moc"
