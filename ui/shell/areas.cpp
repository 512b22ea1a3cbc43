// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/areas.h"

#include "kit/ask_bar.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QMainWindow>
#include <QSplitter>
#include <QStatusBar>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <tuple>

namespace dewpoint::shell {

namespace {

bool takesFocus(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0;
}

/// Where focus goes in an area: to where it was, else to its first list, grid or text, else to its first part
/// that is no tab bar.
QWidget* entryOf(QWidget* area)
{
    if (QWidget* last = area->focusWidget(); last && takesFocus(*last) && area->isAncestorOf(last))
        return last;
    const auto inside = [area](const QWidget* widget) {
        return widget == area || area->isAncestorOf(widget);
    };
    QWidget* first = nullptr;
    for (QWidget* next = area; next;) {
        const QWidget* through = next->focusProxy() ? next->focusProxy() : next;
        const bool fits = inside(next) && inside(through) && takesFocus(*next);
        if (fits && qobject_cast<QAbstractScrollArea*>(next))
            return next;
        if (fits && !first && !qobject_cast<QTabBar*>(next))
            first = next;
        next = next->nextInFocusChain();
        if (next == area)
            break;
    }
    return first;
}

bool isParted(const QWidget& pane)
{
    const auto splitters = pane.findChildren<QSplitter*>();
    return qobject_cast<const QSplitter*>(&pane)
           || std::ranges::any_of(splitters, [](const QSplitter* inner) { return inner->isVisible(); });
}

}  // namespace

QList<QWidget*> areasOf(const QWidget& window)
{
    QList<QWidget*> areas;
    for (const QSplitter* splitter : window.findChildren<QSplitter*>()) {
        for (int i = 0; i < splitter->count(); ++i) {
            if (!isParted(*splitter->widget(i)))
                areas += splitter->widget(i);
        }
    }
    for (kit::AskBar* bar : window.findChildren<kit::AskBar*>())
        areas += bar;
    if (const auto* whole = qobject_cast<const QMainWindow*>(&window)) {
        for (auto* button : whole->findChild<QStatusBar*>()->findChildren<QToolButton*>())
            areas += button;
    }
    areas.removeIf([](QWidget* area) { return !area->isVisible() || !entryOf(area); });
    std::ranges::stable_sort(areas, {}, [&window](const QWidget* area) {
        const QPoint corner = area->mapTo(&window, QPoint());
        const bool last = qobject_cast<const QToolButton*>(area);
        return std::tuple(last, corner.x(), corner.y());
    });
    return areas;
}

void stepArea(const QWidget& window, int by)
{
    const QList<QWidget*> areas = areasOf(window);
    if (areas.isEmpty())
        return;
    const QWidget* focused = QApplication::focusWidget();
    // Of areas in one another, the innermost is where one is.
    qsizetype here = -1;
    for (qsizetype i = 0; i < areas.size(); ++i) {
        const bool inside = focused && (areas[i] == focused || areas[i]->isAncestorOf(focused));
        if (inside && (here < 0 || areas[here]->isAncestorOf(areas[i])))
            here = i;
    }
    const qsizetype next = here < 0 ? (by > 0 ? 0 : areas.size() - 1) : here + by + areas.size();
    entryOf(areas[next % areas.size()])->setFocus(by > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

}  // namespace dewpoint::shell
