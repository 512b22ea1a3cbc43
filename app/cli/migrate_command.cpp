// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/executor.h"
#include "base/words.h"
#include "cli/code_consent.h"
#include "cli/commands.h"
#include "cli/migrate_setup.h"
#include "cli/migrate_text.h"
#include "cli/rehearse_text.h"
#include "cli/stop_signals.h"
#include "project/format.h"
#include "rehearse/downs.h"
#include "rehearse/stamps.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace dewpoint::cli {

namespace {

constexpr int mostTries = 3;

/// Only what --downs asked for: the fields that are always there stay as they are.
QJsonObject withDowns(QJsonObject json, const rehearse::DownResults& downs)
{
    if (downs.isEmpty())
        return json;
    QJsonObject list;
    for (const auto& [version, down] : downs.asKeyValueRange())
        list.insert(version, QJsonObject{{QStringLiteral("restores"), down.restores},
                                         {QStringLiteral("problem"),
                                          down.text.isEmpty() ? QJsonValue() : QJsonValue(down.text)}});
    json.insert(QStringLiteral("downs"), list);
    return json;
}

QString downsText(const apply::Status& status, const rehearse::DownResults& downs)
{
    QString text;
    for (const apply::MigrationState& state : status.migrations) {
        const auto down = downs.constFind(state.migration.version);
        if (down != downs.constEnd() && !down->restores)
            text += Words::tr("The down of %1 does not restore what was there: %2")
                        .arg(state.migration.folder, down->text)
                    + u'\n';
    }
    if (text.isEmpty() && !downs.isEmpty())
        text = Words::tr("Every down restores the structure.") + u'\n';
    return text;
}

int runStatus(const QStringList& arguments, Console& console, const QString& word)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Lists the migrations and their states; “check” and --check exit 1 "
                  "when anything is pending or wrong."));
    parser.addPositionalArgument(word, {}, QStringLiteral("migrate ") + word);
    parser.addOption({QStringLiteral("check"), Words::tr("Exit 1 when anything is pending or wrong.")});
    parser.addOption({QStringLiteral("downs"),
                      Words::tr("Try on scratch databases which downs really restore the structure.")});
    addMigrateOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    drivers::Target server;
    const auto opened = open(parser, [&](drivers::Target& target) {
        server = target;
        target = forReading(target);
        asNotMadeYet(target);
    });
    if (!opened)
        return refuse(console, opened.error());
    const StopSignals signals(opened->project);
    opened->connection->setStopAsked(signals.asked());
    const auto status = apply::status(*opened->connection, opened->project);
    if (!status)
        return refuse(console, status.error());
    if (std::ranges::contains(status->migrations, apply::State::Unknown, &apply::MigrationState::state))
        console.note(Words::tr("Only the project's own status command knows what is applied: give "
                               "--run-project-code to run it."));
    const auto downs = isSet(parser, "downs") ? rehearse::tryDowns(server, opened->project, signals.asked())
                                              : Result<rehearse::DownResults>();
    if (!downs)
        return refuse(console, downs.error());
    if (isSet(parser, "json"))
        printJson(console, withDowns(statusJson(*status), *downs));
    else
        console.write((statusText(*status) + downsText(*status, *downs)).toUtf8());
    const bool asked = isSet(parser, "check") || word == QLatin1String("check");
    const bool lies = std::ranges::any_of(*downs, [](const auto& down) { return !down.restores; });
    return asked && (!status->isClean() || lies) ? No : Fine;
}

QString nothingText(apply::Action action)
{
    switch (action) {
    case apply::Action::Run: return Words::tr("Nothing to run: no migration is pending.");
    case apply::Action::Revert: return Words::tr("Nothing to revert: no applied migration is in reach.");
    case apply::Action::Redo: return Words::tr("Nothing to redo: no applied migration is in reach.");
    }
    Q_UNREACHABLE_RETURN({});
}

int dryRun(const QCommandLineParser& parser, const Opened& opened, apply::Action action,
           const apply::Scope& scope, Console& console)
{
    const auto status = apply::status(*opened.connection, opened.project);
    if (!status)
        return refuse(console, status.error());
    const auto steps = apply::plan(*status, action, scope);
    if (!steps)
        return refuse(console, steps.error());
    if (isSet(parser, "json")) {
        printJson(console, planJson(*steps));
    } else {
        for (const auto& step : *steps)
            console.line((step.direction == apply::Direction::Up ? Words::tr("Would run %1")
                                                                 : Words::tr("Would revert %1"))
                             .arg(step.migration.folder));
        if (steps->isEmpty())
            console.line(nothingText(action));
        for (const QString& sentence : apply::passedOver(*status, action, scope))
            console.line(sentence);
    }
    return Fine;
}

struct Prepared {
    apply::Agreed agreed;  ///< no steps: a run that does nothing pushes out no copy from before one that did
    QStringList passedOver;  ///< what a person should hear of before
    QList<park::Parcel> parcels;
};

