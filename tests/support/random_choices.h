// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "support/random_schema.h"

namespace dewpoint::test {

constexpr int tableCount = 3;
constexpr int columnCount = 4;

/// Of anything that is not a table: whether it is there, which table and column it is about, which of its
/// texts it has.
struct OtherChoice {
    bool there = false;
    int table = 0;
    int column = 0;
    int kind = 0;
};

inline OtherChoice other(Dice& dice)
{
    return {.there = dice.chance(70),
            .table = dice.upTo(tableCount),
            .column = dice.upTo(columnCount),
            .kind = dice.upTo(6)};
}

}  // namespace dewpoint::test
