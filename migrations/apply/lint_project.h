// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "drivers/stopping.h"
#include "lint/lint.h"
#include "project/format.h"

namespace dewpoint::apply {

/// What lint says of one migration's up script.
struct Linted {
    project::Migration migration;
    QString script;
    int linesBefore = 0;  ///< lines of the file above the script
    lint::Report report;
    QList<lint::ColumnRename> renames;
    std::optional<Error> unreadable;
    bool replayed = true;  ///< false: its text alone was judged, as it or one before it failed in a replay

    int line(const lint::Finding& finding) const { return linesBefore + report.line(finding); }
};

/// All migrations, in the tool's order, each judged on the schema that those before it make. No database is
/// needed: SQLite's schemas come from a replay in memory, PostgreSQL's are followed from the statements.
/// Programs are not judged.
Result<QList<Linted>> lintProject(const project::Project& given, Engine engine,
                                  const drivers::StopAsked& stop = {});

/// How this migration's script runs.
lint::Setting settingOf(const project::Project& project, const project::Migration& migration,
                        const project::Script& script, Engine engine);

/// All that the answer depends on, in a few bytes.
Result<QByteArray> lintKey(const project::Project& given, Engine engine);

}  // namespace dewpoint::apply
