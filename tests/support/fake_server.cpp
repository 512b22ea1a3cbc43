// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/fake_server.h"

#include <QList>
#include <QtEndian>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dewpoint::test {

namespace {

constexpr int pollMilliseconds = 20;

QByteArray message(char kind, const QByteArray& body)
{
    const auto size = qToBigEndian(static_cast<qint32>(body.size() + 4));
    return kind + QByteArray(reinterpret_cast<const char*>(&size), 4) + body;
}

bool hasNews(int socket)
{
    pollfd state{.fd = socket, .events = POLLIN, .revents = 0};
    return poll(&state, 1, pollMilliseconds) > 0;
}

}  // namespace

FakeServer::FakeServer(QByteArray reply) : m_reply(std::move(reply))
{
    m_listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0
        || listen(m_listener, 8) != 0)
        qFatal("no port to listen on");
    m_thread = std::thread([this] { serve(); });
}

FakeServer::~FakeServer()
{
    m_ending = true;
    m_thread.join();
    close(m_listener);
}

QString FakeServer::conninfo() const
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
    return u"host=127.0.0.1 port=%1 user=x dbname=x sslmode=disable gssencmode=disable"_s.arg(
        ntohs(address.sin_port));
}

void FakeServer::serve()
{
    QList<int> callers;
    while (!m_ending) {
        if (hasNews(m_listener)) {
            callers += accept(m_listener, nullptr, nullptr);
            m_called = true;
        }
        for (const int caller : callers) {
            char bytes[4096];
            if (m_reply.isEmpty() || !hasNews(caller) || read(caller, bytes, sizeof bytes) <= 0)
                continue;
            if (write(caller, m_reply.constData(), static_cast<size_t>(m_reply.size())) < 0)
                qWarning("the caller went away");
        }
    }
    for (const int caller : callers)
        close(caller);
}

QByteArray postgresWelcome(const QByteArray& serverVersion)
{
    return message('R', QByteArray(4, '\0'))
           + message('S', QByteArray("server_version") + '\0' + serverVersion + '\0')
           + message('S', QByteArray("client_encoding") + '\0' + "UTF8" + '\0') + message('Z', "I");
}

}  // namespace dewpoint::test
