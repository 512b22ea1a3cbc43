// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QtTypes>

namespace dewpoint::testdata {

/// Chances that depend on what they are asked for and on nothing else: the same seed, place and row give the same
/// value on every machine, and changing one column's rule leaves the others as they are.
class Dice final
{
public:
    Dice(quint64 seed, QByteArrayView place, qint64 row, int attempt)
    {
        quint64 hash = 0xcbf29ce484222325U;  // FNV-1a
        for (const char c : place)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        m_state = mixed(
            seed ^ mixed(hash ^ mixed(static_cast<quint64>(row) ^ mixed(static_cast<quint64>(attempt)))));
    }

    quint64 next() { return mixed(m_state += 0x9e3779b97f4a7c15U); }
    /// From 0 to below n; 0 for no n.
    quint64 below(quint64 n) { return n == 0 ? 0 : next() % n; }
    qint64 between(qint64 least, qint64 most)
    {
        if (most <= least)
            return least;
        const quint64 span = static_cast<quint64>(most) - static_cast<quint64>(least) + 1;
        return static_cast<qint64>(static_cast<quint64>(least) + (span == 0 ? next() : below(span)));
    }
    bool happens(int percent) { return static_cast<int>(below(100)) < percent; }
    template <class List>
    const auto& of(const List& list)
    {
        return list[static_cast<decltype(list.size())>(below(static_cast<quint64>(list.size())))];
    }

private:
    /// The finaliser of SplitMix64.
    static quint64 mixed(quint64 x)
    {
        x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
        return x ^ (x >> 31U);
    }

    quint64 m_state = 0;
};

}  // namespace dewpoint::testdata
