// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/array_editor.h"
#include "inspect/cell_panel.h"
#include "inspect/image_preview.h"
#include "inspect/json_editor.h"
#include "inspect/past_view.h"
#include "inspect/text_tools.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <initializer_list>
#include <tuple>

using namespace Qt::StringLiterals;

// What the panel of a cell is made of.
namespace dewpoint::inspect {

void CellPanel::place()
{
    using namespace theme;
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::xs, space::xs, 0);
    head->setSpacing(0);
    head->addWidget(m_name, 1);
    for (QToolButton* button : {m_open, m_edit, m_load, m_save, m_copy, m_pastButton, m_enlarge})
        head->addWidget(button);
    m_name->setObjectName(u"inspectorCellName"_s);
    m_name->setTextFormat(Qt::PlainText);
    m_hex->setLineWrapMode(QPlainTextEdit::NoWrap);
    for (QWidget* page :
         std::initializer_list<QWidget*>{buildBlank(), m_text, m_json, m_array, m_image, m_hex})
        m_stack->addWidget(page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    m_textTools->hide();
    column->addWidget(m_textTools);
    column->addWidget(m_stack, 1);
    column->addWidget(buildNote());
    column->addWidget(m_past, 1);
}

QWidget* CellPanel::buildBlank()
{
    m_blank->setObjectName(u"inspectorBlank"_s);
    m_blank->setAlignment(Qt::AlignCenter);
    auto* row = new QHBoxLayout(m_begin);
    row->addStretch();
    for (const auto& [name, title, text] :
         {std::tuple{u"jsonBeginObject"_s, tr("Begin an object"), QByteArray("{}")},
          std::tuple{u"jsonBeginArray"_s, tr("Begin an array"), QByteArray("[]")}}) {
        auto* button = new QPushButton(title, m_begin);
        button->setObjectName(name);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, begin = text] {
            m_json->open({.text = {}, .editable = true, .wanted = true, .normalised = m_field.isJsonb});
            m_stack->setCurrentWidget(m_json);
            m_json->startWith(begin);
        });
    }
    row->addStretch();
    m_beginArray->setObjectName(u"arrayBegin"_s);
    connect(m_beginArray, &QPushButton::clicked, this, [this] {
        stageArray("{}");
        focusDocument();
    });
    auto* column = new QVBoxLayout(m_blankPage);
    column->addStretch();
    column->addWidget(m_blank);
    column->addWidget(m_begin);
    column->addWidget(m_beginArray, 0, Qt::AlignHCenter);
    column->addStretch();
    return m_blankPage;
}

QWidget* CellPanel::buildNote()
{
    m_note->setObjectName(u"inspectorNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_readWhole->setObjectName(u"inspectorReadWhole"_s);
    auto* row = new QHBoxLayout(m_foot);
    row->setContentsMargins(theme::space::m, theme::space::xs, theme::space::m, theme::space::s);
    row->addWidget(m_note, 1);
    row->addWidget(m_readWhole);
    return m_foot;
}

}  // namespace dewpoint::inspect
