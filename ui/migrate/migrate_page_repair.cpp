// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// Putting the ledger right by hand: the actions, their questions and what comes of them.
#include "apply/backup.h"
#include "apply/convert.h"
#include "kit/ask_bar.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/repair_panel.h"
#include "migrate/repair_texts.h"
#include "project/format.h"
#include "project/sums.h"
#include "theme/theme.h"

#include <QFileInfo>
#include <QMenu>
#include <QToolButton>

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

}  // namespace

QList<kit::Command> MigratePage::repairCommands()
{
    const auto can = [this](bool applied, auto fits) {
        return [this, applied, fits] {
            const apply::MigrationState* selected = m_list->selected();
            return canRepair() && selected && fits(*selected)
                   && (!applied || selected->isApplied() || isBroken(*selected));
        };
    };
    const auto any = [this](apply::State state) {
        return std::ranges::contains(m_status->migrations, state, &apply::MigrationState::state);
    };
    const auto has = [this]() -> const project::RepairFormat& {
        return project::formatOf(m_status->project).ledger.repair;
    };
    const auto one = [this](RepairKind kind) {
        return [this, kind] { repair({.kind = kind, .versions = {selectedVersion()}}); };
    };
    const auto all = [this](RepairKind kind) {
        return [this, kind] { repair({.kind = kind, .all = true}); };
    };
    const auto isEdited = [has](const apply::MigrationState& each) {
        return has().accept && each.state == apply::State::Modified;
    };
    const auto hasFile = [](const apply::MigrationState& each) {
        return !each.isApplied() && !each.migration.folder.isEmpty();
    };
    const auto isAny = [](const apply::MigrationState&) { return true; };
    const auto command = [](const QString& id, const QString& title, auto enabledWhen, auto run) {
        return kit::Command{.id = id, .title = title, .shortcut = {}, .enabledWhen = enabledWhen, .run = run};
    };
    return {command(u"migrate.markApplied"_s, tr("Mark the selected migration as applied…"),
                    can(false, hasFile), one(RepairKind::MarkApplied)),
            command(u"migrate.markPending"_s, tr("Mark the selected migration as not applied…"),
                    can(true, isAny), one(RepairKind::MarkPending)),
            command(u"migrate.accept"_s, tr("Accept the selected migration's edited file…"),
                    can(true, isEdited), one(RepairKind::AcceptFile)),
            command(
                u"migrate.acceptAll"_s, tr("Accept all edited files…"),
                [=, this] { return canRepair() && has().accept && any(apply::State::Modified); },
                all(RepairKind::AcceptFile)),
            command(
                u"migrate.clearFailed"_s, tr("Clear what failed…"),
                [=, this] {
                    return canRepair() && has().clear && std::ranges::any_of(m_status->migrations, isBroken);
                },
                all(RepairKind::ClearFailed)),
            command(
                u"migrate.baseline"_s,
                tr("Baseline: everything up to the selected migration is there already…"),
                [=, this] { return canRepair() && m_status->appliedCount() == 0 && m_list->selected(); },
                one(RepairKind::Baseline)),
            command(
                u"migrate.hash"_s, tr("Sum up the files anew…"),
                [this] { return !m_busy && m_project && project::formatOf(*m_project).rehash; },
                [this] { sumUp(); }),
            command(
                u"migrate.convert"_s, tr("Take over another tool's ledger…"), [this] { return canRepair(); },
                [this] { findOtherLedgers(); }),
            command(
                u"migrate.ledger"_s, tr("Show the ledger table"),
                [this] { return m_status && m_status->ledgerExists; },
                [this] { Q_EMIT tableRequested(m_status->ledger); })};
}

bool MigratePage::canRepair() const
{
    return m_session.target().guard != drivers::Guard::ReadOnly && !m_busy && m_status
           && project::formatOf(m_status->project).ledger.repair.mark;
}

void MigratePage::popUp(const QString& name, const QStringList& ids, const QPoint& place)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(name);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<kit::Command> all = commands();
    for (const QString& id : ids) {
        const auto command = std::ranges::find(all, id, &kit::Command::id);
        if (command == all.end()) {
            menu->addSeparator();
            continue;
        }
        QAction* action = menu->addAction(command->title);
        action->setObjectName(id);
        action->setEnabled(command->isEnabled());
        connect(action, &QAction::triggered, this, command->run);
    }
    menu->popup(place);
}

