// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/tool_row.h"

#include "theme/theme.h"

#include <QEvent>
#include <QToolButton>

namespace dewpoint::kit {

ToolRow::ToolRow(QWidget* row, QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFixedHeight(theme::space::toolBarHeight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(row);
    row->installEventFilter(this);
}

void ToolRow::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
}

// Buttons come, go, and change their texts.
bool ToolRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest && watched == widget())
        fit();
    return QScrollArea::eventFilter(watched, event);
}

void ToolRow::fit()
{
    const int room = viewport()->width();
    if (m_compact && room >= m_wanted)
        return setCompact(false);
    const int wanted = widget()->minimumSizeHint().width();
    if (m_compact || wanted <= room)
        return;
    m_wanted = wanted;
    setCompact(true);
}

void ToolRow::setCompact(bool compact)
{
    m_compact = compact;
    const auto tools = widget()->findChildren<QToolButton*>();
    for (QToolButton* tool : tools) {
        if (!tool->icon().isNull() && !tool->text().isEmpty() && !tool->property(keepsText).toBool())
            tool->setToolButtonStyle(compact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    }
}

}  // namespace dewpoint::kit
