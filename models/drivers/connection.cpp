// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "drivers/connection.h"

#include "base/words.h"
#include "drivers/postgres_connection.h"
#include "drivers/sqlite_connection.h"

namespace dewpoint::drivers {

void Interrupt::fire() const
{
    if (m_action && *m_action)
        (*m_action)();
}

Error cancelledError()
{
    return {.kind = ErrorKind::Cancelled, .message = Words::tr("Cancelled.")};
}

Result<std::unique_ptr<Connection>> Connection::open(const Target& target, StopAsked stop)
{
    return target.engine == Engine::Sqlite ? SqliteConnection::open(target, std::move(stop))
                                           : PostgresConnection::open(target, std::move(stop));
}

Result<qint64> Connection::execute(const QString& sql, const QList<Value>& parameters)
{
    return query(sql, parameters).transform([](const RowBatch& batch) { return batch.affected; });
}

Result<Value> Connection::scalar(const QString& sql, const QList<Value>& parameters)
{
    return query(sql, parameters, {.maxRows = 1, .maxCellBytes = -1}).transform([](const RowBatch& batch) {
        return batch.cells.empty() ? Value{} : batch.cells.front();
    });
}

Result<std::unique_ptr<PreparedStatement>> Connection::prepareForRows(const QString&)
{
    return fail(ErrorKind::Unsupported, Words::tr("PostgreSQL takes many rows with COPY."));
}

std::expected<qint64, CopyRefusal> Connection::copyIn(const QString&, const QByteArray&)
{
    return std::unexpected(
        CopyRefusal{.error = {.kind = ErrorKind::Unsupported, .message = Words::tr("SQLite has no COPY.")}});
}

void Connection::report(const QString& sql, qint64 microseconds, qint64 rows, const Error* error) const
{
    if (m_observer)
        m_observer(sql, microseconds, rows, error);
}

Result<> Connection::checkWhole(const QString& sql)
{
    const qsizetype place = sql.indexOf(QChar(u'\0'));
    if (place < 0)
        return {};
    return std::unexpected(Error{.kind = ErrorKind::InvalidInput,
                                 .message = Words::tr("The statement has the character U+0000 in it."),
                                 .hint = Words::tr("Take it out: the database would end the text there."),
                                 .position = static_cast<int>(place)});
}

Result<Transaction> Transaction::begin(Connection& connection, const QString& beginSql)
{
    if (connection.inTransaction()) {
        // BEGIN would join it on PostgreSQL, and our COMMIT would end what is somebody else's.
        return fail(ErrorKind::Conflict, Words::tr("A transaction is open on this connection."),
                    Words::tr("Commit it or roll it back in its query tab, then try again."));
    }
    return connection.execute(beginSql).transform([&](qint64) { return Transaction(connection); });
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{}

Transaction::~Transaction()
{
    if (!m_connection || !m_connection->isOpen() || !m_connection->inTransaction())
        return;
    const Sheltered cleanUp(*m_connection);
    (void)m_connection->execute(QStringLiteral("ROLLBACK"));
}

Result<> Transaction::commit()
{
    // A refused COMMIT (deferred constraint, full disk) leaves the roll-back to the destructor.
    return m_connection->execute(QStringLiteral("COMMIT")).transform([this](qint64) {
        m_connection = nullptr;
    });
}

Result<> Transaction::rollback()
{
    Connection* connection = std::exchange(m_connection, nullptr);
    const Sheltered cleanUp(*connection);
    return connection->execute(QStringLiteral("ROLLBACK")).transform([](qint64) {});
}

}  // namespace dewpoint::drivers
