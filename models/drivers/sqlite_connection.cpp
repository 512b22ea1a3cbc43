// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/sqlite_connection.h"

#include "drivers/sqlite_error.h"
#include "sql/statements.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

#include <sqlite3.h>

#include <atomic>

namespace dewpoint::drivers {

namespace {

constexpr int busyMilliseconds = 3000;
constexpr int busyStep = 10;

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

int bindValue(sqlite3_stmt* statement, int index, const Value& value)
{
    struct Bind {
        sqlite3_stmt* statement;
        int index;
        int operator()(const Null&) const { return sqlite3_bind_null(statement, index); }
        int operator()(qint64 number) const { return sqlite3_bind_int64(statement, index, number); }
        int operator()(double number) const { return sqlite3_bind_double(statement, index, number); }
        int operator()(const Text& text) const
        {
            return sqlite3_bind_text64(statement, index, text.utf8.constData(),
                                       static_cast<sqlite3_uint64>(text.utf8.size()), SQLITE_TRANSIENT,
                                       SQLITE_UTF8);
        }
        int operator()(const Blob& blob) const
        {
            // A null pointer would bind NULL instead of an empty blob.
            return blob.bytes.isEmpty() ? sqlite3_bind_zeroblob(statement, index, 0)
                                        : sqlite3_bind_blob64(statement, index, blob.bytes.constData(),
                                                              static_cast<sqlite3_uint64>(blob.bytes.size()),
                                                              SQLITE_TRANSIENT);
        }
    };
    return std::visit(Bind{statement, index}, value);
}

QByteArray cut(const void* data, qint64 size, qint64 limit, qint64* fullSize)
{
    if (limit >= 0 && size > limit) {
        *fullSize = size;
        size = limit;
    }
    return {static_cast<const char*>(data), size};
}

/// fullSize is set to the whole size when the value was cut, and left alone otherwise.
Value readCell(sqlite3_stmt* statement, int column, qint64 limit, qint64* fullSize)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
        const void* data = sqlite3_column_text(statement, column);
        return Text{cut(data, sqlite3_column_bytes(statement, column), limit, fullSize)};
    }
    case SQLITE_BLOB: {
        const void* data = sqlite3_column_blob(statement, column);
        return Blob{cut(data, sqlite3_column_bytes(statement, column), limit, fullSize)};
    }
    default: return Null{};
    }
}

QList<ColumnInfo> describe(sqlite3_stmt* statement)
{
    QList<ColumnInfo> columns;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        columns.append({.name = QString::fromUtf8(sqlite3_column_name(statement, i)),
                        .type = QString::fromUtf8(sqlite3_column_decltype(statement, i)),
                        .originSchema = QString::fromUtf8(sqlite3_column_database_name(statement, i)),
                        .originTable = QString::fromUtf8(sqlite3_column_table_name(statement, i)),
                        .originColumn = QString::fromUtf8(sqlite3_column_origin_name(statement, i))});
    }
    return columns;
}

bool isDml(const QString& sql)
{
    static const QStringList verbs{QStringLiteral("INSERT"), QStringLiteral("UPDATE"),
                                   QStringLiteral("DELETE"), QStringLiteral("REPLACE"),
                                   QStringLiteral("WITH")};
    return verbs.contains(sql::leadingKeyword(sql));
}

}  // namespace

struct SqliteConnection::Shared {
    std::mutex mutex;
    sqlite3* db = nullptr;
    std::atomic<bool> interrupted{false};

    /// Waits in small steps so that a cancel is felt at once (sqlite3_busy_handler).
    static int busy(void* self, int tries)
    {
        auto* shared = static_cast<Shared*>(self);
        if (shared->interrupted || tries * busyStep >= busyMilliseconds)
            return 0;
        sqlite3_sleep(busyStep);
        return 1;
    }
};

SqliteConnection::SqliteConnection(Target target, QString name)
    : m_target(std::move(target)), m_name(std::move(name)), m_shared(std::make_shared<Shared>())
{
    m_interrupt = Interrupt(std::make_shared<std::function<void()>>([shared = m_shared] {
        const std::lock_guard lock(shared->mutex);
        shared->interrupted = true;
        if (shared->db)
            sqlite3_interrupt(shared->db);
    }));
}

