// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListWidget;

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::grid {

/// Which columns of a grid are shown, in which order, and which stay while the others scroll. Found by
/// typing, so that a table of hundreds of columns is no trouble.
class ColumnChooser final : public QFrame
{
    Q_OBJECT
public:
    ColumnChooser(cells::GridView& grid, QWidget* parent);
    void open(int column);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool listKey(int key, Qt::KeyboardModifiers modifiers);
    void fill(int current);
    void filter();
    void toggle(int row);
    void move(int step);
    void freeze();
    void showAll(bool shown);
    void goTo();
    void leave();
    void render();
    int current() const;

    cells::GridView& m_grid;
    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_note;
    bool m_filling = false;
};

}  // namespace dewpoint::grid
