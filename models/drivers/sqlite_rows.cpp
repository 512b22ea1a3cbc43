// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// One statement for many rows: what an import runs, and a commit.
#include "drivers/sqlite_connection.h"
#include "drivers/sqlite_values.h"

#include <QElapsedTimer>

#include <sqlite3.h>

#include <optional>

namespace dewpoint::drivers {

namespace {

/// Many looks at a file as one: it is locked once, and shows one state of itself.
class OneLook final
{
public:
    explicit OneLook(sqlite3* db) : m_db(sqlite3_get_autocommit(db) ? db : nullptr)
    {
        if (m_db && sqlite3_exec(m_db, "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK)
            m_db = nullptr;
    }
    ~OneLook()
    {
        if (m_db && sqlite3_exec(m_db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)
            sqlite3_exec(m_db, "ROLLBACK", nullptr, nullptr, nullptr);
    }
    Q_DISABLE_COPY_MOVE(OneLook)

private:
    sqlite3* m_db;
};

}  // namespace

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

Result<std::vector<Outcome>> SqliteConnection::queryEach(const QString& sql, const QList<Parameters>& rows,
                                                         qint64 maxCellBytes)
{
    QElapsedTimer timer;
    timer.start();
    std::vector<Outcome> outcomes;
    outcomes.reserve(static_cast<size_t>(rows.size()));
    qint64 count = 0;
    const auto failed = [&](const Error& error) {
        report(sql, timer.nsecsElapsed() / 1000, count, &error);
        return fail(error);
    };
    auto statement = prepare(sql);
    if (!statement)
        return failed(statement.error());
    std::optional<OneLook> look;
    if (rows.size() > 1 && sqlite3_stmt_readonly(statement->get()))
        look.emplace(m_db);
    for (const Parameters row : rows) {
        auto outcome = runOnce(statement->get(), row, maxCellBytes);
        if (!outcome)
            return failed(outcome.error());
        count += outcome->rows();
        outcomes.push_back(*std::move(outcome));
    }
    report(sql, timer.nsecsElapsed() / 1000, count, nullptr);
    return outcomes;
}

Result<Outcome> SqliteConnection::runOnce(sqlite3_stmt* statement, Parameters row, qint64 maxCellBytes)
{
    if (isCancelled())
        return fail(cancelledError());
    if (auto bound = bind(statement, row); !bound)
        return fail(bound.error());
    const qint64 changesBefore = sqlite3_total_changes64(m_db);
    Outcome outcome;
    int code = sqlite3_step(statement);
    const int columns = code == SQLITE_ROW ? sqlite3_column_count(statement) : 0;
    outcome.cells.reserve(static_cast<size_t>(columns));
    for (int i = 0; i < columns; ++i) {
        qint64 fullSize = -1;
        outcome.cells.push_back(sqliteCell(statement, i, maxCellBytes, &fullSize));
        if (fullSize >= 0)
            outcome.cut.emplace_back(i, fullSize);
    }
    while (code == SQLITE_ROW)
        code = sqlite3_step(statement);
    if (code != SQLITE_DONE) {
        const Error error = lastError();
        sqlite3_reset(statement);
        return fail(error);
    }
    if (!sqlite3_stmt_readonly(statement))
        outcome.affected = affectedSince(changesBefore);
    sqlite3_reset(statement);
    return outcome;
}

}  // namespace dewpoint::drivers
