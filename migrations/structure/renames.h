// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "plan/rename.h"
#include "structure/edits.h"

namespace dewpoint::structure {

/// Everything that gets another name, in an order that runs: names that are passed on go by a third one.
/// The edits say so themselves, nothing is guessed.
QList<plan::Rename> renamesOf(const schema::Database& catalog, const Edits& edits);

/// Only the name and the comment are others, so nothing need be made anew. An index's text has its name in it.
bool onlyRenamed(const Edit<schema::Constraint>& edit);
bool onlyRenamed(const Edit<schema::Index>& edit);

}  // namespace dewpoint::structure
