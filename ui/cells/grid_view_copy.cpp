// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_header.h"
#include "cells/grid_view.h"
#include "items/table_model.h"
#include "kit/clipboard.h"
#include "kit/tsv.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <utility>

// Cells to the clipboard and back.
namespace dewpoint::cells {

namespace {

// More would stop the window for too long.
constexpr int mostLoaded = 20'000;
constexpr int mostInMemory = 200'000;

qint64 sizeOf(const Value& value)
{
    const auto* text = std::get_if<Text>(&value);
    const auto* blob = std::get_if<Blob>(&value);
    return text ? text->utf8.size() : blob ? blob->bytes.size() : qint64{sizeof(Value)};
}

}  // namespace

void GridView::copySelection(CopyFormat format)
{
    if (!m_model)
        return;
    const int most = m_model->isWhole() ? mostInMemory : mostLoaded;
    CopiedCells cells{.relation = m_model->relation(), .columns = {}, .rows = {}};
    const QItemSelection selection = selectionModel()->selection();
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const bool chosen = std::ranges::any_of(selection, [&](const QItemSelectionRange& range) {
            return range.left() <= column && column <= range.right();
        });
        if (chosen && !m_header->isSectionHidden(column))
            cells.columns += column;
    }
    int missing = selectedRowsLeftOut();
    QModelIndexList cut;  // of these only the beginning is loaded
    QList<std::pair<qsizetype, qsizetype>> places;
    const QList<int> rows = selectedRows();
    const qsizetype taken = std::min<qsizetype>(rows.size(), most);
    missing += static_cast<int>(rows.size() - taken);
    for (const int row : rows.first(taken)) {
        if (m_model->rowState(row) == items::RowState::Loading) {
            ++missing;
            continue;
        }
        QList<std::optional<Value>> line;
        for (const int column : std::as_const(cells.columns)) {
            const QModelIndex cell = m_model->index(row, column);
            const bool chosen = selection.contains(cell);
            if (chosen && m_model->cellState(cell).truncated) {
                cut += cell;
                places += {cells.rows.size(), line.size()};
            }
            line += chosen ? m_model->valueAt(cell) : std::nullopt;
        }
        cells.rows += line;
    }
    if (cells.rows.isEmpty())
        return;
    if (cut.isEmpty())
        return putCopied(cells, format, missing);
    Q_EMIT said(tr("Reading the long values whole…"));
    m_copyJob = m_model->readWhole(
        cut, [this, cells, places, format, missing](const Result<QList<Value>>& values) mutable {
            if (!values)
                return Q_EMIT said(tr("Nothing was copied: %1").arg(values.error().oneLine()));
            for (qsizetype i = 0; i < values->size(); ++i)
                cells.rows[places[i].first][places[i].second] = (*values)[i];
            putCopied(cells, format, missing);
        });
}

void GridView::putCopied(const CopiedCells& cells, CopyFormat format, int missing)
{
    const auto copied = static_cast<int>(cells.rows.size());
    QString text = tr("%1 rows copied; %2 are not loaded yet").arg(copied).arg(missing);
    if (missing == 0)
        text = tr("%n row(s) copied", nullptr, copied);
    else if (m_model->isWhole())
        text = tr("%1 rows copied; %2 more are too many for the clipboard").arg(copied).arg(missing);
    qint64 bytes = 0;
    for (const auto& line : cells.rows) {
        for (const std::optional<Value>& value : line)
            bytes += value ? sizeOf(*value) : 0;
    }
    kit::copyLater(
        this, bytes, [cells, format] { return copyText(cells, format); },
        [this, text] { Q_EMIT said(text); });
}

