// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/formats/flyway/history.h"

namespace dewpoint::project::flyway::history {

namespace {

/// What a repair does to a migration's rows; `failed`: only to those that say so.
ledger::Statement changing(Engine engine, const Project& project, const Migration& migration,
                           const QString& change, const QList<Value>& values, bool failed)
{
    const Selection selection = rowsOf(engine, migration);
    QString where = selection.sql;
    // On PostgreSQL the places are numbered, and those of the change come behind.
    const QString no = engine == Engine::Postgres ? QStringLiteral("false") : QStringLiteral("0");
    if (failed)
        where += QStringLiteral(R"( AND "success" = )") + no;
    const QList<Value> parameters =
        engine == Engine::Postgres ? selection.values + values : values + selection.values;
    return {.sql = QStringLiteral("%1 WHERE %2").arg(change.arg(tableSql(engine, project)), where),
            .parameters = parameters};
}

ledger::Statement deleting(Engine engine, const Project& project, const Migration& migration, bool failed)
{
    return changing(engine, project, migration, QStringLiteral("DELETE FROM %1"), {}, failed);
}

RepairFormat::Statements mark(Engine engine, const Project& project, const MigrationState& state,
                              Direction direction)
{
    QList<ledger::Statement> statements;
    if (state.state == State::Failed || direction == Direction::Down)
        statements << deleting(engine, project, state.migration, direction == Direction::Up);
    if (direction == Direction::Up)
        statements << inserting(engine, project, rowFor(project, state.migration, true));
    return statements;
}

/// As the tool's own repair.
RepairFormat::Statements accept(Engine engine, const Project& project, const MigrationState& state)
{
    const Migration& migration = state.migration;
    const int before = static_cast<int>(rowsOf(engine, migration).values.size());
    const QString change = QStringLiteral(R"(UPDATE %1 SET "description" = %2, "checksum" = %3)")
                               .arg(QStringLiteral("%1"), ledger::parameter(engine, before + 1),
                                    ledger::parameter(engine, before + 2));
    return QList{changing(
        engine, project, migration, change,
        {textValue(ledgerDescription(migration.name)), Value(migration.checksum.toLongLong())}, false)};
}

/// As the tool's own repair.
RepairFormat::Statements clear(Engine engine, const Project& project, const MigrationState& state)
{
    return QList{deleting(engine, project, state.migration, true)};
}

}  // namespace

RepairFormat repairs()
{
    return {.create = createSql, .mark = mark, .accept = accept, .clear = clear};
}

}  // namespace dewpoint::project::flyway::history
