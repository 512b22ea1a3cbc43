// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/dialect.h"

#include <QList>
#include <QRandomGenerator>
#include <QStringList>

namespace dewpoint::test {

/// A CREATE statement in parts that can be left out one by one, to find what a failure needs.
struct Piece {
    QString head;       ///< "CREATE TABLE t1 (", or the whole statement
    QStringList items;  ///< columns and constraints
    QString tail;       ///< ")"
    QString text() const { return head + items.join(QStringLiteral(", ")) + tail; }
};
using Pieces = QList<Piece>;

inline QString scriptOf(const Pieces& pieces)
{
    QString text;
    for (const Piece& piece : pieces)
        text += piece.text() + QStringLiteral(";\n");
    return text;
}

/// Choices that are the same for the same seed.
class Dice final
{
public:
    explicit Dice(quint32 seed) : m_random(seed) {}
    int upTo(int count) { return m_random.bounded(count); }
    bool chance(int percent) { return upTo(100) < percent; }
    template <class T>
    const T& oneOf(const QList<T>& list)
    {
        return list.at(upTo(static_cast<int>(list.size())));
    }

private:
    QRandomGenerator m_random;
};

struct SchemaPair {
    Pieces from;
    Pieces to;
};

/// Two schemas of the same engine that have something in common: every kind of object that the catalog
/// knows, each there or not, the same or not. Numbers from 11 up fit into any of their columns.
SchemaPair randomPair(Engine engine, quint32 seed);

SchemaPair randomSqlitePair(Dice& dice);
SchemaPair randomPostgresPair(Dice& dice);

}  // namespace dewpoint::test
