// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// What is done about drift: a migration, the way back, or nothing.
#include "apply/backup.h"
#include "kit/ask_bar.h"
#include "migrate/drift_page.h"
#include "migrate/rename_menu.h"
#include "migrate/repair_panel.h"
#include "project/for_database.h"
#include "rehearsal/rehearsal_view.h"
#include "rehearse/stamps.h"
#include "store/kept_sql.h"

#include <QTableView>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

void DriftPage::tellError(const Error& error)
{
    if (error.kind == ErrorKind::Cancelled)
        m_ask->tell(kit::AskBar::Tone::Info, tr("Stopped. Nothing was changed."));
    else
        m_ask->tell(kit::AskBar::Tone::Danger, error.message,
                    QStringList{error.detail, error.hint}.join(u'\n').trimmed());
}

void DriftPage::adopt(const shadow::Answers& answers)
{
    const QList<drift::Item> items = chosen();
    if (m_busy || !m_project || !m_report || items.isEmpty())
        return;
    m_ask->dismiss();
    m_confirm->dismiss();
    setBusy(true, tr("Working out a migration…"));
    m_job = m_slow->run(
        runtime::Session::Lane::Main, this,
        [project = *m_project, report = m_report, items, answers](const drivers::Connection& connection,
                                                                  const runtime::StopToken& stop) {
            return drift::adopt(connection.target(), project, *report,
                                drift::together(*report, items, drift::Way::Adopt), answers,
                                [stop] { return stop.stopRequested(); });
        },
        [this, answers](const Result<apply::Scripts>& scripts) {
            setBusy(false);
            m_slow.letGo();
            if (!scripts)
                tellError(scripts.error());
            else if (!scripts->open.isEmpty())
                askRenames(m_ask, answers, scripts->open,
                           [this](const shadow::Answers& more) { adopt(more); });
            else if (scripts->up.isEmpty())
                m_ask->tell(kit::AskBar::Tone::Info, tr("The migrations make that already."),
                            tr("A pending one does: run it, or mark it as applied."));
            else
                Q_EMIT migrationRequested(scripts->up, scripts->down);
        });
}

void DriftPage::undo(const shadow::Answers& answers)
{
    workOutUndo(answers, &DriftPage::askUndo);
}

void DriftPage::rehearse(const shadow::Answers& answers)
{
    workOutUndo(answers, &DriftPage::rehearseUndoing);
}

void DriftPage::workOutUndo(const shadow::Answers& answers, void (DriftPage::*next)(const drift::Undoing&))
{
    const QList<drift::Item> items = chosen();
    if (m_busy || !m_project || !m_report || items.isEmpty())
        return;
    m_ask->dismiss();
    m_confirm->dismiss();
    setBusy(true, tr("Working out the way back…"));
    m_job = m_slow->run(
        runtime::Session::Lane::Main, this,
        [report = m_report, items, answers](drivers::Connection& connection, const runtime::StopToken& stop) {
            return drift::workOutUndo(connection, *report, drift::together(*report, items, drift::Way::Undo),
                                      answers, [stop] { return stop.stopRequested(); });
        },
        [this, answers, next](const Result<drift::Undoing>& undoing) {
            setBusy(false);
            m_slow.letGo();
            if (!undoing)
                tellError(undoing.error());
            else if (!undoing->open.isEmpty())
                askRenames(m_ask, answers, undoing->open,
                           [this, next](const shadow::Answers& more) { workOutUndo(more, next); });
            else
                (this->*next)(*undoing);
        });
}

void DriftPage::rehearseUndoing(const drift::Undoing& undoing)
{
    setBusy(true, tr("Rehearsing…"));
    m_rehearsing = undoing.script;
    m_rehearsals->start(
        [project = *m_project, undoing](drivers::Connection& live, const rehearse::Watch& watch) {
            const std::optional known = project::forDatabase(project, live.target());
            return rehearse::rehearse(live, apply::draftOf(u"undo"_s, undoing.plan, undoing.back, known),
                                      known, {.kept = store::keptSql(live.target())}, watch);
        });
}

void DriftPage::rehearsed(const Result<rehearsal::SharedRehearsal>& done)
{
    setBusy(false);
    if (!done && done.error().kind == ErrorKind::Cancelled)
        return m_ask->tell(kit::AskBar::Tone::Info, tr("The rehearsal was stopped; its copies are gone."));
    if (!done)
        return m_ask->tell(kit::AskBar::Tone::Danger,
                           tr("It could not be rehearsed: %1").arg(done.error().message),
                           QStringList{done.error().detail, done.error().hint}.join(u'\n').trimmed());
    // A way back that loses values is no failure of the way there, and a migration's run takes it as well.
    m_rehearsed = (*done)->failure && !(*done)->failedBack() ? QByteArray() : m_rehearsing;
    m_rehearsal->show(*done);
    m_tabs->setTabVisible(m_tabs->indexOf(m_rehearsal), true);
    m_tabs->setCurrentWidget(m_rehearsal);
    m_table->setFocus();
    Q_EMIT statusText((*done)->sentence());
}

