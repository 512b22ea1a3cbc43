// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/down.h"

#include "base/words.h"
#include "plan/script.h"
#include "project/format.h"
#include "project/new_file.h"
#include "shadow/replay.h"

#include <QFileInfo>

#include <algorithm>

namespace dewpoint::apply {

namespace {

using project::Migration;

Result<Migration> migrationOf(const project::Project& project, const QString& version)
{
    const auto all = project::list(project);
    if (!all)
        return fail(all.error());
    const auto found = std::ranges::find(*all, version, &Migration::version);
    if (found == all->end())
        return fail(ErrorKind::NotFound, Words::tr("There is no migration with version %1.").arg(version));
    if (found->reversible())
        return fail(ErrorKind::Conflict,
                    Words::tr("%1 has down SQL already: %2").arg(found->folder, found->downPath));
    if (found->downPlace.isEmpty())
        return fail(ErrorKind::Unsupported, Words::tr("%1 has no place for the down SQL of %2.")
                                                .arg(project::toolTitle(project), found->folder));
    return *found;
}

}  // namespace

// A tool whose sessions enforce foreign keys must not wrap a script that switches them off.
QByteArray migrationScript(const plan::Plan& plan, const project::Project& project)
{
    if (plan.isEmpty())
        return {};
    const QByteArray head = project::formatOf(project).rules(project).withoutTransaction;
    if (plan.foreignKeysOff && !head.isEmpty())
        return head + plan::script(plan, plan::Sender::Shell);
    return plan::script(plan, plan::Sender::Transaction);
}

Result<Down> workOutDown(drivers::Connection& live, const project::Project& project, const QString& version,
                         const shadow::Answers& answers, const drivers::StopAsked& stop)
{
    const project::Project known = project::forEngine(project, live.engine());
    const auto migration = migrationOf(known, version);
    if (!migration)
        return fail(migration.error());
    const auto states = shadow::preview(live, known, version, version, stop);
    if (!states)
        return fail(states.error());
    shadow::Answers wanted = answers;
    wanted.options.oneTransaction = true;
    const auto difference = shadow::difference(live.target(), states->after, states->before, wanted, stop);
    if (!difference)
        return fail(difference.error());
    if (!difference->open.isEmpty())
        return Down{.open = difference->open};
    const QByteArray script = migrationScript(difference->up, known);
    if (script.isEmpty())
        return fail(ErrorKind::Unsupported,
                    Words::tr("%1 changes nothing in the schema, so there is nothing to work out.")
                        .arg(migration->folder),
                    Words::tr("Write its down SQL by hand: %1").arg(migration->downPlace));
    const QByteArray origin = "-- What takes " + migration->folder.toUtf8()
                              + " back, worked out from the schemas before and after it.\n";
    return Down{.open = {},
                .script = origin + script,
                .losesData = std::ranges::any_of(difference->up.steps, &plan::Step::losesData)};
}

Result<QString> writeDown(const project::Project& project, const QString& version, const QByteArray& script)
{
    const auto migration = migrationOf(project, version);
    if (!migration)
        return fail(migration.error());
    const QString& path = migration->downPlace;
    if (auto made = project::makeFolder(QFileInfo(path).path()); !made)
        return fail(made.error());
    return project::writeNew(path, script).transform([&] { return path; });
}

}  // namespace dewpoint::apply
