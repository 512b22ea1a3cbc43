// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "scenarios/scenario.h"
#include "transfer/progress.h"

namespace dewpoint::scenarios {

/// Writes all rows into the file, as they are at one moment, and says what they are rows of. SQLite: the database
/// itself by the backup API. PostgreSQL: a SQLite file that holds the server's texts.
Result<Scenario> keepRows(drivers::Connection& connection, const QString& file, transfer::Progress& progress);

/// SQLite: what keepRows() would say of the database as it is now.
Result<Scenario> describeNow(drivers::Connection& connection);

/// What the database is made of now, as a scenario has it.
Result<QList<KeptObject>> structureOf(drivers::Connection& connection);

/// Names of objects that are there on one side only, or are different.
QStringList differences(const QList<KeptObject>& before, const QList<KeptObject>& now);

/// "t0" and "c0" of PostgreSQL's rows in a file.
QString keptTableName(qsizetype table);
QString keptColumnName(qsizetype column);

}  // namespace dewpoint::scenarios
