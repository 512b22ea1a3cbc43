// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

class QWidget;

namespace dewpoint::shell {

/// The parts of a window that F6 goes through, from left to right: what its splitters part, bars that ask or
/// tell something, and the buttons of the status bar. Grids and the SQL editor keep Tab for themselves.
QList<QWidget*> areasOf(const QWidget& window);

/// Focus to the next area (or the one before, by -1), to where it was in it.
void stepArea(const QWidget& window, int by);

}  // namespace dewpoint::shell
