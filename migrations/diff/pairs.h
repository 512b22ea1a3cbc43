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
    for (qsizetype i = 0; i < from.size(); ++i)
        places[key(from.at(i))].append(i);
    QList<Pair> both;
    for (qsizetype i = 0; i < to.size(); ++i) {
        const auto found = places.find(key(to.at(i)));
        const bool paired = found != places.end() && !found->isEmpty();
        both.append({.from = paired ? found->takeFirst() : -1, .to = i});
    }
    QList<Pair> result;
    for (qsizetype i = 0; i < from.size(); ++i) {
        if (places.value(key(from.at(i))).contains(i))
            result.append({.from = i});
    }
    return result + both;
}

}  // namespace dewpoint::diff
