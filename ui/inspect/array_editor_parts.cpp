// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/array_editor.h"
#include "inspect/array_list.h"
#include "inspect/text_tools.h"
#include "kit/announce.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextDocument>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

// What the editor of arrays is made of.
namespace dewpoint::inspect {

QToolButton* ArrayEditor::makeButton(const QString& name, const QString& title, const QString& icon)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setToolTip(title);
    button->setAccessibleName(title);
    button->setAutoRaise(true);
    button->setProperty("iconName", icon);
    return button;
}

void ArrayEditor::build()
{
    m_text->setObjectName(u"inspectorArrayText"_s);
    m_text->setAccessibleName(tr("The array in the cell as text"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(theme::space::s);
    m_problem->setObjectName(u"arrayProblem"_s);
    m_problem->setProperty("role", u"problem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMargin(theme::space::xs);
    kit::announceTexts(m_problem, kit::Urgency::AtOnce);
    m_note->setObjectName(u"arrayNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setProperty("role", u"muted"_s);
    m_note->setContentsMargins(theme::space::m, theme::space::xs, theme::space::m, theme::space::xs);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildBar());
    for (QWidget* part : {m_findBar, static_cast<QWidget*>(m_textTools), static_cast<QWidget*>(m_problem)})
        column->addWidget(part);
    column->addWidget(m_list, 1);
    column->addWidget(m_text, 1);
    column->addWidget(m_note);
    for (QWidget* part : {m_findBar, static_cast<QWidget*>(m_textTools), static_cast<QWidget*>(m_problem),
                          static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_note)})
        part->hide();
}

QWidget* ArrayEditor::buildBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::xs, theme::space::xs);
    row->setSpacing(0);
    const auto add = [&](QToolButton* button, const QString& name, const QString& title) {
        button->setObjectName(name);
        button->setText(title);
        button->setAccessibleName(title);
        button->setCheckable(true);
        row->addWidget(button);
    };
    add(m_listButton, u"arrayListView"_s, tr("List"));
    add(m_textButton, u"arrayTextView"_s, tr("Text"));
    row->addStretch();
    row->addWidget(m_add);
    row->addWidget(m_more);
    return bar;
}

QWidget* ArrayEditor::buildFind()
{
    auto* bar = new QWidget(this);
    m_find = new QLineEdit(bar);
    m_findState = new QLabel(bar);
    m_find->setObjectName(u"arrayFindElement"_s);
    m_find->setPlaceholderText(tr("Find an element"));
    m_find->setAccessibleName(tr("Find an element"));
    m_find->setToolTip(tr("Return or F3 goes on to the next place, Shift+F3 to the one before."));
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_findState->setObjectName(u"arrayFindElementState"_s);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::m, 0, theme::space::m, theme::space::xs);
    row->addWidget(m_find, 1);
    row->addWidget(m_findState);
    connect(m_find, &QLineEdit::textChanged, this, [this] { find(false, false); });
    return bar;
}

void ArrayEditor::refreshTheme()
{
    m_text->setFont(theme::monoFont());
    for (QLabel* label : {m_note, m_findState})
        label->setFont(theme::smallFont());
    for (QToolButton* button : {m_add, m_more})
        button->setIcon(theme::icon(button->property("iconName").toString()));
    m_list->viewport()->update();
}

}  // namespace dewpoint::inspect
