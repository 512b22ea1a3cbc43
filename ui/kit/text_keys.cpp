// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "kit/text_keys.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace dewpoint::kit {

namespace {

bool editsText(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
    case Qt::Key_Return:
    case Qt::Key_Enter: return true;
    default: return false;
    }
}

}  // namespace

TextKeys::TextKeys(QWidget* page) : QObject(page)
{
    for (QLineEdit* field : page->findChildren<QLineEdit*>())
        field->installEventFilter(this);
    for (QPlainTextEdit* field : page->findChildren<QPlainTextEdit*>())
        field->installEventFilter(this);
}

bool TextKeys::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || watched->property("readOnly").toBool() || !editsText(*static_cast<QKeyEvent*>(event)))
        return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    // A key that the field does not know would go on to the page, which takes it for its command.
    watched->event(event);
    return true;
}

}  // namespace dewpoint::kit
