// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_accessible.h"

#include "cells/grid_view.h"
#include "items/table_model.h"

#include <QWindow>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

constexpr qsizetype mostCells = 4'000;

class CellAccessible final : public QAccessibleInterface, public QAccessibleTableCellInterface
{
public:
    CellAccessible(GridView& view, int row, int column) : m_view(view), m_row(row), m_column(column) {}

    bool isValid() const override { return index().isValid(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_view.window()->windowHandle(); }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(&m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Name)
            return m_view.spokenCell(index());
        return kind == QAccessible::Value ? index().data(Qt::AccessibleTextRole).toString() : QString();
    }

    QRect rect() const override
    {
        const QRect place = m_view.visualRect(index());
        return {m_view.viewport()->mapToGlobal(place.topLeft()), place.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        const QModelIndex cell = index();
        state.selectable = true;
        state.focusable = true;
        state.selected = isSelected();
        state.focused = cell == m_view.currentIndex() && m_view.hasFocus();
        state.active = cell == m_view.currentIndex();
        state.editable = m_view.tableModel()->isEditable(cell);
        state.readOnly = !state.editable;
        state.offscreen = m_row < m_view.firstVisibleRow() || m_row > m_view.lastVisibleRow();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface*>(this)
                                                       : nullptr;
    }

    bool isSelected() const override { return m_view.selectionModel()->isSelected(index()); }
    QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_column; }
    int rowIndex() const override { return m_row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface* table() const override { return parent(); }

private:
    QModelIndex index() const { return m_view.model()->index(m_row, m_column); }

    GridView& m_view;
    int m_row;
    int m_column;
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object)
{
    auto* view = qobject_cast<GridView*>(object);
    return view ? new GridAccessible(*view) : nullptr;
}

QItemSelection selectionOf(const GridView& view)
{
    return view.selectionModel() ? view.selectionModel()->selection() : QItemSelection();
}

int clamped(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

}  // namespace

GridAccessible::GridAccessible(GridView& view) : QAccessibleWidget(&view, QAccessible::Table), m_view(view) {}

GridAccessible::~GridAccessible()
{
    forgetCells();
}

void GridAccessible::forgetCells() const
{
    for (const QAccessible::Id id : std::as_const(m_cells))
        QAccessible::deleteAccessibleInterface(id);
    m_cells.clear();
}

void* GridAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this)
                                               : QAccessibleWidget::interface_cast(type);
}

int GridAccessible::rowCount() const
{
    return m_view.model() ? m_view.model()->rowCount() : 0;
}

int GridAccessible::columnCount() const
{
    return m_view.model() ? m_view.model()->columnCount() : 0;
}

int GridAccessible::childCount() const
{
    return clamped(qint64(rowCount()) * columnCount());
}

QAccessibleInterface* GridAccessible::child(int index) const
{
    const int columns = columnCount();
    return columns > 0 ? cellAt(index / columns, index % columns) : nullptr;
}

QAccessibleInterface* GridAccessible::childAt(int x, int y) const
{
    const QModelIndex cell = m_view.indexAt(m_view.viewport()->mapFromGlobal(QPoint(x, y)));
    return cellAt(cell.row(), cell.column());
}

QAccessibleInterface* GridAccessible::focusChild() const
{
    const QModelIndex current = m_view.currentIndex();
    return m_view.hasFocus() ? cellAt(current.row(), current.column()) : QAccessibleWidget::focusChild();
}

int GridAccessible::indexOfChild(const QAccessibleInterface* cell) const
{
    const auto* place = cell ? const_cast<QAccessibleInterface*>(cell)->tableCellInterface() : nullptr;
    return place ? clamped(qint64(place->rowIndex()) * columnCount() + place->columnIndex()) : -1;
}

QAccessibleInterface* GridAccessible::cellAt(int row, int column) const
{
    if (row < 0 || column < 0 || row >= rowCount() || column >= columnCount())
        return nullptr;
    const std::pair place(row, column);
    if (const auto known = m_cells.constFind(place); known != m_cells.cend())
        return QAccessible::accessibleInterface(*known);
    if (m_cells.size() >= mostCells)
        forgetCells();
    auto* cell = new CellAccessible(m_view, row, column);
    m_cells.insert(place, QAccessible::registerAccessibleInterface(cell));
    return cell;
}

int GridAccessible::selectedCellCount() const
{
    qint64 cells = 0;
    const QItemSelection selection = selectionOf(m_view);
    for (const QItemSelectionRange& range : selection)
        cells += qint64(range.width()) * range.height();
    return clamped(cells);
}

QList<QAccessibleInterface*> GridAccessible::selectedCells() const
{
    QList<QAccessibleInterface*> cells;
    const QItemSelection selection = selectionOf(m_view);
    for (const QItemSelectionRange& range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            for (int column = range.left(); column <= range.right() && cells.size() < mostCells / 2; ++column)
                cells += cellAt(row, column);
            if (cells.size() >= mostCells / 2)
                return cells;
        }
    }
    return cells;
}

QString GridAccessible::columnDescription(int column) const
{
    return column < columnCount() ? m_view.model()->headerData(column, Qt::Horizontal).toString() : QString();
}

QString GridAccessible::rowDescription(int row) const
{
    return row < rowCount() ? m_view.model()->headerData(row, Qt::Vertical).toString() : QString();
}

int GridAccessible::selectedRowCount() const
{
    return clamped(selectedRows().size());
}

QList<int> GridAccessible::selectedRows() const
{
    QList<int> rows = m_view.selectedRows();
    rows.removeIf([this](int row) { return !isRowSelected(row); });
    return rows;
}

bool GridAccessible::isRowSelected(int row) const
{
    return m_view.model() && m_view.selectionModel()->isRowSelected(row);
}

bool GridAccessible::selectRow(int row)
{
    if (row < 0 || row >= rowCount())
        return false;
    const QModelIndex first = m_view.model()->index(row, 0);
    m_view.selectionModel()->select(first, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    return first.isValid();
}

void GridAccessible::modelChange(QAccessibleTableModelChangeEvent* event)
{
    if (event->modelChangeType() != QAccessibleTableModelChangeEvent::DataChanged)
        forgetCells();
}

void installGridAccessible()
{
    QAccessible::installFactory(makeAccessible);
}

void tellCurrentCell(GridView& view)
{
    if (!QAccessible::isActive() || !view.hasFocus())
        return;
    QAccessibleInterface* whole = QAccessible::queryAccessibleInterface(&view);
    QAccessibleInterface* cell = whole ? whole->focusChild() : nullptr;
    if (!cell)
        return;
    QAccessibleEvent event(cell, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

}  // namespace dewpoint::cells
