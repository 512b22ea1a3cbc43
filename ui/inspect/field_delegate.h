// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace dewpoint::inspect {

struct Field;
struct RecordNode;

/// Draws a field as in a form: its name and type above, its value below; and what leads to other rows as one
/// line.
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
    static void paintLine(QPainter& painter, const QRect& rect, const RecordNode& node);
};

}  // namespace dewpoint::inspect
