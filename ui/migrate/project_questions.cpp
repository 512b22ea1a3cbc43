// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/project_questions.h"

#include "theme/theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QLabel* paragraph(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

}  // namespace

ProjectQuestions::ProjectQuestions(QWidget* parent) : QWidget(parent), m_fields(new QVBoxLayout)
{
    setObjectName(u"projectQuestions"_s);
    auto* body = new QWidget(this);
    body->setMaximumWidth(theme::space::messageWidth);
    auto* title = paragraph(tr("This project's configuration is code in part."), body);
    QFont bold = theme::textFont();
    bold.setBold(true);
    title->setFont(bold);
    auto* accept = new QPushButton(tr("Use these values"), body);
    accept->setObjectName(u"useAnswers"_s);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(theme::space::l, theme::space::l, theme::space::l, theme::space::l);
    column->setSpacing(theme::space::m);
    column->addWidget(title);
    column->addWidget(
        paragraph(tr("Dewpoint reads it and does not run it, and does not guess: say what these settings "
                     "are. They are remembered for this project."),
                  body));
    column->addLayout(m_fields);
    column->addWidget(accept, 0, Qt::AlignRight);
    auto* whole = new QVBoxLayout(this);
    whole->addStretch(1);
    auto* centred = new QHBoxLayout;
    centred->addStretch(1);
    centred->addWidget(body, 8);
    centred->addStretch(1);
    whole->addLayout(centred);
    whole->addStretch(2);
    connect(accept, &QPushButton::clicked, this, &ProjectQuestions::finish);
}

void ProjectQuestions::ask(const QList<project::Unknown>& unknowns)
{
    delete m_asked;
    m_edits.clear();
    m_asked = new QWidget(this);
    auto* fields = new QVBoxLayout(m_asked);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(theme::space::xs);
    for (const project::Unknown& unknown : unknowns) {
        auto* edit = new QLineEdit(m_asked);
        edit->setObjectName(u"answer."_s + unknown.key);
        edit->setPlaceholderText(tr("Empty: the tool's default"));
        edit->setAccessibleDescription(unknown.sentence());
        auto* why = paragraph(QDir::toNativeSeparators(unknown.sentence()), m_asked);
        why->setFont(theme::smallFont());
        auto* label = new QLabel(unknown.key, m_asked);
        label->setBuddy(edit);
        for (QWidget* widget : QList<QWidget*>{label, edit, why})
            fields->addWidget(widget);
        connect(edit, &QLineEdit::returnPressed, this, &ProjectQuestions::finish);
        m_edits.append({unknown.key, edit});
    }
    m_fields->addWidget(m_asked);
    if (!m_edits.isEmpty())
        m_edits.first().second->setFocus();
}

void ProjectQuestions::finish()
{
    project::Answers answers;
    for (const auto& [key, edit] : std::as_const(m_edits))
        answers.insert(key, edit->text().trimmed());
    Q_EMIT answered(answers);
}

}  // namespace dewpoint::migrate
