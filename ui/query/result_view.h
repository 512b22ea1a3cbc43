// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "items/table_model.h"
#include "query/run.h"

#include <QWidget>

class QLabel;

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::query {

/// The rows of one statement in a grid like a table's, with a line below that says how many, how long it
/// took, when these are only the first ones, and the figures of the selected cells.
class ResultView final : public QWidget
{
    Q_OBJECT
public:
    /// Takes the rows out of the outcome.
    ResultView(runtime::Session& session, const std::shared_ptr<Outcome>& outcome, QWidget* parent = nullptr);
    ~ResultView() override;

    cells::GridView* grid() const { return m_grid; }
    std::optional<items::Record> record() const;  ///< the row of the focused cell
    const Request& request() const { return m_request; }
    RowBatch rows() const { return m_model.whole(); }

Q_SIGNALS:
    void wholeResultWanted(const dewpoint::query::Request& request);
    void currentCellChanged();
    void said(const QString& text);
    void exportRequested();

private:
    void buildGrid();
    QWidget* footer();

    Request m_request;
    bool m_more;
    bool m_first;  ///< only the first rows were asked for
    qint64 m_microseconds;
    items::TableModel m_model;
    cells::GridView* m_grid;
    QLabel* m_figures;
};

/// "1 row", "10,000 rows"
QString rowsText(qint64 count);

}  // namespace dewpoint::query
