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

}  // namespace dewpoint::apply
