// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shell/main_window.h"

#include "connect/connecting_page.h"
#include "connect/start_page.h"
#include "kit/announce.h"
#include "kit/plain_tip.h"
#include "shell/command_palette.h"
#include "shell/menus.h"
#include "shell/workspace.h"
#include "store/json_file.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <initializer_list>

namespace dewpoint::shell {

MainWindow::MainWindow(std::function<void(MainWindow*)> openDemo, QWidget* parent)
    : QMainWindow(parent)
    , m_openDemo(std::move(openDemo))
    , m_stack(new QStackedWidget)
    , m_start(new connect::StartPage)
    , m_connecting(new connect::ConnectingPage)
    , m_palette(new CommandPalette(this))
    , m_transaction(new QLabel)
    , m_edits(new QToolButton)
    , m_statement(new QLabel)
    , m_environment(new QLabel)
    , m_saveTimer(new QTimer(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Dewpoint"));
    setWindowIcon(QIcon(QStringLiteral(":/dewpoint/icons/dewpoint.svg")));
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_connecting);
    setCentralWidget(m_stack);
    m_transaction->setProperty("role", QStringLiteral("danger"));
    kit::announceTexts(m_transaction);
    m_edits->setObjectName(QStringLiteral("pendingChanges"));
    m_edits->setAutoRaise(true);
    m_edits->setToolTip(tr("Everything that is staged (Ctrl+Shift+U)"));
    m_edits->hide();
    QObject::connect(m_edits, &QToolButton::clicked, this, [this] {
        if (m_workspace)
            m_workspace->openPending();
    });
    for (QWidget* part : std::initializer_list<QWidget*>{m_transaction, m_edits, m_statement, m_environment})
        statusBar()->addPermanentWidget(part);
    m_saveTimer->setSingleShot(true);
    m_saver.setMaxThreadCount(1);
    QObject::connect(m_saveTimer, &QTimer::timeout, this, &MainWindow::saveBeside);
    QObject::connect(m_start, &connect::StartPage::connectionChosen, this,
                     [this](const store::SavedConnection& chosen) { openConnection(chosen); });
    QObject::connect(m_start, &connect::StartPage::folderChosen, this,
                     [this](const QString& folder) { openFolder(folder); });
    QObject::connect(m_start, &connect::StartPage::demoRequested, this, [this] { m_openDemo(this); });
    QObject::connect(m_connecting, &connect::ConnectingPage::cancelled, this, [this] { leave(); });
    QObject::connect(m_connecting, &connect::ConnectingPage::retried, this, [this] {
        if (m_workspace)
            openConnection(m_workspace->connection());
        else
            leave();
    });
    QObject::connect(m_connecting, &connect::ConnectingPage::passwordEntered, this,
                     [this](const QString& password) {
                         if (!m_workspace)
                             return;
                         m_connecting->showProgress(m_workspace->connection().target.displayName());
                         m_workspace->setPassword(password);
                         m_workspace->open();
                     });
    // What does not fit is read in the tool tip.
    QObject::connect(statusBar(), &QStatusBar::messageChanged, statusBar(),
                     [bar = statusBar()](const QString& text) {
                         bar->setToolTip(kit::plainTip(text));
                         kit::announce(bar, text);
                     });
    buildMenus();
}

/// A passing remark goes by itself; one that is about a place goes when that place is left.
void MainWindow::remark(const QString& text)
{
    statusBar()->showMessage(text,
                             theme::time::remark + theme::time::remarkLetter * static_cast<int>(text.size()));
}

MainWindow::~MainWindow() = default;

void MainWindow::fill(QMenu* menu, const QList<kit::Command>& list)
{
    for (const kit::Command& command : list) {
        QMenu* place = placeOf(command.id, menu);
        auto* action = place->addAction(command.title);
        action->setObjectName(command.id);
        action->setShortcut(command.shortcut);
        action->setCheckable(static_cast<bool>(command.checkedWhen));
        QObject::connect(action, &QAction::triggered, this, [command] {
            if (command.isEnabled() && command.run)
                command.run();
        });
        QObject::connect(place, &QMenu::aboutToShow, action, [action, command] {
            action->setEnabled(command.isEnabled());
            action->setChecked(command.checkedWhen && command.checkedWhen());
        });
        // A disabled action's key would do nothing anyway; run() asks again.
        QObject::connect(place, &QMenu::aboutToHide, action, [action] { action->setEnabled(true); });
    }
}

/// A tab's actions are made once; what they are called and whether they can be used changes.
void MainWindow::showPageActions()
{
    const QWidget* page = m_workspace ? m_workspace->currentPage() : nullptr;
    if (!page)
        return;
    const QList<kit::Command> commands = m_workspace->pageCommands();
    for (QAction* action : page->actions()) {
        const auto command = std::ranges::find(commands, action->objectName(), &kit::Command::id);
        action->setEnabled(command != commands.end() && command->isEnabled());
        if (command != commands.end())
            action->setText(command->title);
    }
}

void MainWindow::buildMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    fill(file, commands());
    file->addSeparator();
    fill(file, guardCommands());
    fillEditMenu(menuBar()->addMenu(tr("&Edit")));
    QMenu* view = menuBar()->addMenu(tr("&View"));
    fill(view, {{QStringLiteral("view.palette"),
                 tr("Command palette…"),
                 QKeySequence(Qt::CTRL | Qt::Key_K),
                 {},
                 [this] { openPalette(); }}});
    fill(view, viewCommands());
    m_databaseMenu = menuBar()->addMenu(tr("&Database"));
    m_pageMenu = menuBar()->addMenu(tr("Tab"));  // each letter of it is a key of some page
    connect(m_pageMenu, &QMenu::aboutToShow, this, &MainWindow::showPageActions);
    connect(m_pageMenu, &QMenu::aboutToHide, this, [this] {
        if (const QWidget* page = m_workspace ? m_workspace->currentPage() : nullptr)
            for (QAction* action : page->actions())
                action->setEnabled(true);  // its key works again; run() asks
    });
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    fill(help, helpCommands());
    refreshPageActions();
}

