// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shell/workspace.h"

#include "browse/sidebar.h"
#include "diagram/diagram_page.h"
#include "grid/table_page.h"
#include "inspect/inspector.h"
#include "migrate/migrate_page.h"
#include "query/query_page.h"
#include "shell/pages.h"
#include "theme/theme.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace dewpoint::shell {

namespace {

constexpr int exactCountLimit = 20'000;

/// Exact counts of small tables: each query stops after exactCountLimit rows, so it is cheap on any.
Result<QHash<QString, qint64>> countSmallTables(drivers::Connection& connection,
                                                const QList<schema::Table>& tables,
                                                const runtime::StopToken& stop)
{
    QHash<QString, qint64> counts;
    for (const schema::Table& table : tables) {
        if (stop.stopRequested())
            break;
        if (table.estimatedRows > exactCountLimit || table.kind == schema::TableKind::Foreign)
            continue;
        const auto rows =
            connection.scalar(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM %1 LIMIT %2) AS t")
                                  .arg(sql::quoted(table.schema, table.name))
                                  .arg(exactCountLimit + 1));
        if (!rows)
            continue;  // one broken or forbidden table must not hide the others' counts
        const qint64 count = displayText(*rows).toLongLong();
        if (count <= exactCountLimit)
            counts.insert(table.schema + QLatin1Char('.') + table.name, count);
    }
    return counts;
}

}  // namespace

Workspace::Workspace(store::SavedConnection connection, QWidget* parent)
    : QWidget(parent)
    , m_connection(std::move(connection))
    , m_session(m_connection.target)
    , m_sidebar(new browse::Sidebar)
    , m_splitter(new QSplitter)
    , m_tabs(new QTabWidget)
    , m_inspector(new inspect::Inspector)
{
    setObjectName(QStringLiteral("workspace"));
    buildWidgets();
    connect(m_sidebar, &browse::Sidebar::relationActivated, this, &Workspace::openRelation);
    connect(m_sidebar, &browse::Sidebar::migrationsActivated, this, &Workspace::openMigrations);
    connect(m_sidebar, &browse::Sidebar::diagramActivated, this, &Workspace::openDiagram);
    connect(m_sidebar, &browse::Sidebar::queryActivated, this, [this] { openQuery(); });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        showRecord();
        Q_EMIT pageChanged();
        Q_EMIT changed();
    });
    connect(m_tabs, &QTabWidget::tabBarDoubleClicked, this, &Workspace::pin);
    connect(&m_session, &runtime::Session::connectionLost, this, [this](const Error& error) {
        if (m_ready)
            Q_EMIT statusText(
                tr("%1 The next action connects again; staged edits are kept.").arg(error.message));
    });
    connect(&m_session, &runtime::Session::statementRun, this,
            [this](const QString&, qint64 microseconds, qint64 rows) {
                Q_EMIT statusText(tr("Last statement: %1 ms, %n row(s)", nullptr,
                                     static_cast<int>(std::min<qint64>(rows, INT_MAX)))
                                      .arg(static_cast<double>(microseconds) / 1000.0, 0, 'f', 1));
            });
}

Workspace::~Workspace()
{
    // Pages hold jobs on the session; they go first.
    delete m_tabs;
}

void Workspace::showRecord()
{
    const auto* table = qobject_cast<const grid::TablePage*>(currentPage());
    m_inspector->setVisible(table && m_inspectorWanted);
    m_inspector->setRecord(table ? recordOf(*table) : inspect::Record{});
}

void Workspace::buildWidgets()
{
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setMovable(true);
    m_tabs->setDocumentMode(true);
    m_tabs->setElideMode(Qt::ElideRight);
    m_inspector->setObjectName(QStringLiteral("inspector"));
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(m_tabs);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes(
        {theme::space::sidebarWidth, theme::space::startWidth, theme::space::inspectorWidth});
    m_splitter->setChildrenCollapsible(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);
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
    const bool first = !std::exchange(m_ready, true);
    m_sidebar->setConnection(m_connection.target.displayName(),
                             sql::engineName(m_database.engine) + QLatin1Char(' ') + m_database.serverVersion,
                             m_connection.target.guard == drivers::Guard::ReadOnly ? tr("read only")
                                                                                   : QString());
    m_sidebar->setDatabase(m_database, m_counts);
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (auto* diagram = qobject_cast<diagram::DiagramPage*>(m_tabs->widget(i)))
            diagram->setDatabase(m_database);
        else if (auto* query = qobject_cast<query::QueryPage*>(m_tabs->widget(i)))
            query->setSchema(m_database);
        else if (auto* table = qobject_cast<grid::TablePage*>(m_tabs->widget(i)))
            refreshRelation(*table);
    }
    countRows();
    if (!first)
        return;
    findProject();
    Q_EMIT opened();
    restorePages();
}