/// What is wanted before anything runs: a rehearsal where the database demands one, and a place for values.
Result<Prepared> prepared(const QCommandLineParser& parser, const Opened& opened, apply::Action action,
                          const apply::Scope& scope)
{
    Prepared ready;
    const auto status = apply::status(*opened.connection, opened.project);
    if (!status)
        return fail(status.error());
    const auto steps = apply::plan(*status, action, scope);
    if (!steps)
        return fail(steps.error());
    auto agreed = apply::agreementTo(opened.project, *steps);
    if (!agreed)
        return fail(agreed.error());
    ready.agreed = *std::move(agreed);
    ready.passedOver = apply::passedOver(*status, action, scope);
    if (auto rehearsed = rehearse::wantRehearsed(opened.connection->target(), opened.project, *steps);
        !rehearsed)
        return fail(rehearsed.error());
    if (!isSet(parser, "park"))
        return ready;
    auto parcels = park::parcelsOf(*opened.connection, opened.project, *steps);
    if (!parcels)
        return fail(parcels.error());
    for (const park::Parcel& parcel : *parcels) {
        if (!parcel.isPossible() && parcel.values > 0)
            return fail(
                ErrorKind::Unsupported,
                Words::tr("The values of %1 cannot be parked: %2").arg(parcel.title(), parcel.problem),
                Words::tr("Nothing was run. Without --park they are lost."));
    }
    ready.parcels = *std::move(parcels);
    return ready;
}

/// The migrations stand, but what the tool keeps beside them is not as it would be.
int sideFilesCode(const apply::Report& report, Console& console)
{
    if (!report.sideFilesProblem)
        return Fine;
    Error error = *report.sideFilesProblem;
    error.message =
        Words::tr("The migrations stand, but the schema file is not up to date: %1").arg(error.message);
    return console.fail(error);
}

/// Only where something was parked: what is there otherwise does not change.
QJsonObject withAccount(QJsonObject json, const park::Account& account)
{
    if (!account.parked.isEmpty())
        json.insert(QStringLiteral("parked"), parcelsJson(account.parked));
    if (!account.putBack.isEmpty())
        json.insert(QStringLiteral("put_back"), putBackJson(account.putBack));
    return json;
}

/// What is said once it is over; `together`: the migrations as well, which were not told one by one.
void tellDone(const park::Outcome& outcome, bool together, apply::Action action,
              const QStringList& passedOver, Console& console)
{
    const apply::Report& report = outcome.report;
    for (const auto& done : together ? report.done : QList<apply::Done>())
        console.line(doneText(done));
    if (report.done.isEmpty() && !report.failure && !report.stopped)
        console.line(nothingText(action));
    for (const QString& sentence : passedOver)
        console.line(sentence);
    for (const QString& path : report.sideFiles)
        console.line(Words::tr("Wrote %1").arg(shownPath(path)));
    for (const QString& line : park::lines(outcome.account))
        console.line(line);
}

bool isOvertaken(const Result<park::Outcome>& outcome)
{
    return !outcome && outcome.error().kind == ErrorKind::Conflict;
}

int reallyRun(const QCommandLineParser& parser, Opened& opened, apply::Action action,
              const apply::Scope& scope, Console& console)
{
    if (auto agreed = wantAgreement(parser, opened.project, console); !agreed)
        return refuse(console, agreed.error());
    const StopSignals signals(opened.project);
    auto ready = prepared(parser, opened, action, scope);
    if (!ready)
        return refuse(console, ready.error());
    const auto copied = ready->agreed.steps.isEmpty() ? QString() : backUp(parser, opened);
    if (!copied)
        return console.fail(copied.error());
    const QString& backup = *copied;
    const bool talk = !isSet(parser, "json");
    apply::Watch watch{.stopRequested = signals.asked(),
                       .progress = {},
                       .output = [&](const QStringList& lines) { console.note(lines.join(u'\n')); }};
    // In one transaction altogether, lines would be lies until it is committed.
    const bool together =
        action == apply::Action::Redo || project::formatOf(opened.project).rules(opened.project).wholeRun;
    if (talk && !together) {
        watch.progress = [&](const apply::Progress& progress) {
            if (progress.phase == apply::Progress::Phase::Finished)
                console.line(doneText({.step = progress.step,
                                       .microseconds = progress.microseconds,
                                       .byOthers = progress.byOthers}));
        };
    }
    const auto putsBack =
        isSet(parser, "leave-parked") ? park::Parking::PutsBack::No : park::Parking::PutsBack::Yes;
    auto outcome = park::execute(*opened.connection, opened.project, action, scope, watch, ready->agreed,
                                 ready->parcels, putsBack);
    // Another run was faster: what is left of it is checked as the whole was.
    for (int again = 0; isOvertaken(outcome) && again < mostTries; ++again) {
        const apply::Agreed before = ready->agreed;
        ready = prepared(parser, opened, action, scope);
        if (!ready)
            return refuse(console, ready.error());
        if (ready->agreed.steps == before.steps && ready->agreed.digest == before.digest)
            break;
        outcome = park::execute(*opened.connection, opened.project, action, scope, watch, ready->agreed,
                                ready->parcels, putsBack);
    }
    if (!outcome)
        return refuse(console, outcome.error());
    const apply::Report* report = &outcome->report;
    if (talk)
        tellDone(*outcome, together, action, ready->passedOver, console);
    if (isSet(parser, "json"))
        printJson(console, withAccount(reportJson(*report, backup), outcome->account));
    if (outcome->problem)
        console.note(outcome->problem->oneLine());
    if (!report->failure)
        return sideFilesCode(*report, console);
    const QString copy = backup.isEmpty() ? QString() : Words::tr("A copy from before is %1").arg(backup);
    return console.fail({.message = report->failure->oneLine(), .hint = copy});
}

