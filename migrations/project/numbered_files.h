// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/migration.h"

#include <QRegularExpression>

/// What the tools with one folder of numbered files share.
namespace dewpoint::project {

/// The regular files of a folder whose names match, by name; an error when the folder is not there.
struct NumberedFile {
    QString path;
    QRegularExpressionMatch match;
};
Result<QList<NumberedFile>> numberedFiles(const QString& directory, const QRegularExpression& grammar);

/// Where such a folder is looked for: migrations/ or db/migrations/ here or above, or this folder; the
/// nearest that has a file for which `fits` answers true; empty when there is none.
QString findNumberedFolder(const QString& folder, bool (*fits)(const QString& path));

/// The folder that a migrations folder belongs to: above migrations/ and above db/.
QString rootAbove(const QString& directory);

/// Refuses two files of one version.
Result<> refuseTwins(const QList<Migration>& sorted);

/// The versions of the list that are taken.
bool isTaken(const QList<Migration>& there, const QString& version);

/// The next version as those that are there have it: one more in a sequence (padded as the last one, or
/// to `width`), else the time.
QString nextVersion(const QList<Migration>& there, const QDateTime& now, int width);

}  // namespace dewpoint::project
