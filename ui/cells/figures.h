// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QItemSelection>
#include <QString>

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::cells {

/// Count, sum, average, least and most of the selected cells, in exact decimal arithmetic; empty for
/// fewer than two cells. Cells that are not loaded are not counted, and that is said.
QString figuresOf(const items::TableModel& model, const QItemSelection& selection);

}  // namespace dewpoint::cells
