// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "drivers/stopping.h"
#include "drivers/target.h"

#include <utility>

class QThread;
struct pg_conn;

namespace dewpoint::drivers {

/// A connection of QtSql's PostgreSQL driver and the libpq handle in it. Dies on the thread it is on.
class PostgresHandle final
{
public:
    PostgresHandle() = default;
    /// `name`: of the QSqlDatabase, which is open.
    PostgresHandle(QString name, pg_conn* native) : m_name(std::move(name)), m_native(native) {}
    ~PostgresHandle();
    PostgresHandle(PostgresHandle&& other) noexcept;
    PostgresHandle& operator=(PostgresHandle&& other) noexcept;
    PostgresHandle(const PostgresHandle&) = delete;
    PostgresHandle& operator=(const PostgresHandle&) = delete;

    pg_conn* get() const { return m_native; }
    bool moveToThread(QThread* thread);

private:
    QString m_name;
    pg_conn* m_native = nullptr;
};

/// Connects as libpq does (services, PG* variables, .pgpass, several hosts) and gives up at once when
/// `stop` says so: looking up a host and waiting for it happen on a thread that can be left behind.
Result<PostgresHandle> openPostgres(const Target& target, const StopAsked& stop);

}  // namespace dewpoint::drivers
