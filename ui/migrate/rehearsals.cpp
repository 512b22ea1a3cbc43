// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/rehearsals.h"

#include "kit/ask_bar.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/rehearse_work.h"
#include "migrate/work.h"

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

Rehearsals::Rehearsals(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_run(new rehearsal::RehearsalRun(desk.session, this))
{
    connect(m_run, &rehearsal::RehearsalRun::staged, this, &Rehearsals::staged);
    connect(m_run, &rehearsal::RehearsalRun::finished, this, &Rehearsals::finish);
}

void Rehearsals::forget()
{
    m_notesJob.cancel();
    m_downsJob.cancel();
    m_run->forget();
}

void Rehearsals::look()
{
    m_demanded = rehearse::isDemanded(m_desk.session.target()).value_or(true);
    tryDowns();
}

QList<kit::Command> Rehearsals::commands()
{
    using apply::Action, apply::Scope;
    const auto pending = [this] {
        return !m_desk.busy && m_desk.status && m_desk.status->pendingCount() > 0;
    };
    const auto applied = [this] {
        return !m_desk.busy && m_desk.status && m_desk.status->appliedCount() > 0;
    };
    const auto selected = [this](bool isApplied) {
        return m_desk.list->selected() && m_desk.list->selected()->isApplied() == isApplied;
    };
    return {{u"migrate.rehearse"_s, tr("Rehearse all pending migrations on a copy of the database"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R), pending,
             [this] { rehearse(Action::Run, Scope::all()); }},
            {u"migrate.rehearseTo"_s,
             tr("Rehearse up to and including the selected migration"),
             {},
             [=] { return pending() && selected(false); },
             [this] { rehearse(Action::Run, Scope::to(m_desk.selectedVersion())); }},
            {u"migrate.rehearseRevert"_s,
             tr("Rehearse reverting the last migration on a copy of the database"),
             QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_R), applied,
             [this] { rehearse(Action::Revert, Scope::one()); }},
            {u"migrate.rehearseRevertTo"_s,
             tr("Rehearse reverting everything after the selected migration"),
             {},
             [=] { return applied() && selected(true); },
             [this] { rehearse(Action::Revert, Scope::to(m_desk.selectedVersion())); }},
            {u"migrate.demand"_s,
             m_demanded ? tr("Run on this database without a rehearsal again")
                        : tr("Run on this database only what was rehearsed"),
             {},
             [this] { return !m_desk.busy && m_desk.status; },
             [this] { toggleDemand(); }}};
}

void Rehearsals::rehearse(apply::Action action, const apply::Scope& scope)
{
    if (m_desk.busy || !m_desk.project || !m_desk.wantCode([=, this] { rehearse(action, scope); }))
        return;
    m_desk.begin(tr("Rehearsing…"));
    m_run->start([project = *m_desk.project, action, scope](drivers::Connection& live,
                                                            const rehearse::Watch& watch) {
        auto done = rehearse::rehearse(
            live, project,
            {.action = action, .scope = scope, .parks = true, .kept = store::keptSql(live.target())}, watch);
        if (done)
            (void)rehearse::keepStamps(live.target(), project, *done);
        return done;
    });
}

void Rehearsals::finish(const Result<rehearsal::SharedRehearsal>& done)
{
    m_desk.end();
    m_desk.list->setFocus();
    if (!done) {
        if (done.error().kind == ErrorKind::Cancelled)
            m_desk.ask->tell(kit::AskBar::Tone::Info, tr("The rehearsal was stopped; its copies are gone."));
        else
            m_desk.ask->tell(kit::AskBar::Tone::Danger,
                             tr("It could not be rehearsed: %1").arg(done.error().message),
                             done.error().detail + done.error().hint);
        return;
    }
    if ((*done)->steps.isEmpty())
        return m_desk.ask->tell(kit::AskBar::Tone::Info, tr("There is nothing to rehearse."));
    m_desk.list->select((*done)->steps.last().migration.version);
    m_desk.preview->showRehearsal(*done);
    Q_EMIT rehearsed((*done)->sentence());
    tryDowns();
}

/// In the background: what is known at once, then what has to be tried.
void Rehearsals::tryDowns()
{
    if (!m_desk.status)
        return;
    if (!m_downs)
        m_downs = std::make_unique<runtime::Session>(
            drivers::Target{.engine = Engine::Sqlite, .location = u":memory:"_s});
    const auto show = [this](const Result<DownNotes>& notes) {
        if (notes)
            m_desk.list->setNotes(*notes);
    };
    const auto known = [status = *m_desk.status, live = m_desk.session.target()](drivers::Connection&,
                                                                                 const runtime::StopToken&) {
        return Result<DownNotes>(readNotes(live, status));
    };
    m_notesJob = m_downs->run(runtime::Session::Lane::Main, this, known, show);
    if (!m_mayMakeScratch)
        return;
    m_downsJob = m_downs->run(
        runtime::Session::Lane::Main, this,
        [status = *m_desk.status, live = m_desk.session.target()](drivers::Connection&,
                                                                  const runtime::StopToken& stop) {
            return rehearse::tryDowns(live, status.project, [stop] { return stop.stopRequested(); })
                .transform([&](const rehearse::DownResults&) { return readNotes(live, status); });
        },
        show);
}

void Rehearsals::toggleDemand()
{
    const bool wanted = !m_demanded;
    if (const auto kept = rehearse::demand(m_desk.session.target(), wanted); !kept)
        m_desk.ask->tell(kit::AskBar::Tone::Danger, kept.error().message, kept.error().detail);
    else
        m_desk.ask->tell(kit::AskBar::Tone::Info,
                         wanted
                             ? tr("Only what was rehearsed runs on this database now, here and in the shell.")
                             : tr("Migrations run on this database without a rehearsal again."));
    m_demanded = rehearse::isDemanded(m_desk.session.target()).value_or(true);
    Q_EMIT demandChanged();
}

bool Rehearsals::isRehearsedEnough(const Proposal& proposal)
{
    if (!m_desk.status)
        return false;
    const auto enough =
        rehearse::wantRehearsed(m_desk.session.target(), m_desk.status->project, proposal.steps);
    if (enough)
        return true;
    m_desk.ask->tell(kit::AskBar::Tone::Warning, enough.error().message, enough.error().hint, tr("Rehearse"),
                     [this, scope = proposal.scope] { rehearse(apply::Action::Run, scope); });
    return false;
}

}  // namespace dewpoint::migrate
