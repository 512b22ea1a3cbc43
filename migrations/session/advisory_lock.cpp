// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "session/advisory_lock.h"

#include "base/words.h"

#include <QElapsedTimer>

namespace dewpoint::session {

namespace {

constexpr qint64 usualPatience = 15'000;  // milliseconds

Result<qint64> patience(drivers::Connection& connection)
{
    return connection.scalar(QStringLiteral("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'"))
        .transform([](const Value& value) {
            const qint64 asked = displayText(value).toLongLong();
            return asked > 0 ? asked : usualPatience;
        });
}

/// "4711 (sqlx, alice)"; empty where it has just gone or the server does not tell.
QString holder(drivers::Connection& connection, qint64 key)
{
    const auto bits = static_cast<quint64>(key);
    const auto found = connection.query(
        QStringLiteral("SELECT l.pid, concat_ws(', ', nullif(a.application_name, ''), a.usename)"
                       " FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a USING (pid)"
                       " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
                       " AND l.classid::bigint = %1 AND l.objid::bigint = %2 AND l.database ="
                       " (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1")
            .arg(bits >> 32)
            .arg(bits & 0xffffffffU));
    if (!found || found->rowCount() == 0)
        return {};
    const QString who = displayText(found->at(0, 1));
    const QString process = displayText(found->at(0, 0));
    return who.isEmpty() ? process : QStringLiteral("%1 (%2)").arg(process, who);
}

Error locked(const QString& holder)
{
    const QString message =
        holder.isEmpty()
            ? Words::tr("Another program is migrating this database.")
            : Words::tr("Another program is migrating this database: the server's process %1.").arg(holder);
    return {.kind = ErrorKind::Locked,
            .message = message,
            .hint = Words::tr("Try again when it is done. If it hangs, end it, or let the server do it: "
                              "SELECT pg_terminate_backend(PROCESS).")};
}

}  // namespace

Result<> takeAdvisoryLock(drivers::Connection& connection, qint64 key, LockedFor what)
{
    const auto most = patience(connection);
    if (!most)
        return fail(most.error());
    const QString ask = (what == LockedFor::Session ? QStringLiteral("SELECT pg_try_advisory_lock(%1)")
                                                    : QStringLiteral("SELECT pg_try_advisory_xact_lock(%1)"))
                            .arg(key);
    QElapsedTimer timer;
    timer.start();
    while (true) {
        const auto taken = connection.scalar(ask + QStringLiteral("::text"));
        if (!taken)
            return fail(taken.error());
        if (displayText(*taken) == QLatin1String("true"))
            return {};
        if (timer.elapsed() >= *most)
            return fail(locked(holder(connection, key)));
        // On the server, where a cancel reaches it like any other statement.
        if (auto slept = connection.query(QStringLiteral("SELECT pg_sleep(0.1)")); !slept)
            return fail(slept.error());
    }
}

}  // namespace dewpoint::session
