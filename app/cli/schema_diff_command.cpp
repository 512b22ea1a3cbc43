// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "cli/schema_side.h"
#include "drift/find.h"
#include "plan/script.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <utility>

namespace dewpoint::cli {

namespace {

bool isSet(const QCommandLineParser& parser, const char* name)
{
    return parser.isSet(QLatin1String(name));
}

Result<> writeFile(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorKind::File, Words::tr("%1 could not be written: %2").arg(path, file.errorString()));
    return {};
}

int answer(const QCommandLineParser& parser, const shadow::Difference& difference, Console& console)
{
    const bool json = isSet(parser, "json");
    if (json)
        console.write(QJsonDocument(differenceJson(difference)).toJson(QJsonDocument::Indented));
    if (!difference.open.isEmpty())
        return listQuestions(difference.open, console);
    const QByteArray up = plan::script(difference.up, plan::Sender::Shell);
    for (const auto& [option, text] :
         {std::pair(QStringLiteral("up"), up),
          std::pair(QStringLiteral("down"), plan::script(difference.down, plan::Sender::Shell))}) {
        if (!parser.isSet(option))
            continue;
        if (const auto written = writeFile(parser.value(option), text); !written)
            return console.fail(written.error());
    }
    if (!json && !isSet(parser, "up"))
        console.write(up);
    return isSet(parser, "check") && !difference.up.isEmpty() ? No : Fine;
}

Result<QList<drift::Item>> drift(const drivers::Target& target, const project::Project& project,
                                 bool withIgnored, catalog::Extent extent)
{
    // Only read; but the scratch database that it is compared with is made on the same server.
    const auto live = drivers::Connection::open(target);
    if (!live)
        return fail(live.error());
    auto report = drift::find(**live, project, {}, {}, extent);
    if (!report)
        return fail(report.error());
    const QStringList ignored =
        withIgnored ? QStringList() : store::DriftMemory(target, project.directory).ignoredKeys();
    report->items.removeIf([&](const drift::Item& item) { return ignored.contains(item.key); });
    return report->items;
}

}  // namespace

Result<project::Project> projectNamed(const QCommandLineParser& parser)
{
    const auto project = findProject(parser, parser.value(QStringLiteral("format")));
    if (!project)
        return fail(project.error());
    if (!*project)
        return fail(ErrorKind::NotFound, Words::tr("There is no migrations project here."),
                    Words::tr("Give --project DIR."));
    return **project;
}

int runSchemaDiff(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Prints the SQL that turns FROM into TO, tried on a scratch database there and back. "
                  "Nothing where they are equal."));
    const QString what = Words::tr("A database, a .sql file, a folder of them, a Drizzle snapshot (.json), "
                                   "“migrations”, “migrations:VERSION” or “empty”.");
    parser.addPositionalArgument(QStringLiteral("FROM"), what, QStringLiteral("schema diff FROM"));
    parser.addPositionalArgument(QStringLiteral("TO"), what);
    parser.addOption(
        {QStringLiteral("up"), Words::tr("Write the SQL to this file instead."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("down"), Words::tr("Write the SQL back from TO to FROM to this file."),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("check"), Words::tr("Exit 1 when there is a difference.")});
    addPrivilegesOption(
        parser, Words::tr("Also GRANT and REVOKE (PostgreSQL): who may do what is compared as well."));
    addAnswerOptions(parser);
    addCommonOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    const QStringList sides = parser.positionalArguments();
    if (sides.size() != 2)
        return console.usage(Words::tr("schema diff wants two: FROM and TO."));
    const auto read = readSides(parser, sides.at(0), sides.at(1));
    if (!read)
        return refuse(console, read.error());
    const auto difference = shadow::difference(read->server, read->from, read->to, answersOf(parser));
    if (!difference)
        return refuse(console, difference.error());
    return answer(parser, *difference, console);
}

int runSchemaDrift(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Lists what the database has that its applied migrations do not make, item by item: as "
                  "changes from what they make to what is there."));
    parser.addPositionalArgument(QStringLiteral("drift"), {}, QStringLiteral("schema drift"));
    parser.addOption({QStringLiteral("check"), Words::tr("Exit 1 when there is any.")});
    addPrivilegesOption(parser, Words::tr("Also who may do what (PostgreSQL)."));
    parser.addOption({QStringLiteral("without-ignored"),
                      Words::tr("Leave out what was chosen to be ignored in the window, on this machine.")});
    parser.addOption({QStringLiteral("format"),
                      Words::tr("The tool whose project it is, instead of looking for it."),
                      QStringLiteral("TOOL")});
    addCommonOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    const auto project = projectNamed(parser);
    if (!project)
        return refuse(console, project.error());
    const auto target = findTarget(parser, {}, project->tool);
    if (!target)
        return refuse(console, target.error());
    const auto extent = extentOf(parser, target->engine);
    if (!extent)
        return refuse(console, extent.error());
    const auto found = drift(*target, *project, !isSet(parser, "without-ignored"), *extent);
    if (!found)
        return refuse(console, found.error());
    QList<change::Change> changes;
    for (const drift::Item& item : *found)
        changes += item.changes;
    QJsonArray items;
    for (const change::Change& change : std::as_const(changes)) {
        items.append(QJsonObject{{QStringLiteral("kind"), changeWord(change::kind(change))},
                                 {QStringLiteral("text"), change::sentence(change)}});
        if (!isSet(parser, "json"))
            console.line(change::sentence(change));
    }
    if (isSet(parser, "json"))
        console.write(
            QJsonDocument(QJsonObject{{QStringLiteral("changes"), items}}).toJson(QJsonDocument::Indented));
    return isSet(parser, "check") && !changes.isEmpty() ? No : Fine;
}

}  // namespace dewpoint::cli
