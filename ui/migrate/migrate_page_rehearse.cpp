// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// Rehearsals: what is pending, on a copy of the database, and what is known of each way back.
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/rehearsal_view.h"
#include "migrate/rehearse_work.h"

#include <QLabel>
#include <QProgressBar>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

QList<kit::Command> MigratePage::rehearseCommands()
{
    const auto pending = [this] { return !m_busy && m_status && m_status->pendingCount() > 0; };
    return {{u"migrate.rehearse"_s, tr("Rehearse all pending migrations on a copy of the database"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R), pending,
             [this] { rehearse(apply::Scope::all()); }},
            {u"migrate.rehearseTo"_s,
             tr("Rehearse up to and including the selected migration"),
             {},
             [=, this] { return pending() && m_list->selected() && !m_list->selected()->isApplied(); },
             [this] { rehearse(apply::Scope::to(selectedVersion())); }},
            {u"migrate.demand"_s,
             m_demanded ? tr("Run on this database without a rehearsal again")
                        : tr("Run on this database only what was rehearsed"),
             {},
             [this] { return !m_busy && m_status; },
             [this] { toggleDemand(); }}};
}

/// On a session of its own: a copy takes its time, and browsing goes on. One in memory has no other.
runtime::Session& MigratePage::rehearsalSession()
{
    if (m_session.target().isInMemory())
        return m_session;
    if (!m_rehearsals)
        m_rehearsals = std::make_unique<runtime::Session>(m_session.target());
    return *m_rehearsals;
}

void MigratePage::rehearse(const apply::Scope& scope)
{
    if (m_busy || !m_project || !wantCode([=, this] { rehearse(scope); }))
        return;
    m_ask->dismiss();
    m_asked = false;
    setBusy(true, tr("Rehearsing…"));
    const auto progress = RehearsalProgress::make();
    connect(
        progress.get(), &RehearsalProgress::staged, this,
        [this](const QString& text, int index, int total) {
            m_progressText->setText(text);
            m_progress->setMaximum(total);
            m_progress->setValue(index);
        },
        Qt::QueuedConnection);
    m_actionJob = rehearsalSession().run(
        runtime::Session::Lane::Main, this,
        [project = *m_project, scope, progress](drivers::Connection& connection,
                                                const runtime::StopToken& stop) {
            return migrate::rehearse(
                connection, project,
                {.scope = scope, .parks = true, .kept = store::keptSql(connection.target())}, stop,
                *progress);
        },
        [this](const Result<SharedRehearsal>& done) { rehearsed(done); });
}

void MigratePage::rehearsed(const Result<SharedRehearsal>& done)
{
    setBusy(false);
    m_list->setFocus();
    if (m_rehearsals)
        m_rehearsals.release()->deleteLater();  // it is answering this very moment
    if (!done) {
        if (done.error().kind == ErrorKind::Cancelled)
            m_ask->tell(kit::AskBar::Tone::Info, tr("The rehearsal was stopped; its copies are gone."));
        else
            m_ask->tell(kit::AskBar::Tone::Danger,
                        tr("It could not be rehearsed: %1").arg(done.error().message),
                        done.error().detail + done.error().hint);
        return;
    }
    if (!(*done)->steps.isEmpty())
        m_list->select((*done)->steps.last().migration.version);
    m_preview->showRehearsal(*done);
    Q_EMIT statusText((*done)->sentence());
    tryDowns();
}

/// In the background: what is known at once, then what has to be tried.
void MigratePage::tryDowns()
{
    if (!m_status)
        return;
    if (!m_downs)
        m_downs = std::make_unique<runtime::Session>(
            drivers::Target{.engine = Engine::Sqlite, .location = u":memory:"_s});
    const auto show = [this](const Result<DownNotes>& notes) {
        if (notes)
            m_list->setNotes(*notes);
    };
    const auto known = [status = *m_status, live = m_session.target()](drivers::Connection&,
                                                                       const runtime::StopToken&) {
        return Result<DownNotes>(readNotes(live, status));
    };
    m_notesJob = m_downs->run(runtime::Session::Lane::Main, this, known, show);
    if (m_session.target().guard == drivers::Guard::ReadOnly && m_status->engine == Engine::Postgres)
        return;
    m_downsJob = m_downs->run(
        runtime::Session::Lane::Main, this,
        [status = *m_status, live = m_session.target()](drivers::Connection&,
                                                        const runtime::StopToken& stop) {
            return rehearse::tryDowns(live, status.project, [stop] { return stop.stopRequested(); })
                .transform([&](const rehearse::DownResults&) { return readNotes(live, status); });
        },
        show);
}

void MigratePage::toggleDemand()
{
    const bool wanted = !m_demanded;
    if (const auto kept = rehearse::demand(m_session.target(), wanted); !kept)
        m_ask->tell(kit::AskBar::Tone::Danger, kept.error().message, kept.error().detail);
    else
        m_ask->tell(kit::AskBar::Tone::Info,
                    wanted ? tr("Only what was rehearsed runs on this database now, here and in the shell.")
                           : tr("Migrations run on this database without a rehearsal again."));
    m_demanded = rehearse::isDemanded(m_session.target()).value_or(true);
    refreshButtons();
}

bool MigratePage::isRehearsedEnough(const Proposal& proposal)
{
    if (!m_status)
        return false;
    const auto enough = rehearse::wantRehearsed(m_session.target(), m_status->project, proposal.steps);
    if (enough)
        return true;
    m_ask->tell(kit::AskBar::Tone::Warning, enough.error().message, enough.error().hint, tr("Rehearse"),
                [this, scope = proposal.scope] { rehearse(scope); });
    return false;
}

}  // namespace dewpoint::migrate
