// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// refinery (0.9): V1__name.sql and U1__name.sql, with a SipHash of name, version and text.
namespace dewpoint::project::refinery {

const Format& format();

/// Its own keys in Project::settings.
namespace keys {
constexpr QLatin1StringView int8Versions("int8-versions");
}  // namespace keys

/// The decimal number in the ledger; versions have four bytes, or eight with the feature int8-versions.
QString checksum(const QString& name, qint64 version, const QByteArray& text, bool int8);

/// V1__name.rs: a Rust module that makes the SQL, which only the program that embeds it can do.
bool isRust(const Migration& migration);
std::unexpected<Error> refuseRust(const Migration& migration);

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);
Result<QList<Migration>> list(const Project& project);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
LedgerFormat ledgerFormat();

}  // namespace dewpoint::project::refinery
