// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/convert.h"
#include "base/words.h"
#include "cli/migrate_setup.h"
#include "cli/migrate_text.h"
#include "cli/repair_text.h"
#include "project/for_database.h"
#include "project/format.h"
#include "project/sums.h"

#include <QJsonArray>

#include <algorithm>

namespace dewpoint::cli {

namespace {

using apply::RepairKind;

using Plan = std::function<Result<apply::Repair>(drivers::Connection&, const project::Project&)>;

void addRepairOptions(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("dry-run"), Words::tr("Only show the SQL that would be sent.")});
    parser.addOption({QStringLiteral("no-backup"), Words::tr("Do not copy a SQLite file before.")});
    addMigrateOptions(parser);
}

std::optional<int> asked(const QCommandLineParser& parser, const Opened& opened, const apply::Repair& repair,
                         Console& console)
{
    const Engine engine = opened.connection->engine();
    const project::LedgerFormat& ledger = project::formatOf(opened.project).ledger;
    const project::Project known = project::forDatabase(opened.project, opened.connection->target());
    const QString table = ledger::displayed(ledger.table(known, engine));
    return wantYes(parser, repairText(repair, engine) + u'\n' + Words::tr("Change %1 like this?").arg(table),
                   Words::tr("This changes %1").arg(table), console);
}

int carryOut(const QCommandLineParser& parser, const Opened& opened, const apply::Repair& repair,
             Console& console)
{
    if (const auto code = asked(parser, opened, repair, console))
        return *code;
    const auto backup = backUp(parser, opened);
    if (!backup)
        return console.fail(backup.error());
    if (auto done = apply::carryOut(*opened.connection, opened.project, repair); !done)
        return console.fail(done.error());
    if (isSet(parser, "json"))
        printJson(console, repairJson(repair, opened.connection->engine(), false, *backup));
    else
        console.write(repairedText(repair).toUtf8());
    return Fine;
}

int showOrDo(const QCommandLineParser& parser, Console& console, const Plan& plan)
{
    const bool dry = isSet(parser, "dry-run");
    const auto opened = open(parser, [&](drivers::Target& target) {
        if (dry)
            target = forReading(target);
    });
    if (!opened)
        return refuse(console, opened.error());
    const auto repair = plan(*opened->connection, opened->project);
    if (!repair)
        return refuse(console, repair.error());
    const Engine engine = opened->connection->engine();
    if (!dry && !repair->statements.isEmpty())
        return carryOut(parser, *opened, *repair, console);
    if (isSet(parser, "json"))
        printJson(console, repairJson(*repair, engine, dry, {}));
    else if (repair->statements.isEmpty())
        console.line(Words::tr("There is nothing to repair."));
    else
        console.write(repairText(*repair, engine).toUtf8());
    return Fine;
}

Result<apply::RepairRequest> requestOf(const QCommandLineParser& parser)
{
    const QList<std::pair<const char*, RepairKind>> actions{{"mark-applied", RepairKind::MarkApplied},
                                                            {"mark-pending", RepairKind::MarkPending},
                                                            {"accept", RepairKind::AcceptFile},
                                                            {"clear-failed", RepairKind::ClearFailed}};
    apply::RepairRequest request{.versions = parser.positionalArguments(), .all = isSet(parser, "all")};
    int chosen = 0;
    for (const auto& [name, kind] : actions) {
        if (!isSet(parser, name))
            continue;
        request.kind = kind;
        ++chosen;
    }
    if (chosen != 1)
        return fail(
            ErrorKind::InvalidInput,
            Words::tr("Choose one of --mark-applied, --mark-pending, --accept, --clear-failed and --hash."));
    const bool marks = request.kind == RepairKind::MarkApplied || request.kind == RepairKind::MarkPending;
    if (request.all && (marks || !request.versions.isEmpty()))
        return fail(ErrorKind::InvalidInput, marks ? Words::tr("--all goes with --accept and --clear-failed.")
                                                   : Words::tr("Name versions or give --all, not both."));
    // There is one failure as a rule, and no choice to be made.
    request.all = request.all || (request.kind == RepairKind::ClearFailed && request.versions.isEmpty());
    if (!request.all && request.versions.isEmpty())
        return fail(ErrorKind::InvalidInput, Words::tr("Name the versions that are meant."));
    return request;
}

QString sumText(const project::SumChange& change)
{
    QString text = change.changes.join(u'\n');
    if (!text.isEmpty())
        text += QStringLiteral("\n\n");
    return text + shownPath(change.path) + QStringLiteral(":\n") + QString::fromUtf8(change.after);
}

QJsonObject sumJson(const project::SumChange& change, bool dryRun)
{
    return {{QStringLiteral("dry_run"), dryRun},
            {QStringLiteral("action"), QStringLiteral("hash")},
            {QStringLiteral("path"), change.path},
            {QStringLiteral("changes"), QJsonArray::fromStringList(change.changes)},
            {QStringLiteral("written"), !dryRun && change.before != change.after}};
}

