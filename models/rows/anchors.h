// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/row_key.h"

#include <map>
#include <optional>

namespace dewpoint::rows {

/// Known places in an order: row number → that row's order values. Sparse; thins itself out when it
/// grows over its budget, so memory does not follow the table.
class Anchors final
{
public:
    struct Place {
        qint64 position = 0;
        const RowKey* key = nullptr;  ///< null: the start
    };

    explicit Anchors(qsizetype budgetBytes = 8 * 1024 * 1024) : m_budget(budgetBytes) {}

    void add(qint64 position, RowKey key);
    void clear();
    /// The last known place at or before the position (the start when there is none).
    Place before(qint64 position) const;
    qint64 step() const { return m_step; }
    qsizetype count() const { return static_cast<qsizetype>(m_places.size()); }

    static constexpr qint64 firstStep = 512;

private:
    void thin();

    std::map<qint64, RowKey> m_places;
    qsizetype m_bytes = 0;
    qsizetype m_budget;
    qint64 m_step = firstStep;
};

}  // namespace dewpoint::rows
