// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace dewpoint::diff {

/// Places in two lists of what has the same key; -1 on the side where it is missing.
struct Pair {
    qsizetype from = -1;
    qsizetype to = -1;
};

/// Removed ones first, then what `to` has in its order. Keys that occur twice pair up in order.
template <class T, class Key>
QList<Pair> pairs(const QList<T>& from, const QList<T>& to, Key key)
{
    QHash<QString, QList<qsizetype>> places;
    places.reserve(from.size());
    for (qsizetype i = 0; i < from.size(); ++i)
        places[key(from.at(i))].append(i);
    QList<Pair> both;
    both.reserve(to.size());
    QList<bool> paired(from.size(), false);
    for (qsizetype i = 0; i < to.size(); ++i) {
        const auto found = places.find(key(to.at(i)));
        const qsizetype place = found == places.end() || found->isEmpty() ? -1 : found->takeFirst();
        if (place >= 0)
            paired[place] = true;
        both.append({.from = place, .to = i});
    }
    QList<Pair> result;
    for (qsizetype i = 0; i < from.size(); ++i) {
        if (!paired.at(i))
            result.append({.from = i});
    }
    return result + both;
}

}  // namespace dewpoint::diff
