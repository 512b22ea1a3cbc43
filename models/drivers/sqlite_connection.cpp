// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/sqlite_connection.h"

#include "base/words.h"
#include "drivers/budget.h"
#include "drivers/sqlite_error.h"
#include "drivers/sqlite_opening.h"
#include "drivers/sqlite_values.h"
#include "sql/statements.h"

#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QUuid>

#include <sqlite3.h>

#include <atomic>

namespace dewpoint::drivers {

namespace {

constexpr int busyMilliseconds = 3000;
constexpr int busyStep = 10;
constexpr int stepsBetweenQuestions = 2000;  // of the virtual machine: some ten microseconds

bool isDml(const QString& sql)
{
    static const QStringList verbs{QStringLiteral("INSERT"), QStringLiteral("UPDATE"),
                                   QStringLiteral("DELETE"), QStringLiteral("REPLACE"),
                                   QStringLiteral("WITH")};
    return verbs.contains(sql::leadingKeyword(sql));
}

}  // namespace

struct SqliteConnection::Shared {
    explicit Shared(std::shared_ptr<Stopping> asked) : stopping(std::move(asked)) {}

    std::shared_ptr<Stopping> stopping;
    std::mutex mutex;
    sqlite3* db = nullptr;
    std::atomic<bool> interrupted{false};

    bool ends() const { return stopping->requested() || (interrupted && !stopping->isSheltered()); }

    void interrupt()
    {
        const std::lock_guard lock(mutex);
        interrupted = true;
        if (db && !stopping->isSheltered())
            sqlite3_interrupt(db);
    }

    /// Waits in small steps so that a cancel is felt at once (sqlite3_busy_handler).
    static int busy(void* self, int tries)
    {
        if (static_cast<Shared*>(self)->ends() || tries * busyStep >= busyMilliseconds)
            return 0;
        sqlite3_sleep(busyStep);
        return 1;
    }

    /// sqlite3_interrupt does nothing to a statement that is only just about to start.
    static int progress(void* self) { return static_cast<Shared*>(self)->ends() ? 1 : 0; }
};

SqliteConnection::SqliteConnection(Target target, QString name)
    : m_target(std::move(target))
    , m_name(std::move(name))
    , m_shared(std::make_shared<Shared>(stopping()))
    , m_interrupt(std::make_shared<std::function<void()>>([shared = m_shared] { shared->interrupt(); }))
{}

SqliteConnection::~SqliteConnection()
{
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->db = nullptr;
    }
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<Connection>> SqliteConnection::open(const Target& target, StopAsked stop)
{
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(target, QUuid::createUuid().toString(QUuid::WithoutBraces)));
    connection->setStopAsked(std::move(stop));
    const auto handle = openSqlite(target, connection->m_name);
    if (!handle)
        return fail(handle.error());
    connection->m_db = *handle;
    connection->m_shared->db = *handle;
    if (auto configured = connection->configure(); !configured)
        return fail(explainFirstRead(configured.error(), target.location));
    return connection;
}

Result<> SqliteConnection::configure()
{
    sqlite3_extended_result_codes(m_db, 1);
    sqlite3_busy_handler(m_db, &Shared::busy, m_shared.get());
    sqlite3_progress_handler(m_db, stepsBetweenQuestions, &Shared::progress, m_shared.get());
    // A file from a stranger must not run code (SQLite: "Defense Against The Dark Arts").
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_ENABLE_FKEY, m_target.foreignKeys ? 1 : 0, nullptr);
    // The first read tells whether this is a database at all.
    return scalar(QStringLiteral("PRAGMA schema_version")).transform([](const Value&) {});
}

/// True when the work was cancelled; otherwise an interrupt from here on is meant for what follows.
bool SqliteConnection::isCancelled()
{
    m_shared->interrupted = false;
    return stopping()->requested();
}

QString SqliteConnection::serverVersion() const
{
    return QString::fromLatin1(sqlite3_libversion());
}

int SqliteConnection::serverVersionNumber() const
{
    return sqlite3_libversion_number();
}

bool SqliteConnection::takesQuotedNamesAsText() const
{
    int on = 0;
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_DQS_DML, -1, &on);
    return on != 0;
}

