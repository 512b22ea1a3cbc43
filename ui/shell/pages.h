// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"

#include <QJsonObject>

class QWidget;

namespace dewpoint::grid {
class TablePage;
}
namespace dewpoint::inspect {
struct Record;
}

namespace dewpoint::shell {

// The kinds of tab a workspace has; the one place that asks which kind a widget is.

QList<kit::Command> commandsOf(QWidget* page);

/// What brings the tab back at the next start: {"kind", "schema", "name", "state"}.
QJsonObject stateOf(const QWidget* page);

/// Still loading or drawing something that is visible.
bool isBusy(const QWidget* page);

/// Staged rows of the tab that are not committed yet.
int stagedRows(const QWidget* page);

/// What is typed in an open cell editor is staged.
void finishEditing(QWidget* page);

/// The focused row as the inspector shows it.
inspect::Record recordOf(const grid::TablePage& page);

}  // namespace dewpoint::shell
