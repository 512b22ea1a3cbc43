// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "catalog/inspect.h"
#include "drivers/connection.h"
#include "project/project.h"
#include "schema/database.h"

#include <optional>

namespace dewpoint::shadow {

/// One of two schemas that are to be compared, as a person names it.
struct Side {
    enum class Kind {
        Database,
        Sql,         ///< a file, or a folder of them in the order of their names
        Snapshot,    ///< what a tool keeps of the schema: see project::schemaScript()
        Migrations,  ///< what they make of an empty database
        Empty
    };

    Kind kind = Kind::Database;
    drivers::Target target;  ///< of a database
    QString path;            ///< of SQL or a snapshot
    QString version;         ///< of migrations: the last of them; empty for all

    bool operator==(const Side&) const = default;
};

/// What the shell takes: "migrations", "migrations:VERSION", "empty", a .sql file, a folder, a snapshot
/// (.json), else a database.
Result<Side> sideOf(const QString& text);

/// A .sql file, a folder or a snapshot, as opposed to a database.
bool isFile(const QString& text);
Side sideOfFile(const QString& path);  ///< SQL, or a snapshot

/// How both sides are read.
struct Reading {
    drivers::Target server;                   ///< where scratch databases are made
    std::optional<project::Project> project;  ///< whose migrations they are
    catalog::Extent extent = catalog::Extent::Structure;
    drivers::StopAsked stop;
};

/// Where scratch databases are made when these are compared: the server of the first that is a database. A
/// snapshot of SQLite needs none. InvalidInput where two are of different engines, which no SQL takes from one
/// to the other, and where a snapshot of PostgreSQL has no server. Reads the snapshots.
Result<drivers::Target> serverFor(const QList<Side>& sides, const drivers::Target& otherwise);

/// The schema of one side. What migrations do not make is left out of a database and of its dump: the ledger of
/// the project, or that of `other`, the other side, which may be the folder of some project's migrations.
Result<schema::Database> schemaOf(const Side& side, const Side& other, const Reading& reading);

/// The same of a database that is open already.
Result<schema::Database> schemaOf(drivers::Connection& there, const Side& other, const Reading& reading);

/// A SQLite file is opened writable all the same: after a crash the next reader has to roll back what the
/// journal holds.
drivers::Target forReading(drivers::Target target);

}  // namespace dewpoint::shadow
