// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_connection.h"

#include "base/words.h"
#include "drivers/postgres_canceller.h"
#include "drivers/postgres_error.h"
#include "drivers/postgres_reader.h"
#include "drivers/postgres_statement.h"
#include "drivers/postgres_values.h"
#include "sql/statements.h"

#include <QElapsedTimer>

#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

namespace dewpoint::drivers {

namespace {

constexpr int pollMilliseconds = 50;
// A server that does not even react to a cancel is given up: the network may be gone.
constexpr qint64 patienceMilliseconds = 5000;
// Clean-up is not cancelled, but it may not wait for such a server for ever either.
constexpr qint64 shelteredMilliseconds = 30'000;

/// The same SQLSTATE as a cancel, but nobody here asked for one. The words are in the server's language.
Error endedByServer(Error error)
{
    error.kind = ErrorKind::Other;
    error.hint = Words::tr("The server ended it: by its statement_timeout, or an administrator did. A larger "
                           "limit may be set for the role or the database, or for one query tab with SET.");
    return error;
}

/// What a SET changes lasts only when its transaction is committed. Nothing else is: there are functions
/// that write in a read-only transaction (lo_create before PostgreSQL 16).
bool setsSession(const QString& verb)
{
    static const QStringList verbs{QStringLiteral("SET"), QStringLiteral("RESET"), QStringLiteral("LISTEN"),
                                   QStringLiteral("UNLISTEN")};
    return verbs.contains(verb);
}

/// COMMIT of an aborted transaction is no error to the server; only its answer says ROLLBACK
/// (PostgreSQL manual, "COMMIT"). `number` counts the statements of a script.
std::optional<Error> rolledBackInstead(const pg_result* result, const QString& sql, qsizetype number)
{
    auto* words = const_cast<pg_result*>(result);  // libpq's reader lacks a const
    if (qstrcmp(PQcmdStatus(words), "ROLLBACK") != 0)
        return std::nullopt;
    const QList<sql::Statement> statements = sql::split(sql, Engine::Postgres);
    const sql::Statement statement =
        number < statements.size() ? statements[number] : sql::Statement{.length = sql.size()};
    const QString verb = sql::leadingKeyword(sql.mid(statement.start, statement.length));
    if (verb == QLatin1String("ROLLBACK") || verb == QLatin1String("ABORT"))
        return std::nullopt;
    return Error{.message = Words::tr("Nothing was committed: the transaction had failed before, and the "
                                      "server rolled it back."),
                 .hint = Words::tr("Run its statements again, from BEGIN on.")};
}

}  // namespace

PostgresConnection::PostgresConnection(Target target, PostgresHandle handle)
    : m_target(std::move(target))
    , m_pg(std::move(handle))
    , m_canceller(std::make_shared<PostgresCanceller>(m_pg.native))
    , m_interrupt(std::make_shared<std::function<void()>>([canceller = m_canceller] { canceller->cancel(); }))
{}

PostgresConnection::~PostgresConnection() = default;

Result<std::unique_ptr<Connection>> PostgresConnection::open(const Target& target, StopAsked stop)
{
    auto handle = openPostgres(target, stop);
    if (!handle)
        return fail(handle.error());
    if (auto supported = checkServerVersion(PQserverVersion(handle->native), target.displayName());
        !supported)
        return fail(supported.error());
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(target, *std::move(handle)));
    connection->setStopAsked(std::move(stop));
    if (auto configured = connection->configure(); !configured)
        return fail(configured.error());
    return connection;
}

Result<> PostgresConnection::configure()
{
    PQsetNoticeProcessor(m_pg.native, [](void*, const char*) {}, nullptr);
    // What a role or a database may have set otherwise, and values are read by.
    QByteArray settings = "SET client_encoding TO 'UTF8'; SET datestyle TO 'ISO'; SET bytea_output TO 'hex';"
                          "SET extra_float_digits TO 1";
    if (m_target.guard == Guard::ReadOnly)
        settings += "; SET default_transaction_read_only TO on";
    return runScript(settings);
}

