// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/migrate_page.h"

#include "kit/ask_bar.h"
#include "kit/text_keys.h"
#include "migrate/creations.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/new_migration.h"
#include "migrate/page_parts.h"
#include "migrate/project_questions.h"
#include "migrate/rehearsals.h"
#include "migrate/repair_panel.h"
#include "migrate/repairs.h"
#include "migrate/reviews.h"
#include "migrate/risks.h"
#include "migrate/squashes.h"
#include "migrate/texts.h"
#include "migrate/ways_back.h"
#include "theme/theme.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QKeyEvent>
#include <QLabel>
#include <QSet>
#include <QStackedWidget>
#include <QUrl>
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
    , m_desk{.session = session}
    , m_watcher(new QFileSystemWatcher(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"migratePage"_s);
    setFocusPolicy(Qt::ClickFocus);  // the list takes the focus over when it is there
    m_desk.begin = [this](const QString& text) { begin(text); };
    m_desk.end = [this] { end(); };
    m_desk.reload = [this] { reload(); };
    m_desk.wantCode = [this](std::function<void()> next) { return wantCode(std::move(next)); };
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
    connect(m_desk.list, &MigrationList::selectionChanged, this, &MigratePage::showSelected);
    connect(m_desk.list, &MigrationList::menuRequested, this, &MigratePage::openMenu);
    connect(m_desk.list, &MigrationList::ledgerRequested, this, &MigratePage::tableRequested);
    connect(m_desk.list, &MigrationList::projectPicked, this, [this](const project::Project& picked) {
        setProject(picked);
        Q_EMIT projectPicked(picked);
    });
    new kit::TextKeys(this);
    if (session.target().engine == Engine::Sqlite)
        m_searched = QFileInfo(session.target().location).absolutePath();
    setProject(std::move(project));
}

// Children go after this class's part of the object: their last signals must not come here.
MigratePage::~MigratePage()
{
    m_desk.list->disconnect(this);
    m_watcher->disconnect(this);
    m_desk.slow.bury(runtime::Session::Lane::Read, std::move(m_desk.previews));
}

/// What is changing the database comes to its end first; whatever else goes on is about the other one.
void MigratePage::setProject(std::optional<project::Project> project)
{
    if (isChanging()) {
        m_nextProject = std::move(project);
        return;
    }
    m_statusJob.cancel();
    m_previewJob.cancel();
    m_reviews->forget();
    m_desk.work.cancel();
    m_rehearsals->forget();
    if (m_desk.busy)
        end();
    m_desk.ask->dismiss();  // what was asked was about the other one
    m_desk.confirm->dismiss();
    m_squashes->dismiss();
    m_desk.project = std::move(project);
    takeAgreement();
    m_desk.status.reset();
    m_failure.reset();
    m_risks->forget();
    const bool asks = m_desk.project && !m_desk.project->unknowns.isEmpty();
    m_stack->setCurrentIndex(asks ? 2 : m_desk.project ? 1 : 0);
    renderEmpty();
    if (asks)
        m_questions->ask(m_desk.project->unknowns);
    else if (m_desk.project)
        reload();
    if (!m_desk.project || asks)
        Q_EMIT pendingCountChanged(0);
    refreshButtons();
    m_creations->projectChanged();
}

void MigratePage::setProjects(const QList<project::Project>& projects)
{
    m_desk.list->setProjects(projects, m_desk.project.value_or(project::Project{}));
}

void MigratePage::setMayMakeScratch(bool may)
{
    m_rehearsals->setMayMakeScratch(may);
}

bool MigratePage::hasDraft() const
{
    return !m_new->isBlank();
}

QJsonObject MigratePage::saveState() const
{
    const QJsonObject draft = m_new->saveState();
    return draft.isEmpty() ? draft : QJsonObject{{u"new"_s, draft}};
}

void MigratePage::restoreState(const QJsonObject& state)
{
    m_new->restoreState(state[u"new"_s].toObject());
}

void MigratePage::saveReview(const QString& path)
{
    m_reviews->save(path);
}

void MigratePage::setSearchedFolder(const QString& folder)
{
    m_searched = folder;
    renderEmpty();
}

