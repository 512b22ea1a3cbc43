// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "squash/range.h"

#include "apply/plan.h"
#include "base/words.h"
#include "project/code.h"
#include "project/format.h"

#include <algorithm>

namespace dewpoint::squash {

namespace {

using apply::MigrationState;
using apply::State;

Result<qsizetype> placeOf(const QList<MigrationState>& states, const QString& wanted, bool first)
{
    if (!wanted.isEmpty())
        return apply::indexOf(states, wanted);
    const auto isMeant = [](const MigrationState& state) {
        return state.state == State::Pending && !state.migration.repeatable && !state.migration.summary;
    };
    const auto found =
        first ? std::ranges::find_if(states, isMeant) : std::ranges::find_last_if(states, isMeant).begin();
    if (found == states.end())
        return fail(ErrorKind::InvalidInput,
                    Words::tr("No migration is pending, so there is none to squash."));
    return found - states.begin();
}

Result<> wantPending(const MigrationState& state)
{
    const QString name = state.migration.folder.isEmpty() ? state.migration.version : state.migration.folder;
    if (state.migration.repeatable)
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1 is repeatable: it runs whenever it changed, and has no place in the order.")
                        .arg(name));
    if (state.migration.summary)
        return fail(ErrorKind::Unsupported, Words::tr("%1 stands for all before it already.").arg(name));
    if (state.state == State::Pending)
        return {};
    if (state.state == State::OutOfOrder)
        return fail(
            ErrorKind::Conflict,
            Words::tr("%1 is older than the newest applied one: only what comes at the end can be squashed.")
                .arg(name));
    return fail(ErrorKind::Conflict,
                Words::tr("%1 is not pending (%2): only what was never applied can be squashed.")
                    .arg(name, apply::stateTitle(state.state).toLower()));
}

Result<> wantAtTheEnd(const QList<MigrationState>& states, qsizetype last)
{
    const auto later =
        std::ranges::find_if(states.begin() + last + 1, states.end(), [](const MigrationState& state) {
            return state.isApplied() && !state.migration.repeatable;
        });
    if (later == states.end())
        return {};
    return fail(ErrorKind::Conflict,
                Words::tr("%1 comes behind them and is applied.").arg(later->migration.version));
}

Result<> wantWhole(const apply::Status& status)
{
    if (!status.problem.isEmpty())
        return fail(ErrorKind::Conflict, status.problem, status.remedy);
    const auto verify = project::formatOf(status.project).verify;
    return verify ? verify(status.project) : Result<>{};
}

}  // namespace

Result<> wantSql(const project::Project& project)
{
    if (!project::runsCode(project))
        return {};
    return fail(ErrorKind::Unsupported,
                Words::tr("The migrations of %1 are programs, which nobody can put into one.")
                    .arg(project::toolTitle(project)),
                Words::tr("Only migrations that are SQL can be squashed."));
}

Result<Range> rangeOf(const apply::Status& status, const QList<project::Migration>& all,
                      const Request& request)
{
    if (auto whole = wantWhole(status); !whole)
        return fail(whole.error());
    const QList<MigrationState>& states = status.migrations;
    const auto from = placeOf(states, request.from, true);
    const auto to = from ? placeOf(states, request.to, false) : from;
    if (!to)
        return fail(to.error());
    if (*to <= *from)
        return fail(ErrorKind::InvalidInput,
                    *to < *from ? Words::tr("The last migration is before the first.")
                                : Words::tr("That is one migration already: a squash wants two or more."));
    for (qsizetype i = *from; i <= *to; ++i) {
        if (auto pending = wantPending(states[i]); !pending)
            return fail(pending.error());
    }
    if (auto last = wantAtTheEnd(states, *to); !last)
        return fail(last.error());
    Range range;
    bool behind = false;
    for (const project::Migration& migration : all) {
        range.order << migration.version;
        const bool inside = std::ranges::any_of(
            states.begin() + *from, states.begin() + *to + 1,
            [&](const MigrationState& state) { return state.migration.version == migration.version; });
        behind = behind || inside;
        if (inside)
            range.inside << migration;
        else if (behind)
            range.behind << migration.version;
        else
            range.before << migration;
    }
    if (project::formatOf(status.project).squash.numbersItself && !range.behind.isEmpty())
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1 numbers its migrations itself, so only the last ones can become one.")
                        .arg(project::toolTitle(status.project)),
                    Words::tr("Squash up to %1.").arg(range.behind.last()));
    return range;
}

}  // namespace dewpoint::squash
