// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

#include <QHash>

struct pg_conn;
struct pg_result;

namespace dewpoint::drivers {

/// A PostgreSQL session through the QPSQL driver's own libpq handle. Statements run in single-row
/// mode and cells are the server's own text, so nothing is rounded or shifted.
class PostgresConnection final : public Connection
{
public:
    static Result<std::unique_ptr<Connection>> open(const Target& target);
    ~PostgresConnection() override;

    const Target& target() const override { return m_target; }
    bool isOpen() const override;
    QString serverVersion() const override;
    int serverVersionNumber() const override;
    Interrupt interrupt() const override { return m_interrupt; }
    Result<RowBatch> query(const QString& sql, const QList<Value>& parameters, Limits limits) override;
    Result<> stream(const QString& sql, const QList<Value>& parameters, const RowSink& sink) override;
    Result<> executeScript(const QByteArray& script) override;
    bool inTransaction() const override;
    Result<> backupTo(const QString& path) override;
    Result<> copyFrom(Connection& source) override;

private:
    struct Shared;   ///< what an interrupt from another thread may touch
    struct Reading;  ///< one result while it is read

    PostgresConnection(Target target, QString name);
    Result<> openDriver();
    Result<> configure();
    Result<qint64> run(const QString& sql, const QList<Value>& parameters, Reading& reading);
    Result<qint64> send(const QString& sql, const QList<Value>& parameters, Reading& reading);
    Result<qint64> receive(const QString& sql, Reading& reading);
    Result<> command(const char* sql);
    void stopEarly();
    void nameTypes(QList<ColumnInfo>& columns, const QList<int>& modifiers);
    Error errorOf(const pg_result* result, const QString& sql) const;

    Target m_target;
    QString m_name;  ///< of the QSqlDatabase
    pg_conn* m_pg = nullptr;
    std::shared_ptr<Shared> m_shared;
    Interrupt m_interrupt;
    QHash<QString, QString> m_typeNames;  ///< "oid:typmod" → format_type()
};

}  // namespace dewpoint::drivers
