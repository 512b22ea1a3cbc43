// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "project/format.h"

/// The parts of a LedgerFormat for a tool whose ledger has a row a migration: one statement adds it (up), one
/// takes it away (down).
namespace dewpoint::project {

using RowStatement = ledger::Statement (*)(Engine, const Project&, const Migration&, Direction);

template <RowStatement Row>
Result<> insertRow(drivers::Connection& connection, const Project& project, const Migration& migration)
{
    return send(connection, Row(connection.engine(), project, migration, Direction::Up));
}

template <RowStatement Row>
Result<> removeRow(drivers::Connection& connection, const Project& project, const Migration& migration)
{
    return send(connection, Row(connection.engine(), project, migration, Direction::Down));
}

template <RowStatement Row>
RepairFormat::Statements markRow(Engine engine, const Project& project, const MigrationState& state,
                                 Direction direction)
{
    return QList{Row(engine, project, state.migration, direction)};
}

}  // namespace dewpoint::project
