// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shell/workspace.h"

#include "browse/sidebar.h"
#include "cells/grid_view.h"
#include "diagram/diagram_page.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "kit/ask_bar.h"
#include "kit/time_text.h"
#include "migrate/drift_watch.h"
#include "migrate/migrate_page.h"
#include "query/query_page.h"
#include "search/search_page.h"
#include "shell/find_project.h"
#include "shell/inspector_link.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/schema_watch.h"
#include "shell/statement_log.h"
#include "shell/tab_bar.h"
#include "theme/theme.h"

#include <QJsonArray>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace dewpoint::shell {

Workspace::Workspace(store::SavedConnection connection, QWidget* parent)
    : QWidget(parent)
    , m_connection(std::move(connection))
    , m_session(m_connection.target)
    , m_counts(m_session)
    , m_scratch(m_connection.scratch ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_history(m_scratch ? m_scratch->path() : store::historyFolder(m_connection.target))
    , m_watch(new SchemaWatch(m_session, this))
    , m_drift(new migrate::DriftWatch(m_session, store::mayMakeScratch(m_connection), this))
    , m_sidebar(new browse::Sidebar)
    , m_ask(new kit::AskBar)
    , m_inspector(new inspect::Inspector)
    , m_link(std::make_unique<InspectorLink>(*m_inspector,
                                             InspectorLink::Source{.session = m_session,
                                                                   .database = m_database,
                                                                   .notes = m_notes,
                                                                   .history = m_history,
                                                                   .page = [this] { return currentPage(); }}))
    , m_tabs(new PageTabs(m_inspector))
    , m_log(new StatementLog(this))
{
    setObjectName(QStringLiteral("workspace"));
    buildWidgets();
    addTabKeys();
    connect(m_sidebar, &browse::Sidebar::relationActivated, this, &Workspace::openRelation);
    connect(m_sidebar, &browse::Sidebar::migrationsActivated, this, &Workspace::openMigrations);
    connect(m_sidebar, &browse::Sidebar::driftActivated, this, &Workspace::openDrift);
    connect(m_watch, &SchemaWatch::changed, this, &Workspace::reloadCatalog);
    connect(m_drift, &migrate::DriftWatch::countChanged, this, &Workspace::showDrift);
    connect(m_sidebar, &browse::Sidebar::diagramActivated, this, &Workspace::openDiagram);
    connect(m_sidebar, &browse::Sidebar::queryActivated, this, [this] { openQuery(); });
    connect(m_sidebar, &browse::Sidebar::structureRequested, this,
            [this](const QString& schemaName, const QString& name) {
                openStructure({.schema = schemaName, .name = name});
            });
    connect(m_sidebar, &browse::Sidebar::newTableRequested, this, &Workspace::newTable);
    connect(&m_counts, &RowCounts::counted, this, [this] {
        m_sidebar->setDatabase(m_database, m_counts.counts());
        showPlace();
    });
    connect(&m_staging, &design::Staging::changed, this, &Workspace::tellStructure);
    connect(m_tabs, &PageTabs::currentChanged, this, [this] {
        m_link->follow();
        showPlace();
        Q_EMIT pageChanged();
        Q_EMIT changed();
    });
    connect(m_inspector, &inspect::Inspector::openReference, this, &Workspace::openReference);
    connect(m_link.get(), &InspectorLink::linkRequested, this, &Workspace::openLink);
    connect(m_link.get(), &InspectorLink::statusText, this, &Workspace::statusText);
    connect(m_link.get(), &InspectorLink::commitRequested, this, &Workspace::openCommit);
    connect(&m_session, &runtime::Session::transactionChanged, this, &Workspace::transactionChanged);
    connect(&m_session, &runtime::Session::connectionLost, this, [this](const Error& error) {
        if (m_ready)
            Q_EMIT statusText(
                tr("%1 The next action connects again; staged edits are kept.").arg(error.message));
    });
    connect(&m_session, &runtime::Session::statementRun, this,
            [this](const QString& sql, qint64 microseconds, qint64 rows) {
                m_log->add(sql, microseconds, rows);
                Q_EMIT statementText(tr("Last statement %1 · %n row(s)", nullptr,
                                        static_cast<int>(std::min<qint64>(rows, INT_MAX)))
                                         .arg(kit::durationText(microseconds)));
            });
}

/// The second pair of keys for what the menu has Ctrl+Tab for.
void Workspace::addTabKeys()
{
    for (const auto& [key, by] : {std::pair{Qt::Key_PageDown, 1}, std::pair{Qt::Key_PageUp, -1}}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, step = by] { m_tabs->step(step); });
    }
}

Workspace::~Workspace()
{
    // Pages hold jobs on the session; they go first, and what they say on their way is of no use.
    m_tabs->disconnect(this);
    m_link.reset();
    for (int i = 0; i < m_tabs->count(); ++i)
        m_tabs->page(i)->disconnect(this);
    delete m_tabs;
}

