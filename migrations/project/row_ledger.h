// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// The parts of a LedgerFormat for a tool whose ledger has a row a migration: one statement adds it (up), one
/// takes it away (down).
namespace dewpoint::project {

using RowStatement = ledger::Statement (*)(Engine, const Project&, const Migration&, Direction);

template <RowStatement row>
Result<> insertRow(drivers::Connection& connection, const Project& project, const Migration& migration)
{
    return send(connection, row(connection.engine(), project, migration, Direction::Up));
}

template <RowStatement row>
Result<> removeRow(drivers::Connection& connection, const Project& project, const Migration& migration)
{
    return send(connection, row(connection.engine(), project, migration, Direction::Down));
}

template <RowStatement row>
RepairFormat::Statements markRow(Engine engine, const Project& project, const MigrationState& state,
                                 Direction direction)
{
    return QList{row(engine, project, state.migration, direction)};
}

}  // namespace dewpoint::project
