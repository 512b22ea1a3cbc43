// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cells/cell_format.h"

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

class QKeyEvent;

namespace dewpoint::items {
struct CellState;
class TableModel;
}  // namespace dewpoint::items

namespace dewpoint::cells {

/// Draws a cell so that NULL, the empty text, DEFAULT and staged changes cannot be confused, and edits
/// it as exact text.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    CellDelegate(const items::TableModel& model, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

    /// Why what is typed cannot be staged at all; empty when it can.
    QString refusal(const QWidget* editor) const;
    void complain(QWidget* editor, const QString& problem);

    /// The cells that Ctrl+Return fills, and Return as well when the first key was typed over them.
    void setTargets(const QModelIndexList& cells, bool typedOver);
    void setFormats(const QHash<int, CellFormat>& formats) { m_formats = formats; }
    const QHash<int, CellFormat>& formats() const { return m_formats; }
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

Q_SIGNALS:
    void pickRequested(const QModelIndex& index);
    void said(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option,
                     const items::CellState& state) const;
    void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                   const items::CellState& state) const;

    QString formattedAt(const QModelIndex& index) const;
    bool editorKey(QWidget* editor, QKeyEvent& event, bool pressed);
    void stage(QWidget* editor, EndEditHint hint);

    const items::TableModel& m_model;
    QModelIndexList m_targets;
    QHash<int, CellFormat> m_formats;  ///< by column
    bool m_typed = false;              ///< a key that is typed opened the editor
    bool m_typedOver = false;
    bool m_filling = false;
    mutable int m_taken = 0;  ///< cells that took the last text
    mutable QPersistentModelIndex m_edited;
};

}  // namespace dewpoint::cells
