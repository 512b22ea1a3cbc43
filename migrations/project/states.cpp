// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/states.h"

#include <QHash>

#include <algorithm>

namespace dewpoint::project {

namespace {

using ledger::AppliedRow;

State stateOf(const AppliedRow& row, const Migration& file)
{
    switch (row.mark) {
    case AppliedRow::Mark::Failed: return State::Failed;
    case AppliedRow::Mark::Partial: return State::Partial;
    case AppliedRow::Mark::Baseline: return State::Baseline;
    case AppliedRow::Mark::Applied: break;
    }
    const bool known = !row.checksum.isEmpty() && !file.checksum.isEmpty();
    return known && row.checksum != file.checksum ? State::Modified : State::Applied;
}

State stateWithoutFile(const AppliedRow& row)
{
    switch (row.mark) {
    case AppliedRow::Mark::Failed: return State::Failed;
    case AppliedRow::Mark::Partial: return State::Partial;
    case AppliedRow::Mark::Baseline: return State::Baseline;
    case AppliedRow::Mark::Applied: break;
    }
    return State::Missing;
}

}  // namespace

QList<MigrationState> statesByVersion(const QList<Migration>& files, const QList<AppliedRow>& rows,
                                      VersionOrder less)
{
    QHash<QString, AppliedRow> applied;
    for (const auto& row : rows)
        applied.insert(row.version, row);
    const auto newest = std::ranges::max_element(rows, less, &AppliedRow::version);
    QList<MigrationState> states;
    for (const auto& file : files) {
        const auto row = applied.constFind(file.version);
        if (row == applied.constEnd()) {
            const bool late = newest != rows.end() && less(file.version, newest->version);
            states.append(
                {.migration = file, .state = late ? State::OutOfOrder : State::Pending, .appliedAt = {}});
        } else {
            states.append({.migration = file, .state = stateOf(*row, file), .appliedAt = row->appliedAt});
        }
    }
    for (const auto& file : files)
        applied.remove(file.version);
    for (const auto& row : applied) {
        states.append(
            {.migration = {.version = row.version, .name = row.name.isEmpty() ? row.version : row.name},
             .state = stateWithoutFile(row),
             .appliedAt = row.appliedAt});
    }
    std::ranges::stable_sort(states, less,
                             [](const MigrationState& state) { return state.migration.version; });
    return states;
}

}  // namespace dewpoint::project
