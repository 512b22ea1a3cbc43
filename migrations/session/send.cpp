// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "session/send.h"

#include "sql/statements.h"

#include <QElapsedTimer>

#include <algorithm>

namespace dewpoint::session {

namespace {

/// What SQLite has changed in this session, whoever did it; -1 where that cannot be told.
qint64 changedSoFar(drivers::Connection& connection)
{
    if (connection.engine() != Engine::Sqlite)
        return -1;
    const auto total = connection.scalar(QStringLiteral("SELECT total_changes()"));
    const auto* number = total ? std::get_if<qint64>(&*total) : nullptr;
    return number ? *number : -1;
}

bool isAsked(const QString& statement)
{
    static const QStringList verbs{QStringLiteral("SELECT"), QStringLiteral("VALUES"),
                                   QStringLiteral("TABLE"), QStringLiteral("SHOW"),
                                   QStringLiteral("EXPLAIN")};
    return verbs.contains(sql::leadingKeyword(statement));
}

/// Rows come from the server's answer, which a script's call does not give.
Result<> sendPostgres(drivers::Connection& connection, const QString& statement, Sent& done)
{
    return connection.query(statement, {}, {.maxRows = 0, .toTheEnd = true})
        .transform([&](const RowBatch& batch) { done.rows = isAsked(statement) ? -1 : batch.affected; });
}

Result<> sendSqlite(drivers::Connection& connection, const QString& statement, Sent& done)
{
    const qint64 before = changedSoFar(connection);
    const auto ran = connection.executeScript(statement.toUtf8());
    const qint64 after = changedSoFar(connection);
    done.rows = before >= 0 && after > before ? after - before : -1;
    return ran;
}

/// One statement of its own, or the whole piece where it could mean something else in parts.
Result<> sendWatched(drivers::Connection& connection, const QString& text, int lineOfText,
                     const StatementWatch& watch)
{
    const Engine engine = connection.engine();
    const auto statements = sql::split(text, engine);
    const bool apart = engine == Engine::Sqlite
                       || (connection.inTransaction() && !project::controlsTransaction(text, engine));
    const auto timed = [&](Sent done, auto run) -> Result<> {
        QElapsedTimer timer;
        timer.start();
        auto ran = run(done);
        done.microseconds = timer.nsecsElapsed() / 1000;
        if (ran)
            watch(done);
        return ran;
    };
    if (!apart) {
        return timed({.text = text.trimmed(),
                      .line = lineOfText + (statements.isEmpty() ? 0 : statements.first().line - 1),
                      .statements = std::max(1, static_cast<int>(statements.size()))},
                     [&](Sent&) { return connection.executeScript(text.toUtf8()); });
    }
    for (const sql::Statement& statement : statements) {
        const QString one = text.mid(statement.start, statement.length);
        auto ran = timed({.text = one, .line = lineOfText + statement.line - 1}, [&](Sent& done) {
            return engine == Engine::Sqlite ? sendSqlite(connection, one, done)
                                            : sendPostgres(connection, one, done);
        });
        if (ran)
            continue;
        Error error = ran.error();
        error.position = static_cast<int>(statement.start) + std::max(0, error.position);
        return fail(std::move(error));
    }
    return {};
}

}  // namespace

Result<> send(drivers::Connection& connection, const project::Script& script, int first,
              const std::function<Result<>(int)>& sent, const StatementWatch& watch)
{
    for (int i = first; i < script.pieces.size(); ++i) {
        const auto& piece = script.pieces[i];
        const QByteArray text = script.text.sliced(piece.start, piece.length);
        const QByteArray above = script.text.first(piece.start);
        auto ran = watch ? sendWatched(connection, QString::fromUtf8(text),
                                       static_cast<int>(above.count('\n')) + 1, watch)
                         : connection.executeScript(text);
        if (ran && sent)
            ran = sent(i + 1);
        if (ran)
            continue;
        Error error = ran.error();
        const qsizetype before = QString::fromUtf8(above).size();
        if (error.position >= 0)
            error.position += static_cast<int>(before);
        else if (script.pieces.size() > 1 && error.kind != ErrorKind::Cancelled)
            error.position = static_cast<int>(before);
        return fail(std::move(error));
    }
    return {};
}

}  // namespace dewpoint::session
