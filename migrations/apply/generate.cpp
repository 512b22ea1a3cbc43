// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/generate.h"

#include "base/words.h"
#include "project/code.h"
#include "project/new_file.h"

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

}  // namespace

Result<project::Migration> generate(const project::Project& project, const NewMigration& wanted,
                                    const command::Watch& watch)
{
    return project::runsCode(project) ? byCommand(project, wanted, watch)
                                      : project::formatOf(project).generate(project, wanted);
}

}  // namespace dewpoint::apply
