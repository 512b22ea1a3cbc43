// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

#include <QRegularExpression>

/// Any tool that a project teaches with a dewpoint.toml (MIGRATIONS.md describes it): where its files
/// are, where it keeps its ledger, and the commands that run, revert and make migrations.
namespace dewpoint::project::custom {

const Format& format();
CommandFormat commandFormat();
LedgerFormat ledgerFormat();

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);

/// "{version}_{name}.py" as an expression with those two groups; * is any text, nothing crosses a "/".
/// InvalidInput without {version}.
Result<QRegularExpression> filePattern(const QString& text);

/// Project::settings, as detect() fills them. Lists and tables are JSON.
namespace key {
inline constexpr QLatin1StringView files("files");
inline constexpr QLatin1StringView table("ledger.table");
inline constexpr QLatin1StringView versionColumn("ledger.version");
inline constexpr QLatin1StringView appliedColumn("ledger.applied_at");
inline constexpr QLatin1StringView ignore("ledger.ignore");
inline constexpr QLatin1StringView up("commands.up");
inline constexpr QLatin1StringView down("commands.down");
inline constexpr QLatin1StringView status("commands.status");
inline constexpr QLatin1StringView make("commands.new");
inline constexpr QLatin1StringView pass("commands.pass");
inline constexpr QLatin1StringView environment("environment");
}  // namespace key

/// A list in the settings; empty when it is not set.
QStringList listOf(const Project& project, QLatin1StringView key);

}  // namespace dewpoint::project::custom
