// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "project/checksum.h"
#include "project/formats/sqlx/sqlx.h"
#include "project/row_ledger.h"

namespace dewpoint::project::sqlx {

namespace {

using drivers::Connection;

/// As written in sqlx.toml: it goes into the statements verbatim, as the tool does it.
QString writtenName(const Project& project)
{
    return project.settings.value(keys::tableName, QStringLiteral("_sqlx_migrations"));
}

/// One part of a name as the server reads it: quotes off, or folded to lower case.
QString asRead(const QString& part, Engine engine)
{
    if (part.size() >= 2 && part.startsWith(u'"') && part.endsWith(u'"'))
        return part.sliced(1, part.size() - 2).replace(QStringLiteral("\"\""), QStringLiteral("\""));
    return engine == Engine::Postgres ? part.toLower() : part;
}

ledger::Table table(const Project& project, Engine engine)
{
    const QString name = writtenName(project);
    const qsizetype dot =
        name.startsWith(u'"') ? name.indexOf(u'.', name.indexOf(u'"', 1)) : name.indexOf(u'.');
    return {.schema = dot < 0 ? QString() : asRead(name.first(dot), engine),
            .name = asRead(name.sliced(dot + 1), engine)};
}

Value numberValue(const QString& version)
{
    return version.toLongLong();
}

QString hex(const Value& value)
{
    const auto* blob = std::get_if<Blob>(&value);
    return QString::fromLatin1(blob ? blob->bytes.toHex() : displayText(value).toUtf8().toHex());
}

bool isTrue(const Value& value)
{
    const QString text = displayText(value);
    return text == QLatin1String("t") || text == QLatin1String("true") || text == QLatin1String("1");
}

Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    const QString installed = connection.engine() == Engine::Postgres
                                  ? QStringLiteral("installed_on AT TIME ZONE 'UTC'")
                                  : QStringLiteral("installed_on");
    const auto batch =
        connection.query(QStringLiteral("SELECT version, description, %1, checksum, success FROM %2")
                             .arg(installed, writtenName(project)));
    if (!batch)
        return fail(batch.error());
    using Mark = ledger::AppliedRow::Mark;
    QList<ledger::AppliedRow> rows;
    for (int row = 0; row < batch->rowCount(); ++row) {
        rows.append({.version = displayText(batch->at(row, 0)),
                     .name = displayText(batch->at(row, 1)),
                     .appliedAt = displayText(batch->at(row, 2)),
                     .checksum = hex(batch->at(row, 3)),
                     .mark = isTrue(batch->at(row, 4)) ? Mark::Applied : Mark::Failed});
    }
    return rows;
}

RepairFormat::Statements createSql(Engine engine, const Project& project)
{
    const bool postgres = engine == Engine::Postgres;
    QList<ledger::Statement> statements;
    if (postgres) {
        const QStringList schemas =
            project.settings.value(keys::createSchemas).split(u'\n', Qt::SkipEmptyParts);
        for (const QString& schema : schemas)
            statements << ledger::Statement{
                .sql = QStringLiteral("CREATE SCHEMA IF NOT EXISTS %1;").arg(schema)};
    }
    const QString sql = QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (\n"
                                       "    version BIGINT PRIMARY KEY,\n"
                                       "    description TEXT NOT NULL,\n"
                                       "    installed_on %2,\n"
                                       "    success BOOLEAN NOT NULL,\n"
                                       "    checksum %3 NOT NULL,\n"
                                       "    execution_time BIGINT NOT NULL\n"
                                       ");\n")
                            .arg(writtenName(project),
                                 postgres ? QStringLiteral("TIMESTAMPTZ NOT NULL DEFAULT now()")
                                          : QStringLiteral("TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                                 postgres ? QStringLiteral("BYTEA") : QStringLiteral("BLOB"));
    statements << ledger::Statement{.sql = sql};
    return statements;
}

Result<> create(Connection& connection, const Project& project)
{
    return createSql(connection.engine(), project)
        .and_then([&](const QList<ledger::Statement>& statements) -> Result<> {
            if (auto made = send(connection, statements.first(statements.size() - 1)); !made)
                return made;
            return ledger::create(connection, table(project, connection.engine()),
                                  statements.last().sql.toUtf8());
        });
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE version = %2")
                            .arg(writtenName(project), ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {numberValue(migration.version)}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

Value checksumValue(const Migration& migration)
{
    return Blob{QByteArray::fromHex(migration.checksum.toLatin1())};
}

/// execution_time is -1 until finish(), as in the tool: a crash in between leaves that.
ledger::Statement row(Engine engine, const Project& project, const Migration& migration, Direction direction)
{
    const QString name = writtenName(project);
    const QString first = ledger::parameter(engine, 1);
    if (direction == Direction::Down)
        return {.sql = QStringLiteral("DELETE FROM %1 WHERE version = %2").arg(name, first),
                .parameters = {numberValue(migration.version)}};
    return {
        .sql = QStringLiteral("INSERT INTO %1 ( version, description, success, checksum, execution_time ) "
                              "VALUES ( %2, %3, TRUE, %4, -1 )")
                   .arg(name, first, ledger::parameter(engine, 2), ledger::parameter(engine, 3)),
        .parameters = {numberValue(migration.version), textValue(migration.name), checksumValue(migration)}};
}

RepairFormat::Statements mark(Engine engine, const Project& project, const MigrationState& state,
                              Direction direction)
{
    QList<ledger::Statement> statements;
    if (state.state == State::Failed || direction == Direction::Down)
        statements << row(engine, project, state.migration, Direction::Down);
    if (direction == Direction::Up)
        statements << row(engine, project, state.migration, Direction::Up);
    return statements;
}

RepairFormat::Statements accept(Engine engine, const Project& project, const MigrationState& state)
{
    return QList<ledger::Statement>{
        {.sql = QStringLiteral("UPDATE %1 SET checksum = %2 WHERE version = %3")
                    .arg(writtenName(project), ledger::parameter(engine, 1), ledger::parameter(engine, 2)),
         .parameters = {checksumValue(state.migration), numberValue(state.migration.version)}}};
}

/// What the tool itself asks for: “fix and remove row”.
RepairFormat::Statements clear(Engine engine, const Project& project, const MigrationState& state)
{
    return QList{row(engine, project, state.migration, Direction::Down)};
}

Result<> finish(Connection& connection, const Project& project, const Migration& migration,
                qint64 nanoseconds)
{
    const Engine engine = connection.engine();
    const QString sql =
        QStringLiteral("UPDATE %1 SET execution_time = %2 WHERE version = %3")
            .arg(writtenName(project), ledger::parameter(engine, 1), ledger::parameter(engine, 2));
    return ledger::change(connection, sql, {Value(nanoseconds), numberValue(migration.version)});
}

Result<qint64> lockKey(Connection& connection, const Project&)
{
    return connection.scalar(QStringLiteral("SELECT current_database()")).transform([](const Value& name) {
        return lockKeyFor(displayText(name).toUtf8());
    });
}

}  // namespace

qint64 lockKeyFor(const QByteArray& database)
{
    constexpr qint64 factor = 0x3d32ad9e;
    return factor * static_cast<qint64>(crc32(database));
}

LedgerFormat ledgerFormat()
{
    return {.table = table,
            .rows = rows,
            .create = create,
            .contains = contains,
            .insert = insertRow<row>,
            .remove = removeRow<row>,
            .finish = finish,
            .lockKey = lockKey,
            .repair = {.create = createSql, .mark = mark, .accept = accept, .clear = clear}};
}

}  // namespace dewpoint::project::sqlx