// The button's own menu would wait in an event loop of its own.
QToolButton* MigratePage::buildRepairButton()
{
    auto* tool = new QToolButton(this);
    tool->setObjectName(u"migrate.repair"_s);
    tool->setText(tr("Repair") + u" ▾"_s);
    tool->setAccessibleName(tr("Repair the ledger"));
    tool->setIcon(theme::icon(u"configure"_s));
    tool->setToolTip(tr("Put the ledger right without running anything"));
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tool->setAutoRaise(true);
    connect(tool, &QToolButton::clicked, this, [this, tool] {
        popUp(u"repairMenu"_s,
              {u"migrate.markApplied"_s, u"migrate.markPending"_s, u"-"_s, u"migrate.accept"_s,
               u"migrate.acceptAll"_s, u"migrate.clearFailed"_s, u"migrate.hash"_s, u"-"_s,
               u"migrate.baseline"_s, u"migrate.convert"_s, u"-"_s, u"migrate.ledger"_s, u"migrate.tool"_s,
               u"migrate.forgetAnswers"_s},
              tool->mapToGlobal(QPoint(0, tool->height())));
    });
    connect(&theme::Watch::instance(), &theme::Watch::changed, tool,
            [tool] { tool->setIcon(theme::icon(u"configure"_s)); });
    return tool;
}

void MigratePage::openMenu(const QPoint& place)
{
    popUp(u"migrationMenu"_s,
          {u"migrate.runTo"_s, u"migrate.rehearseTo"_s, u"migrate.revertTo"_s, u"migrate.rehearseRevertTo"_s,
           u"migrate.writeDown"_s, u"migrate.squash"_s, u"migrate.unsquash"_s, u"migrate.review"_s,
           u"migrate.history"_s, u"-"_s, u"migrate.markApplied"_s, u"migrate.markPending"_s,
           u"migrate.accept"_s, u"-"_s, u"migrate.baseline"_s, u"-"_s, u"migrate.ledger"_s},
          place);
}

void MigratePage::repair(const apply::RepairRequest& request)
{
    if (!m_project)
        return;
    workOut([project = *m_project, request](drivers::Connection& connection) {
        return apply::planRepair(connection, project, request);
    });
}

void MigratePage::workOut(std::function<Result<apply::Repair>(drivers::Connection&)> plan)
{
    if (m_busy || !m_status)
        return;
    m_ask->dismiss();
    m_repair->dismiss();
    setBusy(true, tr("Working out what will be sent…"));
    m_actionJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [plan = std::move(plan)](drivers::Connection& connection, const runtime::StopToken&) {
            return plan(connection);
        },
        [this](const Result<apply::Repair>& worked) { askRepair(worked); });
}

void MigratePage::askRepair(const Result<apply::Repair>& worked)
{
    setBusy(false);
    m_list->setFocus();
    const QString unmatched = std::exchange(m_unmatchedFrom, {});
    if (!worked) {
        const Error& error = worked.error();
        if (error.kind == ErrorKind::NotFound && !unmatched.isEmpty())
            m_ask->tell(kit::AskBar::Tone::Warning, error.message, error.hint, tr("Go on without them"),
                        [this, unmatched] { convertFrom(unmatched, true); });
        else if (error.kind != ErrorKind::Cancelled)
            m_ask->tell(kit::AskBar::Tone::Danger, error.message, error.hint);
        return;
    }
    if (worked->statements.isEmpty() || !m_status) {
        m_ask->tell(kit::AskBar::Tone::Info, tr("There is nothing to repair."));
        return;
    }
    m_repair->ask(texts::repairQuestion(*worked, m_status->ledger), texts::repairDetail(*worked),
                  ledger::displayed(worked->statements, m_status->engine), texts::repairAccept(*worked),
                  [this, agreed = *worked] { carryOut(agreed); });
}

