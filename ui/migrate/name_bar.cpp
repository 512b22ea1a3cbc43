// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/name_bar.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

NameBar::NameBar(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_create(new QPushButton(tr("Create"), this))
    , m_problem(new QLabel(this))
{
    auto* label = new QLabel(tr("&Name of the new migration"), this);
    label->setBuddy(m_name);
    m_name->setObjectName(u"migrationName"_s);
    m_name->setPlaceholderText(tr("add_weight_to_products"));
    m_create->setObjectName(u"createMigration"_s);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    m_problem->setObjectName(u"migrationNameProblem"_s);
    m_problem->setText(tr("The name becomes a file's name, so it cannot contain “/” or “\\”."));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    auto* row = new QHBoxLayout;
    column->addLayout(row);
    column->addWidget(m_problem);
    row->addWidget(label);
    row->addWidget(m_name, 1);
    row->addWidget(m_create);
    row->addWidget(cancel);
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& text) {
        const bool isPath = text.contains(u'/') || text.contains(u'\\');
        m_problem->setVisible(isPath);
        m_create->setEnabled(!text.trimmed().isEmpty() && !isPath);
    });
    connect(m_name, &QLineEdit::returnPressed, this, &NameBar::finish);
    connect(m_create, &QPushButton::clicked, this, &NameBar::finish);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void NameBar::begin()
{
    m_name->clear();
    m_create->setEnabled(false);
    show();
    m_name->setFocus();
}

void NameBar::finish()
{
    const QString name = m_name->text().trimmed().replace(u' ', u'_');
    if (!m_create->isEnabled())
        return;
    hide();
    Q_EMIT named(name);
}

void NameBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace dewpoint::migrate
