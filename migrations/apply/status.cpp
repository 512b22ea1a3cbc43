// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/status.h"

#include "apply/told_status.h"
#include "base/words.h"
#include "project/for_database.h"
#include "project/format.h"

#include <algorithm>

namespace dewpoint::apply {

namespace {

Result<> fitsTheEngine(const project::Project& project, Engine engine)
{
    if (!project.engine || *project.engine == engine)
        return {};
    return fail(ErrorKind::InvalidInput,
                Words::tr("The project in %1 is for %2, but the database is %3.")
                    .arg(project.root, sql::engineName(*project.engine), sql::engineName(engine)),
                Words::tr("Name the right database with --db."));
}

/// Two tools may have given their tables one name, and their rows mean different things.
Result<> fitsTheLedger(drivers::Connection& connection, const project::Format& format,
                       const ledger::Table& table)
{
    if (format.ledger.columns.isEmpty())
        return {};
    auto there = ledger::columnsOf(connection, table);
    if (!there)
        return fail(there.error());
    there->sort();
    if (*there == format.ledger.columns)
        return {};
    const auto other = std::ranges::find_if(
        project::formats(), [&](const project::Format* each) { return each->ledger.columns == *there; });
    const QString name = ledger::displayed(table);
    if (other == project::formats().end())
        return fail(
            ErrorKind::Conflict,
            Words::tr("The table %1 is not %2's ledger: its columns are others.").arg(name, format.title),
            Words::tr("Name another table for %1: %2").arg(format.title, format.ledger.tableSetting));
    return fail(
        ErrorKind::Conflict,
        Words::tr("The table %1 is the ledger of %2, not of %3.").arg(name, (*other)->title, format.title),
        Words::tr("Name another table for %1 (%2), then take that ledger over: dewpoint migrate convert "
                  "--from %3, or Repair in the window.")
            .arg(format.title, format.ledger.tableSetting, (*other)->id));
}

/// Why nothing would run, where the tool keeps sums of the files.
void sumUp(Status& status)
{
    const project::Format& format = project::formatOf(status.project);
    const auto whole = format.rehash && format.verify ? format.verify(status.project) : Result<>{};
    if (whole)
        return;
    status.problem = whole.error().message;
    status.remedy = whole.error().hint;
}

}  // namespace

QString stateName(State state)
{
    switch (state) {
    case State::Applied: return QStringLiteral("applied");
    case State::Pending: return QStringLiteral("pending");
    case State::OutOfOrder: return QStringLiteral("out-of-order");
    case State::Missing: return QStringLiteral("missing");
    case State::Modified: return QStringLiteral("modified");
    case State::Failed: return QStringLiteral("failed");
    case State::Partial: return QStringLiteral("partial");
    case State::Baseline: return QStringLiteral("baseline");
    case State::Skipped: return QStringLiteral("skipped");
    case State::Unknown: return QStringLiteral("unknown");
    }
    Q_UNREACHABLE_RETURN({});
}

QString stateTitle(State state)
{
    switch (state) {
    case State::Applied: return Words::tr("Applied");
    case State::Pending: return Words::tr("Pending");
    case State::OutOfOrder: return Words::tr("Pending, out of order");
    case State::Missing: return Words::tr("Applied, file missing");
    case State::Modified: return Words::tr("Applied, edited since");
    case State::Failed: return Words::tr("Failed");
    case State::Partial: return Words::tr("Partly applied");
    case State::Baseline: return Words::tr("Baseline");
    case State::Skipped: return Words::tr("Passed over by the tool");
    case State::Unknown: return Words::tr("Not known");
    }
    Q_UNREACHABLE_RETURN({});
}

int Status::appliedCount() const
{
    return static_cast<int>(std::ranges::count_if(migrations, &MigrationState::isApplied));
}

int Status::pendingCount() const
{
    return static_cast<int>(std::ranges::count_if(migrations, &MigrationState::isPending));
}

bool Status::isClean() const
{
    return problem.isEmpty() && std::ranges::all_of(migrations, [](const MigrationState& m) {
               return m.state == State::Applied || m.state == State::Baseline
                      || (m.state == State::Skipped && m.migration.summary);
           });
}

Result<Status> status(drivers::Connection& connection, const project::Project& project)
{
    if (auto fits = fitsTheEngine(project, connection.engine()); !fits)
        return fail(fits.error());
    const project::Project known = project::forDatabase(project, connection.target());
    if (auto heeded = project::fitsTheTool(known); !heeded)
        return fail(heeded.error());
    const auto onDisk = project::list(known);
    if (!onDisk)
        return fail(onDisk.error());
    const project::Format& format = project::formatOf(known);
    if (format.command.tellsState && format.command.tellsState(known))
        return statusByCommand(connection, known, *onDisk);
    const ledger::Table table = format.ledger.table(known, connection.engine());
    const auto exists = ledger::exists(connection, table);
    if (!exists)
        return fail(exists.error());
    if (auto own = *exists ? fitsTheLedger(connection, format, table) : Result<>{}; !own)
        return fail(own.error());
    const auto rows = *exists ? format.ledger.rows(connection, known) : Result<QList<ledger::AppliedRow>>();
    if (!rows)
        return fail(rows.error());
    Status status{.project = known,
                  .engine = connection.engine(),
                  .ledger = ledger::displayed(table),
                  .ledgerExists = *exists,
                  .migrations = format.states(known, *onDisk, *rows)};
    sumUp(status);
    return status;
}

}  // namespace dewpoint::apply
