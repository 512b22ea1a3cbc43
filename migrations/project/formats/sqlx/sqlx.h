// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// SQLx (sqlx-cli 0.8 and 0.9): one file or an .up.sql/.down.sql pair a version; SHA-384 of the file's
/// bytes in the ledger.
namespace dewpoint::project::sqlx {

const Format& format();

/// Its own keys in Project::settings.
namespace keys {
constexpr QLatin1StringView tableName("table-name");
constexpr QLatin1StringView createSchemas("create-schemas");  ///< one a line
constexpr QLatin1StringView ignoredChars("ignored-chars");    ///< all of them, one after the other
constexpr QLatin1StringView migrationType("migration-type");
constexpr QLatin1StringView versioning("migration-versioning");
}  // namespace keys

/// What a file name says.
struct FileName {
    enum class Kind { Simple, Up, Down };
    QString version;  ///< as a number: without sign and leading zeros
    QString description;
    Kind kind = Kind::Simple;
    bool operator==(const FileName&) const = default;
};

/// Nothing for names that the tool overlooks; an error for those it refuses.
Result<std::optional<FileName>> parseFileName(const QString& name);

/// sqlx.toml, else migrations/ in this folder or above it.
Result<std::optional<Project>> detect(const QString& given, const Environment& environment);

Result<QList<Migration>> list(const Project& project);

/// SHA-384 in hex of the text without the ignored characters.
QString checksum(const QByteArray& text, const QString& ignoredChars);

Result<Migration> generate(const Project& project, const NewMigration& wanted);

LedgerFormat ledgerFormat();

/// 0x3d32ad9e × CRC-32 of the database's name: what the library locks while it migrates.
qint64 lockKeyFor(const QByteArray& database);

}  // namespace dewpoint::project::sqlx
