// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/status.h"

#include "project/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace dewpoint::apply {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

Result<> fitsTheEngine(const project::Project& project, Engine engine)
{
    if (!project.engine || *project.engine == engine)
        return {};
    return fail(ErrorKind::InvalidInput,
                tr("The project in %1 is for %2, but the database is %3.")
                    .arg(project.root, sql::engineName(*project.engine), sql::engineName(engine)),
                tr("Name the right database with --db."));
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
    }
    Q_UNREACHABLE_RETURN({});
}

QString stateTitle(State state)
{
    switch (state) {
    case State::Applied: return tr("Applied");
    case State::Pending: return tr("Pending");
    case State::OutOfOrder: return tr("Pending, out of order");
    case State::Missing: return tr("Applied, file missing");
    case State::Modified: return tr("Applied, edited since");
    case State::Failed: return tr("Failed");
    case State::Partial: return tr("Partly applied");
    case State::Baseline: return tr("Baseline");
    case State::Skipped: return tr("Passed over by the tool");
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
    return std::ranges::all_of(migrations, [](const MigrationState& m) {
        return m.state == State::Applied || m.state == State::Baseline;
    });
}

Result<Status> status(drivers::Connection& connection, const project::Project& project)
{
    if (auto fits = fitsTheEngine(project, connection.engine()); !fits)
        return fail(fits.error());
    const auto onDisk = project::list(project);
    if (!onDisk)
        return fail(onDisk.error());
    const project::Format& format = project::formatOf(project);
    const ledger::Table table = format.ledger.table(project, connection.engine());
    const auto exists = ledger::exists(connection, table);
    if (!exists)
        return fail(exists.error());
    const auto rows = *exists ? format.ledger.rows(connection, project) : Result<QList<ledger::AppliedRow>>();
    if (!rows)
        return fail(rows.error());
    return Status{.project = project,
                  .engine = connection.engine(),
                  .ledger = ledger::displayed(table),
                  .ledgerExists = *exists,
                  .migrations = format.states(project, *onDisk, *rows)};
}

}  // namespace dewpoint::apply
