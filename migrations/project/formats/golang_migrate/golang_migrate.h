// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// golang-migrate (4.19): pairs of files, and one row with the version and whether it is dirty.
namespace dewpoint::project::golang_migrate {

const Format& format();

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);
Result<QList<Migration>> list(const Project& project);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
LedgerFormat ledgerFormat();

/// In the tool's words: nothing runs until a person has looked.
std::unexpected<Error> refuseDirty(const QString& version);

/// What the command-line program locks: names joined by zeros, the database with its leading slash.
qint64 lockKeyFor(const QByteArray& schema, const QByteArray& table, const QByteArray& database);

}  // namespace dewpoint::project::golang_migrate
