// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "drivers/postgres_opening.h"

#include <QHash>

#include <optional>

class QElapsedTimer;
struct pg_result;

namespace dewpoint::drivers {

class PostgresCanceller;
class PostgresReader;

/// A PostgreSQL session that QtSql's driver opens and closes; statements go to its libpq handle, because
/// QSqlQuery rounds numerics and loses microseconds. Statements run in single-row mode and cells are the server's own text, so nothing
/// is rounded or shifted.
class PostgresConnection final : public Connection
{
public:
    static Result<std::unique_ptr<Connection>> open(const Target& target, StopAsked stop);
    ~PostgresConnection() override;

    const Target& target() const override { return m_target; }
    bool isOpen() const override;
    QString serverVersion() const override;
    int serverVersionNumber() const override;
    Interrupt interrupt() const override { return m_interrupt; }
    Result<RowBatch> query(const QString& sql, const QList<Value>& parameters, Limits limits) override;
    Result<> stream(const QString& sql, const QList<Value>& parameters, const RowSink& sink) override;
    Result<std::vector<Outcome>> queryEach(const QString& sql, const QList<Parameters>& rows,
                                           qint64 maxCellBytes) override;
    Result<> executeScript(const QByteArray& script) override;
    std::expected<qint64, CopyRefusal> copyIn(const QString& sql, const QByteArray& rows) override;
    bool inTransaction() const override;
    Result<> backupTo(const QString& path) override;
    Result<> copyFrom(Connection& source) override;

private:
    using PgResult = std::unique_ptr<pg_result, void (*)(pg_result*)>;
    /// Of a result of which only the first rows are wanted. A cancel aborts the transaction that the
    /// statement runs in, so inside somebody else's the rest is read and dropped.
    enum class Rest { Cancel, Read };

    PostgresConnection(Target target, PostgresHandle handle);
    Result<> configure();
    Result<> guarded(const QString& sql, const QList<Value>& parameters, PostgresReader& reader);
    Result<> readOnly(const QString& sql, const QList<Value>& parameters, PostgresReader& reader);
    Result<> ended(Result<> done, bool keep);  ///< of a transaction of the guard's own
    Result<> run(const QString& sql, const QList<Value>& parameters, PostgresReader& reader, Rest rest);
    Result<> runScript(const QByteArray& script);
    Result<> receive(const QString& sql, PostgresReader& reader, Rest rest);
    PgResult nextResult();
    bool sendRows(const QByteArray& rows);
    Result<> runEach(const QString& sql, const QList<Parameters>& rows, qint64 maxCellBytes,
                     std::vector<Outcome>& outcomes);
    Result<> sendEach(const QString& sql, const QList<Parameters>& rows);
    Result<> receiveEach(const QString& sql, qint64 maxCellBytes, std::vector<Outcome>& outcomes);
    bool flushed();
    bool waitToSend(QElapsedTimer& sinceStop);
    /// Gives a server up that does not react to a stop.
    void losePatience(QElapsedTimer& sinceStop);
    CopyRefusal copyRefused(const pg_result* result, const QString& sql) const;
    std::optional<Error> failureOf(const pg_result* result, const QString& sql, qsizetype number);
    std::optional<Error> refuseCopy(const pg_result* result);
    void nameTypes(QList<ColumnInfo>& columns, const QList<int>& modifiers);
    Error errorOf(const pg_result* result, const QString& sql) const;

    Target m_target;
    PostgresHandle m_pg;
    std::shared_ptr<PostgresCanceller> m_canceller;
    Interrupt m_interrupt;
    QHash<QString, QString> m_typeNames;  ///< "oid:typmod" → format_type()
};

}  // namespace dewpoint::drivers