bool PostgresConnection::isOpen() const
{
    // An idle server says nothing; what can be read now is its farewell. In a transaction the next
    // statement has to fail instead: a new session would not have what was done in it.
    constexpr int farewell = 8;
    for (int i = 0; i < farewell && PQtransactionStatus(m_pg.native) == PQTRANS_IDLE; ++i) {
        pollfd socket{.fd = PQsocket(m_pg.native), .events = POLLIN, .revents = 0};
        if (poll(&socket, 1, 0) <= 0 || !PQconsumeInput(m_pg.native))
            break;
    }
    return PQstatus(m_pg.native) == CONNECTION_OK;
}

QString PostgresConnection::serverVersion() const
{
    return QString::fromUtf8(PQparameterStatus(m_pg.native, "server_version"))
        .section(QLatin1Char(' '), 0, 0);
}

int PostgresConnection::serverVersionNumber() const
{
    return PQserverVersion(m_pg.native);
}

bool PostgresConnection::inTransaction() const
{
    const auto status = PQtransactionStatus(m_pg.native);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

Error PostgresConnection::errorOf(const pg_result* result, const QString& sql) const
{
    if (PQstatus(m_pg.native) == CONNECTION_OK) {
        Error error = postgresError(result, sql);
        if (error.kind != ErrorKind::Cancelled)
            return error;
        return m_canceller->wasAsked() || stopping()->requested() ? cancelledError()
                                                                  : endedByServer(std::move(error));
    }
    return Error{.kind = ErrorKind::Connection,
                 .message = Words::tr("The connection to %1 was lost.").arg(m_target.displayName()),
                 .detail = QString::fromUtf8(PQerrorMessage(m_pg.native)).simplified(),
                 .hint = Words::tr("It is opened again at the next action; unsaved edits are kept.")};
}

// A read-only guard must also stand against "BEGIN READ WRITE" and "SET default_transaction…":
// inside a transaction that has read once, the server refuses to leave read-only mode.
Result<> PostgresConnection::guarded(const QString& sql, const QList<Value>& parameters,
                                     PostgresReader& reader)
{
    if (m_target.guard != Guard::ReadOnly && reader.limits().readOnly)
        return readOnly(sql, parameters, reader);
    if (m_target.guard != Guard::ReadOnly)
        return run(sql, parameters, reader, inTransaction() ? Rest::Read : Rest::Cancel);
    if (PQtransactionStatus(m_pg.native) != PQTRANS_IDLE) {
        (void)runScript("SELECT 1");  // "COMMIT AND CHAIN" began one that has not read yet
        return run(sql, parameters, reader, Rest::Read);
    }
    const QString verb = sql::leadingKeyword(sql);
    if (verb == QLatin1String("BEGIN") || verb == QLatin1String("START"))
        return runScript("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1");
    auto done = runScript("BEGIN READ ONLY; SELECT 1");
    if (done)
        done = run(sql, parameters, reader, Rest::Cancel);
    return ended(std::move(done), setsSession(verb));
}

/// Inside a transaction of the user's it is a subtransaction, which may be read-only by itself, and of
/// which nothing needs to stay.
Result<> PostgresConnection::readOnly(const QString& sql, const QList<Value>& parameters,
                                      PostgresReader& reader)
{
    const bool inside = inTransaction();
    auto done = runScript(inside ? "SAVEPOINT dewpoint_read; SET TRANSACTION READ ONLY; SELECT 1"
                                 : "BEGIN READ ONLY; SELECT 1");
    if (!done)
        return done;
    done = run(sql, parameters, reader, Rest::Cancel);
    if (!inside)
        return ended(std::move(done), true);
    const Sheltered cleanUp(*this);
    auto back = runScript("ROLLBACK TO SAVEPOINT dewpoint_read; RELEASE SAVEPOINT dewpoint_read");
    return done ? back : done;
}

Result<> PostgresConnection::ended(Result<> done, bool keep)
{
    if (!inTransaction())
        return done;
    const Sheltered cleanUp(*this);
    const bool well = done && keep && PQtransactionStatus(m_pg.native) == PQTRANS_INTRANS;
    auto last = runScript(well ? "COMMIT" : "ROLLBACK");
    return done ? last : done;
}

Result<> PostgresConnection::run(const QString& sql, const QList<Value>& parameters, PostgresReader& reader,
                                 Rest rest)
{
    const PostgresStatement statement(*m_canceller, !stopping()->isSheltered());
    if (stopping()->requested())
        return fail(cancelledError());
    if (auto whole = checkWhole(sql); !whole)
        return whole;
    const PostgresParameters values(parameters);
    if (auto whole = values.checkWhole(); !whole)
        return whole;
    if (!PQsendQueryParams(m_pg.native, sql.toUtf8().constData(), values.count(), nullptr, values.pointers(),
                           nullptr, nullptr, 0))
        return fail(errorOf(nullptr, sql));
    PQsetSingleRowMode(m_pg.native);
    return receive(sql, reader, rest);
}

Result<> PostgresConnection::runScript(const QByteArray& script)
{
    const PostgresStatement statement(*m_canceller, !stopping()->isSheltered());
    if (stopping()->requested())
        return fail(cancelledError());
    const QString sql = QString::fromUtf8(script);
    if (auto whole = checkWhole(sql); !whole)
        return whole;
    if (!PQsendQuery(m_pg.native, script.constData()))
        return fail(errorOf(nullptr, sql));
    const RowSink forget = [](const QList<ColumnInfo>&, std::vector<Value>&) { return true; };
    PostgresReader reader(forget);
    return receive(sql, reader, Rest::Read);
}

/// PQgetResult blocks for ever when the network is gone; this one hears a stop, and sends the server a cancel.
PostgresConnection::PgResult PostgresConnection::nextResult()
{
    QElapsedTimer sinceStop;
    while (PQisBusy(m_pg.native)) {
        pollfd socket{.fd = PQsocket(m_pg.native), .events = POLLIN, .revents = 0};
        const int ready = poll(&socket, 1, pollMilliseconds);
        if (ready != 0 && !PQconsumeInput(m_pg.native))
            break;  // PQgetResult tells what happened
        if (ready != 0 || !stopping()->isWanted())
            continue;
        m_canceller->cancel();
        losePatience(sinceStop);
    }
    return {PQgetResult(m_pg.native), &PQclear};
}

void PostgresConnection::losePatience(QElapsedTimer& sinceStop)
{
    if (!sinceStop.isValid())
        sinceStop.start();
    if (sinceStop.elapsed() > (stopping()->isSheltered() ? shelteredMilliseconds : patienceMilliseconds))
        shutdown(PQsocket(m_pg.native), SHUT_RDWR);
}

Result<> PostgresConnection::receive(const QString& sql, PostgresReader& reader, Rest rest)
{
    std::optional<Error> failure;
    bool cut = false;
    qsizetype number = 0;
    for (PgResult result = nextResult(); result; result = nextResult()) {
        if (auto error = failureOf(result.get(), sql, number)) {
            const bool expected = cut && error->kind == ErrorKind::Cancelled;
            if (!failure && !expected)
                failure = std::move(error);
        } else if (reader.take(result.get()) == PostgresReader::Wish::Enough && rest == Rest::Cancel) {
            m_canceller->cancelOnce();
            cut = true;
        }
        number += PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE ? 0 : 1;
    }
    if (!failure && !isOpen())
        failure = errorOf(nullptr, sql);
    if (failure)
        return fail(*std::move(failure));
    return {};
}

std::optional<Error> PostgresConnection::failureOf(const pg_result* result, const QString& sql,
                                                   qsizetype number)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK: return rolledBackInstead(result, sql, number);
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH: return refuseCopy(result);
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE: return errorOf(result, sql);
    default: return std::nullopt;
    }
}

