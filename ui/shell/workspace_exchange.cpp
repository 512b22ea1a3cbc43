// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Rows out of the workspace's tables and results, and into its tables.
#include "cells/grid_view.h"
#include "exchange/export_page.h"
#include "exchange/import_page.h"
#include "grid/table_page.h"
#include "query/query_page.h"
#include "shell/page_tabs.h"
#include "shell/workspace.h"

#include <QItemSelectionModel>
#include <QLocale>

namespace dewpoint::shell {

namespace {

/// Whole rows, or cells of several: what somebody who selects them may want in a file.
std::optional<exchange::ExportScope> chosenRows(const grid::TablePage& page)
{
    transfer::ChosenRows chosen{.relation = page.relation()};
    const QList<int> rows = page.grid()->selectedRows();
    for (const int row : rows) {
        if (auto key = page.model().keyOf(row))
            chosen.keys.push_back(*std::move(key));
    }
    if (chosen.keys.size() < 2)
        return std::nullopt;
    const auto count = static_cast<int>(chosen.keys.size());
    return exchange::ExportScope{Workspace::tr("The %n selected row(s)", nullptr, count), std::move(chosen)};
}

}  // namespace

void Workspace::openExport(grid::TablePage& page)
{
    const rows::Relation& relation = page.relation();
    const rows::ViewSpec& spec = page.model().spec();
    QList<exchange::ExportScope> scopes;
    if (spec.isFiltered())
        scopes += {tr("The rows that the filters show"), transfer::ViewRows{relation, spec}};
    scopes += {tr("All rows of %1").arg(relation.name), transfer::ViewRows{relation, {.sorts = spec.sorts}}};
    if (auto chosen = chosenRows(page))
        scopes += *std::move(chosen);
    auto* out = new exchange::ExportPage(m_session, relation.name, scopes);
    connect(out, &exchange::ExportPage::statusText, this, &Workspace::statusText);
    addPage(out, tr("Export %1").arg(relation.name), QStringLiteral("document-export"));
    out->setFocus();
}

void Workspace::openImport(const grid::TablePage& page, const QString& path)
{
    const QString schemaName = page.relation().schema;
    const QString name = page.relation().name;
    auto* in = new exchange::ImportPage(m_session, page.relation());
    connect(in, &exchange::ImportPage::statusText, this, &Workspace::statusText);
    connect(in, &exchange::ImportPage::imported, this,
            [this, schemaName, name] { rowsImported(schemaName, name); });
    addPage(in, tr("Import into %1").arg(name), QStringLiteral("document-import"));
    in->setFocus();
    if (!path.isEmpty())
        in->openFile(path);
}

/// Its rows are others now, and so is their number.
void Workspace::rowsImported(const QString& schemaName, const QString& name)
{
    if (const int index = indexOfRelation(schemaName, name); index >= 0)
        qobject_cast<grid::TablePage*>(m_tabs->page(index))->refresh();
    countRows(std::make_shared<QHash<QString, qint64>>());
}

void Workspace::wireQueryPage(query::QueryPage* page)
{
    connect(page, &query::QueryPage::exportRequested, this,
            [this, page](const QString& sql, const std::shared_ptr<const RowBatch>& rows) {
                QList<exchange::ExportScope> scopes;
                if (!sql.isEmpty())
                    scopes += {tr("All rows of the query, read anew"), transfer::QueryRows{sql}};
                scopes +=
                    {tr("The %n row(s) that are shown", nullptr, rows->rowCount()), transfer::HeldRows{rows}};
                auto* out = new exchange::ExportPage(m_session, page->title(), scopes);
                connect(out, &exchange::ExportPage::statusText, this, &Workspace::statusText);
                addPage(out, tr("Export %1").arg(page->title()), QStringLiteral("document-export"));
                out->setFocus();
            });
}

}  // namespace dewpoint::shell
