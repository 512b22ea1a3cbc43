// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"

#include "theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

GridHeader::GridHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(u"columnHeader"_s);
    setSectionsClickable(true);
    setHighlightSections(true);
    setSectionsMovable(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void GridHeader::setSorts(const QList<Sort>& sorts)
{
    m_marks.clear();
    for (int i = 0; i < sorts.size(); ++i) {
        const QString arrow = sorts[i].descending ? u"▼"_s : u"▲"_s;
        m_marks.insert(sorts[i].column, sorts.size() > 1 ? arrow + QString::number(i + 1) : arrow);
    }
    viewport()->update();
}

void GridHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    painter->save();
    QHeaderView::paintSection(painter, rect, logicalIndex);
    painter->restore();
    const QString mark = sortMark(logicalIndex);
    if (mark.isEmpty())
        return;
    painter->save();
    painter->setFont(theme::smallFont());
    const int width = QFontMetrics(theme::smallFont()).horizontalAdvance(mark) + 2 * theme::space::xs;
    const QRect place(rect.right() - width, rect.top(), width, rect.height() - theme::space::hair);
    painter->fillRect(place, theme::color(theme::Role::SurfaceAlternate));  // over the end of a long name
    painter->setPen(theme::color(theme::Role::Accent));
    painter->drawText(place, Qt::AlignCenter, mark);
    painter->restore();
}

QSize GridHeader::sectionSizeFromContents(int logicalIndex) const
{
    QSize size = QHeaderView::sectionSizeFromContents(logicalIndex);
    size.rwidth() += theme::space::l;  // room for the mark
    return size;
}

}  // namespace dewpoint::cells
