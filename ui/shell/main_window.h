// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kit/command.h"
#include "store/connections.h"
#include "store/workspace_keep.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QMainWindow>
#include <QThreadPool>

#include <functional>
#include <memory>

class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;
class QTimer;

namespace dewpoint::connect {
class ConnectingPage;
class StartPage;
}  // namespace dewpoint::connect

namespace dewpoint::shell {

class CommandPalette;
class Workspace;

/// The window: menus, palette and status bar around the start page or one workspace. All actions
/// come from the commands of what is shown.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// `openDemo` builds the sample shop off the GUI thread and answers through openConnection().
    explicit MainWindow(std::function<void(MainWindow*)> openDemo, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// `state`: its tabs; where there is none, as they were kept. What is open is left first.
    void openConnection(const store::SavedConnection& connection, const QJsonObject& state = {});
    /// `adapt` changes the connection before it is opened: what the command line asks for.
    using Adapt = std::function<void(store::SavedConnection&)>;
    void openFolder(const QString& folder, const Adapt& adapt = {});
    /// Leaves what is open and shows that something is made; `begin` gets what expires once that is not
    /// wanted any more.
    using Wanted = std::weak_ptr<const QString>;
    void prepare(const QString& name, const std::function<void(const Wanted&)>& begin);
    void showFailure(const QString& name, const Error& error);
    void restoreLook(bool schemeToo);  ///< place and size, light or dark, as they were last
    /// What was open when the program last ended, also after a crash.
    void restoreSession(const Adapt& adapt = {});
    void setSessionKept(bool kept) { m_keepSession = kept; }
    void whenOpened(std::function<void()> then);  ///< once the catalog of the next database is there
    bool isSettled() const;                       ///< everything visible is loaded and painted
    Workspace* workspace() const { return m_workspace; }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildMenus();
    QList<kit::Command> commands();
    QList<kit::Command> viewCommands();
    void fillEditMenu(QMenu* menu);
    void showKeys();
    QList<kit::Command> guardCommands();
    QList<kit::Command> helpCommands();
    void setGuard(drivers::Guard guard);
    void fill(QMenu* menu, const QList<kit::Command>& list);
    void refreshPageActions();
    void showPageActions();
    void remark(const QString& text);
    void openPalette();
    void whenSettled(const std::function<void()>& then);
    void whenKept(const std::function<void()>& then);
    void whenGivenUp(const std::function<void()>& then);
    void leave(const std::function<void()>& then = {});
    void closeConnection();
    void enter(const store::SavedConnection& connection, const QJsonObject& state);
    void wireWorkspace();
    void saveSoon();
    void setScheme(int scheme);
    void toggleContrast();
    void markEnvironment();
    std::function<Result<>()> savingWork() const;
    void saveBeside();
    void saved(const Result<>& done, qint64 took);
    Result<> saveSession();

    std::function<void(MainWindow*)> m_openDemo;
    QStackedWidget* m_stack;
    connect::StartPage* m_start;
    connect::ConnectingPage* m_connecting;
    CommandPalette* m_palette;
    Workspace* m_workspace = nullptr;
    QMenu* m_databaseMenu = nullptr;
    QMenu* m_pageMenu = nullptr;  ///< of the tab in front
    QLabel* m_transaction;
    QToolButton* m_edits;  ///< "12 changes in 3 tables": opens the list of them
    QLabel* m_statement;
    QLabel* m_environment;
    QTimer* m_saveTimer;
    QThreadPool m_saver;  ///< one thread: what was taken later is written later
    bool m_saving = false;
    bool m_keepSession = true;
    store::WorkspaceKeep m_keep;  ///< of the open database
    bool m_settled = false;       ///< nothing stands in the way of closing any more
    QElapsedTimer m_changedAt;
    qint64 m_savingTook = 0;                   ///< milliseconds, the last time
    std::shared_ptr<const QString> m_awaited;  ///< what prepare() waits for
    std::function<void()> m_whenOpened;
};

}  // namespace dewpoint::shell
