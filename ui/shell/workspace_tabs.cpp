// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// The workspace's tabs: what opens them, what each is connected to, and how they close.
#include "browse/sidebar.h"
#include "cells/grid_view.h"
#include "diagram/diagram_page.h"
#include "drift/find.h"
#include "grid/table_page.h"
#include "grid/view_button.h"
#include "inspect/inspector.h"
#include "migrate/creations.h"
#include "migrate/drift_watch.h"
#include "migrate/migrate_page.h"
#include "query/query_page.h"
#include "search/search_page.h"
#include "shell/inspector_link.h"
#include "shell/log_page.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/tab_bar.h"
#include "shell/workspace.h"
#include "theme/theme.h"

#include <QPointer>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

namespace dewpoint::shell {

namespace {

QString freeQueryTitle(const QTabBar& tabs)
{
    QStringList taken;
    for (int i = 0; i < tabs.count(); ++i)
        taken += tabs.tabText(i);
    int number = 1;
    while (taken.contains(Workspace::tr("Query %1").arg(number)))
        ++number;
    return Workspace::tr("Query %1").arg(number);
}

QString keyOf(const QWidget& page)
{
    return RelationLooks::key(page.property("schema").toString(), page.property("relation").toString());
}

}  // namespace

QWidget* Workspace::currentPage() const
{
    return m_tabs->currentPage();
}

grid::TablePage* Workspace::openRelation(const QString& schemaName, const QString& name, bool pinned)
{
    grid::TablePage* page = relationPage(*m_tabs, schemaName, name);
    if (!page) {
        // What is typed in it makes it a tab that stays.
        QWidget* before = m_tabs->preview();
        if (before && shell::finishEditing(before) && m_tabs->preview() == before)
            dropPage(before);
        page = addRelationPage(schemaName, name);
        if (!page)
            return nullptr;
        const QJsonObject lost = m_kept.find(schemaName, name);
        if (!lost.isEmpty())
            page->restoreState(lost[QStringLiteral("state")].toObject());
        m_tabs->setPreview(pinned ? nullptr : page);
    } else if (pinned) {
        m_tabs->pin(page);
    }
    m_tabs->setCurrentIndex(m_tabs->indexOf(page));
    if (pinned)
        page->setFocus();
    showPlace();
    return page;
}

void Workspace::openNamed(const QString& name)
{
    const QString schemaName =
        name.contains(QLatin1Char('.')) ? name.section(QLatin1Char('.'), 0, 0) : QString();
    const QString bare = name.section(QLatin1Char('.'), -1);
    const auto fits = [&](const auto& item) {
        return item.name == bare && (schemaName.isEmpty() || item.schema == schemaName);
    };
    if (const auto table = std::ranges::find_if(m_database.tables, fits); table != m_database.tables.end())
        openRelation(table->schema, table->name, true);
    else if (const auto view = std::ranges::find_if(m_database.views, fits); view != m_database.views.end())
        openRelation(view->schema, view->name, true);
    else
        Q_EMIT statusText(tr("There is no table %1.").arg(name));
}

void Workspace::addPage(QWidget* page, const QString& title, const QString& icon)
{
    page->setMinimumWidth(theme::space::pageLeast);  // what is in a page must not widen the window
    const int index = m_tabs->add(page, theme::icon(icon), title);
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("closeTab"));
    close->setIcon(theme::icon(QStringLiteral("tab-close")));
    close->setToolTip(tr("Close tab (Ctrl+W)"));
    close->setAccessibleName(tr("Close tab %1").arg(title));
    close->setFocusPolicy(Qt::NoFocus);
    connect(close, &QToolButton::clicked, page, [this, page] { closePage(m_tabs->indexOf(page)); });
    m_tabs->bar()->setTabButton(index, QTabBar::RightSide, close);
    connect(&theme::Watch::instance(), &theme::Watch::changed, page, [this, page, close, icon] {
        m_tabs->bar()->setTabIcon(m_tabs->indexOf(page), theme::icon(icon));
        close->setIcon(theme::icon(QStringLiteral("tab-close")));
    });
    m_tabs->setCurrentIndex(index);
    Q_EMIT changed();
}

grid::TablePage* Workspace::addRelationPage(const QString& schemaName, const QString& name)
{
    auto* page = makeRelationPage(schemaName, name);
    if (!page)
        return nullptr;
    page->setProperty("schema", schemaName);
    page->setProperty("relation", name);
    const QString key = RelationLooks::key(schemaName, name);
    page->setColumnLayout(m_looks.columns[key].toObject());
    page->views().setKept(m_looks.views[key].toObject());
    wireRelationPage(page);
    wireRelations(page);
    addPage(page, name,
            m_database.view(schemaName, name) ? QStringLiteral("view-visible") : QStringLiteral("table"));
    return page;
}

