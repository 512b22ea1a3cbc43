// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/pg.h"

#include "drivers/connection.h"

#include <QCoreApplication>
#include <QFile>
#include <QThread>
#include <QUrl>

#include <atomic>

using namespace Qt::StringLiterals;

namespace dewpoint::test {

namespace {

QString socketFolder()
{
    const QString run = qEnvironmentVariable("DEWPOINT_TEST_PG");
    if (run.isEmpty())
        return {};
    QFile file(run + u"/socket"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).trimmed();
}

QString conninfoFor(const QString& database)
{
    return u"host=%1 user=postgres dbname=%2"_s.arg(socketFolder(), database);
}

void administer(const QString& statement)
{
    const auto server =
        drivers::Connection::open({.engine = Engine::Postgres, .location = conninfoFor(u"postgres"_s)});
    if (!server) {
        qCritical("%s", qUtf8Printable(server.error().oneLine()));
        return;
    }
    if (const auto done = (*server)->execute(statement); !done)
        qCritical("%s: %s", qUtf8Printable(statement), qUtf8Printable(done.error().oneLine()));
}

/// One that was given up while it was being made ends by itself; if it were thrown out before its first
/// query, Qt's driver would warn of a server that it does not know.
void awaitNewConnections(const QString& database)
{
    const auto server =
        drivers::Connection::open({.engine = Engine::Postgres, .location = conninfoFor(u"postgres"_s)});
    for (int tries = 0; server && tries < 200; ++tries) {
        const auto fresh =
            (*server)->scalar(u"SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND query = ''"_s,
                              {textValue(database)});
        if (!fresh || displayText(*fresh) == u"0")
            return;
        QThread::msleep(10);
    }
}

// Tests run side by side on one server, so a name carries its process.
QString freshName()
{
    static std::atomic<int> count = 0;
    return u"test_%1_%2"_s.arg(QCoreApplication::applicationPid()).arg(++count);
}

}  // namespace

ScratchPostgres::ScratchPostgres() : m_name(freshName())
{
    if (socketFolder().isEmpty())
        qFatal("There is no server (DEWPOINT_TEST_PG): run this test through ctest, which starts one.");
    administer(u"CREATE DATABASE "_s + m_name + u" TEMPLATE template0"_s);
}

ScratchPostgres::~ScratchPostgres()
{
    awaitNewConnections(m_name);
    administer(u"DROP DATABASE IF EXISTS "_s + m_name + u" WITH (FORCE)"_s);
}

drivers::Target ScratchPostgres::target() const
{
    return {.engine = Engine::Postgres, .location = conninfo()};
}

QString ScratchPostgres::conninfo() const
{
    return conninfoFor(m_name);
}

QString ScratchPostgres::url() const
{
    const QString host = QString::fromUtf8(QUrl::toPercentEncoding(socketFolder()));
    return u"postgres://postgres@%1/%2"_s.arg(host, m_name);
}

}  // namespace dewpoint::test
