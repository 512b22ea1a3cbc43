// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/row_header.h"

#include "cells/grid_view.h"
#include "items/table_model.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

struct Sign {
    QString text;
    theme::Role role = theme::Role::TextFaint;
};

// Colour is never the only sign.
Sign signOf(items::RowState state)
{
    switch (state) {
    case items::RowState::Added: return {u"+"_s, theme::Role::Added};
    case items::RowState::Changed: return {u"✎"_s, theme::Role::Changed};
    case items::RowState::Deleted: return {u"−"_s, theme::Role::Removed};
    case items::RowState::Loading:
    case items::RowState::Clean: break;
    }
    return {};
}

}  // namespace

RowHeader::RowHeader(GridView& view) : QWidget(&view), m_view(view)
{
    setObjectName(u"rowHeader"_s);
    setFont(theme::smallFont());
}

int RowHeader::wantedWidth() const
{
    const QString widest = QString::number(m_view.model() ? std::max(m_view.model()->rowCount(), 100) : 100);
    return fontMetrics().horizontalAdvance(widest) + 2 * theme::space::l + theme::space::s;
}

void RowHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Role::Surface));
    const items::TableModel* model = m_view.tableModel();
    const int last = model ? m_view.lastVisibleRow() : -1;
    for (int row = m_view.firstVisibleRow(); row <= last; ++row) {
        const QRect place(0, m_view.rowTop(row), width(), theme::space::rowHeight);
        const Sign sign = signOf(model->rowState(row));
        const bool refused = !model->rowError(row).isEmpty();
        const bool current = m_view.currentIndex().row() == row;
        painter.setPen(theme::color(current ? theme::Role::Text : theme::Role::TextFaint));
        painter.drawText(place.adjusted(0, 0, -theme::space::s, 0), Qt::AlignVCenter | Qt::AlignRight,
                         model->headerData(row, Qt::Vertical).toString());
        painter.setPen(theme::color(refused ? theme::Role::Danger : sign.role));
        painter.drawText(place.adjusted(theme::space::s, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         refused ? u"!"_s : sign.text);
        painter.setPen(theme::color(theme::Role::Grid));
        painter.drawLine(place.bottomLeft(), place.bottomRight());
    }
    painter.setPen(theme::color(theme::Role::Border));
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

void RowHeader::mousePressEvent(QMouseEvent* event)
{
    const int row = m_view.firstVisibleRow() + event->position().toPoint().y() / theme::space::rowHeight;
    if (event->button() == Qt::LeftButton && row <= m_view.lastVisibleRow())
        Q_EMIT rowPressed(row, event->modifiers());
}

bool RowHeader::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = m_view.firstVisibleRow() + help->pos().y() / theme::space::rowHeight;
    if (m_view.tableModel() && row <= m_view.lastVisibleRow())
        QToolTip::showText(help->globalPos(), m_view.tableModel()->rowError(row), this);
    return true;
}

}  // namespace dewpoint::cells
