// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/postgres_connection.h"

#include "drivers/conninfo.h"
#include "drivers/postgres_error.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QUuid>
#include <QVariant>

#include <libpq-fe.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace dewpoint::drivers {

namespace {

using PgResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

constexpr Oid byteaOid = 17;

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

QString quotedOption(QString value)
{
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    value.replace(QLatin1Char('\''), QLatin1String("\\'"));
    return QLatin1Char('\'') + value + QLatin1Char('\'');
}

/// What PQexecParams wants: texts and null pointers; blobs as the \x form that any bytea reads.
class Parameters final
{
public:
    explicit Parameters(const QList<Value>& values)
    {
        m_texts.reserve(values.size());
        for (const Value& value : values)
            m_texts.append(encoded(value));
        for (qsizetype i = 0; i < values.size(); ++i)
            m_pointers.push_back(isNull(values[i]) ? nullptr : m_texts[i].constData());
    }
    int count() const { return static_cast<int>(m_pointers.size()); }
    const char* const* pointers() const { return m_pointers.data(); }

private:
    static QByteArray encoded(const Value& value)
    {
        if (const auto* blob = std::get_if<Blob>(&value))
            return "\\x" + blob->bytes.toHex();
        if (const auto* text = std::get_if<Text>(&value))
            return text->utf8.isNull() ? QByteArray("") : text->utf8;
        return displayText(value).toUtf8();
    }
    QList<QByteArray> m_texts;
    std::vector<const char*> m_pointers;
};

QByteArray unhexed(const char* text, int size)
{
    if (size >= 2 && text[0] == '\\' && text[1] == 'x')
        return QByteArray::fromHex(QByteArray::fromRawData(text + 2, size - 2));
    size_t length = 0;
    unsigned char* bytes = PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &length);
    QByteArray result(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(length));
    PQfreemem(bytes);
    return result;
}

/// fullSize is set to the whole size when the value was cut, and left alone otherwise.
Value readCell(const PGresult* result, int column, qint64 limit, qint64* fullSize)
{
    if (PQgetisnull(result, 0, column))
        return Null{};
    const char* text = PQgetvalue(result, 0, column);
    int size = PQgetlength(result, 0, column);
    if (PQftype(result, column) == byteaOid) {
        Blob blob{unhexed(text, limit >= 0 && size > 2 * limit + 2 ? static_cast<int>(2 * limit + 2) : size)};
        if (limit >= 0 && size > 2 * limit + 2)
            *fullSize = (size - 2) / 2;
        return blob;
    }
    if (limit >= 0 && size > limit) {
        *fullSize = size;
        size = static_cast<int>(limit);
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
            --size;  // do not cut inside a UTF-8 sequence
    }
    return Text{QByteArray(text, size)};
}

}  // namespace

struct PostgresConnection::Shared {
    std::mutex mutex;
    std::condition_variable idle;
    PGcancel* cancel = nullptr;
    int underWay = 0;

    /// A cancel that is still on its way must not hit the next statement.
    void waitForCancels()
    {
        std::unique_lock lock(mutex);
        idle.wait(lock, [this] { return underWay == 0; });
    }
};

struct PostgresConnection::Reading {
    Limits limits;
    const RowSink* sink = nullptr;
    RowBatch batch;
    QList<int> modifiers;
    std::vector<Value> row;
    bool stopped = false;
};

PostgresConnection::PostgresConnection(Target target, QString name)
    : m_target(std::move(target)), m_name(std::move(name)), m_shared(std::make_shared<Shared>())
{
    // PQcancel talks to the server and may block: never on the caller's (GUI) thread.
    m_interrupt = Interrupt(std::make_shared<std::function<void()>>([shared = m_shared] {
        {
            const std::lock_guard lock(shared->mutex);
            if (!shared->cancel)
                return;
            ++shared->underWay;
        }
        std::thread([shared] {
            char words[256];
            PQcancel(shared->cancel, words, sizeof words);
            const std::lock_guard lock(shared->mutex);
            --shared->underWay;
            shared->idle.notify_all();
        }).detach();
    }));
}