void MainWindow::refreshPageActions()
{
    for (QMenu* menu : {m_databaseMenu, m_pageMenu})
        emptyMenu(menu);
    const bool open = m_workspace && m_stack->currentWidget() == m_workspace;
    // A tab's keys work inside that tab only, so that two tabs may use the same ones.
    QWidget* page = open ? m_workspace->currentPage() : nullptr;
    m_databaseMenu->menuAction()->setVisible(open);
    m_pageMenu->menuAction()->setVisible(page);
    if (open)
        fill(m_databaseMenu, m_workspace->commands());
    if (!page)
        return;
    const bool known = page->property("commandsAdded").toBool();
    if (!known) {
        page->setProperty("commandsAdded", true);
        for (const kit::Command& command : m_workspace->pageCommands()) {
            auto* action = new QAction(command.title, page);
            action->setObjectName(command.id);
            action->setShortcut(command.shortcut);
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            QObject::connect(action, &QAction::triggered, page, [command] {
                if (command.isEnabled() && command.run)
                    command.run();
            });
            page->addAction(action);
        }
    }
    for (QAction* action : page->actions())
        placeOf(action->objectName(), m_pageMenu)->addAction(action);
}

void MainWindow::openPalette()
{
    QList<kit::Command> all;
    QList<QObject*> owners;
    CommandPalette::Searches searches;
    if (m_workspace && m_stack->currentWidget() == m_workspace) {
        all = m_workspace->pageCommands() + m_workspace->commands() + m_workspace->places();
        owners = {m_workspace, m_workspace->currentPage()};
        owners.removeAll(nullptr);
        searches = [workspace = m_workspace](const QString& text) { return workspace->searches(text); };
    }
    all += commands() + guardCommands() + viewCommands() + helpCommands();
    m_palette->open(std::move(all), owners, std::move(searches));
}

void MainWindow::openConnection(const store::SavedConnection& connection, const QJsonObject& state)
{
    leave([this, connection, state] { enter(connection, state); });
}

void MainWindow::enter(const store::SavedConnection& connection, const QJsonObject& state)
{
    m_workspace = new Workspace(connection);
    m_stack->addWidget(m_workspace);
    if (m_keepSession && !connection.scratch)
        m_keep = store::WorkspaceKeep(connection.target);
    if (!state.isEmpty()) {
        m_workspace->restoreState(state);
    } else if (m_keepSession && !connection.scratch) {
        const auto kept = store::readJson(m_keep.path());
        if (kept)
            m_workspace->restoreState(*kept);
        else
            statusBar()->showMessage(kept.error().oneLine());
    }
    m_connecting->showProgress(connection.target.displayName());
    m_stack->setCurrentWidget(m_connecting);
    wireWorkspace();
    m_workspace->open();
}

