// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/reference_picker.h"

#include "cells/grid_view.h"
#include "items/table_model.h"
#include "kit/plain_tip.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

namespace {

constexpr int mostFound = 100;

QString lineOf(const rows::Label& label)
{
    return u"   "_s + QString(label.text).replace(u'\n', u' ');
}

}  // namespace

ReferencePicker::ReferencePicker(runtime::Session& session, items::TableModel& model, cells::GridView& grid)
    : QFrame(&grid)
    , m_session(session)
    , m_model(model)
    , m_grid(grid)
    , m_input(new QLineEdit)
    , m_list(new QListWidget)
    , m_note(new QLabel)
{
    setObjectName(u"referencePicker"_s);
    setProperty("role", u"card"_s);
    setAutoFillBackground(true);
    m_input->setObjectName(u"referenceSearch"_s);
    m_input->setAccessibleName(tr("Search the referenced table"));
    m_list->setObjectName(u"referenceList"_s);
    m_list->setAccessibleName(tr("Rows of the referenced table"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_note->setProperty("role", u"muted"_s);
    m_note->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::s, theme::space::s, theme::space::s);
    column->setSpacing(theme::space::xs);
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    column->addWidget(m_note);
    m_input->installEventFilter(this);
    m_typing.setSingleShot(true);
    m_typing.setInterval(theme::time::searchDelay);
    connect(m_input, &QLineEdit::textEdited, this, &ReferencePicker::searchSoon);
    connect(&m_typing, &QTimer::timeout, this, &ReferencePicker::search);
    connect(m_list, &QListWidget::itemClicked, this, &ReferencePicker::choose);
    hide();
}

void ReferencePicker::pick(const QModelIndex& cell, int reference)
{
    m_cell = cell;
    m_reference = m_model.references()[reference];
    m_input->setText(m_grid.dropEditor());  // what was typed is what to look for
    m_input->setPlaceholderText(tr("Search %1").arg(m_reference.targetTitle));
    const QRect place = m_grid.visualRect(cell);
    placeBelow(QRect(m_grid.viewport()->mapTo(&m_grid, place.topLeft()), place.size()));
    m_list->clear();
    m_found.clear();
    raise();
    QFrame::show();
    m_input->setFocus(Qt::PopupFocusReason);
    m_input->selectAll();
    search();
}

void ReferencePicker::placeBelow(const QRect& cell)
{
    const QSize room = m_grid.size();
    QRect place(cell.bottomLeft(),
                QSize(theme::space::pickerWidth, theme::space::pickerHeight).boundedTo(room));
    if (place.bottom() > room.height())
        place.moveBottom(std::max(cell.top(), place.height()));
    place.moveLeft(std::clamp(place.left(), 0, room.width() - place.width()));
    setGeometry(place);
}

void ReferencePicker::leave()
{
    m_job.cancel();
    m_typing.stop();
    m_takesFirst = false;
    hide();
}

// Hidden with the focus in it, it would hand that on as Tab does, which moves the grid's cell.
void ReferencePicker::leaveForGrid()
{
    m_grid.setFocus();
    leave();
}

/// What was found is not what is looked for any more, and must not be taken for it.
void ReferencePicker::searchSoon()
{
    m_job.cancel();
    m_takesFirst = false;
    m_list->clear();
    m_found.clear();
    m_note->setText(tr("Searching…"));
    m_typing.start();
}

void ReferencePicker::search()
{
    m_typing.stop();
    m_note->setText(tr("Searching…"));
    m_job = m_session.run(
        runtime::Session::Lane::Read, this,
        [reference = m_reference, text = m_input->text().trimmed()](drivers::Connection& connection,
                                                                    const runtime::StopToken&) {
            return rows::findReferenced(connection, reference, text, mostFound);
        },
        [this](const Result<QList<rows::Label>>& found) { show(found); });
}

void ReferencePicker::show(const Result<QList<rows::Label>>& found)
{
    m_list->clear();
    m_found = found.value_or(QList<rows::Label>{});
    for (const rows::Label& label : std::as_const(m_found)) {
        const QString key = rows::displayText(rows::RowKey{label.key});
        auto* item = new QListWidgetItem(label.text.isEmpty() ? key : shortKey(key) + lineOf(label), m_list);
        item->setToolTip(kit::plainTip(label.text.isEmpty() ? key : key + lineOf(label)));
    }
    m_list->setCurrentRow(0);
    if (!found)
        m_note->setText(found.error().oneLine());
    else if (m_found.isEmpty())
        m_note->setText(tr("No row of %1 fits.").arg(m_reference.targetTitle));
    else if (m_found.size() == mostFound)
        m_note->setText(tr("The first %1. Type to find others.").arg(mostFound));
    else
        m_note->setText(tr("Return takes it, Esc leaves the cell as it was."));
    if (std::exchange(m_takesFirst, false))
        choose();
}

/// People know a row by its label: a long key gives it room.
QString ReferencePicker::shortKey(const QString& key) const
{
    constexpr int parts = 4;
    return m_list->fontMetrics().elidedText(key, Qt::ElideMiddle, m_list->viewport()->width() / parts);
}

void ReferencePicker::choose()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_found.size())
        return;
    const std::vector<Value> key = m_found[row].key;
    leaveForGrid();
    if (!m_cell.isValid())
        return;
    QList<std::pair<QModelIndex, rows::EditValue>> cells;
    for (qsizetype i = 0; i < m_reference.columns.size(); ++i)
        cells += {m_model.index(m_cell.row(), m_model.relation().indexOf(m_reference.columns[i])),
                  key[static_cast<size_t>(i)]};
    m_model.setValues(cells);
    // As in any editor: Return stages and stays, Tab stages and goes on.
    const QModelIndex cell = m_cell;
    m_grid.setCurrentIndex(cell);
    if (std::exchange(m_goesOn, false))
        m_grid.goOn();
}

bool ReferencePicker::inputKey(int key)
{
    const int rows = m_list->count();
    if (key == Qt::Key_Escape) {
        leaveForGrid();
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab) {
        m_goesOn = key == Qt::Key_Tab;
        if (m_typing.isActive())
            search();
        if (m_job.isRunning())
            m_takesFirst = true;
        else
            choose();
    } else if (rows > 0 && (key == Qt::Key_Down || key == Qt::Key_Up)) {
        m_list->setCurrentRow((m_list->currentRow() + (key == Qt::Key_Down ? 1 : rows - 1)) % rows);
    } else {
        return false;
    }
    return true;
}

bool ReferencePicker::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        leave();
    if (event->type() == QEvent::KeyPress && inputKey(static_cast<QKeyEvent*>(event)->key()))
        return true;
    return QFrame::eventFilter(watched, event);
}

}  // namespace dewpoint::grid
