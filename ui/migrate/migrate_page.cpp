// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/migrate_page.h"

#include "kit/ask_bar.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/new_migration.h"
#include "migrate/project_questions.h"
#include "migrate/repair_panel.h"
#include "migrate/squash_panel.h"
#include "migrate/texts.h"
#include "theme/theme.h"

#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

// An editor writes a file in several steps; one reading afterwards is enough.
constexpr std::chrono::milliseconds settleTime{250};

}  // namespace

MigratePage::MigratePage(runtime::Session& session, std::optional<project::Project> project, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_watcher(new QFileSystemWatcher(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"migratePage"_s);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildReady());
    m_stack->addWidget(buildQuestions());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &MigratePage::filesChanged);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(m_list, &MigrationList::selectionChanged, this, &MigratePage::showSelected);
    connect(m_list, &MigrationList::menuRequested, this, &MigratePage::openMenu);
    connect(m_list, &MigrationList::ledgerRequested, this, &MigratePage::tableRequested);
    connect(m_list, &MigrationList::projectPicked, this, [this](const project::Project& picked) {
        setProject(picked);
        Q_EMIT projectPicked(picked);
    });
    connectFindings();
    connectPicture();
    if (session.target().engine == Engine::Sqlite)
        m_searched = QFileInfo(session.target().location).absolutePath();
    setProject(std::move(project));
}

// Children go after this class's part of the object: their last signals must not come here.
MigratePage::~MigratePage()
{
    m_list->disconnect(this);
    m_watcher->disconnect(this);
}

void MigratePage::setProject(std::optional<project::Project> project)
{
    m_ask->dismiss();  // what was asked was about the other one
    m_repair->dismiss();
    m_squash->hide();
    m_project = std::move(project);
    takeAgreement();
    m_new->setTakesSql(!runsCode());
    m_status.reset();
    m_kept.reset();
    m_failure.reset();
    m_linted.clear();
    m_lintKey.clear();
    m_list->setClasses({});
    const bool asks = m_project && !m_project->unknowns.isEmpty();
    m_stack->setCurrentIndex(asks ? 2 : m_project ? 1 : 0);
    renderEmpty();
    if (asks)
        m_questions->ask(m_project->unknowns);
    else if (m_project)
        reload();
    if (!m_project || asks)
        Q_EMIT pendingCountChanged(0);
    refreshButtons();
    fillDraft();
}

void MigratePage::setProjects(const QList<project::Project>& projects)
{
    m_list->setProjects(projects, m_project.value_or(project::Project{}));
}

void MigratePage::setSearchedFolder(const QString& folder)
{
    m_searched = folder;
    renderEmpty();
}

QString MigratePage::selectedVersion() const
{
    const apply::MigrationState* selected = m_list->selected();
    return selected ? selected->migration.version : QString();
}

QList<kit::Command> MigratePage::commands()
{
    using apply::Action, apply::Scope;
    const bool writable = m_session.target().guard != drivers::Guard::ReadOnly;
    const auto pending = [=, this] {
        return writable && !m_busy && m_status && m_status->pendingCount() > 0;
    };
    const auto applied = [=, this] {
        return writable && !m_busy && m_status && m_status->appliedCount() > 0;
    };
    const auto selected = [this](bool isApplied) {
        const apply::MigrationState* migration = m_list->selected();
        return migration && migration->isApplied() == isApplied;
    };
    const auto action = [this](Action what, const Scope& scope) {
        return [this, what, scope] { propose(what, scope); };
    };
    return QList<kit::Command>{
               {u"migrate.run"_s, tr("Run the next migration"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                pending, action(Action::Run, Scope::one())},
               {u"migrate.runTo"_s, tr("Run up to and including the selected migration"),
                QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Return),
                [=] { return pending() && selected(false); },
                [this] { propose(Action::Run, Scope::to(selectedVersion())); }},
               {u"migrate.runAll"_s, tr("Run all pending migrations"),
                QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), pending,
                action(Action::Run, Scope::all())},
               {u"migrate.revert"_s, tr("Revert the last migration"),
                QKeySequence(Qt::CTRL | Qt::Key_Backspace), applied, action(Action::Revert, Scope::one())},
               {u"migrate.revertTo"_s, tr("Revert everything after the selected migration"),
                QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Backspace),
                [=] { return applied() && selected(true); },
                [this] { propose(Action::Revert, Scope::to(selectedVersion())); }},
               {u"migrate.redo"_s, tr("Revert the last migration and run it again"),
                QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace), applied,
                action(Action::Redo, Scope::one())},
               newCommand(),
               {u"migrate.refresh"_s, tr("Refresh migrations"), QKeySequence(Qt::Key_F5),
                [this] { return !m_busy && m_project; }, [this] { reload(); }},
               {u"migrate.cancel"_s, tr("Cancel the running migration"),
                QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { return m_busy; }, [this] { cancel(); }},
               codeCommand(),
               downCommand(),
               toolCommand(),
               forgetAnswersCommand(),
               reviewCommand(),
               historyCommand(),
           }
           + rehearseCommands() + squashCommands() + repairCommands();
}

