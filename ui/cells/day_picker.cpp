// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/day_picker.h"

#include "base/words.h"
#include "theme/theme.h"

#include <QAction>
#include <QCalendarWidget>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::cells {

namespace {

const QRegularExpression& isoDay()
{
    static const QRegularExpression pattern(u"^\\s*(\\d{4}-\\d{2}-\\d{2})"_s);
    return pattern;
}

void openCalendar(QLineEdit& line)
{
    // A child of the line: for the editor the focus then stays within it.
    auto* popup = new QFrame(&line, Qt::Popup);
    popup->setObjectName(u"dayPopup"_s);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    auto* calendar = new QCalendarWidget;
    calendar->setObjectName(u"dayCalendar"_s);
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    calendar->setFirstDayOfWeek(Qt::Monday);
    const QDate now = QDate::fromString(isoDay().match(line.text()).captured(1), Qt::ISODate);
    calendar->setSelectedDate(now.isValid() ? now : QDate::currentDate());
    auto* column = new QVBoxLayout(popup);
    column->setContentsMargins(theme::space::xs, theme::space::xs, theme::space::xs, theme::space::xs);
    column->addWidget(calendar);
    const auto take = [&line, popup](QDate day) {
        line.setText(withDay(line.text(), day));
        popup->close();
        line.setFocus();
    };
    QObject::connect(calendar, &QCalendarWidget::clicked, &line, take);
    QObject::connect(calendar, &QCalendarWidget::activated, &line, take);
    popup->move(line.mapToGlobal(QPoint(0, line.height())));
    popup->show();
    calendar->setFocus();
}

}  // namespace

bool holdsDay(const rows::RelationColumn& column, Engine engine)
{
    const QString type = column.type.toLower();
    if (engine == Engine::Postgres)
        return type == u"date"_s || type.startsWith(u"timestamp"_s);
    return type.startsWith(u"date"_s) || type.startsWith(u"timestamp"_s);
}

QString withDay(const QString& text, QDate day)
{
    const QRegularExpressionMatch found = isoDay().match(text);
    const QString rest = found.hasMatch() ? text.sliced(found.capturedEnd()) : QString();
    return day.toString(Qt::ISODate) + rest;
}

void addDayPicker(QLineEdit& line)
{
    auto* open = line.addAction(theme::icon(u"view-calendar"_s), QLineEdit::TrailingPosition);
    open->setObjectName(u"chooseDay"_s);
    open->setText(Words::tr("Choose a day"));
    open->setToolTip(Words::tr("Choose a day (Alt+Down)"));
    open->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    open->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(open, &QAction::triggered, &line, [&line] { openCalendar(line); });
}

}  // namespace dewpoint::cells
