// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/project.h"

#include <QByteArray>
#include <QList>

namespace dewpoint::project {

/// One migration on disk.
struct Migration {
    QString version;  ///< normalised, as the ledger holds it: "202502030915120000"
    QString name;     ///< behind the version: "create_users"; the whole folder name when there is no "_"
    QString folder;   ///< the folder's name; what messages show. Empty when the migration is gone from disk
    QString path;     ///< absolute path of the folder
    QString upPath;
    QString downPath;  ///< empty when there is no down.sql
    bool runInTransaction = true;

    bool reversible() const { return !downPath.isEmpty(); }
    bool operator==(const Migration&) const = default;
};

/// All migrations of the project, ascending by the byte order of their versions (so "9" comes after
/// "10", as the tool sorts them).
Result<QList<Migration>> list(const Project& project);

/// The version that a person means: a version, a folder name or a name with dashes.
QString normalisedVersion(const QString& text);

/// The order of versions: by bytes, as the tool compares them.
bool versionLess(const QString& left, const QString& right);

/// A script's bytes, unchanged.
Result<QByteArray> readScript(const QString& path);

}  // namespace dewpoint::project
