// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/connection.h"
#include "drivers/conninfo.h"
#include "drivers/postgres_error.h"
#include "support/pg.h"
#include "support/private_server.h"
#include "support/silent_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dewpoint;
using drivers::Connection;
using drivers::Target;

namespace {

constexpr auto secret = "s3cret word";

Target postgres(const QString& location, const QString& password = {})
{
    return {.engine = Engine::Postgres, .location = location, .password = password};
}

/// Who and where one is on the server, or the kind of the refusal and its sentence.
QString answer(const Target& target)
{
    const auto connection = Connection::open(target);
    if (!connection) {
        const QString all = connection.error().oneLine();
        if (all.contains(QLatin1String(secret)) || all.contains(u"wr0ng"_s))
            return u"the password is shown: "_s + all;
        if (connection.error().hint.isEmpty() || connection.error().message.contains(u'\n'))
            return u"not one sentence with a hint: "_s + all;
        return connection.error().message;
    }
    const auto line = (*connection)
                          ->scalar(u"SELECT current_user || '@' || current_database() || "
                                   "CASE WHEN inet_server_addr() IS NULL THEN ' socket' ELSE ' tcp' END || "
                                   "CASE WHEN (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) "
                                   "THEN ' tls' ELSE '' END"_s);
    return line ? displayText(*line) : line.error().oneLine();
}

/// An environment variable for one block.
class Variable final
{
public:
    Variable(const char* name, const QString& value) : m_name(name) { qputenv(name, value.toUtf8()); }
    ~Variable() { qunsetenv(m_name); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* m_name;
};

}  // namespace

class PostgresOpenTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void init() { QTest::failOnWarning(); }
    void urlsReachSocketAndTcp();
    void variablesServicesAndPasswordFilesAreRead();
    void securityIsWhatSslmodeAsksFor();
    void eachRefusalIsOneSentence_data();
    void eachRefusalIsOneSentence();
    void aMissingServiceIsNamed();
    void aServerThatIsDownIsSaidToBe();
    void aSilentHostEndsAtTheTimeLimit();
    void anOldServerIsRefused();
    void noPasswordIsEverShown_data();
    void noPasswordIsEverShown();

private:
    QString tcp(const QString& more = {}) const
    {
        return u"host=127.0.0.1 port=%1 dbname=shop user=ada %2"_s.arg(m_server->port(), more);
    }
    QString write(const QString& name, const QString& text);

    std::unique_ptr<test::PrivateServer> m_server;
    QTemporaryDir m_folder;
};

void PostgresOpenTest::initTestCase()
{
    m_server = std::make_unique<test::PrivateServer>(test::PrivateServer::Kind::Secure);
    const auto admin = Connection::open(m_server->target());
    QVERIFY2(admin, qPrintable(admin.error_or(Error{}).oneLine()));
    QVERIFY((*admin)->execute(u"CREATE ROLE ada LOGIN PASSWORD '%1'"_s.arg(QLatin1String(secret))));
    QVERIFY((*admin)->execute(u"CREATE ROLE crowd LOGIN PASSWORD 'x' CONNECTION LIMIT 0"_s));
    QVERIFY((*admin)->execute(u"CREATE DATABASE shop OWNER ada"_s));
}

QString PostgresOpenTest::write(const QString& name, const QString& text)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        qFatal("cannot write %s", qUtf8Printable(name));
    return file.fileName();
}

void PostgresOpenTest::urlsReachSocketAndTcp()
{
    const QString socket = QString::fromUtf8(m_server->socketFolder().toUtf8().toPercentEncoding());
    QCOMPARE(answer(postgres(u"postgres://postgres@%1:%2/shop"_s.arg(socket, m_server->port()))),
             u"postgres@shop socket"_s);
    QCOMPARE(answer(postgres(u"postgresql://ada:s3cret%20word@localhost:%1/shop"_s.arg(m_server->port()))),
             u"ada@shop tcp tls"_s);
    QCOMPARE(answer(postgres(tcp(), QLatin1String(secret))), u"ada@shop tcp tls"_s);
    QCOMPARE(answer(postgres(tcp(u"password='%1'"_s.arg(QLatin1String(secret))))), u"ada@shop tcp tls"_s);
    // What was typed when asked is newer than what stands in the address.
    QCOMPARE(answer(postgres(tcp(u"password=old"_s), QLatin1String(secret))), u"ada@shop tcp tls"_s);
}

