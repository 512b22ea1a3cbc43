// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "support/random_choices.h"

#include <array>

/// What a random PostgreSQL schema has; random_postgres.cpp writes it down.
namespace dewpoint::test::postgres {

struct ColumnChoice {
    bool there = false;
    int kind = 0;
    int target = 0;
    int comment = 0;
};

struct TableChoice {
    bool there = false;
    int key = 0;
    int option = 0;
    int constraint = 0;
    int comment = 0;
    std::array<ColumnChoice, columnCount> columns;
};

struct Choices {
    OtherChoice space;
    OtherChoice mood;
    OtherChoice positive;
    OtherChoice pair;
    OtherChoice span;
    OtherChoice counter;
    OtherChoice function;
    OtherChoice stamp;
    OtherChoice procedure;
    OtherChoice extension;
    std::array<TableChoice, tableCount> tables;
    OtherChoice partitioned;
    std::array<OtherChoice, 2> partitions;
    OtherChoice child;
    std::array<OtherChoice, 3> indexes;
    std::array<OtherChoice, 2> triggers;
    std::array<OtherChoice, 2> policies;
    std::array<OtherChoice, 3> views;
    OtherChoice reader;
    OtherChoice collation;
    OtherChoice aggregate;
    OtherChoice comparing;
    OtherChoice search;
    std::array<OtherChoice, 2> statistics;
    std::array<OtherChoice, 2> rules;
};

Choices choices(Dice& dice);

/// Some of it as it was, some of it anew.
Choices changed(Choices all, Dice& dice);

}  // namespace dewpoint::test::postgres
