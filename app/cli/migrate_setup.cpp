// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/migrate_setup.h"

#include "apply/backup.h"
#include "base/words.h"
#include "cli/code_consent.h"

#include <QDir>
#include <QFileInfo>
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

void addScopeOptions(QCommandLineParser& parser, apply::Action action)
{
    parser.addOption({QStringLiteral("to"),
                      action == apply::Action::Run
                          ? Words::tr("Up to and including this version.")
                          : Words::tr("Everything newer than this version, which stays applied."),
                      QStringLiteral("VERSION")});
    parser.addOption({QStringLiteral("count"), Words::tr("So many migrations."), QStringLiteral("N")});
    parser.addOption({QStringLiteral("all"), Words::tr("All of them.")});
    parser.addOption(
        {QStringLiteral("ignore-missing"),
         Words::tr("Go on although applied migrations are gone from disk, where the tool would not.")});
}

Result<apply::Scope> scopeOf(const QCommandLineParser& parser, apply::Action action)
{
    const bool to = isSet(parser, "to");
    const bool count = isSet(parser, "count");
    const bool all = isSet(parser, "all");
    if (int(to) + int(count) + int(all) > 1)
        return fail(ErrorKind::InvalidInput, Words::tr("Choose one of --to, --count and --all."));
    apply::Scope scope = all || action == apply::Action::Run ? apply::Scope::all() : apply::Scope::one();
    if (to && parser.value(QStringLiteral("to")).isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("--to wants a version."));
    if (to)
        scope = apply::Scope::to(parser.value(QStringLiteral("to")));
    if (count) {
        bool valid = false;
        const int number = parser.value(QStringLiteral("count")).toInt(&valid);
        if (!valid || number < 1)
            return fail(ErrorKind::InvalidInput, Words::tr("--count wants a number from 1 up."));
        scope = apply::Scope::first(number);
    }
    scope.allowMissing = isSet(parser, "ignore-missing");
    return scope;
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

void asNotMadeYet(drivers::Target& target)
{
    const QFileInfo file(target.location);
    if (target.engine == Engine::Sqlite && !file.exists() && file.absoluteDir().exists())
        target.location = QStringLiteral(":memory:");
}

std::optional<int> wantYes(const QCommandLineParser& parser, const QString& question, const QString& change,
                           Console& console)
{
    if (isSet(parser, "yes"))
        return std::nullopt;
    const auto answer = console.confirm(question);
    if (!answer)
        return console.fail({.message = Words::tr("%1, and nobody is here to be asked.").arg(change),
                             .hint = Words::tr("Add --yes, or look at it with --dry-run.")},
                            Usage);
    if (!*answer)
        return console.fail({.message = Words::tr("Nothing was changed.")}, No);
    return std::nullopt;
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
