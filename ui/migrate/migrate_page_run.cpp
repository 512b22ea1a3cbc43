// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// Running, reverting and redoing: what will happen is worked out and, where it loses anything, asked
// about first; then it is done, and what came of it is told.
#include "apply/backup.h"
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/output_panel.h"
#include "migrate/rehearsals.h"
#include "migrate/squashes.h"
#include "migrate/texts.h"

#include <QLabel>
#include <QProgressBar>

#include <algorithm>

namespace dewpoint::migrate {

void MigratePage::propose(apply::Action action, const apply::Scope& scope)
{
    if (m_desk.busy || !m_desk.status || !wantCode([=, this] { propose(action, scope); }))
        return;
    m_desk.begin(tr("Working out what will happen…"));
    m_proposed = filesNow();
    m_desk.work = m_desk.slow->run(
        runtime::Session::Lane::Main, this,
        [status = *m_desk.status, action, scope](drivers::Connection& connection,
                                                 const runtime::StopToken& stop) {
            return migrate::propose(connection, status, action, scope, stop);
        },
        [this](const Result<Proposal>& proposal) { consider(proposal); });
}

void MigratePage::consider(const Result<Proposal>& proposal)
{
    m_desk.end();
    m_desk.list->setFocus();
    if (!proposal) {
        if (proposal.error().kind != ErrorKind::Cancelled)
            m_desk.ask->tell(kit::AskBar::Tone::Danger, proposal.error().message, proposal.error().hint);
        return;
    }
    if (proposal->steps.isEmpty()) {
        m_desk.ask->tell(kit::AskBar::Tone::Info, tr("There is nothing to do."),
                         proposal->passedOver.join(u'\n'));
        return;
    }
    if (!m_rehearsals->isRehearsedEnough(*proposal))
        return;
    const bool destructive = texts::isDestructive(*proposal);
    if (!destructive && m_desk.session.target().guard != drivers::Guard::ConfirmWrites) {
        execute(*proposal);
        return;
    }
    const bool loses = std::ranges::any_of(proposal->questions,
                                           [](const lint::Question& question) { return question.count > 0; });
    m_asked = true;
    m_desk.ask->ask(loses || !proposal->idle.isEmpty() ? kit::AskBar::Tone::Danger
                                                       : kit::AskBar::Tone::Warning,
                    texts::question(*proposal), texts::consequences(*proposal), texts::acceptTitle(*proposal),
                    [this, agreed = *proposal] {
                        Proposal wanted = agreed;
                        if (!m_desk.ask->isChosen())
                            wanted.parcels.clear();
                        execute(wanted);
                    });
    if (const QString choice = texts::parkChoice(*proposal); !choice.isEmpty())
        m_desk.ask->offer(choice);
}

void MigratePage::execute(const Proposal& proposal)
{
    if (!m_desk.project)
        return;
    m_failure.reset();
    m_desk.list->setFailed({});
    m_desk.begin(tr("Running…"));
    m_desk.changing = true;
    const std::shared_ptr<RunProgress> progress = makeRunProgress();
    connect(
        progress.get(), &RunProgress::stepped, this,
        [this](const apply::Progress& step) {
            m_progress->setMaximum(step.total);
            m_progress->setValue(step.index + (step.phase == apply::Progress::Phase::Finished ? 1 : 0));
            m_progressText->setText(
                tr("%1 of %2: %3").arg(step.index + 1).arg(step.total).arg(step.step.migration.folder));
        },
        Qt::QueuedConnection);
    if (!proposal.command.isEmpty())
        showOutput(proposal.command, progress);
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, proposal, progress](drivers::Connection& connection,
                                                        const runtime::StopToken& stop) {
            return runProposal(connection, project, proposal, stop, *progress);
        },
        [this, proposal](const Result<RunResult>& result) { finished(proposal, result); });
}

void MigratePage::finished(const Proposal& proposal, const Result<RunResult>& result)
{
    m_desk.end();
    m_output->end();
    m_desk.list->setFocus();
    if (!result) {
        m_desk.ask->tell(kit::AskBar::Tone::Danger, tr("Nothing was begun: %1").arg(result.error().message),
                         result.error().detail + result.error().hint);
    } else if (const auto& failure = result->report.failure) {
        showFailure(*failure, *result);
    } else {
        const QString title = texts::successTitle(proposal, *result);
        const QStringList details = QStringList{texts::successDetail(*result)} + proposal.passedOver;
        tellWithCopy(title, details.join(u'\n'), false, result->backup);
        Q_EMIT statusText(title);
        if (!result->report.done.isEmpty())
            m_desk.list->select(result->report.done.last().step.migration.version);
    }
    Q_EMIT schemaMayHaveChanged();
    reload();
}

void MigratePage::showFailure(const apply::Failure& failure, const RunResult& result)
{
    m_failure = failure;
    m_copy = result.backup;
    const QString title = texts::failureTitle(failure);
    m_desk.list->setFailed(failure.step.migration.version);
    m_desk.list->select(failure.step.migration.version);
    if (const kit::Command open = openFileCommand(); m_copy.isEmpty() && open.isEnabled())
        m_desk.ask->tell(kit::AskBar::Tone::Danger, title, texts::failureDetail(failure, result),
                         tr("Open the file"), open.run);
    else
        tellWithCopy(title, texts::failureDetail(failure, result), true, m_copy);
    Q_EMIT statusText(title);
}

void MigratePage::tellWithCopy(const QString& title, const QString& detail, bool failed, const QString& copy)
{
    const auto tone = failed ? kit::AskBar::Tone::Danger : kit::AskBar::Tone::Info;
    if (copy.isEmpty())
        m_desk.ask->tell(tone, title, detail);
    else
        m_desk.ask->tell(tone, title, detail, tr("Restore the copy…"), [this, copy] { askRestore(copy); });
}

void MigratePage::askRestore(const QString& copy)
{
    m_desk.ask->ask(
        kit::AskBar::Tone::Danger, tr("Put the whole database back to how it was before?"),
        tr("What was written since then, here or by another program, goes. The database of now is "
           "copied first."),
        tr("Restore"), [this, copy] { restore(copy); });
}

void MigratePage::restore(const QString& copy)
{
    if (m_desk.busy)
        return;
    m_desk.begin(tr("Restoring…"));
    m_desk.changing = true;
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Main, this,
        [copy](drivers::Connection& connection, const runtime::StopToken&) {
            return apply::restore(connection, copy);
        },
        [this](const Result<QString>& before) {
            m_desk.end();
            if (before)
                tellWithCopy(tr("The database is as it was before."),
                             tr("A copy of how it was until now is in %1").arg(*before), false, *before);
            else
                m_desk.ask->tell(kit::AskBar::Tone::Danger, before.error().message, before.error().hint);
            Q_EMIT schemaMayHaveChanged();
            reload();
        });
}

void MigratePage::cancel()
{
    if (m_squashes->giveUp())
        return;
    m_desk.work.stop();
    m_rehearsals->stop();
    m_progressText->setText(tr("Stopping…"));
}

}  // namespace dewpoint::migrate
