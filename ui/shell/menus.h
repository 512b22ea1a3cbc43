// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QMenu;

namespace dewpoint::shell {

/// Where the command with this id stands: in a submenu of what it is about, made where it is asked for first,
/// or in the menu itself.
QMenu* placeOf(const QString& id, QMenu* menu);

/// With its submenus, whose keys would otherwise go on.
void emptyMenu(QMenu* menu);

}  // namespace dewpoint::shell
