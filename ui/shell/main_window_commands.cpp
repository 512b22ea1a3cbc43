// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "connect/start_page.h"
#include "shell/areas.h"
#include "shell/keys_dialog.h"
#include "shell/main_window.h"
#include "shell/workspace.h"
#include "theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
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
        {QStringLiteral("file.new"),
         tr("New SQLite file…"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O),
         {},
         [this] { m_start->askForNewFile(); }},
        {QStringLiteral("file.connect"),
         tr("Connect to PostgreSQL…"),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
         {},
         [this] { leave([this] { m_start->focusAddress(); }); }},
        {QStringLiteral("file.demo"),
         tr("Sample shop"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_O),
         {},
         [this] { m_openDemo(this); }},
        {QStringLiteral("file.close"), tr("Close database"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W),
         open, [this] { leave(); }},
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
        {QStringLiteral("view.system"),
         tr("Colours: follow the system"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_1),
         {},
         [this] { setScheme(0); },
         [] { return theme::scheme() == theme::Scheme::FollowSystem; }},
        {QStringLiteral("view.light"),
         tr("Colours: light"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_2),
         {},
         [this] { setScheme(1); },
         [] { return theme::scheme() == theme::Scheme::Light; }},
        {QStringLiteral("view.dark"),
         tr("Colours: dark"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_3),
         {},
         [this] { setScheme(2); },
         [] { return theme::scheme() == theme::Scheme::Dark; }},
        {QStringLiteral("view.contrast"),
         tr("High contrast"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_B),
         {},
         [this] { toggleContrast(); },
         [] { return theme::isHighContrast(); }},
        {QStringLiteral("view.nextArea"),
         tr("Next area of the window"),
         QKeySequence(Qt::Key_F6),
         {},
         [this] { stepArea(*this, 1); }},
        {QStringLiteral("view.previousArea"),
         tr("Previous area of the window"),
         QKeySequence(Qt::SHIFT | Qt::Key_F6),
         {},
         [this] { stepArea(*this, -1); }},
    };
}

QList<kit::Command> MainWindow::helpCommands()
{
    return {{QStringLiteral("help.keys"),
             tr("Keys: every action with its own"),
             QKeySequence(Qt::CTRL | Qt::Key_F1),
             {},
             [this] { showKeys(); }},
            {QStringLiteral("help.about"),
             tr("About Dewpoint"),
             QKeySequence(Qt::SHIFT | Qt::Key_F1),
             {},
             [this] {
                 auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Dewpoint"),
                                             tr("Dewpoint %1\nA database studio for SQLite and PostgreSQL.")
                                                 .arg(QApplication::applicationVersion()),
                                             QMessageBox::Ok, this);
                 box->setAttribute(Qt::WA_DeleteOnClose);
                 box->open();
             }}};
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
    const auto is = [this](Guard guard) {
        return [this, guard] { return m_workspace && m_workspace->connection().target.guard == guard; };
    };
    return {
        {QStringLiteral("guard.free"), tr("Guard: write freely"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_7), other(Guard::Silent),
         [this] { setGuard(Guard::Silent); }, is(Guard::Silent)},
        {QStringLiteral("guard.confirm"), tr("Guard: confirm writes"),
         QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_8), other(Guard::ConfirmWrites),
         [this] { setGuard(Guard::ConfirmWrites); }, is(Guard::ConfirmWrites)},
        {QStringLiteral("guard.read"), tr("Guard: read only"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_9),
         other(Guard::ReadOnly), [this] { setGuard(Guard::ReadOnly); }, is(Guard::ReadOnly)},
    };
}

/// They do what their keys do, where the focus is: in a grid, an editor or a field.
void MainWindow::fillEditMenu(QMenu* menu)
{
    struct Entry {
        QString id;
        QString title;
        QKeyCombination key;
    };
    const QList<Entry> entries{
        {QStringLiteral("edit.undo"), tr("Undo"), Qt::CTRL | Qt::Key_Z},
        {QStringLiteral("edit.redo"), tr("Redo"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z},
        {{}, {}, {}},
        {QStringLiteral("edit.cut"), tr("Cut"), Qt::CTRL | Qt::Key_X},
        {QStringLiteral("edit.copy"), tr("Copy"), Qt::CTRL | Qt::Key_C},
        {QStringLiteral("edit.paste"), tr("Paste"), Qt::CTRL | Qt::Key_V},
        {QStringLiteral("edit.all"), tr("Select all"), Qt::CTRL | Qt::Key_A},
    };
    for (const Entry& entry : entries) {
        if (entry.id.isEmpty()) {
            menu->addSeparator();
            continue;
        }
        // Behind a tab stands the key; it is no shortcut, for who has the focus answers to it already.
        auto* action = menu->addAction(entry.title + QLatin1Char('\t')
                                       + QKeySequence(entry.key).toString(QKeySequence::NativeText));
        action->setObjectName(entry.id);
        QObject::connect(menu, &QMenu::aboutToShow, action,
                         [action] { action->setEnabled(QApplication::focusWidget() != nullptr); });
        QObject::connect(action, &QAction::triggered, this, [key = entry.key] {
            QWidget* focused = QApplication::focusWidget();
            if (!focused)
                return;
            QKeyEvent press(QEvent::KeyPress, key.key(), key.keyboardModifiers());
            QApplication::sendEvent(focused, &press);
        });
    }
}

/// Whatever is open: the keys of the tab in front stand first.
void MainWindow::showKeys()
{
    QList<KeySection> sections;
    if (m_workspace && m_stack->currentWidget() == m_workspace) {
        sections += KeySection{.title = tr("In this tab"), .commands = m_workspace->pageCommands()};
        sections += KeySection{.title = tr("Database"), .commands = m_workspace->commands()};
    }
    const QList<kit::Command> own{
        {.title = tr("Command palette"), .shortcut = QKeySequence(Qt::CTRL | Qt::Key_K)}};
    sections += KeySection{.title = tr("Window"),
                           .commands = own + commands() + viewCommands() + guardCommands() + helpCommands()};
    sections += fixedKeys();
    auto* dialog = new KeysDialog(sections, this);
    dialog->show();
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
        const QJsonObject state = m_workspace->stateLater()();
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

void MainWindow::toggleContrast()
{
    theme::setContrast(*qApp, theme::isHighContrast() ? theme::Contrast::Usual : theme::Contrast::High);
    markEnvironment();
    saveSoon();
}

}  // namespace dewpoint::shell
