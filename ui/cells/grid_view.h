// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cells/cell_format.h"
#include "cells/copy_text.h"
#include "rows/edit_value.h"
#include "runtime/job.h"

#include <QAbstractItemView>
#include <QPointer>
#include <QTimer>

class QMenu;

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::cells {

class CellDelegate;
class GridHeader;
class RowHeader;

/// A grid whose cost does not depend on the number of rows: rows are equally high, so everything is
/// computed from the first visible one (QTableView keeps a record per row, 160 MiB for ten million).
/// The vertical scroll bar counts rows.
class GridView final : public QAbstractItemView
{
    Q_OBJECT
public:
    explicit GridView(QWidget* parent = nullptr);

    using QAbstractItemView::edit;
    void setTableModel(items::TableModel& model);
    const items::TableModel* tableModel() const { return m_model; }
    GridHeader* header() const { return m_header; }
    /// What to say in place of rows while there are none.
    void setNotice(const QString& title, const QString& text = {});
    const QString& noticeTitle() const { return m_noticeTitle; }

    int firstVisibleRow() const;
    int lastVisibleRow() const;
    int rowTop(int row) const;
    /// Of a selection of many rows only those that are loaded: a whole large table is a query's work.
    QList<int> selectedRows() const;
    int selectedRowsLeftOut() const;  ///< how many others there are
    /// What a key or a menu works on: the selected cells, of which the same is true, or the current one.
    QModelIndexList chosenCells() const;
    void setChosen(const rows::EditValue& value);  ///< NULL, DEFAULT … into them
    void fitColumns();
    /// Value first, then where it is; of the current cell only what is another than before.
    QString spokenCell(const QModelIndex& cell) const;

    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint& point) const override;
    void reset() override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                     const QList<int>& roles = {}) override;

    /// What is typed in an open editor is staged and the editor closed. False where it cannot be staged:
    /// then the editor stays, and has said why.
    bool finishEditing();
    /// The editor closes and the cell is as it was. What was typed in it, if anything.
    QString dropEditor();
    void copySelection(CopyFormat format = CopyFormat::Tsv);
    void addCopyEntries(QMenu* menu);
    void saveCell(int column, const QString& path);  ///< of the focused row, however much of it is loaded
    void copyCell(int column);                       ///< the same to the clipboard
    void paste();
    void fillDown();
    void deleteSelectedRows();
    void duplicateSelectedRows();
    void hideColumn(int column);
    void freezeColumn(int column, bool frozen);  ///< moves it behind those that are frozen, or out of them
    /// How a column's cells are shown; what is copied and edited stays as it is.
    void setFormats(const QHash<int, CellFormat>& formats);
    const QHash<int, CellFormat>& formats() const;
    void goOn() { setCurrentIndex(moveCursor(MoveNext, Qt::NoModifier)); }  ///< to the next cell
    /// Below the cell, or at the mouse.
    void popUp(QMenu* menu, const QPoint& at);

Q_SIGNALS:
    void currentCellChanged(const QModelIndex& index);
    void finishingEditing();  ///< whoever else edits a cell of this grid stages it now
    void said(const QString& text);
    void cellMenuAsked(const QModelIndex& index, const QPoint& at);
    void headerMenuAsked(int column, const QPoint& at);
    void referenceAsked(const QModelIndex& index);
    void pickAsked(const QModelIndex& index);
    void rowAsked();                              ///< for one by its number
    void figuresChanged(const QString& figures);  ///< figuresOf() what is selected
    void visibleRowsChanged();                    ///< scrolled, resized, or there are others now

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex& index) const override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index,
                                                         const QEvent* event) const override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;
    void commitData(QWidget* editor) override;
    void closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

protected Q_SLOTS:
    void updateGeometries() override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;

private:
    QWidget* openEditor() const;
    int visibleRows() const;
    bool stageKey(const QKeyEvent& event);
    bool rowKey(const QKeyEvent& event);
    bool placeKey(const QKeyEvent& event);
    void askForMenu();
    void putCopied(const CopiedCells& cells, CopyFormat format, int missing);
    void pasteRange(const QList<QStringList>& texts);
    struct NewRows {
        int first = 0;
        int count = 0;
    };
    void selectPasted(const QPersistentModelIndex& start, int over, NewRows added, const QList<int>& columns);
    static QStringList pastedText(int wanted, int pasted);
    int besideColumn(int visual, int step) const;
    void pressRow(int row, Qt::KeyboardModifiers modifiers);
    void paintRow(QPainter& painter, int row, const QStyleOptionViewItem& base);
    void paintNotice(QPainter& painter);
    void paintCell(QPainter& painter, int row, int column, const QStyleOptionViewItem& base);
    void selectAcross(QItemSelectionModel::SelectionFlags flags);

    GridHeader* m_header;
    RowHeader* m_rowHeader;
    items::TableModel* m_model = nullptr;
    CellDelegate* m_delegate = nullptr;
    QPointer<QMenu> m_menu;
    runtime::Job m_copyJob;
    QPersistentModelIndex m_anchor;  ///< where the selection began
    QPoint m_dragged;
    bool m_extends = false;  ///< Shift: the key or click that is dealt with keeps the anchor
    QTimer m_figuresDue;     ///< once for all the changes that one drag of the mouse makes
    QString m_noticeTitle;
    QString m_noticeText;
    QString m_noticeSaid;
    bool m_updating = false;
    bool m_rowMoved = true;     ///< by the last step of the cursor
    bool m_columnMoved = true;  ///< by the last step of the cursor
    bool m_staging = false;     ///< what an editor holds is on its way into the model
};

}  // namespace dewpoint::cells
