// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/plan.h"

#include <QCoreApplication>

#include <algorithm>

namespace dewpoint::apply {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("dewpoint", text);
}

QList<MigrationState> chosen(const Status& status, Action action, const Scope& scope, const QString& version)
{
    QList<MigrationState> list;
    for (const auto& state : status.migrations) {
        const bool fits = state.isApplied() != (action == Action::Run);
        const bool inside =
            scope.kind != Scope::Kind::To
            || (action == Action::Run ? !project::versionLess(version, state.migration.version)
                                      : project::versionLess(version, state.migration.version));
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
        if (state.state == State::Missing) {
            return fail(ErrorKind::NotFound,
                        tr("Unable to find migration version %1 to revert in the migrations directory.")
                            .arg(state.migration.version),
                        tr("Bring its folder back, e.g. from version control. Nothing was reverted."));
        }
        if (!state.migration.reversible()) {
            return fail(ErrorKind::NotFound,
                        tr("Missing `down.sql` file to revert migration %1.").arg(state.migration.folder),
                        tr("Write its down.sql. Nothing was reverted."));
        }
    }
    return {};
}

}  // namespace

Result<QList<Step>> plan(const Status& status, Action action, const Scope& scope)
{
    const QString version = project::normalisedVersion(scope.version);
    const bool known = std::ranges::any_of(
        status.migrations, [&](const MigrationState& state) { return state.migration.version == version; });
    if (scope.kind == Scope::Kind::To && !known) {
        return fail(ErrorKind::InvalidInput, tr("There is no migration with version %1.").arg(scope.version),
                    tr("The list of migrations shows the versions."));
    }
    const auto list = chosen(status, action, scope, version);
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

}  // namespace dewpoint::apply
