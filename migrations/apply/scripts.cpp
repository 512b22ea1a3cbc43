// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/scripts.h"

#include "plan/script.h"
#include "project/for_database.h"
#include "project/format.h"
#include "shadow/replay.h"

#include <QDir>

#include <algorithm>

namespace dewpoint::apply {

// A tool whose sessions enforce foreign keys must not wrap a script that switches them off.
QByteArray migrationScript(const plan::Plan& plan, const project::Project& project)
{
    if (plan.isEmpty())
        return {};
    const auto head = project::formatOf(project).rules(project).withoutTransaction;
    if (plan.foreignKeysOff && head)
        return *head + plan::script(plan, plan::Sender::Shell);
    return plan::script(plan, plan::Sender::Transaction);
}

Result<QList<project::Migration>> migrationsThere(const project::Project& project)
{
    return QDir(project.directory).isEmpty() ? QList<project::Migration>() : project::list(project);
}

Result<Scripts> scriptsTo(const schema::Database& goal, const drivers::Target& server,
                          const project::Project& project, const shadow::Answers& answers,
                          const drivers::StopAsked& stop)
{
    const project::Project known = project::forDatabase(project, server);
    const auto migrations = migrationsThere(known);
    if (!migrations)
        return fail(migrations.error());
    const auto from = shadow::stateAfter(server, known, *migrations, stop, catalog::extentOf(goal));
    if (!from)
        return fail(from.error());
    return scriptsBetween(*from, goal, server, known, answers, stop);
}

Result<Scripts> scriptsBetween(const schema::Database& from, const schema::Database& goal,
                               const drivers::Target& server, const project::Project& project,
                               const shadow::Answers& answers, const drivers::StopAsked& stop)
{
    shadow::Answers wanted = answers;
    wanted.options.oneTransaction = true;
    const auto difference = shadow::difference(server, from, goal, wanted, stop);
    if (!difference)
        return fail(difference.error());
    return Scripts{.open = difference->open,
                   .up = migrationScript(difference->up, project),
                   .down = migrationScript(difference->down, project)};
}

Result<WayBack> wayBack(const schema::Database& before, const schema::Database& after,
                        const drivers::Target& server, const project::Project& project,
                        const shadow::Answers& answers, const drivers::StopAsked& stop)
{
    shadow::Answers wanted = answers;
    wanted.options.oneTransaction = true;
    const auto difference = shadow::difference(server, after, before, wanted, stop);
    if (!difference)
        return fail(difference.error());
    if (!difference->open.isEmpty())
        return WayBack{.open = difference->open};
    return WayBack{.open = {},
                   .script = migrationScript(difference->up, project),
                   .losesData = std::ranges::any_of(difference->up.steps, &plan::Step::losesData)};
}

Result<WayBack> wayBackOf(const QByteArray& up, const drivers::Target& server,
                          const project::Project& project, const shadow::Answers& answers,
                          const drivers::StopAsked& stop)
{
    const project::Project known = project::forDatabase(project, server);
    const auto migrations = migrationsThere(known);
    if (!migrations)
        return fail(migrations.error());
    const auto change = shadow::changeBehind(server, known, *migrations, up, stop);
    if (!change)
        return fail(change.error());
    return wayBack(change->before, change->after, server, known, answers, stop);
}

}  // namespace dewpoint::apply
