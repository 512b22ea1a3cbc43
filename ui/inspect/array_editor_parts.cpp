// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/array_editor.h"
#include "inspect/array_list.h"
#include "inspect/document_parts.h"
#include "inspect/text_tools.h"
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

void ArrayEditor::build()
{
    m_text->setObjectName(u"inspectorArrayText"_s);
    m_text->setAccessibleName(tr("The array in the cell as text"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(theme::space::s);
    makeProblem(m_problem, u"arrayProblem"_s);
    makeNote(m_note, u"arrayNote"_s);
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
    QHBoxLayout* row = viewRow(bar);
    addView(row, m_listButton, u"arrayListView"_s, tr("List"));
    addView(row, m_textButton, u"arrayTextView"_s, tr("Text"));
    row->addStretch();
    row->addWidget(m_add);
    row->addWidget(m_more);
    return bar;
}

QWidget* ArrayEditor::buildFind()
{
    const FindParts parts = findParts(this, u"arrayFindElement"_s, tr("Find an element"));
    m_find = parts.field;
    m_findState = parts.state;
    m_find->installEventFilter(this);
    connect(m_find, &QLineEdit::textChanged, this, [this] { find(false, false); });
    return parts.bar;
}

void ArrayEditor::refreshTheme()
{
    m_text->setFont(theme::monoFont());
    for (QLabel* label : {m_note, m_findState})
        label->setFont(theme::smallFont());
    for (QToolButton* button : {m_add, m_more})
        setIcon(button);
    m_list->viewport()->update();
}

}  // namespace dewpoint::inspect