void Workspace::countRows()
{
    m_counting = m_session.run(
        runtime::Session::Lane::Read, this,
        [tables = m_database.tables](drivers::Connection& connection, const runtime::StopToken& stop) {
            return countSmallTables(connection, tables, stop);
        },
        [this](const Result<QHash<QString, qint64>>& counts) {
            if (!counts)
                return;
            m_counts = *counts;
            m_sidebar->setDatabase(m_database, m_counts);
        });
}

void Workspace::findProject()
{
    QString folder = m_connection.projectFolder;
    const drivers::Target& target = m_connection.target;
    if (folder.isEmpty() && target.engine == Engine::Sqlite && target.location != QLatin1String(":memory:"))
        folder = QFileInfo(target.location).absolutePath();
    if (folder.isEmpty())
        return;
    m_searched = folder;
    const auto found = project::detect(folder);
    if (!found) {
        Q_EMIT statusText(found.error().oneLine());
        return;
    }
    m_project = *found;
    if (!m_project)
        return;
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
}

QWidget* Workspace::currentPage() const
{
    return m_tabs->currentWidget();
}

int Workspace::indexOfRelation(const QString& schemaName, const QString& name) const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const QWidget* page = m_tabs->widget(i);
        if (qobject_cast<const grid::TablePage*>(page) && page->property("schema").toString() == schemaName
            && page->property("relation").toString() == name)
            return i;
    }
    return -1;
}

void Workspace::openRelation(const QString& schemaName, const QString& name, bool pinned)
{
    int index = indexOfRelation(schemaName, name);
    if (index < 0) {
        if (m_preview && stagedRows(m_preview) == 0)
            closePage(m_tabs->indexOf(m_preview));
        QWidget* page = addRelationPage(schemaName, name);
        if (!page)
            return;
        index = m_tabs->indexOf(page);
        m_preview = pinned ? nullptr : page;
    } else if (pinned) {
        pin(index);
    }
    m_tabs->setCurrentIndex(index);
    markPreview();
    m_sidebar->select(schemaName, name);
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

void Workspace::pin(int index)
{
    if (m_preview && m_tabs->indexOf(m_preview) == index) {
        m_preview = nullptr;
        markPreview();
    }
}

void Workspace::markPreview()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const bool previewed = m_tabs->widget(i) == m_preview;
        m_tabs->tabBar()->setTabTextColor(i, previewed ? theme::color(theme::Role::TextFaint) : QColor());
        m_tabs->setTabToolTip(i, previewed ? tr("Preview: a double click keeps this tab") : QString());
    }
}

void Workspace::addPage(QWidget* page, const QString& title, const QString& icon)
{
    const int index = m_tabs->addTab(page, theme::icon(icon), title);
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("closeTab"));
    close->setIcon(theme::icon(QStringLiteral("tab-close")));
    close->setToolTip(tr("Close tab"));
    close->setAccessibleName(tr("Close tab %1").arg(title));
    close->setFocusPolicy(Qt::NoFocus);
    connect(close, &QToolButton::clicked, page, [this, page] { closePage(m_tabs->indexOf(page)); });
    m_tabs->tabBar()->setTabButton(index, QTabBar::RightSide, close);
    connect(&theme::Watch::instance(), &theme::Watch::changed, page, [this, page, close, icon] {
        m_tabs->setTabIcon(m_tabs->indexOf(page), theme::icon(icon));
        close->setIcon(theme::icon(QStringLiteral("tab-close")));
        markPreview();
    });
    m_tabs->setCurrentIndex(index);
    Q_EMIT changed();
}

