// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/for_database.h"

#include "base/words.h"
#include "project/format.h"

#include <algorithm>

namespace dewpoint::project {

namespace {

bool isOption(const QString& name)
{
    return name.startsWith(QLatin1String("x-"));
}

void take(Project& project, const QMap<QString, QString>& options)
{
    if (options.isEmpty())
        return;
    using Setting = QMap<QString, QString>::iterator;
    project.settings.removeIf([](Setting setting) { return isOption(setting.key()); });
    project.settings.insert(options);
}

}  // namespace

Project forDatabase(Project project, const drivers::Target& target)
{
    project = forEngine(std::move(project), target.engine);
    take(project, target.toolOptions);
    return project;
}

void heedUrl(Project& project)
{
    const auto target = drivers::parseTarget(project.databaseUrl, project.databaseUrlBase);
    if (target)
        take(project, target->toolOptions);
}

Result<> fitsTheTool(const Project& project)
{
    const Format& format = formatOf(project);
    if (format.heedsUrlOptions)
        return {};
    const auto first = std::find_if(project.settings.keyBegin(), project.settings.keyEnd(), isOption);
    if (first == project.settings.keyEnd())
        return {};
    return fail(
        ErrorKind::InvalidInput,
        Words::tr("%1 does not know %2, which the address of the database has.").arg(format.title, *first),
        Words::tr("Leave it out of the address."));
}

}  // namespace dewpoint::project
