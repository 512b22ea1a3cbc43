// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/reference.h"
#include "runtime/session.h"

#include <QFrame>
#include <QPersistentModelIndex>
#include <QTimer>

class QLabel;
class QLineEdit;
class QListWidget;

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::grid {

/// Finds the row that a foreign key is to point to, by its key or its label, and puts its key into the
/// cells; the database searches.
class ReferencePicker final : public QFrame
{
    Q_OBJECT
public:
    ReferencePicker(runtime::Session& session, items::TableModel& model, cells::GridView& grid);

    /// Below a cell that is part of this reference of the model.
    void pick(const QModelIndex& cell, int reference);
    void leave();
    void leaveForGrid();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void searchSoon();
    void search();
    void show(const Result<QList<rows::Label>>& found);
    void choose();
    QString shortKey(const QString& key) const;
    void placeBelow(const QRect& cell);
    bool inputKey(int key);

    runtime::Session& m_session;
    items::TableModel& m_model;
    cells::GridView& m_grid;
    QPersistentModelIndex m_cell;
    rows::Reference m_reference;
    QList<rows::Label> m_found;
    QTimer m_typing;
    runtime::Job m_job;
    bool m_goesOn = false;      ///< Tab: to the next cell
    bool m_takesFirst = false;  ///< Return was pressed before the answer was there
    QLineEdit* m_input;
    QListWidget* m_list;
    QLabel* m_note;
};

}  // namespace dewpoint::grid
