// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// One statement for many rows, sent as a pipeline: a commit does not wait for the server at each row.
#include "base/words.h"
#include "drivers/postgres_connection.h"
#include "drivers/postgres_statement.h"
#include "drivers/postgres_values.h"

#include <QElapsedTimer>

#include <libpq-fe.h>

namespace dewpoint::drivers {

namespace {

constexpr qsizetype flushedBytes = 64 * 1024;
constexpr const char* unnamed = "";  // the server forgets it at the next one

Outcome outcomeOf(pg_result* result, qint64 maxCellBytes)
{
    Outcome outcome;
    const QByteArray number = PQcmdTuples(result);
    if (!number.isEmpty() && qstrncmp(PQcmdStatus(result), "SELECT", 6) != 0)
        outcome.affected = number.toLongLong();
    for (int i = 0; PQntuples(result) > 0 && i < PQnfields(result); ++i) {
        qint64 fullSize = -1;
        outcome.cells.push_back(postgresCell(result, i, maxCellBytes, &fullSize));
        if (fullSize >= 0)
            outcome.cut.emplace_back(i, fullSize);
    }
    return outcome;
}

}  // namespace

Result<std::vector<Outcome>> PostgresConnection::queryEach(const QString& sql, const QList<Parameters>& rows,
                                                           qint64 maxCellBytes)
{
    QElapsedTimer timer;
    timer.start();
    std::vector<Outcome> outcomes;
    outcomes.reserve(static_cast<size_t>(rows.size()));
    const Result<> done = m_target.guard == Guard::ReadOnly
                              ? fail(ErrorKind::ReadOnly, Words::tr("The connection is read-only."))
                              : runEach(sql, rows, maxCellBytes, outcomes);
    qint64 count = 0;
    for (const Outcome& outcome : outcomes)
        count += outcome.rows();
    report(sql, timer.nsecsElapsed() / 1000, count, done ? nullptr : &done.error());
    if (!done)
        return fail(done.error());
    return outcomes;
}

Result<> PostgresConnection::runEach(const QString& sql, const QList<Parameters>& rows, qint64 maxCellBytes,
                                     std::vector<Outcome>& outcomes)
{
    const PostgresStatement statement(*m_canceller, !stopping()->isSheltered());
    if (stopping()->requested())
        return fail(cancelledError());
    if (auto whole = checkWhole(sql); !whole)
        return whole;
    if (!PQenterPipelineMode(m_pg.native))
        return fail(errorOf(nullptr, sql));
    PQsetnonblocking(m_pg.native, 1);
    const Result<> sent = sendEach(sql, rows);
    // Also after a failure: without it the server would not say that it is done.
    if (PQpipelineSync(m_pg.native))
        (void)flushed();
    const Result<> received = receiveEach(sql, maxCellBytes, outcomes);
    PQsetnonblocking(m_pg.native, 0);
    PQexitPipelineMode(m_pg.native);
    return received ? sent : received;
}

Result<> PostgresConnection::sendEach(const QString& sql, const QList<Parameters>& rows)
{
    if (!PQsendPrepare(m_pg.native, unnamed, sql.toUtf8().constData(), 0, nullptr))
        return fail(errorOf(nullptr, sql));
    qsizetype waiting = 0;
    for (const Parameters row : rows) {
        const PostgresParameters values(row);
        if (auto whole = values.checkWhole(); !whole)
            return whole;
        if (!PQsendQueryPrepared(m_pg.native, unnamed, values.count(), values.pointers(), nullptr, nullptr,
                                 0))
            return fail(errorOf(nullptr, sql));
        waiting += values.bytes();
        if (waiting < flushedBytes)
            continue;
        // What the server answers meanwhile is taken in, or both sides would wait for each other.
        if (!flushed())
            return fail(errorOf(nullptr, sql));
        waiting = 0;
    }
    return {};
}

Result<> PostgresConnection::receiveEach(const QString& sql, qint64 maxCellBytes,
                                         std::vector<Outcome>& outcomes)
{
    std::optional<Error> failure;
    bool prepared = false;
    while (PQstatus(m_pg.native) == CONNECTION_OK) {
        const PgResult result = nextResult();
        if (!result)
            continue;  // between two statements
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_PIPELINE_SYNC)
            break;
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
            if (std::exchange(prepared, true))
                outcomes.push_back(outcomeOf(result.get(), maxCellBytes));
        } else if (status != PGRES_PIPELINE_ABORTED && !failure) {
            failure = errorOf(result.get(), sql);
        }
    }
    if (!failure && PQstatus(m_pg.native) != CONNECTION_OK)
        failure = errorOf(nullptr, sql);
    if (failure)
        return fail(*std::move(failure));
    return {};
}

}  // namespace dewpoint::drivers
