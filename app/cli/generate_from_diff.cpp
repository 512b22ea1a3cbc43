// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "cli/generate_from_diff.h"

#include "shadow/replay.h"
#include "shadow/side.h"

namespace dewpoint::cli {

namespace {

Result<schema::Database> goal(const project::Project& project, const QString& file,
                              const drivers::Target& target, catalog::Extent extent)
{
    if (!file.isEmpty())
        return shadow::schemaOf(shadow::sideOfFile(file), {},
                                {.server = target, .project = project, .extent = extent, .stop = {}});
    const auto connection = drivers::Connection::open(forReading(target));
    if (!connection)
        return fail(connection.error());
    return shadow::inspectWithoutLedger(**connection, project, extent);
}

}  // namespace

Result<apply::Scripts> scriptsFromDifference(const QCommandLineParser& parser,
                                             const project::Project& project, const QString& target)
{
    const bool fromFile = shadow::isFile(target);
    const auto server = findTarget(parser, fromFile ? QString() : target, project.tool);
    if (!server)
        return fail(server.error());
    const auto extent = extentOf(parser, server->engine);
    if (!extent)
        return fail(extent.error());
    const auto to = goal(project, fromFile ? target : QString(), *server, *extent);
    if (!to)
        return fail(to.error());
    return apply::scriptsTo(*to, *server, project, answersOf(parser));
}

}  // namespace dewpoint::cli