QList<kit::Command> MigratePage::commands()
{
    using apply::Action, apply::Scope;
    const bool writable = m_desk.session.target().guard != drivers::Guard::ReadOnly;
    const auto pending = [=, this] {
        return writable && !m_desk.busy && m_desk.status && m_desk.status->pendingCount() > 0;
    };
    const auto applied = [=, this] {
        return writable && !m_desk.busy && m_desk.status && m_desk.status->appliedCount() > 0;
    };
    const auto selected = [this](bool isApplied) {
        const apply::MigrationState* migration = m_desk.list->selected();
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
                [this] { propose(Action::Run, Scope::to(m_desk.selectedVersion())); }},
               {u"migrate.runAll"_s, tr("Run all pending migrations"),
                QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), pending,
                action(Action::Run, Scope::all())},
               {u"migrate.revert"_s, tr("Revert the last migration"),
                QKeySequence(Qt::CTRL | Qt::Key_Backspace), applied, action(Action::Revert, Scope::one())},
               {u"migrate.revertTo"_s, tr("Revert everything after the selected migration"),
                QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Backspace),
                [=] { return applied() && selected(true); },
                [this] { propose(Action::Revert, Scope::to(m_desk.selectedVersion())); }},
               {u"migrate.redo"_s, tr("Revert the last migration and run it again"),
                QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace), applied,
                action(Action::Redo, Scope::one())},
               m_creations->command(),
               {u"migrate.refresh"_s, tr("Refresh migrations"), QKeySequence(Qt::Key_F5),
                [this] { return !m_desk.busy && m_desk.project; }, [this] { reload(); }},
               {u"migrate.cancel"_s, tr("Cancel the running migration"),
                QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { return m_desk.busy; },
                [this] { cancel(); }},
               codeCommand(),
               m_waysBack->command(),
               toolCommand(),
               forgetAnswersCommand(),
               m_reviews->command(),
               historyCommand(),
               openFileCommand(),
           }
           + m_rehearsals->commands() + m_squashes->commands() + m_repairs->commands();
}

kit::Command MigratePage::historyCommand()
{
    return {u"migrate.history"_s, tr("Show the schema after the selected migration in the time machine"),
            QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Y), [this] { return m_desk.project.has_value(); },
            [this] { Q_EMIT historyRequested(m_desk.selectedVersion()); }};
}

kit::Command MigratePage::openFileCommand()
{
    const auto path = [this] {
        const apply::MigrationState* selected = m_desk.list->selected();
        return selected ? selected->migration.upPath : QString();
    };
    return {u"migrate.openFile"_s,
            tr("Open the file of the selected migration"),
            {},
            [path] { return !path().isEmpty(); },
            [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path())); }};
}

// A window with a command registry takes the shortcuts before they come here.
void MigratePage::keyPressEvent(QKeyEvent* event)
{
    if (!runByKey(commands(), *event))
        QWidget::keyPressEvent(event);
}

void MigratePage::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_stack->currentIndex() == 1)
        m_desk.list->setFocus();
}

void MigratePage::reload()
{
    if (!m_desk.project || !m_desk.project->unknowns.isEmpty() || m_desk.busy)
        return;
    m_statusJob = m_desk.session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_desk.project](drivers::Connection& connection, const runtime::StopToken&) {
            return apply::status(connection, project);
        },
        [this](const Result<apply::Status>& status) { takeStatus(status); });
}

void MigratePage::takeStatus(const Result<apply::Status>& status)
{
    if (!status) {
        m_creations->statusLost();
        m_desk.ask->tell(kit::AskBar::Tone::Danger,
                         tr("The migrations could not be read: %1").arg(status.error().message),
                         status.error().hint);
        return;
    }
    const QString known = m_desk.status ? m_desk.status->problem : QString();
    m_desk.status = *status;
    if (!m_desk.status->problem.isEmpty() && m_desk.status->problem != known)
        m_desk.ask->tell(kit::AskBar::Tone::Warning, tr("Nothing would run: %1").arg(m_desk.status->problem),
                         m_desk.status->remedy);
    m_desk.list->setStatus(*m_desk.status, m_desk.session.target().displayName());
    if (const QString fresh = std::exchange(m_toReveal, {}); !fresh.isEmpty())
        m_desk.list->reveal(fresh);
    watchFolders();
    m_risks->lintAll();
    m_squashes->lookForKept();
    m_rehearsals->look();
    Q_EMIT pendingCountChanged(m_desk.status->pendingCount());
    refreshButtons();
    // The folder still tells of what was written just now; a question would be taken back for it.
    m_creations->statusRead(!m_settle.isActive());
}