PostgresConnection::~PostgresConnection()
{
    m_shared->waitForCancels();
    {
        const std::lock_guard lock(m_shared->mutex);
        PQfreeCancel(m_shared->cancel);
        m_shared->cancel = nullptr;
    }
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<Connection>> PostgresConnection::open(const Target& target)
{
    std::unique_ptr<PostgresConnection> connection(
        new PostgresConnection(target, QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (auto opened = connection->openDriver(); !opened)
        return fail(opened.error());
    if (auto configured = connection->configure(); !configured)
        return fail(configured.error());
    return connection;
}

Result<> PostgresConnection::openDriver()
{
    const auto pairs = parseConninfo(m_target.location);
    if (!pairs)
        return fail(pairs.error());
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name);
    QStringList options{QStringLiteral("fallback_application_name=dewpoint")};
    bool timeout = false;
    for (const auto& [key, value] : *pairs) {
        timeout = timeout || key == QLatin1String("connect_timeout");
        if (key != QLatin1String("password"))
            options << key + QLatin1Char('=') + quotedOption(value);
        else
            database.setPassword(value);
    }
    if (!timeout && qEnvironmentVariableIsEmpty("PGCONNECT_TIMEOUT"))
        options << QStringLiteral("connect_timeout=10");
    if (!m_target.password.isEmpty())
        database.setPassword(m_target.password);
    database.setConnectOptions(options.join(QLatin1Char(' ')));
    if (!database.open())
        return fail(postgresConnectionError(database.lastError().databaseText(), m_target.displayName()));
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "pg_conn*") != 0)
        return fail(ErrorKind::Unsupported, tr("Qt's PostgreSQL driver gives no native handle."));
    m_pg = *static_cast<PGconn* const*>(handle.constData());
    m_shared->cancel = PQgetCancel(m_pg);
    return {};
}

Result<> PostgresConnection::configure()
{
    PQsetNoticeProcessor(m_pg, [](void*, const char*) {}, nullptr);
    for (const char* setting :
         {"SET client_encoding TO 'UTF8'", "SET datestyle TO 'ISO'", "SET bytea_output TO 'hex'"}) {
        if (auto set = command(setting); !set)
            return set;
    }
    return m_target.guard == Guard::ReadOnly ? command("SET default_transaction_read_only TO on")
                                             : Result<>{};
}

bool PostgresConnection::isOpen() const
{
    return m_pg && PQstatus(m_pg) == CONNECTION_OK;
}

QString PostgresConnection::serverVersion() const
{
    return QString::fromUtf8(PQparameterStatus(m_pg, "server_version")).section(QLatin1Char(' '), 0, 0);
}

int PostgresConnection::serverVersionNumber() const
{
    return PQserverVersion(m_pg);
}

bool PostgresConnection::inTransaction() const
{
    if (!m_pg)
        return false;
    const auto status = PQtransactionStatus(m_pg);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

Error PostgresConnection::errorOf(const pg_result* result, const QString& sql) const
{
    if (PQstatus(m_pg) != CONNECTION_OK) {
        return Error{.kind = ErrorKind::Connection,
                     .message = tr("The connection to %1 was lost.").arg(m_target.displayName()),
                     .detail = QString::fromUtf8(PQerrorMessage(m_pg)).simplified(),
                     .hint = tr("It is opened again at the next action; unsaved edits are kept.")};
    }
    return postgresError(result, sql);
}

Result<> PostgresConnection::command(const char* sql)
{
    const PgResult result(PQexec(m_pg, sql), &PQclear);
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR || !result)
        return fail(errorOf(result.get(), QString::fromUtf8(sql)));
    return {};
}

