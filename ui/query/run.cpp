// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "query/run.h"

#include "base/words.h"
#include "sql/lexer.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::query {

namespace {

// A longer text or blob is read as a preview, so that one cell cannot fill the memory.
constexpr qint64 maxCellBytes = 1024 * 1024;
// Nor may a whole result, whoever wrote the statement.
constexpr qint64 maxResultBytes = 256 * 1024 * 1024;

/// The bare words of a statement in upper case: none out of a text, a comment or a quoted name.
QStringList wordsOf(const QString& statement, Engine engine)
{
    QStringList words;
    for (sql::Token token = sql::nextToken(statement, 0, engine); token.kind != sql::TokenKind::End;
         token = sql::nextToken(statement, token.start + token.length, engine)) {
        if (token.kind == sql::TokenKind::Word)
            words += token.text(statement).toString().toUpper();
    }
    return words;
}

Outcome runOne(drivers::Connection& connection, const Request& request, qint64 maxRows)
{
    Outcome outcome{.request = request};
    QElapsedTimer clock;
    clock.start();
    const drivers::Limits limits = limitsFor(request, maxRows, connection.target().guard);
    outcome.first = limits.maxRows >= 0;
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
                         .everyRow = sql::changesEveryRow(sqlText, engine),
                         .plain = isPlainRead(sqlText, engine)});
    }
    return requests;
}

bool isPlainRead(const QString& statement, Engine engine)
{
    static const QStringList reading{u"SELECT"_s, u"VALUES"_s, u"TABLE"_s, u"WITH"_s};
    static const QStringList writing{u"INSERT"_s, u"UPDATE"_s, u"DELETE"_s, u"MERGE"_s, u"INTO"_s};
    const auto writes = [](const QString& word) { return writing.contains(word); };
    return reading.contains(sql::leadingKeyword(statement))
           && std::ranges::none_of(wordsOf(statement, engine), writes);
}

bool changesSchema(const QString& statement, Engine engine)
{
    static const QStringList words{u"CREATE"_s,   u"ALTER"_s,  u"DROP"_s,   u"COMMENT"_s, u"ROLLBACK"_s,
                                   u"DO"_s,       u"CALL"_s,   u"ATTACH"_s, u"DETACH"_s,  u"IMPORT"_s,
                                   u"TRUNCATE"_s, u"COMMIT"_s, u"END"_s,    u"ABORT"_s};
    const QString first = sql::leadingKeyword(statement);
    return words.contains(first) || (first == u"SELECT" && wordsOf(statement, engine).contains(u"INTO"));
}

// A statement that may write is never cut short: PostgreSQL would take its changes back.
drivers::Limits limitsFor(const Request& request, qint64 maxRows, drivers::Guard guard)
{
    return {.maxRows = request.plain ? maxRows : -1,
            .maxCellBytes = maxCellBytes,
            .maxBytes = maxResultBytes,
            .toTheEnd = !request.plain,
            .readOnly = guard == drivers::Guard::ConfirmWrites && request.plain && !request.agreed};
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