void PostgresOpenTest::variablesServicesAndPasswordFilesAreRead()
{
    const QString words = QLatin1String(secret);
    {
        const Variable host("PGHOST", u"127.0.0.1"_s);
        const Variable port("PGPORT", m_server->port());
        const Variable user("PGUSER", u"ada"_s);
        const Variable database("PGDATABASE", u"shop"_s);
        const Variable password("PGPASSWORD", words);
        QCOMPARE(answer(postgres(u"postgres://"_s)), u"ada@shop tcp tls"_s);
        const Variable mode("PGSSLMODE", u"disable"_s);
        QCOMPARE(answer(postgres(u"dbname=postgres"_s)), u"ada@postgres tcp"_s);
    }
    const Variable passwords(
        "PGPASSFILE", write(u"pgpass"_s, u"127.0.0.1:%1:shop:ada:%2\n"_s.arg(m_server->port(), words)));
    QCOMPARE(answer(postgres(tcp())), u"ada@shop tcp tls"_s);
    const Variable services(
        "PGSERVICEFILE",
        write(u"services"_s,
              u"[shop]\nhost=127.0.0.1\nport=%1\nuser=ada\ndbname=shop\nsslmode=require\n"_s.arg(
                  m_server->port())));
    QCOMPARE(answer(postgres(u"service=shop"_s)), u"ada@shop tcp tls"_s);
    QCOMPARE(answer(*drivers::parseTarget(u"service=shop"_s)), u"ada@shop tcp tls"_s);
}

void PostgresOpenTest::securityIsWhatSslmodeAsksFor()
{
    const auto with = [&](const QString& more) { return answer(postgres(tcp(more), QLatin1String(secret))); };
    const QString root = u" sslrootcert="_s + m_server->certificate();
    QCOMPARE(with(u"sslmode=disable"_s), u"ada@shop tcp"_s);
    QCOMPARE(with(u"sslmode=require"_s), u"ada@shop tcp tls"_s);
    QCOMPARE(with(u"sslmode=verify-ca"_s + root), u"ada@shop tcp tls"_s);
    // The certificate is for the name localhost, not for the number.
    QCOMPARE(with(u"host=localhost sslmode=verify-full"_s + root), u"ada@shop tcp tls"_s);
    QCOMPARE(with(u"sslmode=verify-full"_s + root),
             u"The certificate of shop on 127.0.0.1 was not accepted."_s);
    QCOMPARE(with(u"sslmode=verify-full sslrootcert="_s + write(u"other.crt"_s, {})),
             u"The certificate of shop on 127.0.0.1 was not accepted."_s);

    const auto admin = Connection::open(m_server->target());
    const auto setSsl = [&](const QString& state) {
        QVERIFY((*admin)->execute(u"ALTER SYSTEM SET ssl = "_s + state));
        QVERIFY((*admin)->query(u"SELECT pg_reload_conf()"_s));
        QTRY_COMPARE(displayText((*admin)->scalar(u"SHOW ssl"_s).value()), state);
    };
    setSsl(u"off"_s);
    QTRY_COMPARE(with(u"sslmode=require"_s),
                 u"The server of shop on 127.0.0.1 offers no secure connection."_s);
    QCOMPARE(with({}), u"ada@shop tcp"_s);
    setSsl(u"on"_s);
}