Result<qint64> PostgresConnection::run(const QString& sql, const QList<Value>& parameters, Reading& reading)
{
    m_shared->waitForCancels();
    // A read-only guard must also stand against "BEGIN READ WRITE" and "SET default_transaction…":
    // inside a transaction that has read once, the server refuses to leave read-only mode.
    const bool wrap = m_target.guard == Guard::ReadOnly && PQtransactionStatus(m_pg) == PQTRANS_IDLE;
    if (!wrap)
        return send(sql, parameters, reading);
    if (auto begun = command("BEGIN READ ONLY; SELECT 1"); !begun)
        return fail(begun.error());
    auto result = send(sql, parameters, reading);
    if (inTransaction())
        (void)command("ROLLBACK");
    return result;
}

Result<qint64> PostgresConnection::send(const QString& sql, const QList<Value>& parameters, Reading& reading)
{
    const Parameters values(parameters);
    const QByteArray utf8 = sql.toUtf8();
    if (!PQsendQueryParams(m_pg, utf8.constData(), values.count(), nullptr, values.pointers(), nullptr,
                           nullptr, 0))
        return fail(errorOf(nullptr, sql));
    PQsetSingleRowMode(m_pg);
    return receive(sql, reading);
}

void PostgresConnection::stopEarly()
{
    char words[256];
    PQcancel(m_shared->cancel, words, sizeof words);
}

Result<qint64> PostgresConnection::receive(const QString& sql, Reading& reading)
{
    std::optional<Error> failure;
    qint64 affected = -1;
    qint64 rows = 0;
    for (PgResult result(PQgetResult(m_pg), &PQclear); result; result.reset(PQgetResult(m_pg))) {
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN)
            PQputCopyEnd(m_pg, "COPY FROM STDIN needs a file: use the import");
        if (status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
            failure = Error{.kind = ErrorKind::Unsupported,
                            .message = tr("COPY … TO STDOUT does not run here."),
                            .hint = tr("Run the query itself and export its result.")};
            char* line = nullptr;
            while (PQgetCopyData(m_pg, &line, 0) > 0)
                PQfreemem(line);
        }
        if (status == PGRES_FATAL_ERROR && !reading.stopped)
            failure = errorOf(result.get(), sql);
        if (status == PGRES_COMMAND_OK && *PQcmdTuples(result.get()))
            affected = QByteArray(PQcmdTuples(result.get())).toLongLong();
        if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
            continue;
        if (reading.batch.columns.isEmpty()) {
            for (int i = 0; i < PQnfields(result.get()); ++i) {
                reading.batch.columns.append({.name = QString::fromUtf8(PQfname(result.get(), i)),
                                              .type = {},
                                              .typeOid = PQftype(result.get(), i),
                                              .originOid = PQftable(result.get(), i),
                                              .originNumber = PQftablecol(result.get(), i)});
                reading.modifiers.append(PQfmod(result.get(), i));
            }
        }
        // SELECT counts its rows too; only a change (RETURNING) has affected rows.
        const QByteArray tag = PQcmdStatus(result.get());
        if (status == PGRES_TUPLES_OK && !tag.startsWith("SELECT") && *PQcmdTuples(result.get()))
            affected = QByteArray(PQcmdTuples(result.get())).toLongLong();
        if (status != PGRES_SINGLE_TUPLE || reading.stopped)
            continue;
        if (reading.limits.maxRows >= 0 && rows == reading.limits.maxRows) {
            reading.stopped = true;
            reading.batch.complete = false;
            stopEarly();
            continue;
        }
        ++rows;
        const int count = PQnfields(result.get());
        for (int i = 0; i < count; ++i) {
            qint64 fullSize = -1;
            Value value = readCell(result.get(), i, reading.limits.maxCellBytes, &fullSize);
            if (reading.sink) {
                reading.row.push_back(std::move(value));
                continue;
            }
            reading.batch.cells.push_back(std::move(value));
            if (fullSize >= 0)
                reading.batch.truncated.insert(static_cast<qsizetype>(reading.batch.cells.size()) - 1,
                                               fullSize);
        }
        if (reading.sink) {
            if (!(*reading.sink)(reading.batch.columns, reading.row)) {
                reading.stopped = true;
                stopEarly();
            }
            reading.row.clear();
        }
    }
    if (!failure && PQstatus(m_pg) != CONNECTION_OK)
        failure = errorOf(nullptr, sql);
    if (failure)
        return fail(*std::move(failure));
    reading.batch.affected = affected;
    return affected >= 0 ? affected : rows;
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
    if (!unknown.isEmpty() && PQtransactionStatus(m_pg) != PQTRANS_INERROR) {
        const QString sql =
            QStringLiteral("SELECT o, m, pg_catalog.format_type(o::oid, m) FROM (VALUES %1) v(o, m)")
                .arg(unknown.join(QLatin1Char(',')));
        const PgResult names(PQexec(m_pg, sql.toUtf8().constData()), &PQclear);
        for (int i = 0; i < PQntuples(names.get()); ++i) {
            m_typeNames.insert(QString::fromUtf8(PQgetvalue(names.get(), i, 0)) + QLatin1Char(':')
                                   + QString::fromUtf8(PQgetvalue(names.get(), i, 1)),
                               QString::fromUtf8(PQgetvalue(names.get(), i, 2)));
        }
    }
    for (qsizetype i = 0; i < columns.size(); ++i)
        columns[i].type = m_typeNames.value(keyOf(i));
}

