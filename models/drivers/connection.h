// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/stopping.h"
#include "drivers/target.h"
#include "values/row_batch.h"

#include <QList>

#include <functional>
#include <memory>
#include <span>

namespace dewpoint::drivers {

/// Stops what a connection is doing, from any thread, also after the connection is gone
/// (sqlite3_interrupt, PQcancel). Copies share.
class Interrupt final
{
public:
    Interrupt() = default;
    explicit Interrupt(std::shared_ptr<std::function<void()>> action) : m_action(std::move(action)) {}
    void fire() const;

private:
    std::shared_ptr<std::function<void()>> m_action;
};

/// How much of a result to read into memory.
struct Limits {
    qint64 maxRows = -1;       ///< -1: all
    qint64 maxCellBytes = -1;  ///< longer text and blobs are cut to this and listed in RowBatch::truncated
    qint64 maxBytes = -1;      ///< of all cells together
    bool toTheEnd = false;     ///< more is not kept, but the statement runs on: it may write
    bool readOnly = false;     ///< refuses whatever writes, also a function that a query calls
};

/// Told after every statement: its text, duration, rows returned or changed, and the error if any.
using Observer =
    std::function<void(const QString& sql, qint64 microseconds, qint64 rows, const Error* error)>;

/// A row while a result streams: valid only during the callback.
using RowSink = std::function<bool(const QList<ColumnInfo>& columns, std::vector<Value>& row)>;

/// Why copyIn() was refused, and where: a row of what was sent, from 0; -1 where the server does not say.
struct CopyRefusal {
    Error error;
    qint64 row = -1;
    QString column;
};

/// Values of somebody who keeps them for as long.
using Parameters = std::span<const Value>;

/// What one run of a statement came to.
struct Outcome {
    qint64 affected = -1;               ///< rows changed; -1 where it only reads
    std::vector<Value> cells;           ///< of the first row that it returned
    QList<std::pair<int, qint64>> cut;  ///< cells longer than was asked for: which, full size in bytes
    qint64 rows() const { return affected >= 0 ? affected : cells.empty() ? 0 : 1; }
};

/// One statement that is run with one row of values after another. It may not outlive its connection.
class PreparedStatement
{
public:
    PreparedStatement() = default;
    virtual ~PreparedStatement() = default;
    PreparedStatement(const PreparedStatement&) = delete;
    PreparedStatement& operator=(const PreparedStatement&) = delete;
    virtual Result<> run(const std::vector<Value>& values) = 0;
};

/// One session with a database, for one thread: it lives and dies on its lane. Blocking; executed on
/// the engine's own native handle, so that values are exact.
/// Parameters are `?` on SQLite and `$1…` on PostgreSQL (types inferred by the server).
/// A lost server gives ErrorKind::Connection; the connection is then closed for good (isOpen() false)
/// and its owner opens a new one.
class Connection
{
public:
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// `stop` ends the attempt early, and stays the connection's own question (setStopAsked).
    static Result<std::unique_ptr<Connection>> open(const Target& target, StopAsked stop = {});

    virtual const Target& target() const = 0;
    virtual bool isOpen() const = 0;
    virtual QString serverVersion() const = 0;    ///< "3.46.1", "17.2"
    virtual int serverVersionNumber() const = 0;  ///< 3046001, 170002
    virtual Interrupt interrupt() const = 0;

    /// One statement; its rows up to the limits. SQLite refuses more than one statement here.
    virtual Result<RowBatch> query(const QString& sql, const QList<Value>& parameters = {},
                                   Limits limits = {}) = 0;

    /// One statement, row after row with constant memory; the sink returns false to stop early.
    virtual Result<> stream(const QString& sql, const QList<Value>& parameters, const RowSink& sink) = 0;

    /// One statement for each of these rows of parameters, in order; the first that fails ends it. Prepared
    /// once, and PostgreSQL is not waited for between two rows (libpq manual, "Pipeline Mode"). The observer
    /// hears of it once. Values and results are kept in memory. Longer texts and blobs are cut to
    /// `maxCellBytes` (-1: none).
    virtual Result<std::vector<Outcome>> queryEach(const QString& sql, const QList<Parameters>& rows,
                                                   qint64 maxCellBytes = -1) = 0;

    /// A whole script in one call (sqlite3_exec, PQexec): on PostgreSQL an implicit transaction.
    /// position is the failing place within the script where the engine tells it.
    virtual Result<> executeScript(const QByteArray& script) = 0;

    /// SQLite: prepared once for many rows, which PostgreSQL takes with copyIn() (else: Unsupported). The
    /// observer hears of the statement once, when it dies.
    virtual Result<std::unique_ptr<PreparedStatement>> prepareForRows(const QString& sql);

    /// PostgreSQL: COPY … FROM STDIN with rows in COPY's text format; how many were taken. SQLite: Unsupported.
    virtual std::expected<qint64, CopyRefusal> copyIn(const QString& sql, const QByteArray& rows);

    /// True while a transaction is open on the server's side, aborted ones included.
    virtual bool inTransaction() const = 0;

    // Shorthands on the above.
    Result<qint64> execute(const QString& sql, const QList<Value>& parameters = {});  ///< affected rows
    Result<Value> scalar(const QString& sql,
                         const QList<Value>& parameters = {});  ///< first cell; Null when no row
    Engine engine() const { return target().engine; }

    /// SQLite: an online backup of this database into the file (made or overwritten).
    virtual Result<> backupTo(const QString& path) = 0;

    /// SQLite: replaces the content of this database by that of another, page by page (the backup API):
    /// a copy that was made before is put back so. PostgreSQL: Unsupported.
    virtual Result<> copyFrom(Connection& source) = 0;

    /// SQLite: whether an unknown name in double quotes is a text (the default, for old programs) or an
    /// error. PostgreSQL: always an error.
    virtual bool takesQuotedNamesAsText() const { return false; }
    virtual void setQuotedNamesAsText(bool) {}

    void setObserver(Observer observer) { m_observer = std::move(observer); }

    /// From now on statements fail as Cancelled once this says yes: one piece of work, one question.
    void setStopAsked(StopAsked stop) { m_stopping->setAsked(std::move(stop)); }
    const StopAsked& stopAsked() const { return m_stopping->asked(); }

protected:
    Connection() = default;
    void report(const QString& sql, qint64 microseconds, qint64 rows, const Error* error) const;
    /// Both engines take U+0000 for the end of the text: a part of it would run.
    static Result<> checkWhole(const QString& sql);
    const std::shared_ptr<Stopping>& stopping() const { return m_stopping; }

private:
    friend class Sheltered;
    Observer m_observer;
    std::shared_ptr<Stopping> m_stopping = std::make_shared<Stopping>();
};

/// While it lives, statements run although the work was cancelled: for ROLLBACK and for putting
/// settings back, which must be short.
class Sheltered final
{
public:
    explicit Sheltered(Connection& connection) : m_stopping(connection.m_stopping) { m_stopping->shelter(); }
    ~Sheltered() { m_stopping->unshelter(); }
    Sheltered(const Sheltered&) = delete;
    Sheltered& operator=(const Sheltered&) = delete;

private:
    std::shared_ptr<Stopping> m_stopping;
};

/// BEGIN on construction via begin(), ROLLBACK when it dies uncommitted.
class Transaction final
{
public:
    static Result<Transaction> begin(Connection& connection,
                                     const QString& beginSql = QStringLiteral("BEGIN"));
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Result<> commit();
    Result<> rollback();

private:
    explicit Transaction(Connection& connection) : m_connection(&connection) {}
    Connection* m_connection;
};

}  // namespace dewpoint::drivers
