// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// COPY … FROM STDIN: many rows in one statement, sent so that a cancel is heard at any time.
#include "base/words.h"
#include "drivers/postgres_connection.h"
#include "drivers/postgres_statement.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::drivers {

namespace {

constexpr qsizetype chunkBytes = 64 * 1024;
constexpr int pollMilliseconds = 50;

/// 'COPY orders, line 3, column total: "abc"', in whichever language the server speaks.
void readPlace(CopyRefusal& refusal, const QString& context)
{
    static const QRegularExpression place(uR"(^COPY .*?, \D*?(\d+)(?:, \S+ (.+?): )?)"_s,
                                          QRegularExpression::MultilineOption);
    const auto match = place.match(context);
    if (!match.hasMatch())
        return;
    refusal.row = match.captured(1).toLongLong() - 1;
    refusal.column = match.captured(2);
}

}  // namespace

bool PostgresConnection::waitToSend(QElapsedTimer& sinceStop)
{
    pollfd socket{.fd = PQsocket(m_pg.native), .events = POLLIN | POLLOUT, .revents = 0};
    const int ready = poll(&socket, 1, pollMilliseconds);
    if (ready > 0 && (socket.revents & POLLIN) && !PQconsumeInput(m_pg.native))
        return false;
    if (stopping()->isWanted())
        losePatience(sinceStop);
    return ready >= 0 && (socket.revents & (POLLERR | POLLNVAL)) == 0;
}

/// False when the connection broke: what the server says then is read as after any statement.
bool PostgresConnection::sendRows(const QByteArray& rows)
{
    QElapsedTimer sinceStop;
    for (qsizetype at = 0; at < rows.size();) {
        const auto size = static_cast<int>(std::min(chunkBytes, rows.size() - at));
        const int sent = PQputCopyData(m_pg.native, rows.constData() + at, size);
        if (sent < 0 || (sent == 0 && !waitToSend(sinceStop)))
            return false;
        at += sent > 0 ? size : 0;
    }
    const char* stopped = stopping()->requested() ? "cancelled" : nullptr;
    for (int sent = 0; (sent = PQputCopyEnd(m_pg.native, stopped)) <= 0;) {
        if (sent < 0 || !waitToSend(sinceStop))
            return false;
    }
    return flushed();
}

/// False when the connection broke.
bool PostgresConnection::flushed()
{
    QElapsedTimer sinceStop;
    for (int left = 0; (left = PQflush(m_pg.native)) != 0;) {
        if (left < 0 || !waitToSend(sinceStop))
            return false;
    }
    return true;
}

CopyRefusal PostgresConnection::copyRefused(const pg_result* result, const QString& sql) const
{
    CopyRefusal refusal{.error =
                            stopping()->requested() && isOpen() ? cancelledError() : errorOf(result, sql)};
    refusal.error.position = -1;
    readPlace(refusal, QString::fromUtf8(PQresultErrorField(result, PG_DIAG_CONTEXT)));
    if (!refusal.error.column.isEmpty())
        refusal.column = refusal.error.column;
    return refusal;
}

std::expected<qint64, CopyRefusal> PostgresConnection::copyIn(const QString& sql, const QByteArray& rows)
{
    QElapsedTimer timer;
    timer.start();
    const auto refused = [&](CopyRefusal refusal) {
        report(sql, timer.nsecsElapsed() / 1000, 0, &refusal.error);
        return std::unexpected(std::move(refusal));
    };
    if (m_target.guard == Guard::ReadOnly)
        return refused(
            {.error = {.kind = ErrorKind::ReadOnly, .message = Words::tr("The connection is read-only.")}});
    const PostgresStatement statement(*m_canceller, !stopping()->isSheltered());
    if (stopping()->requested())
        return refused({.error = cancelledError()});
    if (!PQsendQuery(m_pg.native, sql.toUtf8().constData()))
        return refused({.error = errorOf(nullptr, sql)});
    std::optional<CopyRefusal> failure;
    qint64 taken = 0;
    for (PgResult result = nextResult(); result; result = nextResult()) {
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN) {
            PQsetnonblocking(m_pg.native, 1);
            (void)sendRows(rows);
            PQsetnonblocking(m_pg.native, 0);
        } else if (status == PGRES_COMMAND_OK) {
            taken += QByteArray(PQcmdTuples(result.get())).toLongLong();
        } else if (!failure) {
            failure = copyRefused(result.get(), sql);
        }
        if (PQstatus(m_pg.native) != CONNECTION_OK)
            break;
    }
    if (!failure && !isOpen())
        failure = CopyRefusal{.error = errorOf(nullptr, sql)};
    if (failure)
        return refused(*std::move(failure));
    report(sql, timer.nsecsElapsed() / 1000, taken, nullptr);
    return taken;
}

}  // namespace dewpoint::drivers