/// Where only what was rehearsed may run on this database, that holds for this as well.
bool DriftPage::isRehearsedEnough(const drift::Undoing& undoing)
{
    const auto demanded = rehearse::isDemanded(m_session.target());
    if (demanded && (!*demanded || undoing.script == m_rehearsed))
        return true;
    m_ask->tell(kit::AskBar::Tone::Warning, tr("Only what was rehearsed may run on this database."),
                demanded ? tr("This has not been rehearsed yet, or failed there.") : demanded.error().hint,
                tr("Rehearse"), [this, undoing] { rehearseUndoing(undoing); });
    return false;
}

/// Whatever the guard level: what was done by hand may be what an application needs.
void DriftPage::askUndo(const drift::Undoing& undoing)
{
    if (!isRehearsedEnough(undoing))
        return;
    m_confirm->ask(tr("Change %1 to what its migrations make?").arg(m_session.target().displayName()),
                   undoConsequences(undoing, m_session.target().engine), QString::fromUtf8(undoing.script),
                   tr("Undo in the database"), [this, undoing] { carryOut(undoing); });
}

void DriftPage::carryOut(const drift::Undoing& undoing)
{
    if (m_busy || !m_project || !isRehearsedEnough(undoing))
        return;
    setBusy(true, tr("Undoing…"));
    m_changing = true;
    m_job = m_session.run(
        runtime::Session::Lane::Main, this,
        [project = *m_project, undoing](drivers::Connection& connection, const runtime::StopToken&) {
            return drift::undo(connection, project, undoing);
        },
        [this](const Result<QString>& copy) {
            setBusy(false);
            if (!copy) {
                tellError(copy.error());
            } else {
                const QString done = tr("The database was changed to what its migrations make.");
                if (copy->isEmpty())
                    m_ask->tell(kit::AskBar::Tone::Info, done);
                else
                    m_ask->tell(kit::AskBar::Tone::Info, done,
                                tr("A copy of the database from before is in %1").arg(*copy),
                                tr("Restore the copy…"), [this, copy = *copy] { restoreCopy(copy); });
                Q_EMIT statusText(done);
                Q_EMIT schemaMayHaveChanged();
            }
            m_table->setFocus();
            check();
        });
}

void DriftPage::restoreCopy(const QString& copy)
{
    m_ask->ask(kit::AskBar::Tone::Danger, tr("Put the whole database back to how it was before?"),
               tr("What was written since then, here or by another program, goes. The database of now is "
                  "copied first."),
               tr("Restore"), [this, copy] {
                   if (m_busy)
                       return;
                   setBusy(true, tr("Restoring…"));
                   m_changing = true;
                   m_job = m_session.run(
                       runtime::Session::Lane::Main, this,
                       [copy](drivers::Connection& connection, const runtime::StopToken&) {
                           return apply::restore(connection, copy);
                       },
                       [this](const Result<QString>& before) {
                           setBusy(false);
                           if (before)
                               m_ask->tell(kit::AskBar::Tone::Info, tr("The database is as it was before."),
                                           tr("A copy of how it was until now is in %1").arg(*before));
                           else
                               tellError(before.error());
                           Q_EMIT schemaMayHaveChanged();
                           check();
                       });
               });
}

void DriftPage::ignore()
{
    if (!m_memory)
        return;
    QList<store::IgnoredDifference> differences;
    const QList<drift::Item> items = chosen();
    for (const drift::Item& item : items)
        differences.append({.key = item.key, .text = item.text, .since = QDateTime::currentDateTimeUtc()});
    if (const auto kept = m_memory->ignore(differences); !kept)
        return tellError(kept.error());
    refill();
    render();
    Q_EMIT statusText(tr("Ignored. It is listed under “Ignored”."));
    Q_EMIT openCountChanged(m_model->openCount());
}

void DriftPage::heed()
{
    if (!m_memory)
        return;
    if (const auto kept = m_memory->heed(chosenKeys()); !kept)
        return tellError(kept.error());
    refill();
    render();
    Q_EMIT openCountChanged(m_model->openCount());
}

}  // namespace dewpoint::migrate
