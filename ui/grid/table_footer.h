// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::grid {

/// What stands below a grid: which rows are seen of how many, figures of the selection, and why a table
/// cannot be edited.
class TableFooter final : public QWidget
{
    Q_OBJECT
public:
    TableFooter(const items::TableModel& model, const cells::GridView& grid, bool readOnlyConnection);
    void render();

Q_SIGNALS:
    void writingRequested();  ///< on a read-only connection

private:
    const items::TableModel& m_model;
    const cells::GridView& m_grid;
    QLabel* m_range;
};

}  // namespace dewpoint::grid
