// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"

namespace dewpoint::apply {

/// Where copies of SQLite files go before migrations run.
QString backupFolder();

/// A consistent copy of a SQLite database file by its online backup; the newest ten of each file stay.
/// The copy's path; empty where there is nothing to copy (PostgreSQL, :memory:, an empty file).
Result<QString> backUp(drivers::Connection& connection, const QString& folder = backupFolder());

/// Puts the database back to such a copy, in one transaction. What is there now is copied first, so
/// that this can be taken back as well; the path of that copy.
Result<QString> restore(drivers::Connection& connection, const QString& copy,
                        const QString& folder = backupFolder());

}  // namespace dewpoint::apply
