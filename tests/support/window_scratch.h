// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/connection.h"
#include "grid/table_page.h"
#include "shell/main_window.h"
#include "shell/workspace.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

namespace dewpoint::test {

/// The whole window, and a folder of its own for databases and for what is kept from one start to the next.
class WindowScratch final
{
public:
    WindowScratch()
    {
        qputenv("DEWPOINT_STATE_DIR", path(QStringLiteral("state")).toUtf8());
        start();
    }
    ~WindowScratch()
    {
        m_window.reset();
        qunsetenv("DEWPOINT_STATE_DIR");
    }
    WindowScratch(const WindowScratch&) = delete;
    WindowScratch& operator=(const WindowScratch&) = delete;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString database(const QString& name, const QString& script) const
    {
        const QString place = path(name);
        auto made = drivers::Connection::open({.engine = Engine::Sqlite, .location = place, .create = true});
        if (!made || !(*made)->executeScript(script.toUtf8()))
            qFatal("the test's database could not be made");
        return place;
    }
    static store::SavedConnection saved(const QString& place)
    {
        return {.target = {.engine = Engine::Sqlite, .location = place}, .lastUsed = {}};
    }

    shell::MainWindow* window() const { return m_window.get(); }
    shell::Workspace* workspace() const { return m_window->workspace(); }

    void start()
    {
        m_window = std::make_unique<shell::MainWindow>([](shell::MainWindow*) {});
        m_window->resize(1200, 800);
        m_window->show();
        (void)QTest::qWaitForWindowActive(m_window.get());
    }
    bool settles() const
    {
        return QTest::qWaitFor([this] { return m_window->isSettled(); }, 20000);
    }
    bool opens(const store::SavedConnection& connection) const
    {
        m_window->openConnection(connection);
        return settles();
    }
    bool shows(const QString& table) const
    {
        workspace()->openNamed(table);
        return settles();
    }
    /// Closes the window; the session in a new one.
    bool comesBack()
    {
        if (!m_window->close())
            return false;
        start();
        m_window->restoreSession();
        return settles();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<shell::MainWindow> m_window;
};

/// A test of the whole window, whose parts it calls by short names.
class WindowTest : public QObject
{
protected:
    QString database(const QString& name, const QString& script) const
    {
        return m_scratch->database(name, script);
    }
    static store::SavedConnection saved(const QString& path) { return WindowScratch::saved(path); }
    shell::MainWindow* window() const { return m_scratch->window(); }
    shell::Workspace* workspace() const { return m_scratch->workspace(); }
    bool settles() const { return m_scratch->settles(); }
    grid::TablePage* table() const { return qobject_cast<grid::TablePage*>(workspace()->currentPage()); }

    std::optional<WindowScratch> m_scratch;
};

}  // namespace dewpoint::test
