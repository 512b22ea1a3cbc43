// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/anchors.h"

#include <utility>

namespace dewpoint::rows {

namespace {

// A map node beside its values: links, position, vector.
constexpr qsizetype nodeBytes = 80;

}  // namespace

void Anchors::add(qint64 position, RowKey key)
{
    const qsizetype bytes = nodeBytes + memoryOf(key.values);
    if (m_places.emplace(position, std::move(key)).second)
        m_bytes += bytes;
    while (m_bytes > m_budget && m_places.size() > 16)
        thin();
}

void Anchors::thin()
{
    m_step *= 2;
    bool keep = true;
    for (auto it = m_places.begin(); it != m_places.end(); keep = !keep) {
        if (keep) {
            ++it;
            continue;
        }
        m_bytes -= nodeBytes + memoryOf(it->second.values);
        it = m_places.erase(it);
    }
}

void Anchors::clear()
{
    m_places.clear();
    m_bytes = 0;
    m_step = firstStep;
}

Anchors::Place Anchors::before(qint64 position) const
{
    auto it = m_places.upper_bound(position);
    if (it == m_places.begin())
        return {};
    --it;
    return {it->first, &it->second};
}

}  // namespace dewpoint::rows
