// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/formats/flyway/flyway.h"

/// Flyway's ledger, the schema history table: its rows, how it is made and how it is repaired.
namespace dewpoint::project::flyway::history {

ledger::Table table(const Project& project, Engine engine);
QString tableSql(Engine engine, const Project& project);

struct Row {
    Value version;
    QString description;
    QString type;
    QString script;
    Value checksum;
    bool success = true;
    int rank = 1;  ///< the smallest it may have; the next one that is free is taken
};

Row rowFor(const Project& project, const Migration& migration, bool success);
ledger::Statement inserting(Engine engine, const Project& project, const Row& row);
Result<> write(drivers::Connection& connection, const Project& project, const Row& row);

/// What selects a migration's rows. Its version may be written with other zeros.
struct Selection {
    QString sql;
    QList<Value> values;
};

Selection rowsOf(Engine engine, const Migration& migration);

/// Makes the table, and its first row where the schema was made too or is baselined.
Result<> create(drivers::Connection& connection, const Project& project);

/// The table alone, for a database that is not empty: its schema is there.
RepairFormat::Statements createSql(Engine engine, const Project& project);

RepairFormat repairs();

}  // namespace dewpoint::project::flyway::history
