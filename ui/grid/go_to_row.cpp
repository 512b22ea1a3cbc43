// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/go_to_row.h"

#include "cells/grid_view.h"
#include "items/table_model.h"
#include "kit/announce.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

qint64 rowNumber(const QString& text, qint64 last)
{
    const QString word = text.trimmed().toLower();
    if (word == u"end"_s || word == u"last"_s || word == GoToRow::tr("end"))
        return last;
    QString digits;
    for (const QChar c : word) {
        if (c.isDigit())
            digits += QChar(u'0' + c.digitValue());
        else if (!c.isSpace() && !u",.'_’"_s.contains(c))
            return -1;
    }
    bool ok = false;
    const qint64 number = digits.toLongLong(&ok);
    return ok ? number : -1;
}

GoToRow::GoToRow(const items::TableModel& model, cells::GridView& grid)
    : QFrame(&grid), m_model(model), m_grid(grid), m_number(new QLineEdit), m_note(new QLabel)
{
    setObjectName(u"goToRow"_s);
    setProperty("role", u"card"_s);
    setAutoFillBackground(true);
    m_number->setObjectName(u"rowNumber"_s);
    m_number->setAccessibleName(tr("Number of the row"));
    m_number->setPlaceholderText(tr("Number of the row, or “end”"));
    m_note->setObjectName(u"rowNumberNote"_s);
    m_note->setProperty("role", u"muted"_s);
    m_note->setWordWrap(true);
    kit::announceTexts(m_note, kit::Urgency::AtOnce);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::s, theme::space::s, theme::space::s, theme::space::s);
    column->setSpacing(theme::space::xs);
    column->addWidget(m_number);
    column->addWidget(m_note);
    m_number->installEventFilter(this);
    hide();
}

void GoToRow::ask()
{
    if (!m_grid.finishEditing())
        return;
    const qint64 rows = m_model.total().rows;
    const QString count = QLocale().toString(rows);
    m_note->setText(m_model.total().exact ? tr("1 to %1. Return goes there, Esc leaves.").arg(count)
                                          : tr("About %1 rows. Return goes there, Esc leaves.").arg(count));
    m_number->clear();
    const QSize size(std::min(theme::space::pickerWidth, m_grid.width()), sizeHint().height());
    setGeometry((m_grid.width() - size.width()) / 2, theme::space::xxl, size.width(), size.height());
    raise();
    show();
    m_number->setFocus(Qt::ShortcutFocusReason);
}

void GoToRow::leave()
{
    hide();
    m_grid.setFocus();
}

// New rows stand before the first and have no number.
void GoToRow::go()
{
    const int fresh =
        m_model.rowCount() - static_cast<int>(std::min<qint64>(m_model.total().rows, m_model.rowCount()));
    const qint64 last = m_model.rowCount() - fresh;
    const qint64 number = rowNumber(m_number->text(), last);
    if (number < 0)
        return m_note->setText(tr("Not a number of a row: 1,234 or “end”."));
    if (number < 1 || number > last) {
        const QString count = QLocale().toString(last);
        return m_note->setText(last == 0               ? tr("There are no rows.")
                               : m_model.total().exact ? tr("There is no such row: 1 to %1.").arg(count)
                                                       : tr("Rows are known up to about %1.").arg(count));
    }
    const QModelIndex before = m_grid.currentIndex();
    const QModelIndex row =
        m_model.index(fresh + static_cast<int>(number) - 1, before.isValid() ? before.column() : 0);
    leave();
    m_grid.setCurrentIndex(row);
    m_grid.scrollTo(row, QAbstractItemView::PositionAtCenter);
}

bool GoToRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        hide();
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool goes = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (!goes && key != Qt::Key_Escape)
            return QFrame::eventFilter(watched, event);
        event->accept();
        if (event->type() == QEvent::ShortcutOverride)
            return true;
        if (goes)
            go();
        else
            leave();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace dewpoint::grid
