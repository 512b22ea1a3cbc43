// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace dewpoint::shell {

struct KeySection {
    QString title;
    QList<kit::Command> commands;
};

/// Every action with its key, by where it works, and a field that finds them. It blocks nothing.
class KeysDialog final : public QDialog
{
    Q_OBJECT
public:
    KeysDialog(const QList<KeySection>& sections, QWidget* parent);

private:
    void filter(const QString& text);

    QLineEdit* m_filter;
    QTreeWidget* m_tree;
};

/// What the grid and lists answer to by themselves, which no menu has.
QList<KeySection> fixedKeys();
/// The key of an action, also where only the grid answers to it.
QKeySequence keyOf(const kit::Command& command);

}  // namespace dewpoint::shell
