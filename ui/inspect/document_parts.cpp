// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/document_parts.h"

#include "base/words.h"
#include "kit/announce.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

QToolButton* iconButton(QWidget* parent, const QString& name, const QString& title, const QString& icon)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(name);
    button->setToolTip(title);
    button->setAccessibleName(title);
    button->setAutoRaise(true);
    button->setProperty("iconName", icon);
    return button;
}

void setIcon(QToolButton* button)
{
    button->setIcon(theme::icon(button->property("iconName").toString()));
}

QHBoxLayout* viewRow(QWidget* bar)
{
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::xs, theme::space::xs);
    row->setSpacing(0);
    return row;
}

void addView(QHBoxLayout* row, QToolButton* button, const QString& name, const QString& title)
{
    button->setObjectName(name);
    button->setText(title);
    button->setAccessibleName(title);
    button->setCheckable(true);
    row->addWidget(button);
}

void makeProblem(QLabel* label, const QString& name)
{
    label->setObjectName(name);
    label->setProperty("role", u"problem"_s);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMargin(theme::space::xs);
    kit::announceTexts(label, kit::Urgency::AtOnce);
}

void makeNote(QLabel* label, const QString& name)
{
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", u"muted"_s);
    label->setContentsMargins(theme::space::m, theme::space::xs, theme::space::m, theme::space::xs);
}

FindParts findParts(QWidget* parent, const QString& name, const QString& what)
{
    const FindParts parts{
        .bar = new QWidget(parent), .field = new QLineEdit(parent), .state = new QLabel(parent)};
    parts.field->setObjectName(name);
    parts.field->setAccessibleName(what);
    // A line without room for a label: the hint says to the eye what the name says to a screen reader.
    parts.field->setPlaceholderText(what);
    parts.field->setToolTip(Words::tr("Return or F3 goes on to the next place, Shift+F3 to the one before."));
    parts.field->setClearButtonEnabled(true);
    parts.state->setObjectName(name + u"State"_s);
    auto* row = new QHBoxLayout(parts.bar);
    row->setContentsMargins(theme::space::m, 0, theme::space::m, theme::space::xs);
    row->addWidget(parts.field, 1);
    row->addWidget(parts.state);
    return parts;
}

}  // namespace dewpoint::inspect
