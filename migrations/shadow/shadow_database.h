// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

#include <QTemporaryDir>

namespace dewpoint::shadow {

/// A scratch database of live's engine that goes away with this object. PostgreSQL: a database on the
/// same server, named dewpoint_shadow_…; leftovers of a crash (such a name, nobody connected) are
/// swept when the next one is made, unless its maker still has a session of that name.
class ShadowDatabase final
{
public:
    enum class Reach { Here, OtherPrograms };  ///< SQLite: in memory, or a file in a folder of its own

    static Result<ShadowDatabase> make(const drivers::Target& live, Reach reach = Reach::Here);
    /// PostgreSQL: a database made from that template, to which nobody is connected yet.
    static Result<ShadowDatabase> onServer(const drivers::Target& server, const QString& pattern,
                                           const drivers::StopAsked& stop = {});
    /// PostgreSQL: the same of a database that nobody else is connected to (ErrorKind::Other otherwise).
    static Result<ShadowDatabase> copyOf(drivers::Connection& live, const drivers::StopAsked& stop = {});
    ~ShadowDatabase();
    ShadowDatabase(ShadowDatabase&&) noexcept = default;
    ShadowDatabase& operator=(ShadowDatabase&&) = delete;
    ShadowDatabase(const ShadowDatabase&) = delete;
    ShadowDatabase& operator=(const ShadowDatabase&) = delete;

    drivers::Connection& connection() { return *m_connection; }
    const drivers::Target& target() const { return m_target; }
    const QString& name() const { return m_name; }
    Result<> connect(const drivers::StopAsked& stop = {});
    void disconnect() { m_connection.reset(); }

private:
    ShadowDatabase() = default;

    static Result<ShadowDatabase> owner(const drivers::Target& server, const drivers::StopAsked& stop);
    Result<> create(drivers::Connection& by, const QString& pattern);
    Result<> makeFile(drivers::Target& target);

    std::unique_ptr<QTemporaryDir> m_folder;        ///< SQLite, for other programs
    std::unique_ptr<drivers::Connection> m_server;  ///< PostgreSQL: where CREATE and DROP DATABASE run
    QString m_name;
    drivers::Target m_target;
    std::unique_ptr<drivers::Connection> m_connection;
};

}  // namespace dewpoint::shadow
