// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// One statement for many rows: what an import runs, and a commit.
#include "drivers/sqlite_connection.h"
#include "drivers/sqlite_values.h"

#include <QElapsedTimer>

#include <sqlite3.h>

#include <algorithm>

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
    auto statement = prepare(sql);
    if (!statement)
        return fail(statement.error());
    return std::make_unique<RowStatement>(*this, sql, *std::move(statement));
}

Result<std::vector<Outcome>> SqliteConnection::queryEach(const QString& sql, const QList<QList<Value>>& rows)
{
    QElapsedTimer timer;
    timer.start();
    std::vector<Outcome> outcomes;
    outcomes.reserve(static_cast<size_t>(rows.size()));
    qint64 affected = 0;
    auto statement = prepare(sql);
    Result<> done = statement ? Result<>() : fail(statement.error());
    for (const QList<Value>& row : rows) {
        if (done)
            done = runOnce(statement->get(), row, outcomes);
        if (!done)
            break;
        affected += std::max<qint64>(0, outcomes.back().affected);
    }
    report(sql, timer.nsecsElapsed() / 1000, affected, done ? nullptr : &done.error());
    if (!done)
        return fail(done.error());
    return outcomes;
}

Result<> SqliteConnection::runOnce(sqlite3_stmt* statement, const QList<Value>& row,
                                   std::vector<Outcome>& outcomes)
{
    if (isCancelled())
        return fail(cancelledError());
    if (auto bound = bind(statement, row); !bound)
        return bound;
    const qint64 changesBefore = sqlite3_total_changes64(m_db);
    Outcome outcome;
    int code = sqlite3_step(statement);
    for (int i = 0; code == SQLITE_ROW && i < sqlite3_column_count(statement); ++i)
        readSqliteCell(statement, i, outcome.cells.emplace_back());
    while (code == SQLITE_ROW)
        code = sqlite3_step(statement);
    Result<> done;
    if (code != SQLITE_DONE)
        done = fail(lastError());
    else if (!sqlite3_stmt_readonly(statement))
        outcome.affected = affectedSince(changesBefore);
    sqlite3_reset(statement);
    outcomes.push_back(std::move(outcome));
    return done;
}

}  // namespace dewpoint::drivers
