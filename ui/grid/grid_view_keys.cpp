// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/grid_header.h"
#include "grid/grid_view.h"
#include "items/table_model.h"
#include "kit/tsv.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

#include <algorithm>

// What keys and the mouse do in a grid, beyond moving about.
namespace dewpoint::grid {

bool GridView::stageKey(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (!control)
        return false;
    switch (event.key()) {
    case Qt::Key_Backspace:
        m_model->setValue(chosenCells(),
                          shift ? rows::EditValue(textValue({})) : rows::EditValue(Value(Null{})));
        return true;
    case Qt::Key_0: m_model->setValue(chosenCells(), rows::EditValue(Value(Null{}))); return true;
    case Qt::Key_Z:
        if (shift)
            m_model->redo();
        else
            m_model->undo();
        return true;
    case Qt::Key_Y: m_model->redo(); return true;
    case Qt::Key_D:
        if (shift)
            m_model->setValue(chosenCells(), rows::Default{});
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
    else
        return false;
    return true;
}

void GridView::keyPressEvent(QKeyEvent* event)
{
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
    const QList<int> rows =
        currentIndex().isValid() && selectedRows().isEmpty() ? QList{currentIndex().row()} : selectedRows();
    if (!m_model->relation().editable || rows.isEmpty())
        return;
    m_model->deleteRows(rows);
    Q_EMIT said(tr("%n row(s) to be deleted by the next commit. Ctrl+Z takes it back.", nullptr,
                   static_cast<int>(rows.size())));
}

void GridView::duplicateSelectedRows()
{
    const QList<int> rows = selectedRows();
    const QModelIndex place = currentIndex();
    if (!m_model->relation().editable || rows.isEmpty())
        return;
    const qsizetype before = m_model->edits().newRowIds().size();
    m_model->duplicateRows(rows);
    if (m_model->edits().newRowIds().size() > before)
        setCurrentIndex(m_model->index(static_cast<int>(before), std::max(0, place.column())));
}

// From a single row the value above is taken, as in a spreadsheet.
void GridView::fillDown()
{
    QModelIndexList cells = chosenCells();
    const auto [first, last] =
        std::ranges::minmax(cells, {}, [](const QModelIndex& cell) { return cell.row(); });
    if (!cells.isEmpty() && first.row() == last.row() && first.row() > 0) {
        for (const QModelIndex& cell : QModelIndexList(cells))
            cells += cell.siblingAtRow(cell.row() - 1);
    }
    m_model->fillDown(cells);
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
    const QModelIndex cell = indexAt(event->position().toPoint());
    const bool follows = event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier
                         && m_model && cell.isValid() && !m_model->referencesAt(cell.column()).isEmpty();
    if (!follows)
        return QAbstractItemView::mousePressEvent(event);
    setCurrentIndex(cell);
    Q_EMIT referenceAsked(cell);
}

void GridView::copySelection(CopyFormat format)
{
    constexpr int most = 20'000;
    if (!m_model)
        return;
    CopiedCells cells{.relation = m_model->relation(), .columns = {}, .rows = {}};
    const QItemSelection selection = selectionModel()->selection();
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const bool chosen = std::ranges::any_of(selection, [&](const QItemSelectionRange& range) {
            return range.left() <= column && column <= range.right();
        });
        if (chosen && !m_header->isSectionHidden(column))
            cells.columns += column;
    }
    int missing = 0;
    const QList<int> rows = selectedRows();
    for (const int row : rows.first(std::min<qsizetype>(rows.size(), most))) {
        if (m_model->rowState(row) == items::RowState::Loading) {
            ++missing;
            continue;
        }
        QList<std::optional<Value>> line;
        for (const int column : std::as_const(cells.columns))
            line += selection.contains(m_model->index(row, column))
                        ? m_model->valueAt(m_model->index(row, column))
                        : std::nullopt;
        cells.rows += line;
    }
    if (cells.rows.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(copyText(cells, format));
    Q_EMIT said(missing == 0 ? tr("%n row(s) copied", nullptr, static_cast<int>(cells.rows.size()))
                             : tr("%1 rows copied; %2 are not loaded yet: export the table to get all")
                                   .arg(cells.rows.size())
                                   .arg(missing));
}

// One value fills the selection; a range goes down and right from the current cell.
void GridView::paste()
{
    if (!m_model || !m_model->relation().editable)
        return;
    const QList<QStringList> texts = kit::fromTsv(QGuiApplication::clipboard()->text());
    if (texts.isEmpty())
        return;
    if (texts.size() > 1 || texts.first().size() > 1 || !currentIndex().isValid())
        return pasteRange(texts);
    const QModelIndexList chosen = chosenCells();
    QList<std::pair<QModelIndex, QString>> cells;
    for (const QModelIndex& cell : chosen)
        cells += {cell, texts.first().first()};
    m_model->paste(cells, {});
    Q_EMIT said(tr("%n cell(s) pasted", nullptr, static_cast<int>(cells.size())));
}

// What goes beyond the last row becomes new rows; so does what goes beyond the new rows, which stand
// before the others: nothing that is there already is overwritten by surprise.
void GridView::pasteRange(const QList<QStringList>& texts)
{
    const int fresh = static_cast<int>(m_model->edits().newRowIds().size());
    const int top = std::max(0, currentIndex().row());
    const int end = !currentIndex().isValid() ? 0 : top < fresh ? fresh : m_model->rowCount();
    int visual =
        currentIndex().isValid() ? m_header->visualIndex(currentIndex().column()) : besideColumn(-1, 1);
    QList<int> columns;
    for (; visual < m_header->count(); ++visual) {
        if (!m_header->isSectionHidden(m_header->logicalIndex(visual)))
            columns += m_header->logicalIndex(visual);
    }
    QList<std::pair<QModelIndex, QString>> cells;
    QList<items::TableModel::NewTexts> rows;
    int outside = 0;
    for (int row = 0; row < texts.size(); ++row) {
        const qsizetype width = std::min(texts[row].size(), columns.size());
        outside += static_cast<int>(texts[row].size() - width);
        items::TableModel::NewTexts line;
        for (qsizetype i = 0; i < width; ++i) {
            if (top + row < end)
                cells += {m_model->index(top + row, columns[i]), texts[row][i]};
            else
                line += {columns[i], texts[row][i]};
        }
        if (!line.isEmpty())
            rows += line;
    }
    m_model->paste(cells, rows);
    QStringList parts;
    if (!cells.isEmpty())
        parts += tr("%n cell(s) pasted", nullptr, static_cast<int>(cells.size()));
    if (!rows.isEmpty())
        parts += tr("%n new row(s)", nullptr, static_cast<int>(rows.size()));
    if (outside > 0)
        parts += tr("%n beyond the last column left out", nullptr, outside);
    Q_EMIT said(parts.join(QStringLiteral(" · ")));
}

}  // namespace dewpoint::grid
