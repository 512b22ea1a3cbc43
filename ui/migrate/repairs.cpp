// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/repairs.h"

#include "apply/backup.h"
#include "kit/ask_bar.h"
#include "migrate/migration_list.h"
#include "migrate/repair_panel.h"
#include "migrate/repair_texts.h"
#include "project/format.h"
#include "project/sums.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

using apply::RepairKind;

bool isBroken(const apply::MigrationState& migration)
{
    return migration.state == apply::State::Failed || migration.state == apply::State::Partial;
}

const project::RepairFormat& whatItTakes(const Desk& desk)
{
    return project::formatOf(desk.status->project).ledger.repair;
}

kit::Command command(const QString& id, const QString& title, std::function<bool()> enabledWhen,
                     std::function<void()> run)
{
    return {.id = id,
            .title = title,
            .shortcut = {},
            .enabledWhen = std::move(enabledWhen),
            .run = std::move(run)};
}

}  // namespace

Repairs::Repairs(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk) {}

QList<kit::Command> Repairs::commands()
{
    return ofSelected() + ofAll()
           + QList<kit::Command>{
               command(
                   u"migrate.hash"_s, tr("Sum up the files anew…"),
                   [this] {
                       return !m_desk.busy && m_desk.project && project::formatOf(*m_desk.project).rehash;
                   },
                   [this] { sumUp(); }),
               command(
                   u"migrate.convert"_s, tr("Take over another tool's ledger…"),
                   [this] { return m_desk.canChangeLedger(); }, [this] { findOtherLedgers(); }),
               command(
                   u"migrate.ledger"_s, tr("Show the ledger table"),
                   [this] { return m_desk.status && m_desk.status->ledgerExists; },
                   [this] { Q_EMIT ledgerRequested(m_desk.status->ledger); })};
}

QList<kit::Command> Repairs::ofSelected()
{
    const auto when = [this](auto fits) {
        return [this, fits] {
            const apply::MigrationState* selected = m_desk.list->selected();
            return m_desk.canChangeLedger() && selected && fits(*selected);
        };
    };
    const auto one = [this](RepairKind kind) {
        return [this, kind] { repair({.kind = kind, .versions = {m_desk.selectedVersion()}}); };
    };
    const auto hasFile = [](const apply::MigrationState& each) {
        return !each.isApplied() && !each.migration.folder.isEmpty();
    };
    const auto stands = [](const apply::MigrationState& each) { return each.isApplied() || isBroken(each); };
    const auto isEdited = [this](const apply::MigrationState& each) {
        return whatItTakes(m_desk).accept && each.state == apply::State::Modified;
    };
    const auto isFirst = [this](const apply::MigrationState&) { return m_desk.status->appliedCount() == 0; };
    return {command(u"migrate.markApplied"_s, tr("Mark the selected migration as applied…"), when(hasFile),
                    one(RepairKind::MarkApplied)),
            command(u"migrate.markPending"_s, tr("Mark the selected migration as not applied…"), when(stands),
                    one(RepairKind::MarkPending)),
            command(u"migrate.accept"_s, tr("Accept the selected migration's edited file…"), when(isEdited),
                    one(RepairKind::AcceptFile)),
            command(u"migrate.baseline"_s,
                    tr("Baseline: everything up to the selected migration is there already…"), when(isFirst),
                    one(RepairKind::Baseline))};
}

QList<kit::Command> Repairs::ofAll()
{
    const auto all = [this](RepairKind kind) {
        return [this, kind] { repair({.kind = kind, .all = true}); };
    };
    const auto isEdited = [this] {
        return m_desk.canChangeLedger() && whatItTakes(m_desk).accept
               && std::ranges::contains(m_desk.status->migrations, apply::State::Modified,
                                        &apply::MigrationState::state);
    };
    const auto hasFailed = [this] {
        return m_desk.canChangeLedger() && whatItTakes(m_desk).clear
               && std::ranges::any_of(m_desk.status->migrations, isBroken);
    };
    return {
        command(u"migrate.acceptAll"_s, tr("Accept all edited files…"), isEdited,
                all(RepairKind::AcceptFile)),
        command(u"migrate.clearFailed"_s, tr("Clear what failed…"), hasFailed, all(RepairKind::ClearFailed))};
}

void Repairs::repair(const apply::RepairRequest& request)
{
    if (!m_desk.project)
        return;
    workOut([project = *m_desk.project, request](drivers::Connection& connection) {
        return apply::planRepair(connection, project, request);
    });
}

void Repairs::workOut(std::function<Result<apply::Repair>(drivers::Connection&)> plan)
{
    if (m_desk.busy || !m_desk.status)
        return;
    m_desk.ask->dismiss();
    m_desk.confirm->dismiss();
    m_desk.begin(tr("Working out what will be sent…"));
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Read, this,
        [plan = std::move(plan)](drivers::Connection& connection, const runtime::StopToken&) {
            return plan(connection);
        },
        [this](const Result<apply::Repair>& worked) { consider(worked); });
}

