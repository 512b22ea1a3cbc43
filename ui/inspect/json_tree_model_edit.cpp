// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/json_tree_model.h"

#include <utility>

// What an edit does to the tree.
namespace dewpoint::inspect {

void JsonTreeModel::apply(const json::Change& change, bool joinTyping)
{
    perform(change, [&] { m_document.apply(change, joinTyping); });
}

void JsonTreeModel::adopt(const json::Change& change, json::Document::Step step, json::Document::Read read)
{
    beginResetModel();
    m_document.adopt(change, step, std::move(read));
    endResetModel();
    Q_EMIT edited(change);
}

/// Whether it takes longer than one may wait for it here.
bool JsonTreeModel::isLong(const json::Change& change) const
{
    constexpr qsizetype readHere = 256 * 1024;
    return change.kind == json::Change::Kind::Text && m_document.text().size() > readHere;
}

bool JsonTreeModel::undo()
{
    const auto change = m_document.nextUndo();
    if (change && isLong(*change))
        Q_EMIT longStepWanted(*change, json::Document::Step::Undo);
    else if (change)
        perform(*change, [this] { m_document.undo(); });
    return change.has_value();
}

bool JsonTreeModel::redo()
{
    const auto change = m_document.nextRedo();
    if (change && isLong(*change))
        Q_EMIT longStepWanted(*change, json::Document::Step::Redo);
    else if (change)
        perform(*change, [this] { m_document.redo(); });
    return change.has_value();
}

/// What was below the value goes, and what is below it now comes when it is asked for.
void JsonTreeModel::revalue(const json::Change& change, const std::function<void()>& doIt)
{
    const QModelIndex place = indexOf(change.path);
    const int below = rowCount(place);
    const bool wasOpen = node(place)->isScanned;
    if (below > 0)
        beginRemoveRows(place, 0, below - 1);
    doIt();
    if (below > 0)
        endRemoveRows();
    if (wasOpen)
        fetchMore(place);
    Q_EMIT dataChanged(place, place.siblingAtColumn(Type));
}

void JsonTreeModel::perform(const json::Change& change, const std::function<void()>& doIt)
{
    using Kind = json::Change::Kind;
    const QModelIndex place =
        change.kind == Kind::Text || !m_document.root() ? QModelIndex() : indexOf(change.path);
    if (!place.isValid() || change.kind == Kind::Text) {
        beginResetModel();
        doIt();
        endResetModel();
        return Q_EMIT edited(change);
    }
    if (change.kind != Kind::Value && change.kind != Kind::Key) {
        fetchMore(place);
        // Swapping takes the next one as well.
        const int needed = change.row + (change.kind == Kind::Swapped ? 1 : 0);
        while (node(place)->hasMore && rowCount(place) <= needed)
            listMore(place);
    }
    switch (change.kind) {
    case Kind::Value: revalue(change, doIt); break;
    case Kind::Key:
        doIt();
        Q_EMIT dataChanged(place, place);
        break;
    case Kind::Inserted:
        beginInsertRows(place, change.row, change.row);
        doIt();
        endInsertRows();
        break;
    case Kind::Removed:
        beginRemoveRows(place, change.row, change.row);
        doIt();
        endRemoveRows();
        break;
    case Kind::Swapped:
        beginMoveRows(place, change.row + 1, change.row + 1, place, change.row);
        doIt();
        endMoveRows();
        break;
    case Kind::Text: break;
    }
    // Elements are called by their number, and every container above shows how it begins.
    if (const int below = rowCount(place); below > 0)
        Q_EMIT dataChanged(index(0, Name, place), index(below - 1, Name, place));
    for (QModelIndex above = place; above.isValid(); above = above.parent())
        Q_EMIT dataChanged(above.siblingAtColumn(Value), above.siblingAtColumn(Value));
    Q_EMIT edited(change);
}

}  // namespace dewpoint::inspect
