// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/rename.h"
#include "structure/edits.h"
#include "structure/texts.h"

namespace dewpoint::structure {

/// Everything that gets another name, in an order that runs: names that are passed on go by a third one.
/// The edits say so themselves, nothing is guessed.
QList<plan::Rename> renamesOf(const schema::Database& catalog, const Edits& edits);

/// Only the name and the comment are others, so nothing need be made anew. An index's text has its name in it.
bool onlyRenamed(const Edit<schema::Constraint>& edit);
bool onlyRenamed(const Edit<schema::Index>& edit);

/// Old column names to new ones, where the part's own list was not edited.
QStringList renamedIn(const Draft& draft, const QStringList& columns);
/// The same in a text that nobody edited.
QString renamedInText(const Draft& draft, const QString& text);
/// What of an edited exclusion nobody touched.
ExclusionText renamedWhereUntouched(const Draft& draft, const ExclusionText& before, ExclusionText after);

}  // namespace dewpoint::structure
