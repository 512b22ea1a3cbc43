// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the migrations page is put together; what it does is in migrate_page.cpp.
#include "kit/ask_bar.h"
#include "kit/tool_row.h"
#include "migrate/migrate_page.h"
#include "migrate/migration_list.h"
#include "migrate/migration_preview.h"
#include "migrate/new_migration.h"
#include "migrate/output_panel.h"
#include "migrate/repair_panel.h"
#include "migrate/squash_panel.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
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
    m_ask = new kit::AskBar(page);
    m_new = buildNew(page);
    m_repair = new RepairPanel(m_session.target().engine, page);
    m_squash = new SquashPanel(page);
    connect(m_squash, &SquashPanel::wanted, this, [this] {
        reviewSquash(
            {.from = m_squash->from(), .to = m_squash->to(), .name = m_squash->name(), .answers = {}});
    });
    m_list = new MigrationList(page);
    m_preview = new MigrationPreview(m_session.target().engine, page);
    auto* splitter = new QSplitter(Qt::Horizontal, page);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new kit::ToolRow(buildActions(), page));
    column->addWidget(m_new);
    column->addWidget(m_squash);
    column->addWidget(m_ask);
    column->addWidget(m_repair);
    column->addWidget(splitter, 1);
    m_output = new OutputPanel(page);
    connect(m_output, &OutputPanel::stopRequested, this, &MigratePage::cancel);
    column->addWidget(m_output);
    return page;
}

QWidget* MigratePage::buildActions()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(u"migrateToolBar"_s);
    bar->setFixedHeight(theme::space::toolBarHeight);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::m, 0);
    row->setSpacing(theme::space::xs);
    addButton(row, u"migrate.run"_s, u"media-playback-start"_s, tr("Run next"));
    addButton(row, u"migrate.runTo"_s, u"go-next-skip"_s, tr("Run to here"));
    addButton(row, u"migrate.runAll"_s, u"media-seek-forward"_s, tr("Run all"));
    for (const auto& [id, tool] : std::as_const(m_buttons))
        tool->setProperty(kit::ToolRow::keepsText, true);
    addButton(row, u"migrate.rehearse"_s, u"view-preview"_s, tr("Rehearse"));
    addButton(row, u"migrate.revert"_s, u"edit-undo"_s, tr("Revert last"));
    addButton(row, u"migrate.revertTo"_s, u"go-first"_s, tr("Revert to here"));
    addButton(row, u"migrate.rehearseRevert"_s, u"document-revert"_s, tr("Rehearse revert"));
    addButton(row, u"migrate.redo"_s, u"edit-redo"_s, tr("Redo"));
    addButton(row, u"migrate.new"_s, u"document-new"_s, tr("New…"));
    row->addWidget(buildRepairButton());
    row->addWidget(buildDriftButton());
    addButton(row, u"migrate.history"_s, u"chronometer"_s, tr("Time machine"));
    addButton(row, u"migrate.code"_s, u"system-run"_s, tr("Project's code…"));
    addButton(row, u"migrate.refresh"_s, u"view-refresh"_s, QString());
    row->addStretch(1);
    m_progressText = new QLabel(bar);
    m_progressText->setFont(theme::smallFont());
    m_progress = new QProgressBar(bar);
    m_progress->setObjectName(u"migrateProgress"_s);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(theme::space::xxl * 3);
    row->addWidget(m_progressText);
    row->addWidget(m_progress);
    addButton(row, u"migrate.cancel"_s, u"process-stop"_s, tr("Cancel"));
    setBusy(false);
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

void MigratePage::addButton(QLayout* row, const QString& id, const QString& icon, const QString& label)
{
    auto* tool = new QToolButton(this);
    tool->setObjectName(id);
    tool->setText(label);
    tool->setIcon(theme::icon(icon));
    tool->setToolButtonStyle(label.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    tool->setAutoRaise(true);
    connect(tool, &QToolButton::clicked, this, [this, id] {
        const QList<kit::Command> all = commands();
        std::ranges::find(all, id, &kit::Command::id)->run();
    });
    connect(&theme::Watch::instance(), &theme::Watch::changed, tool,
            [tool, icon] { tool->setIcon(theme::icon(icon)); });
    row->addWidget(tool);
    m_buttons.append({id, tool});
}

void MigratePage::setBusy(bool busy, const QString& text)
{
    m_busy = busy;
    m_changing = false;
    m_progress->setRange(0, 0);
    m_progress->setVisible(busy);
    m_progressText->setText(text);
    refreshButtons();
}

void MigratePage::refreshButtons()
{
    if (!m_list)
        return;
    const QList<kit::Command> all = commands();
    for (const auto& [id, tool] : std::as_const(m_buttons)) {
        const auto command = std::ranges::find(all, id, &kit::Command::id);
        tool->setEnabled(command->isEnabled());
        tool->setToolTip(
            command->shortcut.isEmpty()
                ? command->title
                : u"%1 (%2)"_s.arg(command->title, command->shortcut.toString(QKeySequence::NativeText)));
        if (tool->text().isEmpty())
            tool->setAccessibleName(command->title);
        if (id == u"migrate.cancel")
            tool->setVisible(m_busy);
        if (id == u"migrate.code")
            tool->setVisible(runsCode());
        if (id == u"migrate.runAll")
            tool->setText(m_status && m_status->pendingCount() > 0
                              ? tr("Run all (%1)").arg(m_status->pendingCount())
                              : tr("Run all"));
    }
}

}  // namespace dewpoint::migrate