void SqliteConnection::setQuotedNamesAsText(bool wanted)
{
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_DQS_DML, wanted ? 1 : 0, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_DQS_DDL, wanted ? 1 : 0, nullptr);
}

Error SqliteConnection::lastError(const QString& sql) const
{
    Error error = sqliteError(m_db, m_target.location);
    const int offset = sqlite3_error_offset(m_db);
    if (offset >= 0 && !sql.isEmpty())
        error.position = static_cast<int>(QString::fromUtf8(sql.toUtf8().left(offset)).size());
    return error;
}

Result<SqliteConnection::Statement> SqliteConnection::prepare(const QString& sql)
{
    if (isCancelled())
        return fail(cancelledError());
    if (auto whole = checkWhole(sql); !whole)
        return fail(whole.error());
    const QByteArray utf8 = sql.toUtf8();
    sqlite3_stmt* made = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v3(m_db, utf8.constData(), static_cast<int>(utf8.size()), 0, &made, &tail)
        != SQLITE_OK)
        return fail(lastError(sql));
    Statement statement(made, &sqlite3_finalize);
    const QString rest = QString::fromUtf8(tail);
    if (!sql::split(rest, Engine::Sqlite).isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("Only one statement can run at a time here."));
    return statement;
}

Result<> SqliteConnection::bind(sqlite3_stmt* statement, Parameters parameters)
{
    const int wanted = sqlite3_bind_parameter_count(statement);
    if (statement && wanted != std::ssize(parameters))
        return fail(
            ErrorKind::InvalidInput,
            Words::tr("The statement has %1 parameters, %2 were given.").arg(wanted).arg(parameters.size()));
    for (int i = 0; i < std::ssize(parameters); ++i) {
        if (bindSqlite(statement, i + 1, parameters[static_cast<size_t>(i)]) != SQLITE_OK)
            return fail(lastError());
    }
    return {};
}

Result<SqliteConnection::Statement> SqliteConnection::prepare(const QString& sql,
                                                              const QList<Value>& parameters)
{
    auto statement = prepare(sql);
    if (!statement)
        return statement;
    if (auto bound = bind(statement->get(), parameters); !bound)
        return fail(bound.error());
    return statement;
}

/// SQLite's own counter stays where a statement changes nothing.
qint64 SqliteConnection::affectedSince(qint64 changesBefore) const
{
    return sqlite3_total_changes64(m_db) == changesBefore ? 0 : sqlite3_changes64(m_db);
}

