// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

namespace dewpoint::grid {

class TablePage;

/// What a table page offers to the menu, the palette and the keyboard.
QList<kit::Command> commandsOf(TablePage& page);

}  // namespace dewpoint::grid
