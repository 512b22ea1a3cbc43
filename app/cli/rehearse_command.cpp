// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

// `migrate rehearse`: what would run, on a copy of the database.
#include "base/words.h"
#include "cli/code_consent.h"
#include "cli/migrate_setup.h"
#include "cli/rehearse_text.h"
#include "rehearse/stamps.h"

namespace dewpoint::cli {

namespace {

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        Words::tr("Runs pending migrations on a copy of the database, takes them back, and proves what came "
                  "back; exits 1 when something failed or did not. The database itself is only read."));
    parser.addPositionalArgument(QStringLiteral("rehearse"), {}, QStringLiteral("migrate rehearse"));
    addScopeOptions(parser, apply::Action::Run);
    parser.addOption({QStringLiteral("no-down"), Words::tr("Do not try the way back.")});
    parser.addOption({QStringLiteral("park"), Words::tr("Park what would be lost, as “run --park” does.")});
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

}  // namespace

int runRehearse(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    const auto scope = scopeOf(parser, apply::Action::Run);
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
    const rehearse::Watch watch{.stop = signals.asked(), .stage = [&](const rehearse::Stage& stage) {
                                    if (!json)
                                        console.note(stage.text);
                                }};
    const auto rehearsal = rehearse::rehearse(*opened->connection, opened->project,
                                              {.scope = *scope,
                                               .withDown = !isSet(parser, "no-down"),
                                               .parks = isSet(parser, "park"),
                                               .shadow = parser.value(QStringLiteral("shadow")),
                                               .kept = store::keptSql(target)},
                                              watch);
    if (!rehearsal)
        return refuse(console, rehearsal.error());
    if (auto kept = rehearse::keepStamps(target, opened->project, *rehearsal); !kept)
        console.note(kept.error().oneLine());
    if (json)
        printJson(console, rehearsalJson(*rehearsal));
    else
        console.write(rehearsalText(*rehearsal).toUtf8());
    if (rehearsal->failure)
        return console.fail({.message = rehearsal->failure->oneLine()}, No);
    return rehearsal->steps.isEmpty() || rehearsal->isFine() ? Fine : No;
}

}  // namespace dewpoint::cli
