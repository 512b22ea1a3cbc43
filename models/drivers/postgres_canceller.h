// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

struct pg_conn;
struct pg_cancel_conn;

namespace dewpoint::drivers {

/// Ends the statement that a PostgreSQL session is running, from any thread, and only that one. The
/// server ignores a cancel that arrives before the statement does, so it is repeated until the
/// statement has ended; the next statement waits until no cancel is on its way.
class PostgresCanceller final : public std::enable_shared_from_this<PostgresCanceller>
{
public:
    explicit PostgresCanceller(pg_conn* connection);
    ~PostgresCanceller();
    PostgresCanceller(const PostgresCanceller&) = delete;
    PostgresCanceller& operator=(const PostgresCanceller&) = delete;

    // On the connection's own thread.
    void statementBegins(bool cancellable);
    void statementEnds();
    void cancelOnce();  ///< blocks; the rest of a result is not wanted
    bool wasAsked();    ///< to end the statement that is running; a server may also do so by itself

    // From any thread; never blocks: a cancel is a connection of its own to a server that may be slow.
    void cancel();

private:
    void insist();
    void send();

    pg_cancel_conn* m_cancel;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_running = false;
    bool m_cancellable = false;
    bool m_underWay = false;
    bool m_asked = false;
};

}  // namespace dewpoint::drivers
