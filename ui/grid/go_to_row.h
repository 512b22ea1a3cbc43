// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::grid {

/// The row that a typed number means, by the numbers at the left of the grid: digits with separators as
/// people write them, or the word for the last one. -1: no number; 0 or less than the row asked for: none.
qint64 rowNumber(const QString& text, qint64 last);

/// Asks for a row's number and goes there.
class GoToRow final : public QFrame
{
    Q_OBJECT
public:
    GoToRow(const items::TableModel& model, cells::GridView& grid);
    void ask();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void go();
    void leave();

    const items::TableModel& m_model;
    cells::GridView& m_grid;
    QLineEdit* m_number;
    QLabel* m_note;
};

}  // namespace dewpoint::grid
