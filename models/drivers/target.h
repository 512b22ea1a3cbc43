// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "sql/dialect.h"

#include <QMap>
#include <QString>

namespace dewpoint::drivers {

enum class Guard { Silent, ConfirmWrites, ReadOnly };

/// Where a connection goes: enough to open it again after the server went away.
struct Target {
    Engine engine = Engine::Sqlite;
    QString location;  ///< SQLite: absolute path or ":memory:". PostgreSQL: libpq conninfo or postgres:// URL
    QString password;  ///< PostgreSQL, when asked for; never stored in settings
    Guard guard = Guard::Silent;
    bool create = false;      ///< SQLite: make the file when it is missing
    bool foreignKeys = true;  ///< SQLite: PRAGMA foreign_keys for this session
    /// What its URL says to a migration tool alone: the options whose names begin with "x-".
    QMap<QString, QString> toolOptions;

    bool isInMemory() const { return engine == Engine::Sqlite && location == QLatin1String(":memory:"); }
    /// A short name for people: file name, or database@host.
    QString displayName() const;
    bool operator==(const Target&) const = default;
};

/// Reads what a person types: a path, sqlite:PATH, sqlite://PATH, file:…, :memory:, postgres://…,
/// postgresql://…, service=NAME or any libpq "key=value" text (libpq manual, Connection Strings). Of the
/// options behind the "?" of a SQLite URL, mode=ro and mode=memory count; those of a migration tool are kept
/// in toolOptions; other schemes are refused.
/// A SQLite path becomes absolute, from `folder` (empty: the working one): drafts and guard levels are
/// kept under it.
Result<Target> parseTarget(const QString& given, const QString& folder = {});

}  // namespace dewpoint::drivers
