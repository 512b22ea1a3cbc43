// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "window.h"

#include "base/words.h"
#include "demo.h"
#include "shell/main_window.h"
#include "shell/workspace.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QRegularExpression>
#include <QScreen>
#include <QtConcurrentRun>
#include <QTextStream>
#include <QTimer>

#include <BreezeIcons>

namespace dewpoint {

namespace {

/// Takes the sample shop's folder away with the last connection that works on it.
struct ScratchFolder {
    explicit ScratchFolder(QString folder) : path(std::move(folder)) {}
    ~ScratchFolder() { QDir(path).removeRecursively(); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    QString path;
};

/// Off the GUI thread; what nobody waits for any more when it is done is taken away.
void buildDemo(shell::MainWindow* window, const drivers::Target& target, drivers::Guard guard,
               const shell::MainWindow::Wanted& wanted)
{
    auto* watcher = new QFutureWatcher<Result<Demo>>(window);
    QObject::connect(watcher, &QFutureWatcherBase::finished, window, [window, watcher, wanted] {
        const Result<Demo> demo = watcher->result();
        watcher->deleteLater();
        const auto folder = demo ? std::make_shared<ScratchFolder>(demo->folder) : nullptr;
        if (wanted.expired())
            return;
        if (!demo)
            return window->showFailure(Words::tr("The sample shop"), demo.error());
        window->openConnection({.target = demo->target,
                                .environment = store::Environment::Development,
                                .projectFolder = demo->folder,
                                .scratch = true,
                                .keeps = folder,
                                .lastUsed = {}},
                               {{QStringLiteral("first"), QStringLiteral("orders")}});
    });
    watcher->setFuture(QtConcurrent::run([target, guard] {
        return makeDemo(target).transform([guard](Demo demo) {
            demo.target.guard = guard;
            return demo;
        });
    }));
}

void openDemo(shell::MainWindow* window, const QString& database, drivers::Guard guard)
{
    drivers::Target target;
    if (!database.isEmpty()) {
        const auto parsed = drivers::parseTarget(database);
        if (!parsed)
            return window->showFailure(database, parsed.error());
        target = *parsed;
    }
    window->prepare(Words::tr("the sample shop"),
                    [window, target, guard](const shell::MainWindow::Wanted& wanted) {
                        buildDemo(window, target, guard, wanted);
                    });
}

/// Opens what --table and --view name once the catalog is there.
void openPlaces(shell::MainWindow& window, const WindowOptions& options)
{
    shell::Workspace* workspace = window.workspace();
    if (!workspace)
        return;
    if (!options.table.isEmpty())
        workspace->openNamed(options.table);
    if (options.view == QLatin1String("migrations"))
        workspace->openMigrations();
    else if (options.view == QLatin1String("diagram"))
        workspace->openDiagram();
    else if (options.view == QLatin1String("query"))
        workspace->openQuery();
    else if (options.view == QLatin1String("time"))
        workspace->openTimeMachine();
}

/// Saves the window once everything visible is loaded and has been painted, then quits: 0, or 3 when
/// it took too long or the file could not be written.
class Photographer final : public QObject
{
public:
    Photographer(shell::MainWindow& window, WindowOptions options)
        : m_window(window), m_options(std::move(options))
    {
        startTimer(pollMilliseconds);
    }

protected:
    void timerEvent(QTimerEvent*) override
    {
        if (++m_polls > mostPolls)
            return finish(Words::tr("The window did not finish loading."));
        m_calm = m_window.isSettled() ? m_calm + 1 : 0;
        if (m_calm == calmPolls && !m_placed) {
            m_placed = true;
            m_calm = 0;
            openPlaces(m_window, m_options);
        }
        if (m_calm < calmPolls || !m_placed)
            return;
        if (!m_window.grab().save(m_options.screenshot))
            return finish(Words::tr("%1 could not be written.").arg(m_options.screenshot));
        QCoreApplication::exit(0);
    }

private:
    static constexpr int pollMilliseconds = 50;
    static constexpr int calmPolls = 6;
    static constexpr int mostPolls = 20 * 60;

    static void finish(const QString& problem)
    {
        QTextStream(stderr) << "dewpoint: " << problem << '\n';
        QCoreApplication::exit(3);
    }

