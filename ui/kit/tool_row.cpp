// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/tool_row.h"

#include "theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QLayout>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace dewpoint::kit {

ToolRow::ToolRow(QWidget* row, QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);  // its buttons have it
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
    QList<QToolButton*> tools;
    QString fitted = QString::number(viewport()->width());
    QLayout* layout = widget()->layout();
    for (int i = 0; i < layout->count(); ++i) {
        const QWidget* part = layout->itemAt(i)->widget();
        if (!part || part->isHidden())
            continue;
        fitted += QLatin1Char('\n') + part->objectName();
        if (auto* tool = qobject_cast<QToolButton*>(layout->itemAt(i)->widget())) {
            tools += tool;
            fitted += tool->text();
        } else if (const auto* label = qobject_cast<const QLabel*>(part)) {
            fitted += label->text();
        }
    }
    if (fitted == std::exchange(m_fitted, fitted))
        return;
    tools.removeIf([](const QToolButton* tool) { return tool->icon().isNull() || tool->text().isEmpty(); });
    for (QToolButton* tool : std::as_const(tools))
        tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    std::ranges::stable_partition(tools,
                                  [](const QToolButton* tool) { return tool->property(keepsText).toBool(); });
    const auto isTooWide = [&] {
        layout->invalidate();
        return layout->minimumSize().width() > viewport()->width();
    };
    while (!tools.isEmpty() && isTooWide())
        tools.takeLast()->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

}  // namespace dewpoint::kit
