// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// `migrate rehearse`: what would run, on a copy of the database.
#include "base/words.h"
#include "cli/code_consent.h"
#include "cli/migrate_setup.h"
#include "cli/rehearse_text.h"
#include "cli/stop_signals.h"
#include "rehearse/stamps.h"

#include <QFileInfo>

namespace dewpoint::cli {

namespace {

using apply::Action;

void addOptions(QCommandLineParser& parser, Action action)
{
    parser.setApplicationDescription(
        Words::tr("Runs pending migrations on a copy of the database, takes them back, and proves what came "
                  "back; exits 1 when something failed or did not. The database itself is only read."));
    parser.addPositionalArgument(QStringLiteral("rehearse"), {}, QStringLiteral("migrate rehearse"));
    parser.addOption({QStringLiteral("revert"),
                      Words::tr("Instead: revert applied migrations on the copy, one unless told otherwise, "
                                "and run them again.")});
    addScopeOptions(parser, action);
    parser.addOption({QStringLiteral("up"),
                      Words::tr("Instead: this SQL, which is no migration yet. Needs no project."),
                      QStringLiteral("FILE")});
    parser.addOption(
        {QStringLiteral("down"), Words::tr("With --up: what takes it back."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("no-down"), Words::tr("Do not try the way back.")});
    parser.addOption({QStringLiteral("park"),
                      Words::tr("Park what would be lost, as “run --park” and “revert --park” do.")});
    parser.addOption({QStringLiteral("shadow"),
                      Words::tr("PostgreSQL: make the copies beside this database, which is not changed. "
                                "Default: on the server of the database."),
                      QStringLiteral("URL")});
    parser.addOption({QStringLiteral("demand"),
                      Words::tr("From now on, run on this database only what was rehearsed: on or off."),
                      QStringLiteral("on|off")});
    addMigrateOptions(parser);
}

std::optional<int> takeDemand(const QCommandLineParser& parser, const drivers::Target& target,
                              Console& console)
{
    if (!isSet(parser, "demand"))
        return std::nullopt;
    const QString word = parser.value(QStringLiteral("demand"));
    if (word != QLatin1String("on") && word != QLatin1String("off"))
        return console.usage(Words::tr("--demand wants on or off."));
    const bool wanted = word == QLatin1String("on");
    if (auto kept = rehearse::demand(target, wanted); !kept)
        return console.fail(kept.error());
    console.line(wanted ? Words::tr("Only what was rehearsed runs on this database now.")
                        : Words::tr("Migrations run on this database without a rehearsal now."));
    return Fine;
}

/// What the options mean together, before anything is opened.
std::optional<int> refuseMixture(const QCommandLineParser& parser, Console& console)
{
    if (isSet(parser, "down") && !isSet(parser, "up"))
        return console.usage(Words::tr("--down goes with --up."));
    if (!isSet(parser, "up"))
        return std::nullopt;
    for (const char* other :
         {"revert", "to", "count", "all", "ignore-missing", "park", "demand", "run-project-code"}) {
        if (isSet(parser, other))
            return console.usage(
                Words::tr("--up and --%1 do not go together.").arg(QLatin1StringView(other)));
    }
    return std::nullopt;
}

int told(const rehearse::Rehearsal& rehearsal, bool json, Console& console)
{
    if (json)
        printJson(console, rehearsalJson(rehearsal));
    else
        console.write(rehearsalText(rehearsal).toUtf8());
    if (rehearsal.failure)
        return console.fail({.message = rehearsal.failure->oneLine()}, No);
    return rehearsal.steps.isEmpty() || rehearsal.isFine() ? Fine : No;
}

rehearse::Watch watchOf(const StopSignals& signals, bool json, Console& console)
{
    return {.stop = signals.asked(), .stage = [json, &console](const rehearse::Stage& stage) {
                if (!json)
                    console.note(stage.text);
            }};
}

Result<apply::Draft> draftOf(const QCommandLineParser& parser)
{
    const QString path = parser.value(QStringLiteral("up"));
    const auto up = project::readScript(path);
    const auto down = isSet(parser, "down") ? project::readScript(parser.value(QStringLiteral("down")))
                                            : Result<QByteArray>(QByteArray());
    if (!up || !down)
        return fail(up ? down.error() : up.error());
    return apply::Draft{.name = QFileInfo(path).fileName(),
                        .up = project::wholeScript(*up),
                        .down = project::wholeScript(*down)};
}

/// What is no migration yet, so that a project only tells which database, and what in it is the tool's.
int rehearseDraft(const QCommandLineParser& parser, Console& console)
{
    const auto project = findProject(parser, parser.value(QStringLiteral("format")));
    if (!project)
        return refuse(console, project.error());
    const auto draft = draftOf(parser);
    if (!draft)
        return refuse(console, draft.error());
    const auto target = findTarget(parser, {}, *project ? (*project)->tool : QString());
    if (!target)
        return refuse(console, target.error());
    const auto live = drivers::Connection::open(*target);
    if (!live)
        return refuse(console, live.error());
    const StopSignals signals(StopSignals::Always{});
    const bool json = isSet(parser, "json");
    const auto rehearsal = rehearse::rehearse(**live, *draft, *project,
                                              {.withDown = !isSet(parser, "no-down"),
                                               .shadow = parser.value(QStringLiteral("shadow")),
                                               .kept = store::keptSql(*target)},
                                              watchOf(signals, json, console));
    return rehearsal ? told(*rehearsal, json, console) : refuse(console, rehearsal.error());
}

}  // namespace

int runRehearse(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    const Action action = arguments.contains(QLatin1String("--revert")) ? Action::Revert : Action::Run;
    addOptions(parser, action);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    if (const auto code = refuseMixture(parser, console))
        return *code;
    if (isSet(parser, "up"))
        return rehearseDraft(parser, console);
    const auto scope = scopeOf(parser, action);
    if (!scope)
        return console.usage(scope.error().message);
    auto opened = open(parser, [](drivers::Target&) {});
    if (!opened)
        return refuse(console, opened.error());
    const drivers::Target& target = opened->connection->target();
    if (const auto code = takeDemand(parser, target, console))
        return *code;
    if (auto agreed = wantAgreement(parser, opened->project, console); !agreed)
        return refuse(console, agreed.error());
    const StopSignals signals(StopSignals::Always{});
    const bool json = isSet(parser, "json");
    const auto rehearsal = rehearse::rehearse(*opened->connection, opened->project,
                                              {.action = action,
                                               .scope = *scope,
                                               .withDown = !isSet(parser, "no-down"),
                                               .parks = isSet(parser, "park"),
                                               .shadow = parser.value(QStringLiteral("shadow")),
                                               .kept = store::keptSql(target)},
                                              watchOf(signals, json, console));
    if (!rehearsal)
        return refuse(console, rehearsal.error());
    if (auto kept = rehearse::keepStamps(target, opened->project, *rehearsal); !kept)
        console.note(kept.error().oneLine());
    return told(*rehearsal, json, console);
}

}  // namespace dewpoint::cli
