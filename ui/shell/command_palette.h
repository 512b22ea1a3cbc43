// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

#include <QFrame>
#include <QPointer>

class QLineEdit;
class QListWidget;

namespace dewpoint::shell {

/// Ctrl+K: finds an action, table or view by typing, and runs it. The same commands as the menus.
class CommandPalette final : public QFrame
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* parent);

    using Searches = std::function<QList<kit::Command>(const QString& text)>;

    /// `owners` are what the commands are of: the palette closes when one of them goes. `searches`: what else a
    /// text may be meant for, below what it names; empty where there is nothing to search.
    void open(QList<kit::Command> commands, const QList<QObject*>& owners, Searches searches = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void add(const kit::Command& command);
    void step(int by);
    void runCurrent();
    void leave();
    void forget();

    QPointer<QWidget> m_before;  ///< had the focus when the palette opened
    QLineEdit* m_input;
    QListWidget* m_list;
    QList<kit::Command> m_commands;
    Searches m_searches;
    QList<kit::Command> m_shown;  ///< by row of the list
};

/// How well `text` matches a title: all its characters in order; higher is better, -1 not at all.
int matchScore(const QString& title, const QString& text);

}  // namespace dewpoint::shell
