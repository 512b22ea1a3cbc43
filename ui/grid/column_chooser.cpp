// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/column_chooser.h"

#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "items/table_model.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

ColumnChooser::ColumnChooser(cells::GridView& grid, QWidget* parent)
    : QFrame(parent), m_grid(grid), m_search(new QLineEdit), m_list(new QListWidget), m_note(new QLabel)
{
    setObjectName(u"columnChooser"_s);
    setProperty("role", u"card"_s);
    setAutoFillBackground(true);
    m_search->setObjectName(u"columnSearch"_s);
    m_search->setPlaceholderText(tr("Find a column"));
    m_search->setAccessibleName(tr("Find a column"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(u"columnList"_s);
    m_list->setAccessibleName(tr("Columns"));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_note->setProperty("role", u"muted"_s);
    m_note->setFont(theme::smallFont());
    m_note->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::space::xs);
    const auto add = [&](const QString& name, const QString& title, auto run) {
        auto* button = new QPushButton(title);
        button->setObjectName(name);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QPushButton::clicked, this, run);
        buttons->addWidget(button);
    };
    add(u"showAllColumns"_s, tr("Show all"), [this] { showAll(true); });
    add(u"hideOtherColumns"_s, tr("Only this"), [this] { showAll(false); });
    add(u"freezeColumn"_s, tr("Freeze"), [this] { freeze(); });
    add(u"columnUp"_s, tr("Left"), [this] { move(-1); });
    add(u"columnDown"_s, tr("Right"), [this] { move(1); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::s, theme::space::s, theme::space::s);
    column->setSpacing(theme::space::xs);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    column->addWidget(m_note);
    for (QWidget* part : findChildren<QWidget*>())
        part->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &ColumnChooser::filter);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        if (!m_filling)
            toggle(m_list->row(item));
    });
    connect(m_list, &QListWidget::itemDoubleClicked, this, &ColumnChooser::goTo);
    hide();
}

void ColumnChooser::open(int column)
{
    const QSize room = parentWidget()->size();
    const QSize size = QSize(theme::space::pickerWidth, theme::space::paletteHeight)
                           .boundedTo(room - QSize(theme::space::xl, theme::space::xl));
    setGeometry(QRect(QPoint(room.width() - size.width() - theme::space::m, theme::space::s), size));
    m_search->clear();
    fill(std::max(0, column));
    raise();
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

int ColumnChooser::current() const
{
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(Qt::UserRole).toInt() : -1;
}

void ColumnChooser::fill(int current)
{
    m_filling = true;
    m_list->clear();
    const cells::GridHeader& header = *m_grid.header();
    const rows::Relation& relation = m_grid.tableModel()->relation();
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        const rows::RelationColumn& about = relation.columns[column];
        auto* item = new QListWidgetItem(m_list);
        const QString frozen = header.isFrozen(column) ? u"  "_s + tr("(frozen)") : QString();
        item->setText(about.name + frozen);
        item->setToolTip(about.name.toHtmlEscaped() + u' ' + about.declared().toHtmlEscaped());
        item->setData(Qt::UserRole, column);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(header.isSectionHidden(column) ? Qt::Unchecked : Qt::Checked);
        if (column == current)
            m_list->setCurrentItem(item);
    }
    m_filling = false;
    filter();
}

void ColumnChooser::filter()
{
    const QString wanted = m_search->text().trimmed();
    QListWidgetItem* first = nullptr;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        item->setHidden(!item->text().contains(wanted, Qt::CaseInsensitive));
        if (!item->isHidden() && !first)
            first = item;
    }
    if (!m_list->currentItem() || m_list->currentItem()->isHidden())
        m_list->setCurrentItem(first);
    m_list->scrollToItem(m_list->currentItem());
    render();
}

void ColumnChooser::render()
{
    const cells::GridHeader& header = *m_grid.header();
    m_note->setText(tr("%1 of %2 columns shown. Space shows or hides, Return goes to the column, Alt+Up and "
                       "Alt+Down move it, Alt+F freezes it.")
                        .arg(header.count() - header.hiddenSectionCount())
                        .arg(header.count()));
}

void ColumnChooser::toggle(int row)
{
    const QListWidgetItem* item = m_list->item(row);
    const int column = item->data(Qt::UserRole).toInt();
    if (item->checkState() == Qt::Checked)
        m_grid.header()->showSection(column);
    else
        m_grid.hideColumn(column);
    fill(column);  // the last column stays
}

void ColumnChooser::move(int step)
{
    const int column = current();
    cells::GridHeader* header = m_grid.header();
    const int from = header->visualIndex(column);
    const int to = from + step;
    if (column < 0 || to < 0 || to >= header->count())
        return;
    header->moveSection(from, to);
    fill(column);
}

void ColumnChooser::freeze()
{
    if (const int column = current(); column >= 0) {
        m_grid.freezeColumn(column, !m_grid.header()->isFrozen(column));
        fill(column);
    }
}

void ColumnChooser::showAll(bool shown)
{
    const int kept = current();
    cells::GridHeader* header = m_grid.header();
    for (int column = 0; column < header->count(); ++column)
        header->setSectionHidden(column, !shown && column != kept && kept >= 0);
    fill(kept);
    m_grid.viewport()->update();
}

void ColumnChooser::goTo()
{
    const int column = current();
    if (column < 0)
        return;
    m_grid.header()->showSection(column);
    leave();
    const int row = std::max(0, m_grid.currentIndex().row());
    if (row < m_grid.model()->rowCount())
        m_grid.setCurrentIndex(m_grid.model()->index(row, column));
}

// Hidden with the focus in it, it would hand that on as Tab does, which moves the grid's cell.
void ColumnChooser::leave()
{
    m_grid.setFocus();
    hide();
}

bool ColumnChooser::listKey(int key, Qt::KeyboardModifiers modifiers)
{
    const bool alt = modifiers.testFlag(Qt::AltModifier);
    const bool typing = m_search->hasFocus();
    if (key == Qt::Key_Escape) {
        leave();
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        goTo();
    } else if (alt && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        move(key == Qt::Key_Up ? -1 : 1);
    } else if (alt && key == Qt::Key_F) {
        freeze();
    } else if (typing && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        m_list->setFocus();
    } else if (typing && key == Qt::Key_Space && m_list->currentItem()) {
        QListWidgetItem* item = m_list->currentItem();
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    } else {
        return false;
    }
    return true;
}

bool ColumnChooser::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut) {
        // Another part of it may get the focus: that is known only afterwards.
        QMetaObject::invokeMethod(
            this,
            [this] {
                const QWidget* focused = QApplication::focusWidget();
                if (isVisible() && focused && !isAncestorOf(focused))
                    hide();
            },
            Qt::QueuedConnection);
    }
    const bool pressed = event->type() == QEvent::KeyPress;
    if (!pressed && event->type() != QEvent::ShortcutOverride)
        return QFrame::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    if (qobject_cast<QPushButton*>(watched) && key->key() != Qt::Key_Escape)
        return QFrame::eventFilter(watched, event);
    if (!pressed) {
        if (key->key() == Qt::Key_Escape || key->modifiers().testFlag(Qt::AltModifier))
            event->accept();
        return event->isAccepted();
    }
    return listKey(key->key(), key->modifiers()) || QFrame::eventFilter(watched, event);
}

}  // namespace dewpoint::grid
