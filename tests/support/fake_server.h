// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <atomic>
#include <thread>

namespace dewpoint::test {

/// Takes connections on 127.0.0.1 and answers whatever comes first with fixed bytes, or never.
class FakeServer final
{
public:
    explicit FakeServer(QByteArray reply = {});
    ~FakeServer();
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;

    QString conninfo() const;
    bool wasCalled() const { return m_called; }

private:
    void serve();

    QByteArray m_reply;
    int m_listener = -1;
    std::atomic<bool> m_called = false;
    std::atomic<bool> m_ending = false;
    std::thread m_thread;
};

/// What a server says to a client that it lets in without a password (protocol 3.0, Message Flow).
QByteArray postgresWelcome(const QByteArray& serverVersion);

}  // namespace dewpoint::test
