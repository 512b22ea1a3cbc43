// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "theme/theme.h"

#include <QPainter>

namespace dewpoint::cells {

void GridView::paintRow(QPainter& painter, int row, const QStyleOptionViewItem& base)
{
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const QModelIndex cell = model()->index(row, column);
        QStyleOptionViewItem option = base;
        option.rect = visualRect(cell);
        if (option.rect.right() < 0 || option.rect.left() > viewport()->width()
            || m_header->isSectionHidden(column))
            continue;
        if (selectionModel() && selectionModel()->isSelected(cell))
            option.state |= QStyle::State_Selected;
        if (cell == currentIndex() && hasFocus())
            option.state |= QStyle::State_HasFocus;
        itemDelegate()->paint(&painter, option, cell);
    }
}

void GridView::paintNotice(QPainter& painter)
{
    const QRect inside =
        viewport()->rect().adjusted(theme::space::xl, theme::space::xl, -theme::space::xl, -theme::space::xl);
    const int half = inside.height() / 2;
    painter.setFont(theme::textFont());
    painter.setPen(theme::color(theme::Role::Text));
    painter.drawText(inside.adjusted(0, 0, 0, -half), Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap,
                     m_noticeTitle);
    painter.setPen(theme::color(theme::Role::TextMuted));
    painter.drawText(inside.adjusted(0, half + theme::space::xs, 0, 0),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_noticeText);
}

void GridView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme::color(theme::Role::Surface));
    if (!model())
        return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.state &= ~(QStyle::State_HasFocus | QStyle::State_Selected);
    option.font = theme::textFont();
    const int last = lastVisibleRow();
    for (int row = firstVisibleRow(); row <= last; ++row)
        paintRow(painter, row, option);
    if (last < 0)
        paintNotice(painter);
}

}  // namespace dewpoint::cells
