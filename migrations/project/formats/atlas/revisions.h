// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/formats/atlas/atlas.h"

/// Atlas' ledger, the table atlas_schema_revisions: its rows and how it is made.
namespace dewpoint::project::atlas::revisions {

constexpr int baselineType = 1;
constexpr int executeType = 2;

ledger::Table table(const Project& project, Engine engine);
QString tableSql(Engine engine, const Project& project);

struct Revision {
    QString version;
    QString description;
    int type = executeType;
    qint64 applied = 0;
    qint64 total = 0;
    QString hash;
    QStringList partialHashes;  ///< as Atlas writes them: null when there are none
    QString error;
    QString errorStatement;
};

ledger::Statement writing(Engine engine, const Project& project, const Revision& revision);
Result<> write(drivers::Connection& connection, const Project& project, const Revision& revision);

/// Nothing where the migration has no row.
Result<std::optional<Revision>> read(drivers::Connection& connection, const Project& project,
                                     const Migration& migration);

/// Makes the table, and writes the baseline that the project names.
Result<> create(drivers::Connection& connection, const Project& project);

/// The schema of its own, and the table.
RepairFormat::Statements createSql(Engine engine, const Project& project);

}  // namespace dewpoint::project::atlas::revisions