    shell::MainWindow& m_window;
    WindowOptions m_options;
    int m_polls = 0;
    int m_calm = 0;
    bool m_placed = false;
};

std::unexpected<Error> unfit(const QString& message)
{
    return fail(ErrorKind::InvalidInput, message, Words::tr("dewpoint --help lists the options."));
}

std::optional<theme::Scheme> schemeNamed(const QString& name)
{
    if (name == QLatin1String("light"))
        return theme::Scheme::Light;
    if (name == QLatin1String("dark"))
        return theme::Scheme::Dark;
    return name == QLatin1String("system") ? std::optional(theme::Scheme::FollowSystem) : std::nullopt;
}

/// "1440x900"; empty where it is none that a window could have.
QSize sizeNamed(const QString& text)
{
    static const QRegularExpression sides(QStringLiteral("^([0-9]{1,5})x([0-9]{1,5})$"));
    const auto match = sides.match(text);
    return {match.captured(1).toInt(), match.captured(2).toInt()};
}

}  // namespace

void openSubject(shell::MainWindow& window, const WindowOptions& options)
{
    const auto adapt = [options](store::SavedConnection& connection) {
        if (options.readOnly)
            connection.usualGuard = std::exchange(connection.target.guard, drivers::Guard::ReadOnly);
        if (!options.project.isEmpty())
            connection.projectFolder = options.project;
    };
    if (options.subject == QLatin1String("demo"))
        return openDemo(&window, options.database,
                        options.readOnly ? drivers::Guard::ReadOnly : drivers::Guard::Silent);
    if (options.subject.isEmpty())
        return window.restoreSession(adapt);
    if (QFileInfo(options.subject).isDir())
        return window.openFolder(options.subject, adapt);
    auto target = drivers::parseTarget(options.subject);
    if (!target)
        return window.showFailure(options.subject, target.error());
    store::SavedConnection connection = store::knownConnection(*target);
    adapt(connection);
    window.openConnection(connection);
}

Result<WindowOptions> readWindowOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(
        QStringLiteral("database"),
        Words::tr("demo, a file, sqlite:PATH, postgres://…, service=NAME or a project folder"));
    const QCommandLineOption database(QStringLiteral("db"),
                                      Words::tr("Build the demo in this empty PostgreSQL database."),
                                      Words::tr("url"));
    const QCommandLineOption project(QStringLiteral("project"),
                                     Words::tr("Folder of the migrations project."), Words::tr("folder"));
    const QCommandLineOption table(QStringLiteral("table"), Words::tr("Open this table."), Words::tr("name"));
    const QCommandLineOption view(QStringLiteral("view"),
                                  Words::tr("Open this view: migrations, diagram, query or time."),
                                  Words::tr("view"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
                                        Words::tr("Save a picture of the painted window and quit."),
                                        Words::tr("file"));
    const QCommandLineOption size(QStringLiteral("size"), Words::tr("Size of the window."),
                                  Words::tr("WIDTHxHEIGHT"));
    const QCommandLineOption scheme(QStringLiteral("scheme"), Words::tr("light, dark or system."),
                                    Words::tr("scheme"));
    const QCommandLineOption readOnly(QStringLiteral("read-only"),
                                      Words::tr("Refuse every write in the database session."));
    parser.addOptions({database, project, table, view, screenshot, size, scheme, readOnly});
    if (!parser.parse(arguments))
        return unfit(parser.errorText());
    WindowOptions options{.subject = parser.positionalArguments().value(0),
                          .database = parser.value(database),
                          .project = parser.value(project),
                          .screenshot = parser.value(screenshot),
                          .table = parser.value(table),
                          .view = parser.value(view),
                          .readOnly = parser.isSet(readOnly)};
    if (parser.positionalArguments().size() > 1)
        return unfit(Words::tr("Unexpected argument %1.").arg(parser.positionalArguments().at(1)));
    static const QStringList views{QStringLiteral("migrations"), QStringLiteral("diagram"),
                                   QStringLiteral("query"), QStringLiteral("time")};
    if (parser.isSet(view) && !views.contains(options.view))
        return unfit(Words::tr("There is no view “%1”; there are migrations, diagram, query and time.")
                         .arg(options.view));
    if (parser.isSet(scheme)) {
        options.scheme = schemeNamed(parser.value(scheme));
        if (!options.scheme)
            return unfit(Words::tr("There is no scheme “%1”; there are light, dark and system.")
                             .arg(parser.value(scheme)));
    }
    if (parser.isSet(size)) {
        options.size = sizeNamed(parser.value(size));
        if (options.size.isEmpty())
            return unfit(Words::tr("“%1” is no size; one is 1440x900.").arg(parser.value(size)));
    }
    return options;
}

int runWindow(QApplication& application, const WindowOptions& options)
{
    BreezeIcons::initIcons();
    theme::apply(application, options.scheme.value_or(theme::Scheme::FollowSystem));
    shell::MainWindow window([database = options.database](shell::MainWindow* opened) {
        openDemo(opened, database, drivers::Guard::Silent);
    });
    window.setSessionKept(options.screenshot.isEmpty());
    const QSize frame(40, 60);  // what a window manager may put around it
    const QSize screen = QGuiApplication::primaryScreen()->availableSize() - frame;
    window.resize(QSize(1440, 900).boundedTo(screen));
    if (options.screenshot.isEmpty())
        window.restoreLook(!options.scheme.has_value());
    if (options.size.isValid())
        window.resize(options.size);
    openSubject(window, options);
    window.show();
    std::unique_ptr<Photographer> photographer;
    if (!options.screenshot.isEmpty())
        photographer = std::make_unique<Photographer>(window, options);
    else if (!options.table.isEmpty() || !options.view.isEmpty())
        window.whenOpened([&window, options] { openPlaces(window, options); });
    return QApplication::exec();
}

}  // namespace dewpoint
