// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/document_keys.h"

#include <QKeyEvent>

#include <algorithm>

namespace dewpoint::inspect {

kit::Command keyed(const QString& id, const QString& title, const QKeySequence& keys)
{
    return {.id = id, .title = title, .shortcut = keys};
}

QList<kit::Command> withKeys(QList<kit::Command> commands, const QList<kit::Command>& known)
{
    for (kit::Command& command : commands) {
        const auto key = std::ranges::find(known, command.id, &kit::Command::id);
        command.title = key->title;
        command.shortcut = key->shortcut;
    }
    return commands;
}

QKeySequence pressedKeys(const QKeyEvent& event)
{
    return QKeyCombination(event.modifiers() & ~Qt::KeypadModifier,
                           event.key() == Qt::Key_Enter ? Qt::Key_Return : Qt::Key(event.key()));
}

bool claimsKey(QEvent& event, const QList<kit::Command>& known)
{
    if (event.type() != QEvent::ShortcutOverride)
        return false;
    const QKeySequence pressed(static_cast<QKeyEvent&>(event).keyCombination());
    if (!std::ranges::contains(known, pressed, &kit::Command::shortcut))
        return false;
    event.accept();
    return true;
}

bool takesKey(const QKeyEvent& event, const QList<kit::Command>& commands)
{
    const auto command = std::ranges::find(commands, pressedKeys(event), &kit::Command::shortcut);
    if (command == commands.end())
        return false;
    if (command->isEnabled())
        command->run();
    return true;
}

}  // namespace dewpoint::inspect
