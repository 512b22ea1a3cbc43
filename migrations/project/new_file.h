// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "project/format.h"

#include <QString>

/// What the tools' generate share.
namespace dewpoint::project {

/// Writes a file that must not be there yet; what was begun is removed when it fails.
Result<> writeNew(const QString& path, const QByteArray& bytes);

/// A file that is to be made.
struct NewFile {
    QString path;
    QByteArray bytes;
};

/// All of them or none: what was written is removed when a later one fails.
Result<> writeNew(const QList<NewFile>& files);

/// The same in a folder that must not be there yet; the paths are names in it.
Result<> writeNewFolder(const QString& folder, const QList<NewFile>& files);

void removeFiles(const QList<NewFile>& files);

/// The migration with this up file, as the tool lists it now; an error where it does not.
Result<Migration> listedMigration(const Project& project, const QString& upPath);

/// Writes the files of one migration, the up file first, and returns it as the tool lists it. Nothing is
/// left behind where one cannot be written, or where the tool would not take them for a migration.
Result<Migration> writeMigration(const Project& project, const QList<NewFile>& files);

/// Replaces a file's text as a whole: a reader sees the old one or the new one.
Result<> replaceFile(const QString& path, const QByteArray& bytes);

Result<> makeFolder(const QString& path);

/// A name that can be part of a file's name, on every system: one with letters or digits, no "/", no line
/// break, no quote.
Result<> checkName(const NewMigration& wanted);

/// "20260629145208", UTC.
QString timestamp(const QDateTime& time);

/// Read back; invalid where it is no time.
QDateTime timeOfTimestamp(const QString& text);

/// The time, or the second behind the latest one where that is not over yet: for tools that pass over what
/// is older than what they have.
QString timestampBehind(const QString& latest, const QDateTime& now);

}  // namespace dewpoint::project
