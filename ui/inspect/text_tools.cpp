// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/text_tools.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype mostPlaces = 100'000;
constexpr qsizetype mostMarked = 500;  ///< around the one that is chosen

}  // namespace

TextTools::TextTools(QPlainTextEdit& text, QWidget* parent, const QString& names)
    : QWidget(parent)
    , m_text(text)
    , m_find(new QLineEdit(this))
    , m_state(new QLabel(this))
    , m_previous(makeButton(names + u"FindPrevious"_s, tr("The place before (Shift+F3)"), Go::Previous))
    , m_next(makeButton(names + u"FindNext"_s, tr("The next place (F3)"), Go::Next))
    , m_wrap(new QToolButton(this))
{
    build(names);
    refreshTheme();
    m_text.installEventFilter(this);
    m_find->installEventFilter(this);
    connect(m_find, &QLineEdit::textChanged, this, [this] { find(Go::Here); });
    connect(m_wrap, &QToolButton::toggled, this, [this](bool wraps) {
        m_text.setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &TextTools::refreshTheme);
}

QToolButton* TextTools::makeButton(const QString& name, const QString& title, Go go)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setToolTip(title);
    button->setAccessibleName(title);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, [this, go] { find(go); });
    return button;
}

void TextTools::build(const QString& names)
{
    m_find->setObjectName(names + u"Find"_s);
    m_find->setPlaceholderText(tr("Find in the text"));
    m_find->setAccessibleName(tr("Find in the text"));
    m_find->setToolTip(tr("Return goes on to the next place, Shift+Return to the one before."));
    m_find->setClearButtonEnabled(true);
    m_state->setObjectName(names + u"FindState"_s);
    m_wrap->setObjectName(names + u"Wrap"_s);
    m_wrap->setText(tr("Wrap"));
    m_wrap->setToolTip(tr("Break long lines"));
    m_wrap->setAccessibleName(tr("Break long lines"));
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(theme::space::m, theme::space::xs, theme::space::xs, theme::space::xs);
    row->setSpacing(theme::space::xs);
    row->addWidget(m_find, 1);
    for (QWidget* part : {static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_previous),
                          static_cast<QWidget*>(m_next), static_cast<QWidget*>(m_wrap)})
        row->addWidget(part);
    m_previous->hide();
    m_next->hide();
}

void TextTools::refreshTheme()
{
    m_state->setFont(theme::smallFont());
    m_previous->setIcon(theme::icon(u"go-up"_s));
    m_next->setIcon(theme::icon(u"go-down"_s));
    lookAgain();
}

void TextTools::collect()
{
    m_places.clear();
    const QString needle = m_find->text();
    const QString whole = needle.isEmpty() ? QString() : m_text.toPlainText();
    for (qsizetype at = 0; !needle.isEmpty() && m_places.size() < mostPlaces; at += needle.size()) {
        at = whole.indexOf(needle, at, Qt::CaseInsensitive);
        if (at < 0)
            break;
        m_places += at;
    }
    m_previous->setVisible(!m_places.isEmpty());
    m_next->setVisible(!m_places.isEmpty());
}

void TextTools::lookAgain()
{
    collect();
    mark(-1);
    m_state->setText(m_find->text().isEmpty() ? QString()
                     : m_places.isEmpty()     ? tr("not found")
                                              : tr("%1 found").arg(m_places.size()));
}

/// From the cursor on; behind the last place it begins anew.
void TextTools::find(Go go)
{
    if (go == Go::Here)
        collect();
    if (m_places.isEmpty())
        return lookAgain();
    const qsizetype from = m_text.textCursor().selectionStart();
    const auto next =
        go == Go::Next ? std::ranges::upper_bound(m_places, from) : std::ranges::lower_bound(m_places, from);
    qsizetype place = next - m_places.begin();
    if (go == Go::Previous)
        place = place == 0 ? m_places.size() - 1 : place - 1;
    else if (place == m_places.size())
        place = 0;
    QTextCursor cursor = m_text.textCursor();
    cursor.setPosition(static_cast<int>(m_places[place]));
    cursor.setPosition(static_cast<int>(m_places[place] + m_find->text().size()), QTextCursor::KeepAnchor);
    m_text.setTextCursor(cursor);
    m_text.ensureCursorVisible();
    mark(place);
    m_state->setText(tr("%1 of %2").arg(QLocale().toString(place + 1), QLocale().toString(m_places.size())));
}

void TextTools::mark(qsizetype current)
{
    QList<QTextEdit::ExtraSelection> marks;
    const qsizetype first = std::max<qsizetype>(0, current - mostMarked / 2);
    for (qsizetype i = first; i < std::min(m_places.size(), first + mostMarked); ++i) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_text.document());
        mark.cursor.setPosition(static_cast<int>(m_places[i]));
        mark.cursor.setPosition(static_cast<int>(m_places[i] + m_find->text().size()),
                                QTextCursor::KeepAnchor);
        mark.format.setBackground(
            theme::color(i == current ? theme::Role::ChangedSoft : theme::Role::AccentSoft));
        marks += mark;
    }
    m_text.setExtraSelections(marks);
}

/// What a key does here, or would do.
bool TextTools::eventFilter(QObject* watched, QEvent* event)
{
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (!override && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool back = key->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = key->modifiers().testFlag(Qt::ControlModifier);
    const bool inFind = watched == m_find;
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool goes = (key->key() == Qt::Key_F3 || (enter && inFind)) && !control && isVisible();
    const bool opens = key->key() == Qt::Key_F && control && !back && isVisible();
    const bool leaves = key->key() == Qt::Key_Escape && (inFind || !m_find->text().isEmpty());
    if (!goes && !opens && !leaves)
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (override)
        return true;
    if (goes) {
        find(back ? Go::Previous : Go::Next);
    } else if (opens) {
        m_find->setFocus();
        m_find->selectAll();
    } else {
        m_find->clear();
        m_text.setFocus();
    }
    return true;
}

}  // namespace dewpoint::inspect
