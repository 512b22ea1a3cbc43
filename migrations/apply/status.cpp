// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/status.h"

#include "ledger/diesel_ledger.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace dewpoint::apply {

QString stateName(State state)
{
    switch (state) {
    case State::Applied: return QStringLiteral("applied");
    case State::Pending: return QStringLiteral("pending");
    case State::OutOfOrder: return QStringLiteral("out-of-order");
    case State::Missing: return QStringLiteral("missing");
    }
    Q_UNREACHABLE_RETURN({});
}

QString stateTitle(State state)
{
    switch (state) {
    case State::Applied: return QCoreApplication::translate("dewpoint", "Applied");
    case State::Pending: return QCoreApplication::translate("dewpoint", "Pending");
    case State::OutOfOrder: return QCoreApplication::translate("dewpoint", "Pending, out of order");
    case State::Missing: return QCoreApplication::translate("dewpoint", "Applied, file missing");
    }
    Q_UNREACHABLE_RETURN({});
}

int Status::appliedCount() const
{
    return static_cast<int>(std::ranges::count_if(migrations, &MigrationState::isApplied));
}

int Status::pendingCount() const
{
    return static_cast<int>(migrations.size()) - appliedCount();
}

bool Status::isClean() const
{
    return std::ranges::all_of(migrations, [](const MigrationState& m) { return m.state == State::Applied; });
}

Result<Status> status(drivers::Connection& connection, const project::Project& project)
{
    const auto onDisk = project::list(project);
    if (!onDisk)
        return fail(onDisk.error());
    ledger::DieselLedger ledger(connection);
    const auto exists = ledger.exists();
    if (!exists)
        return fail(exists.error());
    const auto rows = ledger.rows();
    if (!rows)
        return fail(rows.error());

    Status result{.project = project,
                  .engine = connection.engine(),
                  .ledger = ledger::DieselLedger::name(),
                  .ledgerExists = *exists,
                  .migrations = {}};
    QHash<QString, QString> applied;
    for (const auto& row : *rows)
        applied.insert(row.version, row.appliedAt);
    const QString newest = rows->isEmpty() ? QString() : rows->last().version;
    for (const auto& migration : *onDisk) {
        const bool done = applied.contains(migration.version);
        const bool late = !done && project::versionLess(migration.version, newest);
        result.migrations.append({.migration = migration,
                                  .state = done   ? State::Applied
                                           : late ? State::OutOfOrder
                                                  : State::Pending,
                                  .appliedAt = applied.take(migration.version)});
    }
    for (const auto& [version, appliedAt] : applied.asKeyValueRange()) {
        result.migrations.append({.migration = {.version = version, .name = version},
                                  .state = State::Missing,
                                  .appliedAt = appliedAt});
    }
    std::ranges::sort(result.migrations, project::versionLess,
                      [](const MigrationState& state) { return state.migration.version; });
    return result;
}

}  // namespace dewpoint::apply
