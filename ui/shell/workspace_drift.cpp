// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// Drift, the comparison of any two schemas and the time machine: their tabs, and what the window says of them.
#include "browse/sidebar.h"
#include "design/structure_page.h"
#include "grid/table_page.h"
#include "migrate/compare_page.h"
#include "migrate/creations.h"
#include "migrate/drift_page.h"
#include "migrate/drift_watch.h"
#include "migrate/migrate_page.h"
#include "migrate/time_page.h"
#include "shell/page_tabs.h"
#include "shell/pages.h"
#include "shell/workspace.h"

namespace dewpoint::shell {

/// What is not remembered keeps nothing behind.
store::DriftMemory Workspace::driftMemory() const
{
    if (m_scratch)
        return store::DriftMemory(m_scratch->filePath(QStringLiteral("drift.json")));
    return {m_connection.target, m_project ? m_project->directory : QString()};
}

/// The database or the project may be another one.
void Workspace::watchDrift()
{
    m_drift->setProject(m_project, driftMemory());
    if (auto* past = findChild<migrate::TimePage*>())
        past->setProject(m_project);
    if (auto* compare = findChild<migrate::ComparePage*>())
        compare->setProject(m_project);
    auto* page = findChild<migrate::DriftPage*>();
    if (!page) {
        m_drift->look();
        return;
    }
    page->setProject(m_project, driftMemory());
    page->check();  // nothing where it is at it already
}

void Workspace::showDrift()
{
    const std::optional<int> count = m_drift->count();
    m_sidebar->setDriftCount(count.value_or(0));
    if (auto* migrations = findChild<migrate::MigratePage*>())
        migrations->setDrift(count);
}

/// What a schema was, should be and is compared with.
QList<kit::Command> Workspace::schemaCommands()
{
    return {{QStringLiteral("database.migrations"),
             tr("Migrations"),
             QKeySequence(Qt::CTRL | Qt::Key_M),
             {},
             [this] { openMigrations(); }},
            {QStringLiteral("database.drift"),
             tr("Drift: compare the database with its migrations"),
             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M),
             {},
             [this] { openDrift(); }},
            {QStringLiteral("database.time"),
             tr("Time machine: the schema after each migration"),
             QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y),
             {},
             [this] { openTimeMachine(); }},
            {QStringLiteral("database.compare"),
             tr("Compare schemas: any two, with the SQL between them"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D),
             {},
             [this] { openCompare(); }}};
}

void Workspace::openDrift()
{
    if (m_tabs->show<migrate::DriftPage>())
        return;
    auto* page = new migrate::DriftPage(m_session);
    connect(page, &migrate::DriftPage::openCountChanged, this, [this, page](int count) {
        m_drift->setCount(count);
        retitle(page, count > 0 ? tr("Drift (%1)").arg(count) : tr("Drift"));
    });
    connect(page, &migrate::DriftPage::migrationRequested, this, &Workspace::migrateChanges);
    connect(page, &migrate::DriftPage::migrationsRequested, this, &Workspace::openMigrations);
    connect(page, &migrate::DriftPage::schemaMayHaveChanged, this, &Workspace::reloadCatalog);
    connect(page, &migrate::DriftPage::statusText, this, &Workspace::statusText);
    addPage(page, tr("Drift"), QStringLiteral("vcs-diff"));
    page->setProject(m_project, driftMemory());
    page->setFocus();
}

void Workspace::openCompare()
{
    if (m_tabs->show<migrate::ComparePage>())
        return;
    auto* page = new migrate::ComparePage(m_session);
    connect(page, &migrate::ComparePage::migrationRequested, this, &Workspace::migrateChanges);
    connect(page, &migrate::ComparePage::draftRequested, this,
            [this](const QString& name, const plan::Plan& up, const plan::Plan& down, bool overTables) {
                m_drafted = {};
                openMigrations();
                if (auto* migrations = qobject_cast<migrate::MigratePage*>(currentPage()))
                    migrations->creations().draft(
                        {.name = name, .up = up, .down = down, .overTables = overTables});
            });
    connect(page, &migrate::ComparePage::rowsRequested, this,
            [this](const QString& schemaName, const QString& table, const QString& condition) {
                if (auto* rows = openRelation(schemaName, table, true))
                    rows->filterBy({}, condition);
            });
    connect(page, &migrate::ComparePage::edited, this, &Workspace::changed);
    connect(page, &migrate::ComparePage::statusText, this, &Workspace::statusText);
    addPage(page, tr("Compare schemas"), QStringLiteral("vcs-diff"));
    page->setProject(m_project);
    page->setFocus();
}

void Workspace::openTimeMachine(const QString& version)
{
    auto* page = findChild<migrate::TimePage*>();
    if (page) {
        m_tabs->setCurrentIndex(m_tabs->indexOf(page));
    } else {
        page = new migrate::TimePage(m_session);
        connect(page, &migrate::TimePage::migrationsRequested, this, &Workspace::openMigrations);
        connect(page, &migrate::TimePage::edited, this, &Workspace::changed);
        connect(page, &migrate::TimePage::historyKnown, this, [this] {
            for (design::StructurePage* structure : findChildren<design::StructurePage*>())
                structure->renderOrigin();
        });
        addPage(page, tr("Time machine"), QStringLiteral("chronometer"));
        page->setProject(m_project);
    }
    if (!version.isEmpty())
        page->goTo(version);
    page->setFocus();
}

}  // namespace dewpoint::shell
