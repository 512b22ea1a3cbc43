// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_opening.h"

#include "base/words.h"
#include "drivers/conninfo.h"
#include "drivers/postgres_error.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace dewpoint::drivers {

namespace {

constexpr std::chrono::milliseconds untilNextQuestion{20};

/// What the driver is told: everything but the password as one libpq text.
struct Options {
    QString text;
    QString password;
};

/// In no list of Qt's: that list ends with the application, and a connection that a host keeps waiting, and
/// nobody waits for any more, may outlive it.
class UnlistedDatabase final : public QSqlDatabase
{
public:
    UnlistedDatabase() : QSqlDatabase(QStringLiteral("QPSQL")) {}
};

/// Shared with the thread that connects, which may outlive the one that asked.
struct Attempt {
    QSqlDatabase database = UnlistedDatabase();
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
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

void connectFor(Attempt& attempt)
{
    attempt.database.open();
    const std::lock_guard lock(attempt.mutex);
    attempt.done = true;
    attempt.changed.notify_all();
}

Result<PostgresHandle> handleOf(const QSqlDatabase& database, const QString& displayName)
{
    if (!database.isOpen())
        return fail(postgresConnectionError(database.lastError().databaseText(), displayName));
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "pg_conn*") != 0)
        return fail(ErrorKind::Unsupported, Words::tr("Qt's PostgreSQL driver gives no native handle."));
    return PostgresHandle{.database = database, .native = *static_cast<pg_conn* const*>(handle.constData())};
}

}  // namespace

Result<PostgresHandle> openPostgres(const Target& target, const StopAsked& stop)
{
    const auto options = optionsOf(target);
    if (!options)
        return fail(options.error());
    const auto attempt = std::make_shared<Attempt>();
    attempt->database.setConnectOptions(options->text);
    attempt->database.setPassword(options->password);
    std::thread([attempt] { connectFor(*attempt); }).detach();
    std::unique_lock lock(attempt->mutex);
    while (!attempt->changed.wait_for(lock, untilNextQuestion, [&] { return attempt->done; })) {
        if (stop && stop())
            return fail(cancelledError());
    }
    // Taken out of what the thread may still hold: a connection ends where it is used.
    return handleOf(std::exchange(attempt->database, QSqlDatabase()), target.displayName());
}

}  // namespace dewpoint::drivers
