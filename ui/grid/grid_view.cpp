// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/grid_view.h"

#include "grid/cell_delegate.h"
#include "grid/row_header.h"
#include "items/table_model.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

constexpr int rowHeight = theme::space::rowHeight;
constexpr int farAway = 1 << 29;  // a row beyond any screen, without overflow

}  // namespace

GridView::GridView(QWidget* parent)
    : QAbstractItemView(parent)
    , m_header(new QHeaderView(Qt::Horizontal, this))
    , m_rowHeader(new RowHeader(*this))
{
    setObjectName(u"grid"_s);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectItems);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed);
    setTabKeyNavigation(true);
    setHorizontalScrollMode(ScrollPerPixel);
    m_header->setSectionsClickable(true);
    m_header->setHighlightSections(true);
    m_header->setSectionsMovable(true);
    m_header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_header->setObjectName(u"columnHeader"_s);
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        updateGeometries();
        viewport()->update();
    });
    connect(m_header, &QHeaderView::sectionMoved, this, [this] { viewport()->update(); });
    connect(m_rowHeader, &RowHeader::rowPressed, this, &GridView::pressRow);
    connect(&theme::Watch::instance(), &theme::Watch::changed, viewport(), qOverload<>(&QWidget::update));
}

void GridView::setTableModel(items::TableModel& model)
{
    m_model = &model;
    setModel(&model);
    m_header->setModel(&model);
    setItemDelegate(new CellDelegate(model, this));
    connect(&model, &items::TableModel::dataChanged, m_rowHeader, qOverload<>(&QWidget::update));
}

void GridView::finishEditing()
{
    QWidget* editor = state() == EditingState ? indexWidget(currentIndex()) : nullptr;
    if (!editor)
        return;
    commitData(editor);
    closeEditor(editor, QAbstractItemDelegate::NoHint);
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
    return {m_header->sectionViewportPosition(index.column()), rowTop(index.row()),
            m_header->sectionSize(index.column()), rowHeight};
}

QModelIndex GridView::indexAt(const QPoint& point) const
{
    if (!model() || point.y() < 0)
        return {};
    const int column = m_header->logicalIndexAt(point.x());
    const int row = firstVisibleRow() + point.y() / rowHeight;
    return column >= 0 && row < model()->rowCount() ? model()->index(row, column) : QModelIndex();
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
    const int left = m_header->sectionPosition(index.column());
    const int width = m_header->sectionSize(index.column());
    const int offset = horizontalScrollBar()->value();
    if (left < offset || width > viewport()->width())
        horizontalScrollBar()->setValue(left);
    else if (left + width > offset + viewport()->width())
        horizontalScrollBar()->setValue(left + width - viewport()->width());
}

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
    const int lastColumn = m_header->count() - 1;
    const bool all = modifiers.testFlag(Qt::ControlModifier);
    switch (action) {
    case MoveUp: row = all ? 0 : row - 1; break;
    case MoveDown: row = all ? lastRow : row + 1; break;
    case MoveLeft: column = all ? 0 : column - 1; break;
    case MoveRight: column = all ? lastColumn : column + 1; break;
    case MovePageUp: row -= visibleRows(); break;
    case MovePageDown: row += visibleRows(); break;
    case MoveHome:
        column = 0;
        row = all ? 0 : row;
        break;
    case MoveEnd:
        column = lastColumn;
        row = all ? lastRow : row;
        break;
    case MoveNext:
        if (++column > lastColumn && row < lastRow) {
            column = 0;
            ++row;
        }
        break;
    case MovePrevious:
        if (--column < 0 && row > 0) {
            column = lastColumn;
            --row;
        }
        break;
    }
    return model()->index(std::clamp(row, 0, lastRow),
                          m_header->logicalIndex(std::clamp(column, 0, lastColumn)));
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
            region += QRect(m_header->sectionViewportPosition(column), rowTop(first),
                            m_header->sectionSize(column), (last - first + 1) * rowHeight);
    }
    return region;
}

QList<int> GridView::selectedRows() const
{
    constexpr int most = 100'000;
    QSet<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && rows.size() < most; ++row)
            rows.insert(row);
    }
    QList<int> sorted(rows.begin(), rows.end());
    std::ranges::sort(sorted);
    return sorted;
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
}

void GridView::rowsInserted(const QModelIndex& parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    scheduleDelayedItemsLayout();
}

void GridView::reset()
{
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

void GridView::scrollContentsBy(int dx, int dy)
{
    if (dx)
        m_header->setOffset(horizontalScrollBar()->value());
    if (dy)
        m_rowHeader->update();
    updateEditorGeometries();
    viewport()->update();
}

void GridView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QAbstractItemView::currentChanged(current, previous);
    m_rowHeader->update();
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

}  // namespace dewpoint::grid