void MigratePage::carryOut(const apply::Repair& agreed)
{
    if (!m_project)
        return;
    setBusy(true, tr("Changing the ledger…"));
    m_changing = true;
    m_actionJob = m_session.run(
        runtime::Session::Lane::Main, this,
        [project = *m_project, agreed](drivers::Connection& connection,
                                       const runtime::StopToken&) -> Result<QString> {
            auto copy = apply::backUp(connection);
            if (!copy)
                return copy;
            if (auto done = apply::carryOut(connection, project, agreed); !done)
                return fail(done.error());
            return copy;
        },
        [this, agreed](const Result<QString>& copy) {
            setBusy(false);
            m_list->setFocus();
            if (!copy) {
                m_ask->tell(kit::AskBar::Tone::Danger,
                            tr("The ledger was not changed: %1").arg(copy.error().message),
                            copy.error().detail + copy.error().hint);
            } else {
                const QString before = copy->isEmpty()
                                           ? QString()
                                           : tr("A copy of the database from before is in %1").arg(*copy);
                tellWithCopy(texts::repairDone(agreed), before, false, *copy);
                Q_EMIT statusText(texts::repairDone(agreed));
            }
            m_failure.reset();
            m_list->setFailed({});
            Q_EMIT schemaMayHaveChanged();
            m_resumes = true;
            reload();
        });
}

// A few small files: not worth a lane.
void MigratePage::sumUp()
{
    if (m_busy || !m_project)
        return;
    m_ask->dismiss();
    const auto change = project::sumChange(*m_project);
    if (!change)
        return m_ask->tell(kit::AskBar::Tone::Danger, change.error().message, change.error().hint);
    if (change->before == change->after)
        return m_ask->tell(kit::AskBar::Tone::Info, tr("There is nothing to repair."));
    const QString name = QFileInfo(change->path).fileName();
    m_repair->ask(
        tr("Write %1 anew?").arg(name),
        (change->changes + QStringList{tr("No migration runs. This is the whole file:")}).join(u'\n'),
        QString::fromUtf8(change->after), tr("Write"), [this, project = *m_project, agreed = *change, name] {
            const auto written = project::writeSum(project, agreed);
            if (written)
                m_ask->tell(kit::AskBar::Tone::Info, tr("%1 fits the files.").arg(name));
            else
                m_ask->tell(kit::AskBar::Tone::Danger, written.error().message, written.error().hint);
            reload();
        });
}

void MigratePage::findOtherLedgers()
{
    if (m_busy || !m_status || !m_project)
        return;
    m_ask->dismiss();
    m_repair->dismiss();
    setBusy(true, tr("Looking for other ledgers…"));
    m_actionJob = m_session.run(
        runtime::Session::Lane::Read, this,
        [project = *m_project](drivers::Connection& connection, const runtime::StopToken&) {
            return apply::otherLedgers(connection, project);
        },
        [this](const Result<QList<apply::OtherLedger>>& found) {
            setBusy(false);
            if (!found)
                m_ask->tell(kit::AskBar::Tone::Danger, found.error().message, found.error().hint);
            else
                chooseLedger(*found);
        });
}

void MigratePage::chooseLedger(const QList<apply::OtherLedger>& found)
{
    if (found.isEmpty() || !m_status) {
        const QString tool = m_status ? project::toolTitle(m_status->project) : QString();
        m_ask->tell(kit::AskBar::Tone::Info, tr("No other tool's ledger is in this database."),
                    tr("A ledger of %1 can be begun with Baseline.").arg(tool));
        return;
    }
    if (found.size() == 1) {
        convertFrom(found.first().tool, false);
        return;
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(u"ledgerMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const apply::OtherLedger& ledger : found) {
        QAction* action =
            menu->addAction(tr("%1: %2, %3 applied").arg(ledger.title, ledger.table).arg(ledger.applied));
        connect(action, &QAction::triggered, this, [this, tool = ledger.tool] { convertFrom(tool, false); });
    }
    const auto* button = findChild<QToolButton*>(u"migrate.repair"_s);
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void MigratePage::convertFrom(const QString& tool, bool ignoreUnmatched)
{
    if (!m_project)
        return;
    const apply::ConvertRequest request{.fromTool = tool, .ignoreUnmatched = ignoreUnmatched};
    m_unmatchedFrom = ignoreUnmatched ? QString() : tool;
    workOut([project = *m_project, request](drivers::Connection& connection) {
        return apply::planConvert(connection, project, request);
    });
}

}  // namespace dewpoint::migrate
