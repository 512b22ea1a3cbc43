// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QHash>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QStatusBar>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::test {

namespace walk {

inline constexpr int sampledRows = 30;

inline bool hasWord(const QString& text)
{
    return std::ranges::any_of(text, [](QChar letter) { return letter.isLetterOrNumber(); });
}

inline QString pathOf(const QWidget& widget)
{
    QStringList names;
    for (const QWidget* part = &widget; part && names.size() < 4; part = part->parentWidget()) {
        if (!part->objectName().isEmpty() || part == &widget)
            names.prepend(part->objectName().isEmpty()
                              ? u"(%1)"_s.arg(QLatin1String(part->metaObject()->className()))
                              : part->objectName());
    }
    return names.join(u'/');
}

inline bool isPartOfAnother(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    return qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent)
           || qobject_cast<const QLineEdit*>(parent) || widget.objectName().startsWith(u"qt_")
           || (parent && parent->objectName().startsWith(u"qt_")) || qobject_cast<const QHeaderView*>(&widget)
           || qobject_cast<const QHeaderView*>(parent)
           || QByteArray(widget.metaObject()->className()) == "QTableCornerButton"
           || QByteArray(widget.metaObject()->className()) == "QMenuBarExtension"
           || (qobject_cast<const QTabBar*>(parent) && qobject_cast<const QAbstractButton*>(&widget)
               && widget.objectName().startsWith(u"Scroll"));
}

inline bool isActed(const QWidget& widget)
{
    if (qobject_cast<const QAbstractButton*>(&widget))
        return true;
    return (widget.focusPolicy() & Qt::TabFocus) != 0;
}

inline QList<QWidget*> actedWidgets(const QWidget& window)
{
    QList<QWidget*> found = window.findChildren<QWidget*>();
    found.removeIf([](const QWidget* widget) {
        return !widget->isVisible() || isPartOfAnother(*widget) || !isActed(*widget) || widget->focusProxy();
    });
    return found;
}

/// On Linux a combo box gives its text for its name, and what it is for by its label (Qt 6.8).
inline QString nameOf(QWidget& widget)
{
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&widget);
    if (!spoken || !qobject_cast<QComboBox*>(&widget))
        return spoken ? spoken->text(QAccessible::Name) : QString();
    if (!widget.accessibleName().isEmpty())
        return widget.accessibleName();
    const auto labels = spoken->relations(QAccessible::Label);
    return labels.isEmpty() ? QString() : labels.first().first->text(QAccessible::Name);
}

/// A sign or a colour of a cell that has no word to it.
inline void addCells(const QAbstractItemView& view, QStringList& found)
{
    const QAbstractItemModel* model = view.model();
    if (!model)
        return;
    const auto* table = qobject_cast<const QTableView*>(&view);
    const auto* tree = qobject_cast<const QTreeView*>(&view);
    const QHeaderView* header = table ? table->horizontalHeader() : tree ? tree->header() : nullptr;
    for (int column = 0; column < model->columnCount(); ++column) {
        if (!header || !header->isVisible() || header->isSectionHidden(column))
            continue;
        const QString title = model->headerData(column, Qt::Horizontal).toString();
        const QString spoken = model->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
        if (!hasWord(title) && !hasWord(spoken))
            found += u"%1: column %2 has no title"_s.arg(pathOf(view)).arg(column);
    }
    for (int row = 0; row < std::min(sampledRows, model->rowCount()); ++row) {
        bool says = false;
        bool marked = false;
        for (int column = 0; column < model->columnCount(); ++column) {
            const QModelIndex cell = model->index(row, column);
            const QString text = cell.data().toString() + cell.data(Qt::AccessibleTextRole).toString()
                                 + cell.data(Qt::AccessibleDescriptionRole).toString();
            const bool widget = view.indexWidget(cell);
            says = says || hasWord(text) || widget;
            marked = marked || cell.data(Qt::DecorationRole).isValid();
            if (cell.data(Qt::DecorationRole).isValid() && !hasWord(text))
                found +=
                    u"%1: the sign in row %2, column %3 has no word"_s.arg(pathOf(view)).arg(row).arg(column);
        }
        if (!says && (marked || tree))
            found += u"%1: row %2 says nothing"_s.arg(pathOf(view)).arg(row);
    }
}

}  // namespace walk

/// What somebody with a screen reader would not get to know of what is visible in a window: each a line that
/// says where. Empty is good.
inline QStringList unspoken(QWidget& window)
{
    QStringList found;
    QHash<std::pair<QWidget*, QString>, QStringList> same;  ///< of one parent
    for (QWidget* widget : walk::actedWidgets(window)) {
        const QString name = walk::nameOf(*widget);
        if (!walk::hasWord(name)) {
            found += u"%1 has no name"_s.arg(walk::pathOf(*widget));
            continue;
        }
        if (const auto* view = qobject_cast<QAbstractItemView*>(widget))
            walk::addCells(*view, found);
        same[{widget->parentWidget(), name}] += walk::pathOf(*widget);
    }
    for (auto it = same.cbegin(); it != same.cend(); ++it) {
        if (it->size() > 1)
            found += u"“%1” is said of %2"_s.arg(it.key().second, it->join(u" and "_s));
    }
    found.sort();
    return found;
}

/// What somebody without a mouse cannot come to: it is visible, but not on the way that Tab takes.
inline QStringList unreachable(QWidget& window)
{
    QList<const QWidget*> chain;
    QWidget* next = &window;
    do {
        chain += next;
        next = next->nextInFocusChain();
    } while (next && next != &window);
    QStringList found;
    for (QWidget* widget : walk::actedWidgets(window)) {
        const bool hasKey = widget->toolTip().contains(u"Ctrl+"_s);
        if (!hasKey && ((widget->focusPolicy() & Qt::TabFocus) == 0 || !chain.contains(widget)))
            found += walk::pathOf(*widget);
    }
    found.removeDuplicates();
    return found;
}

/// What looks the same with the focus and without.
inline QStringList unmarked(QWidget& window)
{
    QStringList found;
    for (QWidget* widget : walk::actedWidgets(window)) {
        if (!widget->isEnabled() || (widget->focusPolicy() & Qt::TabFocus) == 0)
            continue;
        window.setFocus();
        if (QWidget* focused = QApplication::focusWidget())
            focused->clearFocus();
        QApplication::sendPostedEvents();
        const QImage before = widget->grab().toImage();
        widget->setFocus(Qt::TabFocusReason);
        QApplication::sendPostedEvents();
        if (!widget->isVisible() || QApplication::focusWidget() != widget)
            continue;
        if (widget->grab().toImage() == before)
            found += walk::pathOf(*widget);
    }
    found.removeDuplicates();
    return found;
}

}  // namespace dewpoint::test
