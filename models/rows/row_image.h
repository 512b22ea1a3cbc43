// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/value.h"

#include <QString>

#include <initializer_list>
#include <utility>
#include <vector>

namespace dewpoint::rows {

/// A row's values by column; one that is not known, or was too large to keep, is left out. In one piece of
/// memory, sorted by name: a commit of ten thousand rows reads twenty thousand of these.
class RowImage final
{
public:
    using Cell = std::pair<QString, Value>;
    using const_iterator = std::vector<Cell>::const_iterator;

    RowImage() = default;
    RowImage(std::initializer_list<Cell> cells);

    void reserve(size_t columns) { m_cells.reserve(columns); }
    void emplace(const QString& column, Value value);  ///< not over one that is there
    void insert_or_assign(const QString& column, Value value);
    void addMissing(const RowImage& other);

    const_iterator begin() const { return m_cells.begin(); }
    const_iterator end() const { return m_cells.end(); }
    const_iterator find(const QString& column) const;
    bool contains(const QString& column) const { return find(column) != end(); }
    const Value& at(const QString& column) const;  ///< of one that is there
    size_t size() const { return m_cells.size(); }
    bool empty() const { return m_cells.empty(); }
    bool operator==(const RowImage&) const = default;

private:
    std::vector<Cell>::iterator place(const QString& column);

    std::vector<Cell> m_cells;
};

}  // namespace dewpoint::rows
