// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "shadow/shadow_database.h"

#include <QLockFile>

#include <optional>

namespace dewpoint::rehearse {

/// A live database twice: one copy to work on, and one to compare with. Both go away with this object;
/// what a crash left behind is swept when the next ones are made.
class Copies final
{
public:
    struct Wish {
        QString shadow;  ///< PostgreSQL: another server's database beside which the copies are made
        drivers::StopAsked stop;
    };

    /// SQLite: by the online backup, in a folder of their own. PostgreSQL: by CREATE DATABASE … TEMPLATE
    /// where nobody else is connected, otherwise by pg_dump and pg_restore.
    static Result<Copies> make(drivers::Connection& live, const Wish& wish);
    ~Copies();
    Copies(Copies&&) noexcept = default;
    Copies& operator=(Copies&&) = delete;
    Copies(const Copies&) = delete;
    Copies& operator=(const Copies&) = delete;

    drivers::Connection& before() { return m_base ? m_base->connection() : *m_baseFile; }
    drivers::Connection& work() { return m_work ? m_work->connection() : *m_workFile; }

private:
    Copies() = default;
    Result<> makeFiles(drivers::Connection& live, const drivers::StopAsked& stop);
    Result<> makeDatabases(drivers::Connection& live, const Wish& wish);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QLockFile> m_lock;  ///< says to others that the folder is in use
    std::unique_ptr<drivers::Connection> m_baseFile, m_workFile;
    std::optional<shadow::ShadowDatabase> m_base, m_work;
};

}  // namespace dewpoint::rehearse
