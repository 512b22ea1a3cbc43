// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// One statement for many rows: what an import runs.
#include "drivers/sqlite_connection.h"
#include "drivers/sqlite_values.h"

#include <QElapsedTimer>

#include <sqlite3.h>

namespace dewpoint::drivers {

class SqliteConnection::RowStatement final : public PreparedStatement
{
public:
    RowStatement(SqliteConnection& connection, QString sql, Statement statement)
        : m_connection(connection), m_sql(std::move(sql)), m_statement(std::move(statement))
    {
        m_timer.start();
    }
    ~RowStatement() override
    {
        m_statement.reset();
        m_connection.report(m_sql, m_timer.nsecsElapsed() / 1000, m_rows, nullptr);
    }
    Q_DISABLE_COPY_MOVE(RowStatement)

    Result<> run(const std::vector<Value>& values) override
    {
        if (m_connection.isCancelled())
            return fail(cancelledError());
        sqlite3_stmt* raw = m_statement.get();
        for (size_t i = 0; i < values.size(); ++i) {
            if (bindSqlite(raw, static_cast<int>(i) + 1, values[i]) != SQLITE_OK)
                return fail(m_connection.lastError());
        }
        int code = sqlite3_step(raw);
        while (code == SQLITE_ROW)
            code = sqlite3_step(raw);
        Result<> done;
        if (code == SQLITE_DONE)
            ++m_rows;
        else
            done = fail(m_connection.lastError());
        sqlite3_reset(raw);
        return done;
    }

private:
    SqliteConnection& m_connection;
    QString m_sql;
    Statement m_statement;
    QElapsedTimer m_timer;
    qint64 m_rows = 0;
};

Result<std::unique_ptr<PreparedStatement>> SqliteConnection::prepareForRows(const QString& sql)
{
    auto statement = prepare(sql, std::nullopt);
    if (!statement)
        return fail(statement.error());
    return std::make_unique<RowStatement>(*this, sql, *std::move(statement));
}

}  // namespace dewpoint::drivers
