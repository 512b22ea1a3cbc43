// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "connect/start_page.h"
#include "shell/main_window.h"
#include "shell/workspace.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QStackedWidget>
#include <QTimer>

// What the window offers whatever is open in it.
namespace dewpoint::shell {

QList<kit::Command> MainWindow::commands()
{
    const auto open = [this] { return m_workspace && m_stack->currentWidget() == m_workspace; };
    return {
        {QStringLiteral("file.open"),
         tr("Open SQLite file…"),
         QKeySequence::Open,
         {},
         [this] { m_start->askForFile(); }},
        {QStringLiteral("file.new"), tr("New SQLite file…"), {}, {}, [this] { m_start->askForNewFile(); }},
        {QStringLiteral("file.connect"),
         tr("Connect to PostgreSQL…"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
         {},
         [this] { leave([this] { m_start->focusAddress(); }); }},
        {QStringLiteral("file.demo"), tr("Sample shop"), {}, {}, [this] { m_openDemo(this); }},
        {QStringLiteral("file.close"), tr("Close database"), {}, open, [this] { leave(); }},
        {QStringLiteral("file.quit"),
         tr("Quit"),
         QKeySequence(Qt::CTRL | Qt::Key_Q),
         {},
         [this] { close(); }},
    };
}

QList<kit::Command> MainWindow::viewCommands()
{
    return {
        {QStringLiteral("view.system"), tr("Colours: follow the system"), {}, {}, [this] { setScheme(0); }},
        {QStringLiteral("view.light"), tr("Colours: light"), {}, {}, [this] { setScheme(1); }},
        {QStringLiteral("view.dark"), tr("Colours: dark"), {}, {}, [this] { setScheme(2); }},
    };
}

/// How much this connection may write; another level opens it again.
QList<kit::Command> MainWindow::guardCommands()
{
    using drivers::Guard;
    const auto other = [this](Guard guard) {
        return [this, guard] {
            return m_workspace && m_stack->currentWidget() == m_workspace
                   && m_workspace->connection().target.guard != guard
                   && !m_workspace->connection().target.isInMemory();
        };
    };
    return {
        {QStringLiteral("guard.free"),
         tr("Guard: write freely"),
         {},
         other(Guard::Silent),
         [this] { setGuard(Guard::Silent); }},
        {QStringLiteral("guard.confirm"),
         tr("Guard: confirm writes"),
         {},
         other(Guard::ConfirmWrites),
         [this] { setGuard(Guard::ConfirmWrites); }},
        {QStringLiteral("guard.read"),
         tr("Guard: read only"),
         {},
         other(Guard::ReadOnly),
         [this] { setGuard(Guard::ReadOnly); }},
    };
}

/// The database session itself refuses writes, so it is opened anew; tabs and staged edits come along.
void MainWindow::setGuard(drivers::Guard guard)
{
    if (!m_workspace || m_workspace->connection().target.isInMemory())
        return;  // opened anew, what is in memory would be another database
    store::SavedConnection connection = m_workspace->connection();
    connection.target.guard = guard;
    connection.target.create = false;
    connection.usualGuard.reset();
    whenSettled([this, connection] {
        const QJsonObject state = m_workspace->saveState();
        closeConnection();
        enter(connection, state);
    });
}

void MainWindow::setScheme(int scheme)
{
    theme::apply(*qApp, static_cast<theme::Scheme>(scheme));
    markEnvironment();
    saveSoon();
}

}  // namespace dewpoint::shell
