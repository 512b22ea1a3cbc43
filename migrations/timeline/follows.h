// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "change/change.h"
#include "timeline/renames.h"

namespace dewpoint::timeline {

/// True for a change of a text that only follows from what is called otherwise: a view that selects from a
/// renamed table is the same view.
bool onlyFollows(const change::Change& change, const Renames& renames);

}  // namespace dewpoint::timeline
