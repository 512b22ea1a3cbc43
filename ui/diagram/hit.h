// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

namespace dewpoint::diagram {

/// Where a search text occurs: in a card's name (row -1) or in one of its columns.
struct Hit {
    int card = -1;
    int row = -1;
    bool operator==(const Hit&) const = default;
};

}  // namespace dewpoint::diagram
