// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/grid_view.h"
#include "grid/conflict_panel.h"
#include "grid/filter_bar.h"
#include "grid/preview_sheet.h"
#include "grid/reference_picker.h"
#include "grid/refusal_list.h"
#include "grid/replace_bar.h"
#include "grid/table_page.h"
#include "rows/row_place.h"

#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

// What a table page can be told to do.
namespace dewpoint::grid {

void TablePage::refresh()
{
    if (!m_grid->finishEditing())
        return;
    if (const QModelIndex current = m_grid->currentIndex(); current.isValid())
        m_place = Place{.top = m_grid->firstVisibleRow(), .row = current.row(), .column = current.column()};
    m_model.refresh();
}

void TablePage::discard()
{
    m_model.discard();
    m_refusals->hide();
    m_conflicts->hide();
    Q_EMIT statusText(tr("Changes discarded. Undo brings them back."));
}

void TablePage::togglePreview()
{
    m_preview->setVisible(!m_preview->isVisible());
    m_previewButton->setChecked(m_preview->isVisible());
    renderEdits();
}

void TablePage::findAndReplace()
{
    const int column = std::max(0, m_grid->currentIndex().column());
    if (relation().editable && m_grid->finishEditing())
        m_replace->begin(column, m_grid->currentIndex().data().toString());
}

/// Only where it is seen: another tab that is in front keeps its keys.
void TablePage::takeFocus()
{
    if (isVisible())
        m_grid->setFocus();
}

/// To a row wherever it is: where it is not loaded its place is counted.
void TablePage::goTo(const rows::RowRef& row, const QString& column)
{
    const int known = relation().indexOf(column);
    const int wanted = known >= 0 ? known : std::max(0, m_grid->currentIndex().column());
    if (const int loaded = m_model.rowOf(row); loaded >= 0) {
        m_grid->setCurrentIndex(m_model.index(loaded, wanted));
        takeFocus();
        return;
    }
    if (row.key.isEmpty())
        return;
    m_placeJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [view = rows::QueryBuilder(relation(), m_model.spec()),
         key = row.key](drivers::Connection& connection, const runtime::StopToken&) {
            return rows::placeOf(connection, view, key);
        },
        [this, key = row.key, wanted](const Result<std::optional<qint64>>& place) {
            if (!place)
                return Q_EMIT statusText(place.error().oneLine());
            if (!*place)
                return showAlone(key, wanted);
            const int fresh = static_cast<int>(m_model.edits().newRowIds().size());
            const int found = fresh + static_cast<int>(**place);
            const int half = (m_grid->lastVisibleRow() - m_grid->firstVisibleRow()) / 2;
            m_place = Place{.top = std::max(0, found - half), .row = found, .column = wanted};
            goBack();
            takeFocus();
        });
}

/// A row that the filters leave out is found by its key, as a filter that can be seen and taken away.
void TablePage::showAlone(const rows::RowKey& key, int column)
{
    rows::ViewSpec spec;
    spec.sorts = m_model.spec().sorts;
    for (qsizetype i = 0; i < relation().keyColumns.size(); ++i) {
        const Value& value = key.values[static_cast<size_t>(i)];
        if (relation().hasHiddenKey())
            spec.conditions += {relation().keyColumns[i] + u" = "_s + sql::literal(value, relation().engine)};
        else
            spec.filters += rows::Filter{.column = relation().keyColumns[i], .value = displayText(value)};
    }
    m_place = Place{.row = 0, .column = column};
    m_filters->setSpec(spec);
    m_model.setSpec(spec);
    renderSort();
    takeFocus();
    Q_EMIT statusText(
        tr("The filters left the row out: only it is shown now. Take the filter away to see all."));
}

void TablePage::searchFor(const QString& text)
{
    rows::ViewSpec spec{.search = text, .sorts = m_model.spec().sorts};
    m_filters->setSpec(spec);
    m_model.setSpec(std::move(spec));
}

void TablePage::searchWithin(const QString& text)
{
    rows::ViewSpec spec = m_model.spec();
    spec.search = text;
    m_filters->setSpec(spec);
    m_model.setSpec(std::move(spec));
}

void TablePage::showFound(const QString& column, const rows::RowKey& key, const QString& text)
{
    if (!key.isEmpty())
        return showAlone(key, std::max(0, relation().indexOf(column)));
    filterBy({{.column = column, .op = rows::FilterOperator::Contains, .value = text}});
}

void TablePage::filterBy(const QList<rows::Filter>& filters, const QString& condition)
{
    rows::ViewSpec spec = m_model.spec();
    spec.filters = filters;
    spec.conditions.clear();
    if (!condition.isEmpty())
        spec.conditions += {condition};
    spec.search.clear();
    m_filters->setSpec(spec);
    m_model.setSpec(spec);
}

void TablePage::editColumn(int column)
{
    const QModelIndex cell = m_model.index(m_grid->currentIndex().row(), column);
    if (!cell.isValid())
        return;
    m_grid->setCurrentIndex(cell);
    m_grid->setFocus();
    m_grid->edit(cell);
}

void TablePage::followReference(const QModelIndex& cell)
{
    if (!cell.isValid())
        return;
    for (const int reference : m_model.referencesAt(cell.column())) {
        if (m_model.referencedKey(cell.row(), reference))
            return Q_EMIT referenceRequested(reference);
    }
    Q_EMIT statusText(m_model.referencesAt(cell.column()).isEmpty()
                          ? tr("%1 is no foreign key.").arg(relation().columns[cell.column()].name)
                          : tr("This row references no other."));
}

void TablePage::pick(const QModelIndex& cell, int reference)
{
    if (!cell.isValid() || !m_model.isEditable(cell))
        return;
    const QList<int> known = m_model.referencesAt(cell.column());
    if (known.isEmpty())
        return Q_EMIT statusText(tr("%1 is no foreign key.").arg(relation().columns[cell.column()].name));
    m_picker->pick(cell, reference < 0 ? known.first() : reference);
}

}  // namespace dewpoint::grid