void Workspace::wireRelationPage(grid::TablePage* page)
{
    connect(page, &grid::TablePage::titleChanged, this,
            [this, page](const QString& title) { retitle(page, title); });
    connect(page, &grid::TablePage::statusText, this, &Workspace::statusText);
    connect(page, &grid::TablePage::schemaMayHaveChanged, this, &Workspace::reloadCatalog);
    connect(page, &grid::TablePage::pendingChanged, this, [this, page] {
        if (stagedRows(page) > 0)
            m_tabs->pin(page);
        tellEdits();
    });
    connect(page, &grid::TablePage::currentCellChanged, this, [this, page] {
        if (currentPage() == page)
            m_link->follow();
    });
    // The grid outlives the link when the window closes.
    connect(page->grid(), &cells::GridView::finishingEditing, m_link.get(),
            [this, page] { m_link->leave(*page); });
    connect(page->grid(), &cells::GridView::figuresChanged, m_link.get(), [this, page] {
        if (currentPage() == page)
            m_link->follow();  // several rows are selected now, or not any more
    });
    // Where one was comes back after a crash, too: kept once the rows rest.
    auto* rested = new QTimer(page);
    rested->setSingleShot(true);
    rested->setInterval(theme::time::saveDelay);
    connect(rested, &QTimer::timeout, this, &Workspace::changed);
    connect(page->grid(), &cells::GridView::visibleRowsChanged, rested, qOverload<>(&QTimer::start));
    connect(page->grid(), &cells::GridView::currentCellChanged, rested, qOverload<>(&QTimer::start));
    connect(page, &grid::TablePage::columnsChanged, this, [this, page] {
        keepColumns(page);
        Q_EMIT changed();
    });
    connect(&page->views(), &grid::ViewButton::changed, this, [this, page] {
        m_looks.views[keyOf(*page)] = page->views().kept();
        Q_EMIT changed();
    });
    connect(page, &grid::TablePage::referenceRequested, this,
            [this, page](int reference) { followReference(*page, reference); });
    connect(page, &grid::TablePage::committed, this,
            [this, page](const QList<rows::TableChanges>& changes) { tookCommit(page, changes); });
    connect(page, &grid::TablePage::takeBackRequested, this, &Workspace::takeBack);
    connect(page, &grid::TablePage::writingRequested, this, &Workspace::writingRequested);
    connect(page, &grid::TablePage::structureRequested, this, [this, page] {
        openStructure(
            {.schema = page->property("schema").toString(), .name = page->property("relation").toString()});
    });
    connect(page, &grid::TablePage::exportRequested, this, [this, page] { openExport(*page); });
    connect(page, &grid::TablePage::subsetRequested, this,
            [this, page] { openExport(*page, ExportOf::Subset); });
    connect(page, &grid::TablePage::testRowsRequested, this, [this, page] { openFill(*page); });
    connect(page, &grid::TablePage::importRequested, this,
            [this, page](const QString& path) { openImport(*page, path); });
}

void Workspace::keepColumns(const QWidget* page)
{
    if (const auto* table = qobject_cast<const grid::TablePage*>(page))
        m_looks.columns[keyOf(*page)] = table->columnLayout();
}

