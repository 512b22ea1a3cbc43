// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

class QKeyEvent;

namespace dewpoint::inspect {

class ArrayModel;

/// Edits an element of an array as a grid's cell is edited: as exact text, or by choice where its type has few
/// values.
class ArrayDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    ArrayDelegate(ArrayModel& model, QObject* parent);

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool editorKey(QWidget* editor, QKeyEvent& event, bool pressed);
    void watch(QWidget* editor) const;
    void stage(QWidget* editor, EndEditHint hint);

    ArrayModel& m_model;
    bool m_wanted = false;  ///< a key said so, be it typed over or not
    mutable QPersistentModelIndex m_edited;
};

}  // namespace dewpoint::inspect
