// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/drizzle/drizzle.h"

#include <QDateTime>

#include <algorithm>

namespace dewpoint::project::drizzle {

namespace {

using drivers::Connection;

constexpr QLatin1StringView nameColumn("name");

/// SQLite ignores migrations.schema, as drizzle-orm does.
ledger::Table table(const Project& project, Engine engine)
{
    return {.schema = engine == Engine::Postgres
                          ? project.settings.value(keys::schema, QStringLiteral("drizzle"))
                          : QString(),
            .name = project.settings.value(keys::table, QStringLiteral("__drizzle_migrations"))};
}

QString tableSql(Engine engine, const Project& project)
{
    return quoted(table(project, engine));
}

/// The 1.0 layout has a name and a time in each row.
Result<bool> hasNames(Connection& connection, const Project& project)
{
    return columnsOf(connection, table(project, connection.engine()))
        .transform([](const QStringList& columns) { return columns.contains(nameColumn); });
}

/// key is created_at; version is the name where the row has one.
Result<QList<ledger::AppliedRow>> rows(Connection& connection, const Project& project)
{
    const auto named = hasNames(connection, project);
    if (!named)
        return fail(named.error());
    const QString applied = connection.engine() == Engine::Postgres
                                ? QStringLiteral("applied_at AT TIME ZONE 'UTC'")
                                : QStringLiteral("applied_at");
    const QString more = *named ? QStringLiteral(", name, ") + applied : QString();
    const auto batch =
        connection.query(QStringLiteral("SELECT hash, created_at%1 FROM %2 ORDER BY created_at")
                             .arg(more, tableSql(connection.engine(), project)));
    if (!batch)
        return fail(batch.error());
    QList<ledger::AppliedRow> rows;
    for (int row = 0; row < batch->rowCount(); ++row) {
        const QString createdAt = displayText(batch->at(row, 1)).section(u'.', 0, 0);
        const bool hasName = *named && !isNull(batch->at(row, 2));
        rows.append({.version = hasName ? displayText(batch->at(row, 2)) : createdAt,
                     .name = hasName ? displayText(batch->at(row, 2)) : QString(),
                     .key = createdAt,
                     .appliedAt = *named ? displayText(batch->at(row, 3)) : QString(),
                     .checksum = displayText(batch->at(row, 0))});
    }
    return rows;
}

/// drizzle-orm's own text, white space included: SQLite keeps it.
QByteArray createSql(const Project& project, Engine engine, const QString& name)
{
    const bool postgres = engine == Engine::Postgres;
    QStringList columns{QStringLiteral("id SERIAL PRIMARY KEY"), QStringLiteral("hash text NOT NULL"),
                        postgres ? QStringLiteral("created_at bigint")
                                 : QStringLiteral("created_at numeric")};
    if (!isJournal(project)) {
        if (!postgres)
            columns[0] = QStringLiteral("id INTEGER PRIMARY KEY");
        columns << QStringLiteral("name text")
                << (postgres ? QStringLiteral("applied_at timestamp with time zone DEFAULT now()")
                             : QStringLiteral("applied_at TEXT"));
    }
    const QString separator = QStringLiteral(",\n\t\t\t\t");
    return QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (\n\t\t\t\t%2\n\t\t\t)")
        .arg(name, columns.join(separator))
        .toUtf8();
}

QString schemaSql(const ledger::Table& wanted)
{
    return QStringLiteral("CREATE SCHEMA IF NOT EXISTS ") + sql::quoted(wanted.schema);
}

RepairFormat::Statements createStatements(Engine engine, const Project& project)
{
    const ledger::Table wanted = table(project, engine);
    QList<ledger::Statement> statements;
    if (engine == Engine::Postgres)
        statements << ledger::Statement{.sql = schemaSql(wanted)};
    statements << ledger::Statement{.sql = QString::fromUtf8(createSql(project, engine, quoted(wanted)))};
    return statements;
}

Result<> create(Connection& connection, const Project& project)
{
    const Engine engine = connection.engine();
    const ledger::Table wanted = table(project, engine);
    if (engine == Engine::Postgres) {
        const QString schema = schemaSql(wanted);
        // As with the table: another session may be making it at this very moment.
        if (auto made = connection.executeScript(schema.toUtf8());
            !made && made.error().kind != ErrorKind::Unique
            && made.error().kind != ErrorKind::DuplicateObject)
            return made;
    }
    return ledger::create(connection, wanted, createSql(project, engine, quoted(wanted)));
}

const Migration* matching(const QList<Migration>& files, const QString& createdAt, const QString& hash)
{
    const QString second = QString(createdAt).replace(createdAt.size() - 3, 3, QStringLiteral("000"));
    const auto fits = [&](const Migration& file) { return file.key == second; };
    const auto many = std::ranges::count_if(files, fits);
    const auto found =
        many == 1 ? std::ranges::find_if(files, fits) : std::ranges::find(files, hash, &Migration::checksum);
    return found == files.end() ? nullptr : &*found;
}

/// What 1.0 does with a table that 0.x made: two more columns, and each row gets its folder's name.
RepairFormat::Statements upgradeSql(Connection& connection, const Project& project)
{
    const auto named = hasNames(connection, project);
    if (!named || *named || isJournal(project))
        return named.transform([](bool) { return QList<ledger::Statement>(); });
    const auto files = folders::list(project);
    if (!files)
        return fail(files.error());
    const auto there = rows(connection, project);
    if (!there)
        return fail(there.error());
    const bool postgres = connection.engine() == Engine::Postgres;
    const QString name = tableSql(connection.engine(), project);
    const QString applied =
        postgres ? QStringLiteral("timestamp with time zone DEFAULT now()") : QStringLiteral("TEXT");
    QList<ledger::Statement> statements{
        {.sql = QStringLiteral(R"(ALTER TABLE %1 ADD COLUMN "name" text)").arg(name), .parameters = {}},
        {.sql = QStringLiteral(R"(ALTER TABLE %1 ADD COLUMN "applied_at" %2)").arg(name, applied),
         .parameters = {}}};
    const QString update =
        QStringLiteral("UPDATE %1 SET \"name\" = %2, \"applied_at\" = NULL WHERE created_at = %3")
            .arg(name, ledger::parameter(connection.engine(), 1), ledger::parameter(connection.engine(), 2));
    for (const auto& row : *there) {
        const Migration* file = matching(*files, row.key, row.checksum);
        if (!file)
            return fail(ErrorKind::Conflict,
                        Words::tr("The ledger has a migration of %1 (Drizzle 0.x) that no folder matches.")
                            .arg(row.key),
                        Words::tr("Bring its folder back first."));
        statements << ledger::Statement{
            .sql = update, .parameters = {textValue(file->version), Value(row.key.toLongLong())}};
    }
    return statements;
}

Result<> upgrade(Connection& connection, const Project& project)
{
    const auto statements = upgradeSql(connection, project);
    if (!statements || statements->isEmpty())
        return statements.transform([](const auto&) {});
    auto transaction = drivers::Transaction::begin(connection);
    if (!transaction)
        return fail(transaction.error());
    if (auto sent = send(connection, *statements); !sent)
        return sent;
    return transaction->commit();
}

Result<bool> contains(Connection& connection, const Project& project, const Migration& migration)
{
    const bool byTime = isJournal(project);
    const QString sql = QStringLiteral("SELECT count(*) FROM %1 WHERE %2 = %3")
                            .arg(tableSql(connection.engine(), project),
                                 byTime ? QStringLiteral("created_at") : QStringLiteral("\"name\""),
                                 ledger::parameter(connection.engine(), 1));
    const Value key = byTime ? Value(migration.key.toLongLong()) : textValue(migration.version);
    return connection.scalar(sql, {key}).transform([](const Value& count) {
        return displayText(count) != QLatin1String("0");
    });
}

ledger::Statement inserting(Engine engine, const Project& project, const Migration& migration)
{
    QStringList columns{QStringLiteral("\"hash\""), QStringLiteral("\"created_at\"")};
    QList<Value> values{textValue(migration.checksum), Value(migration.key.toLongLong())};
    if (!isJournal(project)) {
        columns << QStringLiteral("\"name\"");
        values << textValue(migration.version);
        if (engine == Engine::Sqlite) {
            columns << QStringLiteral("\"applied_at\"");
            values << textValue(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
        }
    }
    QStringList places;
    for (int i = 1; i <= values.size(); ++i)
        places << ledger::parameter(engine, i);
    return {.sql = QStringLiteral("INSERT INTO %1 (%2) VALUES(%3)")
                       .arg(tableSql(engine, project), columns.join(QStringLiteral(", ")),
                            places.join(QStringLiteral(", "))),
            .parameters = values};
}

/// “… WHERE” its row: 0.x knows it by its time alone.
ledger::Statement ofRow(Engine engine, const Project& project, const Migration& migration,
                        const QString& change, QList<Value> values)
{
    const bool byTime = isJournal(project);
    values << (byTime ? Value(migration.key.toLongLong()) : textValue(migration.version));
    return {.sql = QStringLiteral("%1 WHERE %2 = %3")
                       .arg(change.arg(tableSql(engine, project)),
                            byTime ? QStringLiteral("created_at") : QStringLiteral("\"name\""),
                            ledger::parameter(engine, static_cast<int>(values.size()))),
            .parameters = values};
}

ledger::Statement removing(Engine engine, const Project& project, const Migration& migration)
{
    return ofRow(engine, project, migration, QStringLiteral("DELETE FROM %1"), {});
}

Result<> insert(Connection& connection, const Project& project, const Migration& migration)
{
    return send(connection, inserting(connection.engine(), project, migration));
}

Result<> remove(Connection& connection, const Project& project, const Migration& migration)
{
    return send(connection, removing(connection.engine(), project, migration));
}

RepairFormat::Statements mark(Engine engine, const Project& project, const MigrationState& state,
                              Direction direction)
{
    return QList{(direction == Direction::Up ? inserting : removing)(engine, project, state.migration)};
}

RepairFormat::Statements accept(Engine engine, const Project& project, const MigrationState& state)
{
    const QString change = QStringLiteral(R"(UPDATE %1 SET "hash" = )") + ledger::parameter(engine, 1);
    return QList{ofRow(engine, project, state.migration, change, {textValue(state.migration.checksum)})};
}

}  // namespace

LedgerFormat ledgerFormat()
{
    return {.table = table,
            .rows = rows,
            .create = create,
            .upgrade = upgrade,
            .contains = contains,
            .insert = insert,
            .remove = remove,
            .repair = {.create = createStatements, .upgrade = upgradeSql, .mark = mark, .accept = accept}};
}

}  // namespace dewpoint::project::drizzle
