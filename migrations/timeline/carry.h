// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "timeline/renames.h"

#include <utility>

namespace dewpoint::timeline {

/// A schema with the names of afterwards, to be compared with what is there then.
struct Carried {
    schema::Database database;
    QList<std::pair<Part, Part>> parts;  ///< as it was called, as it is called
    QList<Part> lost;                    ///< whose names now belong to others: they are not there any more
};

/// Definitions as texts keep their old names: Renames::applied is for these.
Carried carry(const schema::Database& before, const Renames& renames);

}  // namespace dewpoint::timeline