void Workspace::openMigrations()
{
    if (m_tabs->show<migrate::MigratePage>())
        return;
    auto* page = new migrate::MigratePage(m_session, m_project);
    page->setMayMakeScratch(store::mayMakeScratch(m_connection));
    page->creations().setExtent([this] { return drift::extentOf(driftMemory()); });
    page->setSearchedFolder(m_searched);
    page->setProjects(m_projects);
    connect(page, &migrate::MigratePage::pendingCountChanged, this, [this, page](int count) {
        m_sidebar->setPendingCount(count);
        retitle(page, count > 0 ? tr("Migrations (%1)").arg(count) : tr("Migrations"));
    });
    connect(page, &migrate::MigratePage::schemaMayHaveChanged, this, &Workspace::reloadCatalog);
    connect(page, &migrate::MigratePage::statusText, this, &Workspace::statusText);
    connect(page, &migrate::MigratePage::edited, this, &Workspace::changed);
    connect(&page->creations(), &migrate::Creations::draftMade, this, &Workspace::takeMadeEdits);
    connect(page, &migrate::MigratePage::projectChosen, this, [this, page](const QString& folder) {
        m_connection.projectFolder = folder;
        if (const QString problem = findProject(); !problem.isEmpty())
            Q_EMIT statusText(problem);
        page->setSearchedFolder(folder);
        page->setProject(m_project);
        page->setProjects(m_projects);
        watchDrift();
    });
    connect(page, &migrate::MigratePage::projectAnswered, this, [this, page] {
        (void)findProject();
        page->setProject(m_project);
        page->setProjects(m_projects);
        watchDrift();
    });
    connect(page, &migrate::MigratePage::driftRequested, this, &Workspace::openDrift);
    connect(page, &migrate::MigratePage::historyRequested, this, &Workspace::openTimeMachine);
    page->setDrift(m_drift->count());
    connect(page, &migrate::MigratePage::tableRequested, this, &Workspace::openNamed);
    connect(page, &migrate::MigratePage::rowsRequested, this,
            [this](const QString& schemaName, const QString& table, const QString& condition) {
                if (auto* rows = openRelation(schemaName, table, true))
                    rows->filterBy({}, condition);
            });
    connect(page, &migrate::MigratePage::projectPicked, this, [this](const project::Project& picked) {
        m_project = picked;
        m_connection.projectTool = picked.tool;
        if (!m_connection.scratch)
            (void)store::rememberConnection(m_connection);
        watchDrift();
    });
    addPage(page, tr("Migrations"), QStringLiteral("view-history"));
    // What was typed for a new migration waits for it, also when its tab was closed.
    const QJsonObject closed = m_kept.reopen(QStringLiteral("migrations"));
    if (!closed.isEmpty())
        page->restoreState(closed[QStringLiteral("state")].toObject());
    page->setFocus();
}

void Workspace::openDiagram()
{
    if (m_tabs->show<diagram::DiagramPage>())
        return;
    auto* page = new diagram::DiagramPage;
    connect(page, &diagram::DiagramPage::tableActivated, this,
            [this](const QString& schemaName, const QString& name) { openRelation(schemaName, name, true); });
    addPage(page, tr("Diagram"), QStringLiteral("distribute-graph-directed"));
    page->setDatabase(m_database);
}

void Workspace::openLog()
{
    if (m_tabs->show<LogPage>())
        return;
    addPage(new LogPage(*m_log), tr("Statement log"), QStringLiteral("view-list-text"));
}

QWidget* Workspace::openQuery(const QString& text)
{
    auto* page = new query::QueryPage(m_session);
    page->setSchema(m_database);
    if (!text.isEmpty())
        page->setText(text);
    connect(page, &query::QueryPage::titleChanged, this, [this, page](const QString& title) {
        retitle(page, title);
        Q_EMIT changed();
    });
    connect(page, &query::QueryPage::statusText, this, &Workspace::statusText);
    connect(page, &query::QueryPage::schemaMayHaveChanged, this, &Workspace::reloadCatalog);
    connect(page, &query::QueryPage::edited, this, &Workspace::changed);
    connect(page, &query::QueryPage::currentCellChanged, this, [this, page] {
        if (currentPage() == page)
            m_link->follow();
    });
    wireQueryPage(page);
    page->setTitle(freeQueryTitle(*m_tabs->bar()));
    addPage(page, page->title(), QStringLiteral("document-edit"));
    page->setFocus();
    return page;
}

void Workspace::retitle(QWidget* page, const QString& title)
{
    if (const int index = m_tabs->indexOf(page); index >= 0)
        m_tabs->bar()->setTabText(index, title);
}

void Workspace::closePage(int index)
{
    QWidget* page = m_tabs->page(index);
    if (!page || !shell::finishEditing(page))
        return;
    if (const auto obstacle = obstacleOf(page)) {
        m_tabs->setCurrentIndex(index);
        return ask(*obstacle, [this, page = QPointer(page)] {
            if (page)
                dropPage(page);
        });
    }
    if (stagedRows(page) > 0) {
        m_tabs->setCurrentIndex(index);
        Q_EMIT statusText(tr("This tab has changes that are not committed. Commit or discard them first."));
        return;
    }
    dropPage(page);
}

void Workspace::dropPage(QWidget* page)
{
    const auto* query = qobject_cast<const query::QueryPage*>(page);
    if (const auto* table = qobject_cast<const grid::TablePage*>(page); table && table->hasParkedEdits())
        m_kept.lose(stateOf(page)());
    else if (comesBack(page) && page != m_tabs->preview() && !(query && query->isBlank()))
        m_kept.close(stateOf(page)());
    keepColumns(page);
    m_tabs->remove(m_tabs->indexOf(page));
    page->deleteLater();
    tellEdits();
}

}  // namespace dewpoint::shell