/// The tree marks the table whose tab is in front.
void Workspace::showPlace()
{
    const QWidget* page = currentPage();
    m_sidebar->select(page ? page->property("schema").toString() : QString(),
                      page ? page->property("relation").toString() : QString());
}

void Workspace::buildWidgets()
{
    m_inspector->setObjectName(QStringLiteral("inspector"));
    m_sidebar->setMinimumWidth(theme::space::sidebarLeast);
    auto* splitter = new QSplitter;
    splitter->addWidget(m_sidebar);
    splitter->addWidget(m_tabs);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({theme::space::sidebarWidth, theme::space::startWidth + theme::space::inspectorWidth});
    m_inspector->hide();
    splitter->setChildrenCollapsible(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_ask);
    layout->addWidget(splitter, 1);
}

void Workspace::setPassword(const QString& password)
{
    m_session.setPassword(password);
}

void Workspace::open()
{
    m_sidebar->setConnection(m_connection.target.displayName(), sql::engineName(m_connection.target.engine),
                             {});
    reloadCatalog();
}

void Workspace::reloadCatalog()
{
    m_loading = m_session.run(
        runtime::Session::Lane::Read, this,
        [](drivers::Connection& connection, const runtime::StopToken&) {
            return catalog::inspect(connection);
        },
        [this](Result<schema::Database> database) { catalogArrived(std::move(database)); });
}

void Workspace::catalogArrived(Result<schema::Database> database)
{
    if (!database) {
        if (m_ready)
            Q_EMIT statusText(database.error().oneLine());
        else
            Q_EMIT failed(database.error());
        return;
    }
    m_database = std::move(*database);
    m_staging.setCatalog(m_database);
    m_watch->setShown(m_database);
    const bool first = !std::exchange(m_ready, true);
    m_sidebar->setConnection(m_connection.target.displayName(),
                             sql::engineName(m_database.engine) + QLatin1Char(' ') + m_database.serverVersion,
                             m_connection.target.guard == drivers::Guard::ReadOnly ? tr("read only")
                                                                                   : QString());
    m_sidebar->setDatabase(m_database, m_counts.counts());
    showPlace();
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (auto* diagram = qobject_cast<diagram::DiagramPage*>(m_tabs->page(i)))
            diagram->setDatabase(m_database);
        else if (auto* query = qobject_cast<query::QueryPage*>(m_tabs->page(i)))
            query->setSchema(m_database);
        else if (auto* search = qobject_cast<search::SearchPage*>(m_tabs->page(i)))
            search->setDatabase(m_database);
        else if (auto* table = qobject_cast<grid::TablePage*>(m_tabs->page(i)))
            refreshRelation(*table);
    }
    m_counts.countAll(m_database.tables);
    if (!first)
        return watchDrift();
    const QString problem = findProject();
    watchDrift();
    Q_EMIT opened();
    restorePages();
    if (!problem.isEmpty())
        Q_EMIT statusText(problem);
    Q_EMIT restored();
}

QString Workspace::findProject()
{
    m_searched = projectFolderOf(m_connection);
    const auto found = findProjects(m_connection);
    if (!found)
        return found.error().oneLine();
    m_projects = found->all;
    m_project = found->chosen;
    if (!m_project)
        return {};
    // The badge is right from the start, also while no Migrations tab is open.
    m_badge = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project](drivers::Connection& connection, const runtime::StopToken&) {
            return apply::status(connection, project);
        },
        [this](const Result<apply::Status>& status) {
            if (status)
                m_sidebar->setPendingCount(status->pendingCount());
        });
    return {};
}

void Workspace::focusFilter()
{
    m_sidebar->focusFilter();
}

bool Workspace::finishEditing()
{
    m_inspector->finishEditing();
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (shell::finishEditing(m_tabs->page(i)))
            continue;
        m_tabs->setCurrentIndex(i);
        return false;
    }
    return true;
}

std::optional<Obstacle> Workspace::obstacle() const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (auto found = obstacleOf(m_tabs->page(i)))
            return found;
    }
    if (m_session.inTransaction())
        return Obstacle{tr("A transaction is open."),
                        tr("COMMIT in a query tab keeps its changes. Closing rolls them back."),
                        tr("Roll back and close")};
    return {};
}

bool Workspace::holdsWork() const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (shell::holdsWork(m_tabs->page(i)))
            return true;
    }
    return !m_kept.lost().isEmpty() || !m_staging.edits().isEmpty();
}

void Workspace::ask(const Obstacle& obstacle, std::function<void()> accepted)
{
    m_ask->ask(kit::AskBar::Tone::Danger, obstacle.title, obstacle.detail, obstacle.accept,
               std::move(accepted));
}

bool Workspace::isBusy() const
{
    return !m_ready || m_loading.isRunning() || m_counts.isRunning()
           || (currentPage() && shell::isBusy(currentPage()));
}

}  // namespace dewpoint::shell
