// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "runtime/job.h"
#include "runtime/session.h"
#include "sql/statements.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace dewpoint::query {

/// One statement on its way to the server, with its place in the editor.
struct Request {
    QString sql;
    qsizetype start = 0;    ///< UTF-16 offset in the editor's text
    int number = 1;         ///< place in the run, 1-based
    bool everyRow = false;  ///< UPDATE or DELETE without WHERE
    bool plain = false;     ///< isPlainRead()
    bool agreed = false;    ///< to its writing, though it looks like a query
};

/// What came of a statement.
struct Outcome {
    Request request;
    RowBatch batch;  ///< empty when it failed
    std::optional<Error> error;
    qint64 microseconds = 0;
    bool inTransaction = false;  ///< state of the connection afterwards
    bool first = false;          ///< only the first rows were asked for; there may be more to load
};

/// Carries outcomes from the lane to the page while the run goes on.
class Progress final : public QObject
{
    Q_OBJECT
Q_SIGNALS:
    void finished(const std::shared_ptr<dewpoint::query::Outcome>& outcome);
};

/// Dies on the thread it was made on, whichever side lets go last.
std::shared_ptr<Progress> makeProgress();

/// The statements of a script, or of the part between two offsets.
QList<Request> requestsOf(const QString& text, const QList<sql::Statement>& statements, Engine engine);

/// True when stopping to read early, or reading again, changes nothing: a plain query.
bool isPlainRead(const QString& statement, Engine engine);

/// True for statements after which the catalog may be another one.
bool changesSchema(const QString& statement, Engine engine);

/// What of a result is read into memory: of a plain query no more than so many rows (-1: all), and of
/// anything no more than a result may take. Where writes are asked about, a query may not write: it might
/// call a function that does.
drivers::Limits limitsFor(const Request& request, qint64 maxRows, drivers::Guard guard);

/// Runs them one after another on this connection, up to the first failure; blocking.
Result<> runAll(drivers::Connection& connection, const runtime::StopToken& stop,
                const QList<Request>& requests, qint64 maxRows, Progress& progress);

}  // namespace dewpoint::query
