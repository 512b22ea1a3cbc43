// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

#include <QTemporaryDir>

namespace dewpoint::shadow {

/// A scratch database of live's engine that goes away with this object. PostgreSQL: a database on the
/// same server, named dewpoint_shadow_…; leftovers of a crash (such a name, nobody connected) are
/// swept when the next one is made.
class ShadowDatabase final
{
public:
    enum class Reach { Here, OtherPrograms };  ///< SQLite: in memory, or a file in a folder of its own

    static Result<ShadowDatabase> make(const drivers::Target& live, Reach reach = Reach::Here);
    ~ShadowDatabase();
    ShadowDatabase(ShadowDatabase&&) noexcept = default;
    ShadowDatabase& operator=(ShadowDatabase&&) = delete;
    ShadowDatabase(const ShadowDatabase&) = delete;
    ShadowDatabase& operator=(const ShadowDatabase&) = delete;

    drivers::Connection& connection() { return *m_connection; }

private:
    ShadowDatabase() = default;

    Result<> makeFile(drivers::Target& target);

    std::unique_ptr<QTemporaryDir> m_folder;        ///< SQLite, for other programs
    std::unique_ptr<drivers::Connection> m_server;  ///< PostgreSQL: where CREATE and DROP DATABASE run
    QString m_name;
    std::unique_ptr<drivers::Connection> m_connection;
};

}  // namespace dewpoint::shadow
