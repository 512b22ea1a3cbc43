// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/migrate_setup.h"

#include "apply/backup.h"
#include "base/words.h"
#include "cli/code_consent.h"

#include <QJsonDocument>

namespace dewpoint::cli {

bool isSet(const QCommandLineParser& parser, const char* name)
{
    return parser.isSet(QLatin1String(name));
}

void printJson(Console& console, const QJsonObject& object)
{
    console.write(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

void addMigrateOptions(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("format"),
                      Words::tr("The tool whose project it is, instead of looking for it: %1.")
                          .arg(project::toolNames().join(QStringLiteral(", "))),
                      QStringLiteral("TOOL")});
    addCodeOption(parser);
    addCommonOptions(parser);
}

Result<project::Project> wantProject(const QCommandLineParser& parser)
{
    auto project = findProject(parser, parser.value(QStringLiteral("format")));
    if (!project)
        return fail(project.error());
    if (!*project)
        return fail(
            ErrorKind::NotFound,
            Words::tr("Unable to find a migrations directory here or in any parent directory."),
            Words::tr("Give --project DIR, the folder with the tool's configuration or migrations/."));
    takeAgreement(parser, **project);
    return **std::move(project);
}

Result<Opened> open(const QCommandLineParser& parser, const std::function<void(drivers::Target&)>& adapt)
{
    auto project = wantProject(parser);
    if (!project)
        return fail(project.error());
    auto target = findTarget(parser, {}, project->tool);
    if (!target)
        return fail(target.error());
    adapt(*target);
    auto connection = drivers::Connection::open(*target);
    if (!connection)
        return fail(connection.error());
    return Opened{.project = *std::move(project), .connection = *std::move(connection)};
}

Result<QString> backUp(const QCommandLineParser& parser, const Opened& opened)
{
    if (isSet(parser, "no-backup"))
        return QString();
    auto copied = apply::backUp(*opened.connection);
    if (copied)
        return copied;
    Error error = copied.error();
    error.message =
        Words::tr("No copy of the database could be made before it is changed: %1").arg(error.message);
    error.hint = Words::tr("Make room for it, or give --no-backup.");
    return fail(error);
}

}  // namespace dewpoint::cli
