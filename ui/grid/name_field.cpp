// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/name_field.h"

#include "kit/announce.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::grid {

NameField::NameField(QWidget* parent)
    : QFrame(parent), m_title(new QLabel), m_input(new QLineEdit), m_problem(new QLabel)
{
    setObjectName(u"nameField"_s);
    setProperty("role", u"card"_s);
    setAutoFillBackground(true);
    m_title->setProperty("role", u"heading"_s);
    m_input->setObjectName(u"nameInput"_s);
    m_problem->setObjectName(u"nameProblem"_s);
    m_problem->setProperty("role", u"danger"_s);
    m_problem->setWordWrap(true);
    kit::announceTexts(m_problem, kit::Urgency::AtOnce);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::m);
    column->setSpacing(theme::space::xs);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_input, m_problem})
        column->addWidget(part);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, m_problem, &QLabel::clear);
    hide();
}

void NameField::ask(const QString& title, const QString& name, const QPoint& at,
                    std::function<QString(const QString&)> problem, std::function<void(const QString&)> then)
{
    m_check = std::move(problem);
    m_then = std::move(then);
    m_title->setText(title);
    m_input->setText(name);
    m_input->setAccessibleName(title);
    m_problem->clear();
    const QSize size(theme::space::pickerWidth, sizeHint().height() + theme::space::l);
    const QSize room = parentWidget()->size();
    setGeometry(QRect(QPoint(std::clamp(at.x(), 0, std::max(0, room.width() - size.width())), at.y()),
                      size.boundedTo(room)));
    raise();
    show();
    m_input->setFocus(Qt::PopupFocusReason);
    m_input->selectAll();
}

void NameField::take()
{
    const QString name = m_input->text().trimmed();
    const QString problem = name.isEmpty() ? tr("Type a name.") : m_check(name);
    if (!problem.isEmpty())
        return m_problem->setText(problem);
    const auto then = std::exchange(m_then, {});
    hide();
    parentWidget()->setFocus();
    if (then)
        then(name);
}

bool NameField::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        hide();
    const bool pressed = event->type() == QEvent::KeyPress;
    if (!pressed && event->type() != QEvent::ShortcutOverride)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!enter && key != Qt::Key_Escape)
        return QFrame::eventFilter(watched, event);
    event->accept();
    if (pressed && enter) {
        take();
    } else if (pressed) {
        hide();
        parentWidget()->setFocus();
    }
    return true;
}

}  // namespace dewpoint::grid