void Repairs::consider(const Result<apply::Repair>& worked)
{
    m_desk.end();
    m_desk.list->setFocus();
    const QString unmatched = std::exchange(m_unmatchedFrom, {});
    if (!worked) {
        const Error& error = worked.error();
        if (error.kind == ErrorKind::NotFound && !unmatched.isEmpty())
            m_desk.ask->tell(kit::AskBar::Tone::Warning, error.message, error.hint, tr("Go on without them"),
                             [this, unmatched] { convert(unmatched, true); });
        else if (error.kind != ErrorKind::Cancelled)
            m_desk.ask->tell(kit::AskBar::Tone::Danger, error.message, error.hint);
        return;
    }
    if (worked->statements.isEmpty() || !m_desk.status) {
        m_desk.ask->tell(kit::AskBar::Tone::Info, tr("There is nothing to repair."));
        return;
    }
    m_desk.confirm->ask(texts::repairQuestion(*worked, m_desk.status->ledger), texts::repairDetail(*worked),
                        ledger::displayed(worked->statements, m_desk.status->engine),
                        texts::repairAccept(*worked), [this, agreed = *worked] { carryOut(agreed); });
}

void Repairs::carryOut(const apply::Repair& agreed)
{
    if (!m_desk.project || m_desk.busy)
        return;
    m_desk.begin(tr("Changing the ledger…"));
    m_desk.changing = true;
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Main, this,
        [project = *m_desk.project, agreed](drivers::Connection& connection,
                                            const runtime::StopToken&) -> Result<QString> {
            auto copy = apply::backUp(connection);
            if (!copy)
                return copy;
            if (auto done = apply::carryOut(connection, project, agreed); !done)
                return fail(done.error());
            return copy;
        },
        [this, agreed](const Result<QString>& copy) {
            m_desk.end();
            m_desk.list->setFocus();
            if (copy) {
                Q_EMIT repaired(texts::repairDone(agreed), *copy);
            } else {
                m_desk.ask->tell(kit::AskBar::Tone::Danger,
                                 tr("The ledger was not changed: %1").arg(copy.error().message),
                                 copy.error().detail + copy.error().hint);
                Q_EMIT failed();
            }
        });
}

// A few small files: not worth a lane.
void Repairs::sumUp()
{
    if (m_desk.busy || !m_desk.project)
        return;
    m_desk.ask->dismiss();
    const auto change = project::sumChange(*m_desk.project);
    if (!change)
        return m_desk.ask->tell(kit::AskBar::Tone::Danger, change.error().message, change.error().hint);
    if (change->before == change->after)
        return m_desk.ask->tell(kit::AskBar::Tone::Info, tr("There is nothing to repair."));
    const QString name = QFileInfo(change->path).fileName();
    m_desk.confirm->ask(
        tr("Write %1 anew?").arg(name),
        (change->changes + QStringList{tr("No migration runs. This is the whole file:")}).join(u'\n'),
        QString::fromUtf8(change->after), tr("Write"),
        [this, project = *m_desk.project, agreed = *change, name] {
            const auto written = project::writeSum(project, agreed);
            if (written)
                m_desk.ask->tell(kit::AskBar::Tone::Info, tr("%1 fits the files.").arg(name));
            else
                m_desk.ask->tell(kit::AskBar::Tone::Danger, written.error().message, written.error().hint);
            m_desk.reload();
        });
}

void Repairs::findOtherLedgers()
{
    if (m_desk.busy || !m_desk.status || !m_desk.project)
        return;
    m_desk.ask->dismiss();
    m_desk.confirm->dismiss();
    m_desk.begin(tr("Looking for other ledgers…"));
    m_desk.work = m_desk.session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_desk.project](drivers::Connection& connection, const runtime::StopToken&) {
            return apply::otherLedgers(connection, project);
        },
        [this](const Result<QList<apply::OtherLedger>>& found) {
            m_desk.end();
            if (!found)
                m_desk.ask->tell(kit::AskBar::Tone::Danger, found.error().message, found.error().hint);
            else
                chooseLedger(*found);
        });
}

void Repairs::chooseLedger(const QList<apply::OtherLedger>& found)
{
    if (found.isEmpty() || !m_desk.status) {
        const QString tool = m_desk.status ? project::toolTitle(m_desk.status->project) : QString();
        m_desk.ask->tell(kit::AskBar::Tone::Info, tr("No other tool's ledger is in this database."),
                         tr("A ledger of %1 can be begun with Baseline.").arg(tool));
        return;
    }
    if (found.size() == 1) {
        convert(found.first().tool, false);
        return;
    }
    Q_EMIT choiceWanted(found);
}

void Repairs::convert(const QString& tool, bool ignoreUnmatched)
{
    if (!m_desk.project)
        return;
    const apply::ConvertRequest request{.fromTool = tool, .ignoreUnmatched = ignoreUnmatched};
    m_unmatchedFrom = ignoreUnmatched ? QString() : tool;
    workOut([project = *m_desk.project, request](drivers::Connection& connection) {
        return apply::planConvert(connection, project, request);
    });
}

}  // namespace dewpoint::migrate
