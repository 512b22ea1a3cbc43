// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/commands.h"

#include "base/words.h"
#include "shadow/side.h"

#include <QDir>

namespace dewpoint::cli {

namespace {

QString projectFolder(const QCommandLineParser& parser)
{
    const QString folder = parser.value(QStringLiteral("project"));
    return folder.isEmpty() ? QDir::currentPath() : folder;
}

/// The variables, and what --set says.
project::Environment environmentOf(const QCommandLineParser& parser)
{
    project::Answers answers;
    for (const QString& pair : parser.values(QStringLiteral("set")))
        answers.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    return project::withAnswers(project::processEnvironment(), answers);
}

Result<QList<project::Project>> projectsIn(const QCommandLineParser& parser, const QString& tool)
{
    const QString folder = projectFolder(parser);
    const project::Environment environment = environmentOf(parser);
    if (!tool.isEmpty())
        return project::detectAs(tool, folder, environment)
            .transform([](const std::optional<project::Project>& project) {
                return project ? QList{*project} : QList<project::Project>();
            });
    auto found = project::detectAll(folder, environment);
    return found && found->isEmpty() ? project::detectBelow(folder, environment) : found;
}

std::unexpected<Error> severalProjects(const QList<project::Project>& projects)
{
    QStringList tools;
    QStringList places;
    for (const auto& project : projects) {
        if (!tools.contains(project.tool))
            tools << project.tool;
        places << QStringLiteral("%1 (%2)").arg(project.tool, project.directory);
    }
    const bool sameTool = tools.size() < projects.size();
    return fail(ErrorKind::InvalidInput,
                Words::tr("Several projects are here: %1.").arg(places.join(QStringLiteral(", "))),
                sameTool ? Words::tr("Choose one: --project DIR.")
                         : Words::tr("Choose one: --format %1.").arg(tools.join(u'|')));
}

/// In the spelling of the tool where one is known.
Result<drivers::Target> targetOf(const QString& text, const QString& folder, const QString& tool)
{
    const auto project =
        tool.isEmpty() ? std::nullopt : project::detectAs(tool, folder).value_or(std::nullopt);
    return project ? project::givenTarget(*project, text) : drivers::parseTarget(text);
}

}  // namespace

void addCommonOptions(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("db"),
                      Words::tr("The database: a file, sqlite:PATH, postgres://… or service=NAME. Default: "
                                "DATABASE_URL, also from .env."),
                      QStringLiteral("DATABASE")});
    parser.addOption({QStringLiteral("project"),
                      Words::tr("The folder of the project. Default: the current folder."),
                      QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("set"),
                      Words::tr("What a setting is that the project's configuration computes, e.g. "
                                "out=./db/migrations. May be given several times."),
                      QStringLiteral("KEY=VALUE")});
    parser.addOption({QStringLiteral("json"), Words::tr("Answer as JSON.")});
    parser.addOption(
        {QStringLiteral("quiet"), Words::tr("Print nothing but errors, and what --json asks for.")});
    parser.addOption(
        {QStringLiteral("yes"),
         Words::tr("Do not ask where a command would; a project's own code needs --run-project-code.")});
    parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, Words::tr("Show this help.")});
}

std::optional<int> parse(QCommandLineParser& parser, const QStringList& arguments, qsizetype words,
                         Console& console)
{
    // QCommandLineParser wants the program's name first; the command's own words are ours.
    if (!parser.parse(arguments.first(1) + arguments.mid(words + 1)))
        return console.usage(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        console.write(parser.helpText().toUtf8());
        return Fine;
    }
    if (parser.isSet(QStringLiteral("quiet")))
        console.hush(!parser.isSet(QStringLiteral("json")));
    return std::nullopt;
}

int refuse(Console& console, const Error& error)
{
    return console.fail(error, error.kind == ErrorKind::InvalidInput ? Usage : Refused);
}

std::optional<int> refuseArguments(const QCommandLineParser& parser, Console& console)
{
    const QStringList left = parser.positionalArguments();
    if (left.isEmpty())
        return std::nullopt;
    return console.usage(Words::tr("Unexpected argument %1.").arg(left.first()));
}

Result<std::optional<project::Project>> findProject(const QCommandLineParser& parser, const QString& tool)
{
    const auto all = projectsIn(parser, tool);
    if (!all)
        return fail(all.error());
    if (all->size() > 1)
        return severalProjects(*all);
    return all->isEmpty() ? std::nullopt : std::optional(all->first());
}

Result<drivers::Target> findTarget(const QCommandLineParser& parser, const QString& text, const QString& tool)
{
    const QString given = text.isEmpty() ? parser.value(QStringLiteral("db")) : text;
    const QString named = given.isEmpty() ? qEnvironmentVariable("DATABASE_URL") : given;
    if (!named.isEmpty())
        return targetOf(named, projectFolder(parser), tool);
    const auto projects = projectsIn(parser, tool);
    if (!projects)
        return fail(projects.error());
    if (projects->size() == 1)
        return project::databaseTarget(projects->first());
    if (projects->size() > 1)
        return fail(ErrorKind::InvalidInput,
                    Words::tr("Several projects are here, and no database was named."),
                    Words::tr("Give --db DATABASE or set DATABASE_URL."));
    return fail(ErrorKind::InvalidInput, Words::tr("No database was named."),
                Words::tr("Give --db DATABASE or set DATABASE_URL."));
}

drivers::Target forReading(drivers::Target target)
{
    return shadow::forReading(std::move(target));
}

}  // namespace dewpoint::cli
