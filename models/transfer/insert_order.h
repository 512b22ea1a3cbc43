// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace dewpoint::transfer {

/// `from` refers to `to`, which is to come first; soft where there is a way around that.
struct OrderEdge {
    size_t from = 0;
    size_t to = 0;
    bool soft = false;
};

struct InsertOrder {
    std::vector<size_t> order;   ///< every node once
    std::vector<size_t> broken;  ///< edges whose target comes after: soft ones, and only in circles
};

/// The strongly connected parts of a graph, those that are referred to first; in each, nodes in ascending order.
std::vector<std::vector<size_t>> circlesOf(size_t nodes, const std::vector<OrderEdge>& edges);

/// What is referred to comes first. Nothing where a circle has hard edges alone.
std::optional<InsertOrder> insertOrder(size_t nodes, const std::vector<OrderEdge>& edges);

}  // namespace dewpoint::transfer
