// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "cells/change_tree.h"
#include "exchange/progress_strip.h"
#include "exchange/scenarios_page.h"
#include "kit/ask_bar.h"
#include "scenarios/reset_rows.h"

#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>

#include <utility>

using namespace Qt::StringLiterals;

// Keeping, comparing and putting back: asked, done, answered.
namespace dewpoint::exchange {

namespace {

struct Sums {
    qint64 inserts = 0;
    qint64 updates = 0;
    qint64 deletes = 0;
};

Sums sumsOf(const scenarios::Changes& changes)
{
    Sums sums;
    for (const scenarios::ChangedTable& table : changes.tables) {
        sums.inserts += table.inserts;
        sums.updates += table.updates;
        sums.deletes += table.deletes;
    }
    return sums;
}

QString countsText(const scenarios::ChangedTable& table)
{
    QStringList parts;
    for (const auto& [mark, count] :
         {std::pair{u'+', table.inserts}, {u'~', table.updates}, {u'−', table.deletes}}) {
        if (count > 0)
            parts += mark + QLocale().toString(count);
    }
    return parts.join(u' ');
}

QString lossText(const scenarios::Changes& changes)
{
    const Sums sums = sumsOf(changes);
    const auto number = [](qint64 count) { return static_cast<int>(count); };
    QStringList parts;
    if (sums.inserts > 0)
        parts +=
            ScenariosPage::tr("%n row(s) that were added since are deleted.", nullptr, number(sums.inserts));
    if (sums.updates > 0)
        parts += ScenariosPage::tr("%n changed row(s) become what they were.", nullptr, number(sums.updates));
    if (sums.deletes > 0)
        parts += ScenariosPage::tr("%n deleted row(s) come back.", nullptr, number(sums.deletes));
    if (parts.isEmpty())
        return ScenariosPage::tr("No row changed since.");
    return parts.join(u' ') + u' '
           + ScenariosPage::tr("This cannot be taken back: keep the rows of now first if "
                               "they may be wanted.");
}

}  // namespace

void ScenariosPage::begin(Doing doing, const QString& title)
{
    m_doing = doing;
    m_ask->dismiss();
    m_progress = std::make_shared<transfer::Progress>();
    m_strip->begin(title, m_progress);
    renderState();
}

void ScenariosPage::end()
{
    m_doing = Doing::Nothing;
    m_strip->end();
    renderState();
}

void ScenariosPage::tell(const Error& error, const QString& cancelled)
{
    if (error.kind == ErrorKind::Cancelled)
        return m_ask->tell(kit::AskBar::Tone::Info, error.message, cancelled);
    m_ask->tell(kit::AskBar::Tone::Danger, error.message, (error.detail + u' ' + error.hint).trimmed());
}

void ScenariosPage::save()
{
    const QString name = m_name->text().trimmed();
    if (isBusy() || name.isEmpty())
        return;
    if (!m_shelf.named(name))
        return write(name);
    m_ask->ask(kit::AskBar::Tone::Warning, tr("%1 is kept already.").arg(name),
               tr("It is replaced when the rows of now are kept."), tr("Replace"),
               [this, name] { write(name); });
}

void ScenariosPage::write(const QString& name)
{
    begin(Doing::Saving, tr("Keeping…"));
    m_job = m_session->run(
        runtime::Session::Lane::Read, this,
        [shelf = m_shelf, name, progress = m_progress](auto& connection, const runtime::StopToken&) {
            return shelf.save(connection, name, *progress);
        },
        [this](const Result<scenarios::Scenario>& kept) {
            end();
            if (!kept)
                return tell(kept.error(), tr("Nothing was kept."));
            m_name->clear();
            reload(kept->name);
            m_list->setFocus();
            m_ask->tell(kit::AskBar::Tone::Info, tr("%1 is kept.").arg(kept->name),
                        QLocale().formattedDataSize(kept->bytes));
            Q_EMIT statusText(m_ask->title());
        });
}

void ScenariosPage::compare()
{
    const scenarios::Scenario* scenario = chosen();
    if (isBusy() || !scenario)
        return;
    begin(Doing::Comparing, tr("Comparing…"));
    m_job = m_session->run(
        runtime::Session::Lane::Read, this,
        [scenario = *scenario, file = m_shelf.fileOf(*scenario),
         progress = m_progress](auto& connection, const runtime::StopToken&) {
            return scenarios::changesSince(connection, scenario, file, *progress);
        },
        [this](const Result<scenarios::Changes>& found) {
            end();
            const bool asks = std::exchange(m_asksAfter, false);
            if (!found)
                return tell(found.error(), asks ? tr("Nothing was reset.") : QString());
            showChanges(*found);
            if (asks)
                askForReset();
        });
}

void ScenariosPage::showChanges(const scenarios::Changes& changes)
{
    m_changes = changes;
    QList<cells::ShownTable> tables;
    for (const scenarios::ChangedTable& table : changes.tables) {
        cells::ShownTable shown = cells::shownChanges(table.rows);
        shown.title = u"%1  %2"_s.arg(table.rows.name, countsText(table));
        if (table.rows.rows.size() < table.total())
            shown.title += u"  "_s + tr("(the first are shown)");
        tables += shown;
    }
    m_tree->show(tables);
    QString title = changes.tables.isEmpty() ? tr("No row changed since %1.").arg(chosen()->name)
                                             : tr("Since %1: %n table(s) with other rows", nullptr,
                                                  static_cast<int>(changes.tables.size()))
                                                   .arg(chosen()->name);
    if (!changes.structure.isEmpty())
        title += u'\n' + tr("The structure changed, too: %1").arg(changes.structure.join(u", "_s));
    if (!changes.notCompared.isEmpty())
        title += u'\n'
                 + tr("Not compared, because their columns are others now: %1")
                       .arg(changes.notCompared.join(u", "_s));
    m_title->setText(title);
}

void ScenariosPage::reset()
{
    if (isBusy() || !m_reset->isEnabled())
        return;
    // What is lost has to be what is there now, not what was there when somebody looked last.
    m_asksAfter = true;
    compare();
}

void ScenariosPage::askForReset()
{
    if (!m_changes || !chosen())
        return;
    if (!m_changes->structure.isEmpty())
        return m_ask->tell(kit::AskBar::Tone::Danger,
                           tr("The structure changed since “%1” was kept: %2.")
                               .arg(chosen()->name, m_changes->structure.join(u", "_s)),
                           tr("Nothing was reset. Take the structure back first, or keep a new scenario."));
    m_ask->ask(kit::AskBar::Tone::Danger, tr("Reset all rows to “%1”?").arg(chosen()->name),
               lossText(*m_changes), tr("Reset"), [this, scenario = *chosen()] { putBack(scenario); });
}

void ScenariosPage::putBack(const scenarios::Scenario& scenario)
{
    if (isBusy())
        return;
    begin(Doing::Resetting, tr("Resetting…"));
    m_job = m_session->run(
        runtime::Session::Lane::Main, this,
        [scenario, file = m_shelf.fileOf(scenario), progress = m_progress](auto& connection,
                                                                           const runtime::StopToken&) {
            return scenarios::resetRows(connection, scenario, file, *progress);
        },
        [this, name = scenario.name](const Result<>& done) {
            end();
            if (!done)
                return tell(done.error(), tr("Nothing was reset."));
            showChosen();
            m_ask->tell(kit::AskBar::Tone::Info, tr("All rows are what they were in %1.").arg(name));
            Q_EMIT statusText(m_ask->title());
            Q_EMIT rowsReset();
        });
}

void ScenariosPage::remove()
{
    const scenarios::Scenario* scenario = chosen();
    if (isBusy() || !scenario)
        return;
    m_ask->ask(kit::AskBar::Tone::Warning, tr("Delete the scenario “%1”?").arg(scenario->name),
               tr("The rows of the database stay as they are."), tr("Delete"), [this, scenario = *scenario] {
                   const auto done = m_shelf.remove(scenario);
                   reload();
                   if (!done)
                       tell(done.error(), {});
               });
}

void ScenariosPage::cancel()
{
    if (isBusy())
        m_job.stop();
}

}  // namespace dewpoint::exchange
