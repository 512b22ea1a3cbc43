// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "support/silent_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dewpoint::test {

SilentServer::SilentServer() : m_listener(socket(AF_INET, SOCK_STREAM, 0))
{
    constexpr int waiting = 8;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0
        || listen(m_listener, waiting) != 0)
        qFatal("no port to listen on");
}

SilentServer::~SilentServer()
{
    close(m_listener);
}

QString SilentServer::conninfo() const
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
    return u"host=127.0.0.1 port=%1 user=x dbname=x sslmode=disable gssencmode=disable"_s.arg(
        ntohs(address.sin_port));
}

bool SilentServer::wasCalled() const
{
    pollfd state{.fd = m_listener, .events = POLLIN, .revents = 0};
    return poll(&state, 1, 0) > 0;
}

}  // namespace dewpoint::test
