// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/run.h"

#include "base/words.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

// A longer text or blob is read as a preview, so that one cell cannot fill the memory.
constexpr qint64 maxCellBytes = 1024 * 1024;

Outcome runOne(drivers::Connection& connection, const Request& request, qint64 maxRows)
{
    Outcome outcome{.request = request};
    QElapsedTimer clock;
    clock.start();
    // A statement that writes is never cut short: PostgreSQL would take its changes back.
    const drivers::Limits limits{.maxRows = isPlainRead(request.sql) ? maxRows : -1,
                                 .maxCellBytes = maxCellBytes};
    Result<RowBatch> batch = connection.query(request.sql, {}, limits);
    outcome.microseconds = clock.nsecsElapsed() / 1000;
    outcome.inTransaction = connection.isOpen() && connection.inTransaction();
    if (batch)
        outcome.batch = std::move(*batch);
    else
        outcome.error = batch.error();
    return outcome;
}

}  // namespace

std::shared_ptr<Progress> makeProgress()
{
    return {new Progress, [](Progress* progress) { progress->deleteLater(); }};
}

QList<Request> requestsOf(const QString& text, const QList<sql::Statement>& statements, Engine engine)
{
    QList<Request> requests;
    for (const sql::Statement& statement : statements) {
        const QString sqlText = text.mid(statement.start, statement.length);
        if (sqlText.trimmed().isEmpty())
            continue;
        requests.append({.sql = sqlText,
                         .start = statement.start,
                         .number = static_cast<int>(requests.size()) + 1,
                         .everyRow = sql::changesEveryRow(sqlText, engine)});
    }
    return requests;
}

bool isPlainRead(const QString& statement)
{
    static const QStringList reading{u"SELECT"_s, u"VALUES"_s, u"TABLE"_s, u"WITH"_s};
    static const QRegularExpression writing(u"\\b(INSERT|UPDATE|DELETE|MERGE|INTO)\\b"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return reading.contains(sql::leadingKeyword(statement)) && !statement.contains(writing);
}

bool changesSchema(const QString& statement)
{
    static const QStringList words{u"CREATE"_s,   u"ALTER"_s,  u"DROP"_s,    u"COMMENT"_s,
                                   u"ROLLBACK"_s, u"DO"_s,     u"CALL"_s,    u"ATTACH"_s,
                                   u"DETACH"_s,   u"IMPORT"_s, u"TRUNCATE"_s};
    static const QRegularExpression selectInto(u"\\bINTO\\b"_s, QRegularExpression::CaseInsensitiveOption);
    const QString first = sql::leadingKeyword(statement);
    return words.contains(first) || (first == u"SELECT" && statement.contains(selectInto));
}

Result<> runAll(drivers::Connection& connection, const runtime::StopToken& stop,
                const QList<Request>& requests, qint64 maxRows, Progress& progress)
{
    for (const Request& request : requests) {
        if (stop.stopRequested())
            return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
        auto outcome = std::make_shared<Outcome>(runOne(connection, request, maxRows));
        const std::optional<Error> error = outcome->error;
        Q_EMIT progress.finished(outcome);
        if (error)
            return fail(*error);
    }
    return {};
}

}  // namespace dewpoint::query
