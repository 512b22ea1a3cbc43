// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"

#include "cells/cell_delegate.h"
#include "cells/cell_editor.h"
#include "cells/figures.h"
#include "cells/grid_accessible.h"
#include "cells/grid_header.h"
#include "cells/row_header.h"
#include "items/table_model.h"
#include "theme/theme.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

constexpr int rowHeight = theme::space::rowHeight;
constexpr int farAway = 1 << 29;  // a row beyond any screen, without overflow

}  // namespace

GridView::GridView(QWidget* parent)
    : QAbstractItemView(parent), m_header(new GridHeader(this)), m_rowHeader(new RowHeader(*this))
{
    installGridAccessible();
    setObjectName(u"grid"_s);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectItems);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setTabKeyNavigation(true);
    setHorizontalScrollMode(ScrollPerPixel);
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        if (const int column = m_header->columnAt(at.x()); column >= 0)
            Q_EMIT headerMenuAsked(column, m_header->viewport()->mapToGlobal(at));
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        updateGeometries();
        viewport()->update();
    });
    connect(m_header, &QHeaderView::sectionMoved, this, [this] { viewport()->update(); });
    connect(m_header, &GridHeader::frozenChanged, viewport(), qOverload<>(&QWidget::update));
    connect(m_rowHeader, &RowHeader::rowPressed, this, &GridView::pressRow);
    m_rowHeader->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_rowHeader, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        const QModelIndex cell = indexAt(QPoint(0, at.y()));
        if (!cell.isValid())
            return;
        if (!selectionModel()->rowIntersectsSelection(cell.row()))
            pressRow(cell.row(), Qt::NoModifier);
        Q_EMIT cellMenuAsked(cell, m_rowHeader->mapToGlobal(at));
    });
    connect(&theme::Watch::instance(), &theme::Watch::changed, viewport(), qOverload<>(&QWidget::update));
    m_figuresDue.setSingleShot(true);
    m_figuresDue.setInterval(0);
    connect(&m_figuresDue, &QTimer::timeout, this,
            [this] { Q_EMIT figuresChanged(figuresOf(*m_model, selectionModel()->selection())); });
}

void GridView::setTableModel(items::TableModel& model)
{
    m_model = &model;
    setModel(&model);
    m_header->setModel(&model);
    m_delegate = new CellDelegate(model, this);
    setItemDelegate(m_delegate);
    connect(m_delegate, &CellDelegate::pickRequested, this, &GridView::pickAsked);
    connect(m_delegate, &CellDelegate::said, this, &GridView::said);
    connect(&model, &items::TableModel::rowsAboutToMove, this, [this] { finishEditing(); });
    connect(&model, &items::TableModel::dataChanged, m_rowHeader, qOverload<>(&QWidget::update));
    connect(&model, &items::TableModel::modelReset, m_rowHeader, qOverload<>(&QWidget::update));
    connect(&model, &items::TableModel::rowsRemoved, this, [this](const QModelIndex&, int start, int end) {
        if (const int top = firstVisibleRow(); start < top) {
            updateGeometries();
            verticalScrollBar()->setValue(top - (std::min(end, top - 1) - start + 1));
        }
        m_rowHeader->update();
        scheduleDelayedItemsLayout();
    });
    connect(&model, &items::TableModel::editsChanged, &m_figuresDue, qOverload<>(&QTimer::start));
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, &m_figuresDue,
            qOverload<>(&QTimer::start));
}

QWidget* GridView::openEditor() const
{
    return state() == EditingState ? indexWidget(currentIndex()) : nullptr;
}

bool GridView::finishEditing()
{
    Q_EMIT finishingEditing();
    QWidget* editor = openEditor();
    if (!editor || m_staging)
        return true;
    if (const QString refusal = m_delegate->refusal(editor); !refusal.isEmpty()) {
        m_delegate->complain(editor, refusal);
        return false;
    }
    commitData(editor);
    closeEditor(editor, QAbstractItemDelegate::NoHint);
    return true;
}

QString GridView::dropEditor()
{
    QWidget* editor = openEditor();
    if (!editor)
        return {};
    const QString typed = isTouched(editor) ? editorText(editor).value_or(QString()) : QString();
    closeEditor(editor, QAbstractItemDelegate::RevertModelCache);
    return typed;
}

void GridView::commitData(QWidget* editor)
{
    const QScopedValueRollback staging(m_staging, true);
    QAbstractItemView::commitData(editor);
}

void GridView::closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint)
{
    if (m_model)
        m_model->setEdited({});
    QAbstractItemView::closeEditor(editor, hint);
}

