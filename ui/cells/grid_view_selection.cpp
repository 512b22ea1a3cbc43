// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "items/table_model.h"

#include <algorithm>

// The selection is a few ranges, however many millions of rows they span, and is never spelled out.
namespace dewpoint::cells {

namespace {

constexpr int fewRows = 1'000;
constexpr qsizetype most = 100'000;

struct Span {
    int first = 0;
    int last = -1;
    int rows() const { return last - first + 1; }
};

/// The rows of the selection in order, each once.
QList<Span> spansOf(const QItemSelection& selection)
{
    QList<Span> all;
    for (const QItemSelectionRange& range : selection)
        all += Span{range.top(), range.bottom()};
    std::ranges::sort(all, {}, &Span::first);
    QList<Span> spans;
    for (const Span& span : std::as_const(all)) {
        if (!spans.isEmpty() && span.first <= spans.last().last + 1)
            spans.last().last = std::max(spans.last().last, span.last);
        else
            spans += span;
    }
    return spans;
}

int rowsOf(const QList<Span>& spans)
{
    return std::accumulate(spans.cbegin(), spans.cend(), 0,
                           [](int sum, const Span& span) { return sum + span.rows(); });
}

/// All of few rows, so that those which are missing are read; of many only the loaded ones.
QList<int> reachable(const items::TableModel& model, const Span& span, bool few)
{
    if (!few)
        return model.loadedRows(span.first, span.last);
    QList<int> rows;
    rows.reserve(span.rows());
    for (int row = span.first; row <= span.last; ++row)
        rows.append(row);
    return rows;
}

}  // namespace

QList<int> GridView::selectedRows() const
{
    if (!m_model)
        return {};
    const QList<Span> spans = spansOf(selectionModel()->selection());
    const bool few = rowsOf(spans) <= fewRows;
    QList<int> rows;
    for (const Span& span : spans)
        rows += reachable(*m_model, span, few);
    return rows.first(std::min(rows.size(), most));
}

int GridView::selectedRowsLeftOut() const
{
    return rowsOf(spansOf(selectionModel()->selection())) - static_cast<int>(selectedRows().size());
}

QModelIndexList GridView::chosenCells() const
{
    const QItemSelection selection = selectionModel()->selection();
    const bool few = rowsOf(spansOf(selection)) <= fewRows;
    QModelIndexList cells;
    for (const QItemSelectionRange& range : selection) {
        for (const int row : reachable(*m_model, Span{range.top(), range.bottom()}, few)) {
            for (int column = range.left(); column <= range.right() && cells.size() < most; ++column) {
                if (!m_header->isSectionHidden(column))
                    cells += model()->index(row, column);
            }
        }
    }
    if (selection.isEmpty() && currentIndex().isValid())
        cells += currentIndex();
    return cells;
}

void GridView::setChosen(const rows::EditValue& value)
{
    m_model->setValue(chosenCells(), value);
    m_model->leaveOut(selectedRowsLeftOut());
}

}  // namespace dewpoint::cells
