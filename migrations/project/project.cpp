// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/project.h"

#include "base/words.h"
#include "project/format.h"

#include <QDir>

#include <algorithm>
#include <ranges>

namespace dewpoint::project {

namespace {

qsizetype depth(const Project& project)
{
    return QDir::cleanPath(project.root).count(u'/');
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
    return format->detect(folder, environment);
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
