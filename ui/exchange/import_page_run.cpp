// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/bad_rows_grid.h"
#include "exchange/import_page.h"
#include "exchange/progress_strip.h"
#include "kit/ask_bar.h"
#include "scenarios/shelf.h"
#include "transfer/replaced.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QTabWidget>

using namespace Qt::StringLiterals;

// The import itself: asked, written, answered.
namespace dewpoint::exchange {

void ImportPage::start()
{
    if (m_start->isEnabled())
        confirm(Others::Ask);
}

/// What is asked about is what is written, so it is put together here; what changes it takes the question back.
void ImportPage::confirm(Others others)
{
    m_ask->dismiss();
    m_bad->finishEditing();
    m_bad->applyTo(m_plan);
    transfer::ImportPlan wanted = plan();
    wanted.skipBad = others == Others::LeaveOut;
    wanted.keepOdd = others == Others::KeepOdd;
    if (wanted.mode == transfer::ImportMode::Replace)
        return askToReplace(wanted);
    if (m_shared.target().guard == drivers::Guard::ConfirmWrites)
        return m_ask->ask(
            kit::AskBar::Tone::Warning, tr("Write rows to %1?").arg(m_shared.target().displayName()),
            tr("This connection asks before it writes."), tr("Write"), [this, wanted] { write(wanted); });
    write(wanted);
}

/// With what goes along, which is counted first.
void ImportPage::askToReplace(const transfer::ImportPlan& wanted)
{
    m_countJob = m_session->run(
        runtime::Session::Lane::Main, this,
        [relation = wanted.relation](auto& connection, const runtime::StopToken&) {
            return transfer::countReplaced(connection, relation);
        },
        [this, wanted](const Result<QList<rows::DependantCount>>& along) {
            if (!along)
                return m_ask->tell(kit::AskBar::Tone::Danger, along.error().message, restOf(along.error()));
            QStringList lines;
            for (const rows::DependantCount& count : *along)
                lines += rows::sentence(count);
            lines += wanted.skipBad
                         ? tr("Both happen in one transaction. The bad rows are left out.")
                         : tr("Both happen in one transaction: if a row is bad, nothing is deleted.");
            m_ask->ask(kit::AskBar::Tone::Danger,
                       tr("Delete all rows of %1 and write those of the file?").arg(wanted.relation.name),
                       lines.join(u'\n'), tr("Replace all"), [this, wanted] { write(wanted); });
        });
}

void ImportPage::write(const transfer::ImportPlan& wanted)
{
    if (m_importing || !m_file)
        return;
    const auto progress = std::make_shared<transfer::Progress>();
    const QString scenario =
        m_scenario->isChecked() ? tr("Before the import into %1").arg(wanted.relation.name) : QString();
    m_importing = true;
    m_strip->begin(tr("Importing…"), progress);
    m_importJob = m_session->run(
        runtime::Session::Lane::Main, this,
        [wanted, scenario, progress](auto& connection,
                                     const runtime::StopToken&) -> Result<transfer::Imported> {
            if (!scenario.isEmpty()) {
                const scenarios::Shelf shelf(scenarios::shelfFolder(connection.target()));
                transfer::Progress keeping;
                if (auto kept = shelf.save(connection, scenario, keeping); !kept)
                    return fail(kept.error());
            }
            return transfer::importRows(connection, wanted, *progress);
        },
        [this, scenario](const Result<transfer::Imported>& done) { finished(done, scenario); });
    renderState();
}

void ImportPage::cancel()
{
    m_importJob.stop();
    m_checkJob.stop();
    m_countJob.stop();
    m_lookJob.stop();
}

void ImportPage::finished(const Result<transfer::Imported>& done, const QString& scenario)
{
    m_importing = false;
    m_strip->end();
    if (!done) {
        const bool cancelled = done.error().kind == ErrorKind::Cancelled;
        m_ask->tell(cancelled ? kit::AskBar::Tone::Info : kit::AskBar::Tone::Danger, done.error().message,
                    cancelled ? tr("Nothing was written.") : restOf(done.error()));
        return renderState();
    }
    const auto bad = static_cast<int>(done->bad.size());
    if (done->committed) {
        forgetMending();
        m_done = true;
        QStringList detail;
        if (done->upserted)
            detail += transfer::sentence(*done->upserted);
        if (bad > 0)
            detail += tr("%n bad row(s) left out.", nullptr, bad);
        if (done->deleted > 0)
            detail += tr("%n row(s) deleted before.", nullptr, static_cast<int>(done->deleted));
        if (!scenario.isEmpty())
            detail += tr("The scenario “%1” takes it back.").arg(scenario);
        m_ask->tell(
            kit::AskBar::Tone::Info,
            tr("%n row(s) written to %1.", nullptr, static_cast<int>(done->written)).arg(relation().name),
            detail.join(u' '));
        renderState();
        Q_EMIT statusText(m_ask->title());
        Q_EMIT imported();
        return;
    }
    m_bad->show(done->bad, m_file ? m_file->columns : QStringList(), plan());
    m_tabs->setTabVisible(BadTab, true);
    m_tabs->setTabText(BadTab, tr("Bad rows (%1)").arg(bad));
    m_tabs->setCurrentIndex(BadTab);
    renderState();
    m_bad->setFocus();  // which was disabled until now, and would not have taken it
    m_skip->setEnabled(!done->tooManyBad);
    m_ask->tell(kit::AskBar::Tone::Warning,
                done->tooManyBad ? tr("Nothing was written: there are %1 bad rows and more.").arg(bad)
                                 : tr("Nothing was written: %n row(s) are bad.", nullptr, bad),
                done->tooManyBad ? tr("Is it the right file, and is it read as it is meant?")
                : m_bad->hasOdd()
                    ? tr("Mend them below and try again. Delete takes a row away; one that is checked goes "
                         "in as it is.")
                    : tr("Mend them below and try again. Delete takes a row away."));
}

}  // namespace dewpoint::exchange
