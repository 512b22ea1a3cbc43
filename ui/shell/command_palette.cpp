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

void CommandPalette::open(QList<kit::Command> commands, const QList<QObject*>& owners)
{
    m_commands = std::move(commands);
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

void CommandPalette::filter(const QString& text)
{
    QList<std::pair<int, int>> hits;
    for (int i = 0; i < m_commands.size(); ++i) {
        if (const int score = matchScore(m_commands[i].title, text.trimmed());
            score >= 0 && m_commands[i].isEnabled())
            hits.append({score, i});
    }
    std::ranges::stable_sort(hits, std::greater{}, &std::pair<int, int>::first);
    m_list->clear();
    for (const auto& [score, i] : hits.first(std::min<qsizetype>(hits.size(), mostShown))) {
        const QString keys = keyOf(m_commands[i]).toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(keys.isEmpty() ? m_commands[i].title
                                                        : m_commands[i].title + QStringLiteral("    ") + keys,
                                         m_list);
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(0);
    if (hits.isEmpty()) {
        auto* nothing = new QListWidgetItem(tr("Nothing here is called “%1”.").arg(text.trimmed()), m_list);
        nothing->setFlags(Qt::NoItemFlags);
    }
}

void CommandPalette::runCurrent()
{
    QListWidgetItem* item = m_list->currentItem();
    if (!item || !item->flags().testFlag(Qt::ItemIsEnabled))
        return;
    const kit::Command command = m_commands[item->data(Qt::UserRole).toInt()];
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
    hide();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut)
        hide();
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int rows = m_list->count();
        if (key == Qt::Key_Escape) {
            leave();
            return true;
        }
        if (rows > 0 && (key == Qt::Key_Down || key == Qt::Key_Up)) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow((m_list->currentRow() + step + rows) % rows);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace dewpoint::shell
