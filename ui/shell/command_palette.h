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

    /// `owners` are what the commands are of: the palette closes when one of them goes.
    void open(QList<kit::Command> commands, const QList<QObject*>& owners);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void runCurrent();
    void leave();
    void forget();

    QPointer<QWidget> m_before;  ///< had the focus when the palette opened
    QLineEdit* m_input;
    QListWidget* m_list;
    QList<kit::Command> m_commands;
};

/// How well `text` matches a title: all its characters in order; higher is better, -1 not at all.
int matchScore(const QString& title, const QString& text);

}  // namespace dewpoint::shell
