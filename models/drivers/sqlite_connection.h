// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

#include <mutex>

struct sqlite3;
struct sqlite3_stmt;

namespace dewpoint::drivers {

/// A SQLite database through the QSQLITE driver's own sqlite3 handle. Statements are stepped
/// natively, so each cell keeps its storage class.
class SqliteConnection final : public Connection
{
public:
    static Result<std::unique_ptr<Connection>> open(const Target& target, StopAsked stop);
    ~SqliteConnection() override;

    const Target& target() const override { return m_target; }
    bool isOpen() const override { return m_db != nullptr; }
    QString serverVersion() const override;
    int serverVersionNumber() const override;
    Interrupt interrupt() const override { return m_interrupt; }
    Result<RowBatch> query(const QString& sql, const QList<Value>& parameters, Limits limits) override;
    Result<> stream(const QString& sql, const QList<Value>& parameters, const RowSink& sink) override;
    Result<std::vector<Outcome>> queryEach(const QString& sql, const QList<Parameters>& rows,
                                           qint64 maxCellBytes) override;
    Result<> executeScript(const QByteArray& script) override;
    Result<std::unique_ptr<PreparedStatement>> prepareForRows(const QString& sql) override;
    bool inTransaction() const override;
    Result<> backupTo(const QString& path) override;
    Result<> copyFrom(Connection& source) override;
    bool takesQuotedNamesAsText() const override;
    void setQuotedNamesAsText(bool wanted) override;

private:
    struct Shared;  ///< what an interrupt from another thread may touch
    class RowStatement;
    using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

    SqliteConnection(Target target, QString name);
    Result<> configure();
    bool isCancelled();
    Result<Statement> prepare(const QString& sql);
    Result<Statement> prepare(const QString& sql, const QList<Value>& parameters);
    Result<> runNext(const QByteArray& script, const char* next, const char** tail);
    Result<> copyPages(sqlite3* to, sqlite3* from);
    Error lastError(const QString& sql = {}) const;
    Result<> bind(sqlite3_stmt* statement, Parameters parameters);
    Result<Outcome> runOnce(sqlite3_stmt* statement, Parameters row, qint64 maxCellBytes);
    qint64 affectedSince(qint64 changesBefore) const;

    Target m_target;
    QString m_name;  ///< of the QSqlDatabase
    sqlite3* m_db = nullptr;
    std::shared_ptr<Shared> m_shared;
    Interrupt m_interrupt;
};

}  // namespace dewpoint::drivers
