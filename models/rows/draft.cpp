// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "rows/draft.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::rows {

namespace {

QJsonObject keyOf(const Relation& relation)
{
    return {{u"kind"_s, static_cast<int>(relation.keyKind)},
            {u"columns"_s, QJsonArray::fromStringList(relation.keyColumns)}};
}

bool knows(const Relation& relation, const auto& named)
{
    return std::ranges::all_of(named, [&](const auto& entry) { return relation.indexOf(entry.first) >= 0; });
}

}  // namespace

QJsonObject draftOf(const StagedEdits& edits, const Relation& relation)
{
    QJsonObject draft = edits.toJson();
    draft[u"key"_s] = keyOf(relation);
    return draft;
}

bool fits(const StagedEdits& edits, const Relation& relation)
{
    const auto isRow = [&](const auto& entry) {
        const RowEdit& edit = entry.second;
        return std::ssize(edit.key.values) == relation.keyColumns.size() && knows(relation, edit.cells);
    };
    const auto isNew = [&](int id) {
        const NewRow* row = edits.newRow(id);
        return row && knows(relation, row->values);
    };
    return std::ranges::all_of(edits.rows(), isRow) && std::ranges::all_of(edits.newRowIds(), isNew);
}

std::optional<StagedEdits> editsOf(const QJsonObject& draft, const Relation& relation)
{
    StagedEdits edits = StagedEdits::fromJson(draft);
    const bool sameKey = edits.rows().empty() || draft[u"key"_s].toObject() == keyOf(relation);
    return sameKey && fits(edits, relation) ? std::optional(std::move(edits)) : std::nullopt;
}

}  // namespace dewpoint::rows
