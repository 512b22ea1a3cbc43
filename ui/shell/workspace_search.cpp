// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "grid/table_page.h"
#include "search/search_page.h"
#include "shell/page_tabs.h"
#include "shell/workspace.h"

// The search of a value in the whole database, and the ways from a hit to its row.
namespace dewpoint::shell {

void Workspace::openSearch()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (qobject_cast<search::SearchPage*>(m_tabs->page(i))) {
            m_tabs->setCurrentIndex(i);
            return m_tabs->page(i)->setFocus();
        }
    }
    auto* page = new search::SearchPage(m_session);
    tellTables(*page);
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

/// Partitions are searched as their table.
void Workspace::tellTables(search::SearchPage& page) const
{
    QList<rows::Relation> tables;
    for (const schema::Table& table : m_database.tables) {
        if (table.partitionBound.isEmpty())
            tables += rows::relationIn(m_database, table, true);
    }
    page.setTables(tables);
}

/// The table in its tab, and Back leads here again.
grid::TablePage* Workspace::visitRelation(const QString& schemaName, const QString& name)
{
    const QJsonObject here = placeOf(currentPage());
    openRelation(schemaName, name, true);
    auto* page = qobject_cast<grid::TablePage*>(currentPage());
    if (page && !here.isEmpty()) {
        m_back.append(here);
        m_forward.clear();
    }
    return page;
}

}  // namespace dewpoint::shell
