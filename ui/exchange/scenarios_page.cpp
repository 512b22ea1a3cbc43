// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/scenarios_page.h"

#include "cells/change_tree.h"
#include "exchange/progress_strip.h"
#include "kit/ask_bar.h"
#include "kit/time_text.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

ScenariosPage::ScenariosPage(runtime::Session& session, scenarios::Shelf shelf, QWidget* parent)
    : QWidget(parent)
    , m_shared(session)
    , m_session(session, runtime::OwnSession::Use::Write)
    , m_shelf(std::move(shelf))
    , m_ask(new kit::AskBar)
    , m_name(new QLineEdit)
    , m_save(new QPushButton(tr("&Keep the rows")))
    , m_list(new QTreeWidget)
    , m_title(new QLabel)
    , m_compare(new QPushButton(tr("What &changed")))
    , m_delete(new QPushButton(tr("Delete…")))
    , m_reset(new QPushButton(tr("&Reset to it…")))
    , m_tree(new cells::ChangeTree)
    , m_strip(new ProgressStrip)
{
    setObjectName(u"scenariosPage"_s);
    build();
    wire();
    reload();
    setFocusProxy(m_name);
}

ScenariosPage::~ScenariosPage() = default;

QWidget* ScenariosPage::makeHead()
{
    auto* title = new QLabel(tr("Scenarios"));
    title->setProperty("role", u"title"_s);
    auto* what = new QLabel(tr("All rows of the database as they are now, under a name, on this machine."));
    what->setProperty("role", u"muted"_s);
    what->setWordWrap(true);
    what->setMinimumWidth(1);
    m_name->setObjectName(u"scenarioName"_s);
    m_name->setPlaceholderText(tr("A name, as in “before the sale”"));
    m_name->setAccessibleName(tr("Name of the scenario"));
    m_name->setMaximumWidth(theme::space::sidebarWidth * 2);
    m_save->setObjectName(u"scenarioSave"_s);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::space::s);
    row->addWidget(m_name, 1);
    row->addWidget(m_save);
    row->addStretch(1);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(theme::space::l, theme::space::l, theme::space::l, theme::space::m);
    column->setSpacing(theme::space::m);
    column->addWidget(title);
    column->addWidget(what);
    column->addLayout(row);
    column->addWidget(m_strip);
    return head;
}

QWidget* ScenariosPage::makeList()
{
    m_list->setObjectName(u"scenarioList"_s);
    m_list->setAccessibleName(tr("Scenarios"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Name"), tr("Kept"), tr("Size")});
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->setMinimumWidth(theme::space::sidebarWidth);
    return m_list;
}

QWidget* ScenariosPage::makeChanges()
{
    m_title->setObjectName(u"scenarioTitle"_s);
    m_title->setProperty("role", u"heading"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumWidth(1);
    m_title->setWordWrap(true);
    m_compare->setObjectName(u"scenarioCompare"_s);
    m_delete->setObjectName(u"scenarioDelete"_s);
    m_reset->setObjectName(u"scenarioReset"_s);
    m_reset->setProperty("primary", true);
    m_tree->setObjectName(u"scenarioTree"_s);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(theme::space::m, theme::space::s, theme::space::s, theme::space::s);
    buttons->setSpacing(theme::space::s);
    buttons->addWidget(m_title, 1);
    for (QPushButton* button : {m_compare, m_delete, m_reset})
        buttons->addWidget(button, 0, Qt::AlignTop);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(buttons);
    column->addWidget(m_tree, 1);
    return side;
}

void ScenariosPage::build()
{
    auto* splitter = new QSplitter;
    splitter->addWidget(makeList());
    splitter->addWidget(makeChanges());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({theme::space::pageLeast, 2 * theme::space::pageLeast});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_ask);
    column->addWidget(makeHead());
    column->addWidget(splitter, 1);
}

void ScenariosPage::wire()
{
    connect(m_name, &QLineEdit::returnPressed, this, &ScenariosPage::save);
    connect(m_name, &QLineEdit::textChanged, this, &ScenariosPage::renderState);
    connect(m_save, &QPushButton::clicked, this, &ScenariosPage::save);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ScenariosPage::showChosen);
    connect(m_list, &QTreeWidget::itemActivated, this, &ScenariosPage::compare);
    connect(m_compare, &QPushButton::clicked, this, &ScenariosPage::compare);
    connect(m_reset, &QPushButton::clicked, this, &ScenariosPage::reset);
    connect(m_delete, &QPushButton::clicked, this, &ScenariosPage::remove);
    connect(m_strip, &ProgressStrip::cancelled, this, &ScenariosPage::cancel);
}

void ScenariosPage::reload(const QString& wanted)
{
    m_scenarios = m_shelf.scenarios();
    m_list->clear();
    for (const scenarios::Scenario& scenario : std::as_const(m_scenarios)) {
        auto* item = new QTreeWidgetItem(m_list, {scenario.name, kit::momentText(scenario.at),
                                                  QLocale().formattedDataSize(scenario.bytes)});
        item->setToolTip(0, scenario.name);
        if (scenario.name == wanted)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    showChosen();
}

const scenarios::Scenario* ScenariosPage::chosen() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row >= 0 && row < m_scenarios.size() ? &m_scenarios[row] : nullptr;
}

void ScenariosPage::showChosen()
{
    m_ask->retract();  // it was about another one
    m_changes.reset();
    m_tree->show({});
    const scenarios::Scenario* scenario = chosen();
    m_title->setText(
        !scenario
            ? tr("Nothing is kept yet. Type a name above, and keep the rows.")
            : tr("%1: %n table(s)", nullptr, static_cast<int>(scenario->tables.size())).arg(scenario->name));
    renderState();
}

void ScenariosPage::renderState()
{
    const bool free = !isBusy();
    const bool some = chosen() != nullptr;
    m_save->setEnabled(free && !m_name->text().trimmed().isEmpty());
    m_list->setEnabled(free);
    m_name->setEnabled(free);
    for (QPushButton* button : {m_compare, m_delete, m_reset})
        button->setVisible(some);
    m_compare->setEnabled(free && some);
    m_delete->setEnabled(free && some);
    m_reset->setEnabled(free && some && m_shared.target().guard != drivers::Guard::ReadOnly);
    m_reset->setToolTip(m_shared.target().guard == drivers::Guard::ReadOnly
                            ? tr("This connection is read-only.")
                            : tr("Makes all rows what they were, in one transaction."));
}

void ScenariosPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isBusy())
        return cancel();
    if (event->key() == Qt::Key_Delete && m_list->hasFocus())
        return remove();
    QWidget::keyPressEvent(event);
}

QList<kit::Command> ScenariosPage::commands()
{
    const auto free = [this] { return !isBusy() && chosen(); };
    return {
        {u"scenario.compare"_s, tr("What changed since the scenario"), QKeySequence(Qt::Key_F5), free,
         [this] { compare(); }},
        {u"scenario.reset"_s, tr("Reset to the scenario"), QKeySequence(Qt::CTRL | Qt::Key_Return),
         [this] { return m_reset->isEnabled(); }, [this] { reset(); }},
        {u"scenario.delete"_s, tr("Delete the scenario"), {}, free, [this] { remove(); }},
        {u"scenario.cancel"_s, tr("Cancel"), QKeySequence(Qt::CTRL | Qt::Key_Period),
         [this] { return isBusy(); }, [this] { cancel(); }},
    };
}

}  // namespace dewpoint::exchange