// A window with a command registry takes the shortcuts before they come here.
void MigratePage::keyPressEvent(QKeyEvent* event)
{
    for (const kit::Command& command : commands()) {
        if (command.shortcut == QKeySequence(event->keyCombination()) && command.isEnabled()) {
            command.run();
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

void MigratePage::reload()
{
    if (!m_project || !m_project->unknowns.isEmpty() || m_busy)
        return;
    m_statusJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project](drivers::Connection& connection, const runtime::StopToken&) {
            return apply::status(connection, project);
        },
        [this](const Result<apply::Status>& status) { takeStatus(status); });
}

void MigratePage::takeStatus(const Result<apply::Status>& status)
{
    if (!status) {
        m_ask->tell(kit::AskBar::Tone::Danger,
                    tr("The migrations could not be read: %1").arg(status.error().message),
                    status.error().hint);
        return;
    }
    const QString known = m_status ? m_status->problem : QString();
    m_status = *status;
    if (!m_status->problem.isEmpty() && m_status->problem != known)
        m_ask->tell(kit::AskBar::Tone::Warning, tr("Nothing would run: %1").arg(m_status->problem),
                    m_status->remedy);
    m_list->setStatus(*m_status, m_session.target().displayName());
    if (const QString fresh = std::exchange(m_toReveal, {}); !fresh.isEmpty())
        m_list->reveal(fresh);
    watchFolders();
    lintAll();
    m_demanded = rehearse::isDemanded(m_session.target()).value_or(true);
    m_kept = squash::lastKept(m_status->project);
    tryDowns();
    Q_EMIT pendingCountChanged(m_status->pendingCount());
    refreshButtons();
    // The folder still tells of what was written just now; a question would be taken back for it.
    if (!m_settle.isActive())
        runDraft();
}

void MigratePage::watchFolders()
{
    if (!m_project || !m_status)
        return;
    QStringList paths{m_project->directory};
    for (const apply::MigrationState& migration : m_status->migrations)
        for (const QString& path :
             {migration.migration.path, migration.migration.upPath, migration.migration.downPath})
            if (!path.isEmpty())
                paths.append(path);
    paths.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    const QStringList watched = m_watcher->directories() + m_watcher->files();
    QStringList gone = watched;
    QStringList fresh = paths;
    gone.removeIf([&](const QString& path) { return paths.contains(path); });
    fresh.removeIf([&](const QString& path) { return watched.contains(path); });
    if (!gone.isEmpty())
        m_watcher->removePaths(gone);
    if (!fresh.isEmpty())
        m_watcher->addPaths(fresh);
}

void MigratePage::filesChanged()
{
    if (m_busy)
        return;
    if (std::exchange(m_asked, false))
        m_ask->tell(kit::AskBar::Tone::Warning, tr("The migrations changed while you were asked."),
                    tr("Look at them again, then start anew."));
    // The line that failed may be another one now.
    m_failure.reset();
    m_list->setFailed({});
    reload();
}

void MigratePage::showSelected()
{
    refreshButtons();
    const apply::MigrationState* selected = m_list->selected();
    if (!selected || !m_project) {
        m_preview->showNothing();
        return;
    }
    m_lacksDown = false;
    m_preview->showLoading(*selected);
    showFindings();
    if (runsCode())
        showSource(selected->migration);
    m_previewJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project, migration = *selected](drivers::Connection& connection,
                                                      const runtime::StopToken& stop) {
            return readDetails(connection, project, migration, stop);
        },
        [this, migration = *selected](const Result<Details>& details) {
            if (!details) {
                m_preview->showError(details.error());
                return;
            }
            m_lacksDown = details->lacksDown;
            m_preview->showDetails(migration, *details);
            if (m_failure && m_failure->step.migration.version == migration.migration.version)
                m_preview->markFailure(m_failure->step.direction, m_failure->scriptLine,
                                       m_failure->error.message);
        });
}

}  // namespace dewpoint::migrate
