// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_opening.h"

#include "drivers/conninfo.h"
#include "drivers/postgres_error.h"

#include <libpq-fe.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace dewpoint::drivers {

namespace {

constexpr std::chrono::milliseconds untilNextQuestion{20};
constexpr const char* connectSeconds = "10";

/// Shared with the thread that connects, which may outlive the one that asked.
struct Attempt {
    QByteArray location;
    QByteArray password;
    std::mutex mutex;
    std::condition_variable changed;
    PostgresHandle connection;
    bool finished = false;
};

PostgresHandle connectBlocking(const Attempt& attempt)
{
    // A later word wins over an earlier one: the time limit is a default, the password is the last word.
    const bool limited = qEnvironmentVariableIsSet("PGCONNECT_TIMEOUT");
    const std::array keywords{
        limited ? "fallback_application_name" : "connect_timeout", "fallback_application_name", "dbname",
        attempt.password.isEmpty() ? nullptr : "password", static_cast<const char*>(nullptr)};
    const std::array values{limited ? "dewpoint" : connectSeconds, "dewpoint", attempt.location.constData(),
                            attempt.password.constData(), static_cast<const char*>(nullptr)};
    return PostgresHandle(PQconnectdbParams(keywords.data(), values.data(), 1));
}

Result<PostgresHandle> checked(PostgresHandle connection, const Target& target)
{
    if (connection && PQstatus(connection.get()) == CONNECTION_OK)
        return connection;
    const QString words = QString::fromUtf8(PQerrorMessage(connection.get()));
    Error error = postgresConnectionError(words, target.displayName());
    if (PQconnectionNeedsPassword(connection.get()))
        error.kind = ErrorKind::Authentication;
    return fail(std::move(error));
}

}  // namespace

void PostgresCloser::operator()(pg_conn* connection) const
{
    PQfinish(connection);
}

Result<PostgresHandle> openPostgres(const Target& target, const StopAsked& stop)
{
    if (auto valid = checkConninfo(target.location); !valid)
        return fail(valid.error());
    const auto attempt = std::make_shared<Attempt>();
    attempt->location = target.location.toUtf8();
    attempt->password = target.password.toUtf8();
    std::thread([attempt] {
        PostgresHandle connection = connectBlocking(*attempt);
        const std::lock_guard lock(attempt->mutex);
        attempt->connection = std::move(connection);
        attempt->finished = true;
        attempt->changed.notify_all();
    }).detach();
    std::unique_lock lock(attempt->mutex);
    while (!attempt->changed.wait_for(lock, untilNextQuestion, [&] { return attempt->finished; })) {
        if (stop && stop())
            return fail(cancelledError());
    }
    return checked(std::move(attempt->connection), target);
}

}  // namespace dewpoint::drivers
