// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shell/workspace.h"

#include "browse/sidebar.h"
#include "cells/grid_view.h"
#include "diagram/diagram_page.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "kit/ask_bar.h"
#include "kit/duration.h"
#include "migrate/drift_watch.h"
#include "migrate/migrate_page.h"
#include "query/query_page.h"
#include "search/search_page.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/statement_log.h"
#include "shell/tab_bar.h"
#include "store/project_answers.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace dewpoint::shell {

namespace {

constexpr int exactCountLimit = 20'000;
constexpr qint64 uncounted = -1;

/// Exact counts of small tables: each query stops after exactCountLimit rows, so it is cheap on any.
/// A table that was counted before is not counted again: what is wanted more may stop it half-way.
Result<> countSmallTables(drivers::Connection& connection, const QList<schema::Table>& tables,
                          QHash<QString, qint64>& counts)
{
    for (const schema::Table& table : tables) {
        if (counts.contains(table.schema + QLatin1Char('.') + table.name))
            continue;
        if (table.estimatedRows > exactCountLimit || table.kind == schema::TableKind::Foreign)
            continue;
        const auto rows =
            connection.scalar(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM %1 LIMIT %2) AS t")
                                  .arg(sql::quoted(table.schema, table.name))
                                  .arg(exactCountLimit + 1));
        if (!rows && rows.error().kind == ErrorKind::Cancelled)
            return fail(rows.error());
        // One broken or forbidden table must not hide the others' counts.
        const qint64 count = rows ? displayText(*rows).toLongLong() : exactCountLimit + 1;
        counts.insert(table.schema + QLatin1Char('.') + table.name,
                      count <= exactCountLimit ? count : uncounted);
    }
    return {};
}

/// Unasked, nothing is made on a server that is for reading, or in production.
bool mayMakeScratch(const store::SavedConnection& connection)
{
    return connection.target.engine == Engine::Sqlite
           || (connection.target.guard != drivers::Guard::ReadOnly
               && connection.environment != store::Environment::Production);
}

}  // namespace

