// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// SeaORM (sea-orm-migration 1.1 and 2.0): Rust modules in the order of the migrator's vec. Listed and
/// compared with the ledger natively; run by sea-orm-cli, or by cargo where that is not installed.
namespace dewpoint::project::seaorm {

const Format& format();
CommandFormat commandFormat();

/// Project::settings: the schema that DATABASE_SCHEMA names.
inline constexpr QLatin1StringView schemaSetting("schema");

/// Names of the modules in `fn migrations`, in order, from the text of lib.rs or mod.rs.
QStringList modulesOf(const QString& migrator);

/// What `fn name` of a module's text returns; empty when it has none (then the file's name counts).
QString explicitName(const QString& module);

}  // namespace dewpoint::project::seaorm
