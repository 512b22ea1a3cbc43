// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/target.h"
#include "project/environment.h"

#include <optional>

namespace dewpoint::project {

enum class Tool { Diesel };

/// "diesel": the name that JSON and options use.
QString toolName(Tool tool);

/// A folder of migrations and the tool they belong to, found from the tool's own files.
struct Project {
    Tool tool = Tool::Diesel;
    QString root;             ///< folder of the configuration file, else the one that holds migrations/
    QString directory;        ///< absolute path of the migrations folder; it may not exist yet
    QString configFile;       ///< diesel.toml; empty when there is none (defaults apply)
    QString databaseUrl;      ///< DATABASE_URL of the environment or of .env; empty when there is none
    QString databaseUrlBase;  ///< what a relative SQLite path in databaseUrl starts from
    QString schemaFile;       ///< print_schema.file, absolute; empty when not set

    bool operator==(const Project&) const = default;
};

/// The project that `folder` belongs to (its root, a folder inside it, or the migrations folder
/// itself); nothing when there is none, an error when its files cannot be read.
/// Diesel's lookup: DIESEL_CONFIG_FILE, else the nearest diesel.toml or Cargo.toml upward; then
/// MIGRATION_DIRECTORY, migrations_directory.dir, the nearest migrations/ upward.
Result<std::optional<Project>> detect(const QString& folder,
                                      const Environment& environment = processEnvironment());

/// The project's own database: databaseUrl as a target; InvalidInput when it names none.
Result<drivers::Target> databaseTarget(const Project& project);

}  // namespace dewpoint::project
