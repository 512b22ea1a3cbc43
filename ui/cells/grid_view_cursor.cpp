// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "items/table_model.h"
#include "theme/theme.h"

#include <QScrollBar>

#include <algorithm>

// Where the cursor goes, and the view after it.
namespace dewpoint::cells {

QModelIndex GridView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (!model() || model()->rowCount() == 0 || model()->columnCount() == 0)
        return {};
    const QModelIndex current = currentIndex().isValid()
                                    ? currentIndex()
                                    : model()->index(firstVisibleRow(), m_header->logicalIndex(0));
    int row = current.row();
    int column = m_header->visualIndex(current.column());
    const int lastRow = model()->rowCount() - 1;
    const int firstColumn = besideColumn(-1, 1);
    const int lastColumn = besideColumn(m_header->count(), -1);
    const bool all = modifiers.testFlag(Qt::ControlModifier);
    switch (action) {
    case MoveUp: row = all ? 0 : row - 1; break;
    case MoveDown: row = all ? lastRow : row + 1; break;
    case MoveLeft: column = all ? firstColumn : besideColumn(column, -1); break;
    case MoveRight: column = all ? lastColumn : besideColumn(column, 1); break;
    case MovePageUp: row -= visibleRows(); break;
    case MovePageDown: row += visibleRows(); break;
    case MoveHome:
        column = firstColumn;
        row = all ? 0 : row;
        break;
    case MoveEnd:
        column = lastColumn;
        row = all ? lastRow : row;
        break;
    case MoveNext:
        if (column >= lastColumn && row < lastRow) {
            column = firstColumn;
            ++row;
        } else {
            column = besideColumn(column, 1);
        }
        break;
    case MovePrevious:
        if (column <= firstColumn && row > 0) {
            column = lastColumn;
            --row;
        } else {
            column = besideColumn(column, -1);
        }
        break;
    }
    return model()->index(std::clamp(row, 0, lastRow),
                          m_header->logicalIndex(std::clamp(column, firstColumn, lastColumn)));
}

/// The next column on the screen that is not hidden; where there is none, the one it was asked from.
int GridView::besideColumn(int visual, int step) const
{
    for (int next = visual + step; next >= 0 && next < m_header->count(); next += step) {
        if (!m_header->isSectionHidden(m_header->logicalIndex(next)))
            return next;
    }
    return std::clamp(visual, 0, std::max(0, m_header->count() - 1));
}

QString GridView::spokenCell(const QModelIndex& cell) const
{
    if (!m_model || !cell.isValid())
        return {};
    const items::CellState state = m_model->cellState(cell);
    QStringList words{cell.data(Qt::AccessibleTextRole).toString()};
    if (!state.label.isEmpty())
        words += state.label;
    if (state.row == items::RowState::Deleted)
        words += tr("to be deleted");
    else if (state.changed)
        words += tr("edited");
    if (!state.error.isEmpty())
        words += tr("refused: %1").arg(state.error);
    const bool current = cell == currentIndex();
    if (!current || m_columnMoved)
        words += m_model->relation().columns[cell.column()].name;
    const QString number = m_model->headerData(cell.row(), Qt::Vertical).toString();
    if (!current || m_rowMoved)
        words += number.isEmpty() ? tr("new row") : tr("row %1").arg(number);
    return words.join(QStringLiteral(", "));
}

void GridView::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const int first = firstVisibleRow();
    const int fit = visibleRows();
    if (hint == PositionAtCenter)
        verticalScrollBar()->setValue(index.row() - fit / 2);
    else if (hint == PositionAtTop || index.row() < first)
        verticalScrollBar()->setValue(index.row());
    else if (hint == PositionAtBottom || index.row() >= first + fit)
        verticalScrollBar()->setValue(index.row() - fit + 1);
    const int covered = m_header->frozenWidth();
    if (covered > 0 && m_header->isFrozen(index.column()))
        return;
    const int left = m_header->sectionPosition(index.column()) - covered;
    const int width = m_header->sectionSize(index.column());
    const int offset = horizontalScrollBar()->value();
    const int room = viewport()->width() - covered;
    if (left < offset || width > room)
        horizontalScrollBar()->setValue(left);
    else if (left + width > offset + room)
        horizontalScrollBar()->setValue(left + width - room);
}

}  // namespace dewpoint::cells