Result<RowBatch> PostgresConnection::query(const QString& sql, const QList<Value>& parameters, Limits limits)
{
    QElapsedTimer timer;
    timer.start();
    Reading reading{.limits = limits};
    const auto result = run(sql, parameters, reading);
    const qint64 microseconds = timer.nsecsElapsed() / 1000;
    if (!result) {
        report(sql, microseconds, 0, &result.error());
        return fail(result.error());
    }
    report(sql, microseconds, *result, nullptr);
    if (!reading.batch.columns.isEmpty())
        nameTypes(reading.batch.columns, reading.modifiers);
    return std::move(reading.batch);
}

Result<> PostgresConnection::stream(const QString& sql, const QList<Value>& parameters, const RowSink& sink)
{
    QElapsedTimer timer;
    timer.start();
    Reading reading{.sink = &sink};
    const auto result = run(sql, parameters, reading);
    report(sql, timer.nsecsElapsed() / 1000, result.value_or(0), result ? nullptr : &result.error());
    return result.transform([](qint64) {});
}

Result<> PostgresConnection::executeScript(const QByteArray& script)
{
    QElapsedTimer timer;
    timer.start();
    if (m_target.guard == Guard::ReadOnly)
        return fail(ErrorKind::ReadOnly, tr("The connection is read-only."),
                    tr("Change its guard level to run scripts."));
    m_shared->waitForCancels();
    const QString sql = QString::fromUtf8(script);
    const PgResult result(PQexec(m_pg, script.constData()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    std::optional<Error> failure;
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
        PQputCopyEnd(m_pg, "COPY needs a file");
        for (PgResult rest(PQgetResult(m_pg), &PQclear); rest; rest.reset(PQgetResult(m_pg))) {}
        failure = Error{.kind = ErrorKind::Unsupported,
                        .message = tr("COPY with STDIN or STDOUT does not run in a script."),
                        .hint = tr("Use INSERT statements.")};
    } else if (!result || status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
        failure = errorOf(result.get(), sql);
    }
    report(sql, timer.nsecsElapsed() / 1000, 0, failure ? &*failure : nullptr);
    if (failure)
        return fail(*std::move(failure));
    return {};
}

Result<> PostgresConnection::backupTo(const QString&)
{
    return fail(ErrorKind::Unsupported, tr("PostgreSQL is backed up with pg_dump."));
}

Result<> PostgresConnection::copyFrom(Connection&)
{
    return fail(ErrorKind::Unsupported, tr("A PostgreSQL database is copied on its server."));
}

}  // namespace dewpoint::drivers
