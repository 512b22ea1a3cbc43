// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/plan.h"

#include "base/words.h"
#include "project/format.h"

#include <algorithm>

namespace dewpoint::apply {

namespace {

QList<MigrationState> chosen(const Status& status, Action action, const Scope& scope, qsizetype to)
{
    const project::Rules rules = project::formatOf(status.project).rules(status.project);
    QList<MigrationState> list;
    for (qsizetype i = 0; i < status.migrations.size(); ++i) {
        const MigrationState& state = status.migrations[i];
        const bool inside = scope.kind != Scope::Kind::To || (action == Action::Run ? i <= to : i > to);
        const bool passedOver = (rules.revertSkipsMissing && state.migration.folder.isEmpty())
                                || (rules.revertSkipsIrreversible && !state.migration.reversible());
        const bool standing =
            state.isApplied() && state.state != State::Baseline && !state.migration.repeatable;
        const bool fits = action == Action::Run ? state.isPending() : standing && !passedOver;
        if (fits && inside)
            list.append(state);
    }
    if (action != Action::Run)
        std::ranges::reverse(list);
    return scope.kind == Scope::Kind::Count ? list.first(std::min<qsizetype>(scope.count, list.size()))
                                            : list;
}

/// The tool finds these out half-way; here nothing has run yet.
Result<> refuseIrreversible(const QList<MigrationState>& list)
{
    for (const auto& state : list) {
        if (state.migration.folder.isEmpty()) {
            return fail(
                ErrorKind::NotFound,
                Words::tr("Unable to find migration version %1 to revert in the migrations directory.")
                    .arg(state.migration.version),
                Words::tr("Bring its file back, e.g. from version control. Nothing was reverted."));
        }
        if (!state.migration.reversible()) {
            return fail(
                ErrorKind::NotFound,
                Words::tr("%1 has no down SQL, so it cannot be reverted.").arg(state.migration.folder),
                state.migration.downPlace.isEmpty()
                    ? Words::tr("Write its down SQL. Nothing was reverted.")
                    : Words::tr("Write %1, or have it worked out (migrate generate --down-for). "
                                "Nothing was reverted.")
                          .arg(state.migration.downPlace));
        }
    }
    return {};
}

/// What the tool itself refuses; for a redo as things are after the reverting.
Result<> checked(const Status& status, Action action, const Scope& scope, const QList<MigrationState>& list)
{
    const auto verify = project::formatOf(status.project).verify;
    if (auto fine = verify ? verify(status.project) : Result<>{}; !fine)
        return fine;
    const auto check = project::formatOf(status.project).check;
    if (!check)
        return {};
    QList<MigrationState> all = status.migrations;
    if (action != Action::Run) {
        auto down = check(all, Direction::Down, scope.allowMissing);
        if (!down || action == Action::Revert)
            return down;
        for (MigrationState& state : all)
            state.state = list.contains(state) ? State::Pending : state.state;
    }
    return check(all, Direction::Up, scope.allowMissing);
}

}  // namespace

qsizetype indexOf(const QList<MigrationState>& list, const QString& text)
{
    const auto find = [&](auto fits) {
        const auto found = std::ranges::find_if(list, fits, &MigrationState::migration);
        return found == list.end() ? -1 : found - list.begin();
    };
    using project::Migration;
    qsizetype index = find([&](const Migration& m) { return m.version == text || m.folder == text; });
    const QString version = project::normalisedVersion(text);
    if (index < 0)
        index = find([&](const Migration& m) { return m.version == version; });
    if (index < 0)
        index = find([&](const Migration& m) { return m.version.section(u'_', 0, 0) == text; });
    if (index < 0 && !version.isEmpty())
        index = find([&](const Migration& m) {
            return !project::numberLess(m.version, version) && !project::numberLess(version, m.version);
        });
    return index;
}

Result<QList<Step>> plan(const Status& status, Action action, const Scope& scope)
{
    const qsizetype to = scope.kind == Scope::Kind::To ? indexOf(status.migrations, scope.version) : -1;
    if (scope.kind == Scope::Kind::To && to < 0) {
        return fail(ErrorKind::InvalidInput,
                    Words::tr("There is no migration with version %1.").arg(scope.version),
                    Words::tr("The list of migrations shows the versions."));
    }
    const auto list = chosen(status, action, scope, to);
    if (auto fine = checked(status, action, scope, list); !fine)
        return fail(fine.error());
    QList<Step> steps;
    if (action != Action::Run) {
        if (auto reversible = refuseIrreversible(list); !reversible)
            return fail(reversible.error());
        for (const auto& state : list)
            steps.append({.migration = state.migration, .direction = Direction::Down});
    }
    if (action == Action::Run) {
        for (const auto& state : list)
            steps.append({.migration = state.migration, .direction = Direction::Up});
    } else if (action == Action::Redo) {
        for (qsizetype i = list.size() - 1; i >= 0; --i)
            steps.append({.migration = list[i].migration, .direction = Direction::Up});
    }
    return steps;
}

std::pair<QString, QString> spanOf(const QList<Step>& steps)
{
    // Downs come newest first, ups oldest first; a redo has the downs in front.
    const bool down = steps.first().direction == Direction::Down;
    const auto end = std::ranges::find_if(
        steps, [&](const Step& step) { return (step.direction == Direction::Down) != down; });
    const QString front = steps.first().migration.version;
    const QString back = std::prev(end)->migration.version;
    return down ? std::pair(back, front) : std::pair(front, back);
}

}  // namespace dewpoint::apply