void GridView::setNotice(const QString& title, const QString& text)
{
    m_noticeTitle = title;
    m_noticeText = text;
    viewport()->setAccessibleDescription(text.isEmpty() ? title : title + u". "_s + text);
    viewport()->update();
}

int GridView::visibleRows() const
{
    return std::max(1, viewport()->height() / rowHeight);
}

int GridView::firstVisibleRow() const
{
    return verticalScrollBar()->value();
}

int GridView::lastVisibleRow() const
{
    const int rows = model() ? model()->rowCount() : 0;
    return std::min(rows - 1, firstVisibleRow() + viewport()->height() / rowHeight);
}

int GridView::rowTop(int row) const
{
    const qint64 top = (qint64(row) - firstVisibleRow()) * rowHeight;
    return static_cast<int>(std::clamp<qint64>(top, -farAway, farAway));
}

QRect GridView::visualRect(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    return {m_header->left(index.column()), rowTop(index.row()), m_header->sectionSize(index.column()),
            rowHeight};
}

QModelIndex GridView::indexAt(const QPoint& point) const
{
    if (!model() || point.y() < 0)
        return {};
    const int column = m_header->columnAt(point.x());
    const int row = firstVisibleRow() + point.y() / rowHeight;
    return column >= 0 && row < model()->rowCount() ? model()->index(row, column) : QModelIndex();
}

int GridView::horizontalOffset() const
{
    return m_header->offset();
}

int GridView::verticalOffset() const
{
    return 0;
}

bool GridView::isIndexHidden(const QModelIndex& index) const
{
    return m_header->isSectionHidden(index.column());
}

void GridView::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags)
{
    // A box on the screen does not say which columns are meant where some lie under frozen ones; nor, where the
    // cursor has scrolled the grid, where the selection began.
    const bool isHidden = m_header->frozenWidth() > 0 && m_header->offset() > 0;
    if (model() && m_anchor.isValid() && (m_extends || isHidden))
        return selectAcross(flags);
    if (!model() || !selectionModel() || model()->rowCount() == 0)
        return;
    const QRect box = rect.normalized();
    const auto rowAt = [this](int y) {
        const int row = firstVisibleRow() + (y >= 0 ? y / rowHeight : (y - rowHeight + 1) / rowHeight);
        return std::clamp(row, 0, model()->rowCount() - 1);
    };
    QItemSelection selection;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const int left = m_header->sectionViewportPosition(column);
        const int right = left + m_header->sectionSize(column) - 1;
        if (right >= box.left() && left <= box.right() && !m_header->isSectionHidden(column))
            selection.merge(QItemSelection(model()->index(rowAt(box.top()), column),
                                           model()->index(rowAt(box.bottom()), column)),
                            QItemSelectionModel::Select);
    }
    selectionModel()->select(selection, flags);
}

QRegion GridView::visualRegionForSelection(const QItemSelection& selection) const
{
    QRegion region;
    for (const QItemSelectionRange& range : selection) {
        const int first = std::max(range.top(), firstVisibleRow());
        const int last = std::min(range.bottom(), lastVisibleRow());
        for (int column = range.left(); column <= range.right() && first <= last; ++column)
            region += QRect(m_header->left(column), rowTop(first), m_header->sectionSize(column),
                            (last - first + 1) * rowHeight);
    }
    return region;
}

/// Where no key or click moves the cursor, keys that happen to be held neither toggle nor extend.
QItemSelectionModel::SelectionFlags GridView::selectionCommand(const QModelIndex& index,
                                                               const QEvent* event) const
{
    return event ? QAbstractItemView::selectionCommand(index, event) : QItemSelectionModel::ClearAndSelect;
}

// The last column that is left stays: there would be nothing to ask for the others at.
void GridView::hideColumn(int column)
{
    if (m_header->hiddenSectionCount() + 1 >= m_header->count())
        return Q_EMIT said(tr("The last column stays."));
    m_header->hideSection(column);
    if (currentIndex().column() == column)
        setCurrentIndex(model()->index(
            currentIndex().row(), m_header->logicalIndex(besideColumn(m_header->visualIndex(column), 1))));
    updateGeometries();
    viewport()->update();
}

bool GridView::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event)
{
    const bool before = state() == EditingState;
    if (!before && m_delegate && index.isValid()) {
        const bool within = selectionModel()->isSelected(index);
        m_delegate->setTargets(within ? chosenCells() : QModelIndexList{index}, trigger == AnyKeyPressed);
    }
    const bool begun = QAbstractItemView::edit(index, trigger, event);
    if (begun && !before && m_model && state() == EditingState)
        m_model->setEdited(index);
    if (begun && !before && trigger != AnyKeyPressed) {
        // Once it stands where it belongs.
        if (auto* choice = qobject_cast<ChoiceEditor*>(indexWidget(index)))
            QTimer::singleShot(0, choice, [choice] {
                if (choice->isVisible())
                    choice->showPopup();
            });
    }
    return begun;
}