QWidget* Workspace::addRelationPage(const QString& schemaName, const QString& name)
{
    auto* page = makeRelationPage(schemaName, name);
    if (!page)
        return nullptr;
    page->setProperty("schema", schemaName);
    page->setProperty("relation", name);
    connect(page, &grid::TablePage::titleChanged, this,
            [this, page](const QString& title) { retitle(page, title); });
    connect(page, &grid::TablePage::statusText, this, &Workspace::statusText);
    connect(page, &grid::TablePage::pendingChanged, this, [this, page] {
        if (m_preview == page && stagedRows(page) > 0)
            pin(m_tabs->indexOf(page));
        tellEdits();
    });
    connect(page, &grid::TablePage::currentCellChanged, this, [this, page] {
        if (currentPage() == page)
            showRecord();
    });
    addPage(page, name,
            m_database.view(schemaName, name) ? QStringLiteral("view-visible") : QStringLiteral("table"));
    return page;
}

void Workspace::openMigrations()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (qobject_cast<migrate::MigratePage*>(m_tabs->widget(i)))
            return m_tabs->setCurrentIndex(i);
    }
    auto* page = new migrate::MigratePage(m_session, m_project);
    page->setSearchedFolder(m_searched);
    connect(page, &migrate::MigratePage::pendingCountChanged, this, [this, page](int count) {
        m_sidebar->setPendingCount(count);
        retitle(page, count > 0 ? tr("Migrations (%1)").arg(count) : tr("Migrations"));
    });
    connect(page, &migrate::MigratePage::schemaMayHaveChanged, this, &Workspace::reloadCatalog);
    connect(page, &migrate::MigratePage::statusText, this, &Workspace::statusText);
    connect(page, &migrate::MigratePage::projectChosen, this, [this, page](const QString& folder) {
        m_connection.projectFolder = folder;
        findProject();
        page->setSearchedFolder(folder);
        page->setProject(m_project);
    });
    addPage(page, tr("Migrations"), QStringLiteral("view-history"));
}

void Workspace::openDiagram()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (qobject_cast<diagram::DiagramPage*>(m_tabs->widget(i)))
            return m_tabs->setCurrentIndex(i);
    }
    auto* page = new diagram::DiagramPage;
    connect(page, &diagram::DiagramPage::tableActivated, this,
            [this](const QString& schemaName, const QString& name) { openRelation(schemaName, name, true); });
    addPage(page, tr("Diagram"), QStringLiteral("distribute-graph-directed"));
    page->setDatabase(m_database);
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
    addPage(page, page->title().isEmpty() ? tr("Query") : page->title(), QStringLiteral("document-edit"));
    return page;
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

void Workspace::retitle(QWidget* page, const QString& title)
{
    if (const int index = m_tabs->indexOf(page); index >= 0)
        m_tabs->setTabText(index, title);
}

void Workspace::closePage(int index)
{
    QWidget* page = m_tabs->widget(index);
    if (!page)
        return;
    shell::finishEditing(page);
    if (stagedRows(page) > 0) {
        m_tabs->setCurrentIndex(index);
        Q_EMIT statusText(tr("This tab has changes that are not committed. Commit or discard them first."));
        return;
    }
    if (m_preview == page)
        m_preview = nullptr;
    m_tabs->removeTab(index);
    page->deleteLater();
    Q_EMIT changed();
}

void Workspace::tellEdits()
{
    int rows = 0;
    int tables = 0;
    for (int i = 0; i < m_tabs->count(); ++i) {
        const int staged = stagedRows(m_tabs->widget(i));
        rows += staged;
        tables += staged > 0 ? 1 : 0;
    }
    const QString changes = tr("%n change(s)", nullptr, rows);
    Q_EMIT editsText(rows == 0 ? QString() : tr("%1 in %n table(s)", nullptr, tables).arg(changes));
    Q_EMIT changed();
}

void Workspace::finishEditing()
{
    for (int i = 0; i < m_tabs->count(); ++i)
        shell::finishEditing(m_tabs->widget(i));
}

bool Workspace::isBusy() const
{
    return !m_ready || m_loading.isRunning() || m_counting.isRunning()
           || (currentPage() && shell::isBusy(currentPage()));
}

}  // namespace dewpoint::shell