Result<RowBatch> SqliteConnection::query(const QString& sql, const QList<Value>& parameters, Limits limits)
{
    QElapsedTimer timer;
    timer.start();
    const auto failed = [&](const Error& error) {
        report(sql, timer.nsecsElapsed() / 1000, 0, &error);
        return fail(error);
    };
    auto statement = prepare(sql, parameters);
    if (!statement)
        return failed(statement.error());
    RowBatch batch;
    if (!*statement)
        return batch;
    sqlite3_stmt* raw = statement->get();
    if (limits.readOnly && !sqlite3_stmt_readonly(raw))
        return failed({.kind = ErrorKind::ReadOnly, .message = Words::tr("The statement writes.")});
    const sqlite3_int64 changesBefore = sqlite3_total_changes64(m_db);
    Budget kept(limits);
    // Described only now: the first step prepares anew when another program has changed the schema.
    int code = sqlite3_step(raw);
    batch.columns = sqliteColumns(raw);
    for (; code == SQLITE_ROW; code = sqlite3_step(raw)) {
        if (kept.isSpent()) {
            batch.complete = false;
            if (limits.toTheEnd)
                continue;
            break;
        }
        for (int i = 0; i < batch.columns.size(); ++i) {
            qint64 fullSize = -1;
            batch.cells.push_back(sqliteCell(raw, i, limits.maxCellBytes, &fullSize));
            kept.addCell(batch.cells.back());
            if (fullSize >= 0)
                batch.truncated.insert(static_cast<qsizetype>(batch.cells.size()) - 1, fullSize);
        }
        kept.addRow();
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        return failed(lastError(sql));
    if (!sqlite3_stmt_readonly(raw) && isDml(sql))
        batch.affected = affectedSince(changesBefore);
    report(sql, timer.nsecsElapsed() / 1000, batch.affected >= 0 ? batch.affected : kept.rows(), nullptr);
    return batch;
}

Result<> SqliteConnection::stream(const QString& sql, const QList<Value>& parameters, const RowSink& sink)
{
    QElapsedTimer timer;
    timer.start();
    auto statement = prepare(sql, parameters);
    if (!statement)
        return fail(statement.error());
    if (!*statement)
        return {};
    int code = sqlite3_step(statement->get());  // before the columns, as in query()
    const QList<ColumnInfo> columns = sqliteColumns(statement->get());
    std::vector<Value> row(static_cast<size_t>(columns.size()));
    qint64 rows = 0;
    for (; code == SQLITE_ROW; code = sqlite3_step(statement->get())) {
        for (int i = 0; i < columns.size(); ++i)
            readSqliteCell(statement->get(), i, row[static_cast<size_t>(i)]);
        ++rows;
        if (!sink(columns, row))
            break;
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
        const Error error = lastError(sql);
        report(sql, timer.nsecsElapsed() / 1000, rows, &error);
        return fail(error);
    }
    report(sql, timer.nsecsElapsed() / 1000, rows, nullptr);
    return {};
}

Result<> SqliteConnection::executeScript(const QByteArray& script)
{
    QElapsedTimer timer;
    timer.start();
    Result<> done = checkWhole(QString::fromUtf8(script));
    // The loop of sqlite3_exec, with the place of a failure kept.
    for (const char* next = script.constData(); done && next && *next;) {
        const char* tail = nullptr;
        done = runNext(script, next, &tail);
        next = tail;
    }
    report(QString::fromUtf8(script), timer.nsecsElapsed() / 1000, 0, done ? nullptr : &done.error());
    return done;
}

Result<> SqliteConnection::runNext(const QByteArray& script, const char* next, const char** tail)
{
    if (isCancelled())
        return fail(cancelledError());
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(m_db, next, -1, &raw, tail);
    const Statement statement(raw, &sqlite3_finalize);
    while (code == SQLITE_OK && raw && (code = sqlite3_step(raw)) == SQLITE_ROW)
        code = SQLITE_OK;
    if (code == SQLITE_OK || code == SQLITE_DONE)
        return {};
    Error error = lastError();
    const int offset = std::max(sqlite3_error_offset(m_db), 0);
    const QByteArray before = script.left(next - script.constData() + offset);
    error.position = static_cast<int>(QString::fromUtf8(before).size());
    if (offset == 0) {  // the failing statement begins behind the white space and comments
        const auto rest = sql::split(QString::fromUtf8(next), Engine::Sqlite);
        error.position += rest.isEmpty() ? 0 : static_cast<int>(rest.front().start);
    }
    return fail(std::move(error));
}

bool SqliteConnection::inTransaction() const
{
    return m_db && sqlite3_get_autocommit(m_db) == 0;
}

Result<> SqliteConnection::copyPages(sqlite3* to, sqlite3* from)
{
    if (isCancelled())
        return fail(cancelledError());
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return fail(sqliteError(to, m_target.location));
    constexpr int pagesAtOnce = 1024;
    int code = SQLITE_OK;
    while ((code = sqlite3_backup_step(backup, pagesAtOnce)) == SQLITE_OK && !m_shared->ends()) {}
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return {};
    if (code == SQLITE_OK)
        return fail(cancelledError());
    return fail(sqliteError(code, QString::fromUtf8(sqlite3_errstr(code)), m_target.location));
}

Result<> SqliteConnection::backupTo(const QString& path)
{
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(path.toUtf8().constData(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> copy(raw, &sqlite3_close);
    if (code != SQLITE_OK)
        return fail(sqliteError(code, QString::fromUtf8(sqlite3_errstr(code)), path));
    return copyPages(raw, m_db);
}

Result<> SqliteConnection::copyFrom(Connection& source)
{
    auto* other = dynamic_cast<SqliteConnection*>(&source);
    if (!other)
        return fail(ErrorKind::Unsupported,
                    Words::tr("Only a SQLite database can be copied into a SQLite database."));
    return copyPages(m_db, other->m_db);
}

}  // namespace dewpoint::drivers