SqliteConnection::~SqliteConnection()
{
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->db = nullptr;
    }
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<Connection>> SqliteConnection::open(const Target& target)
{
    const bool inMemory = target.location == QLatin1String(":memory:");
    const QFileInfo file(target.location);
    if (!inMemory && file.isDir())
        return fail(ErrorKind::NotADatabase, tr("%1 is a folder, not a database.").arg(target.location));
    if (!inMemory && !target.create && !file.exists())
        return fail(ErrorKind::NotFound,
                    tr("There is no file %1.").arg(QDir::toNativeSeparators(target.location)),
                    tr("Check the path, or create a new database."));
    if (!inMemory && file.exists() && !file.isReadable())
        return fail(ErrorKind::Permission, tr("The file %1 may not be read.").arg(target.location),
                    tr("Change its permissions, or run as a user who may read it."));
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(target, QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (auto opened = connection->openDriver(); !opened)
        return fail(opened.error());
    if (auto configured = connection->configure(); !configured)
        return fail(configured.error());
    return connection;
}

Result<> SqliteConnection::openDriver()
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    database.setDatabaseName(m_target.location);
    // Without -shm next to it a WAL file cannot be opened read-only in a folder that is not writable.
    QStringList options{QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyMilliseconds)};
    if (m_target.guard == Guard::ReadOnly)
        options << QStringLiteral("QSQLITE_OPEN_READONLY");
    database.setConnectOptions(options.join(QLatin1Char(';')));
    if (!database.open()) {
        const int code = database.lastError().nativeErrorCode().toInt();
        Error error = sqliteError(code, database.lastError().databaseText(), m_target.location);
        if (error.kind == ErrorKind::File)
            error.message = tr("The file %1 could not be opened.").arg(m_target.location);
        return fail(std::move(error));
    }
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return fail(ErrorKind::Unsupported, tr("Qt's SQLite driver gives no native handle."));
    // Native calls on another copy of the library would corrupt memory.
    QSqlQuery source(QStringLiteral("SELECT sqlite_source_id()"), database);
    if (source.next() && source.value(0).toString() != QString::fromUtf8(sqlite3_sourceid()))
        return fail(ErrorKind::Unsupported,
                    tr("Qt's SQLite driver uses another SQLite library than Dewpoint."),
                    tr("Install Qt and SQLite from the same distribution."));
    m_db = *static_cast<sqlite3* const*>(handle.constData());
    m_shared->db = m_db;
    return {};
}

