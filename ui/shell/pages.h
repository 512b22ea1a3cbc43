// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "inspect/record.h"
#include "kit/command.h"
#include "kit/later.h"

#include <QJsonObject>

#include <optional>

class QWidget;

namespace dewpoint::cells {
class GridView;
}

namespace dewpoint::grid {
class TablePage;
}

namespace dewpoint::shell {

class PageTabs;

// The kinds of tab a workspace has; the one place that asks which kind a widget is.

QList<kit::Command> commandsOf(QWidget* page);

/// What brings the tab back at the next start: {"kind", "schema", "name", "state"}.
kit::Later stateOf(const QWidget* page);

/// Where one is in a tab of rows or hits, for Back: {"schema", "name", "place"} or {"search": true}. Empty for
/// other tabs.
QJsonObject placeOf(const QWidget* page);

/// The tab is there again at the next start: not what was a single errand.
bool comesBack(const QWidget* page);

/// Still loading or drawing something that is visible.
bool isBusy(const QWidget* page);

/// Staged rows of the tab that are not committed yet.
int stagedRows(const QWidget* page);

/// What closing would break off, as a question.
struct Obstacle {
    QString title;
    QString detail;
    QString accept;
};
std::optional<Obstacle> obstacleOf(const QWidget* page);

/// Edits or SQL that exist nowhere but in the tab and in the state folder.
bool holdsWork(const QWidget* page);

/// What is typed in an open cell editor is staged; false where that cannot be done.
bool finishEditing(QWidget* page);

/// The grid of the tab: a table's, or that of the result in front. Null where there is none.
cells::GridView* gridOf(QWidget* page);

/// The tab of a table or view; null where it is not open.
grid::TablePage* relationPage(const PageTabs& tabs, const QString& schemaName, const QString& name);

/// The focused row as the inspector shows it; nothing for tabs that have no rows.
std::optional<inspect::Record> recordOf(const QWidget* page);

/// The selected rows where there are several and all of them are loaded: at most a few.
QList<inspect::Record> selectedRecords(QWidget* page);

}  // namespace dewpoint::shell
