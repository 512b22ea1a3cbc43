// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/migration.h"

namespace dewpoint::project::diesel {

/// Facts of diesel_cli and diesel_migrations 2.3, see https://diesel.rs/guides/configuring-diesel-cli.

/// What diesel.toml says, as far as migrations need it.
struct Config {
    QString directory;   ///< migrations_directory.dir as written; empty when not set
    QString schemaFile;  ///< print_schema.file as written
};

Result<Config> readConfig(const QString& path);

Result<std::optional<Project>> detect(const QString& folder, const Environment& environment);

Result<QList<Migration>> list(const QString& directory);

/// metadata.toml: absent or unreadable → true; present without the key → false (the tool's own default
/// of the missing key, which surprises everyone).
bool runsInTransaction(const QString& folder);

}  // namespace dewpoint::project::diesel
