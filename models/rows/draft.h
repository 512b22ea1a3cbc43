// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/relation.h"
#include "rows/staged_edits.h"

namespace dewpoint::rows {

/// Staged edits as they wait on disk: with the key that their rows are told apart by, because a value
/// alone does not say which column it belongs to.
QJsonObject draftOf(const StagedEdits& edits, const Relation& relation);

/// True where every edit is about a row and about columns that the relation has.
bool fits(const StagedEdits& edits, const Relation& relation);

/// Nothing when the relation's key, or its columns, are others than those the draft was made for.
std::optional<StagedEdits> editsOf(const QJsonObject& draft, const Relation& relation);

}  // namespace dewpoint::rows