std::optional<Error> PostgresConnection::refuseCopy(const pg_result* result)
{
    if (PQresultStatus(result) == PGRES_COPY_IN) {
        PQputCopyEnd(m_pg.native, "no data was given");
        return Error{.kind = ErrorKind::Unsupported,
                     .message = Words::tr("COPY … FROM STDIN does not run here."),
                     .hint = Words::tr("Import the file, or use INSERT statements.")};
    }
    char* line = nullptr;
    while (PQgetCopyData(m_pg.native, &line, 0) > 0)
        PQfreemem(line);
    return Error{.kind = ErrorKind::Unsupported,
                 .message = Words::tr("COPY … TO STDOUT does not run here."),
                 .hint = Words::tr("Run the query itself and export its result.")};
}

void PostgresConnection::nameTypes(QList<ColumnInfo>& columns, const QList<int>& modifiers)
{
    const auto keyOf = [&](qsizetype i) {
        return QStringLiteral("%1:%2").arg(columns[i].typeOid).arg(modifiers[i]);
    };
    QStringList unknown;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (!m_typeNames.contains(keyOf(i)))
            unknown << QStringLiteral("(%1,%2)").arg(columns[i].typeOid).arg(modifiers[i]);
    }
    if (!unknown.isEmpty() && PQtransactionStatus(m_pg.native) != PQTRANS_INERROR) {
        const QString sql =
            QStringLiteral("SELECT o, m, pg_catalog.format_type(o::oid, m) FROM (VALUES %1) v(o, m)")
                .arg(unknown.join(QLatin1Char(',')));
        PostgresReader names(Limits{});
        (void)run(sql, {}, names, Rest::Read);
        const RowBatch& rows = names.batch();
        for (int i = 0; i < rows.rowCount(); ++i) {
            m_typeNames.insert(displayText(rows.at(i, 0)) + QLatin1Char(':') + displayText(rows.at(i, 1)),
                               displayText(rows.at(i, 2)));
        }
    }
    for (qsizetype i = 0; i < columns.size(); ++i)
        columns[i].type = m_typeNames.value(keyOf(i));
}