void MigratePage::watchFolders()
{
    if (!m_desk.project || !m_desk.status)
        return;
    QSet<QString> paths{m_desk.project->directory};
    for (const apply::MigrationState& migration : m_desk.status->migrations)
        paths += {migration.migration.path, migration.migration.upPath, migration.migration.downPath};
    const QStringList known = m_watcher->directories() + m_watcher->files();
    const QSet<QString> watched(known.cbegin(), known.cend());
    if (const QSet<QString> gone = watched - paths; !gone.isEmpty())
        m_watcher->removePaths(gone.values());
    QStringList fresh = (paths - watched).values();
    fresh.removeIf([](const QString& path) { return path.isEmpty() || !QFileInfo::exists(path); });
    if (!fresh.isEmpty())
        m_watcher->addPaths(fresh);
}

/// What is watched: a file by its size and time, a folder by what is in it.
QStringList MigratePage::filesNow() const
{
    QStringList files;
    for (const QString& path : m_watcher->files()) {
        const QFileInfo file(path);
        files << u"%1 %2 %3"_s.arg(path).arg(file.size()).arg(file.lastModified().toMSecsSinceEpoch());
    }
    for (const QString& path : m_watcher->directories())
        files << path + u": "_s + QDir(path).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).join(u'/');
    files.sort();
    return files;
}

void MigratePage::filesChanged()
{
    if (m_desk.busy) {
        m_filesChanged = true;
        return;
    }
    if ((m_asked || m_failure) && filesNow() == m_proposed)
        return;  // told late of what was written before
    if (std::exchange(m_asked, false))
        m_desk.ask->tell(kit::AskBar::Tone::Warning, tr("The migrations changed while you were asked."),
                         tr("Look at them again, then start anew."));
    // The line that failed may be another one now.
    if (const auto failure = std::exchange(m_failure, std::nullopt))
        tellWithCopy(tr("The files changed since %1 failed.").arg(failure->step.migration.folder),
                     tr("Run it again once it is right."), false, m_copy);
    m_desk.list->setFailed({});
    reload();
}

/// Nothing of what failed before needs to hold any more.
void MigratePage::databaseChanged()
{
    m_failure.reset();
    m_desk.list->setFailed({});
    Q_EMIT schemaMayHaveChanged();
    m_creations->databaseChanged();
    reload();
}

void MigratePage::showSelected()
{
    refreshButtons();
    const apply::MigrationState* selected = m_desk.list->selected();
    if (!selected || !m_desk.project) {
        m_desk.preview->showNothing();
        return;
    }
    m_waysBack->setLacking(false);
    m_desk.preview->showLoading(*selected);
    m_risks->show();
    if (runsCode())
        showSource(selected->migration);
    if (!m_desk.previews && !m_desk.session.target().isInMemory())
        m_desk.previews = std::make_shared<shadow::KeptReplay>();
    m_previewJob = m_desk.slow->run(
        runtime::Session::Lane::Read, this,
        [project = *m_desk.project, migration = *selected,
         previews = m_desk.previews](drivers::Connection& connection, const runtime::StopToken& stop) {
            shadow::KeptReplay once;
            return readDetails(connection, project, migration, previews ? *previews : once, stop);
        },
        [this, migration = *selected](const Result<Details>& details) {
            if (!details) {
                m_desk.preview->showError(details.error());
                return;
            }
            m_waysBack->setLacking(details->lacksDown);
            m_desk.preview->showDetails(migration, *details);
            if (m_failure && m_failure->step.migration.version == migration.migration.version)
                m_desk.preview->markFailure(migration, m_failure->step.direction, m_failure->scriptLine,
                                            m_failure->error.message);
        });
}

}  // namespace dewpoint::migrate
