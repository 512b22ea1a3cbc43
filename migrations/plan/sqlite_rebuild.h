// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "schema/database.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace dewpoint::plan {

/// The statements that ALTER TABLE can do it with, in order; nothing when one of the changes inside this
/// table is beyond it (https://sqlite.org/lang_altertable.html). `standing` are the texts of the views
/// and triggers that are there meanwhile: DROP COLUMN refuses what they name.
std::optional<QStringList> alterInPlace(const schema::Table& to, const QList<change::Change>& changes,
                                        const schema::Table& from, const QStringList& standing);

/// The manual's way to make any other change: a new table, the rows moved, the old one dropped, the new
/// one renamed. Indexes and triggers go with the old table and are not made again here. Foreign keys
/// must be off.
QStringList rebuild(const schema::Table& from, const schema::Table& to);

/// Fails where rows break a foreign key that is new; nothing where none is. Run it when all tables are there.
QStringList checkReferences(const schema::Table& from, const schema::Table& to);

}  // namespace dewpoint::plan
