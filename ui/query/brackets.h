// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <optional>

namespace dewpoint::query {

/// Position of the bracket that belongs to the one at `position`; brackets in strings, quoted names
/// and comments do not count. Nothing when there is no bracket there, or no partner.
std::optional<qsizetype> matchingBracket(const QString& text, qsizetype position, Engine engine);

}  // namespace dewpoint::query
