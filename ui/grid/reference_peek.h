// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rows/reference.h"
#include "runtime/session.h"

#include <QFrame>
#include <QPersistentModelIndex>
#include <QTimer>

class QGridLayout;
class QLabel;

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::items {
class TableModel;
}

namespace dewpoint::grid {

/// The row that a foreign key under the mouse points to, as a card beside the cell: after a moment, and
/// gone with the mouse, a key or a step of the view.
class ReferencePeek final : public QFrame
{
    Q_OBJECT
public:
    ReferencePeek(runtime::Session& session, items::TableModel& model, cells::GridView& grid);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void hover(const QPoint& at);
    void read();
    void show(const Result<RowBatch>& row);
    void addLine(const QString& name, const Value& value, bool cut);
    void place();
    void leave();

    runtime::Session& m_session;
    items::TableModel& m_model;
    cells::GridView& m_grid;
    QPersistentModelIndex m_cell;
    rows::Reference m_reference;
    QTimer m_delay;
    runtime::Job m_job;
    QLabel* m_title;
    QGridLayout* m_lines;
};

}  // namespace dewpoint::grid
