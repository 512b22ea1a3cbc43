// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "apply/repair.h"
#include "support/migrating.h"
#include "support/tool_projects.h"

namespace dewpoint::test {

/// A tool's three migrations, a fresh database, and repairs of its ledger.
struct RepairScratch {
    ProjectScratch files;
    project::Project project;
    std::unique_ptr<drivers::Connection> db;

    RepairScratch(const ToolProject& tool, Engine engine)
        : files(engine), project(writeTool(files, tool)), db(files.connect())
    {}

    void run(const apply::Scope& scope, apply::Action action = apply::Action::Run) const
    {
        verify(apply::execute(*db, project, action, scope));
    }
    Result<apply::Repair> plan(const apply::RepairRequest& request) const
    {
        return apply::planRepair(*db, project, request);
    }
    /// The one-line error, or nothing.
    QString repaired(const apply::RepairRequest& request) const
    {
        const auto repair = plan(request);
        if (!repair)
            return repair.error().oneLine();
        const auto done = apply::carryOut(*db, project, *repair);
        return done ? QString() : done.error().oneLine();
    }
    QString repaired(apply::RepairKind kind, const QStringList& versions) const
    {
        return repaired({.kind = kind, .versions = versions});
    }
    QString versionAt(int index) const
    {
        return apply::status(*db, project).value().migrations.at(index).migration.version;
    }
    QString states() const { return stateNames(*db, project); }
    QStringList cells(const QStringList& leftOut = {}) const { return ledgerCells(*db, project, leftOut); }
    QStringList shape() const { return ledgerShape(*db, project); }
    bool hasTable(const QString& name) const
    {
        return ledger::exists(*db, {.schema = {}, .name = name}).value();
    }
};

}  // namespace dewpoint::test
