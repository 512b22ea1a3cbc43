// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "connect/start_page.h"
#include "shell/main_window.h"
#include "shell/pages.h"
#include "shell/workspace.h"
#include "store/json_file.h"
#include "theme/measures.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <memory>
#include <utility>

// What the window keeps for the next time, and how it parts with what is open.
namespace dewpoint::shell {

namespace {

QString sessionFile()
{
    return store::stateFolder() + QStringLiteral("/session.json");
}

}  // namespace

/// Takes what is to be kept now; writing it is for any thread.
std::function<Result<>()> MainWindow::savingWork() const
{
    if (!m_keepSession)
        return [] { return Result<>(); };
    QJsonObject session{{QStringLiteral("geometry"), QString::fromLatin1(saveGeometry().toBase64())},
                        {QStringLiteral("scheme"), static_cast<int>(theme::scheme())},
                        {QStringLiteral("contrast"), static_cast<int>(theme::contrast())}};
    kit::Later state;
    if (m_workspace && !m_workspace->connection().scratch) {
        session[QStringLiteral("connection")] = store::toJson(m_workspace->connection());
        // One that never opened must not overwrite what is kept for it.
        if (m_stack->currentWidget() == m_workspace)
            state = m_workspace->stateLater();
    }
    return [session, state, path = m_keep.path()] {
        Result<> done = state ? store::writeJson(path, state()) : Result<>();
        return done ? store::writeJson(sessionFile(), session) : done;
    };
}

/// Not on the window's thread: one cell may hold 100 MB.
void MainWindow::saveBeside()
{
    if (m_saving)
        return saveSoon();
    m_saving = true;
    m_saver.start([this, work = savingWork()] {
        QElapsedTimer timer;
        timer.start();
        const Result<> done = work();
        const qint64 took = timer.elapsed();
        QMetaObject::invokeMethod(this, [this, done, took] { saved(done, took); }, Qt::QueuedConnection);
    });
}

void MainWindow::saved(const Result<>& done, qint64 took)
{
    m_saving = false;
    m_savingTook = took;
    if (!done)
        statusBar()->showMessage(done.error().oneLine());
}

/// When it returns, everything is in the state folder.
Result<> MainWindow::saveSession()
{
    m_saver.waitForDone();
    Result<> done = savingWork()();
    if (!done)
        statusBar()->showMessage(done.error().oneLine());
    return done;
}

void MainWindow::restoreLook(bool schemeToo)
{
    const auto session = store::readJson(sessionFile());
    if (!session) {
        statusBar()->showMessage(session.error().oneLine());
        return;
    }
    restoreGeometry(QByteArray::fromBase64((*session)[QStringLiteral("geometry")].toString().toLatin1()));
    if (const QJsonValue contrast = (*session)[QStringLiteral("contrast")]; contrast.isDouble())
        theme::setContrast(*qApp, static_cast<theme::Contrast>(contrast.toInt()));
    if (const QJsonValue scheme = (*session)[QStringLiteral("scheme")]; schemeToo && scheme.isDouble())
        theme::apply(*qApp, static_cast<theme::Scheme>(scheme.toInt()));
}

void MainWindow::restoreSession(const Adapt& adapt)
{
    const auto session = store::readJson(sessionFile());
    if (!session) {
        statusBar()->showMessage(session.error().oneLine());
        return;
    }
    const QJsonObject last = (*session)[QStringLiteral("connection")].toObject();
    if (last.isEmpty())
        return;
    store::SavedConnection connection = store::connectionFromJson(last);
    if (adapt)
        adapt(connection);
    openConnection(connection);
}

/// At once where saving is quick, so that not even a crash takes an edit away; else a while after the last
/// change, but not later than some seconds after the first: one may type without end.
void MainWindow::saveSoon()
{
    constexpr int share = 5;  // of the time may go into saving
    m_saveTimer->setInterval(static_cast<int>(
        std::clamp<qint64>(share * m_savingTook, theme::time::saveLeast, theme::time::saveDelay)));
    if (!m_saveTimer->isActive())
        m_changedAt.start();
    if (m_changedAt.elapsed() < theme::time::saveLatest)
        m_saveTimer->start();
}

/// Goes on once nothing would be broken off, or the user agrees to that.
void MainWindow::whenSettled(const std::function<void()>& then)
{
    if (m_workspace && !m_workspace->finishEditing())
        return;
    const auto obstacle = m_workspace ? m_workspace->obstacle() : std::nullopt;
    if (obstacle)
        m_workspace->ask(*obstacle, [this, then] { whenKept(then); });
    else
        whenKept(then);
}

/// Goes on once what is staged and typed is in the state folder, or the user gives it up.
void MainWindow::whenKept(const std::function<void()>& then)
{
    if (m_workspace && !m_workspace->finishEditing())
        return;
    const Result<> saved = saveSession();
    if (saved || !m_workspace || !m_workspace->holdsWork())
        return then();
    m_workspace->ask({.title = tr("What is not committed could not be kept for the next time."),
                      .detail = saved.error().oneLine(),
                      .accept = tr("Close anyway")},
                     then);
}

/// Anything else that is left comes back the next time, so this must be told.
void MainWindow::whenGivenUp(const std::function<void()>& then)
{
    if (!m_workspace || !m_workspace->connection().scratch || !m_workspace->holdsWork())
        return then();
    m_workspace->ask(
        {.title = tr("What is staged or typed here is kept nowhere."),
         .detail = tr("Of the sample shop, and of a database in memory, nothing is restored the next time."),
         .accept = tr("Close anyway")},
        then);
}

void MainWindow::leave(const std::function<void()>& then)
{
    whenSettled([this, then] {
        whenGivenUp([this, then] {
            closeConnection();
            if (then)
                then();
        });
    });
}

void MainWindow::closeConnection()
{
    m_awaited.reset();
    m_saveTimer->stop();
    m_saver.waitForDone();  // into a file that the next who opens this database may have
    if (m_workspace) {
        m_workspace->disconnect(this);
        m_stack->removeWidget(m_workspace);
        m_workspace->deleteLater();
        m_workspace = nullptr;
        m_keep = {};
    }
    setWindowTitle(QStringLiteral("Dewpoint"));
    statusBar()->clearMessage();
    for (QLabel* label : {m_transaction, m_statement})
        label->clear();
    m_edits->setText({});
    m_edits->hide();
    markEnvironment();
    refreshPageActions();
    m_stack->setCurrentWidget(m_start);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_settled) {
        const auto asking = std::make_shared<bool>(false);
        whenSettled([this, asking] {
            whenGivenUp([this, asking] {
                m_settled = true;
                if (*asking)
                    close();
            });
        });
        *asking = true;
    }
    event->setAccepted(std::exchange(m_settled, false));
}

}  // namespace dewpoint::shell
