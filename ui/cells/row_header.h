// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace dewpoint::cells {

class GridView;

/// Row numbers at the left of a grid, with a sign for added, changed and deleted rows. It asks only for
/// rows that are visible (a QHeaderView keeps a record for every row of the table).
class RowHeader final : public QWidget
{
    Q_OBJECT
public:
    explicit RowHeader(GridView& view);
    int wantedWidth() const;

Q_SIGNALS:
    void rowPressed(int row, Qt::KeyboardModifiers modifiers);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    GridView& m_view;
};

}  // namespace dewpoint::cells
