// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/past_view.h"

#include <QStyledItemDelegate>

namespace dewpoint::inspect {

/// Draws a line of a value's past: when and by what above, old → new below.
class PastDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit PastDelegate(const PastView& view, QObject* parent) : QStyledItemDelegate(parent), m_view(view)
    {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const PastView& m_view;
};

/// "today 14:03:22 · name", "not committed": what stands above the values.
QString whenText(const PastView::Line& line);
/// "by a foreign key", "took one back": what is to be said beside it; empty mostly.
QString howText(const PastView::Line& line);
/// "NULL → Ada", as one reads it to somebody.
QString changeText(const PastView::Line& line);

}  // namespace dewpoint::inspect
