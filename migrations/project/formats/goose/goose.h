// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// goose (3.27): one file a version with annotated sections, sent statement by statement.
namespace dewpoint::project::goose {

const Format& format();

/// Its own keys in Project::settings.
namespace keys {
constexpr QLatin1StringView table("table");
}  // namespace keys

/// A file by goose's line rules. Pieces count within each section's text.
struct Parsed {
    Script up;
    Script down;
    bool hasDown = false;
    bool inTransaction = true;
};

/// In goose's words where it refuses a file.
Result<Parsed> parse(const QByteArray& text);

Result<std::optional<Project>> detect(const QString& given, const Environment& environment);
Result<QList<Migration>> list(const Project& project);
Result<Migration> generate(const Project& project, const NewMigration& wanted);
LedgerFormat ledgerFormat();

}  // namespace dewpoint::project::goose