void GridView::fitColumns()
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int column = 0; column < m_header->count(); ++column) {
        int width = m_header->sectionSizeHint(column) + theme::space::l;
        for (int row = firstVisibleRow(); row <= lastVisibleRow(); ++row)
            width = std::max(width, itemDelegate()->sizeHint(option, model()->index(row, column)).width());
        width += width / 8;  // rows further down are often a little longer
        if (m_header->isSectionHidden(column))
            continue;
        m_header->resizeSection(column,
                                std::clamp(width, 2 * theme::space::xxl, theme::space::inspectorWidth));
    }
}

void GridView::updateGeometries()
{
    if (m_updating)
        return;
    m_updating = true;
    const int top = m_header->sizeHint().height();
    const int left = m_rowHeader->wantedWidth();
    setViewportMargins(left, top, 0, 0);
    const QRect inner = viewport()->geometry();
    m_header->setGeometry(inner.left(), inner.top() - top, inner.width(), top);
    m_rowHeader->setGeometry(inner.left() - left, inner.top(), left, inner.height());
    m_header->setOffset(horizontalScrollBar()->value());
    const int rows = model() ? model()->rowCount() : 0;
    verticalScrollBar()->setRange(0, std::max(0, rows - visibleRows()));
    verticalScrollBar()->setPageStep(visibleRows());
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setRange(0, std::max(0, m_header->length() - inner.width()));
    horizontalScrollBar()->setPageStep(inner.width());
    horizontalScrollBar()->setSingleStep(theme::space::xl);
    QAbstractItemView::updateGeometries();
    m_updating = false;
    Q_EMIT visibleRowsChanged();
}

void GridView::rowsInserted(const QModelIndex& parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    // Rows that come above the screen do not push away what is on it.
    const int first = firstVisibleRow();
    if (start < first) {
        updateGeometries();
        verticalScrollBar()->setValue(first + end - start + 1);
    }
    m_rowHeader->update();
    scheduleDelayedItemsLayout();
}

void GridView::reset()
{
    if (m_model)
        m_model->setEdited({});
    const QModelIndex before = currentIndex();
    const int row = before.row();
    const int column = before.column();
    const int top = verticalScrollBar()->value();
    QAbstractItemView::reset();
    updateGeometries();
    verticalScrollBar()->setValue(top);
    if (model() && row >= 0 && row < model()->rowCount())
        setCurrentIndex(model()->index(row, column));
}

/// Only for what is on the screen: QAbstractItemView asks for the place of every cell, a second for millions.
void GridView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                           const QList<int>& roles)
{
    const int first = std::max(topLeft.row(), firstVisibleRow());
    const int last = std::min(bottomRight.row(), lastVisibleRow());
    if (first <= last)
        QAbstractItemView::dataChanged(topLeft.siblingAtRow(first), bottomRight.siblingAtRow(last), roles);
}

void GridView::scrollContentsBy(int dx, int dy)
{
    if (dx)
        m_header->setOffset(horizontalScrollBar()->value());
    if (dy) {
        m_rowHeader->update();
        Q_EMIT visibleRowsChanged();
    }
    updateEditorGeometries();
    viewport()->update();
}

void GridView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QAbstractItemView::currentChanged(current, previous);
    if (!m_extends && state() != DragSelectingState)
        m_anchor = current;
    m_rowHeader->update();
    m_rowMoved = !previous.isValid() || previous.row() != current.row();
    m_columnMoved = !previous.isValid() || previous.column() != current.column();
    tellCurrentCell(*this);
    Q_EMIT currentCellChanged(current);
}

void GridView::pressRow(int row, Qt::KeyboardModifiers modifiers)
{
    if (!model() || row >= model()->rowCount())
        return;
    const int anchor =
        modifiers.testFlag(Qt::ShiftModifier) && currentIndex().isValid() ? currentIndex().row() : row;
    const QItemSelection rows(model()->index(std::min(anchor, row), 0),
                              model()->index(std::max(anchor, row), model()->columnCount() - 1));
    const auto how = modifiers.testFlag(Qt::ControlModifier) ? QItemSelectionModel::Toggle
                                                             : QItemSelectionModel::ClearAndSelect;
    if (anchor == row)
        selectionModel()->setCurrentIndex(model()->index(row, std::max(0, currentIndex().column())),
                                          QItemSelectionModel::NoUpdate);
    selectionModel()->select(rows, how);
    setFocus();
}

}  // namespace dewpoint::cells
