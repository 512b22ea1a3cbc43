// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/private_server.h"

#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace dewpoint::test {

namespace {

constexpr int scriptMilliseconds = 120'000;

}  // namespace

PrivateServer::PrivateServer(Kind kind) : m_kind(kind)
{
    script(kind == Kind::Plain ? u"start"_s : u"secure"_s);
}

PrivateServer::~PrivateServer()
{
    script(u"stop"_s);
}

void PrivateServer::kill()
{
    script(u"kill"_s);
}

void PrivateServer::resume()
{
    script(u"resume"_s);
}

QString PrivateServer::port() const
{
    return m_kind == Kind::Plain ? u"5432"_s : contentOf(u"port"_s);
}

drivers::Target PrivateServer::target() const
{
    return {.engine = Engine::Postgres,
            .location = u"host=%1 port=%2 user=postgres dbname=postgres"_s.arg(socketFolder(), port())};
}

// The server must not inherit the pipes, or waiting for the script would wait for the server.
void PrivateServer::script(const QString& command)
{
    QProcess process;
    process.setStandardOutputFile(m_folder.filePath(u"out"_s));
    process.setStandardErrorFile(m_folder.filePath(u"errors"_s));
    process.start(qEnvironmentVariable("DEWPOINT_SOURCE") + u"/tests/support/postgres_server.sh"_s,
                  {command, m_folder.path()});
    if (!process.waitForFinished(scriptMilliseconds) || process.exitCode() != 0)
        qFatal("postgres_server.sh %s: %s", qUtf8Printable(command), qUtf8Printable(contentOf(u"errors"_s)));
}

QString PrivateServer::contentOf(const QString& name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

}  // namespace dewpoint::test
