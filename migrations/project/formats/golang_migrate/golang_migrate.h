// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// golang-migrate (4.19): pairs of files, and one row with the version and whether it is dirty.
namespace dewpoint::project::golang_migrate {

const Format& format();

/// What the URL of the database says to the tool: x-migrations-table=…
struct Options {
    ledger::Table table;
    bool multiStatement = false;  ///< PostgreSQL: each statement is sent by itself
    bool noTxWrap = false;        ///< SQLite: without a transaction around the file
    int statementTimeout = 0;     ///< PostgreSQL: milliseconds; 0: none
};

/// From the settings; refused as the tool refuses them, and where Dewpoint cannot do what they say.
Result<Options> optionsOf(const Project& project, std::optional<Engine> engine);

/// postgres:// also as the tool's other drivers are named, with the options of the Go library that libpq
/// does not know put into its words.
QString spelled(const Project& project, const QString& url);
Result<Script> script(const Project& project, const Migration& migration, Direction direction);

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);
Result<QList<Migration>> list(const Project& project);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
LedgerFormat ledgerFormat();

/// In the tool's words: nothing runs until a person has looked.
std::unexpected<Error> refuseDirty(const QString& version);

/// What the command-line program locks: names joined by zeros, the database with its leading slash.
qint64 lockKeyFor(const QByteArray& schema, const QByteArray& table, const QByteArray& database);

}  // namespace dewpoint::project::golang_migrate