Result<RowBatch> PostgresConnection::query(const QString& sql, const QList<Value>& parameters, Limits limits)
{
    QElapsedTimer timer;
    timer.start();
    PostgresReader reader(limits);
    const auto done = guarded(sql, parameters, reader);
    report(sql, timer.nsecsElapsed() / 1000, done ? reader.count() : 0, done ? nullptr : &done.error());
    if (!done)
        return fail(done.error());
    if (!reader.batch().columns.isEmpty())
        nameTypes(reader.batch().columns, reader.modifiers());
    return std::move(reader.batch());
}

Result<> PostgresConnection::stream(const QString& sql, const QList<Value>& parameters, const RowSink& sink)
{
    QElapsedTimer timer;
    timer.start();
    PostgresReader reader(sink);
    auto done = guarded(sql, parameters, reader);
    report(sql, timer.nsecsElapsed() / 1000, done ? reader.count() : 0, done ? nullptr : &done.error());
    return done;
}

Result<> PostgresConnection::executeScript(const QByteArray& script)
{
    if (m_target.guard == Guard::ReadOnly)
        return fail(ErrorKind::ReadOnly, Words::tr("The connection is read-only."),
                    Words::tr("Change its guard level to run scripts."));
    QElapsedTimer timer;
    timer.start();
    auto done = runScript(script);
    report(QString::fromUtf8(script), timer.nsecsElapsed() / 1000, 0, done ? nullptr : &done.error());
    return done;
}

Result<> PostgresConnection::backupTo(const QString&)
{
    return fail(ErrorKind::Unsupported, Words::tr("PostgreSQL is backed up with pg_dump."));
}

Result<> PostgresConnection::copyFrom(Connection&)
{
    return fail(ErrorKind::Unsupported, Words::tr("A PostgreSQL database is copied on its server."));
}

}  // namespace dewpoint::drivers
