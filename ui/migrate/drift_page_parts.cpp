// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the drift tab is put together; what it does is in drift_page.cpp.
#include "kit/announce.h"
#include "kit/ask_bar.h"
#include "kit/tool_row.h"
#include "migrate/drift_page.h"
#include "migrate/page_parts.h"
#include "migrate/repair_panel.h"
#include "migrate/script_view.h"
#include "rehearsal/rehearsal_view.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

DriftPage::DriftPage(runtime::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_rehearsals(new rehearsal::RehearsalRun(session, this))
    , m_model(new DriftModel(this))
    , m_ask(new kit::AskBar(this))
    , m_confirm(new RepairPanel(session.target().engine, this))
    , m_stack(new QStackedWidget(this))
    , m_buttons(this, [this] { return commands(); })
{
    setObjectName(u"driftPage"_s);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildList());
    splitter->addWidget(buildDetails());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({theme::space::messageWidth, theme::space::paletteWidth});
    m_stack->addWidget(buildMessage());
    m_stack->addWidget(splitter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(new kit::ToolRow(buildActions(), this));
    column->addWidget(m_ask);
    column->addWidget(m_confirm);
    column->addWidget(m_stack, 1);
    setFocusPolicy(Qt::ClickFocus);  // the list takes the focus over when it is there
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DriftPage::showChosen);
    connect(m_shown, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_model->setShown(index == 0 ? DriftModel::Shown::Open : DriftModel::Shown::Ignored);
        refill();
        showChosen();
    });
    connect(m_rehearsals, &rehearsal::RehearsalRun::staged, this,
            [this](const QString& text, int index, int total) {
                m_progressText->setText(text);
                m_progress->setMaximum(total);
                m_progress->setValue(index);
            });
    connect(m_rehearsals, &rehearsal::RehearsalRun::finished, this, &DriftPage::rehearsed);
    connect(m_ask, &kit::AskBar::dismissed, m_table, qOverload<>(&QWidget::setFocus));
    setBusy(false);
    render();
}

QWidget* DriftPage::buildActions()
{
    auto* bar = new QWidget(this);
    bar->setObjectName(u"driftToolBar"_s);
    bar->setFixedHeight(theme::space::toolBarHeight);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(theme::space::s, 0, theme::space::m, 0);
    row->setSpacing(theme::space::xs);
    m_buttons.add(row, u"drift.adopt"_s, u"document-new"_s, tr("Adopt…"));
    m_buttons.add(row, u"drift.undo"_s, u"edit-undo"_s, tr("Undo in the database…"));
    m_buttons.add(row, u"drift.rehearse"_s, u"view-preview"_s, tr("Rehearse"));
    m_buttons.add(row, u"drift.ignore"_s, u"view-hidden"_s, tr("Ignore"));
    m_buttons.add(row, u"drift.heed"_s, u"view-visible"_s, tr("Heed again"));
    m_buttons.add(row, u"drift.check"_s, u"view-refresh"_s, tr("Compare again"));
    m_buttons.add(row, u"drift.privileges"_s, u"object-locked"_s, tr("Privileges"));
    const ProgressParts progress = addProgress(row, bar, u"drift"_s, tr("Comparing"));
    m_progressText = progress.text;
    m_progress = progress.bar;
    m_buttons.add(row, u"drift.cancel"_s, u"process-stop"_s, tr("Stop"));
    return bar;
}

QWidget* DriftPage::buildList()
{
    auto* side = new QWidget(this);
    m_title = wrappedLabel(side, u"driftTitle"_s);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_title->setFont(bold);
    m_notes = wrappedLabel(side, u"driftNotes"_s);
    m_notes->setFont(theme::smallFont());
    m_notes->setProperty("role", u"consequence"_s);
    kit::announceTexts(m_notes);
    m_shown = new QComboBox(side);
    m_shown->setObjectName(u"driftShown"_s);
    m_shown->setAccessibleName(tr("Which differences"));
    m_shown->addItems({tr("Differences"), tr("Ignored")});
    m_table = differenceTable(side, u"driftTable"_s,
                              tr("Differences between the database and its migrations"), m_model);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(theme::space::m, theme::space::s, theme::space::m, theme::space::s);
    head->setSpacing(theme::space::s);
    head->addWidget(m_title);
    head->addWidget(m_notes);
    head->addWidget(m_shown, 0, Qt::AlignLeft);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    return side;
}

QWidget* DriftPage::buildDetails()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"driftTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->setTabBarAutoHide(true);
    m_rehearsal = new rehearsal::RehearsalView(m_tabs);
    m_tabs->addTab(buildWays(), tr("What can be done"));
    m_tabs->addTab(m_rehearsal, tr("Rehearsal"));
    m_tabs->setTabVisible(1, false);
    return m_tabs;
}

QWidget* DriftPage::buildWays()
{
    auto* side = new QWidget(m_tabs);
    m_detail = wrappedLabel(side, u"driftDetail"_s);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    // Not as the labels' own margins: a style sheet takes those away.
    const auto addInset = [column](QLabel* label) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(theme::space::l, theme::space::s, theme::space::l, theme::space::xs);
        row->addWidget(label);
        column->addLayout(row);
    };
    const auto script = [&](const QString& name, const QString& title) {
        auto* view = new ScriptView(m_session.target().engine, side);
        view->setObjectName(name);
        view->setAccessibleName(title);
        auto* label = new QLabel(title, side);
        label->setProperty("role", u"muted"_s);
        label->setBuddy(view);
        addInset(label);
        column->addWidget(view, 1);
        return view;
    };
    addInset(m_detail);
    m_adopt = script(u"driftAdopt"_s, tr("Adopt: a migration would do this"));
    m_undo = script(u"driftUndo"_s, tr("Undo: this would be done in the database"));
    return side;
}

QWidget* DriftPage::buildMessage()
{
    m_message = wrappedLabel(this, u"driftMessage"_s);
    m_again = messageButton(this, u"driftAgain"_s, tr("Compare again"));
    connect(m_again, &QPushButton::clicked, this, &DriftPage::check);
    m_migrations = messageButton(this, u"driftMigrations"_s, tr("Open the migrations"));
    connect(m_migrations, &QPushButton::clicked, this, &DriftPage::migrationsRequested);
    return messagePage(this, m_message, {m_again, m_migrations});
}

}  // namespace dewpoint::migrate
