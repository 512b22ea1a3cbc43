// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// Drizzle (drizzle-kit and drizzle-orm's migrator): 0.x with meta/_journal.json, 1.0 with one folder a
/// migration. Which of the two is decided by what is in the output folder.
namespace dewpoint::project::drizzle {

const Format& format();

/// Its own keys in Project::settings.
namespace keys {
constexpr QLatin1StringView layout("layout");  ///< "journal" (0.x) or "folders" (1.0)
constexpr QLatin1StringView table("migrations.table");
constexpr QLatin1StringView schema("migrations.schema");
constexpr QLatin1StringView prefix("migrations.prefix");
constexpr QLatin1StringView breakpoints("breakpoints");
}  // namespace keys

bool isJournal(const Project& project);

/// drizzle.config.ts, .js or .json here or above; else a folder with a journal.
Result<std::optional<Project>> detect(const QString& given, const Environment& environment);

LedgerFormat ledgerFormat();

/// The text cut at the breakpoint marker; chunks are sent untrimmed, as the migrator does.
Script cutAtBreakpoints(const QByteArray& text);

/// The SQL of a new migration with a marker between its statements, as the configuration wants it; SQL
/// that has markers already stays as it is.
QByteArray withBreakpoints(const Project& project, const QByteArray& script, Engine engine);

/// The head of an empty migration, without a newline behind it.
QByteArray customHead();

/// 0.x: entries of the journal, in the journal's order.
namespace journal {
Result<QList<Migration>> list(const Project& project);
QList<MigrationState> states(const QList<Migration>& files, const QList<ledger::AppliedRow>& rows);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
Result<> forget(const Project& project, const QList<Migration>& gone);  ///< their entries
}  // namespace journal

/// 1.0: folders, by name.
namespace folders {
Result<QList<Migration>> list(const Project& project);
QList<MigrationState> states(const QList<Migration>& files, const QList<ledger::AppliedRow>& rows);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
}  // namespace folders

}  // namespace dewpoint::project::drizzle
