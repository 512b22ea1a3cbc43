// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

class QEvent;
class QKeyEvent;

/// The keys of a document's tree or list, which hold inside of it alone.
namespace dewpoint::inspect {

/// Without what it does: for the list of keys.
kit::Command keyed(const QString& id, const QString& title, const QKeySequence& keys);

/// The commands with title and keys of those that are known by the same id.
QList<kit::Command> withKeys(QList<kit::Command> commands, const QList<kit::Command>& known);

/// What was pressed, with the keypad's keys as the others.
QKeySequence pressedKeys(const QKeyEvent& event);

/// True where the event asks whether one of these keys is wanted here, though it does something else in the rest
/// of the window: it is accepted.
bool claimsKey(QEvent& event, const QList<kit::Command>& known);

/// True where the key is one of a command, which has run if it is enabled.
bool takesKey(const QKeyEvent& event, const QList<kit::Command>& commands);

}  // namespace dewpoint::inspect
