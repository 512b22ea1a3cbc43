// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/order.h"

#include <QHash>

#include <set>
#include <utility>

namespace dewpoint::plan {

namespace {

/// Takes out what no edge leads to, until an edge leads to each that is left.
void takeOutFirsts(QSet<qsizetype>& left, const QList<QSet<qsizetype>>& followers)
{
    QHash<qsizetype, qsizetype> waitsFor;
    for (const qsizetype one : std::as_const(left)) {
        for (const qsizetype follower : followers.at(one))
            ++waitsFor[follower];
    }
    QList<qsizetype> firsts(left.cbegin(), left.cend());
    firsts.removeIf([&](qsizetype one) { return waitsFor.contains(one); });
    while (!firsts.isEmpty()) {
        const qsizetype first = firsts.takeLast();
        left.remove(first);
        for (const qsizetype follower : followers.at(first)) {
            if (--waitsFor[follower] == 0 && left.contains(follower))
                firsts.append(follower);
        }
    }
}

}  // namespace

QSet<qsizetype> inCircles(qsizetype count, const QList<std::pair<qsizetype, qsizetype>>& edges)
{
    QList<QSet<qsizetype>> followers(count);
    QList<QSet<qsizetype>> leaders(count);
    QSet<qsizetype> left;
    for (const auto& [first, second] : edges) {
        followers[first].insert(second);
        leaders[second].insert(first);
        left << first << second;
    }
    takeOutFirsts(left, followers);
    takeOutFirsts(left, leaders);
    return left;
}

QList<qsizetype> inOrder(const QList<int>& ranks, const QList<std::pair<qsizetype, qsizetype>>& edges)
{
    QList<QSet<qsizetype>> followers(ranks.size());
    QList<qsizetype> waitsFor(ranks.size(), 0);
    for (const auto& [first, second] : edges) {
        if (first == second || followers.at(first).contains(second))
            continue;
        followers[first].insert(second);
        ++waitsFor[second];
    }
    std::set<std::pair<int, qsizetype>> ready;
    std::set<std::pair<int, qsizetype>> waiting;
    for (qsizetype i = 0; i < ranks.size(); ++i)
        (waitsFor.at(i) == 0 ? ready : waiting).insert({ranks.at(i), i});
    QList<qsizetype> order;
    while (order.size() < ranks.size()) {
        auto& from = ready.empty() ? waiting : ready;
        const qsizetype next = from.begin()->second;
        from.erase(from.begin());
        order.append(next);
        for (const qsizetype follower : std::as_const(followers[next])) {
            if (--waitsFor[follower] == 0 && waiting.erase({ranks.at(follower), follower}) > 0)
                ready.insert({ranks.at(follower), follower});
        }
    }
    return order;
}

}  // namespace dewpoint::plan