/// The sums of the files, which no database has a part in.
int runHash(const QCommandLineParser& parser, Console& console)
{
    const auto project = wantProject(parser);
    const auto change = project ? project::sumChange(*project) : fail(project.error());
    if (!change)
        return refuse(console, change.error());
    const bool dry = isSet(parser, "dry-run");
    const bool json = isSet(parser, "json");
    const bool fits = change->before == change->after;
    if (!dry && !fits) {
        if (const auto code = wantYes(parser, sumText(*change) + u'\n' + Words::tr("Write it like this?"),
                                      Words::tr("This writes %1").arg(change->path), console))
            return *code;
        if (auto written = project::writeSum(*project, *change); !written)
            return console.fail(written.error());
    }
    if (json)
        printJson(console, sumJson(*change, dry));
    else if (fits)
        console.line(Words::tr("There is nothing to repair."));
    else if (dry)
        console.write(sumText(*change).toUtf8());
    else
        console.line(Words::tr("Wrote %1").arg(shownPath(change->path)));
    return Fine;
}

}  // namespace

int runRepair(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Puts the ledger right without running any migration. Shows the SQL and asks first."));
    parser.addPositionalArgument(QStringLiteral("VERSION"),
                                 Words::tr("Which migrations, e.g. 20260622101530."),
                                 QStringLiteral("migrate repair [VERSION…]"));
    parser.addOption(
        {QStringLiteral("mark-applied"),
         Words::tr("They count as applied, as if they had been run: for what was done by hand.")});
    parser.addOption({QStringLiteral("mark-pending"),
                      Words::tr("They count as not applied, as if they had been reverted.")});
    parser.addOption({QStringLiteral("accept"),
                      Words::tr("Their files as they are now are what ran: for edits that change nothing.")});
    parser.addOption({{QStringLiteral("clear-failed"), QStringLiteral("clear-dirty")},
                      Words::tr("What failed or is dirty has been dealt with; all of it unless versions are "
                                "named.")});
    parser.addOption({QStringLiteral("all"), Words::tr("With --accept: every edited file.")});
    parser.addOption(
        {QStringLiteral("hash"),
         Words::tr("Atlas: atlas.sum is made of the files as they are now. No database is needed.")});
    addRepairOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (isSet(parser, "hash")) {
        static const QStringList others{QStringLiteral("mark-applied"), QStringLiteral("mark-pending"),
                                        QStringLiteral("accept"), QStringLiteral("clear-failed"),
                                        QStringLiteral("all")};
        const bool alone =
            parser.positionalArguments().isEmpty()
            && std::ranges::none_of(others, [&](const QString& name) { return parser.isSet(name); });
        return alone ? runHash(parser, console) : console.usage(Words::tr("--hash stands alone."));
    }
    const auto request = requestOf(parser);
    if (!request)
        return console.usage(request.error().message);
    return showOrDo(parser, console, [&](drivers::Connection& connection, const project::Project& project) {
        return apply::planRepair(connection, project, *request);
    });
}

int runBaseline(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Makes the ledger in a database that has the tables already, and marks the migrations as "
                  "applied. Shows the SQL and asks first."));
    parser.addPositionalArgument(QStringLiteral("baseline"), {}, QStringLiteral("migrate baseline"));
    parser.addOption({QStringLiteral("to"),
                      Words::tr("Up to and including this version; all unless told otherwise."),
                      QStringLiteral("VERSION")});
    addRepairOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    apply::RepairRequest request{.kind = RepairKind::Baseline};
    if (isSet(parser, "to"))
        request.versions << parser.value(QStringLiteral("to"));
    return showOrDo(parser, console, [&](drivers::Connection& connection, const project::Project& project) {
        return apply::planRepair(connection, project, request);
    });
}

int runConvert(const QStringList& arguments, Console& console)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr(
        "Writes this project's ledger from the one that another tool left in the database, which stays "
        "as it is. Shows the SQL and asks first."));
    parser.addPositionalArgument(QStringLiteral("convert"), {}, QStringLiteral("migrate convert"));
    parser.addOption({QStringLiteral("from"),
                      Words::tr("The tool whose ledger is there: %1.")
                          .arg(project::toolNames().join(QStringLiteral(", "))),
                      QStringLiteral("TOOL")});
    parser.addOption(
        {QStringLiteral("from-project"),
         Words::tr("The old tool's project, where its files or its configuration are elsewhere."),
         QStringLiteral("DIR")});
    parser.addOption(
        {QStringLiteral("by-order"),
         Words::tr("The first is the first, the second the second; numbers and names do not count.")});
    parser.addOption({QStringLiteral("ignore-unmatched"),
                      Words::tr("Leave out applied migrations that have no file in this project.")});
    addRepairOptions(parser);
    if (const auto code = parse(parser, arguments, 2, console))
        return *code;
    if (const auto code = refuseArguments(parser, console))
        return *code;
    if (!isSet(parser, "from"))
        return console.usage(Words::tr("convert wants --from TOOL."));
    const apply::ConvertRequest request{.fromTool = parser.value(QStringLiteral("from")),
                                        .fromFolder = parser.value(QStringLiteral("from-project")),
                                        .byOrder = isSet(parser, "by-order"),
                                        .ignoreUnmatched = isSet(parser, "ignore-unmatched")};
    return showOrDo(parser, console, [&](drivers::Connection& connection, const project::Project& project) {
        return apply::planConvert(connection, project, request);
    });
}

}  // namespace dewpoint::cli
