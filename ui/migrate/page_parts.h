// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

#include <QList>
#include <QString>

#include <functional>
#include <utility>

class QAbstractItemModel;
class QHBoxLayout;
class QKeyEvent;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;
class QToolButton;
class QWidget;

/// What the tabs of this folder are made of alike.
namespace dewpoint::migrate {

/// A label whose text wraps and can be selected.
QLabel* wrappedLabel(QWidget* parent, const QString& name);

/// A page with a message in its middle and buttons below.
QWidget* messagePage(QWidget* parent, QLabel* message, const QList<QPushButton*>& buttons);
QPushButton* messageButton(QWidget* parent, const QString& name, const QString& text);

/// A list of differences: their kind, then a text that wraps. `spoken` is for screen readers.
QTableView* differenceTable(QWidget* parent, const QString& name, const QString& spoken,
                            QAbstractItemModel* model);

/// How far work in the background is, at the end of a bar.
struct ProgressParts {
    QLabel* text = nullptr;
    QProgressBar* bar = nullptr;
};
ProgressParts addProgress(QHBoxLayout* row, QWidget* bar, const QString& prefix, const QString& spoken);

/// The command of this page with this shortcut, if it is enabled, has been run.
bool runByKey(const QList<kit::Command>& commands, const QKeyEvent& event);

/// The flat buttons of a page's commands.
class CommandButtons final
{
public:
    using Commands = std::function<QList<kit::Command>()>;

    CommandButtons(QWidget* page, Commands commands) : m_page(page), m_commands(std::move(commands)) {}

    /// Without a label only the icon is shown.
    void add(QHBoxLayout* row, const QString& id, const QString& icon, const QString& label);
    void refresh() const;  ///< what is enabled now, and which switch is on
    void setVisible(const QString& id, bool isVisible) const;
    void setText(const QString& id, const QString& text) const;
    void setToolTip(const QString& id, const QString& text) const;  ///< until the next refresh()

private:
    QToolButton* button(const QString& id) const;

    QWidget* m_page;
    Commands m_commands;
    QList<std::pair<QString, QToolButton*>> m_buttons;
};

}  // namespace dewpoint::migrate
