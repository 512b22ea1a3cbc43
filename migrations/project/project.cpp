// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/project.h"

#include "base/words.h"
#include "project/format.h"
#include "project/places.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <ranges>

namespace dewpoint::project {

namespace {

qsizetype depth(const Project& project)
{
    return QDir::cleanPath(project.root).count(u'/');
}

QString placeToBegin(const Format& format, const QString& folder)
{
    const QDir directory(folder);
    for (const QString& name : {QString(format.usualPlace), QStringLiteral("migrations")}) {
        if (QFileInfo(directory.filePath(name)).isDir())
            return directory.filePath(name);
    }
    const bool isPlace = directory.dirName() == QFileInfo(QString(format.usualPlace)).fileName()
                         || !directory.entryList({QStringLiteral("*.sql")}, QDir::Files).isEmpty();
    return isPlace ? folder : directory.filePath(format.usualPlace);
}

Result<std::optional<Project>> begin(const Format& format, const QString& given,
                                     const Environment& environment)
{
    const auto folder = existingFolder(given);
    if (!folder)
        return fail(folder.error());
    if (format.usualPlace.isEmpty())
        return std::nullopt;
    Project project{.tool = format.id, .directory = placeToBegin(format, *folder)};
    project.root = project.directory == *folder ? QFileInfo(*folder).absolutePath() : *folder;
    return findDatabase(project.root, environment, QStringLiteral("DATABASE_URL"), project).transform([&] {
        return std::optional(project);
    });
}

/// Whether some tool's detection could find something in it.
bool mayHoldProject(const QDir& folder)
{
    static const QStringList names{QStringLiteral("migration*"),    QStringLiteral("db"),
                                   QStringLiteral("sql"),           QStringLiteral("prisma*"),
                                   QStringLiteral("drizzle*"),      QStringLiteral("diesel.toml"),
                                   QStringLiteral("sqlx.toml"),     QStringLiteral("atlas.hcl"),
                                   QStringLiteral("flyway.*"),      QStringLiteral("refinery.toml"),
                                   QStringLiteral("dewpoint.toml"), QStringLiteral("src")};
    return !folder.entryList(names, QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot).isEmpty();
}

QStringList foldersIn(const QDir& folder)
{
    static const QStringList passed{QStringLiteral("node_modules"), QStringLiteral("target"),
                                    QStringLiteral("build"),        QStringLiteral("dist"),
                                    QStringLiteral("vendor"),       QStringLiteral("venv")};
    QStringList paths;
    const auto filter = QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks;  // hidden ones are not in it
    for (const QString& name : folder.entryList(filter, QDir::Name)) {
        if (!passed.contains(name))
            paths << folder.filePath(name);
    }
    return paths;
}

}  // namespace

QString toolTitle(const Project& project)
{
    return formatOf(project).title;
}

QStringList toolNames()
{
    QStringList names;
    for (const Format* format : formats())
        names << format->id;
    return names;
}

Result<QList<Project>> detectAll(const QString& folder, const Environment& environment)
{
    QList<Project> found;
    std::optional<Error> problem;
    for (const Format* format : formats()) {
        auto project = format->detect(folder, environment);
        if (!project)
            problem = problem.value_or(project.error());
        else if (*project)
            found.append(**std::move(project));
    }
    const Evidence best =
        found.isEmpty() ? Evidence::Name : std::ranges::max(found, {}, &Project::evidence).evidence;
    // A configuration that cannot be read is stronger than a guess, and no matter to another tool's own.
    if (problem && best != Evidence::Own)
        return fail(*problem);
    if (found.isEmpty())
        return found;
    found.removeIf([&](const Project& project) { return project.evidence < best; });
    const qsizetype nearest = std::ranges::max(found | std::views::transform(depth));
    found.removeIf([&](const Project& project) { return depth(project) < nearest; });
    return found;
}

QList<Project> detectBelow(const QString& folder, const Environment& environment)
{
    constexpr int deepest = 4;
    constexpr qsizetype mostFolders = 1000;
    const QString top = QDir(folder).absolutePath() + u'/';
    QList<Project> all;
    QStringList level{QDir(folder).absolutePath()};
    qsizetype seen = 0;
    for (int depth = 0; depth < deepest; ++depth) {
        QStringList next;
        for (const QString& above : std::as_const(level)) {
            for (const QString& path : foldersIn(QDir(above))) {
                if (++seen > mostFolders)
                    return all;
                const auto found =
                    mayHoldProject(QDir(path)) ? detectAll(path, environment) : Result<QList<Project>>();
                const bool isHere = found && !found->isEmpty() && found->first().directory.startsWith(top);
                if (isHere)
                    all += *found;  // what is inside it is its own
                else
                    next << path;
            }
        }
        level = next;
    }
    return all;
}

Result<std::optional<Project>> detect(const QString& folder, const Environment& environment)
{
    return detectAll(folder, environment).transform([](const QList<Project>& all) {
        return all.isEmpty() ? std::nullopt : std::optional(all.first());
    });
}

Result<std::optional<Project>> detectAs(const QString& tool, const QString& folder,
                                        const Environment& environment)
{
    const Format* format = formatNamed(tool);
    if (!format) {
        return fail(ErrorKind::InvalidInput, Words::tr("There is no format “%1”.").arg(tool),
                    Words::tr("Known are %1.").arg(toolNames().join(QStringLiteral(", "))));
    }
    auto found = format->detect(folder, environment);
    return found && !*found ? begin(*format, folder, environment) : found;
}

Result<drivers::Target> givenTarget(const Project& project, const QString& text)
{
    const auto spelled = formatOf(project).spelled;
    return drivers::parseTarget(spelled ? spelled(project, text) : text);
}

Project forEngine(Project project, Engine engine)
{
    project.engine = project.engine.value_or(engine);
    return project;
}

Result<drivers::Target> databaseTarget(const Project& project)
{
    if (project.databaseUrl.isEmpty()) {
        const QString problem = project.databaseProblem;
        return fail(ErrorKind::InvalidInput,
                    problem.isEmpty() ? Words::tr("The project names no database.") : problem,
                    Words::tr("Set DATABASE_URL, in the environment or in .env."));
    }
    return drivers::parseTarget(project.databaseUrl, project.databaseUrlBase);
}

}  // namespace dewpoint::project