void PostgresOpenTest::eachRefusalIsOneSentence_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("sentence");
    const QString right = QLatin1String(secret);
    QTest::newRow("wrong password") << u""_s << u"wr0ng"_s
                                    << u"shop on 127.0.0.1 did not accept the user name or password."_s;
    QTest::newRow("wrong password in the address")
        << u"password=wr0ng"_s << u""_s << u"shop on 127.0.0.1 did not accept the user name or password."_s;
    QTest::newRow("no password") << u""_s << u""_s << u"shop on 127.0.0.1 asks for a password."_s;
    QTest::newRow("unknown database")
        << u"dbname=nowhere"_s << right << u"The server has no such database (nowhere on 127.0.0.1)."_s;
    QTest::newRow("unknown user") << u"user=nobody"_s << right
                                  << u"shop on 127.0.0.1 did not accept the user name or password."_s;
    QTest::newRow("no free connection")
        << u"user=crowd"_s << u"x"_s << u"shop on 127.0.0.1 has no free connection."_s;
    QTest::newRow("unknown host") << u"host=ssl-certificate.invalid"_s << right
                                  << u"The host name of shop on ssl-certificate.invalid is unknown."_s;
    QTest::newRow("a port where nothing listens")
        << u"port=1"_s << right << u"The server of shop on 127.0.0.1 does not answer."_s;
}

void PostgresOpenTest::eachRefusalIsOneSentence()
{
    QFETCH(QString, change);
    QFETCH(QString, password);
    QTEST(answer(postgres(tcp(change), password)), "sentence");
}

void PostgresOpenTest::aMissingServiceIsNamed()
{
    QCOMPARE(answer(postgres(u"service=no_such_service"_s)),
             u"The service of service=no_such_service is not defined."_s);
    const Variable services("PGSERVICEFILE", m_folder.filePath(u"no such file"_s));
    QCOMPARE(answer(postgres(u"service=shop"_s)),
             u"The service file of service=shop is missing or not valid."_s);
}

void PostgresOpenTest::aServerThatIsDownIsSaidToBe()
{
    const auto down = answer(postgres(u"host=%1 user=x dbname=shop"_s.arg(m_folder.path())));
    QCOMPARE(down, u"The server of shop does not answer."_s);
}

void PostgresOpenTest::aSilentHostEndsAtTheTimeLimit()
{
    const test::SilentServer silent;
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(answer(postgres(silent.conninfo() + u" connect_timeout=2"_s)),
             u"The server of x on 127.0.0.1 did not answer in time."_s);
    QVERIFY(clock.elapsed() < 9000);
}

void PostgresOpenTest::anOldServerIsRefused()
{
    const auto old = drivers::checkServerVersion(90624, u"shop"_s);
    QCOMPARE(old.error_or(Error{}).message, u"shop runs PostgreSQL 9.6, which is too old."_s);
    QVERIFY(!drivers::checkServerVersion(120022, u"x"_s));
    QVERIFY(drivers::checkServerVersion(130000, u"x"_s));
}

void PostgresOpenTest::noPasswordIsEverShown_data()
{
    QTest::addColumn<QString>("location");
    for (const QString& location :
         {u"postgres://ada:hunter2@localhost:notaport/x"_s, u"postgres://ada:hunter2/more@localhost/x"_s,
          u"host=x password=not hunter2 quoted"_s, u"password=hunter2 nonsense=1"_s,
          u"postgres://ada@localhost/x?password=hunter2&nonsense=1"_s, u"postgres://:hunter2@/x?y"_s,
          u"host=127.0.0.1 port=1 password=hunter2"_s, u"postgres://ada:hunter2@127.0.0.1:1/x"_s,
          u"postgres://ada@127.0.0.1:1/x?sslpassword=hunter2"_s})
        QTest::newRow(qUtf8Printable(location)) << location;
}

void PostgresOpenTest::noPasswordIsEverShown()
{
    QFETCH(QString, location);
    const auto parsed = drivers::parseTarget(location);
    QVERIFY(parsed || !parsed.error().oneLine().contains(u"hunter2"_s));
    QVERIFY(!postgres(location).displayName().contains(u"hunter2"_s));
    if (parsed)
        QVERIFY(!drivers::withoutPassword(location).contains(u"hunter2"_s));
    const auto opened = Connection::open(postgres(location));
    QVERIFY(!opened);
    QVERIFY2(!opened.error().oneLine().contains(u"hunter2"_s), qPrintable(opened.error().oneLine()));
}

QTEST_GUILESS_MAIN(PostgresOpenTest)
#include "postgres_open_test.moc"
