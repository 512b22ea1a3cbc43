// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;
class QWidget;

/// What the panel of a cell and the editors in it are made of alike.
namespace dewpoint::inspect {

/// Flat; its icon is set with the theme, by the name that it keeps (setIcons()).
QToolButton* iconButton(QWidget* parent, const QString& name, const QString& title, const QString& icon);
void setIcon(QToolButton* button);

/// A row of views to choose from, and of buttons behind them.
QHBoxLayout* viewRow(QWidget* bar);
void addView(QHBoxLayout* row, QToolButton* button, const QString& name, const QString& title);

/// Why something is not taken, which is announced.
void makeProblem(QLabel* label, const QString& name);
/// What is to be known besides, muted.
void makeNote(QLabel* label, const QString& name);

struct FindParts {
    QWidget* bar = nullptr;
    QLineEdit* field = nullptr;
    QLabel* state = nullptr;
};
/// The state's name is the field's with "State". `what` names the field, and stands in it as the hint of what may
/// be typed.
FindParts findParts(QWidget* parent, const QString& name, const QString& what);

}  // namespace dewpoint::inspect
