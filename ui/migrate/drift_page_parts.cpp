// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
// How the drift tab is put together; what it does is in drift_page.cpp.
#include "kit/ask_bar.h"
#include "kit/tool_row.h"
#include "migrate/drift_page.h"
#include "migrate/repair_panel.h"
#include "migrate/script_view.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

namespace {

QLabel* wrapped(QWidget* parent, const QString& name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

DriftPage::DriftPage(runtime::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new DriftModel(this))
    , m_ask(new kit::AskBar(this))
    , m_confirm(new RepairPanel(session.target().engine, this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"driftPage"_s);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildList());
    splitter->addWidget(buildDetails());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    m_stack->addWidget(buildMessage());
    m_stack->addWidget(splitter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(new kit::ToolRow(buildActions(), this));
    column->addWidget(m_ask);
    column->addWidget(m_confirm);
    column->addWidget(m_stack, 1);
    setFocusPolicy(Qt::StrongFocus);  // the list takes the focus over when it is there
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DriftPage::showChosen);
    connect(m_shown, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_model->setShown(index == 0 ? DriftModel::Shown::Open : DriftModel::Shown::Ignored);
        refill();
        showChosen();
    });
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
    addButton(row, u"drift.adopt"_s, u"document-new"_s, tr("Adopt…"));
    addButton(row, u"drift.undo"_s, u"edit-undo"_s, tr("Undo in the database…"));
    addButton(row, u"drift.ignore"_s, u"view-hidden"_s, tr("Ignore"));
    addButton(row, u"drift.heed"_s, u"view-visible"_s, tr("Heed again"));
    addButton(row, u"drift.check"_s, u"view-refresh"_s, tr("Compare again"));
    row->addStretch(1);
    m_progressText = new QLabel(bar);
    m_progressText->setObjectName(u"driftProgressText"_s);
    m_progressText->setFont(theme::smallFont());
    m_progressText->setMinimumWidth(1);
    m_progress = new QProgressBar(bar);
    m_progress->setObjectName(u"driftProgress"_s);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(theme::space::xxl * 2);
    row->addWidget(m_progressText);
    row->addWidget(m_progress);
    addButton(row, u"drift.cancel"_s, u"process-stop"_s, tr("Stop"));
    return bar;
}

void DriftPage::addButton(QLayout* row, const QString& id, const QString& icon, const QString& label)
{
    auto* tool = new QToolButton(this);
    tool->setObjectName(id);
    tool->setText(label);
    tool->setIcon(theme::icon(icon));
    tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
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

QWidget* DriftPage::buildList()
{
    auto* side = new QWidget(this);
    m_title = wrapped(side, u"driftTitle"_s);
    QFont bold = theme::textFont();
    bold.setBold(true);
    m_title->setFont(bold);
    m_notes = wrapped(side, u"driftNotes"_s);
    m_notes->setFont(theme::smallFont());
    m_notes->setProperty("role", u"consequence"_s);
    m_shown = new QComboBox(side);
    m_shown->setObjectName(u"driftShown"_s);
    m_shown->setAccessibleName(tr("Which differences"));
    m_shown->addItems({tr("Differences"), tr("Ignored")});
    m_table = new QTableView(side);
    m_table->setObjectName(u"driftTable"_s);
    m_table->setAccessibleName(tr("Differences between the database and its migrations"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->verticalHeader()->setMinimumSectionSize(theme::space::rowHeight);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(DriftModel::Kind, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(DriftModel::Text, QHeaderView::Stretch);
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
    auto* side = new QWidget(this);
    m_detail = wrapped(side, u"driftDetail"_s);
    const auto script = [this, side](const QString& name, const QString& title, QVBoxLayout* column) {
        auto* view = new ScriptView(m_session.target().engine, side);
        view->setObjectName(name);
        view->setAccessibleName(title);
        auto* label = new QLabel(title, side);
        label->setProperty("role", u"muted"_s);
        label->setBuddy(view);
        label->setContentsMargins(theme::space::l, theme::space::s, theme::space::l, theme::space::xs);
        column->addWidget(label);
        column->addWidget(view, 1);
        return view;
    };
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    m_detail->setContentsMargins(theme::space::l, theme::space::m, theme::space::l, theme::space::s);
    column->addWidget(m_detail);
    m_adopt = script(u"driftAdopt"_s, tr("Adopt: a migration would do this"), column);
    m_undo = script(u"driftUndo"_s, tr("Undo: this would be done in the database"), column);
    return side;
}

QWidget* DriftPage::buildMessage()
{
    auto* page = new QWidget(this);
    m_message = wrapped(page, u"driftMessage"_s);
    m_message->setAlignment(Qt::AlignCenter);
    const auto button = [page](const QString& name, const QString& text) {
        auto* made = new QToolButton(page);
        made->setObjectName(name);
        made->setText(text);
        return made;
    };
    m_again = button(u"driftAgain"_s, tr("Compare again"));
    connect(m_again, &QToolButton::clicked, this, &DriftPage::check);
    m_migrations = button(u"driftMigrations"_s, tr("Open the migrations"));
    connect(m_migrations, &QToolButton::clicked, this, &DriftPage::migrationsRequested);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::space::s);
    buttons->addStretch(1);
    buttons->addWidget(m_again);
    buttons->addWidget(m_migrations);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme::space::xxl, theme::space::xxl, theme::space::xxl, theme::space::xxl);
    column->setSpacing(theme::space::l);
    column->addStretch(1);
    column->addWidget(m_message);
    column->addLayout(buttons);
    column->addStretch(2);
    return page;
}

}  // namespace dewpoint::migrate
