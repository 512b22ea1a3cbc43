// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"
#include "project/toml_file.h"
#include "render/diesel/diesel.h"

/// Diesel (diesel_cli 2.3): folders with up.sql and down.sql; a version per row, no hash, no name.
namespace dewpoint::project::diesel {

const Format& format();

/// What diesel.toml says that matters here.
struct Config {
    QString directory;   ///< migrations_directory.dir as written; empty when not set
    QString schemaFile;  ///< print_schema.file as written
};

Result<Config> readConfig(const QString& path);

/// Diesel refuses a configuration with a key that it does not know.
Result<> checkKeys(const toml::table& config);

/// What the configuration alone says, where there are no migrations.
Result<Project> configured(const QString& folder, const Environment& environment = processEnvironment());

/// Diesel's lookup: DIESEL_CONFIG_FILE, else the nearest diesel.toml upward; then MIGRATION_DIRECTORY,
/// migrations_directory.dir, the nearest migrations/ upward.
Result<std::optional<Project>> detect(const QString& given, const Environment& environment);

Result<QList<Migration>> list(const Project& project);

/// Diesel 2.3's names and bytes, under its lock (.diesel_lock).
Result<Migration> generate(const Project& project, const NewMigration& wanted);

LedgerFormat ledgerFormat();

/// One schema.rs as diesel.toml wants it.
struct PrintSchema {
    QString file;       ///< absolute; empty: none is written
    QString patchFile;  ///< absolute; empty: none
    render::DieselOptions options;
};

/// [print_schema], and each [print_schema.NAME] beside it; the default where there is no configuration.
Result<QList<PrintSchema>> printSchemas(const Project& project);

/// What `diesel print-schema` prints, its patch file applied.
Result<QString> printSchema(const schema::Database& database, const PrintSchema& wanted);

/// Rewrites them as the tool does after run, revert and redo.
Result<QStringList> writeSchemaFiles(drivers::Connection& connection, const Project& project);

/// metadata.toml: absent or unreadable → true; present without the key → false (the tool's own default
/// of the missing key, which surprises everyone).
bool runsInTransaction(const QString& folder);

}  // namespace dewpoint::project::diesel