Workspace::Workspace(store::SavedConnection connection, QWidget* parent)
    : QWidget(parent)
    , m_connection(std::move(connection))
    , m_session(m_connection.target)
    , m_scratch(m_connection.scratch ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_history(m_scratch ? m_scratch->path() : store::historyFolder(m_connection.target))
    , m_drift(new migrate::DriftWatch(m_session, mayMakeScratch(m_connection), this))
    , m_sidebar(new browse::Sidebar)
    , m_splitter(new QSplitter)
    , m_ask(new kit::AskBar)
    , m_inspector(new inspect::Inspector)
    , m_tabs(new PageTabs(m_inspector))
    , m_log(new StatementLog(this))
{
    setObjectName(QStringLiteral("workspace"));
    buildWidgets();
    addTabKeys();
    connect(m_sidebar, &browse::Sidebar::relationActivated, this, &Workspace::openRelation);
    connect(m_sidebar, &browse::Sidebar::migrationsActivated, this, &Workspace::openMigrations);
    connect(m_sidebar, &browse::Sidebar::driftActivated, this, &Workspace::openDrift);
    connect(m_drift, &migrate::DriftWatch::countChanged, this, &Workspace::showDrift);
    connect(m_sidebar, &browse::Sidebar::diagramActivated, this, &Workspace::openDiagram);
    connect(m_sidebar, &browse::Sidebar::queryActivated, this, [this] { openQuery(); });
    connect(m_sidebar, &browse::Sidebar::structureRequested, this,
            [this](const QString& schemaName, const QString& name) {
                openStructure({.schema = schemaName, .name = name});
            });
    connect(m_sidebar, &browse::Sidebar::newTableRequested, this, &Workspace::newTable);
    connect(&m_staging, &design::Staging::changed, this, &Workspace::tellStructure);
    connect(m_tabs, &PageTabs::currentChanged, this, [this] {
        showRecord();
        showPlace();
        Q_EMIT pageChanged();
        Q_EMIT changed();
    });
    connect(m_tabs->bar(), &QTabBar::tabBarDoubleClicked, this, &Workspace::pin);
    connect(m_tabs->bar(), &QTabBar::tabMoved, this, &Workspace::markPreview);
    m_pointingDue.setSingleShot(true);
    m_pointingDue.setInterval(theme::time::searchDelay);
    connect(&m_pointingDue, &QTimer::timeout, this, &Workspace::tellReferrers);
    connect(m_inspector, &inspect::Inspector::referrerRequested, this, &Workspace::openReferrer);
    connect(m_inspector, &inspect::Inspector::openReference, this, &Workspace::openReference);
    connect(m_inspector, &inspect::Inspector::editRequested, this, [this](int column) {
        if (auto* table = qobject_cast<grid::TablePage*>(currentPage()))
            table->editColumn(column);
    });
    connect(m_inspector, &inspect::Inspector::loadRequested, this, [this](int column, const QString& path) {
        if (auto* table = qobject_cast<grid::TablePage*>(currentPage()))
            table->loadCell(column, path);
    });
    connect(m_inspector, &inspect::Inspector::saveRequested, this, [this](int column, const QString& path) {
        if (cells::GridView* grid = gridOf(currentPage()))
            grid->saveCell(column, path);
    });
    connect(m_inspector, &inspect::Inspector::copyRequested, this, [this](int column) {
        if (cells::GridView* grid = gridOf(currentPage()))
            grid->copyCell(column);
    });
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

void Workspace::showRecord()
{
    const auto record = recordOf(currentPage());
    m_inspector->setVisible(record && m_inspectorWanted);
    const QList<inspect::Record> several =
        m_inspectorWanted ? selectedRecords(currentPage()) : QList<inspect::Record>();
    if (several.isEmpty())
        m_inspector->setRecord(record.value_or(inspect::Record{}));
    else
        m_inspector->setRecords(several);
    m_pointingDue.start();
}

void Workspace::buildWidgets()
{
    m_inspector->setObjectName(QStringLiteral("inspector"));
    m_sidebar->setMinimumWidth(theme::space::sidebarLeast);
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes(
        {theme::space::sidebarWidth, theme::space::startWidth + theme::space::inspectorWidth});
    m_inspector->hide();
    m_splitter->setChildrenCollapsible(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_ask);
    layout->addWidget(m_splitter, 1);
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
    const bool first = !std::exchange(m_ready, true);
    m_sidebar->setConnection(m_connection.target.displayName(),
                             sql::engineName(m_database.engine) + QLatin1Char(' ') + m_database.serverVersion,
                             m_connection.target.guard == drivers::Guard::ReadOnly ? tr("read only")
                                                                                   : QString());
    m_sidebar->setDatabase(m_database, m_counts);
    showPlace();
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (auto* diagram = qobject_cast<diagram::DiagramPage*>(m_tabs->page(i)))
            diagram->setDatabase(m_database);
        else if (auto* query = qobject_cast<query::QueryPage*>(m_tabs->page(i)))
            query->setSchema(m_database);
        else if (auto* search = qobject_cast<search::SearchPage*>(m_tabs->page(i)))
            tellTables(*search);
        else if (auto* table = qobject_cast<grid::TablePage*>(m_tabs->page(i)))
            refreshRelation(*table);
    }
    countRows(std::make_shared<QHash<QString, qint64>>());
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

void Workspace::countRows(const std::shared_ptr<QHash<QString, qint64>>& counts)
{
    m_counting = m_session.run(
        runtime::Session::Lane::Spare, this,
        [tables = m_database.tables, counts](drivers::Connection& connection, const runtime::StopToken&) {
            return countSmallTables(connection, tables, *counts);
        },
        [this, counts](const Result<>& done) {
            if (!done && done.error().kind == ErrorKind::Cancelled)
                return countRows(counts);  // a page came first
            if (!done)
                return;
            m_counts = *counts;
            m_counts.removeIf([](auto count) { return *count == uncounted; });
            m_sidebar->setDatabase(m_database, m_counts);
            showPlace();
        });
}

/// In a folder that was chosen also below it; beside a database file that would be anybody's.
Result<QList<project::Project>> Workspace::projectsIn(const QString& folder) const
{
    auto environment = project::processEnvironment();
    const auto detect = [&]() -> Result<QList<project::Project>> {
        auto found = project::detectAll(folder, environment);
        if (found && found->isEmpty() && !m_connection.projectFolder.isEmpty())
            found = project::detectBelow(folder, environment);
        const QString& tool = m_connection.projectTool;
        if (!found || tool.isEmpty() || std::ranges::contains(*found, tool, &project::Project::tool))
            return found;
        // A person said whose it is.
        if (auto taken = project::detectAs(tool, folder, environment); taken && *taken)
            found->prepend(**std::move(taken));
        return found;
    };
    auto found = detect();
    for (const project::Project& project : found.value_or(QList<project::Project>()))
        environment = project::withAnswers(environment, store::projectAnswers(project.root));
    return found ? detect() : found;
}

/// Only these: the others are as they were.
void Workspace::recount(const QSet<QString>& tables)
{
    if (m_counting.isRunning())
        return countRows(std::make_shared<QHash<QString, qint64>>());
    const auto counts = std::make_shared<QHash<QString, qint64>>(m_counts);
    for (const schema::Table& table : std::as_const(m_database.tables)) {
        const QString name = table.schema + QLatin1Char('.') + table.name;
        if (tables.contains(name))
            counts->remove(name);
        else if (!counts->contains(name))
            counts->insert(name, uncounted);
    }
    countRows(counts);
}

QString Workspace::findProject()
{
    QString folder = m_connection.projectFolder;
    const drivers::Target& target = m_connection.target;
    if (folder.isEmpty() && target.engine == Engine::Sqlite && target.location != QLatin1String(":memory:"))
        folder = QFileInfo(target.location).absolutePath();
    if (folder.isEmpty())
        return {};
    m_searched = folder;
    const auto found = projectsIn(folder);
    if (!found)
        return found.error().oneLine();
    m_projects = *found;
    const auto chosen =
        std::ranges::find(std::as_const(m_projects), m_connection.projectTool, &project::Project::tool);
    m_project.reset();
    if (m_projects.isEmpty())
        return {};
    m_project = chosen == m_projects.cend() ? m_projects.first() : *chosen;
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

void Workspace::toggleInspector()
{
    m_inspectorWanted = !m_inspectorWanted;
    showRecord();
}

bool Workspace::finishEditing()
{
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
    if (!m_session.inTransaction())
        return {};
    return Obstacle{tr("A transaction is open."),
                    tr("COMMIT in a query tab keeps its changes. Closing rolls them back."),
                    tr("Roll back and close")};
}

bool Workspace::holdsWork() const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (shell::holdsWork(m_tabs->page(i)))
            return true;
    }
    return !m_lostPages.isEmpty() || !m_staging.edits().isEmpty();
}

void Workspace::ask(const Obstacle& obstacle, std::function<void()> accepted)
{
    m_ask->ask(kit::AskBar::Tone::Danger, obstacle.title, obstacle.detail, obstacle.accept,
               std::move(accepted));
}

bool Workspace::isBusy() const
{
    return !m_ready || m_loading.isRunning() || m_counting.isRunning()
           || (currentPage() && shell::isBusy(currentPage()));
}

}  // namespace dewpoint::shell
