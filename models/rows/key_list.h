// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/row_key.h"

#include <QtTypes>

#include <limits>
#include <vector>

namespace dewpoint::rows {

/// The keys of all rows of a sorted view, in order: what makes any page of an unindexed sort a look-up.
/// Bounded: append() says false when the list would grow over its budget, and the list is then useless.
/// Single integer keys cost four or eight bytes each; others their own size.
class KeyList final
{
public:
    explicit KeyList(qsizetype budgetBytes) : m_budget(budgetBytes) {}

    /// Takes the values out of the row.
    bool append(std::vector<Value>& key);
    qint64 size() const;
    std::vector<RowKey> slice(qint64 position, qint64 count) const;

private:
    bool appendInteger(qint64 number);
    void widen();
    void widenToKeys();

    qsizetype m_budget;
    qsizetype m_keyBytes = 0;
    std::vector<qint32> m_narrow;
    std::vector<qint64> m_wide;
    std::vector<RowKey> m_keys;
};

}  // namespace dewpoint::rows
