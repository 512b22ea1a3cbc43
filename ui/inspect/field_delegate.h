// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace dewpoint::inspect {

struct Field;

/// Draws a field as in a form: its name and type above, its value below.
class FieldDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    static void paintCaption(QPainter& painter, const QRect& rect, const Field& field);
    static void paintValue(QPainter& painter, const QRect& rect, const Field& field);
};

}  // namespace dewpoint::inspect
