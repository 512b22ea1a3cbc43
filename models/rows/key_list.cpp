// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/key_list.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dewpoint::rows {

qint64 KeyList::size() const
{
    return std::ssize(m_narrow) + std::ssize(m_wide) + std::ssize(m_keys);
}

bool KeyList::appendInteger(qint64 number)
{
    const bool fits =
        number >= std::numeric_limits<qint32>::min() && number <= std::numeric_limits<qint32>::max();
    if (m_wide.empty() && fits) {
        m_narrow.push_back(static_cast<qint32>(number));
        return std::ssize(m_narrow) * qsizetype{sizeof(qint32)} <= m_budget;
    }
    if (m_wide.empty())
        widen();
    m_wide.push_back(number);
    return std::ssize(m_wide) * qsizetype{sizeof(qint64)} <= m_budget;
}

void KeyList::widen()
{
    m_wide.assign(m_narrow.begin(), m_narrow.end());
    m_narrow = {};
}

void KeyList::widenToKeys()
{
    for (const qint32 number : std::exchange(m_narrow, {}))
        m_keys.push_back({{Value(qint64(number))}});
    for (const qint64 number : std::exchange(m_wide, {}))
        m_keys.push_back({{Value(number)}});
    m_keyBytes = std::ssize(m_keys) * qsizetype{sizeof(RowKey) + sizeof(Value)};
}

bool KeyList::append(std::vector<Value>& key)
{
    if (key.size() == 1 && m_keys.empty()) {
        if (const auto* number = std::get_if<qint64>(&key.front()))
            return appendInteger(*number);
    }
    if (m_keys.empty())
        widenToKeys();
    m_keyBytes += memoryOf(key) + static_cast<qsizetype>(sizeof(RowKey));
    m_keys.push_back(
        {std::vector<Value>(std::make_move_iterator(key.begin()), std::make_move_iterator(key.end()))});
    return m_keyBytes <= m_budget;
}

std::vector<RowKey> KeyList::slice(qint64 position, qint64 count) const
{
    std::vector<RowKey> keys;
    const qint64 end = std::min(size(), position + count);
    for (qint64 i = std::max<qint64>(0, position); i < end; ++i) {
        const auto at = static_cast<size_t>(i);
        if (!m_narrow.empty())
            keys.push_back({{Value(qint64(m_narrow[at]))}});
        else if (!m_wide.empty())
            keys.push_back({{Value(m_wide[at])}});
        else
            keys.push_back(m_keys[at]);
    }
    return keys;
}

}  // namespace dewpoint::rows
