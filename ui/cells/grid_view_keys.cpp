// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "items/table_model.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScopedValueRollback>

#include <algorithm>

// What keys and the mouse do in a grid, beyond moving about.
namespace dewpoint::cells {

bool GridView::stageKey(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (!control)
        return false;
    switch (event.key()) {
    case Qt::Key_Backspace:
        setChosen(shift ? rows::EditValue(textValue({})) : rows::EditValue(Value(Null{})));
        return true;
    case Qt::Key_0: setChosen(Value(Null{})); return true;
    case Qt::Key_Z:
        if (shift)
            m_model->redo();
        else
            m_model->undo();
        return true;
    case Qt::Key_Y: m_model->redo(); return true;
    case Qt::Key_D:
        if (shift)
            setChosen(rows::Default{});
        else
            fillDown();
        return true;
    default: return false;
    }
}

bool GridView::rowKey(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (event.key() == Qt::Key_Delete && !shift) {
        deleteSelectedRows();
        return true;
    }
    if (control && shift && event.key() == Qt::Key_N) {
        duplicateSelectedRows();
        return true;
    }
    return false;
}

bool GridView::placeKey(const QKeyEvent& event)
{
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    const bool menu = event.key() == Qt::Key_Menu || (shift && event.key() == Qt::Key_F10);
    if (menu)
        askForMenu();
    else if (event.key() == Qt::Key_F4)
        Q_EMIT pickAsked(currentIndex());
    else if (event.key() == Qt::Key_F12)
        Q_EMIT referenceAsked(currentIndex());
    else if (event.key() == Qt::Key_G && event.modifiers() == Qt::ControlModifier)
        Q_EMIT rowAsked();
    else
        return false;
    return true;
}

void GridView::keyPressEvent(QKeyEvent* event)
{
    const QScopedValueRollback extends(m_extends, event->modifiers().testFlag(Qt::ShiftModifier));
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    if (event->matches(QKeySequence::Paste))
        return paste();
    const bool idle = m_model && state() != EditingState;
    if (idle && (stageKey(*event) || rowKey(*event) || placeKey(*event)))
        return event->accept();
    if (idle && event->key() == Qt::Key_Escape && m_model->stop())
        return event->accept();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && state() != EditingState) {
        edit(currentIndex(), EditKeyPressed, event);
        return event->accept();
    }
    QAbstractItemView::keyPressEvent(event);
}

void GridView::deleteSelectedRows()
{
    const bool single = selectionModel()->selection().isEmpty() && currentIndex().isValid();
    const QList<int> rows = single ? QList{currentIndex().row()} : selectedRows();
    const int leftOut = selectedRowsLeftOut();
    if (!m_model->relation().editable)
        return;
    if (const int deleted = m_model->deleteRows(rows); deleted > 0)
        Q_EMIT said(
            tr("%n row(s) to be deleted by the next commit. Ctrl+Z takes it back.", nullptr, deleted));
    m_model->leaveOut(leftOut);
}

void GridView::duplicateSelectedRows()
{
    const QList<int> rows = selectedRows();
    const QModelIndex place = currentIndex();
    if (!m_model->relation().editable || rows.isEmpty())
        return;
    const qsizetype before = m_model->edits().newRowIds().size();
    const int leftOut = selectedRowsLeftOut();
    m_model->duplicateRows(rows);
    m_model->leaveOut(leftOut);
    if (m_model->edits().newRowIds().size() > before)
        setCurrentIndex(m_model->index(static_cast<int>(before), std::max(0, place.column())));
}

// From a single row the value above is taken, as in a spreadsheet.
void GridView::fillDown()
{
    QModelIndexList cells = chosenCells();
    if (cells.isEmpty())
        return;
    const auto [first, last] =
        std::ranges::minmax(cells, {}, [](const QModelIndex& cell) { return cell.row(); });
    if (first.row() == last.row() && first.row() > 0) {
        for (const QModelIndex& cell : QModelIndexList(cells))
            cells += cell.siblingAtRow(cell.row() - 1);
    }
    m_model->fillDown(cells);
    m_model->leaveOut(selectedRowsLeftOut());
}

void GridView::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() != QContextMenuEvent::Mouse)
        return askForMenu();
    const QModelIndex cell = indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (cell.isValid() && !selectionModel()->isSelected(cell))
        setCurrentIndex(cell);
    Q_EMIT cellMenuAsked(cell, event->globalPos());
}

void GridView::askForMenu()
{
    const QRect place = visualRect(currentIndex());
    const QPoint corner = currentIndex().isValid() ? place.bottomLeft() : QPoint();
    Q_EMIT cellMenuAsked(currentIndex(), viewport()->mapToGlobal(corner));
}

void GridView::popUp(QMenu* menu, const QPoint& at)
{
    // The Menu key comes as a key and as an event.
    if (m_menu && m_menu->isVisible())
        return menu->deleteLater();
    m_menu = menu;
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(at);
}

// With Ctrl a click on a foreign key follows it; elsewhere it selects, as ever.
void GridView::mousePressEvent(QMouseEvent* event)
{
    const QScopedValueRollback extends(m_extends, event->modifiers().testFlag(Qt::ShiftModifier));
    const QModelIndex cell = indexAt(event->position().toPoint());
    if (!m_extends)
        m_anchor = cell;
    const bool follows = event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier
                         && m_model && cell.isValid() && !m_model->referencesAt(cell.column()).isEmpty();
    if (!follows)
        return QAbstractItemView::mousePressEvent(event);
    setCurrentIndex(cell);
    Q_EMIT referenceAsked(cell);
}

}  // namespace dewpoint::cells
