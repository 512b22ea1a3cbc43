// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/down.h"
#include "apply/generate.h"
#include "base/words.h"
#include "cli/code_consent.h"
#include "cli/generate_from_diff.h"
#include "cli/migrate_setup.h"
#include "cli/migrate_text.h"
#include "cli/stop_signals.h"
#include "shadow/side.h"

#include <QJsonArray>

namespace dewpoint::cli {

namespace {

Result<QByteArray> optionalFile(const QCommandLineParser& parser, const QString& option)
{
    return parser.isSet(option) ? project::readScript(parser.value(option)) : QByteArray();
}

void addGenerateOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        Words::tr("Writes a new migration in the project's own format and prints the paths."));
    parser.addPositionalArgument(QStringLiteral("NAME"), Words::tr("e.g. add_phone_to_users"),
                                 QStringLiteral("migrate generate NAME"));
    parser.addOption({QStringLiteral("migration-version"), Words::tr("This version instead of the time."),
                      QStringLiteral("V")});
    parser.addOption({QStringLiteral("no-down"), Words::tr("Without down SQL.")});
    parser.addOption({QStringLiteral("up"), Words::tr("The up SQL, from a file."), QStringLiteral("FILE")});
    parser.addOption(
        {QStringLiteral("down"), Words::tr("The down SQL, from a file."), QStringLiteral("FILE")});
    parser.addPositionalArgument(QStringLiteral("TARGET"),
                                 Words::tr("With --from-diff: a database, a .sql file, a folder of them or a "
                                           "Drizzle snapshot (.json). Default: the database."),
                                 QStringLiteral("[TARGET]"));
    parser.addOption({QStringLiteral("from-diff"),
                      Words::tr("The SQL from what the migrations make to what TARGET is, and back.")});
    addPrivilegesOption(parser, Words::tr("With --from-diff: also who may do what (PostgreSQL)."));
    parser.addOption(
        {QStringLiteral("down-for"),
         Words::tr("Instead of a new migration: the missing down SQL of this one, worked out from "
                   "what it does to the schema."),
         QStringLiteral("VERSION")});
    addAnswerOptions(parser);
    addMigrateOptions(parser);
}

int generateDown(const QCommandLineParser& parser, Console& console)
{
    // Its scratch database is made beside this one, which a read-only connection would refuse.
    const auto opened = open(parser, [](drivers::Target&) {});
    if (!opened)
        return refuse(console, opened.error());
    const QString version = parser.value(QStringLiteral("down-for"));
    const StopSignals signals(opened->project);
    const auto down =
        apply::workOutDown(*opened->connection, opened->project, version, answersOf(parser), signals.asked());
    if (!down)
        return refuse(console, down.error());
    if (!down->open.isEmpty())
        return listQuestions(down->open, console);
    const auto path = apply::writeDown(opened->project, version, opened->connection->engine(), down->script);
    if (!path)
        return refuse(console, path.error());
    if (isSet(parser, "json"))
        printJson(console, {{QStringLiteral("paths"), QJsonArray{shownPath(*path)}},
                            {QStringLiteral("loses_data"), down->losesData}});
    else
        console.line(shownPath(*path));
    return Fine;
}

/// The scripts from --from-diff; an exit code where there are none.
std::optional<int> takeDifference(const QCommandLineParser& parser, const project::Project& project,
                                  QByteArray& up, QByteArray& down, Console& console)
{
    const auto scripts = scriptsFromDifference(parser, project, parser.positionalArguments().value(1));
    if (!scripts)
        return refuse(console, scripts.error());
    if (!scripts->open.isEmpty())
        return listQuestions(scripts->open, console);
    if (scripts->up.isEmpty())
        return console.fail({.message = Words::tr("There is no difference, so no migration.")}, No);
    up = scripts->up;
    down = scripts->down;
    return std::nullopt;
}

void tellPaths(const QCommandLineParser& parser, const project::Migration& made, Console& console)
{
    QStringList paths{made.upPath};
    if (made.reversible() && made.downPath != made.upPath)
        paths << made.downPath;
    paths << made.sideFiles;
    for (QString& path : paths)
        path = shownPath(path);
    if (isSet(parser, "json"))
        printJson(console, {{QStringLiteral("paths"), QJsonArray::fromStringList(paths)}});
    else
        console.line(paths.join(u'\n'));
}

/// The database that --from-diff or the project names, where a scratch one beside it will be needed.
Result<std::optional<drivers::Target>> serverFor(const QCommandLineParser& parser,
                                                 const project::Project& project,
                                                 const apply::NewMigration& wanted)
{
    if (!apply::wantsServer(project, wanted))
        return std::nullopt;
    const QString other = parser.positionalArguments().value(1);
    return findTarget(parser, shadow::isFile(other) ? QString() : other, project.tool)
        .transform([](const drivers::Target& target) { return std::optional(target); });
}

}  // namespace

int runGenerate(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    addGenerateOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    const bool fromDiff = isSet(parser, "from-diff");
    const QStringList names = parser.positionalArguments();
    if (isSet(parser, "down-for"))
        return names.isEmpty() && !fromDiff ? generateDown(parser, console)
                                            : console.usage(Words::tr("--down-for stands alone."));
    if (names.isEmpty() || names.size() > (fromDiff ? 2 : 1))
        return console.usage(Words::tr("generate wants one name."));
    if (isSet(parser, "privileges") && !fromDiff)
        return console.usage(Words::tr("--privileges goes with --from-diff."));
    if (fromDiff && (isSet(parser, "up") || isSet(parser, "down")))
        return console.usage(Words::tr("Choose --from-diff or --up and --down."));
    auto project = wantProject(parser);
    if (!project)
        return refuse(console, project.error());
    if (auto agreed = wantAgreement(parser, *project, console); !agreed)
        return refuse(console, agreed.error());
    auto up = optionalFile(parser, QStringLiteral("up"));
    auto down = optionalFile(parser, QStringLiteral("down"));
    if (!up || !down)
        return refuse(console, up ? down.error() : up.error());
    if (fromDiff) {
        if (const auto code = takeDifference(parser, *project, *up, *down, console))
            return *code;
    }
    const apply::NewMigration wanted{.name = parser.positionalArguments().first(),
                                     .version = parser.value(QStringLiteral("migration-version")),
                                     .withDown = !isSet(parser, "no-down"),
                                     .up = *up,
                                     .down = *down,
                                     .change = {}};
    const auto server = serverFor(parser, *project, wanted);
    if (!server)
        return refuse(console, server.error());
    const StopSignals signals(*project);
    const auto made =
        apply::generate(*project, wanted,
                        {.stopRequested = signals.asked(),
                         .output = [&](const QStringList& lines) { console.note(lines.join(u'\n')); }},
                        *server);
    if (!made)
        return refuse(console, made.error());
    tellPaths(parser, *made, console);
    return Fine;
}

}  // namespace dewpoint::cli
