// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "design/names_field.h"

#include "structure/texts.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace dewpoint::design {

NamesField::NamesField(QWidget* parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_pick(new QToolButton(this))
{
    setFocusProxy(m_edit);
    m_edit->setObjectName(u"names"_s);
    m_edit->setPlaceholderText(tr("first, second"));
    m_pick->setObjectName(u"pickNames"_s);
    m_pick->setText(tr("Columns"));
    m_pick->setPopupMode(QToolButton::InstantPopup);
    m_pick->setMenu(new QMenu(m_pick));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(theme::space::xs);
    row->addWidget(m_edit, 1);
    row->addWidget(m_pick);
    connect(m_edit, &QLineEdit::textEdited, this, &NamesField::typed);
    connect(m_edit, &QLineEdit::editingFinished, this, &NamesField::finished);
    connect(m_pick->menu(), &QMenu::aboutToShow, this, &NamesField::offer);
    connect(this, &QWidget::objectNameChanged, this, [this] { m_edit->setAccessibleName(accessibleName()); });
}

void NamesField::setChoices(const QStringList& names)
{
    m_choices = names;
    m_edit->setAccessibleName(accessibleName());
    m_pick->setAccessibleName(tr("Pick columns"));
}

void NamesField::setHint(const QString& hint)
{
    // A hint for the empty field; its accessible name is another.
    m_edit->setPlaceholderText(hint);
}

void NamesField::setText(const QString& text)
{
    if (m_edit->text() != text)
        m_edit->setText(text);
}

QString NamesField::text() const
{
    return m_edit->text().trimmed();
}

/// Those that are there are checked; another one comes behind them.
void NamesField::offer()
{
    QMenu* menu = m_pick->menu();
    menu->clear();
    const QStringList there = structure::readParts(text());
    for (const QString& name : std::as_const(m_choices)) {
        QAction* action = menu->addAction(QString(name).replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(there.contains(name));
        connect(action, &QAction::triggered, this, [this, name](bool on) {
            QStringList parts = structure::readParts(text());
            parts.removeAll(name);
            if (on)
                parts << name;
            m_edit->setText(parts.join(u", "_s));
            Q_EMIT typed();
            Q_EMIT finished();
        });
    }
}

}  // namespace dewpoint::design
