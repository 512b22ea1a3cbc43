// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "migrate/page_parts.h"

#include "kit/announce.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dewpoint::migrate {

QLabel* wrappedLabel(QWidget* parent, const QString& name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QPushButton* messageButton(QWidget* parent, const QString& name, const QString& text)
{
    auto* button = new QPushButton(text, parent);
    button->setObjectName(name);
    return button;
}

QWidget* messagePage(QWidget* parent, QLabel* message, const QList<QPushButton*>& buttons)
{
    auto* page = new QWidget(parent);
    message->setAlignment(Qt::AlignCenter);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::space::s);
    row->addStretch(1);
    for (QPushButton* button : buttons)
        row->addWidget(button);
    row->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme::space::xxl, theme::space::xxl, theme::space::xxl, theme::space::xxl);
    column->setSpacing(theme::space::l);
    column->addStretch(1);
    column->addWidget(message);
    kit::announceTexts(message);
    column->addLayout(row);
    column->addStretch(2);
    return page;
}

QTableView* differenceTable(QWidget* parent, const QString& name, const QString& spoken,
                            QAbstractItemModel* model)
{
    auto* table = new QTableView(parent);
    table->setObjectName(name);
    table->setAccessibleName(spoken);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setWordWrap(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->verticalHeader()->setMinimumSectionSize(theme::space::rowHeight);
    QHeaderView* header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(1, QHeaderView::Stretch);
    return table;
}

ProgressParts addProgress(QHBoxLayout* row, QWidget* bar, const QString& prefix, const QString& spoken)
{
    ProgressParts parts{.text = new QLabel(bar), .bar = new QProgressBar(bar)};
    parts.text->setObjectName(prefix + u"ProgressText"_s);
    parts.text->setFont(theme::smallFont());
    parts.text->setMinimumWidth(1);
    parts.bar->setObjectName(prefix + u"Progress"_s);
    parts.bar->setAccessibleName(spoken);
    parts.bar->setTextVisible(false);
    parts.bar->setFixedWidth(theme::space::xxl * 2);
    row->addStretch(1);
    row->addWidget(parts.text);
    row->addWidget(parts.bar);
    return parts;
}

bool runByKey(const QList<kit::Command>& commands, const QKeyEvent& event)
{
    const auto found = std::ranges::find_if(commands, [&](const kit::Command& command) {
        return command.shortcut == QKeySequence(event.keyCombination()) && command.isEnabled();
    });
    if (found == commands.end())
        return false;
    found->run();
    return true;
}

void CommandButtons::add(QHBoxLayout* row, const QString& id, const QString& icon, const QString& label)
{
    auto* tool = new QToolButton(m_page);
    tool->setObjectName(id);
    tool->setText(label);
    tool->setIcon(theme::icon(icon));
    tool->setToolButtonStyle(label.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    tool->setAutoRaise(true);
    QObject::connect(tool, &QToolButton::clicked, m_page, [commands = m_commands, id] {
        const QList<kit::Command> all = commands();
        std::ranges::find(all, id, &kit::Command::id)->run();
    });
    QObject::connect(&theme::Watch::instance(), &theme::Watch::changed, tool,
                     [tool, icon] { tool->setIcon(theme::icon(icon)); });
    row->addWidget(tool);
    m_buttons.append({id, tool});
}

void CommandButtons::refresh() const
{
    const QList<kit::Command> all = m_commands();
    for (const auto& [id, tool] : m_buttons) {
        const auto command = std::ranges::find(all, id, &kit::Command::id);
        tool->setEnabled(command->isEnabled());
        tool->setCheckable(static_cast<bool>(command->checkedWhen));
        tool->setChecked(command->checkedWhen && command->checkedWhen());
        tool->setToolTip(
            command->shortcut.isEmpty()
                ? command->title
                : u"%1 (%2)"_s.arg(command->title, command->shortcut.toString(QKeySequence::NativeText)));
        tool->setAccessibleName(command->title);
    }
}

void CommandButtons::setVisible(const QString& id, bool isVisible) const
{
    button(id)->setVisible(isVisible);
}

void CommandButtons::setText(const QString& id, const QString& text) const
{
    button(id)->setText(text);
}

void CommandButtons::setToolTip(const QString& id, const QString& text) const
{
    button(id)->setToolTip(text);
}

QToolButton* CommandButtons::button(const QString& id) const
{
    return std::ranges::find(m_buttons, id, &std::pair<QString, QToolButton*>::first)->second;
}

}  // namespace dewpoint::migrate
