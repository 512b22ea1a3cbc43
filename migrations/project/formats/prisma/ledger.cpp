// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/prisma/prisma.h"

#include <QDateTime>
#include <QHash>
#include <QRegularExpression>
#include <QTimeZone>
#include <QUuid>

namespace dewpoint::project::prisma {

namespace {

using drivers::Connection;

constexpr QLatin1StringView tableName("_prisma_migrations");

ledger::Table table(const Project&, Engine)
{
    return {.schema = {}, .name = tableName};
}

/// On SQLite the native engine writes milliseconds since 1970, the adapters text.
QString timeText(const Value& value)
{
    const auto* milliseconds = std::get_if<qint64>(&value);
    return milliseconds ? QDateTime::fromMSecsSinceEpoch(*milliseconds, QTimeZone::UTC)
                              .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"))
                        : displayText(value);
}

/// On SQLite both kinds may be in one table, and any number sorts before any text.
QString momentSql(Engine engine, const QString& column)
{
    return engine == Engine::Postgres
               ? column
               : QStringLiteral("CASE WHEN typeof(%1) = 'text' THEN julianday(%1) ELSE %1 / 86400000.0 + "
                                "2440587.5 END")
                     .arg(column);
}

/// Several rows of one name are attempts: one that failed and was not resolved counts before all others
/// (the tool refuses to go on, P3009), else the newest.
Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project&)
{
    const QString finished = connection.engine() == Engine::Postgres
                                 ? QStringLiteral("finished_at AT TIME ZONE 'UTC'")
                                 : QStringLiteral("finished_at");
    const auto batch = connection.query(
        QStringLiteral("SELECT migration_name, checksum, %1 FROM %2 "
                       "WHERE rolled_back_at IS NULL ORDER BY %3, %4")
            .arg(finished, QString(tableName), momentSql(connection.engine(), QStringLiteral("started_at")),
                 momentSql(connection.engine(), QStringLiteral("finished_at"))));
    if (!batch)
        return fail(batch.error());
    using Mark = ledger::AppliedRow::Mark;
    QHash<QString, ledger::AppliedRow> byName;
    for (int row = 0; row < batch->rowCount(); ++row) {
        const QString name = displayText(batch->at(row, 0));
        const bool ended = !isNull(batch->at(row, 2));
        if (byName.value(name).mark == Mark::Failed)
            continue;
        byName.insert(name, {.version = name,
                             .name = name,
                             .appliedAt = timeText(batch->at(row, 2)),
                             .checksum = displayText(batch->at(row, 1)),
                             .mark = ended ? Mark::Applied : Mark::Failed});
    }
    return byName.values();
}

const char* const postgresTable = "CREATE TABLE _prisma_migrations (\n"
                                  "    id                      VARCHAR(36) PRIMARY KEY NOT NULL,\n"
                                  "    checksum                VARCHAR(64) NOT NULL,\n"
                                  "    finished_at             TIMESTAMPTZ,\n"
                                  "    migration_name          VARCHAR(255) NOT NULL,\n"
                                  "    logs                    TEXT,\n"
                                  "    rolled_back_at          TIMESTAMPTZ,\n"
                                  "    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),\n"
                                  "    applied_steps_count     INTEGER NOT NULL DEFAULT 0\n"
                                  ");";
const char* const sqliteTable = "CREATE TABLE \"_prisma_migrations\" (\n"
                                "    \"id\"                    TEXT PRIMARY KEY NOT NULL,\n"
                                "    \"checksum\"              TEXT NOT NULL,\n"
                                "    \"finished_at\"           DATETIME,\n"
                                "    \"migration_name\"        TEXT NOT NULL,\n"
                                "    \"logs\"                  TEXT,\n"
                                "    \"rolled_back_at\"        DATETIME,\n"
                                "    \"started_at\"            DATETIME NOT NULL DEFAULT current_timestamp,\n"
                                "    \"applied_steps_count\"   INTEGER UNSIGNED NOT NULL DEFAULT 0\n"
                                ");";

RepairFormat::Statements createSql(Engine engine, const Project&)
{
    return QList<ledger::Statement>{
        {.sql = QString::fromLatin1(engine == Engine::Postgres ? postgresTable : sqliteTable),
         .parameters = {}}};
}

/// The engine makes the schema that its URL names as soon as it is connected. Of a search_path that has
/// several names it is not known which one is meant.
Result<> makeSchema(Connection& connection)
{
    const auto path =
        connection.query(QStringLiteral("SELECT current_schema() IS NULL, current_setting('search_path')"));
    if (!path)
        return fail(path.error());
    static const QRegularExpression oneName(QStringLiteral(R"re(^(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)$)re"));
    const QString name = displayText(path->at(0, 1));
    if (displayText(path->at(0, 0)) != QLatin1String("t") || !oneName.match(name).hasMatch())
        return {};
    return connection.execute(QStringLiteral("CREATE SCHEMA IF NOT EXISTS ") + name).transform([](qint64) {});
}

/// A database with tables and without the ledger is one that nobody has baselined.
Result<> create(Connection& connection, const Project& project)
{
    const bool postgres = connection.engine() == Engine::Postgres;
    if (auto made = postgres ? makeSchema(connection) : Result<>(); !made)
        return made;
    // Another program may have made it, and the first tables, since the list was read.
    const auto there = exists(connection, table(project, connection.engine()));
    if (!there || *there)
        return there.transform([](bool) {});
    const auto tables = connection.scalar(
        postgres
            ? QStringLiteral("SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = "
                             "(SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND relname <> "
                             "'_prisma_migrations'")
            : QStringLiteral("SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                             "'sqlite\\_%' ESCAPE '\\' AND name <> '_prisma_migrations'"));
    if (!tables)
        return fail(tables.error());
    if (displayText(*tables) != QLatin1String("0"))
        return fail(ErrorKind::Conflict, Words::tr("The database schema is not empty (P3005)."),
                    Words::tr("Baseline it: dewpoint migrate baseline, or Repair in the window."));
    return ledger::create(connection, table(project, connection.engine()),
                          postgres ? postgresTable : sqliteTable);
}

Result<bool> contains(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql =
        QStringLiteral("SELECT count(*) FROM %1 WHERE migration_name = %2 AND finished_at IS NOT "
                       "NULL AND rolled_back_at IS NULL")
            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return connection.scalar(sql, {textValue(migration.version)}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

/// now() is when the transaction began.
QString nowSql(Engine engine, bool atEnd)
{
    if (engine == Engine::Sqlite)
        return QString::number(QDateTime::currentMSecsSinceEpoch());
    return atEnd ? QStringLiteral("clock_timestamp()") : QStringLiteral("now()");
}

Result<> write(Connection& connection, const Migration& migration, bool isDone)
{
    const Engine engine = connection.engine();
    const QString sql =
        QStringLiteral(
            "INSERT INTO %1 (id, checksum, finished_at, migration_name, started_at, applied_steps_count) "
            "VALUES (%2, %3, %4, %5, %6, %7)")
            .arg(QString(tableName), ledger::parameter(engine, 1), ledger::parameter(engine, 2),
                 isDone ? nowSql(engine, true) : QStringLiteral("NULL"), ledger::parameter(engine, 3),
                 nowSql(engine, false), isDone ? QStringLiteral("1") : QStringLiteral("0"));
    return ledger::change(connection, sql,
                          {textValue(QUuid::createUuid().toString(QUuid::WithoutBraces)),
                           textValue(migration.checksum), textValue(migration.version)});
}

QString unfinished(Engine engine, int number)
{
    return QStringLiteral(" WHERE migration_name = %1 AND finished_at IS NULL AND rolled_back_at IS NULL")
        .arg(ledger::parameter(engine, number));
}

Result<> prepare(Connection& connection, const Project&, const Migration& migration, Direction direction)
{
    return direction == Direction::Up ? write(connection, migration, false) : Result<>{};
}

Result<> insert(Connection& connection, const Project&, const Migration& migration)
{
    const Engine engine = connection.engine();
    const auto ended = connection.execute(
        QStringLiteral("UPDATE %1 SET finished_at = %2, applied_steps_count = applied_steps_count + 1")
                .arg(tableName, nowSql(engine, true))
            + unfinished(engine, 1),
        {textValue(migration.version)});
    if (!ended)
        return fail(ended.error());
    return *ended > 0 ? Result<>{} : write(connection, migration, true);
}

/// As resolve --applied and resolve --rolled-back leave it; a revert deletes the row.
RepairFormat::Statements mark(Engine engine, const Project&, const MigrationState& state, Direction direction)
{
    const QString name = state.migration.version;
    QList<ledger::Statement> statements;
    if (state.state == State::Failed)
        statements << ledger::Statement{
            .sql = QStringLiteral("UPDATE %1 SET rolled_back_at = %2").arg(tableName, nowSql(engine, false))
                   + unfinished(engine, 1),
            .parameters = {textValue(name)}};
    if (direction == Direction::Up) {
        const QString now = nowSql(engine, false);
        statements << ledger::Statement{
            .sql = QStringLiteral("INSERT INTO %1 (id, checksum, logs, started_at, finished_at, "
                                  "migration_name) VALUES (%2, %3, '', %4, %4, %5)")
                       .arg(QString(tableName), ledger::parameter(engine, 1), ledger::parameter(engine, 2),
                            now, ledger::parameter(engine, 3)),
            .parameters = {textValue(QUuid::createUuid().toString(QUuid::WithoutBraces)),
                           textValue(state.migration.checksum), textValue(name)}};
    } else if (state.state != State::Failed) {
        statements << ledger::Statement{.sql = QStringLiteral("DELETE FROM %1 WHERE migration_name = %2")
                                                   .arg(tableName, ledger::parameter(engine, 1)),
                                        .parameters = {textValue(name)}};
    }
    return statements;
}

RepairFormat::Statements accept(Engine engine, const Project&, const MigrationState& state)
{
    return QList<ledger::Statement>{
        {.sql = QStringLiteral("UPDATE %1 SET checksum = %2 WHERE migration_name = %3 AND "
                               "rolled_back_at IS NULL")
                    .arg(tableName, ledger::parameter(engine, 1), ledger::parameter(engine, 2)),
         .parameters = {textValue(state.migration.checksum), textValue(state.migration.version)}}};
}

RepairFormat::Statements clear(Engine engine, const Project& project, const MigrationState& state)
{
    return mark(engine, project, state, Direction::Down);
}

/// A revert has no row that could say so.
Result<> recordFailure(Connection& connection, const Project&, const Migration& migration, const Error& error)
{
    const Engine engine = connection.engine();
    const auto changed = connection.execute(
        QStringLiteral("UPDATE %1 SET logs = %2").arg(tableName, ledger::parameter(engine, 1))
            + unfinished(engine, 2),
        {textValue(error.oneLine()), textValue(migration.version)});
    if (!changed)
        return fail(changed.error());
    if (*changed == 0)
        return fail(ErrorKind::NotFound, Words::tr("There is no row that failed."));
    return {};
}

Result<> remove(Connection& connection, const Project&, const Migration& migration)
{
    const QString sql = QStringLiteral("DELETE FROM %1 WHERE migration_name = %2")
                            .arg(tableName, ledger::parameter(connection.engine(), 1));
    return ledger::change(connection, sql, {textValue(migration.version)});
}

/// The schema engine's own number.
Result<qint64> lockKey(Connection&, const Project&)
{
    return 72707369;
}

}  // namespace

LedgerFormat ledgerFormat()
{
    return {.table = table,
            .rows = rows,
            .create = create,
            .contains = contains,
            .insert = insert,
            .remove = remove,
            .prepare = prepare,
            .recordFailure = recordFailure,
            .lockKey = lockKey,
            .repair = {.create = createSql, .mark = mark, .accept = accept, .clear = clear}};
}

}  // namespace dewpoint::project::prisma
