// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace dewpoint::squash {

/// One file of a folder: what it holds before and after. Nothing where it is not there.
struct FileEdit {
    QString path;  ///< in the folder
    std::optional<QByteArray> before;
    std::optional<QByteArray> after;

    bool operator==(const FileEdit&) const = default;
};

/// What is different in the second folder, in the order of the names. Hidden folders do not count.
Result<QList<FileEdit>> differences(const QString& from, const QString& to);

/// All files of the folder are written into another, which is there and empty. Refused where the folder
/// holds more than migrations can be.
Result<> copyFiles(const QString& from, const QString& to);

/// All of them or none: everything new is written aside first, so that a full disk is found before the first
/// file is touched; then files change places. Conflict where one is not as it was.
Result<> put(const QString& folder, const QList<FileEdit>& edits);

/// What a put() that was killed has left in the folder; empty where there is nothing.
QString leftover(const QString& folder);

}  // namespace dewpoint::squash
