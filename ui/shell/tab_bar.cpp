// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/tab_bar.h"

#include <QStyleOptionTab>
#include <QStylePainter>

namespace dewpoint::shell {

TabBar::TabBar(QWidget* parent) : QTabBar(parent)
{
    setObjectName(QStringLiteral("tabBar"));
    setMovable(true);
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideRight);
}

void TabBar::setPreview(int index)
{
    m_preview = index;
    update();
}

void TabBar::initStyleOption(QStyleOptionTab* option, int tabIndex) const
{
    QTabBar::initStyleOption(option, tabIndex);
    if (!m_withoutTitle || tabIndex != m_preview)
        return;
    option->text.clear();
    option->icon = {};
}

// A style sheet has one font for all tabs, so the slanted one is drawn over its own ground.
void TabBar::paintEvent(QPaintEvent* event)
{
    m_withoutTitle = true;
    QTabBar::paintEvent(event);
    m_withoutTitle = false;
    if (m_preview < 0 || m_preview >= count())
        return;
    QStyleOptionTab option;
    initStyleOption(&option, m_preview);
    QStylePainter painter(this);
    QFont slanted = font();
    slanted.setItalic(true);
    painter.setFont(slanted);
    painter.drawControl(QStyle::CE_TabBarTabLabel, option);
}

}  // namespace dewpoint::shell
