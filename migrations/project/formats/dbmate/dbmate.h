// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// dbmate (2.36): one file a version with an up and a down block; versions alone in the ledger.
namespace dewpoint::project::dbmate {

const Format& format();

/// Its own keys in Project::settings.
namespace keys {
constexpr QLatin1StringView table("migrations-table");
constexpr QLatin1StringView folders("migrations-dir");  ///< one a line, where there are several
}  // namespace keys

/// The two blocks of a file, each with its directive's line, as they are sent.
struct Blocks {
    struct Block {
        qsizetype start = 0;  ///< in bytes
        qsizetype length = 0;
        bool inTransaction = true;
        bool operator==(const Block&) const = default;
    };
    Block up;
    Block down;
    bool operator==(const Blocks&) const = default;
};

/// In dbmate's words where it refuses a file.
Result<Blocks> parseBlocks(const QByteArray& bytes);

/// db/migrations here or above, DBMATE_MIGRATIONS_DIR, or a folder of files with its directives.
QString spelled(const Project&, const QString& url);
Result<std::optional<Project>> detect(const QString& given, const Environment& environment);

Result<QList<Migration>> list(const Project& project);

Result<Migration> generate(const Project& project, const NewMigration& wanted);

LedgerFormat ledgerFormat();

/// schema.sql as `dbmate dump` writes it after each change, by pg_dump or the sqlite3 shell.
Result<QStringList> writeSchemaFile(drivers::Connection& connection, const Project& project);

}  // namespace dewpoint::project::dbmate
