// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/table_page.h"
#include "search/search_page.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/workspace.h"

// The search of a value in the whole database, and the ways from a hit to its row.
namespace dewpoint::shell {

void Workspace::openSearch()
{
    if (m_tabs->show<search::SearchPage>())
        return;
    auto* page = new search::SearchPage(m_session);
    page->setDatabase(m_database);
    connect(page, &search::SearchPage::statusText, this, &Workspace::statusText);
    connect(page, &search::SearchPage::edited, this, &Workspace::changed);
    connect(page, &search::SearchPage::rowRequested, this,
            [this](const rows::Relation& table, const rows::SearchHit& cell) {
                if (auto* shown = visitRelation(table.schema, table.name))
                    shown->showFound(cell.column, cell.key, cell.excerpt);
            });
    connect(page, &search::SearchPage::tableRequested, this,
            [this](const rows::Relation& table, const QString& text) {
                if (auto* shown = visitRelation(table.schema, table.name))
                    shown->searchFor(text);
            });
    addPage(page, tr("Search"), QStringLiteral("edit-find"));
    page->setFocus();
}

QList<kit::Command> Workspace::searches(const QString& text)
{
    QList<kit::Command> searches;
    if (QPointer table = qobject_cast<grid::TablePage*>(currentPage()))
        searches += {.id = QStringLiteral("search.here"),
                     .title = tr("Search “%1” in %2").arg(text, table->relation().name),
                     .run = [table, text] {
                         if (table)
                             table->searchWithin(text);
                     }};
    searches += {.id = QStringLiteral("search.everywhere"),
                 .title = tr("Search “%1” in all tables").arg(text),
                 .run = [this, text] {
                     openSearch();
                     qobject_cast<search::SearchPage*>(currentPage())->searchFor(text);
                 }};
    return searches;
}

/// The table in its tab, and Back leads here again.
grid::TablePage* Workspace::visitRelation(const QString& schemaName, const QString& name)
{
    const QJsonObject here = placeOf(currentPage());
    auto* page = openRelation(schemaName, name, true);
    if (page)
        m_trail.leave(here);
    return page;
}

}  // namespace dewpoint::shell
