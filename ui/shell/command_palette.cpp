// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shell/command_palette.h"

#include "shell/keys_dialog.h"
#include "theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace dewpoint::shell {

namespace {
constexpr int mostShown = 100;
}

int matchScore(const QString& title, const QString& text)
{
    if (text.isEmpty())
        return 0;
    if (const qsizetype at = title.indexOf(text, 0, Qt::CaseInsensitive); at >= 0)
        return 1000 - static_cast<int>(at) * 2 - static_cast<int>(title.size());
    qsizetype from = 0;
    int gaps = 0;
    for (const QChar c : text) {
        const qsizetype at = title.indexOf(c, from, Qt::CaseInsensitive);
        if (at < 0)
            return -1;
        gaps += static_cast<int>(at - from);
        from = at + 1;
    }
    return std::max(0, 400 - gaps * 4 - static_cast<int>(title.size()));
}

CommandPalette::CommandPalette(QWidget* parent)
    : QFrame(parent), m_input(new QLineEdit), m_list(new QListWidget)
{
    setObjectName(QStringLiteral("commandPalette"));
    setProperty("role", QStringLiteral("card"));
    setAutoFillBackground(true);
    m_input->setPlaceholderText(tr("Type an action, a table or a view"));
    m_input->setAccessibleName(tr("Command"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_input);
    layout->addWidget(m_list);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_input, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    hide();
}

void CommandPalette::open(QList<kit::Command> commands, const QList<QObject*>& owners, Searches searches)
{
    m_commands = std::move(commands);
    m_searches = std::move(searches);
    for (const QObject* owner : owners)
        connect(owner, &QObject::destroyed, this, &CommandPalette::forget, Qt::UniqueConnection);
    m_input->clear();
    filter({});
    if (!isVisible())
        m_before = QApplication::focusWidget();
    const int width = std::min(theme::space::paletteWidth, parentWidget()->width() - theme::space::xl);
    setGeometry((parentWidget()->width() - width) / 2, theme::space::xxl * 2, width,
                theme::space::paletteHeight);
    raise();
    show();
    m_input->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::filter(const QString& typed)
{
    const QString text = typed.trimmed();
    struct Hit {
        bool enabled = false;
        int score = 0;
        const kit::Command* command = nullptr;
    };
    QList<Hit> hits;
    for (const kit::Command& command : std::as_const(m_commands)) {
        const Hit hit{command.isEnabled(), matchScore(command.title, text), &command};
        // What cannot be done now is found by who looks for it.
        if (hit.score >= 0 && (hit.enabled || !text.isEmpty()))
            hits.append(hit);
    }
    std::ranges::stable_sort(hits, std::greater{},
                             [](const Hit& hit) { return std::pair(hit.enabled, hit.score); });
    m_list->clear();
    m_shown.clear();
    for (const Hit& hit : hits.first(std::min<qsizetype>(hits.size(), mostShown)))
        add(*hit.command);
    for (const kit::Command& search :
         m_searches && !text.isEmpty() ? m_searches(text) : QList<kit::Command>())
        add(search);
    m_list->setCurrentRow(0);
    if (m_shown.isEmpty()) {
        auto* nothing = new QListWidgetItem(tr("Nothing here is called “%1”.").arg(text), m_list);
        nothing->setFlags(Qt::NoItemFlags);
    } else if (!m_list->currentItem()->flags().testFlag(Qt::ItemIsEnabled)) {
        step(1);
    }
}

void CommandPalette::add(const kit::Command& command)
{
    const QString keys = keyOf(command).toString(QKeySequence::NativeText);
    auto* item = new QListWidgetItem(
        keys.isEmpty() ? command.title : command.title + QStringLiteral("    ") + keys, m_list);
    if (!command.isEnabled()) {
        item->setText(tr("%1    not now").arg(command.title));
        item->setFlags(Qt::NoItemFlags);
    }
    m_shown += command;
}

/// To the next one that can be run.
void CommandPalette::step(int by)
{
    const int rows = m_list->count();
    for (int i = 1, row = m_list->currentRow(); i <= rows; ++i) {
        row = (row + by + rows) % rows;
        if (m_list->item(row)->flags().testFlag(Qt::ItemIsEnabled))
            return m_list->setCurrentRow(row);
    }
}

void CommandPalette::runCurrent()
{
    QListWidgetItem* item = m_list->currentItem();
    if (!item || !item->flags().testFlag(Qt::ItemIsEnabled))
        return;
    const kit::Command command = m_shown.value(m_list->row(item));
    leave();
    if (command.run)
        command.run();
}

/// The keys of the page one came from work on, whatever the command does.
void CommandPalette::leave()
{
    if (m_before)
        m_before->setFocus();
    hide();
}

void CommandPalette::forget()
{
    m_commands.clear();
    m_shown.clear();
    m_searches = {};
    hide();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        hide();
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            leave();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            step(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace dewpoint::shell
