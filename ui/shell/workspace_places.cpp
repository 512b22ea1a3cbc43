// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// From one row to the row that it points to, and the way back and forward.
#include "cells/grid_view.h"
#include "grid/table_page.h"
#include "shell/pages.h"
#include "shell/workspace.h"

namespace dewpoint::shell {

/// The row that the focused row points to, in a tab of its table.
void Workspace::openReference(int column)
{
    auto* from = qobject_cast<grid::TablePage*>(currentPage());
    if (!from)
        return;
    const int row = from->grid()->currentIndex().row();
    for (const int reference : from->model().referencesAt(column)) {
        if (from->model().referencedKey(row, reference))
            return followReference(*from, reference);
    }
    Q_EMIT statusText(tr("This row references no other."));
}

void Workspace::followReference(grid::TablePage& from, int reference)
{
    const rows::Reference to = from.model().references()[reference];
    const auto key = from.model().referencedKey(from.grid()->currentIndex().row(), reference);
    if (!key)
        return;
    QList<rows::Filter> filters;
    for (qsizetype i = 0; i < to.target.keyColumns.size(); ++i)
        filters.append(
            {.column = to.target.keyColumns[i], .value = displayText((*key)[static_cast<size_t>(i)])});
    if (auto* page = visitRelation(to.target.schema, to.target.name))
        page->filterBy(filters);
}

void Workspace::visit(const QJsonObject& place)
{
    if (place.isEmpty())
        return;
    if (place.contains(QStringLiteral("search")))
        return openSearch();
    if (auto* page = openRelation(place[QStringLiteral("schema")].toString(),
                                  place[QStringLiteral("name")].toString(), true))
        page->restorePlace(place[QStringLiteral("place")].toObject());
}

void Workspace::goBack()
{
    visit(m_trail.back(placeOf(currentPage())));
}

void Workspace::goForward()
{
    visit(m_trail.forward(placeOf(currentPage())));
}

/// The rows that a line of the inspector leads to, in their table.
void Workspace::openLink(const rows::Link& link)
{
    QList<rows::Filter> filters;
    for (qsizetype i = 0; i < link.columns.size(); ++i)
        filters += rows::Filter{.column = link.columns[i],
                                .value = displayText(link.values[static_cast<size_t>(i)])};
    if (auto* page = visitRelation(link.relation.schema, link.relation.name))
        page->filterBy(filters);
}

}  // namespace dewpoint::shell
