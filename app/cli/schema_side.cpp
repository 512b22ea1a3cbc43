// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/schema_side.h"

#include "base/words.h"
#include "plan/script.h"
#include "shadow/side.h"

#include <QJsonArray>

#include <algorithm>

namespace dewpoint::cli {

namespace {

/// The project whose migrations one of the two is, or whose ledger may be in them.
Result<std::optional<project::Project>> projectFor(const QCommandLineParser& parser,
                                                   const QList<shadow::Side>& sides)
{
    auto project = findProject(parser);
    if (!std::ranges::contains(sides, shadow::Side::Kind::Migrations, &shadow::Side::kind))
        return project.value_or(
            std::nullopt);  // what is wrong with one that is not asked about does not matter
    if (project && !*project)
        return fail(ErrorKind::NotFound, Words::tr("There is no migrations project here."),
                    Words::tr("Give --project DIR, or ./migrations for a folder of that name."));
    return project;
}

QJsonArray stepsJson(const plan::Plan& plan)
{
    QJsonArray steps;
    for (const plan::Step& step : plan.steps) {
        steps.append(QJsonObject{{QStringLiteral("text"), step.sentence},
                                 {QStringLiteral("sql"), QJsonArray::fromStringList(step.sql)},
                                 {QStringLiteral("reverse"), QJsonArray::fromStringList(step.reverse)},
                                 {QStringLiteral("in_transaction"), step.inTransaction},
                                 {QStringLiteral("loses_data"), step.losesData}});
    }
    return steps;
}

}  // namespace

void addAnswerOptions(QCommandLineParser& parser)
{
    parser.addOption(
        {QStringLiteral("rename"),
         Words::tr("The first was renamed to the second, and not dropped: users=people, "
                   "users.mail=users.email or mood.sad=mood.gloomy. May be given several times."),
         QStringLiteral("OLD=NEW")});
    parser.addOption({QStringLiteral("drop-add"),
                      Words::tr("Nothing else was renamed: what is gone is dropped, what is new is added.")});
}

shadow::Answers answersOf(const QCommandLineParser& parser)
{
    return {.renames = parser.values(QStringLiteral("rename")),
            .dropAndAdd = parser.isSet(QStringLiteral("drop-add"))};
}

void addPrivilegesOption(QCommandLineParser& parser, const QString& what)
{
    parser.addOption({QStringLiteral("privileges"), what});
}

Result<catalog::Extent> extentOf(const QCommandLineParser& parser, Engine engine)
{
    if (!parser.isSet(QStringLiteral("privileges")))
        return catalog::Extent::Structure;
    if (engine == Engine::Sqlite)
        return fail(ErrorKind::InvalidInput,
                    Words::tr("SQLite has no privileges: whoever may open the file may do everything."),
                    Words::tr("Leave --privileges out."));
    return catalog::Extent::WithPrivileges;
}

Result<Sides> readSides(const QCommandLineParser& parser, const QString& fromText, const QString& toText)
{
    const auto from = shadow::sideOf(fromText);
    if (!from)
        return fail(from.error());
    const auto to = shadow::sideOf(toText);
    if (!to)
        return fail(to.error());
    const auto found = findTarget(parser);
    const auto server = shadow::serverFor(
        {*from, *to},
        found.value_or(drivers::Target{.engine = Engine::Sqlite, .location = QStringLiteral(":memory:")}));
    if (!server)
        return fail(server.error());
    const auto extent = extentOf(parser, server->engine);
    if (!extent)
        return fail(extent.error());
    const auto project = projectFor(parser, {*from, *to});
    if (!project)
        return fail(project.error());
    const shadow::Reading reading{.server = *server, .project = *project, .extent = *extent, .stop = {}};
    auto before = shadow::schemaOf(*from, *to, reading);
    if (!before)
        return fail(before.error());
    return shadow::schemaOf(*to, *from, reading).transform([&](schema::Database after) {
        return Sides{.server = *server, .from = *std::move(before), .to = std::move(after)};
    });
}

int listQuestions(const QList<plan::Question>& questions, Console& console)
{
    for (const plan::Question& question : questions)
        (void)console.fail(
            {.message = plan::sentence(question),
             .hint = Words::tr("Yes: --rename %1. No: --drop-add.").arg(plan::argument(question.rename))},
            No);
    return No;
}

QString changeWord(change::Kind kind)
{
    switch (kind) {
    case change::Kind::Added: return QStringLiteral("added");
    case change::Kind::Removed: return QStringLiteral("removed");
    case change::Kind::Changed: return QStringLiteral("changed");
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject differenceJson(const shadow::Difference& difference)
{
    QJsonArray changes;
    for (const change::Change& change : difference.changes)
        changes.append(QJsonObject{{QStringLiteral("kind"), changeWord(change::kind(change))},
                                   {QStringLiteral("text"), change::sentence(change)}});
    QJsonArray questions;
    for (const plan::Question& question : difference.open)
        questions.append(QJsonObject{{QStringLiteral("rename"), plan::argument(question.rename)},
                                     {QStringLiteral("text"), plan::sentence(question)},
                                     {QStringLiteral("likeness"), question.likeness}});
    const auto script = [](const plan::Plan& plan) {
        return QString::fromUtf8(plan::script(plan, plan::Sender::Shell));
    };
    return {{QStringLiteral("changes"), changes},
            {QStringLiteral("questions"), questions},
            {QStringLiteral("steps"), stepsJson(difference.up)},
            {QStringLiteral("up"), script(difference.up)},
            {QStringLiteral("down"), script(difference.down)}};
}

}  // namespace dewpoint::cli
