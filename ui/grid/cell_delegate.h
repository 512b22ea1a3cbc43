// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace dewpoint::items {
struct CellState;
class TableModel;
}  // namespace dewpoint::items

namespace dewpoint::grid {

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

protected:
    bool eventFilter(QObject* editor, QEvent* event) override;

private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option,
                     const items::CellState& state) const;
    void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                   const items::CellState& state) const;

    const items::TableModel& m_model;
};

}  // namespace dewpoint::grid
