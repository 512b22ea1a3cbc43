// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "plan/order.h"

#include <QSet>

#include <set>

namespace dewpoint::plan {

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