int runChange(const QStringList& arguments, Console& console, const QString& word, apply::Action action)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        action == apply::Action::Run
            ? Words::tr("Runs pending migrations, oldest first; all of them unless told otherwise.")
        : action == apply::Action::Revert
            ? Words::tr("Reverts applied migrations, newest first; one unless told otherwise.")
            : Words::tr("Reverts and runs again, in one transaction; one migration unless told otherwise."));
    parser.addPositionalArgument(word, {}, QStringLiteral("migrate ") + word);
    addScopeOptions(parser, action);
    parser.addOption({QStringLiteral("park"),
                      Words::tr("Keep the values that would be lost: taking it back puts them back.")});
    parser.addOption({QStringLiteral("leave-parked"), Words::tr("Do not put parked values back.")});
    parser.addOption({QStringLiteral("dry-run"), Words::tr("Only say what would be done.")});
    parser.addOption({QStringLiteral("no-backup"), Words::tr("Do not copy a SQLite file before.")});
    addMigrateOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    const auto scope = scopeOf(parser, action);
    if (!scope)
        return console.usage(scope.error().message);
    const bool dry = isSet(parser, "dry-run");
    QString fresh;  // a file that the run makes
    auto opened = open(parser, [&](drivers::Target& target) {
        target.create = action == apply::Action::Run;
        if (dry && target.create)
            asNotMadeYet(target);
        if (target.engine == Engine::Sqlite && !target.isInMemory() && !QFileInfo::exists(target.location))
            fresh = target.location;
    });
    if (!opened)
        return refuse(console, opened.error());
    const int code = dry ? dryRun(parser, *opened, action, *scope, console)
                         : reallyRun(parser, *opened, action, *scope, console);
    // What was refused leaves nothing that looks like a database.
    opened->connection.reset();
    if (code != Fine && !fresh.isEmpty() && QFileInfo(fresh).size() == 0)
        QFile::remove(fresh);
    return code;
}

int runCodeWord(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Shows the commands by which a project runs its own migrations, and "
                  "whether you have agreed to them; exits 1 when not."));
    parser.addPositionalArgument(QStringLiteral("code"), {}, QStringLiteral("migrate code"));
    parser.addOption({QStringLiteral("agree"), Words::tr("Let them run from now on.")});
    parser.addOption({QStringLiteral("revoke"), Words::tr("Let them run no more.")});
    addMigrateOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    if (isSet(parser, "agree") && isSet(parser, "revoke"))
        return console.usage(Words::tr("Choose one of --agree and --revoke."));
    const auto project = wantProject(parser);
    if (!project)
        return refuse(console, project.error());
    return showCode(parser, *project, console);
}

}  // namespace

int runMigrate(const QStringList& arguments, Console& console)
{
    const QString word = arguments.value(2);
    if (word == QLatin1String("status") || word == QLatin1String("check"))
        return runStatus(arguments, console, word);
    if (word == QLatin1String("run"))
        return runChange(arguments, console, word, apply::Action::Run);
    if (word == QLatin1String("revert"))
        return runChange(arguments, console, word, apply::Action::Revert);
    if (word == QLatin1String("redo"))
        return runChange(arguments, console, word, apply::Action::Redo);
    if (word == QLatin1String("rehearse"))
        return runRehearse(arguments, console);
    if (word == QLatin1String("generate"))
        return runGenerate(arguments, console);
    if (word == QLatin1String("squash"))
        return runSquash(arguments, console);
    if (word == QLatin1String("lint"))
        return runLint(arguments, console);
    if (word == QLatin1String("preflight"))
        return runPreflight(arguments, console);
    if (word == QLatin1String("repair"))
        return runRepair(arguments, console);
    if (word == QLatin1String("baseline"))
        return runBaseline(arguments, console);
    if (word == QLatin1String("convert"))
        return runConvert(arguments, console);
    if (word == QLatin1String("code"))
        return runCodeWord(arguments, console);
    const QString usage =
        QStringLiteral("dewpoint migrate "
                       "status|run|revert|redo|rehearse|generate|squash|check|lint|preflight|repair|baseline|"
                       "convert|code");
    if (word == QLatin1String("--help") || word == QLatin1String("-h")) {
        console.line(usage);
        return Fine;
    }
    return console.usage(word.isEmpty() ? Words::tr("Usage: %1").arg(usage)
                                        : Words::tr("There is no “migrate %1”.").arg(word));
}

}  // namespace dewpoint::cli
