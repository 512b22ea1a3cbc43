// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/checksum.h"
#include "project/formats/golang_migrate/golang_migrate.h"

#include <algorithm>

namespace dewpoint::project::golang_migrate {

namespace {

using drivers::Connection;

/// What is refused in the options list() has said already.
ledger::Table table(const Project& project, Engine engine)
{
    return optionsOf(project, engine).value_or(Options()).table;
}

/// In a statement.
QString named(const Project& project, Engine engine)
{
    const ledger::Table wanted = table(project, engine);
    const QString name = sql::quotedIfNeeded(wanted.name, engine);
    return wanted.schema.isEmpty() ? name : sql::quoted(wanted.schema) + u'.' + name;
}

struct Current {
    QString version;  ///< empty: none
    bool isDirty = false;
};

Result<Current> current(Connection& connection, const Project& project)
{
    return connection
        .query(
            QStringLiteral("SELECT version, dirty FROM %1 LIMIT 1").arg(named(project, connection.engine())))
        .transform([](const RowBatch& batch) {
            if (batch.rowCount() == 0)
                return Current{};
            const QString dirty = displayText(batch.at(0, 1));
            return Current{.version = displayText(batch.at(0, 0)),
                           .isDirty = dirty == QLatin1String("t") || dirty == QLatin1String("1")};
        });
}

/// One row for each version up to the current one, as the tool understands its single row.
Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    const auto now = current(connection, project);
    const auto files = golang_migrate::list(project);
    if (!now || !files)
        return fail(now ? files.error() : now.error());
    QList<ledger::AppliedRow> rows;
    if (now->version.isEmpty())
        return rows;
    for (const Migration& file : *files) {
        if (numberLess(file.version, now->version))
            rows.append({.version = file.version});
    }
    using Mark = ledger::AppliedRow::Mark;
    rows.append({.version = now->version, .mark = now->isDirty ? Mark::Failed : Mark::Applied});
    return rows;
}

RepairFormat::Statements createSql(Engine engine, const Project& project)
{
    const QString name = named(project, engine);
    const auto statement = [&](const QString& sql) { return ledger::Statement{.sql = sql.arg(name)}; };
    if (engine == Engine::Postgres)
        return QList{statement(QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (version bigint not null "
                                              "primary key, dirty boolean not null)"))};
    return QList{
        statement(QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (version uint64,dirty bool)")),
        statement(QStringLiteral("CREATE UNIQUE INDEX IF NOT EXISTS version_unique ON %1 (version)"))};
}

Result<> create(Connection& connection, const Project& project)
{
    return createSql(connection.engine(), project).and_then([&](const QList<ledger::Statement>& statements) {
        return ledger::create(connection, table(project, connection.engine()),
                              ledger::displayed(statements, connection.engine()).toUtf8());
    });
}

/// Nothing is left where the version is empty.
QList<ledger::Statement> setSql(Engine engine, const Project& project, const QString& version, bool dirty)
{
    const QString name = named(project, engine);
    const QString empty =
        engine == Engine::Postgres ? QStringLiteral("TRUNCATE %1") : QStringLiteral("DELETE FROM %1");
    QList<ledger::Statement> statements{{.sql = empty.arg(name), .parameters = {}}};
    if (!version.isEmpty())
        statements << ledger::Statement{
            .sql = QStringLiteral("INSERT INTO %1 (version, dirty) VALUES (%2, %3)")
                       .arg(name, version, dirty ? QStringLiteral("true") : QStringLiteral("false"))};
    return statements;
}

Result<> set(Connection& connection, const Project& project, const QString& version, bool dirty)
{
    const bool own = !connection.inTransaction();
    if (own) {
        if (auto begun = connection.execute(QStringLiteral("BEGIN")); !begun)
            return fail(begun.error());
    }
    auto written = send(connection, setSql(connection.engine(), project, version, dirty));
    if (!own)
        return written;
    const QString end = written ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK");
    auto ended = connection.execute(end).transform([](qint64) {});
    return written ? ended : written;
}

/// The version before this one; empty when it is the first.
Result<QString> previous(const Project& project, const Migration& migration)
{
    return golang_migrate::list(project).transform([&](const QList<Migration>& files) {
        QString found;
        for (const Migration& file : files) {
            if (numberLess(file.version, migration.version))
                found = file.version;
        }
        return found;
    });
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    return current(connection, project).and_then([&](const Current& now) -> Result<bool> {
        if (now.isDirty)
            return refuseDirty(now.version);
        return !now.version.isEmpty() && !numberLess(now.version, migration.version);
    });
}

Result<> insert(Connection& connection, const Project& project, const Migration& migration)
{
    return set(connection, project, migration.version, false);
}

Result<> remove(Connection& connection, const Project& project, const Migration& migration)
{
    return previous(project, migration).and_then([&](const QString& version) {
        return set(connection, project, version, false);
    });
}

/// The version that is being gone to, and dirty. Before the first one there is -1, as the tool has it.
Result<> prepare(Connection& connection, const Project& project, const Migration& migration,
                 Direction direction)
{
    if (direction == Direction::Up)
        return set(connection, project, migration.version, true);
    return previous(project, migration).and_then([&](const QString& version) {
        return set(connection, project, version.isEmpty() ? QStringLiteral("-1") : version, true);
    });
}

RepairFormat::Statements mark(Engine engine, const Project& project, const MigrationState& state,
                              Direction direction)
{
    if (direction == Direction::Up)
        return setSql(engine, project, state.migration.version, false);
    return previous(project, state.migration).transform([&](const QString& version) {
        return setSql(engine, project, version, false);
    });
}

/// As migrate force: the number stays. -1 is how a failed first down leaves it.
RepairFormat::Statements clear(Engine engine, const Project& project, const MigrationState& state)
{
    const QString& version = state.migration.version;
    return setSql(engine, project, version.startsWith(u'-') ? QString() : version, false);
}

Result<qint64> lockKey(Connection& connection, const Project& project)
{
    const auto names = connection.query(QStringLiteral("SELECT current_schema(), current_database()"));
    if (!names)
        return fail(names.error());
    const ledger::Table wanted = table(project, Engine::Postgres);
    const QString schema = wanted.schema.isEmpty() ? displayText(names->at(0, 0)) : wanted.schema;
    return lockKeyFor(schema.toUtf8(), wanted.name.toUtf8(), '/' + displayText(names->at(0, 1)).toUtf8());
}

}  // namespace

qint64 lockKeyFor(const QByteArray& schema, const QByteArray& table, const QByteArray& database)
{
    constexpr quint32 salt = 1486364155;
    const quint32 key = crc32(QByteArrayList{schema, table, database}.join('\0')) * salt;
    return key;
}

std::unexpected<Error> refuseDirty(const QString& version)
{
    return fail(
        ErrorKind::Conflict, Words::tr("Dirty database version %1. Fix and force version.").arg(version),
        Words::tr("Look at what stands, put it right, then: dewpoint migrate repair --clear-failed, or "
                  "Repair in the window."));
}

LedgerFormat ledgerFormat()
{
    return {.table = table,
            .rows = rows,
            .create = create,
            .contains = contains,
            .insert = insert,
            .remove = remove,
            .prepare = prepare,
            .lockKey = lockKey,
            .keepsOnlyNewest = true,
            .columns = {QStringLiteral("dirty"), QStringLiteral("version")},
            .tableSetting = QLatin1StringView("?x-migrations-table=NAME"),
            .repair = {.create = createSql, .mark = mark, .clear = clear, .clearedIsApplied = true}};
}

}  // namespace dewpoint::project::golang_migrate
