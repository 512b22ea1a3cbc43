// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

class QModelIndex;
class QPoint;

namespace dewpoint::grid {

class TablePage;

/// What a cell of a table offers, and what its header does. An invalid cell: the room below the rows.
void showCellMenu(TablePage& page, const QModelIndex& cell, const QPoint& at);
void showHeaderMenu(TablePage& page, int column, const QPoint& at);

}  // namespace dewpoint::grid
