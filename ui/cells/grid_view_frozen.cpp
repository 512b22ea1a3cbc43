// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/cell_delegate.h"
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "items/table_model.h"

#include <QMouseEvent>

#include <algorithm>

// Columns that stay while the others scroll, and how columns show what is in them.
namespace dewpoint::cells {

void GridView::freezeColumn(int column, bool frozen)
{
    const int edge = m_header->frozen();
    const int place = m_header->visualIndex(column);
    if (frozen == (place < edge))
        return;
    m_header->moveSection(place, frozen ? edge : edge - 1);
    m_header->setFrozen(frozen ? edge + 1 : edge - 1);
    updateGeometries();
    viewport()->update();
}

void GridView::mouseMoveEvent(QMouseEvent* event)
{
    m_dragged = event->position().toPoint();
    QAbstractItemView::mouseMoveEvent(event);
}

/// From the cell where the selection began to the one under the mouse, or the current one.
void GridView::selectAcross(QItemSelectionModel::SelectionFlags flags)
{
    const bool drags = state() == DragSelectingState;
    const QModelIndex under = drags ? indexAt(m_dragged) : QModelIndex();
    const QModelIndex end = under.isValid() ? under : currentIndex();
    if (!end.isValid())
        return;
    const int from = m_header->visualIndex(m_anchor.column());
    const int to = m_header->visualIndex(end.column());
    const int top = std::min(m_anchor.row(), end.row());
    const int bottom = std::max(m_anchor.row(), end.row());
    QItemSelection selection;
    for (int visual = std::min(from, to); visual <= std::max(from, to); ++visual) {
        const int column = m_header->logicalIndex(visual);
        if (!m_header->isSectionHidden(column))
            selection.merge(QItemSelection(model()->index(top, column), model()->index(bottom, column)),
                            QItemSelectionModel::Select);
    }
    selectionModel()->select(selection, flags);
}

void GridView::setFormats(const QHash<int, CellFormat>& formats)
{
    m_delegate->setFormats(formats);
    QHash<int, QString> notes;
    for (auto format = formats.cbegin(); format != formats.cend(); ++format)
        notes.insert(format.key(), noteOf(format.value()));
    m_header->setNotes(notes);
    viewport()->update();
}

const QHash<int, CellFormat>& GridView::formats() const
{
    return m_delegate->formats();
}

}  // namespace dewpoint::cells
