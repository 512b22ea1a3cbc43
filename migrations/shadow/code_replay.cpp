// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "shadow/code_replay.h"

#include "base/words.h"
#include "project/code.h"

#include <algorithm>

namespace dewpoint::shadow {

namespace {

using project::CommandFormat;
using project::CommandRequest;

constexpr qsizetype shownLines = 10;

Result<> wantRecorded(drivers::Connection& shadow, const project::Project& project,
                      const QList<project::Migration>& migrations)
{
    const project::Format& format = project::formatOf(project);
    if (format.command.tellsState && format.command.tellsState(project))
        return {};
    const auto exists = ledger::exists(shadow, format.ledger.table(project, shadow.engine()));
    if (!exists)
        return fail(exists.error());
    const auto rows = *exists ? format.ledger.rows(shadow, project) : Result<QList<ledger::AppliedRow>>();
    if (!rows)
        return fail(rows.error());
    const auto states = format.states(project, migrations, *rows);
    for (const auto& migration : migrations) {
        const auto state =
            std::ranges::find(states, migration.version,
                              [](const project::MigrationState& one) { return one.migration.version; });
        if (state == states.end() || !state->isApplied())
            return fail(
                ErrorKind::NotFound,
                Words::tr("The project's command ended well, but the scratch database has nothing of %1.")
                    .arg(migration.folder),
                Words::tr("Does the command use the database that DATABASE_URL names?"));
    }
    return {};
}

}  // namespace

Result<> wantCodePreview(const project::Project& project)
{
    if (auto agreed = project::wantAgreement(project); !agreed)
        return agreed;
    if (project::formatOf(project).command.isPreviewable(project))
        return {};
    return fail(ErrorKind::Unsupported,
                Words::tr("A preview would run the command on a scratch database, but it does not take one."),
                Words::tr("Let commands.up or [environment] in dewpoint.toml have {url} or {path}."));
}

Result<> replayCode(drivers::Connection& shadow, const project::Project& project,
                    const QList<project::Migration>& migrations)
{
    if (migrations.isEmpty())
        return {};
    const auto reach = project::formatOf(project).command.reach(project, CommandRequest::Kind::Up);
    const auto all = project::list(project);
    if (!all)
        return fail(all.error());
    if (reach == CommandFormat::Reach::All && migrations.size() != all->size())
        return fail(
            ErrorKind::Unsupported,
            Words::tr("The project's command can only run all migrations, so one alone cannot be previewed."),
            Words::tr("Let commands.up in dewpoint.toml have {count} or {version}."));
    const auto ended = project::runCode(project,
                                        {.kind = CommandRequest::Kind::Up,
                                         .count = static_cast<int>(migrations.size()),
                                         .version = migrations.last().version,
                                         .target = shadow.target()},
                                        {.stopRequested = shadow.stopAsked()});
    if (!ended)
        return fail(ended.error());
    if (ended->stopped)
        return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
    if (!ended->isFine()) {
        const qsizetype shown = std::min(shownLines, ended->lastLines.size());
        return std::unexpected(
            Error{.kind = ErrorKind::Other,
                  .message = Words::tr("Replaying up to %1 on an empty database failed. %2")
                                 .arg(migrations.last().folder, ended->sentence()),
                  .detail = ended->lastLines.last(shown).join(u'\n')});
    }
    return wantRecorded(shadow, project, migrations);
}

}  // namespace dewpoint::shadow
