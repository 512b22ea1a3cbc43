// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "theme/theme.h"

#include <QString>

namespace dewpoint::diagram {

/// How something differs from how it was before, in a picture of a difference.
enum class Mark { None, Added, Removed, Changed };

/// "+", "−" or "~": colour is never the only sign.
QString signOf(Mark mark);

/// Nothing for what stays.
theme::Role strongOf(Mark mark);
theme::Role softOf(Mark mark);

}  // namespace dewpoint::diagram
