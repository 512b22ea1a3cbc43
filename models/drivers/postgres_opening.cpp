// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_opening.h"

#include "base/words.h"
#include "drivers/conninfo.h"
#include "drivers/postgres_error.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QThread>
#include <QUuid>
#include <QVariant>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace dewpoint::drivers {

namespace {

constexpr std::chrono::milliseconds untilNextQuestion{20};

/// What the driver is told: everything but the password as one libpq text.
struct Options {
    QString text;
    QString password;
};

/// Shared with the thread that connects, which may outlive the one that asked.
struct Attempt {
    Options options;
    QString displayName;
    QThread* asker = nullptr;  ///< waits while `givenUp` is false
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Result<PostgresHandle>> outcome;
    bool givenUp = false;
};

Result<Options> optionsOf(const Target& target)
{
    const auto pairs = parseConninfo(target.location);
    if (!pairs)
        return fail(pairs.error());
    Options options;
    QStringList words{QStringLiteral("fallback_application_name=dewpoint")};
    bool limited = qEnvironmentVariableIsSet("PGCONNECT_TIMEOUT");
    for (const auto& [key, value] : *pairs) {
        limited = limited || key == QLatin1String("connect_timeout");
        if (key == QLatin1String("password"))
            options.password = value;
        else if (value.contains(QLatin1Char(';')))  // QPSQL takes it for a space
            return fail(ErrorKind::Unsupported, Words::tr("“%1” may not contain a semicolon.").arg(key));
        else
            words << key + QLatin1Char('=') + quotedConninfoValue(value);
    }
    if (!limited)
        words << QStringLiteral("connect_timeout=10");
    if (!target.password.isEmpty())
        options.password = target.password;
    options.text = words.join(QLatin1Char(' '));
    return options;
}

Result<pg_conn*> openDriver(const QString& name, const Attempt& attempt)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), name);
    database.setConnectOptions(attempt.options.text);
    database.setPassword(attempt.options.password);
    if (!database.open())
        return fail(postgresConnectionError(database.lastError().databaseText(), attempt.displayName));
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "pg_conn*") != 0)
        return fail(ErrorKind::Unsupported, Words::tr("Qt's PostgreSQL driver gives no native handle."));
    return *static_cast<pg_conn* const*>(handle.constData());
}

Result<PostgresHandle> connectBlocking(const Attempt& attempt)
{
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const auto native = openDriver(name, attempt);
    PostgresHandle handle(name, native.value_or(nullptr));
    if (!native)
        return fail(native.error());
    return handle;
}

void connectFor(Attempt& attempt)
{
    auto outcome = connectBlocking(attempt);
    const std::lock_guard lock(attempt.mutex);
    if (attempt.givenUp)
        return;  // and the connection, if there is one, ends here
    if (outcome && !outcome->moveToThread(attempt.asker))
        outcome = fail(ErrorKind::Unsupported, Words::tr("Qt's PostgreSQL driver stayed on its thread."));
    attempt.outcome = std::move(outcome);
    attempt.changed.notify_all();
}

}  // namespace

PostgresHandle::~PostgresHandle()
{
    if (m_name.isEmpty())
        return;
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

PostgresHandle::PostgresHandle(PostgresHandle&& other) noexcept
    : m_name(std::exchange(other.m_name, {})), m_native(std::exchange(other.m_native, nullptr))
{}

PostgresHandle& PostgresHandle::operator=(PostgresHandle&& other) noexcept
{
    std::swap(m_name, other.m_name);
    std::swap(m_native, other.m_native);
    return *this;
}

bool PostgresHandle::moveToThread(QThread* thread)
{
    return QSqlDatabase::database(m_name, false).moveToThread(thread);
}

Result<PostgresHandle> openPostgres(const Target& target, const StopAsked& stop)
{
    auto options = optionsOf(target);
    if (!options)
        return fail(options.error());
    const auto attempt = std::make_shared<Attempt>();
    attempt->options = *std::move(options);
    attempt->displayName = target.displayName();
    attempt->asker = QThread::currentThread();
    std::thread([attempt] { connectFor(*attempt); }).detach();
    std::unique_lock lock(attempt->mutex);
    while (
        !attempt->changed.wait_for(lock, untilNextQuestion, [&] { return attempt->outcome.has_value(); })) {
        attempt->givenUp = stop && stop();
        if (attempt->givenUp)
            return fail(cancelledError());
    }
    auto outcome = std::exchange(attempt->outcome, std::nullopt);
    if (!outcome)
        return fail(cancelledError());
    return *std::move(outcome);
}

}  // namespace dewpoint::drivers
