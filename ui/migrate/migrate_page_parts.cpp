// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the migrations page is put together; what it does is in migrate_page.cpp.
#include "kit/ask_bar.h"
#include "kit/tool_row.h"
#include "migrate/creations.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/new_migration.h"
#include "migrate/output_panel.h"
#include "migrate/page_parts.h"
#include "migrate/rehearsals.h"
#include "migrate/repair_panel.h"
#include "migrate/repairs.h"
#include "migrate/reviews.h"
#include "migrate/risks.h"
#include "migrate/squash_panel.h"
#include "migrate/squashes.h"
#include "migrate/ways_back.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

QWidget* MigratePage::buildReady()
{
    auto* page = new QWidget(this);
    m_desk.ask = new kit::AskBar(page);
    connect(m_desk.ask, &kit::AskBar::dismissed, this, [this] { m_asked = false; });
    m_new = new NewMigration(m_desk.session.target().engine, page);
    m_desk.confirm = new RepairPanel(m_desk.session.target().engine, page);
    auto* squash = new SquashPanel(page);
    m_desk.list = new MigrationList(page);
    m_desk.preview = new MigrationPreview(m_desk.session.target().engine, page);
    connectParts(squash);
    auto* splitter = new QSplitter(Qt::Horizontal, page);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_desk.list);
    splitter->addWidget(m_desk.preview);
    // All of the list's columns in a window of usual width.
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({5 * theme::space::messageWidth, 3 * theme::space::messageWidth});
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new kit::ToolRow(buildActions(), page));
    column->addWidget(m_new);
    column->addWidget(squash);
    column->addWidget(m_desk.ask);
    column->addWidget(m_desk.confirm);
    column->addWidget(splitter, 1);
    m_output = new OutputPanel(page);
    connect(m_output, &OutputPanel::stopRequested, this, &MigratePage::cancel);
    column->addWidget(m_output);
    return page;
}

void MigratePage::connectParts(SquashPanel* squash)
{
    m_repairs = new Repairs(m_desk, this);
    connect(m_repairs, &Repairs::ledgerRequested, this, &MigratePage::tableRequested);
    connect(m_repairs, &Repairs::choiceWanted, this, &MigratePage::chooseLedger);
    connect(m_repairs, &Repairs::repaired, this, [this](const QString& title, const QString& copy) {
        tellWithCopy(title,
                     copy.isEmpty() ? QString() : tr("A copy of the database from before is in %1").arg(copy),
                     false, copy);
        Q_EMIT statusText(title);
        databaseChanged();
    });
    connect(m_repairs, &Repairs::failed, this, &MigratePage::databaseChanged);
    m_creations = new Creations(m_desk, m_new, m_repairs, this);
    connect(m_new, &NewMigration::edited, this, &MigratePage::edited);
    connect(m_creations, &Creations::codeWanted, this, &MigratePage::createByCode);
    connect(m_creations, &Creations::migrationMade, this,
            [this](const QString& version) { m_toReveal = version; });
    connect(m_creations, &Creations::runWanted, this,
            [this](const QString& version) { propose(apply::Action::Run, apply::Scope::to(version)); });
    connect(m_creations, &Creations::waitingChanged, this, &MigratePage::renderEmpty);
    m_squashes = new Squashes(m_desk, squash, this);
    connect(m_squashes, &Squashes::begun, this, [this] {
        m_new->hide();
        m_desk.confirm->dismiss();
    });
    connect(m_squashes, &Squashes::squashed, this, [this](const QString& version) { m_toReveal = version; });
    m_rehearsals = new Rehearsals(m_desk, this);
    connect(m_rehearsals, &Rehearsals::staged, this, [this](const QString& text, int index, int total) {
        m_progressText->setText(text);
        m_progress->setMaximum(total);
        m_progress->setValue(index);
    });
    connect(m_rehearsals, &Rehearsals::rehearsed, this, &MigratePage::statusText);
    connect(m_rehearsals, &Rehearsals::demandChanged, this, &MigratePage::refreshButtons);
    m_waysBack = new WaysBack(m_desk, this);
    m_risks = new Risks(m_desk, this);
    m_reviews = new Reviews(m_desk, *m_risks, this);
    connect(m_reviews, &Reviews::oneRequested, this, &MigratePage::showSelected);
    connect(m_risks, &Risks::checkRequested, this, &MigratePage::showSelected);
    connect(m_risks, &Risks::rowsRequested, this, &MigratePage::rowsRequested);
}

