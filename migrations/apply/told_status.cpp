// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "apply/told_status.h"

#include "base/words.h"
#include "project/code.h"

#include <algorithm>

namespace dewpoint::apply {

namespace {

constexpr qsizetype shownLines = 5;

/// Longer lists than what Output keeps are real, so the lines are gathered here.
Result<QStringList> appliedVersions(drivers::Connection& connection, const project::Project& project)
{
    constexpr qsizetype mostLines = 100'000;
    QStringList lines;
    const auto ended = project::runCode(
        project, {.kind = project::CommandRequest::Kind::Status, .target = connection.target()},
        {.stopRequested = connection.stopAsked(),
         .output =
             [&](const QStringList& more) {
                 if (lines.size() < mostLines)
                     lines += more;
             },
         .wantsAnswer = true});
    if (!ended)
        return fail(ended.error());
    if (ended->stopped)
        return fail(ErrorKind::Cancelled, Words::tr("Cancelled."));
    if (!ended->isFine()) {
        return std::unexpected(Error{
            .kind = ErrorKind::Other,
            .message = Words::tr("The project's status command failed: %1").arg(ended->sentence()),
            .detail =
                ended->lastLines.last(std::min<qsizetype>(shownLines, ended->lastLines.size())).join(u'\n')});
    }
    for (QString& line : lines)
        line = line.trimmed();
    lines.removeAll(QString());
    return lines;
}

}  // namespace

Result<Status> statusByCommand(drivers::Connection& connection, const project::Project& project,
                               const QList<project::Migration>& files)
{
    Status status{.project = project, .engine = connection.engine(), .ledger = {}, .migrations = {}};
    if (!project::mayRunCode(project)) {
        for (const auto& file : files)
            status.migrations.append({.migration = file, .state = State::Unknown, .appliedAt = {}});
        return status;
    }
    const auto versions = appliedVersions(connection, project);
    if (!versions)
        return fail(versions.error());
    QList<ledger::AppliedRow> rows;
    for (const QString& version : *versions)
        rows.append({.version = version});
    status.migrations = project::formatOf(project).states(project, files, rows);
    return status;
}

}  // namespace dewpoint::apply
