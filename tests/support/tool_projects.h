// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"
#include "support/project_scratch.h"

namespace dewpoint::test {

/// The same three migrations (create_a, create_b, create_c, one table each) as every tool that runs SQL
/// has them, for tests that go through all tools.
struct ToolProject {
    QString title;  ///< "drizzle 1.0": the test row's name
    QString tool;   ///< "drizzle"
    void (*write)(const ProjectScratch&, const QString& folder) = nullptr;
    QString second;  ///< the file of create_b, below the folder
    /// After a file was changed by hand: what the tool's user does then. Null: nothing.
    void (*settle)(const ProjectScratch&, const QString& folder) = nullptr;
};

QString letter(char name);  ///< "a"
QString dayOf(char name);   ///< of create_a: "20250101000000"

const QList<ToolProject>& toolProjects();
const ToolProject& toolProject(const QString& title);

/// In `folder` of the scratch's own folder.
project::Project writeTool(const ProjectScratch& scratch, const ToolProject& tool,
                           const QString& folder = QStringLiteral("project"));

/// What "atlas migrate hash" does.
void hashAtlas(const ProjectScratch& scratch, const QString& folder = QStringLiteral("."));

/// All cells of the ledger, those that are a time, a duration or a random name only as “set”; ∅ where there
/// is no table. In the order in which they were written, as far as the table tells.
QStringList ledgerCells(drivers::Connection& connection, const project::Project& project,
                        const QStringList& leftOut = {});

/// How the table was made.
QStringList ledgerShape(drivers::Connection& connection, const project::Project& project);

}  // namespace dewpoint::test
