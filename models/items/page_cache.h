// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/paged_rows.h"

#include <list>
#include <unordered_map>

namespace dewpoint::items {

/// Pages that were read, by number; the least recently used go first when the budget is full.
class PageCache final
{
public:
    explicit PageCache(qsizetype budgetBytes = 16 * 1024 * 1024) : m_budget(budgetBytes) {}

    /// Null when the page is not here. Counts as a use.
    const rows::Page* find(qint64 number) const;
    bool contains(qint64 number) const { return m_pages.contains(number); }
    QList<qint64> numbers() const;
    void insert(qint64 number, rows::Page page);
    void clear();
    void dropGuessed();  ///< pages whose place was counted from a guessed end
    qsizetype bytes() const { return m_bytes; }

private:
    struct Entry {
        rows::Page page;
        qsizetype bytes = 0;
        std::list<qint64>::iterator use;
    };
    void remove(qint64 number);

    std::unordered_map<qint64, Entry> m_pages;
    mutable std::list<qint64> m_uses;  ///< most recent first
    qsizetype m_bytes = 0;
    qsizetype m_budget;
};

}  // namespace dewpoint::items
