// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "theme/theme.h"

#include <QSize>
#include <QStringList>

#include <optional>

class QApplication;

namespace dewpoint::shell {
class MainWindow;
}

namespace dewpoint {

/// `dewpoint [demo | DATABASE | FOLDER] [--screenshot FILE] …`
struct WindowOptions {
    QString subject;   ///< "demo", a database or a folder; empty: the last session
    QString database;  ///< --db: where the demo is built (PostgreSQL)
    QString project;
    QString screenshot;
    QString table;
    QString view;
    std::optional<theme::Scheme> scheme;  ///< unset: as it was last
    bool readOnly = false;
    QSize size;
};

/// InvalidInput where an option is unknown or lacks its value. Needs no display.
Result<WindowOptions> readWindowOptions(const QStringList& arguments);

/// What the options name, in the window: a database, a folder's project or the last session; --read-only
/// and --project hold for each.
void openSubject(shell::MainWindow& window, const WindowOptions& options);

/// The window until it is closed; the exit code.
int runWindow(QApplication& application, const WindowOptions& options);

}  // namespace dewpoint
