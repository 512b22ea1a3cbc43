// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/plan.h"

#include "base/words.h"
#include "project/format.h"

#include <algorithm>

namespace dewpoint::apply {

namespace {

/// Counts as there, and a revert could be meant for it.
bool isStanding(const MigrationState& state)
{
    return state.isApplied() && state.state != State::Baseline && !state.migration.repeatable;
}

bool isPassedOver(const project::Rules& rules, const MigrationState& state)
{
    return (rules.revertSkipsMissing && state.migration.folder.isEmpty())
           || (rules.revertSkipsIrreversible && !state.migration.reversible());
}

/// In the reach of the action, in the order of its steps; `fits` says which are counted.
template <class Fits>
QList<MigrationState> reached(const Status& status, Action action, const Scope& scope, qsizetype to,
                              Fits fits)
{
    QList<MigrationState> list;
    for (qsizetype i = 0; i < status.migrations.size(); ++i) {
        const bool inside = scope.kind != Scope::Kind::To || (action == Action::Run ? i <= to : i > to);
        if (inside && fits(status.migrations[i]))
            list.append(status.migrations[i]);
    }
    if (action != Action::Run)
        std::ranges::reverse(list);
    return list;
}

QList<MigrationState> chosen(const Status& status, Action action, const Scope& scope, qsizetype to)
{
    const project::Rules rules = project::formatOf(status.project).rules(status.project);
    const auto list = reached(status, action, scope, to, [&](const MigrationState& state) {
        return action == Action::Run ? state.isPending() : isStanding(state) && !isPassedOver(rules, state);
    });
    return scope.kind == Scope::Kind::Count ? list.first(std::min<qsizetype>(scope.count, list.size()))
                                            : list;
}

QString whyPassedOver(const Status& status, const MigrationState& state)
{
    const project::Migration& migration = state.migration;
    const QString tool = project::toolTitle(status.project);
    if (state.state == State::Skipped)
        return Words::tr("%1 was never applied, and %2 passes over it.").arg(migration.folder, tool);
    if (migration.folder.isEmpty())
        return Words::tr("%1 is passed over: its file is gone.").arg(migration.version);
    return migration.downPlace.isEmpty()
               ? Words::tr("%1 is passed over: it has no down SQL.").arg(migration.folder)
               : Words::tr("%1 is passed over: there is no %2.").arg(migration.folder, migration.downPlace);
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

/// A file that the tool cannot read is found before the ones in front of it run.
Result<> refuseUnreadable(const project::Project& project, const QList<Step>& steps)
{
    if (!project::formatOf(project).readsUtf8Only)
        return {};
    for (const Step& step : steps) {
        if (const auto script = project::script(project, step.migration, step.direction); !script)
            return fail(script.error());
    }
    return {};
}

/// Of the migration that the scope goes to; -1 where it names none.
Result<qsizetype> endOf(const Status& status, const Scope& scope)
{
    return scope.kind == Scope::Kind::To ? indexOf(status.migrations, scope.version) : Result<qsizetype>(-1);
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

bool stands(const Status& now, const Step& step)
{
    const auto found = std::ranges::find_if(now.migrations, [&](const MigrationState& state) {
        return state.migration.version == step.migration.version
               && state.migration.folder == step.migration.folder;
    });
    const bool applied = found != now.migrations.end() && found->isApplied();
    return applied == (step.direction == Direction::Up);
}

Result<qsizetype> indexOf(const QList<MigrationState>& list, const QString& text)
{
    QList<project::Migration> migrations(list.size());
    std::ranges::transform(list, migrations.begin(), &MigrationState::migration);
    return project::indexOf(migrations, text);
}

QStringList passedOver(const Status& status, Action action, const Scope& scope)
{
    const project::Rules rules = project::formatOf(status.project).rules(status.project);
    const qsizetype to = endOf(status, scope).value_or(-1);
    const auto isLeftOut = [&](const MigrationState& state) {
        return action == Action::Run ? state.state == State::Skipped && !state.migration.summary
                                     : isStanding(state) && isPassedOver(rules, state);
    };
    const auto taken = chosen(status, action, scope, to);
    const auto last = taken.isEmpty() ? -1 : status.migrations.indexOf(taken.last());
    const bool counted = scope.kind == Scope::Kind::Count && taken.size() == scope.count;
    QStringList sentences;
    for (const MigrationState& state : reached(status, action, scope, to, isLeftOut)) {
        const qsizetype place = status.migrations.indexOf(state);
        if (!counted || (action == Action::Run ? place < last : place > last))
            sentences << whyPassedOver(status, state);
    }
    return sentences;
}

Result<QList<Step>> plan(const Status& status, Action action, const Scope& scope)
{
    const auto to = endOf(status, scope);
    if (!to)
        return fail(to.error());
    const auto list = chosen(status, action, scope, *to);
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
    return refuseUnreadable(status.project, steps).transform([&] { return steps; });
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
