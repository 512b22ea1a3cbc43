// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/refinery/refinery.h"
#include "project/states.h"

namespace dewpoint::project::refinery {

namespace {

Result<Script> script(const Project& project, const Migration& migration, Direction direction)
{
    if (isRust(migration))
        return refuseRust(migration);
    return scriptOfFile(project, migration, direction);
}

/// The SQLite that comes with refinery enforces foreign keys.
Rules rules(const Project&)
{
    return {.foreignKeys = true};
}

/// Only U files may be older than the newest applied one; V files are passed over then.
QList<MigrationState> states(const Project&, const QList<Migration>& files,
                             const QList<ledger::AppliedRow>& rows)
{
    auto states = statesByVersion(files, rows, numberLess);
    for (MigrationState& state : states) {
        if (state.state == State::OutOfOrder && state.migration.folder.startsWith(u'V'))
            state.state = State::Skipped;
    }
    return states;
}

/// As the library refuses; the command line only logs and goes on.
Result<> check(const QList<MigrationState>& states, Direction direction, bool allowMissing)
{
    if (direction == Direction::Down)
        return {};
    for (const auto& state : states) {
        if (state.isPending() && isRust(state.migration))
            return refuseRust(state.migration);
    }
    if (allowMissing)
        return {};
    const QString hint =
        Words::tr("Put it right, or go on with --ignore-missing, as refinery's command line does.");
    for (const auto& state : states) {
        const Migration& migration = state.migration;
        if (state.state == State::Missing || state.state == State::Skipped)
            return fail(ErrorKind::Conflict,
                        state.state == State::Missing
                            ? Words::tr("migration V%1__%2 is missing from the filesystem")
                                  .arg(migration.version, migration.name)
                            : Words::tr("%1 is older than the newest applied one and was never applied")
                                  .arg(migration.folder),
                        hint);
        if (state.state == State::Modified)
            return fail(ErrorKind::Conflict,
                        Words::tr("applied migration V%1__%2 is different than filesystem one %3")
                            .arg(migration.version, migration.name, migration.folder),
                        hint);
    }
    return {};
}

}  // namespace

const Format& format()
{
    static const Format format{.id = QLatin1StringView("refinery"),
                               .title = QLatin1StringView("refinery"),
                               .detect = detect,
                               .list = list,
                               .script = script,
                               .readsUtf8Only = true,
                               .generate = generate,
                               .rules = rules,
                               .states = states,
                               .check = check,
                               .ledger = ledgerFormat()};
    return format;
}

}  // namespace dewpoint::project::refinery