// One value fills the selection; a range goes down and right from the current cell.
void GridView::paste()
{
    if (!m_model || !m_model->relation().editable)
        return;
    const QList<QStringList> texts = kit::fromTsv(QGuiApplication::clipboard()->text());
    if (texts.isEmpty())
        return;
    if (texts.size() > 1 || texts.first().size() > 1 || !currentIndex().isValid())
        return pasteRange(texts);
    const QModelIndexList chosen = chosenCells();
    QList<std::pair<QModelIndex, QString>> cells;
    for (const QModelIndex& cell : chosen)
        cells += {cell, texts.first().first()};
    const int pasted = m_model->paste(cells, {});
    m_model->leaveOut(selectedRowsLeftOut());
    Q_EMIT said(pastedText(static_cast<int>(cells.size()), pasted).join(QStringLiteral(" · ")));
}

QStringList GridView::pastedText(int wanted, int pasted)
{
    QStringList parts;
    if (pasted > 0)
        parts += tr("%n cell(s) pasted", nullptr, pasted);
    if (pasted < wanted)
        parts +=
            tr("%n cell(s) left as they were: not loaded yet, or not to be edited", nullptr, wanted - pasted);
    return parts;
}

// What goes beyond the last row becomes new rows; so does what goes beyond the new rows, which stand
// before the others: nothing that is there already is overwritten by surprise.
void GridView::pasteRange(const QList<QStringList>& texts)
{
    const int fresh = static_cast<int>(m_model->edits().newRowIds().size());
    const int top = std::max(0, currentIndex().row());
    const int end = !currentIndex().isValid() ? 0 : top < fresh ? fresh : m_model->rowCount();
    int visual =
        currentIndex().isValid() ? m_header->visualIndex(currentIndex().column()) : besideColumn(-1, 1);
    QList<int> columns;
    for (; visual < m_header->count(); ++visual) {
        if (!m_header->isSectionHidden(m_header->logicalIndex(visual)))
            columns += m_header->logicalIndex(visual);
    }
    QList<std::pair<QModelIndex, QString>> cells;
    QList<items::TableModel::NewTexts> rows;
    int outside = 0;
    qsizetype widest = 0;
    for (int row = 0; row < texts.size(); ++row) {
        const qsizetype width = std::min(texts[row].size(), columns.size());
        outside += static_cast<int>(texts[row].size() - width);
        widest = std::max(widest, width);
        items::TableModel::NewTexts line;
        for (qsizetype i = 0; i < width; ++i) {
            if (top + row < end)
                cells += {m_model->index(top + row, columns[i]), texts[row][i]};
            else
                line += {columns[i], texts[row][i]};
        }
        if (!line.isEmpty())
            rows += line;
    }
    const QPersistentModelIndex start(currentIndex().isValid() ? m_model->index(top, columns.first())
                                                               : QModelIndex());
    const int pasted = m_model->paste(cells, rows);
    selectPasted(start, std::min(static_cast<int>(texts.size()), std::max(0, end - top)),
                 {fresh, static_cast<int>(rows.size())}, columns.first(std::min(widest, columns.size())));
    QStringList parts = pastedText(static_cast<int>(cells.size()), pasted);
    if (!rows.isEmpty())
        parts += tr("%n new row(s)", nullptr, static_cast<int>(rows.size()));
    if (outside > 0)
        parts += tr("%n beyond the last column left out", nullptr, outside);
    Q_EMIT said(parts.join(QStringLiteral(" · ")));
}

/// What was pasted is what the next key works on: `over` rows from the start on, and those that are new.
void GridView::selectPasted(const QPersistentModelIndex& start, int over, NewRows added,
                            const QList<int>& columns)
{
    if (columns.isEmpty() || m_model->edits().newRowIds().size() < added.first + added.count)
        return;
    const auto select = [&](QItemSelection& selection, int first, int count) {
        for (const int column : columns) {
            if (count > 0)
                selection.merge(
                    QItemSelection(m_model->index(first, column), m_model->index(first + count - 1, column)),
                    QItemSelectionModel::Select);
        }
    };
    QItemSelection selection;
    select(selection, added.first, added.count);
    if (start.isValid())
        select(selection, start.row(), over);
    const QModelIndex current =
        start.isValid() ? QModelIndex(start) : m_model->index(added.first, columns.first());
    selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_anchor = current;
}

}  // namespace dewpoint::cells
