// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractItemView>

class QHeaderView;

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::grid {

class RowHeader;

/// A grid whose cost does not depend on the number of rows: rows are equally high, so everything is
/// computed from the first visible one (QTableView keeps a record per row, 160 MiB for ten million).
/// The vertical scroll bar counts rows.
class GridView final : public QAbstractItemView
{
    Q_OBJECT
public:
    explicit GridView(QWidget* parent = nullptr);

    void setTableModel(items::TableModel& model);
    const items::TableModel* tableModel() const { return m_model; }
    QHeaderView* header() const { return m_header; }
    /// What to say in place of rows while there are none.
    void setNotice(const QString& title, const QString& text = {});
    const QString& noticeTitle() const { return m_noticeTitle; }

    int firstVisibleRow() const;
    int lastVisibleRow() const;
    int rowTop(int row) const;
    QList<int> selectedRows() const;
    void fitColumns();

    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint& point) const override;
    void reset() override;

    /// What is typed in an open editor is staged and the editor closed.
    void finishEditing();
    void copySelection();
    void paste();

Q_SIGNALS:
    void currentCellChanged(const QModelIndex& index);
    void said(const QString& text);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex& index) const override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

protected Q_SLOTS:
    void updateGeometries() override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;

private:
    int visibleRows() const;
    bool stageKey(const QKeyEvent& event);
    bool rowKey(const QKeyEvent& event);
    void pressRow(int row, Qt::KeyboardModifiers modifiers);
    void paintRow(QPainter& painter, int row, const QStyleOptionViewItem& base);
    void paintNotice(QPainter& painter);

    QHeaderView* m_header;
    RowHeader* m_rowHeader;
    items::TableModel* m_model = nullptr;
    QString m_noticeTitle;
    QString m_noticeText;
    bool m_updating = false;
};

}  // namespace dewpoint::grid