Result<> SqliteConnection::configure()
{
    sqlite3_extended_result_codes(m_db, 1);
    sqlite3_busy_handler(m_db, &Shared::busy, m_shared.get());
    // A file from a stranger must not run code (SQLite: "Defense Against The Dark Arts").
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(m_db, SQLITE_DBCONFIG_ENABLE_FKEY, m_target.foreignKeys ? 1 : 0, nullptr);
    // The first read tells whether this is a database at all.
    const auto version = scalar(QStringLiteral("PRAGMA schema_version"));
    if (!version)
        return fail(version.error());
    return {};
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

Result<SqliteConnection::Statement> SqliteConnection::prepare(const QString& sql,
                                                              const QList<Value>& parameters)
{
    m_shared->interrupted = false;
    const QByteArray utf8 = sql.toUtf8();
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v3(m_db, utf8.constData(), static_cast<int>(utf8.size()), 0, &raw, &tail)
        != SQLITE_OK)
        return fail(lastError(sql));
    Statement statement(raw, &sqlite3_finalize);
    const QString rest = QString::fromUtf8(tail);
    if (!sql::split(rest, Engine::Sqlite).isEmpty())
        return fail(ErrorKind::InvalidInput, tr("Only one statement can run at a time here."));
    const int wanted = sqlite3_bind_parameter_count(raw);
    if (raw && wanted != parameters.size())
        return fail(ErrorKind::InvalidInput,
                    tr("The statement has %1 parameters, %2 were given.").arg(wanted).arg(parameters.size()));
    for (int i = 0; i < parameters.size(); ++i) {
        if (bindValue(raw, i + 1, parameters[i]) != SQLITE_OK)
            return fail(lastError(sql));
    }
    return statement;
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
    const sqlite3_int64 changesBefore = sqlite3_total_changes64(m_db);
    qint64 rows = 0;
    // Described only now: the first step prepares anew when another program has changed the schema.
    int code = sqlite3_step(raw);
    batch.columns = describe(raw);
    for (; code == SQLITE_ROW; code = sqlite3_step(raw)) {
        if (limits.maxRows >= 0 && rows == limits.maxRows) {
            batch.complete = false;
            break;
        }
        for (int i = 0; i < batch.columns.size(); ++i) {
            qint64 fullSize = -1;
            batch.cells.push_back(readCell(raw, i, limits.maxCellBytes, &fullSize));
            if (fullSize >= 0)
                batch.truncated.insert(static_cast<qsizetype>(batch.cells.size()) - 1, fullSize);
        }
        ++rows;
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        return failed(lastError(sql));
    if (!sqlite3_stmt_readonly(raw) && isDml(sql))
        batch.affected = sqlite3_total_changes64(m_db) == changesBefore ? 0 : sqlite3_changes64(m_db);
    report(sql, timer.nsecsElapsed() / 1000, batch.affected >= 0 ? batch.affected : rows, nullptr);
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
    const QList<ColumnInfo> columns = describe(statement->get());
    std::vector<Value> row(static_cast<size_t>(columns.size()));
    qint64 rows = 0;
    for (; code == SQLITE_ROW; code = sqlite3_step(statement->get())) {
        qint64 fullSize = -1;
        for (int i = 0; i < columns.size(); ++i)
            row[static_cast<size_t>(i)] = readCell(statement->get(), i, -1, &fullSize);
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
    m_shared->interrupted = false;
    // The loop of sqlite3_exec, with the place of a failure kept.
    const char* next = script.constData();
    while (next && *next) {
        sqlite3_stmt* raw = nullptr;
        const char* tail = nullptr;
        int code = sqlite3_prepare_v2(m_db, next, -1, &raw, &tail);
        const Statement statement(raw, &sqlite3_finalize);
        while (code == SQLITE_OK && raw && (code = sqlite3_step(raw)) == SQLITE_ROW)
            code = SQLITE_OK;
        if (code != SQLITE_OK && code != SQLITE_DONE) {
            Error error = lastError();
            const int offset = std::max(sqlite3_error_offset(m_db), 0);
            const QByteArray before = script.left(next - script.constData() + offset);
            error.position = static_cast<int>(QString::fromUtf8(before).size());
            if (offset == 0) {  // the failing statement begins behind the white space and comments
                const auto rest = sql::split(QString::fromUtf8(next), Engine::Sqlite);
                error.position += rest.isEmpty() ? 0 : static_cast<int>(rest.front().start);
            }
            report(QString::fromUtf8(script), timer.nsecsElapsed() / 1000, 0, &error);
            return fail(std::move(error));
        }
        next = tail;
    }
    report(QString::fromUtf8(script), timer.nsecsElapsed() / 1000, 0, nullptr);
    return {};
}

bool SqliteConnection::inTransaction() const
{
    return m_db && sqlite3_get_autocommit(m_db) == 0;
}

Result<> SqliteConnection::copyPages(sqlite3* to, sqlite3* from)
{
    m_shared->interrupted = false;
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return fail(sqliteError(to, m_target.location));
    constexpr int pagesAtOnce = 1024;
    int code = SQLITE_OK;
    while ((code = sqlite3_backup_step(backup, pagesAtOnce)) == SQLITE_OK && !m_shared->interrupted) {}
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return {};
    if (code == SQLITE_OK)
        return fail(sqliteError(SQLITE_INTERRUPT, {}, m_target.location));
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
                    tr("Only a SQLite database can be copied into a SQLite database."));
    return copyPages(m_db, other->m_db);
}

}  // namespace dewpoint::drivers
