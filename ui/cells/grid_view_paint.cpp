// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "kit/announce.h"
#include "theme/theme.h"

#include <QPainter>

#include <utility>

namespace dewpoint::cells {

void GridView::paintCell(QPainter& painter, int row, int column, const QStyleOptionViewItem& base)
{
    const QModelIndex cell = model()->index(row, column);
    QStyleOptionViewItem option = base;
    option.rect = visualRect(cell);
    if (option.rect.right() < 0 || option.rect.left() > viewport()->width()
        || m_header->isSectionHidden(column))
        return;
    if (selectionModel() && selectionModel()->isSelected(cell))
        option.state |= QStyle::State_Selected;
    if (cell == currentIndex() && hasFocus())
        option.state |= QStyle::State_HasFocus;
    itemDelegate()->paint(&painter, option, cell);
}

// Frozen columns come last: the others scroll under them.
void GridView::paintRow(QPainter& painter, int row, const QStyleOptionViewItem& base)
{
    const int covered = m_header->frozenWidth();
    const int frozen = covered > 0 ? m_header->frozen() : 0;
    painter.save();
    if (covered > 0)
        painter.setClipRect(covered, 0, viewport()->width() - covered, viewport()->height());
    for (int visual = frozen; visual < m_header->count(); ++visual)
        paintCell(painter, row, m_header->logicalIndex(visual), base);
    painter.restore();
    for (int visual = 0; visual < frozen; ++visual)
        paintCell(painter, row, m_header->logicalIndex(visual), base);
}

void GridView::paintNotice(QPainter& painter)
{
    const QRect inside =
        viewport()->rect().adjusted(theme::space::xl, theme::space::xl, -theme::space::xl, -theme::space::xl);
    const int half = inside.height() / 2;
    // Told when it is drawn: what nobody sees is nobody's news.
    if (const QString said = viewport()->accessibleDescription(); said != std::exchange(m_noticeSaid, said))
        kit::announce(viewport(), said);
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
    if (const int covered = m_header->frozenWidth(); covered > 0 && last >= 0)
        painter.fillRect(covered - theme::space::hair, 0, theme::space::hair, rowTop(last + 1),
                         theme::color(theme::Role::BorderStrong));
}

}  // namespace dewpoint::cells
