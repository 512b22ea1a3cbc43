// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "transfer/insert_order.h"

#include <algorithm>
#include <deque>
#include <limits>

namespace dewpoint::transfer {

namespace {

constexpr size_t unseen = std::numeric_limits<size_t>::max();

using Lists = std::vector<std::vector<size_t>>;

/// Tarjan's algorithm on a stack of its own: a chain of a million rows is no recursion.
class Circles final
{
public:
    Circles(size_t nodes, const std::vector<OrderEdge>& edges)
        : m_targets(nodes), m_index(nodes, unseen), m_low(nodes), m_open(nodes)
    {
        for (const OrderEdge& edge : edges)
            m_targets[edge.from].push_back(edge.to);
    }

    Lists find()
    {
        for (size_t node = 0; node < m_targets.size(); ++node) {
            if (m_index[node] == unseen)
                visit(node);
        }
        return std::move(m_found);
    }

private:
    struct Place {
        size_t node = 0;
        size_t next = 0;
    };

    void enter(size_t node)
    {
        m_index[node] = m_low[node] = m_count++;
        m_stack.push_back(node);
        m_open[node] = true;
        m_path.push_back({.node = node});
    }

    void visit(size_t start)
    {
        enter(start);
        while (!m_path.empty()) {
            Place& place = m_path.back();
            const size_t node = place.node;
            if (place.next == m_targets[node].size()) {
                leave(node);
                continue;
            }
            const size_t target = m_targets[node][place.next++];
            if (m_index[target] == unseen)
                enter(target);
            else if (m_open[target])
                m_low[node] = std::min(m_low[node], m_index[target]);
        }
    }

    void leave(size_t node)
    {
        m_path.pop_back();
        if (!m_path.empty())
            m_low[m_path.back().node] = std::min(m_low[m_path.back().node], m_low[node]);
        if (m_low[node] != m_index[node])
            return;
        std::vector<size_t> circle;
        while (circle.empty() || circle.back() != node) {
            circle.push_back(m_stack.back());
            m_open[m_stack.back()] = false;
            m_stack.pop_back();
        }
        std::ranges::sort(circle);
        m_found.push_back(std::move(circle));
    }

    Lists m_targets;
    std::vector<size_t> m_index;
    std::vector<size_t> m_low;
    std::vector<bool> m_open;
    std::vector<size_t> m_stack;
    std::vector<Place> m_path;
    Lists m_found;
    size_t m_count = 0;
};

/// One circle: as far as it goes without breaking an edge, then the first node that no hard edge holds back.
class Unwinding final
{
public:
    Unwinding(const std::vector<OrderEdge>& edges, const Lists& incoming, const Lists& outgoing,
              InsertOrder& result)
        : m_edges(edges), m_incoming(incoming), m_outgoing(outgoing), m_result(result)
    {}

    /// `all` and `hard`: how many edges hold each node back; `done`: it has its place.
    bool run(const std::vector<size_t>& circle, std::vector<size_t>& all, std::vector<size_t>& hard,
             std::vector<bool>& done)
    {
        std::deque<size_t> ready;
        std::deque<size_t> possible;
        for (const size_t node : circle) {
            if (hard[node] == 0)
                possible.push_back(node);
        }
        for (size_t left = circle.size(); left > 0;) {
            auto& from = ready.empty() ? possible : ready;
            if (from.empty())
                return false;
            const size_t node = from.front();
            from.pop_front();
            if (done[node])
                continue;
            done[node] = true;
            --left;
            place(node, done);
            for (const size_t edge : m_incoming[node]) {
                const size_t waiting = m_edges[edge].from;
                if (--all[waiting] == 0)
                    ready.push_back(waiting);
                if (!m_edges[edge].soft && --hard[waiting] == 0)
                    possible.push_back(waiting);
            }
        }
        return true;
    }

private:
    void place(size_t node, const std::vector<bool>& done)
    {
        m_result.order.push_back(node);
        for (const size_t edge : m_outgoing[node]) {
            if (!done[m_edges[edge].to])
                m_result.broken.push_back(edge);
        }
    }

    const std::vector<OrderEdge>& m_edges;
    const Lists& m_incoming;
    const Lists& m_outgoing;
    InsertOrder& m_result;
};

}  // namespace

Lists circlesOf(size_t nodes, const std::vector<OrderEdge>& edges)
{
    return Circles(nodes, edges).find();
}

std::optional<InsertOrder> insertOrder(size_t nodes, const std::vector<OrderEdge>& edges)
{
    const Lists circles = circlesOf(nodes, edges);
    std::vector<size_t> circleOf(nodes);
    for (size_t i = 0; i < circles.size(); ++i) {
        for (const size_t node : circles[i])
            circleOf[node] = i;
    }
    // A row that refers to itself holds nothing back, and what is in an earlier circle is there already.
    Lists incoming(nodes);
    Lists outgoing(nodes);
    std::vector<size_t> all(nodes);
    std::vector<size_t> hard(nodes);
    for (size_t i = 0; i < edges.size(); ++i) {
        const OrderEdge& edge = edges[i];
        if (edge.from == edge.to || circleOf[edge.from] != circleOf[edge.to])
            continue;
        incoming[edge.to].push_back(i);
        outgoing[edge.from].push_back(i);
        ++all[edge.from];
        hard[edge.from] += edge.soft ? 0 : 1;
    }
    InsertOrder result;
    std::vector<bool> done(nodes);
    Unwinding unwinding(edges, incoming, outgoing, result);
    for (const auto& circle : circles) {
        if (!unwinding.run(circle, all, hard, done))
            return std::nullopt;
    }
    return result;
}

}  // namespace dewpoint::transfer
