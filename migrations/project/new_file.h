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

/// Replaces a file's text as a whole: a reader sees the old one or the new one.
Result<> replaceFile(const QString& path, const QByteArray& bytes);

Result<> makeFolder(const QString& path);

/// A name that can be part of a file's name: not empty, no "/", no zero.
Result<> checkName(const NewMigration& wanted);

/// "20260629145208", UTC.
QString timestamp(const QDateTime& time);

}  // namespace dewpoint::project
