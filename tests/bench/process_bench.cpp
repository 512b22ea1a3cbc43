// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "process_bench.h"

#include "cells/grid_view.h"
#include "support/window_scratch.h"
#include "until.h"
#include "window.h"

#include <QApplication>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <print>

using namespace Qt::StringLiterals;

namespace dewpoint::bench {

namespace {

constexpr int visits = 1000;
const auto emptyWindow = u"--empty-window"_s;
const auto openShop = u"--open-shop"_s;
const auto visitTable = u"--visit-table"_s;

class EmptyWindow final : public QWidget
{
protected:
    void paintEvent(QPaintEvent*) override
    {
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    }
};

int showEmptyWindow()
{
    EmptyWindow window;
    window.resize(1440, 900);
    window.show();
    return QCoreApplication::exec();
}

/// What the program does, up to the first rows of the sample shop on the screen.
int showShop()
{
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&timer] {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* window = qobject_cast<shell::MainWindow*>(widget);
            if (!window || !window->workspace() || !window->isSettled())
                continue;
            timer.stop();
            window->repaint();
            QCoreApplication::quit();
        }
    });
    timer.start(1);
    return runWindow(*qApp, readWindowOptions({u"dewpoint"_s, u"demo"_s}).value());
}

/// Prints by how many MiB the process has grown since the window was empty.
int visit(const drivers::Target& target, const QString& table)
{
    test::WindowScratch scratch;
    const auto settle = [&] { until([&] { return scratch.window()->isSettled(); }); };
    scratch.window()->openConnection({.target = target, .lastUsed = {}});
    settle();
    const double before = residentMiB();
    scratch.workspace()->openNamed(table);
    settle();
    auto* page = qobject_cast<grid::TablePage*>(scratch.workspace()->currentPage());
    until([&] { return page->model().total().exact; });
    for (int i = 0; i <= visits; ++i) {
        const int row = static_cast<int>(static_cast<qint64>(page->model().rowCount() - 1) * i / visits);
        page->grid()->scrollTo(page->model().index(row, 0), QAbstractItemView::PositionAtTop);
        page->grid()->viewport()->repaint();
        until([&] { return page->model().isLoaded(row); });
    }
    std::println("{}", residentMiB() - before);
    return 0;
}

QByteArray outputOf(const QString& program, const QStringList& arguments, const QString& state)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DEWPOINT_STATE_DIR"_s, state);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("%s %s: %s", qUtf8Printable(program), qUtf8Printable(arguments.join(u' ')),
               process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

}  // namespace

std::optional<int> runAsChild(const QStringList& arguments)
{
    if (arguments.value(1) == emptyWindow)
        return showEmptyWindow();
    if (arguments.value(1) == openShop)
        return showShop();
    if (arguments.value(1) == visitTable)
        return visit({.engine = arguments.value(2) == u"sqlite" ? Engine::Sqlite : Engine::Postgres,
                      .location = arguments.value(3)},
                     arguments.value(4));
    return std::nullopt;
}

void benchMemory(Board& board, const QString& engine, const drivers::Target& target, const Events& events)
{
    const QString name = u"%1: memory after a visit of the whole table"_s.arg(engine);
    if (!board.wants(name))
        return;
    const QTemporaryDir state;
    const QByteArray grown =
        outputOf(QCoreApplication::applicationFilePath(),
                 {visitTable, target.engine == Engine::Sqlite ? u"sqlite"_s : u"postgres"_s, target.location,
                  events.table},
                 state.path());
    // A figure to print beside its goal, not a value of anybody's: a double is exact enough.
    board.limit(name, grown.trimmed().toDouble(), u"MiB"_s, 64);
}

void benchStart(Board& board)
{
    const QTemporaryDir state;
    const QString program = QStringLiteral(DEWPOINT_PROGRAM);
    const auto run = [&](const QStringList& arguments) { (void)outputOf(program, arguments, state.path()); };
    board.median(u"start: --version"_s, [&] { run({u"--version"_s}); }, 30);
    board.median(
        u"start: query without a display"_s, [&] { run({u"query"_s, u":memory:"_s, u"SELECT 1"_s}); }, 30);
    const auto child = [&](const QString& what) {
        (void)outputOf(QCoreApplication::applicationFilePath(), {what}, state.path());
    };
    board.compare(
        u"start: the sample shop, painted"_s, [&] { child(openShop); }, [&] { child(emptyWindow); }, 2.5);
}

}  // namespace dewpoint::bench
