// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/migration.h"

#include <QDateTime>

namespace dewpoint::apply {

struct NewMigration {
    QString name;     ///< verbatim; no "/" and not empty
    QString version;  ///< empty: the time and a four-digit counter
    bool withDown = true;
    QByteArray up;  ///< behind the tool's own first line
    QByteArray down;
    QDateTime now = QDateTime::currentDateTimeUtc();
};

/// Writes a new migration with Diesel 2.3's names and bytes, under its lock (.diesel_lock).
Result<project::Migration> generate(const project::Project& project, const NewMigration& wanted);

}  // namespace dewpoint::apply
