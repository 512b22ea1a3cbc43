// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "shell/find_project.h"

#include "project/answers.h"
#include "store/project_answers.h"

#include <QFileInfo>

#include <algorithm>

namespace dewpoint::shell {

namespace {

/// In a folder that was chosen also below it; beside a database file that would be anybody's.
Result<QList<project::Project>> detect(const store::SavedConnection& connection, const QString& folder,
                                       const project::Environment& environment)
{
    auto found = project::detectAll(folder, environment);
    if (found && found->isEmpty() && !connection.projectFolder.isEmpty())
        found = project::detectBelow(folder, environment);
    const QString& tool = connection.projectTool;
    if (!found || tool.isEmpty() || std::ranges::contains(*found, tool, &project::Project::tool))
        return found;
    // A person said whose it is.
    if (auto taken = project::detectAs(tool, folder, environment); taken && *taken)
        found->prepend(**std::move(taken));
    return found;
}

Result<QList<project::Project>> withAnswers(const store::SavedConnection& connection, const QString& folder)
{
    auto environment = project::processEnvironment();
    auto found = detect(connection, folder, environment);
    for (const project::Project& project : found.value_or(QList<project::Project>()))
        environment = project::withAnswers(environment, store::projectAnswers(project.root));
    return found ? detect(connection, folder, environment) : found;
}

}  // namespace

QString projectFolderOf(const store::SavedConnection& connection)
{
    const drivers::Target& target = connection.target;
    if (!connection.projectFolder.isEmpty() || target.engine != Engine::Sqlite
        || target.location == QLatin1String(":memory:"))
        return connection.projectFolder;
    return QFileInfo(target.location).absolutePath();
}

Result<FoundProjects> findProjects(const store::SavedConnection& connection)
{
    const QString folder = projectFolderOf(connection);
    if (folder.isEmpty())
        return FoundProjects{};
    FoundProjects found;
    auto all = withAnswers(connection, folder);
    if (!all)
        return fail(all.error());
    found.all = *std::move(all);
    const auto chosen =
        std::ranges::find(std::as_const(found.all), connection.projectTool, &project::Project::tool);
    if (chosen != found.all.cend())
        found.chosen = *chosen;
    else if (!found.all.isEmpty())
        found.chosen = found.all.first();
    return found;
}

}  // namespace dewpoint::shell
