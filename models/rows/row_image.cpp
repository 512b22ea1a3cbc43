// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/row_image.h"

#include <algorithm>

namespace dewpoint::rows {

RowImage::RowImage(std::initializer_list<Cell> cells)
{
    for (const auto& [column, value] : cells)
        emplace(column, value);
}

/// Of the first that is not before this column; rows are mostly filled in the order of the names.
std::vector<RowImage::Cell>::iterator RowImage::place(const QString& column)
{
    if (m_cells.empty() || m_cells.back().first < column)
        return m_cells.end();
    return std::ranges::lower_bound(m_cells, column, {}, &Cell::first);
}

void RowImage::emplace(const QString& column, Value value)
{
    const auto at = place(column);
    if (at == m_cells.end() || at->first != column)
        m_cells.emplace(at, column, std::move(value));
}

void RowImage::insert_or_assign(const QString& column, Value value)
{
    const auto at = place(column);
    if (at == m_cells.end() || at->first != column)
        m_cells.emplace(at, column, std::move(value));
    else
        at->second = std::move(value);
}

void RowImage::addMissing(const RowImage& other)
{
    for (const auto& [column, value] : other)
        emplace(column, value);
}

RowImage::const_iterator RowImage::find(const QString& column) const
{
    const auto at = std::ranges::lower_bound(m_cells, column, {}, &Cell::first);
    return at != m_cells.end() && at->first == column ? at : m_cells.end();
}

const Value& RowImage::at(const QString& column) const
{
    return find(column)->second;
}

}  // namespace dewpoint::rows