QWidget* MigratePage::buildActions()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(u"migrateToolBar"_s);
    bar->setFixedHeight(theme::space::toolBarHeight);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::m, 0);
    row->setSpacing(theme::space::xs);
    m_buttons.add(row, u"migrate.run"_s, u"media-playback-start"_s, tr("Run next"));
    m_buttons.add(row, u"migrate.runTo"_s, u"go-next-skip"_s, tr("Run to here"));
    m_buttons.add(row, u"migrate.runAll"_s, u"media-seek-forward"_s, tr("Run all"));
    for (QToolButton* tool : bar->findChildren<QToolButton*>())
        tool->setProperty(kit::ToolRow::keepsText, true);
    m_buttons.add(row, u"migrate.rehearse"_s, u"view-preview"_s, tr("Rehearse"));
    m_buttons.add(row, u"migrate.revert"_s, u"edit-undo"_s, tr("Revert last"));
    m_buttons.add(row, u"migrate.revertTo"_s, u"go-first"_s, tr("Revert to here"));
    m_buttons.add(row, u"migrate.redo"_s, u"edit-redo"_s, tr("Redo"));
    m_buttons.add(row, u"migrate.new"_s, u"document-new"_s, tr("New…"));
    row->addWidget(buildRepairButton());
    row->addWidget(buildDriftButton());
    m_buttons.add(row, u"migrate.history"_s, u"chronometer"_s, tr("Time machine"));
    m_buttons.add(row, u"migrate.rehearseRevert"_s, u"document-revert"_s, tr("Rehearse revert"));
    m_buttons.add(row, u"migrate.code"_s, u"code-context"_s, tr("Project's code…"));
    m_buttons.add(row, u"migrate.refresh"_s, u"view-refresh"_s, QString());
    const ProgressParts progress = addProgress(row, bar, u"migrate"_s, tr("Progress of the migrations"));
    m_progressText = progress.text;
    m_progress = progress.bar;
    m_buttons.add(row, u"migrate.cancel"_s, u"process-stop"_s, tr("Cancel"));
    end();
    return bar;
}

QToolButton* MigratePage::buildDriftButton()
{
    m_drift = new QToolButton(this);
    m_drift->setObjectName(u"migrate.drift"_s);
    m_drift->setIcon(theme::icon(u"vcs-diff"_s));
    m_drift->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_drift->setAutoRaise(true);
    connect(m_drift, &QToolButton::clicked, this, &MigratePage::driftRequested);
    connect(&theme::Watch::instance(), &theme::Watch::changed, m_drift,
            [this] { m_drift->setIcon(theme::icon(u"vcs-diff"_s)); });
    setDrift({});
    return m_drift;
}

void MigratePage::setDrift(std::optional<int> count)
{
    const int differences = count.value_or(0);
    m_drift->setText(differences > 0 ? tr("≠ Drift (%1)").arg(differences)
                     : count         ? tr("✓ No drift")
                                     : tr("Drift"));
    m_drift->setToolTip(tr("Compare the database with what its migrations make"));
}

/// What was asked before was about how things stood then.
void MigratePage::begin(const QString& text)
{
    m_desk.ask->dismiss();
    m_asked = false;
    m_desk.confirm->dismiss();
    m_desk.busy = true;
    showProgress(text);
}

void MigratePage::end()
{
    m_desk.busy = false;
    showProgress({});
    if (auto next = std::exchange(m_nextProject, std::nullopt))
        QMetaObject::invokeMethod(
            this, [this, project = *next] { setProject(project); }, Qt::QueuedConnection);
    else if (std::exchange(m_filesChanged, false))
        m_settle.start();
}

void MigratePage::showProgress(const QString& text)
{
    m_desk.changing = false;
    m_progress->setRange(0, 0);
    m_progress->setVisible(m_desk.busy);
    m_progressText->setText(text);
    refreshButtons();
}

void MigratePage::refreshButtons()
{
    if (!m_desk.list)
        return;
    m_buttons.refresh();
    m_buttons.setVisible(u"migrate.cancel"_s, m_desk.busy);
    m_buttons.setVisible(u"migrate.code"_s, runsCode());
    const int pending = m_desk.status ? m_desk.status->pendingCount() : 0;
    m_buttons.setText(u"migrate.runAll"_s, pending > 0 ? tr("Run all (%1)").arg(pending) : tr("Run all"));
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
          {u"migrate.openFile"_s, u"-"_s, u"migrate.runTo"_s, u"migrate.rehearseTo"_s, u"migrate.revertTo"_s,
           u"migrate.rehearseRevertTo"_s, u"migrate.writeDown"_s, u"migrate.squash"_s, u"migrate.unsquash"_s,
           u"migrate.review"_s, u"migrate.history"_s, u"-"_s, u"migrate.markApplied"_s,
           u"migrate.markPending"_s, u"migrate.accept"_s, u"-"_s, u"migrate.baseline"_s, u"-"_s,
           u"migrate.ledger"_s},
          place);
}

void MigratePage::chooseLedger(const QList<apply::OtherLedger>& found)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(u"ledgerMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const apply::OtherLedger& ledger : found) {
        QAction* action =
            menu->addAction(tr("%1: %2, %3 applied").arg(ledger.title, ledger.table).arg(ledger.applied));
        connect(action, &QAction::triggered, m_repairs,
                [this, tool = ledger.tool] { m_repairs->convertFrom(tool); });
    }
    const auto* button = findChild<QToolButton*>(u"migrate.repair"_s);
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

}  // namespace dewpoint::migrate
