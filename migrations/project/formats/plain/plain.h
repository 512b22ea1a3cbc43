// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// Numbered SQL files that belong to no tool: 0001_name.sql, or 0001_name.up.sql with
/// 0001_name.down.sql. The ledger is Dewpoint's own; MIGRATIONS.md describes it.
namespace dewpoint::project::plain {

const Format& format();

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);
Result<QList<Migration>> list(const Project& project);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
LedgerFormat ledgerFormat();

}  // namespace dewpoint::project::plain
