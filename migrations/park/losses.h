// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lint/question.h"
#include "park/parcel.h"
#include "timeline/renames.h"

namespace dewpoint::park {

/// What the difference between two schemas takes away, without the counts. What only has another name
/// afterwards is no loss.
QList<Parcel> parcelsBetween(const schema::Database& before, const schema::Database& after,
                             const timeline::Renames& renames);

/// And what comes again under its name. A table's rows can wait until it is as it was; the values of a column
/// cannot, for the rows that are to have them back may have others by then.
void addComingAgain(QList<Parcel>& parcels, const schema::Database& before,
                    const QList<lint::Question>& again);

/// SQLite deletes a table's rows before it drops it, where references are enforced: what that does to tables
/// that refer to it (ON DELETE CASCADE, SET NULL, SET DEFAULT). Their rows stay where they are in part, so
/// they cannot be parked. Those that are `gone` themselves are left out.
QList<Parcel> cascadesOf(const QString& script, bool inTransaction, const schema::Database& before,
                         const QList<Parcel>& gone);

/// The table of that name, in any case on SQLite.
const schema::Table* tableNamed(const schema::Database& database, const change::Name& name);
bool hasName(const QStringList& names, const QString& name, Engine engine);

}  // namespace dewpoint::park
