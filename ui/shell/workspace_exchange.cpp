// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Rows out of the workspace's tables and results, and into its tables.
#include "cells/grid_view.h"
#include "exchange/export_page.h"
#include "exchange/fill_page.h"
#include "exchange/import_page.h"
#include "exchange/scenarios_page.h"
#include "grid/table_page.h"
#include "query/query_page.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/workspace.h"
#include "store/recent_sql.h"

#include <QDir>
#include <QItemSelectionModel>
#include <QLocale>
#include <QPointer>

#include <algorithm>

namespace dewpoint::shell {

namespace {

/// Whole rows, or cells of several: what somebody who selects them may want in a file.
std::optional<exchange::ExportScope> chosenRows(const grid::TablePage& page, size_t least)
{
    transfer::ChosenRows chosen{.relation = page.relation()};
    const QList<int> rows = page.grid()->selectedRows();
    for (const int row : rows) {
        if (auto key = page.model().keyOf(row))
            chosen.keys.push_back(*std::move(key));
    }
    if (chosen.keys.size() < least)
        return std::nullopt;
    const auto count = static_cast<int>(chosen.keys.size());
    return exchange::ExportScope{.title = Workspace::tr("The %n selected row(s)", nullptr, count),
                                 .source = std::move(chosen)};
}

/// By the tab, as long as it shows these rows; of a whole table by the tree, or by statistics.
rows::RowCount countOf(const grid::TablePage* page, rows::ViewSpec spec, const RowCounts& known)
{
    if (!page)
        return {};
    const items::TableModel& model = page->model();
    spec.sorts = model.spec().sorts;
    if (model.spec() == spec && model.phase() == items::TableModel::Phase::Ready)
        return model.total();
    if (spec.isFiltered())
        return {};
    const rows::Relation& relation = page->relation();
    const auto counted = known.counts().constFind(relation.schema + QLatin1Char('.') + relation.name);
    if (counted != known.counts().cend())
        return {.rows = *counted, .exact = true};
    return {.rows = std::max<qint64>(0, relation.estimatedRows)};
}

/// Tables whose rows can be told apart; a view's refer to nothing.
void addSubsets(const grid::TablePage& page, const schema::Database& database,
                const rows::RelationNotes& notes, QList<exchange::ExportScope>& scopes)
{
    const rows::Relation& relation = page.relation();
    if (!database.table(relation.schema, relation.name) || relation.keyKind == rows::KeyKind::None)
        return;
    const auto whole = std::make_shared<const schema::Database>(database);
    for (exchange::ExportScope& scope : scopes) {
        scope.subset = transfer::Subset{.database = whole, .notes = notes, .relation = relation};
        if (const auto* view = std::get_if<transfer::ViewRows>(&scope.source))
            scope.subset->rows = view->spec;
        else if (const auto* chosen = std::get_if<transfer::ChosenRows>(&scope.source))
            scope.subset->rows = chosen->keys;
    }
}

}  // namespace

void Workspace::openExport(grid::TablePage& page, ExportOf what)
{
    const rows::Relation& relation = page.relation();
    const rows::ViewSpec& spec = page.model().spec();
    QList<exchange::ExportScope> scopes;
    if (spec.isFiltered())
        scopes += {.title = tr("The rows that the filters show"),
                   .source = transfer::ViewRows{relation, spec},
                   .count = [this, shown = QPointer(&page), spec] { return countOf(shown, spec, m_counts); }};
    const rows::ViewSpec all{.sorts = spec.sorts};
    scopes += {.title = tr("All rows of %1").arg(relation.name),
               .source = transfer::ViewRows{relation, all},
               .count = [this, shown = QPointer(&page), all] { return countOf(shown, all, m_counts); }};
    if (auto chosen = chosenRows(page, what == ExportOf::Subset ? 1 : 2))
        scopes += *std::move(chosen);
    addSubsets(page, m_database, m_notes, scopes);
    auto* out = new exchange::ExportPage(m_session, relation.name, scopes);
    connect(out, &exchange::ExportPage::statusText, this, &Workspace::statusText);
    if (what == ExportOf::Subset)
        out->chooseSubset();
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

void Workspace::openFill(const grid::TablePage& page)
{
    const QString schemaName = page.relation().schema;
    const QString name = page.relation().name;
    const schema::Table* table = m_database.table(schemaName, name);
    if (!table)
        return;
    auto* fill = new exchange::FillPage(m_session, testdata::proposedPlan(m_database, *table));
    connect(fill, &exchange::FillPage::statusText, this, &Workspace::statusText);
    connect(fill, &exchange::FillPage::filled, this,
            [this, schemaName, name] { rowsImported(schemaName, name); });
    addPage(fill, tr("Test rows for %1").arg(name), QStringLiteral("list-add"));
    fill->setFocus();
}

void Workspace::openScenarios()
{
    if (m_tabs->show<exchange::ScenariosPage>())
        return;
    // What is not remembered is kept for as long as it is there.
    const QString folder = m_scratch ? m_scratch->filePath(QStringLiteral("scenarios"))
                                     : scenarios::shelfFolder(m_connection.target);
    QDir().mkpath(folder);
    auto* page = new exchange::ScenariosPage(m_session, scenarios::Shelf(folder));
    connect(page, &exchange::ScenariosPage::statusText, this, &Workspace::statusText);
    connect(page, &exchange::ScenariosPage::rowsReset, this, &Workspace::refreshAll);
    addPage(page, tr("Scenarios"), QStringLiteral("document-save"));
    page->setFocus();
}

/// Every table may have other rows now. Staged edits stay, and their commit checks them.
void Workspace::refreshAll()
{
    for (grid::TablePage* page : m_tabs->pagesOf<grid::TablePage>())
        page->refresh();
    m_counts.countAll(m_database.tables);
}

/// Its rows are others now, and so is their number.
void Workspace::rowsImported(const QString& schemaName, const QString& name)
{
    if (grid::TablePage* page = relationPage(*m_tabs, schemaName, name))
        page->refresh();
    m_counts.countAll(m_database.tables);
}

void Workspace::wireQueryPage(query::QueryPage* page)
{
    connect(page, &query::QueryPage::statementRan, this, [this](const QString& sql) {
        if (!m_connection.scratch)
            (void)store::rememberSql(m_connection.target, sql);
    });
    connect(page, &query::QueryPage::exportRequested, this,
            [this, page](const QString& sql, const std::shared_ptr<const RowBatch>& rows) {
                QList<exchange::ExportScope> scopes;
                if (!sql.isEmpty())
                    scopes +=
                        {.title = tr("All rows of the query, read anew"), .source = transfer::QueryRows{sql}};
                scopes += {.title = tr("The %n row(s) that are shown", nullptr, rows->rowCount()),
                           .source = transfer::HeldRows{rows}};
                auto* out = new exchange::ExportPage(m_session, page->title(), scopes);
                connect(out, &exchange::ExportPage::statusText, this, &Workspace::statusText);
                addPage(out, tr("Export %1").arg(page->title()), QStringLiteral("document-export"));
                out->setFocus();
            });
}

}  // namespace dewpoint::shell
