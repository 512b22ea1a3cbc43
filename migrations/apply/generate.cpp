// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/generate.h"

#include "apply/scripts.h"
#include "base/words.h"
#include "project/code.h"
#include "project/new_file.h"
#include "shadow/replay.h"

#include <algorithm>

namespace dewpoint::apply {

namespace {

Result<> checkWanted(const NewMigration& wanted)
{
    if (auto named = project::checkName(wanted); !named)
        return named;
    // The command would take it for an option of its own.
    if (wanted.name.startsWith(u'-'))
        return fail(ErrorKind::InvalidInput, Words::tr("The name begins with “-”."),
                    Words::tr("Choose another name."));
    if (!wanted.up.isEmpty() || !wanted.down.isEmpty() || !wanted.version.isEmpty())
        return fail(
            ErrorKind::Unsupported,
            Words::tr("The project's own command makes new migrations, and takes neither SQL nor a version."),
            Words::tr("Give a name only."));
    return {};
}

Result<project::Migration> byCommand(const project::Project& project, const NewMigration& wanted,
                                     const command::Watch& watch)
{
    if (auto fine = checkWanted(wanted); !fine)
        return fail(fine.error());
    const auto before = project::list(project);
    if (!before)
        return fail(before.error());
    const auto ended = project::runCode(
        project, {.kind = project::CommandRequest::Kind::New, .name = wanted.name, .target = {}}, watch);
    if (!ended)
        return fail(ended.error());
    if (!ended->isFine())
        return std::unexpected(
            Error{.kind = ended->stopped ? ErrorKind::Cancelled : ErrorKind::Other,
                  .message = Words::tr("The project's command made no migration. %1").arg(ended->sentence()),
                  .detail = ended->lastLines.join(u'\n').right(1000)});
    const auto after = project::list(project);
    if (!after)
        return fail(after.error());
    const auto made = std::ranges::find_if(*after, [&](const project::Migration& migration) {
        return std::ranges::none_of(
            *before, [&](const project::Migration& old) { return old.version == migration.version; });
    });
    if (made == after->end())
        return fail(ErrorKind::NotFound,
                    Words::tr("The project's command ended well, but there is no new migration in %1.")
                        .arg(project.directory));
    return *made;
}

Result<project::SchemaChange> changeOf(const project::Project& project, const QByteArray& up,
                                       const std::optional<drivers::Target>& server,
                                       const drivers::StopAsked& stop)
{
    if (!server && project.engine != Engine::Sqlite)
        return fail(ErrorKind::InvalidInput,
                    Words::tr("%1 keeps a snapshot of the schema with each migration. It is worked out on a "
                              "scratch database, so the server is needed.")
                        .arg(project::toolTitle(project)),
                    Words::tr("Name a database of it with --db."));
    const auto there = migrationsThere(project);
    if (!there)
        return fail(there.error());
    if (server && project.engine && server->engine != *project.engine)
        return fail(ErrorKind::InvalidInput,
                    Words::tr("The project is for %1, and the database is %2.")
                        .arg(sql::engineName(*project.engine), sql::engineName(server->engine)));
    const drivers::Target target = server.value_or(drivers::Target{.engine = Engine::Sqlite});
    return shadow::changeBehind(target, project, *there, up, stop);
}

}  // namespace

bool replays(const project::Project& project, const NewMigration& wanted)
{
    return !project::runsCode(project) && project::formatOf(project).describesSchema && !wanted.up.isEmpty();
}

bool wantsServer(const project::Project& project, const NewMigration& wanted)
{
    return replays(project, wanted) && project.engine != Engine::Sqlite;
}

Result<project::Migration> generate(const project::Project& project, NewMigration wanted,
                                    const command::Watch& watch, const std::optional<drivers::Target>& server)
{
    if (auto known = project::refuseUnknown(project.unknowns); !known)
        return fail(known.error());
    if (project::runsCode(project))
        return byCommand(project, wanted, watch);
    const project::Format& format = project::formatOf(project);
    if (replays(project, wanted)) {
        auto change = changeOf(project, wanted.up, server, watch.stopRequested);
        if (!change)
            return fail(change.error());
        wanted.change = *std::move(change);
    }
    return format.generate(project, wanted);
}

}  // namespace dewpoint::apply
