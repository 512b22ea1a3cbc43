// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "items/page_cache.h"

#include <utility>

namespace dewpoint::items {

const rows::Page* PageCache::find(qint64 number) const
{
    const auto found = m_pages.find(number);
    if (found == m_pages.end())
        return nullptr;
    m_uses.splice(m_uses.begin(), m_uses, found->second.use);
    return &found->second.page;
}

QList<qint64> PageCache::numbers() const
{
    QList<qint64> numbers;
    for (const auto& [number, entry] : m_pages)
        numbers += number;
    return numbers;
}

void PageCache::insert(qint64 number, rows::Page page)
{
    remove(number);
    qsizetype bytes = rows::memoryOf(page.rows.cells);
    for (const rows::RowKey& key : page.keys)
        bytes += rows::memoryOf(key.values) + static_cast<qsizetype>(sizeof key);
    m_uses.push_front(number);
    m_pages.emplace(number, Entry{std::move(page), bytes, m_uses.begin()});
    m_bytes += bytes;
    while (m_bytes > m_budget && m_pages.size() > 4)
        remove(m_uses.back());
}

void PageCache::remove(qint64 number)
{
    const auto found = m_pages.find(number);
    if (found == m_pages.end())
        return;
    m_bytes -= found->second.bytes;
    m_uses.erase(found->second.use);
    m_pages.erase(found);
}

void PageCache::dropGuessed()
{
    QList<qint64> guessed;
    for (const auto& [number, entry] : m_pages) {
        if (entry.page.fromGuessedEnd)
            guessed += number;
    }
    for (const qint64 number : guessed)
        remove(number);
}

void PageCache::clear()
{
    m_pages.clear();
    m_uses.clear();
    m_bytes = 0;
}

}  // namespace dewpoint::items