void MainWindow::wireWorkspace()
{
    const QString name = m_workspace->connection().target.displayName();
    QObject::connect(m_workspace, &Workspace::opened, this, [this, name] {
        m_stack->setCurrentWidget(m_workspace);
        setWindowTitle(tr("%1 — Dewpoint").arg(name));
        if (!m_workspace->connection().scratch)
            (void)store::rememberConnection(m_workspace->connection());
        m_start->reload();
        markEnvironment();
        refreshPageActions();
        saveSoon();
    });
    QObject::connect(m_workspace, &Workspace::restored, this, [this] {
        if (const auto then = std::exchange(m_whenOpened, {}))
            then();
    });
    QObject::connect(m_workspace, &Workspace::writingRequested, this,
                     [this] { setGuard(drivers::Guard::ConfirmWrites); });
    QObject::connect(m_workspace, &Workspace::failed, this,
                     [this, name](const Error& error) { showFailure(name, error); });
    QObject::connect(m_workspace, &Workspace::statusText, this,
                     [this](const QString& text) { remark(text); });
    QObject::connect(m_workspace, &Workspace::editsText, m_edits, [this](const QString& text) {
        m_edits->setText(text);
        m_edits->setVisible(!text.isEmpty());
    });
    QObject::connect(m_workspace, &Workspace::statementText, m_statement, &QLabel::setText);
    QObject::connect(m_workspace, &Workspace::transactionChanged, this, [this](bool open) {
        m_transaction->setText(open ? tr("● In transaction") : QString());
    });
    QObject::connect(m_workspace, &Workspace::pageChanged, this, [this] {
        statusBar()->clearMessage();
        refreshPageActions();
    });
    QObject::connect(m_workspace, &Workspace::changed, this, &MainWindow::saveSoon);
}

void MainWindow::openFolder(const QString& folder, const Adapt& adapt)
{
    const auto found = project::detect(folder);
    if (!found)
        return showFailure(folder, found.error());
    if (!found->has_value())
        return showFailure(folder, {.kind = ErrorKind::NotFound,
                                    .message = tr("No migrations project was found in this folder."),
                                    .hint = tr("Open the database itself, or a folder with a diesel.toml.")});
    auto target = project::databaseTarget(**found);
    if (!target)
        return showFailure(folder, target.error());
    store::SavedConnection connection = store::knownConnection(*target);
    connection.projectFolder = folder;
    if (adapt)
        adapt(connection);
    openConnection(connection);
}

void MainWindow::prepare(const QString& name, const std::function<void(const Wanted&)>& begin)
{
    leave([this, name, begin] {
        m_connecting->showProgress(name);
        m_stack->setCurrentWidget(m_connecting);
        m_awaited = std::make_shared<const QString>(name);
        begin(m_awaited);
    });
}

void MainWindow::showFailure(const QString& name, const Error& error)
{
    m_connecting->showFailure(name, error);
    m_stack->setCurrentWidget(m_connecting);
}

void MainWindow::markEnvironment()
{
    if (!m_workspace) {
        m_environment->clear();
        setStyleSheet({});
        return;
    }
    using store::Environment;
    const store::SavedConnection& connection = m_workspace->connection();
    const QStringList environments{{}, tr("Development"), tr("Test"), tr("Staging"), tr("Production")};
    const QStringList guards{{}, tr("confirm writes"), tr("read only")};
    QStringList words{environments[static_cast<int>(connection.environment)],
                      guards[static_cast<int>(connection.target.guard)]};
    words.removeAll(QString());
    m_environment->setText(words.join(QStringLiteral(" · ")));
    const QHash<Environment, theme::Role> roles{{Environment::Test, theme::Role::Accent},
                                                {Environment::Staging, theme::Role::Warning},
                                                {Environment::Production, theme::Role::Danger}};
    const auto role = roles.constFind(connection.environment);
    // Frame, tabs and status bar in one colour, so that it is in view wherever one looks.
    setStyleSheet(role == roles.cend() ? QString() : theme::frameStyleSheet(*role));
}

void MainWindow::whenOpened(std::function<void()> then)
{
    m_whenOpened = std::move(then);
}

bool MainWindow::isSettled() const
{
    if (m_stack->currentWidget() == m_connecting)
        return m_connecting->showsFailure();
    if (m_stack->currentWidget() == m_start)
        return true;
    return m_workspace && m_stack->currentWidget() == m_workspace && !m_workspace->isBusy();
}

}  // namespace dewpoint::shell
