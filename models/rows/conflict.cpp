// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/conflict.h"

#include <utility>

namespace dewpoint::rows {

std::optional<Conflict> conflictOf(const PlannedChange& item, const Relation& relation, const RowBatch& now)
{
    Conflict conflict{.row = item.row,
                      .gone = now.rowCount() == 0,
                      .base = item.edit->original,
                      .deleting = item.edit->deleted};
    for (const auto& [column, cell] : item.edit->cells)
        conflict.mine.emplace(column, cell.after);
    bool changed = conflict.gone;
    for (int i = 0; i < relation.columns.size() && !conflict.gone; ++i) {
        const QString& column = relation.columns[i].name;
        conflict.theirs.emplace(column, now.at(0, i));
        const auto base = conflict.base.find(column);
        changed = changed || (base != conflict.base.end() && base->second != now.at(0, i));
    }
    return changed ? std::optional(std::move(conflict)) : std::nullopt;
}

}  // namespace dewpoint::rows
